"""A timeline too long to lie in memory, for a reader: a page at a time, without the entries they are not told."""

from collections.abc import Iterator
from typing import NamedTuple

from crisisdesk.desk.desk import Desk
from crisisdesk.desk.states import pages
from crisisdesk.desk.timeline import CHANGING, Timeline
from crisisdesk.desk.values import Case
from crisisdesk.domain.audience import audiences, left_out_for, reasons
from crisisdesk.domain.entries import Entry, EntryCorrected, SensitivityRaised
from crisisdesk.domain.summary.parts_review import LeftOut
from crisisdesk.domain.timeline import Item

PAGE = 500


class LongTimeline(NamedTuple):
    """Pages of lines, each with its entry's hash; and what is left out."""

    pages: Iterator[list[tuple[Item, str]]]
    left_out: tuple[LeftOut, ...]


def long_timeline(desk: Desk, case: Case, audience: str) -> LongTimeline | None:
    """Return an incident's timeline for a reader; None where it takes the whole log to tell it.

    Names become roles by what the whole log says of everybody: that copy is made from the summary.
    """
    known = audiences(case.state.policy).get(audience)
    if known is None or known.people != "names" or (known.tells and "timeline" not in known.tells):
        return None
    left_out = left_out_for(known, _telling(desk, case))
    words = {
        seq: dict.fromkeys(said, f"({left_out[seq]}, entry {seq})") if seq in left_out else said
        for seq, said in case.words.items()
    }
    timeline = Timeline(desk.journal, Case(case.state, words))
    why = tuple(LeftOut(one, number) for one, number in reasons(left_out))
    return LongTimeline(_pages(desk, timeline, left_out), why)


def _telling(desk: Desk, case: Case) -> list[Entry]:
    """Return the entries that decide what is left out: those kept closer, those that correct, and what these are about."""
    found: dict[int, Entry] = {}
    for page in pages(desk.journal, case.state.stream, words=False):
        for entry in page:
            if entry.header.sensitivity != "normal" or entry.header.kind in CHANGING:
                found[entry.seq] = entry
    about = {_about(entry) for entry in found.values()} - {0, *found}
    for entry in desk.journal.read_some(case.state.stream, sorted(about), words=False):
        found[entry.seq] = entry
    return [found[seq] for seq in sorted(found)]


def _about(entry: Entry) -> int:
    event = entry.event
    if isinstance(event, EntryCorrected):
        return event.corrects
    return event.entry if isinstance(event, SensitivityRaised) else entry.header.corrects


def _pages(desk: Desk, timeline: Timeline, left_out: dict[int, str]) -> Iterator[list[tuple[Item, str]]]:
    for start in range(0, len(timeline.seqs), PAGE):
        seqs = [seq for seq in timeline.seqs[start : start + PAGE] if seq not in left_out]
        hashes = {
            one.seq: one.hash
            for one in desk.journal.read_some(timeline.case.state.stream, sorted(seqs), words=False)
        }
        yield [(item, hashes[item.seq]) for item in timeline.items(seqs)]
