"""The kinds of entry: what can be written in the log, one frozen class each, named in the past tense.

An entry has a header, whose every field is hashed, and a body, whose words are committed to by ``body_hash`` only,
so that an erasure the law demands takes the words and leaves the chain whole. State is folded from headers
alone: nothing here that state depends on is a word somebody may one day have a right to have erased.

To add a kind: write its class in ``course``, ``work``, ``words``, ``around`` or ``review``, list it in ``EVENTS``, fold it in ``evolve.py``, say it in
``sentences.py``. A field that is added later has a default: older entries do not carry it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, cast

from crisisdesk.domain.entries.around import (
    EnquiryAnswered,
    EnquiryLogged,
    QueueFrozen,
    QueueReleased,
    SensitivityRaised,
    SilenceChosen,
)
from crisisdesk.domain.entries.course import (
    ClockDismissed,
    ClockRestated,
    ClockStarted,
    ClockSubmitted,
    Dues,
    FactAnswered,
    FigureTyped,
    HandoverOffered,
    HoldReleased,
    HoldSet,
    IncidentBorn,
    IncidentClosed,
    IncidentDeclared,
    IncidentReopened,
    PlaybookAdded,
    PlaybookBroughtIn,
    RoleReleased,
    RoleTaken,
    SeveritySet,
    SignalNoticed,
    SignalSettled,
    StoodDown,
    UpdatePromised,
    UpdateSent,
)
from crisisdesk.domain.entries.review import (
    FindingWithdrawn,
    FindingWritten,
    FollowUpAdded,
    FollowUpChanged,
    KeyMomentMarked,
    ObjectiveRated,
    ParagraphWritten,
    SummarySigned,
)
from crisisdesk.domain.entries.words import (
    ChangesAsked,
    ClaimAdded,
    ClaimJudged,
    StatementApproved,
    StatementDrafted,
    StatementPublished,
    StatementSubmitted,
    StatementWithdrawn,
)
from crisisdesk.domain.entries.work import (
    DecisionMade,
    EntryCorrected,
    EvidenceAttached,
    NoteLogged,
    PersonTold,
    RelayConfirmed,
    StepAdded,
    StepApproved,
    StepAssigned,
    StepBlocked,
    StepDone,
    StepReopened,
    StepSkipped,
    StepStarted,
    StepUnblocked,
)
from crisisdesk.domain.times import instant, stamp

__all__ = [
    "COLUMN_FIELDS",
    "DESK_STREAM",
    "EVENTS",
    "FORMAT",
    "KIND_OF",
    "ChangesAsked",
    "ClaimAdded",
    "ClaimJudged",
    "ClockDismissed",
    "ClockRestated",
    "ClockStarted",
    "ClockSubmitted",
    "DecisionMade",
    "Dues",
    "EnquiryAnswered",
    "EnquiryLogged",
    "Entry",
    "EntryCorrected",
    "Event",
    "EvidenceAttached",
    "FactAnswered",
    "FigureTyped",
    "FindingWithdrawn",
    "FindingWritten",
    "FollowUpAdded",
    "FollowUpChanged",
    "HandoverOffered",
    "Header",
    "HoldReleased",
    "HoldSet",
    "IncidentBorn",
    "IncidentClosed",
    "IncidentDeclared",
    "IncidentReopened",
    "KeyMomentMarked",
    "NoteLogged",
    "ObjectiveRated",
    "ParagraphWritten",
    "PersonTold",
    "PlaybookAdded",
    "PlaybookBroughtIn",
    "Precision",
    "QueueFrozen",
    "QueueReleased",
    "RelayConfirmed",
    "RoleReleased",
    "RoleTaken",
    "Sensitivity",
    "SensitivityRaised",
    "SeveritySet",
    "SignalNoticed",
    "SignalSettled",
    "SilenceChosen",
    "StatementApproved",
    "StatementDrafted",
    "StatementPublished",
    "StatementSubmitted",
    "StatementWithdrawn",
    "StepAdded",
    "StepApproved",
    "StepAssigned",
    "StepBlocked",
    "StepDone",
    "StepReopened",
    "StepSkipped",
    "StepStarted",
    "StepUnblocked",
    "StoodDown",
    "SummarySigned",
    "UnknownKind",
    "UpdatePromised",
    "UpdateSent",
    "columns_of",
    "dues",
    "event_of",
]

FORMAT = 1
DESK_STREAM = "desk"
"""The desk's own stream: signals, policies, and the birth hash of every incident."""

