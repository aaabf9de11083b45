"""Adopting a file: the value of its ``adopted`` line is written anew, and every other byte stays as it is."""

import contextlib
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from crisisdesk.domain.decide import Refused
from crisisdesk.domain.text import one_line
from crisisdesk.loading import reading as r
from crisisdesk.loading.events import Fields, read_yaml
from crisisdesk.loading.library import shipped_folder

_BOM = b"\xef\xbb\xbf"
_BREAK = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"[\w .,'()/&+-]+")
_UNUSUAL = Refused(
    "The value of 'adopted' is written in an unusual way.", "Write on one line: adopted: not yet"
)


class _Span(NamedTuple):
    """Where the ``adopted`` line begins in a text, and where its value begins and ends."""

    line: int
    start: int
    end: int


def places(path: Path) -> Callable[[tuple[str, ...]], str]:
    """Return what tells ``file:line`` for a way through a file's names; as far as the names are there."""
    try:
        root = read_yaml(path.read_bytes(), str(path)).root
    except OSError:
        root = None

    def place(names: tuple[str, ...]) -> str:
        at, line = root, 0
        for name in names:
            field = at.fields.get(name) if isinstance(at, Fields) else None
            if field is None:
                break
            at, line = field.value, field.key.place.line
        return f"{path}:{line}" if line else str(path)

    return place


def adopt(path: Path, adopted: str, because: str = "") -> Refused | None:
    """Write ``adopted`` (``2026-11-23 by Jo, Sam``) into a file, whole or not at all; return why not, or None.

    ``because`` is kept in a comment line above it. The file is only written when, read again, it says exactly this.
    Raises OSError when it cannot be written.
    """
    if refused := _not_ours(path):
        return refused
    target = path.resolve()
    source = target.read_bytes()
    content = with_adopted(source, adopted, because)
    if isinstance(content, Refused):
        return content
    return _write(target, source, content)


def _not_ours(path: Path) -> Refused | None:
    """Return why a file is not to be changed: shipped, outside its folder, no file, read-only."""
    folder, target, shipped = path.parent.resolve(), path.resolve(), shipped_folder().resolve()
    if shipped in (folder, target.parent):
        return Refused(
            "These are the playbooks CrisisDesk comes with; they are not adopted in place.",
            "Init first: crisisdesk init DIR, then use --playbooks DIR.",
        )
    if not target.is_relative_to(folder):
        return Refused(
            f"'{path}' is only a link to a file outside its folder.", "Put a copy of the file in its place."
        )
    if not target.is_file():
        return Refused(f"There is no file '{path}'.", "See what there is with: crisisdesk playbook list")
    if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
        return Refused(f"'{path}' is read-only.", "Make it writable, or ask whoever may change it.")
    return None


def with_adopted(source: bytes, adopted: str, because: str = "") -> bytes | Refused:
    """Return a file's bytes with another ``adopted``, every other byte the same; with ``because``, one comment line more."""
    try:
        text = source.removeprefix(_BOM).decode()
        span = _span(text)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return Refused("The file cannot be read.", "See why with: crisisdesk playbook check")
    if span is None:
        return Refused("The file has no line 'adopted'.", "Add below its version: adopted: not yet")
    if _BREAK.search(text[span.start : span.end]) or span.start == span.end:
        return _UNUSUAL
    head, tail = text[: span.line], text[span.end :]
    ending = _BREAK.search(tail) or _BREAK.search(head)
    note = f"# {one_line(because)}{ending[0] if ending else chr(10)}" if because.strip() else ""
    try:
        body = f"{head}{note}{text[span.line : span.start]}{_as_yaml(adopted)}{tail}".encode()
    except UnicodeEncodeError:
        return _unwritable()
    content = (_BOM if source.startswith(_BOM) else b"") + body
    before, after = read_yaml(source, ""), read_yaml(content, "")
    says = r.line(after.root, "adopted") if isinstance(after.root, Fields) else ""
    if says != adopted or len(after.problems) > len(before.problems):
        return _unwritable()
    return content


def _unwritable() -> Refused:
    return Refused(
        "A name or the reason holds a character that cannot be written in a playbook.", "Type it anew."
    )


def _span(text: str) -> _Span | None:
    """Find the value of the file's own ``adopted``, told from any deeper one by the events before it."""
    depth, key = 0, None
    is_key = True
    for event in yaml.parse(
        text, Loader=yaml.Loader
    ):  # the library's Python half: its marks count characters
        one: Any = event
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth == 1 and isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            if is_key:
                key = one if isinstance(event, yaml.ScalarEvent) and event.value == "adopted" else None
            elif key and isinstance(event, yaml.ScalarEvent):
                start = key.start_mark.index
                line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
                return _Span(line, one.start_mark.index, one.end_mark.index)
            opens = isinstance(event, yaml.CollectionStartEvent)
            is_key = is_key if opens else not is_key
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
    return None


def _as_yaml(value: str) -> str:
    """Return a value as it must be written to be read back: in quotes where a sign could mean something else."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(target: Path, source: bytes, content: bytes) -> Refused | None:
    """Write aside, flush to disk, and put into place: nobody ever meets half a file."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        found = target.stat()
        with contextlib.suppress(OSError, AttributeError):
            os.chown(aside, -1, found.st_gid)  # a shared folder's group; not everybody may, Windows has none
        aside.chmod(found.st_mode & 0o777)
        if target.read_bytes() != source:
            return Refused("Somebody has just changed the file.", "Read it again, then repeat the command.")
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    _keep_name(target.parent)
    return None


def _keep_name(folder: Path) -> None:
    """Flush the folder too, so that the new file's name survives a power cut; not every system can."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
