"""Entries kept closer than others: on a page that many read, their words give way to what they are and their number.

The one place for the rule. Whoever may read them finds them in the timeline, by the number.
"""

from collections.abc import Iterable, Mapping

from crisisdesk.domain.decide.around import LEVELS
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.timeline import read

_SAID = {"personal": "personal data", "hr": "HR matter", "privileged": "legally privileged"}


def levels_of(entries: Iterable[Entry]) -> dict[int, str]:
    """Return how close every entry is kept, by its number.

    A correction repeats what it corrects: the two are kept as close as the closer of them.
    """
    levels: dict[int, str] = {}
    first: dict[int, int] = {}
    for reading in read(entries):
        seq = reading.entry.seq
        first[seq] = first.get(reading.entry.header.corrects, seq)
        known = levels.get(first[seq], "normal")
        levels[first[seq]] = max(known, reading.sensitivity, key=closeness)
    return {seq: levels[beginning] for seq, beginning in first.items()}


def kept_closer(entries: Iterable[Entry]) -> dict[int, str]:
    """Return what stands for the words of every entry that is not normal, by its number."""
    return {
        seq: f"({_SAID.get(level, level)}, entry {seq})"
        for seq, level in levels_of(entries).items()
        if level != "normal"
    }


def withheld(entries: Iterable[Entry], closer: Mapping[int, str]) -> list[Entry]:
    """Return the entries with every word of those in ``closer`` replaced; numbers, times and names stay."""
    return [
        entry._replace(words=dict.fromkeys(entry.words, closer[entry.seq])) if entry.seq in closer else entry
        for entry in entries
    ]


def closeness(level: str) -> int:
    """Return how close a level is kept; one of a newer program counts as the closest."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
