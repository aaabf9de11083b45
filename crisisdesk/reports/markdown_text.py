"""Text made safe for Markdown, and the tables and sections it stands in."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from crisisdesk.domain.text import shown

_ALWAYS = re.compile(r"[\\`*_\[\]|~$!{}^@]")
_AT_START = re.compile(r"^([ \t]*)([-+=:]|#(?!\d))", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})([.)])", re.MULTILINE)
_LINK = re.compile(r"(www)(\.)|(mailto|xmpp)(:)", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:#(?=\d))?[^\W_](?:[^\W_]|[ ,;'/?%#-]|(?<=\d):(?=\d)|(?<=[^\W\d_])\.(?= |$)|(?<!mailto)(?<!xmpp)(?<=[^\W_]):(?= ))*",
    re.IGNORECASE,
)
"""Words and times in which Markdown finds nothing: most of what a log holds."""
_BREAK = " ⏎ "
"""Stands for a line break where Markdown allows none."""


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, HTML, link, mention, list, heading or table in it."""
    safe = shown(text)
    if _PLAIN.fullmatch(safe):
        return safe
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _ALWAYS.sub(r"\\\g<0>", safe)
    safe = _LINK.sub(r"\1\3\\\2\4", safe.replace("://", "\\://"))
    return _AT_START.sub(r"\1\\\2", _NUMBERED.sub(r"\1\\\2", safe))


def inline(text: str) -> str:
    """Return escaped text on one line, for a heading, a list or the cell of a table."""
    return _short(text) if len(text) < _SHORT else _inline(text)


def _inline(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    lines = (line.strip() for line in shown(text).splitlines())
    return escaped(" ".join(_BREAK.join(line for line in lines if line).replace("\t", " ").split()))


_SHORT = 100
_short = lru_cache(2048)(_inline)
"""Names, titles and times come again and again."""


def section(title: str, names: Sequence[str], rows: Iterable[Sequence[str]], none: str) -> list[str]:
    """Return a heading and a table, or a sentence where there is nothing."""
    cells = inlined(rows)
    return [f"## {title}", "", *(table(names, cells) if cells else [none])]


def inlined(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return rows with every cell escaped."""
    return [[inline(text) for text in each] for each in rows]


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table of cells that are escaped already."""
    return [row(names), "|" + " --- |" * len(names), *(row(each) for each in rows)]


def row(cells: Iterable[str]) -> str:
    """Return one line of a table."""
    return "| " + " | ".join(cells) + " |"


def quoted(text: str) -> list[str]:
    """Return people's words as a quotation within a list item, each line a line."""
    lines = [line.strip() for line in escaped(text).split("\n")] if text else []
    return [
        f"  > {line}\\" if line and place < len(lines) else f"  > {line}".rstrip()
        for place, line in enumerate(lines, 1)
    ]
