"""A document on its way to paper: a small tree that every format draws in its own way.

Texts in it are as people wrote them; whoever draws the tree makes them safe for the place they go to.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Tone = Literal["plain", "note", "warning", "quote"]
"""How words stand: as they are, as a remark, as something nobody may miss, or word for word as they would go out."""


class Words(NamedTuple):
    """A paragraph; line breaks in it are kept."""

    text: str
    tone: Tone = "plain"


class Line(NamedTuple):
    """A short name and what it says; line breaks in ``text`` are kept."""

    name: str
    text: str


class Table(NamedTuple):
    """A table; each row has as many cells as there are ``names``."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(NamedTuple):
    """A picture: as SVG (text), as PNG, either empty where the format does not take it; ``alt`` says what it shows."""

    alt: str
    svg: str = ""
    png: bytes = b""


Block = Words | Line | Table | Picture


class Section(NamedTuple):
    """A heading with what stands below it. ``number`` is a step's, 0 where nothing is counted."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: "tuple[Section, ...]" = ()
    number: int = 0

    @property
    def heading(self) -> str:
        """The title, after the number where there is one."""
        return f"{self.number}. {self.title}" if self.number else self.title


class Paper(NamedTuple):
    """A whole document. ``status`` says whether it is adopted and stands on every page."""

    title: str
    version: str
    status: str
    sections: tuple[Section, ...]
    mark: str = ""
    """A word that stands across every page, such as DRILL."""
    contents: bool = False
    """Whether a list of contents follows the first section."""

    @property
    def footer(self) -> str:
        """What every page says of where it belongs."""
        return f"{self.title} · version {self.version} · {self.status}"

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Yield every section with its depth, 1 for the outermost, in reading order."""
        yield from _walk(self.sections, 1)


def _walk(sections: Iterable[Section], depth: int) -> Iterator[tuple[int, Section]]:
    for section in sections:
        yield depth, section
        yield from _walk(section.sections, depth + 1)


def lines(*pairs: tuple[str, str]) -> tuple[Line, ...]:
    """Return the lines that say something, in this order."""
    return tuple(Line(name, text.strip()) for name, text in pairs if text.strip())