Precision = Literal["as-recorded", "exact", "approximate", "unknown"]
Sensitivity = Literal["normal", "personal", "hr", "privileged"]

Event = (
    IncidentBorn | IncidentDeclared | FactAnswered | SeveritySet | RoleTaken | RoleReleased | UpdatePromised
    | UpdateSent | StoodDown | IncidentClosed | IncidentReopened | FigureTyped | PlaybookAdded |
    PlaybookBroughtIn | ClockStarted | ClockDismissed | ClockSubmitted | ClockRestated | HoldSet |
    HoldReleased | SignalNoticed | SignalSettled | StepStarted | StepDone | StepSkipped | StepBlocked |
    StepUnblocked | StepReopened | StepAssigned | StepAdded | DecisionMade | StepApproved | NoteLogged |
    EvidenceAttached | PersonTold | EntryCorrected | QueueFrozen | QueueReleased | EnquiryLogged | EnquiryAnswered | SilenceChosen | SensitivityRaised | StatementDrafted | StatementSubmitted | StatementApproved | ChangesAsked | StatementPublished | StatementWithdrawn
    | HandoverOffered | RelayConfirmed | ClaimAdded | ClaimJudged | KeyMomentMarked | FindingWritten | FindingWithdrawn
    | ObjectiveRated | FollowUpAdded | FollowUpChanged | ParagraphWritten | SummarySigned
)  # fmt: skip

EVENTS: dict[str, type[Event]] = {
    "incident-born": IncidentBorn,
    "incident-declared": IncidentDeclared,
    "fact-answered": FactAnswered,
    "severity-set": SeveritySet,
    "role-taken": RoleTaken,
    "role-released": RoleReleased,
    "step-started": StepStarted,
    "step-done": StepDone,
    "step-skipped": StepSkipped,
    "step-blocked": StepBlocked,
    "step-unblocked": StepUnblocked,
    "step-reopened": StepReopened,
    "step-assigned": StepAssigned,
    "step-added": StepAdded,
    "decision-made": DecisionMade,
    "note-logged": NoteLogged,
    "evidence-attached": EvidenceAttached,
    "person-told": PersonTold,
    "entry-corrected": EntryCorrected,
    "update-promised": UpdatePromised,
    "update-sent": UpdateSent,
    "stood-down": StoodDown,
    "incident-closed": IncidentClosed,
    "incident-reopened": IncidentReopened,
    "figure-typed": FigureTyped,
    "playbook-added": PlaybookAdded,
    "playbook-brought-in": PlaybookBroughtIn,
    "clock-started": ClockStarted,
    "clock-dismissed": ClockDismissed,
    "clock-submitted": ClockSubmitted,
    "clock-restated": ClockRestated,
    "hold-set": HoldSet,
    "hold-released": HoldReleased,
    "signal-noticed": SignalNoticed,
    "signal-settled": SignalSettled,
    "step-approved": StepApproved,
    "statement-drafted": StatementDrafted,
    "statement-submitted": StatementSubmitted,
    "statement-approved": StatementApproved,
    "changes-asked": ChangesAsked,
    "statement-published": StatementPublished,
    "statement-withdrawn": StatementWithdrawn,
    "queue-frozen": QueueFrozen,
    "queue-released": QueueReleased,
    "enquiry-logged": EnquiryLogged,
    "enquiry-answered": EnquiryAnswered,
    "silence-chosen": SilenceChosen,
    "sensitivity-raised": SensitivityRaised,
    "handover-offered": HandoverOffered,
    "relay-confirmed": RelayConfirmed,
    "claim-added": ClaimAdded,
    "claim-judged": ClaimJudged,
    "key-moment-marked": KeyMomentMarked,
    "finding-written": FindingWritten,
    "finding-withdrawn": FindingWithdrawn,
    "objective-rated": ObjectiveRated,
    "follow-up-added": FollowUpAdded,
    "follow-up-changed": FollowUpChanged,
    "paragraph-written": ParagraphWritten,
    "summary-signed": SummarySigned,
}
"""Kind, as written in the log and never renamed, to class."""

