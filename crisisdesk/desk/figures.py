"""The figures of incidents, for screens that show them at every repaint: only what was written since the last look is read."""

from crisisdesk.domain.entries import Entry, EntryCorrected, FigureTyped
from crisisdesk.domain.figures import Series, figures_read, series
from crisisdesk.domain.timeline import read
from crisisdesk.journal import Journal


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
            new = self._journal.read(stream, upto, words=False)
            kept = [*kept, *(one for one in new if isinstance(one.event, FigureTyped | EntryCorrected))]
            self._kept[stream] = (new[-1].seq if new else upto, kept)
        return series(figures_read(read(kept)))
