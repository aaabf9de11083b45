"""YAML, read within limits into nodes of our own that know their line and column.

Only the parser's events are used: its composer can crash the process on deep nesting, and its constructor
guesses types. Here every value is text, and whatever bytes come in, nodes or problems come out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from crisisdesk.loading.problems import Problem
from crisisdesk.loading.syntax import never_closed, quoting_hint, translate

LARGEST = 1024 * 1024
"""Bytes a file may have."""
DEEPEST = 30
MOST = 50_000

_SPACES = "\u00a0\u2007\u202f"
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\u200b\\u2060\\ufeff\\ufffe\\uffff\\ud800-\\udfff"
    f"{_SPACES}\\t]"
)
_UNSEEN_IN_VALUE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
_READ_AS_SPACE = str.maketrans(dict.fromkeys(f"{_SPACES}\u0085\u2028\u2029", " "))
"""What is reported, and then read as the space it was meant for, so that the rest of the file keeps its places."""
_DOCUMENTS = {
    b"PK\x03\x04": "a Word or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "rich text",
    b"%PDF": "a PDF",
}
_COMMENT = re.compile(r"\s+#\S| #")
_FLOW_ITEM = 60
_LEAK = (ValueError, OverflowError, IndexError, TypeError, AttributeError, RecursionError)
"""What the YAML library lets through beside its own errors."""


class Source(NamedTuple):
    """A file's name as problems show it, and its lines."""

    file: str
    lines: list[str]

    def line(self, number: int) -> str:
        """Return a line by its number from 1, or empty."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def problem(self, code: str, line: int, column: int, text: str, fix: str) -> Problem:
        """Return a problem at a place of this file."""
        return Problem(code, self.file, line, column, text, fix, self.line(line))


class Place(NamedTuple):
    """Where a node begins; lines and columns count from 1."""

    source: Source
    line: int
    column: int

    def problem(self, code: str, text: str, fix: str) -> Problem:
        """Return a problem here."""
        return self.source.problem(code, self.line, self.column, text, fix)


class Text(NamedTuple):
    """A value as written, whatever it looks like."""

    value: str
    place: Place


class Items(NamedTuple):
    """A list."""

    items: "tuple[Node, ...]"
    place: Place


class Field(NamedTuple):
    """A name with its value."""

    key: Text
    value: "Node"


class Fields(NamedTuple):
    """Names with values, in the order of the file."""

    fields: Mapping[str, Field]
    place: Place


class Broken(NamedTuple):
    """Something already reported; checks pass over it."""

    place: Place


Node = Text | Items | Fields | Broken


class Read(NamedTuple):
    """What a file gave: its nodes unless they could not be read, and its problems."""

    root: Node | None
    problems: list[Problem]
    source: Source


def read_yaml(data: bytes, file: str, *, pure: bool = False) -> Read:
    """Read a file's bytes; ``file`` is the name problems show; ``pure`` avoids the C library, for tests."""
    if len(data) > LARGEST:
        fix = "Split it: the limit is 1 MiB."
        problem = Problem(
            "E002", file, 0, 0, f"The file has {len(data):,} bytes, too many to be a playbook.", fix
        )
        return Read(None, [problem], Source(file, []))
    for begins, what in _DOCUMENTS.items():
        if data.startswith(begins):
            fix = "Save it as plain text with the encoding UTF-8."
            return Read(
                None,
                [Problem("E003", file, 1, 1, f"This is {what}, not plain text.", fix)],
                Source(file, []),
            )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        return _not_utf8(data, file, wrong.start)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(file, text.split("\n"))
    problems = list(_unseen(source))
    builder = _Builder(source, problems)
    root = None
    try:
        root = builder.build(text.translate(_READ_AS_SPACE) if problems else text, pure=pure)
    except yaml.MarkedYAMLError as wrong:
        stopped = builder.unclosed(wrong) or translate(wrong, source)
        if stopped.line not in {one.line for one in problems if one.code in ("E004", "E005")}:
            problems.append(stopped)  # else the sign nobody sees is the reason, and is told
    except (yaml.YAMLError, *_LEAK):
        text, fix = "The file cannot be read on from here.", "Look for a sign that needs quotes."
        if not problems:
            problems.append(source.problem("E008", builder.line, 1, text, fix))
    return Read(root, problems, source)


def _not_utf8(data: bytes, file: str, start: int) -> Read:
    before = data[:start]
    line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
    fix = "Save the file with the encoding UTF-8."
    return Read(None, [Problem("E003", file, line, column, "This is not UTF-8 text.", fix)], Source(file, []))


def _unseen(source: Source) -> Iterator[Problem]:
    """Yield the first character of each line that a reader cannot see for what it is."""
    told = 0
    for number, line in enumerate(source.lines, 1):
        found = _UNSEEN.search(line)
        if not found:
            continue
        told += 1
        if told > 20:
            return
        char, column = found[0], found.start() + 1
        if char == "\t":
            yield source.problem("E004", number, column, "There is a tab here.", "Use spaces instead.")
        elif char in _SPACES:
            fix = "Type a plain space over it; where a text must keep it, write \\_ inside double quotes."
            yield source.problem("E005", number, column, "There is a non-breaking space here.", fix)
        else:
            fix = "Delete it."
            yield source.problem(
                "E005",
                number,
                column,
                f"There is a character here that cannot be seen (U+{ord(char):04X}).",
                fix,
            )


class _Open(NamedTuple):
    """A list or block that has begun."""

    is_fields: bool
    is_flow: bool
    is_broken: bool
    place: Place
    items: list[Node]


