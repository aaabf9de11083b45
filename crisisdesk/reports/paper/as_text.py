"""Plain text, wrapped: for the terminal, for mail, for whoever has nothing else."""

from collections.abc import Iterator
from textwrap import wrap

from crisisdesk.domain.paper import Block, Line, Paper, Picture, Section, Table, Words
from crisisdesk.domain.text import one_line, shown

_NARROWEST = 40
_NAME = 14
"""Columns a line's name takes before what it says."""
_MARKS = {"plain": "", "note": "", "warning": "! ", "quote": "| "}


def text(paper: Paper, width: int = 79) -> str:
    """Return the whole document, no line longer than ``width`` columns (at least 40)."""
    width = max(width, _NARROWEST)
    lines = [
        *_wrapped(one_line(paper.title), width),
        *_wrapped(one_line(f"version {paper.version}, {paper.status}"), width),
    ]
    lines.append("=" * width)
    for depth, section in paper.walk():
        lines += ["", *_section(section, depth, width)]
    return "\n".join([*lines, "", "-" * width, *_wrapped(one_line(paper.footer), width)]) + "\n"


def _section(section: Section, depth: int, width: int) -> Iterator[str]:
    title = one_line(section.heading)
    yield from _wrapped(title.upper() if depth == 1 else title, width, " " * 4 if section.number else "")
    if depth == 1:
        yield "-" * min(width, len(title))
    inset = "    " if section.number else ""
    for block in section.blocks:
        yield from (f"{inset}{line}".rstrip() for line in _block(block, width - len(inset)))


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Line(name, said):
            yield from _line(one_line(name), said, width)
        case Words(said, tone):
            mark = _MARKS[tone]
            yield from (f"{mark}{line}" for line in _wrapped(said, width - len(mark)))
        case Picture(alt):
            yield from _wrapped(alt, width)
        case Table(names, rows):
            for row in rows:
                yield from _row(names, row, width)


def _line(name: str, said: str, width: int) -> Iterator[str]:
    """Yield a name and what it says beside it; a name too long for that stands on a line of its own."""
    lines = list(_wrapped(said, width - _NAME))
    head = f"{name}:"
    if len(head) >= _NAME:
        yield from _wrapped(head, width)
        head = ""
    for line in lines or [""]:
        yield f"{head:<{_NAME}}{line}"
        head = ""


def _row(names: tuple[str, ...], row: tuple[str, ...], width: int) -> Iterator[str]:
    """Yield a row as an entry of a list: what it is about, then the rest with the names of its columns."""
    if len(row) == 2:
        yield from _hung(f"* {one_line(row[0])}: ", row[1], width)
        return
    yield from _hung("* ", " ".join(row[:2]) if names[0] == "Step" else row[0], width)
    rest = list(zip(names, row, strict=True))[2 if names[0] == "Step" else 1 :]
    for name, said in rest:
        yield from _hung(f"    {one_line(name)}: ", said, width)


def _hung(head: str, said: str, width: int) -> Iterator[str]:
    yield from _wrapped(f"{head}{one_line(said)}", width, " " * (len(head) - len(head.lstrip(" *")) + 2))


def _wrapped(said: str, width: int, hang: str = "") -> Iterator[str]:
    """Yield lines of safe text, each at most ``width`` characters; what hangs over is set in by ``hang``."""
    for line in shown(said).expandtabs(4).split("\n"):
        yield from wrap(line, max(width, 10), subsequent_indent=hang, break_on_hyphens=False) or [""]
