"""Markdown, escaped as the summary's is: words from people can do nothing but be read."""

from collections.abc import Iterator

from crisisdesk.domain.paper import Block, Line, Paper, Picture, Section, Table, Words
from crisisdesk.reports.markdown_text import escaped, inline


def markdown(paper: Paper) -> str:
    """Return the whole document."""
    parts = [f"# {inline(paper.title)}", f"*{inline(f'version {paper.version}, {paper.status}')}*"]
    for depth, section in paper.walk():
        parts.append("\n".join(_section(section, depth)))
    return "\n\n".join([*parts, "---", inline(paper.footer)]) + "\n"


def _section(section: Section, depth: int) -> Iterator[str]:
    number = f"{section.number}\\. " if section.number else ""
    yield f"{'#' * (depth + 1)} {number}{inline(section.title)}"
    before: Block | None = None
    for block in section.blocks:
        if not (isinstance(block, Line) and isinstance(before, Line)):
            yield ""
        yield from _block(block)
        before = block


def _block(block: Block) -> Iterator[str]:
    match block:
        case Line(name, said):
            yield f"- **{inline(name)}:** {_broken(said, '  ')}"
        case Words(said, "quote"):
            yield "> " + _broken(said, "> ")
        case Words(said, "warning"):
            yield f"**{inline(said)}**"
        case Words(said, "note"):
            yield f"*{inline(said)}*"
        case Words(said):
            yield _broken(said, "")
        case Picture(alt):
            yield f"*{inline(alt)}*"
        case Table(names, rows):
            yield _row(names)
            yield "|" + " --- |" * len(names)
            yield from (_row(row) for row in rows)


def _broken(said: str, inset: str) -> str:
    """Return escaped text with its line breaks kept, each next line set in; an empty line would end the block."""
    lines = (line.strip() for line in escaped(said).split("\n"))
    return f"\\\n{inset}".join(line for line in lines if line)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(inline(cell) for cell in cells) + " |"
