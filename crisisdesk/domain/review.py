"""The words of the review, and its state: each rule that the desk, the screen and every document share."""

import re
from collections.abc import Mapping
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


_DAY = re.compile(r"\s*\d{4}-\d\d-\d\d\s*")


def by_day(typed: str) -> str:
    """Return a due time as typed; a day alone means its end, so that nothing is late on the day it is due."""
    return f"{typed.strip()} 23:59" if _DAY.fullmatch(typed) else typed


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
