"""The figures of incidents, for screens that show them at every repaint: only what was written since the last look is read."""

from crisisdesk.domain.entries import Entry
from crisisdesk.domain.figures import Series, figures_read, series
from crisisdesk.domain.timeline import read
from crisisdesk.journal import Journal

_KINDS = ("figure-typed", "entry-corrected")
"""Kinds that figures are made of; a correction may be of a figure."""


class FigureMemory:
    """What is remembered of each stream: the entries that figures are made of, without their words."""

    def __init__(self, journal: Journal) -> None:
        """Take the journal to read from."""
        self._journal = journal
        self._kept: dict[str, tuple[int, list[Entry]]] = {}

    def of(self, stream: str, seq: int) -> tuple[Series, ...]:
        """Return an incident's figures over time as of entry ``seq``, without sources and remarks."""
        upto, kept = self._kept.get(stream, (0, []))
        if upto < seq:
            new = self._journal.read(stream, upto, words=False, kinds=_KINDS)
            kept = [*kept, *new]
            self._kept[stream] = (max(seq, new[-1].seq if new else 0), kept)
        return series(figures_read(read(kept)))
