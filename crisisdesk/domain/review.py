"""The words of the review, and its state: each rule that the desk, the screen and every document share."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

FINDINGS: Mapping[str, str] = {
    "went well": "Went well",
    "did not": "Did not go well",
    "lucky": "Where we were lucky",
    "contributed": "Contributing factors",
}
"""Sorts of finding, with their headings. Contributing factors are conditions, never persons: the report is blameless."""

RATINGS: Mapping[str, str] = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}
"""Ratings of an objective, as the Homeland Security Exercise and Evaluation Program has them (HSEEP, 2020)."""

STANDINGS = ("open", "done", "verified", "dropped")
"""What a follow-up can be. ``verified``: somebody saw that it helped."""


_RESTS_ON = re.compile(r"\s*\((#\d{1,9}(?:, ?#\d{1,9})*)\)\s*$")
_DAY = re.compile(r"\s*\d{4}-\d\d-\d\d\s*")


def by_day(typed: str) -> str:
    """Return a due time as typed; a day alone means its end, so that nothing is late on the day it is due."""
    return f"{typed.strip()} 23:59" if _DAY.fullmatch(typed) else typed


def entry_numbers(typed: str) -> tuple[int, ...] | None:
    """Read the numbers of entries as typed: ``12,17`` or ``#12 #17``; None where it is something else."""
    parts = typed.replace("#", " ").replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    return tuple(map(int, parts))


class Sentence(NamedTuple):
    """A sentence of the opening paragraph, with the entries it rests on."""

    text: str
    entries: tuple[int, ...]


def as_typed(sentences: Sequence[Sentence]) -> str:
    """Return the paragraph as a person edits it: a sentence a line, the entries it rests on behind it."""
    return "\n".join(
        one.text + (f" ({', '.join(f'#{seq}' for seq in one.entries)})" if one.entries else "")
        for one in sentences
    )


def as_written(text: str) -> tuple[Sentence, ...]:
    """Read what a person wrote back: every line a sentence, numbers in brackets at its end are the entries it rests on."""
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        rests = _RESTS_ON.search(line)
        seqs = tuple(int(each.strip(" #")) for each in rests[1].split(",")) if rests else ()
        found.append(Sentence(line[: rests.start()] if rests else line, seqs))
    return tuple(found)


class FollowUpState(NamedTuple):
    """A follow-up as it stands. ``due_at`` is a stored instant."""

    owner: str
    due_at: str
    standing: str = "open"

    @property
    def is_open(self) -> bool:
        """Whether something is still to do."""
        return self.standing == "open"


class Review(NamedTuple):
    """What the review of one incident has come to; words are the log's."""

    moments: frozenset[int] = frozenset()
    """Entries chosen as key moments."""
    findings: Mapping[int, str] = {}
    """Standing findings by their entry, to their sort."""
    ratings: Mapping[str, str] = {}
    """Phases to the rating of their goal."""
    follow_ups: Mapping[int, FollowUpState] = {}
    paragraph: int = 0
    """The entry whose words open the summary; 0 where it is put together from entries."""
    signed: int = 0
    """The version that was signed last; 0 before the first."""
    signed_in: int = 0
    """The entry of the last signature."""