KIND_OF: dict[type, str] = {cls: kind for kind, cls in EVENTS.items()}

COLUMN_FIELDS = ("step", "owner_role", "owner", "corrects")
"""Event fields that are columns of their own, for a person to query; all others go into ``data``."""


class UnknownKind(NamedTuple):
    """An entry of a kind this program does not know: a newer one wrote it, and its incident is read-only here."""

    kind: str


class Header(NamedTuple):
    """The hashed part of an entry, column for column as the log keeps it. Times are stored instants (UTC, ms)."""

    stream: str
    seq: int
    id: str
    recorded_at: str
    occurred_at: str
    precision: str
    late_because: str
    author: str
    author_from: str
    """``named`` when the author was given by ``--as`` or settings, ``login`` when only the system said so."""
    on_behalf_of: str
    relayed_by: str
    """How words of ``on_behalf_of`` reached the author: phone, in person."""
    system_user: str
    host: str
    kind: str
    step: str
    owner_role: str
    owner: str
    sensitivity: str
    corrects: int
    drill: int
    data: str
    format: int
    body_hash: str
    prev_hash: str


class Entry(NamedTuple):
    """One line of the log, decoded. ``words`` is empty when the body was erased or not loaded."""

    header: Header
    event: Event | UnknownKind
    hash: str
    words: Mapping[str, str]
    salt: str = ""
    position: int = 0

    @property
    def seq(self) -> int:
        """Number within its stream, gapless from 1."""
        return self.header.seq

    @property
    def recorded(self) -> datetime:
        """When it was written down."""
        return instant(self.header.recorded_at)

    @property
    def occurred(self) -> datetime:
        """When it happened, as first said; corrections are applied by the timeline."""
        return instant(self.header.occurred_at)


def columns_of(event: Event) -> tuple[dict[str, str | int], dict[str, object]]:
    """Split an event into its column values and what goes into ``data``; fields left at their default stay out of it."""
    defaults = event._field_defaults
    fields = {
        name: value
        for name, value in event._asdict().items()
        if name not in defaults or value != defaults[name]
    }
    columns = {
        name: cast("str | int", fields.pop(name, 0 if name == "corrects" else "")) for name in COLUMN_FIELDS
    }
    return columns, fields


def event_of(header: Header, data: Mapping[str, object]) -> Event | UnknownKind:
    """Rebuild the event from its columns and data; a kind or format from a newer program is an UnknownKind."""
    cls = EVENTS.get(header.kind)
    if cls is None or header.format > FORMAT:
        return UnknownKind(header.kind)
    fields: dict[str, object] = {}
    for name in cls._fields:
        value = getattr(header, name) if name in COLUMN_FIELDS else data.get(name)
        if value is None and name in cls._field_defaults:
            value = cls._field_defaults[name]
        fields[name] = tuple(value) if isinstance(value, list) else value
    if "facts" in fields:
        facts = cast("Mapping[str, object]", fields["facts"])
        fields["facts"] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return cls(**fields)  # type: ignore[arg-type]  # the fields are those the class names


def dues(pairs: Mapping[str, datetime]) -> Dues:
    """Write due times as an entry keeps them."""
    return {step: stamp(moment) for step, moment in pairs.items()}
