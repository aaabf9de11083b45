"""An incident's timeline, read a page at a time: its order is kept as numbers, its lines are built when they are seen."""

from collections.abc import Sequence

from crisisdesk.desk.values import Case
from crisisdesk.domain.entries import Entry, EntryCorrected, SensitivityRaised
from crisisdesk.domain.narrowing import Narrowed, fits
from crisisdesk.domain.runbook import title_of
from crisisdesk.domain.sensitivity import kept_closer
from crisisdesk.domain.timeline import Item, build
from crisisdesk.journal import Journal

CHANGING = ("entry-corrected", "sensitivity-raised")
"""Kinds of entry that change how an earlier one reads."""

AT_ONCE = 1000
"""Entries searched in one turn of the desk's thread: others get theirs in between."""


class Timeline:
    """The order of one incident's entries as things happened, corrections applied; brought up to date as entries come."""

    def __init__(self, journal: Journal, case: Case) -> None:
        """Take the journal, and read the order."""
        self._journal = journal
        self._stream = case.state.stream
        self._moved: dict[int, str] = {}
        self._changes: dict[int, list[int]] = {}
        self._changed_by: dict[int, int] = {}
        self._altered: list[tuple[int, int]] = []
        self.closer: dict[int, str] = {}
        """What says that few may read an entry, of those that were read."""
        self.case = case
        self.seqs, changing = journal.order(self._stream, CHANGING)
        for entry in journal.read_some(self._stream, changing, words=False):
            self._change(entry)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.seqs)

    def bring_up_to_date(self, case: Case) -> None:
        """Take in what was written since."""
        seen, self.case = len(self.seqs), case
        for entry in self._journal.read(self._stream, seen, words=False):
            self.seqs.insert(self._place(entry.header.occurred_at, entry.seq), entry.seq)
            self._change(entry)

    def altered_since(self, seq: int) -> list[int]:
        """Return the earlier entries that read otherwise by what was written after entry ``seq``: each reader asks for itself."""
        return [earlier for by, earlier in self._altered if by > seq]

    def items(self, seqs: Sequence[int]) -> list[Item]:
        """Return the lines of some entries, in the order asked for."""
        first = {self._changed_by.get(seq, seq) for seq in seqs}
        changes = {change for seq in first for change in self._changes.get(seq, ())}
        entries = self._journal.read_some(self._stream, sorted({*seqs, *first, *changes}))
        self.closer.update(kept_closer(entries))
        titles = {step: title_of(known, self.case.words) for step, known in self.case.state.steps.items()}
        built = {item.seq: item for item in build(entries, self.case.state, titles=titles)}
        return [built[seq] for seq in seqs if seq in built]

    def search(self, wanted: Narrowed, start: int) -> list[int]:
        """Return the entries that fit among the :data:`AT_ONCE` before place ``start``, the latest first."""
        some = self.seqs[max(0, start - AT_ONCE) : start]
        return [item.seq for item in reversed(self.items(some)) if fits(item, wanted)]

    def _change(self, entry: Entry) -> None:
        """Note it where an entry changes an earlier one."""
        event = entry.event
        if isinstance(event, EntryCorrected):
            if event.happened_at:
                self._move(event.corrects, event.happened_at)
            target = event.corrects
        elif isinstance(event, SensitivityRaised):
            target = event.entry
        else:
            return
        self._changes.setdefault(target, []).append(entry.seq)
        self._changed_by[entry.seq] = target
        self._altered.append((entry.seq, target))

    def _move(self, seq: int, happened_at: str) -> None:
        place = self._place(self._moment(seq), seq)
        if place < len(self.seqs) and self.seqs[place] == seq:
            self.seqs.pop(place)
            self._moved[seq] = happened_at
            self.seqs.insert(self._place(happened_at, seq), seq)

    def _place(self, moment: str, seq: int) -> int:
        """Return where an entry stands, or would stand, among the others: by when it happened, then by its number."""
        low, high = 0, len(self.seqs)
        if high and (self._moment(self.seqs[-1]), self.seqs[-1]) < (moment, seq):
            return high
        while low < high:
            middle = (low + high) // 2
            if (self._moment(self.seqs[middle]), self.seqs[middle]) < (moment, seq):
                low = middle + 1
            else:
                high = middle
        return low

    def _moment(self, seq: int) -> str:
        if seq not in self._moved:
            found = self._journal.read(self._stream, seq - 1, 1, words=False)
            return found[0].header.occurred_at if found else ""
        return self._moved[seq]
