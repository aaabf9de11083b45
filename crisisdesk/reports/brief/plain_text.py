"""The brief as plain text: for the terminal, for mail, for whoever has nothing else."""

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from crisisdesk.domain.brief import Brief
from crisisdesk.domain.text import one_line
from crisisdesk.reports.brief.wording import Section, heading, sections

_NARROWEST = 40


class Drawn(NamedTuple):
    """One line as it stands on the page, and how it is meant: ``heading``, ``rule``, ``loud``, ``plain`` or ``below``."""

    said: str
    tone: str = "plain"


def text(brief: Brief, width: int = 80) -> str:
    """Return the brief, no line longer than ``width`` characters (at least 40), nothing in it but what can be read."""
    return "\n".join(line.said for line in drawn(brief, width)) + "\n"


def drawn(brief: Brief, width: int) -> Iterator[Drawn]:
    """Yield the lines of the brief with their tones, for whoever has more than letters to show them with."""
    width = max(width, _NARROWEST)
    yield from (Drawn(line, "heading") for line in _wrapped(heading(brief), "", width))
    yield Drawn("=" * width, "rule")
    for section in sections(brief):
        yield Drawn("")
        titles = list(_wrapped(section.title, "", width))
        yield from (Drawn(line, "heading") for line in titles)
        yield Drawn("-" * len(titles[-1]), "rule")
        yield from _rows(section, width)


def _rows(section: Section, width: int) -> Iterator[Drawn]:
    for row in section.rows:
        mark, tone = ("! ", "loud") if row.loud else ("- ", "plain")
        yield from (Drawn(line, tone) for line in _wrapped(row.text, mark, width))
        for below in row.below:
            yield from (Drawn(line, "below") for line in _wrapped(below, "    ", width))
    if not section.rows:
        yield from (Drawn(line, "below") for line in _wrapped(section.none, "  ", width))


def _wrapped(said: str, mark: str, width: int) -> Iterator[str]:
    """Yield the lines of one point; what hangs over is set in as far as its mark reaches."""
    yield from wrap(
        one_line(said), width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False
    ) or [mark.rstrip()]
