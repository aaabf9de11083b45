"""What a person can want of an incident: one frozen class each, imperative. ``decide`` answers them.

Times are instants (UTC, aware); text is a person's, kept as it is.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain.entries import Header, Precision, Sensitivity
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy


class Act(NamedTuple):
    """The circumstances of an intent: who, when, on whose behalf. Passed in, never read from the machine."""

    now: datetime
    author: str
    author_from: str = "named"
    """``named`` (``--as`` or settings) or ``login`` (only the system said so)."""
    on_behalf_of: str = ""
    relayed_by: str = ""
    occurred: datetime | None = None
    """When it happened, if that is not now."""
    precision: Precision = "exact"
    late_because: str = ""
    sensitivity: Sensitivity = "normal"
    new_name: bool = False
    """The person said that a name which looks like a known one is somebody else."""

    @property
    def person(self) -> str:
        """Whose act it is: the one it is done for, else the author."""
        return self.on_behalf_of or self.author

    @property
    def moment(self) -> datetime:
        """When it happened."""
        return self.occurred or self.now


class Declare(NamedTuple):
    """Declare an incident; ``hash`` fields name the pinned policy and playbook."""

    title: str
    label: str
    policy_hash: str
    playbook_hash: str
    severity: str = ""
    facts: Mapping[str, str] = {}
    roles: Mapping[str, str] = {}
    happened: datetime | None = None
    detected: datetime | None = None
    aware: datetime | None = None


class AnswerFact(NamedTuple):
    """Answer a fact, or change its answer; ``value`` as typed."""

    fact: str
    value: str


class SetSeverity(NamedTuple):
    """Confirm or change the level."""

    level: str
    because: str = ""


class TakeRole(NamedTuple):
    """Take a role, or give it to somebody; a held one needs a reason."""

    role: str
    person: str = ""
    because: str = ""


class ReleaseRole(NamedTuple):
    """Give up a role; ``person``, when given, must be who holds it."""

    role: str
    because: str = ""
    person: str = ""


class StartStep(NamedTuple):
    """Begin a step. ``already`` logs what has happened in spite of a rule, with ``because``."""

    step: str
    owner: str = ""
    already: bool = False
    because: str = ""


class CompleteStep(NamedTuple):
    """Record that a step is done, with what it asks to record."""

    step: str
    record: Mapping[str, str] = {}
    note: str = ""
    owner: str = ""
    already: bool = False
    because: str = ""
    confirmed_by: str = ""
    read_back: str = ""


class SkipStep(NamedTuple):
    """Leave a step out, with the reason."""

    step: str
    because: str = ""
    owner: str = ""


class BlockStep(NamedTuple):
    """Say that a step cannot go on, and why."""

    step: str
    because: str = ""
    owner: str = ""


class UnblockStep(NamedTuple):
    """Say that a blocked step can go on."""

    step: str
    because: str = ""
    owner: str = ""


class ReopenStep(NamedTuple):
    """Open a done or skipped step again, with the reason."""

    step: str
    because: str = ""


class AssignStep(NamedTuple):
    """Make a person the owner of a step."""

    step: str
    person: str
    because: str = ""


class AddStep(NamedTuple):
    """Add a step that no playbook foresaw; ``within`` in words, from now."""

    title: str
    who: str
    within: str = ""
    owner: str = ""
    because: str = ""


class Decide(NamedTuple):
    """Make the choice a step asks for: one of its options, or ``other`` in words."""

    step: str
    option: str = ""
    other: str = ""
    because: str = ""
    unknown: str = ""
    revisit: datetime | None = None
    already: bool = False


class ApproveStep(NamedTuple):
    """Approve a step in a role one holds; a decision for exactly one option."""

    step: str
    option: str = ""
    other: str = ""
    because: str = ""


class StartClock(NamedTuple):
    """Start a legal clock, counted from ``at`` (or from the moment the log knows already)."""

    clock: str
    at: datetime | None = None
    because: str = ""


class DismissClock(NamedTuple):
    """Say that a legal clock does not apply, with the reason."""

    clock: str
    because: str = ""


class SubmitClock(NamedTuple):
    """Log that what a clock asks for was submitted."""

    clock: str
    because: str = ""


class TypeFigure(NamedTuple):
    """Log a figure as somebody read it; ``value`` as typed."""

    figure: str
    value: str
    source: str = ""


class AddPlaybook(NamedTuple):
    """Lay a playbook on top; the shell gives it with the hash of its pinned form."""

    playbook: Playbook
    hash: str
    because: str = ""


class BringIn(NamedTuple):
    """Bring the changed files of a playbook in, with the policy they were made for."""

    playbook: Playbook
    hash: str
    policy: Policy
    policy_hash: str
    because: str = ""


class SetHold(NamedTuple):
    """Order that nothing concerned is deleted."""

    because: str = ""


class ReleaseHold(NamedTuple):
    """Lift the hold."""

    because: str = ""


class FreezeQueue(NamedTuple):
    """Log that a posting queue on an account is paused; ``held`` is how many posts wait, as typed."""

    queue: str
    account: str
    held: str = ""
    because: str = ""


class ReleaseQueue(NamedTuple):
    """Log that a frozen queue was released, its posts restored or binned."""

    queue: str
    account: str = ""
    binned: bool = False
    because: str = ""


class LogEnquiry(NamedTuple):
    """Log that somebody asks, and by when they want an answer."""

    who: str
    question: str
    outlet: str = ""
    due: datetime | None = None


class AnswerEnquiry(NamedTuple):
    """Log the line an enquiry was answered with; ``seq`` is the entry that logged it."""

    seq: int
    line: str


class KeepSilent(NamedTuple):
    """Decide to say nothing in public for now, why, and when to look again."""

    because: str
    revisit: datetime | None = None


class RaiseSensitivity(NamedTuple):
    """Say that an earlier entry is to be kept closer; ``target`` is its header as read from the log."""

    seq: int
    level: str
    target: Header | None = None
    because: str = ""


class LogNote(NamedTuple):
    """Log something observed or said."""

    text: str
    source: str = ""
    step: str = ""


class Attach(NamedTuple):
    """Attach a file (its bytes kept under ``sha256``) or a link (``link``, no bytes)."""

    name: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    link: str = ""
    step: str = ""
    note: str = ""


class Tell(NamedTuple):
    """Log an attempt to tell somebody."""

    who: str
    how: str
    reached: bool
    promised: str = ""
    step: str = ""


class Correct(NamedTuple):
    """Correct an entry by a new one; ``target`` is its header as read from the log."""

    seq: int
    target: Header | None
    text: str = ""
    record: Mapping[str, str] = {}
    happened: datetime | None = None
    because: str = ""


class PromiseUpdate(NamedTuple):
    """Promise more by a time."""

    due: datetime
    text: str
    internal: bool = False


class SendUpdate(NamedTuple):
    """Log that an update went out, perhaps naming the next."""

    text: str
    next: datetime | None = None
    internal: bool = False


class StandDown(NamedTuple):
    """End the acute part."""

    because: str = ""


class Close(NamedTuple):
    """Close the incident, perhaps as a duplicate of another (its label)."""

    because: str = ""
    duplicate_of: str = ""


class Reopen(NamedTuple):
    """Open a closed or stood-down incident again, with the reason."""

    because: str = ""


Intent = (
    Declare | AnswerFact | SetSeverity | TakeRole | ReleaseRole | StartStep | CompleteStep | SkipStep | BlockStep
    | UnblockStep | ReopenStep | AssignStep | AddStep | Decide | LogNote | Attach | Tell | Correct | PromiseUpdate
    | SendUpdate | StandDown | Close | Reopen | ApproveStep | StartClock | DismissClock | SubmitClock | TypeFigure
    | AddPlaybook | BringIn | SetHold | ReleaseHold | FreezeQueue | ReleaseQueue | LogEnquiry | AnswerEnquiry | KeepSilent
    | RaiseSensitivity
)  # fmt: skip
