"""The parts of a brief, frozen. Times are stored instants (UTC), empty for *not recorded* or none."""

from datetime import timedelta
from typing import NamedTuple

from crisisdesk.domain.outcomes import PromiseOutcome
from crisisdesk.domain.summary.parts import (
    ClaimHeld,
    DecisionTaken,
    EnquiryMade,
    FactKnown,
    QueuePaused,
    RoleHeld,
)


class Asked(NamedTuple):
    """A role somebody is waited for in, and who holds it; ``person`` is empty when nobody does."""

    role: str
    person: str


class StepToDo(NamedTuple):
    """A step that is started, ready or blocked, whose it is, and until when."""

    id: str
    title: str
    state: str
    owner: Asked
    due: str
    late: timedelta | None
    """How far past its due time; None when it is not."""
    because: str
    """What blocks it, when it is blocked."""


class ApprovalAwaited(NamedTuple):
    """What waits for approval: a statement's exact version, a step, or a step that went out first."""

    kind: str
    """``statement``, ``step`` or ``published first``."""
    what: str
    version: int
    hash: str
    """The beginning of the version's hash; empty for a step."""
    missing: tuple[Asked, ...]
    due: str
    changes_asked: bool
    stand_ins: tuple[Asked, ...] = ()
    """Who is asked in place of those whose time has passed."""


class ClockOpen(NamedTuple):
    """A legal clock that runs, or that somebody has to start or dismiss."""

    title: str
    standing: str
    due: str
    deadline: str
    """The law's own words, where it gives no number."""
    decided_by: tuple[str, ...]


class HoldStands(NamedTuple):
    """A legal hold, since when and why."""

    since: str
    because: str
    by: str
    seq: int


class Silence(NamedTuple):
    """A silence that stands: why, and when it is looked at again."""

    at: str
    because: str
    revisit_at: str
    by: str
    seq: int


class Decided(NamedTuple):
    """The newest decision of a step; ``reopened`` when the step was opened again and nothing is decided now."""

    taken: DecisionTaken
    reopened: bool
    revisit: str
    """When it is to be looked at again, while that still stands."""


class Published(NamedTuple):
    """What went out: as a statement, or recorded with a step (``hash`` is empty then)."""

    what: str
    channel: str
    at: str
    link: str
    corrected: str
    """What a later entry says is right instead."""
    by: str
    hash: str
    deviation: str
    withdrawn_at: str
    seq: int


class Drafted(NamedTuple):
    """The newest version of a statement that is not out, and how it stands."""

    what: str
    channel: str
    version: int
    hash: str
    standing: str


class Offered(NamedTuple):
    """A role that is being handed over and not accepted yet: both are named until it is."""

    role: str
    holder: str
    to: str
    since: str
    seq: int


class RoleGap(NamedTuple):
    """A role that is needed and nobody holds, with its stand-in's title and who that is."""

    title: str
    stand_in: str
    stand_in_person: str


class Change(NamedTuple):
    """One entry since the last handover, said in a line that is safe to show."""

    at: str
    seq: int
    by: str
    sentence: str


class Changes(NamedTuple):
    """What was written after ``since``: the newest lines in the order they happened, and how many came before these."""

    since: int
    taken_by: str
    """Who took the lead with that entry; empty when another entry was named."""
    taken_at: str
    newest: tuple[Change, ...]
    more: int


class Brief(NamedTuple):
    """One incident as the next person needs it, in the order they need it."""

    label: str
    title: str
    drill: bool
    status: str
    duplicate_of: str
    newer: str
    """The kind of an entry of a newer program, which this brief cannot tell of; else empty."""
    faults: tuple[str, ...]
    """What does not fit in the log, in sentences; empty when it verifies."""
    zone: str
    severity: str
    confirmed: bool
    recommended: str
    """What the facts speak for, while nobody confirmed a level."""
    severity_since: str
    severity_by: str
    happened_at: str
    detected_at: str
    declared_at: str
    declared_by: str
    lead: RoleHeld | None
    playbooks: tuple[str, ...]
    sample: bool
    done: int
    applicable: int
    late: tuple[StepToDo, ...]
    ready: tuple[StepToDo, ...]
    blocked: tuple[StepToDo, ...]
    waiting: int
    """Steps that wait for these."""
    approvals: tuple[ApprovalAwaited, ...]
    first_word_by: str
    """Until when the level wants the first public word; empty once there is one."""
    public: tuple[PromiseOutcome, ...]
    internal: tuple[PromiseOutcome, ...]
    clocks: tuple[ClockOpen, ...]
    freeze: tuple[QueuePaused, ...]
    enquiries: tuple[EnquiryMade, ...]
    hold: HoldStands | None
    silence: Silence | None
    decisions: tuple[Decided, ...]
    published: tuple[Published, ...]
    drafts: tuple[Drafted, ...]
    known: tuple[FactKnown, ...]
    unknown: tuple[str, ...]
    claims: tuple[ClaimHeld, ...]
    """The fact sheet."""
    roles: tuple[RoleHeld, ...]
    offers: tuple[Offered, ...]
    gaps: tuple[RoleGap, ...]
    changes: Changes
    seq: int
    head: str
    written_at: str
    written_by: str