class _Stop(Exception):  # noqa: N818 - not an error: the limit is reported, and reading ends
    """A limit is reached."""


class _Builder:
    """Builds nodes from events with a stack of its own, so that depth costs nothing."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self._source = source
        self._problems = problems
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0
        self._quoted: Any = None
        self.line = 1

    def build(self, text: str, *, pure: bool) -> Node | None:
        """Return the root node, or None for an empty file or one beyond a limit."""
        loader: Any = yaml.Loader if pure else getattr(yaml, "CLoader", yaml.Loader)
        events = yaml.parse(text, Loader=loader)
        try:
            for count, event in enumerate(events):
                if count > 2 * MOST:
                    self._stop("E007", event, f"The file has more than {MOST:,} names and values.")
                mark: Any = event.start_mark
                self.line = mark.line + 1
                self._take(event)
        except _Stop:
            return None
        return self._root

    def unclosed(self, wrong: Any) -> Problem | None:
        """Return where a quote was opened that swallowed the lines up to where reading stopped."""
        event, mark = self._quoted, wrong.problem_mark
        if event and mark and event.start_mark.line < event.end_mark.line == mark.line:
            return never_closed(self._source, event.start_mark.line + 1, event.start_mark.column + 1)
        return None

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._quoted = event if event.style in ("'", '"') else None
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._say(
                "E009", event, f"'*{event.anchor}' stands for another part of the file.", quoting_hint("*")
            )
            self._add(Broken(self._place(event)))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop("E016", event, "A second document begins here.")

    def _scalar(self, event: Any) -> None:
        place = self._place(event)
        if self._is_marked(event):
            self._add(Broken(place))
            return
        if found := _UNSEEN_IN_VALUE.search(event.value):
            self._say(
                "E005",
                event,
                f"There is a character here that cannot be seen (U+{ord(found[0]):04X}).",
                "Delete it.",
            )
        if not event.style and event.value:
            self._comment(event)
        self._add(Text(event.value, place))

    def _comment(self, event: Any) -> None:
        """Report a comment so close to a plain value that it may be part of it."""
        end = event.end_mark
        found = _COMMENT.match(self._source.line(end.line + 1), end.column)
        if found:
            fix = "If it belongs to the value, put the value in quotes; if it is a comment, write two spaces before # and one after."
            at = end.line + 1, end.column + found[0].index("#") + 1
            self._problems.append(
                self._source.problem(
                    "E015", *at, "From this # on, the line is a comment and is not read.", fix
                )
            )

    def _start(self, event: Any) -> None:
        if len(self._stack) >= DEEPEST:
            self._stop("E006", event, f"Lists and blocks are more than {DEEPEST} levels deep here.")
        is_fields = isinstance(event, yaml.MappingStartEvent)
        is_flow = bool(event.flow_style)
        broken = self._is_marked(event)
        if is_flow and not any(one.is_flow for one in self._stack):
            if is_fields:
                broken = True
                fix = "If a text begins with {{…}}, put it in quotes. Otherwise write each name on its own line, indented."
                self._say("E012", event, "Blocks in { } are not used.", fix)
        elif is_flow:
            broken = True
            if not any(one.is_flow and one.is_broken for one in self._stack):
                self._say(
                    "E017",
                    event,
                    "[ ] holds only short names.",
                    "Write each on its own line, beginning with a hyphen.",
                )
        self._stack.append(_Open(is_fields, is_flow, broken, self._place(event), []))

    def _end(self) -> None:
        one = self._stack.pop()
        if one.is_broken:
            self._add(Broken(one.place))
        elif one.is_fields:
            self._add(Fields(self._fields(one.items), one.place))
        else:
            if one.is_flow:
                self._short(one.items)
            self._add(Items(tuple(one.items), one.place))

    def _short(self, items: list[Node]) -> None:
        for item in items:
            if isinstance(item, Text) and len(item.value) > _FLOW_ITEM:
                fix = "Write each on its own line, beginning with a hyphen."
                self._problems.append(item.place.problem("E017", "[ ] holds only short names.", fix))

    def _fields(self, items: list[Node]) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        for key, value in zip(items[::2], items[1::2], strict=False):
            if not isinstance(key, Text) or not key.value:
                self._problems.append(
                    key.place.problem(
                        "E018", "There is no plain name before the colon here.", "Write: name: value"
                    )
                )
            elif key.value in fields:
                first = fields[key.value].key.place.line
                text = f"'{key.value}' stands here a second time; the first is in line {first}."
                self._problems.append(key.place.problem("E013", text, "Take one of the two out."))
            else:
                fields[key.value] = Field(key, value)
        return fields

    def _is_marked(self, event: Any) -> bool:
        if event.anchor is not None:
            self._say(
                "E009",
                event,
                f"'&{event.anchor}' gives this part a name instead of being read.",
                quoting_hint("&"),
            )
        elif event.tag is not None:
            self._say("E011", event, "The word beginning with ! is not read as text.", quoting_hint("!"))
        return event.anchor is not None or event.tag is not None

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].items.append(node)
        else:
            self._root = node

    def _place(self, event: Any) -> Place:
        return Place(self._source, event.start_mark.line + 1, event.start_mark.column + 1)

    def _say(self, code: str, event: Any, text: str, fix: str) -> None:
        self._problems.append(self._place(event).problem(code, text, fix))

    def _stop(self, code: str, event: Any, text: str) -> None:
        self._say(code, event, text, "Nothing after this place has been read.")
        raise _Stop
