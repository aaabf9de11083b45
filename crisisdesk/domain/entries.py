"""The kinds of entry: what can be written in the log, one frozen class each, named in the past tense.

An entry has a header, whose every field is hashed, and a body, whose words are committed to by ``body_hash`` only,
so that an erasure the law demands takes the words and leaves the chain whole. State is folded from headers
alone: nothing here that state depends on is a word somebody may one day have a right to have erased.

To add a kind: write its class, list it in ``EVENTS``, fold it in ``incident.py``, say it in ``timeline.py``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, cast

from crisisdesk.domain.conditions import Fact
from crisisdesk.domain.times import instant, stamp

FORMAT = 1
DESK_STREAM = "desk"
"""The desk's own stream: signals, policies, and the birth hash of every incident."""

Precision = Literal["as-recorded", "exact", "approximate", "unknown"]
Sensitivity = Literal["normal", "personal", "hr", "privileged"]
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


class FactAnswered(NamedTuple):
    """A fact was answered or changed; steps that appear or fall away do so by this entry."""

    fact: str
    value: Fact
    appeared: tuple[str, ...]
    left: tuple[str, ...]
    due: Dues


class SeveritySet(NamedTuple):
    """A person confirmed or changed the level. Words: because."""

    level: str
    previous: str
    recommended: str
    appeared: tuple[str, ...]
    left: tuple[str, ...]
    due: Dues


class RoleTaken(NamedTuple):
    """A person took a role. ``acting`` until someone takes it in earnest. Words: because."""

    role: str
    person: str
    previous: str = ""
    acting: bool = False


class RoleReleased(NamedTuple):
    """A role was given up. Words: because."""

    role: str
    person: str


class StepStarted(NamedTuple):
    """Work on a step began."""

    step: str
    owner_role: str
    owner: str


class StepDone(NamedTuple):
    """A step was done. ``deviation`` names the rule passed over. Words: note, because, and ``record: NAME`` values."""

    step: str
    owner_role: str
    owner: str
    due: Dues
    deviation: str = ""


class StepSkipped(NamedTuple):
    """A step was left out. Words: because."""

    step: str
    owner_role: str
    owner: str


class StepBlocked(NamedTuple):
    """A step cannot go on. Words: because."""

    step: str
    owner_role: str
    owner: str


class StepUnblocked(NamedTuple):
    """A blocked step can go on. Words: because, note."""

    step: str
    owner_role: str
    owner: str


class StepReopened(NamedTuple):
    """A done or skipped step is open again. Words: because."""

    step: str
    owner_role: str
    owner: str


class StepAssigned(NamedTuple):
    """A step got a person as its owner. Words: because."""

    step: str
    owner_role: str
    owner: str
    previous: str = ""


class StepAdded(NamedTuple):
    """A step that no playbook foresaw. Words: title, because."""

    step: str
    owner_role: str
    owner: str
    phase: str
    within: str
    due: Dues


class DecisionMade(NamedTuple):
    """A choice was made. ``option`` is the playbook's, or empty for another, in words. Words: choice, because, unknown."""

    step: str
    owner_role: str
    owner: str
    option: str
    revisit_at: str
    due: Dues
    deviation: str = ""


class NoteLogged(NamedTuple):
    """Something observed or said. Words: text, source."""

    step: str = ""


class EvidenceAttached(NamedTuple):
    """A file (kept by its SHA-256) or a link (``sha256`` empty). Words: name, link, note."""

    sha256: str
    size: int
    media_type: str
    step: str = ""


class PersonTold(NamedTuple):
    """An attempt to tell somebody. Words: who, how, promised."""

    reached: bool
    step: str = ""


class EntryCorrected(NamedTuple):
    """An earlier entry is wrong: this says what is right. Words: text, because, ``record: NAME`` values."""

    corrects: int
    happened_at: str = ""
    step: str = ""


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
    """The acute part is over. Words: because."""

    open_steps: int


class IncidentClosed(NamedTuple):
    """Closed, perhaps as a duplicate of another incident (its label). Words: because."""

    duplicate_of: str
    due: Dues
    open_steps: int


class IncidentReopened(NamedTuple):
    """Open again. Words: because."""


Event = (
    IncidentBorn | IncidentDeclared | FactAnswered | SeveritySet | RoleTaken | RoleReleased | StepStarted | StepDone
    | StepSkipped | StepBlocked | StepUnblocked | StepReopened | StepAssigned | StepAdded | DecisionMade | NoteLogged
    | EvidenceAttached | PersonTold | EntryCorrected | UpdatePromised | UpdateSent | StoodDown | IncidentClosed | IncidentReopened
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
    """Split an event into its column values and what goes into ``data``."""
    fields = dict(event._asdict())
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
