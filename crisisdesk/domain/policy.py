"""The policy: the organisation's standing rules that a crisis needs."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.conditions import Condition
from crisisdesk.domain.deadlines import Hours, Within


class Role(NamedTuple):
    """A part somebody takes in an incident; ``needed_from`` is the mildest level at which a gap counts."""

    id: str
    title: str
    duty: str
    must_not: str = ""
    stand_in: str = ""
    needed_from: str = ""
    not_with: tuple[str, ...] = ()
    """Roles that one person should not hold beside this one: held all the same, it is a deviation."""
    never_with: tuple[str, ...] = ()
    """Roles that one person may not hold beside this one: refused."""


class Channel(NamedTuple):
    """A place where words are published; ``limit`` in units of ``counts``, 0 for none."""

    id: str
    title: str
    account: str
    owner: str
    limit: int = 0
    counts: str = "characters"
    checked_on: str = ""


class Level(NamedTuple):
    """A severity level. ``pace`` stretches minutes and hours counted from declaration; 1 is the worst level's."""

    id: str
    title: str
    choose_when: str
    first_word_within: Within | None
    update_every: Within | None
    approvals: tuple[str, ...]
    pace: float
    review_due: Within | None
    times_usual: float = 0
    """Mentions per hour, as a multiple of the usual, from which the figures speak for this level; 0 for never."""
    reach: int = 0
    """Followers of the largest account talking about it from which the figures speak for this level; 0 for never."""
    relayed_approvals: str = ""
    """``confirm``: an approval by phone counts at this level only when the person has confirmed it; empty: it counts."""
    debrief_due: Within | None = None


class Question(NamedTuple):
    """Something asked once whose answer conditions depend on; ``kind`` is choice, list or number."""

    id: str
    ask: str
    answers: tuple[str, ...] = ()
    kind: str = "choice"


class Override(NamedTuple):
    """A condition that raises the level whatever the volume."""

    when: Condition
    level: str
    because: str


class Region(NamedTuple):
    """A region whose law, language and holidays differ; holidays are ``YYYY-MM-DD``."""

    id: str
    title: str
    languages: tuple[str, ...] = ()
    holidays: tuple[str, ...] = ()
    advice: str = ""
    clocks: tuple[str, ...] = ()
    time_zone: str = ""
    """The zone its working days end in; empty for the policy's."""


class Clock(NamedTuple):
    """A deadline set by law or contract. Not legal advice: counsel must check it."""

    id: str
    title: str
    tell: str
    within: Within | None
    deadline: str
    counted_from: str
    anchor_text: str
    chained_on: str
    source: str
    source_kind: str
    """How sure the source is: ``primary`` (the text itself was read), ``secondary``, ``unsure``."""
    checked_on: str
    no_later_than: Within | None = None
    """A second limit with an anchor of its own; the earlier of the two binds (DORA, initial notification)."""
    ask_when: Condition | None = None
    """The facts that ask for this clock; false keeps it away, unknown starts nothing."""
    decided_by: tuple[str, ...] = ("legal",)
    """The roles one of whose holders starts or dismisses it."""


class Division(NamedTuple):
    """A part of the organisation with a say in a crisis, and the roles it fills."""

    id: str
    title: str
    say: str
    roles: tuple[str, ...] = ()


class Audience(NamedTuple):
    """Who a copy of the summary is for, and what it includes.

    ``includes`` names the sensitivities whose words are told; ``people`` is ``names`` or ``roles``; ``tells`` names the parts
    of the summary (``PARTS`` in ``audience.py``), empty for all of them.
    """

    id: str
    title: str
    includes: tuple[str, ...] = ("normal",)
    people: str = "names"
    tells: tuple[str, ...] = ()


class Policy(NamedTuple):
    """The whole policy; ``levels`` are worst first; ``conduct`` maps a heading to its text."""

    title: str
    version: str
    adopted: str
    reviewed: str
    organisation: str
    purpose: str
    scope: str
    time_zone: str
    hours: Hours
    regions: Mapping[str, Region]
    roles: Mapping[str, Role]
    channels: Mapping[str, Channel]
    levels: Mapping[str, Level]
    overrides: tuple[Override, ...]
    facts: Mapping[str, Question]
    approvals: Mapping[str, str]
    clocks: Mapping[str, Clock]
    protected_words: tuple[tuple[str, str], ...]
    conduct: Mapping[str, str]
    review_every: str
    largest_file: int
    """Bytes; the largest file that may be attached."""
    divisions: Mapping[str, Division] = {}
    audiences: Mapping[str, Audience] = {}
    """Copies of the summary, by whom they are for; empty for those of ``audience.py``."""

    def worse(self, one: str, other: str) -> str:
        """Return the worse of two levels."""
        order = list(self.levels)
        return one if order.index(one) <= order.index(other) else other

    def is_worse(self, one: str, other: str) -> bool:
        """Tell whether the first level is worse than the second."""
        order = list(self.levels)
        return order.index(one) < order.index(other)
