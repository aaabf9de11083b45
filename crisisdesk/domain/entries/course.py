"""Entries of the incident as a whole: declared, sized, staffed, layered, ended."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.conditions import Fact

Dues = Mapping[str, str]
"""Step ids to stored instants: due times are values in the entry that fixes them, never recomputed later."""


class IncidentBorn(NamedTuple):
    """Desk stream: this desk gave an incident its label; ``birth_hash`` is the hash of its first entry."""

    incident: str
    label: str
    birth_hash: str
    birth_drill: bool


class IncidentDeclared(NamedTuple):
    """Somebody declared. Names by hash the pinned policy and playbook. Words: title."""

    label: str
    playbook: str
    playbook_name: str
    policy: str
    severity: str
    confirmed: bool
    facts: Mapping[str, Fact]
    shown: tuple[str, ...]
    due: Dues
    detected_at: str = ""
    happened_at: str = ""
    aware_at: str = ""
    """When the organisation became aware in the sense of the law, when a person said so."""
    first_word_by: str = ""
    """Until when the level wants the first public word, or a decision for none."""


class FactAnswered(NamedTuple):
    """A fact was answered or changed; steps that appear or fall away do so by this entry."""

    fact: str
    value: Fact
    appeared: tuple[str, ...]
    left: tuple[str, ...]
    due: Dues


class SeveritySet(NamedTuple):
    """A person confirmed or changed the level; what it now asks for stands here as values. Words: because."""

    level: str
    previous: str
    recommended: str
    appeared: tuple[str, ...]
    left: tuple[str, ...]
    due: Dues
    roles_needed: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    update_every: str = ""
    first_word_by: str = ""


class RoleTaken(NamedTuple):
    """A person took a role. ``acting`` until someone takes it in earnest. Words: because."""

    role: str
    person: str
    previous: str = ""
    acting: bool = False
    handover: int = 0
    """Seq of the entry that offered it, when it was handed over and accepted by name."""
    deviation: str = ""


class HandoverOffered(NamedTuple):
    """The holder of a role wants to pass it on; until the other accepts by name, both are shown. Words: because."""

    role: str
    person: str
    to: str


class RoleReleased(NamedTuple):
    """A role was given up. Words: because."""

    role: str
    person: str


class UpdatePromised(NamedTuple):
    """More was promised by a time. Words: text."""

    due_at: str
    internal: bool


class UpdateSent(NamedTuple):
    """An update went out; it answers an open promise, and may name the next. Words: text."""

    internal: bool
    next_at: str = ""
    kept: int = 0
    """The seq of the promise this answers; 0 when none was open."""


class StoodDown(NamedTuple):
    """The acute part is over; rounds that run until stand-down fall away. Words: because."""

    open_steps: int
    left: tuple[str, ...] = ()
    due: Mapping[str, str] = {}


class IncidentClosed(NamedTuple):
    """Closed, perhaps as a duplicate of another incident (its label). Words: because."""

    duplicate_of: str
    due: Dues
    open_steps: int
    open_clocks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    review_due: str = ""


class IncidentReopened(NamedTuple):
    """Open again; rounds that had fallen away come back. Words: because."""

    appeared: tuple[str, ...] = ()
    due: Mapping[str, str] = {}


class FigureTyped(NamedTuple):
    """Somebody typed a figure as they read it; one of ``FIGURES`` in ``severity.py``. Words: source."""

    figure: str
    value: float


class PlaybookAdded(NamedTuple):
    """A second playbook was laid on the running incident. ``playbook`` is the hash of its pinned form.

    ``shared`` maps its common steps to the steps they are already here as: those are not asked twice.
    """

    playbook: str
    playbook_name: str
    after_phase: str
    shared: Mapping[str, str]
    shown: tuple[str, ...]
    due: Dues


class PlaybookBroughtIn(NamedTuple):
    """The changed files of a playbook were brought into the running incident, and the policy with them. Words: because."""

    playbook: str
    playbook_name: str
    policy: str
    appeared: tuple[str, ...]
    left: tuple[str, ...]
    due: Dues


class ClockStarted(NamedTuple):
    """A person who holds the role started a clock. ``due_at`` is empty where the law gives no number. Words: because."""

    clock: str
    role: str
    anchor_at: str
    due_at: str


class ClockDismissed(NamedTuple):
    """A person who holds the role said that a clock does not apply. Words: because."""

    clock: str
    role: str


class ClockSubmitted(NamedTuple):
    """What a clock asks for was submitted, when the entry says it happened. Words: because."""

    clock: str
    deviation: str = ""


class ClockRestated(NamedTuple):
    """A corrected anchor moved a running clock; the correction stands in the entry before."""

    clock: str
    anchor_at: str
    due_at: str


class HoldSet(NamedTuple):
    """Legal ordered that nothing concerned is deleted. Words: because."""


class HoldReleased(NamedTuple):
    """Legal lifted the hold. Words: because."""


class SignalNoticed(NamedTuple):
    """Desk stream: somebody handed in something suspicious, before anyone declared. Words: text, link."""


class SignalSettled(NamedTuple):
    """Desk stream: a signal was declared, merged into an incident, or dismissed. Words: because."""

    signal: int
    outcome: str
    incident: str = ""
    """The incident's label, where there is one."""
