"""An incident's state, and how each entry changes it.

``evolve`` reads headers only, never a body, a clock or a file; it never refuses: what is written has happened.
State holds no list that grows with the log, so that ten thousand entries fold in a moment.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.chain import GENESIS
from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.deadlines import Within
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.playbook import Playbook, Step
from crisisdesk.domain.policy import Policy, Question
from crisisdesk.domain.text import name_key

Status = Literal["undeclared", "open", "stood down", "closed"]
Progress = Literal["open", "started", "blocked", "done", "skipped"]

LEAD = "incident-lead"


class StepState(NamedTuple):
    """How one step of the runbook stands. Times are stored instants, empty for none."""

    step: Step
    phase: str
    applies: bool = False
    progress: Progress = "open"
    owner: str = ""
    """The person it was assigned to; empty means whoever holds the step's role."""
    due: str = ""
    started_at: str = ""
    done_at: str = ""
    by: str = ""
    """Who last changed it."""
    last: int = 0
    """Seq of the entry that last changed its progress: its words hold the reason, the values, the choice."""
    added: int = 0
    """Seq of the entry that added it, whose words hold its title; 0 for a playbook's step."""
    told: int = 0
    evidence: int = 0
    option: str = ""
    deviation: str = ""

    @property
    def settled(self) -> bool:
        """Done or skipped: nothing is left to do."""
        return self.progress in ("done", "skipped")


class Holding(NamedTuple):
    """Who holds a role, since when, by which entry; ``acting`` for the declarer until someone takes the lead."""

    person: str
    since: str
    seq: int
    acting: bool = False


class Promise(NamedTuple):
    """More was promised by ``due_at``, in entry ``seq``."""

    due_at: str
    seq: int


class Incident(NamedTuple):
    """The state of one incident after entry ``seq``; ``head`` is that entry's hash."""

    stream: str
    policy: Policy
    playbook: Playbook
    steps: Mapping[str, StepState]
    label: str = ""
    seq: int = 0
    head: str = GENESIS
    drill: bool = False
    status: Status = "undeclared"
    severity: str = ""
    confirmed: bool = False
    declared_at: str = ""
    happened_at: str = ""
    detected_at: str = ""
    closed_at: str = ""
    duplicate_of: str = ""
    facts: Mapping[str, Fact] = {}
    roles: Mapping[str, Holding] = {}
    promises: Mapping[bool, Promise] = {}
    """Open promises: False is the public one, True the internal one."""
    revisits: Mapping[str, str] = {}
    """Decision steps to the stored instant they are to be looked at again."""
    people: Mapping[str, str] = {}
    """Everybody named in this incident, by :func:`name_key`, as first spelt."""
    newer: str = ""
    """The kind of an entry this program does not know: the incident can only be read here."""

    @property
    def questions(self) -> dict[str, Question]:
        """The policy's facts and the playbook's own, in that order."""
        return {**self.policy.facts, **self.playbook.questions}

    def holder(self, role: str) -> str:
        """Return who holds a role, or empty."""
        holding = self.roles.get(role)
        return holding.person if holding else ""

    def owner_of(self, step: StepState) -> str:
        """Return the person answerable for a step: the one assigned, or the holder of its role, or empty."""
        return step.owner or self.holder(step.step.who)


def begin(stream: str, policy: Policy, playbook: Playbook) -> Incident:
    """Return the state before the first entry: the pinned policy and playbook, nothing declared."""
    steps = {step.id: StepState(step, phase.id) for phase, step in playbook.steps()}
    return Incident(stream, policy, playbook, steps)


def replay(start: Incident, written: Iterable[Entry]) -> Incident:
    """Fold entries over a state, in order."""
    state = start
    for entry in written:
        state = evolve(state, entry)
    return state


def evolve(state: Incident, entry: Entry) -> Incident:
    """Return the state after one more entry."""
    header, event = entry.header, entry.event
    state = state._replace(seq=header.seq, head=entry.hash)
    if isinstance(event, log.UnknownKind):
        return state._replace(newer=event.kind)
    state = _meet(state, header.author, header.on_behalf_of, header.owner)
    fold = _FOLDS.get(type(event))
    return fold(state, event, entry) if fold else state


def _meet(state: Incident, *names: str) -> Incident:
    new = {name_key(name): name for name in names if name and name_key(name) not in state.people}
    return state._replace(people={**state.people, **new}) if new else state


def _with_step(state: Incident, step: str, **changes: object) -> Incident:
    known = state.steps.get(step)
    if known is None:
        return state
    return state._replace(steps={**state.steps, step: known._replace(**changes)})  # type: ignore[arg-type]  # field names are checked by the tests of every fold


def _with_dues(
    state: Incident, due: log.Dues, appeared: Iterable[str] = (), left: Iterable[str] = ()
) -> Incident:
    steps = dict(state.steps)
    for step in appeared:
        if step in steps:
            steps[step] = steps[step]._replace(applies=True)
    for step in left:
        if step in steps:
            steps[step] = steps[step]._replace(applies=False)
    for step, moment in due.items():
        if step in steps:
            steps[step] = steps[step]._replace(due=moment)
    return state._replace(steps=steps)


def _declared(state: Incident, event: log.IncidentDeclared, entry: Entry) -> Incident:
    facts: dict[str, Fact] = dict.fromkeys(state.questions, UNKNOWN)
    state = state._replace(
        status="open",
        label=event.label,
        drill=bool(entry.header.drill),
        severity=event.severity,
        confirmed=event.confirmed,
        declared_at=entry.header.occurred_at,
        happened_at=event.happened_at,
        detected_at=event.detected_at,
        facts={**facts, **event.facts},
    )
    return _with_dues(state, event.due, appeared=event.shown)


def _fact(state: Incident, event: log.FactAnswered, _: Entry) -> Incident:
    state = state._replace(facts={**state.facts, event.fact: event.value})
    return _with_dues(state, event.due, event.appeared, event.left)


def _severity(state: Incident, event: log.SeveritySet, _: Entry) -> Incident:
    state = state._replace(severity=event.level, confirmed=True)
    return _with_dues(state, event.due, event.appeared, event.left)


def _role_taken(state: Incident, event: log.RoleTaken, entry: Entry) -> Incident:
    holding = Holding(event.person, entry.header.occurred_at, entry.seq, event.acting)
    return _meet(state._replace(roles={**state.roles, event.role: holding}), event.person)


def _role_released(state: Incident, event: log.RoleReleased, _: Entry) -> Incident:
    return state._replace(roles={role: held for role, held in state.roles.items() if role != event.role})


def _progress(progress: Progress) -> Callable[[Incident, Any, Entry], Incident]:
    """Fold for the kinds that only move a step: who, when, and by which entry."""

    def fold(state: Incident, event: Any, entry: Entry) -> Incident:
        changes: dict[str, object] = {"progress": progress, "by": _doer(entry), "last": entry.seq}
        known = state.steps.get(event.step)
        if progress == "started" and known and not known.started_at:
            changes["started_at"] = entry.header.occurred_at
        if progress in ("open", "skipped"):
            changes |= {"done_at": "", "deviation": ""}
        return _with_step(state, event.step, **changes)

    return fold


def _unblocked(state: Incident, event: log.StepUnblocked, entry: Entry) -> Incident:
    known = state.steps.get(event.step)
    progress: Progress = "started" if known and known.started_at else "open"
    return _with_step(state, event.step, progress=progress, by=_doer(entry), last=entry.seq)


def _done(state: Incident, event: log.StepDone, entry: Entry) -> Incident:
    state = _with_step(
        state, event.step, progress="done", done_at=entry.header.occurred_at, by=_doer(entry), last=entry.seq,
        deviation=event.deviation, owner=event.owner,
    )  # fmt: skip
    return _with_dues(state, event.due)


def _decided(state: Incident, event: log.DecisionMade, entry: Entry) -> Incident:
    state = _with_step(
        state, event.step, progress="done", done_at=entry.header.occurred_at, by=_doer(entry), last=entry.seq,
        deviation=event.deviation, option=event.option, owner=event.owner,
    )  # fmt: skip
    revisits = {step: moment for step, moment in state.revisits.items() if step != event.step}
    if event.revisit_at:
        revisits[event.step] = event.revisit_at
    return _with_dues(state._replace(revisits=revisits), event.due)


def _assigned(state: Incident, event: log.StepAssigned, _: Entry) -> Incident:
    return _with_step(state, event.step, owner=event.owner)


def _added(state: Incident, event: log.StepAdded, entry: Entry) -> Incident:
    step = Step(event.step, "do", "", event.owner_role)
    if event.within:
        amount, unit, anchor = event.within.split("|")
        step = step._replace(within=Within(int(amount), unit, anchor))
    new = StepState(step, event.phase, applies=True, owner=event.owner, added=entry.seq, last=entry.seq)
    return _with_dues(state._replace(steps={**state.steps, event.step: new}), event.due)


def _attached(state: Incident, event: log.EvidenceAttached, _: Entry) -> Incident:
    known = state.steps.get(event.step)
    return _with_step(state, event.step, evidence=known.evidence + 1) if known else state


def _told(state: Incident, event: log.PersonTold, _: Entry) -> Incident:
    known = state.steps.get(event.step)
    return _with_step(state, event.step, told=known.told + 1) if known else state


def _corrected(state: Incident, event: log.EntryCorrected, _: Entry) -> Incident:
    """Move what happened to its corrected time; words are the timeline's business."""
    if not event.happened_at:
        return state
    if event.corrects == 1:
        return state._replace(declared_at=event.happened_at)
    known = state.steps.get(event.step)
    if known is None or known.last != event.corrects:
        return state
    field = {"done": "done_at", "started": "started_at"}.get(known.progress)
    return _with_step(state, event.step, **{field: event.happened_at}) if field else state


def _promised(state: Incident, event: log.UpdatePromised, entry: Entry) -> Incident:
    return state._replace(promises={**state.promises, event.internal: Promise(event.due_at, entry.seq)})


def _update_sent(state: Incident, event: log.UpdateSent, entry: Entry) -> Incident:
    promises = {
        internal: promise for internal, promise in state.promises.items() if internal != event.internal
    }
    if event.next_at:
        promises[event.internal] = Promise(event.next_at, entry.seq)
    return state._replace(promises=promises)


def _stood_down(state: Incident, _: log.StoodDown, __: Entry) -> Incident:
    return state._replace(status="stood down")


def _closed(state: Incident, event: log.IncidentClosed, entry: Entry) -> Incident:
    state = state._replace(
        status="closed", closed_at=entry.header.occurred_at, duplicate_of=event.duplicate_of
    )
    return _with_dues(state, event.due)


def _reopened(state: Incident, _: log.IncidentReopened, __: Entry) -> Incident:
    return state._replace(status="open", closed_at="", duplicate_of="")


def _doer(entry: Entry) -> str:
    return entry.header.on_behalf_of or entry.header.author


_FOLDS: dict[type, Callable[[Incident, Any, Entry], Incident]] = {
    log.IncidentDeclared: _declared,
    log.FactAnswered: _fact,
    log.SeveritySet: _severity,
    log.RoleTaken: _role_taken,
    log.RoleReleased: _role_released,
    log.StepStarted: _progress("started"),
    log.StepDone: _done,
    log.StepSkipped: _progress("skipped"),
    log.StepBlocked: _progress("blocked"),
    log.StepUnblocked: _unblocked,
    log.StepReopened: _progress("open"),
    log.StepAssigned: _assigned,
    log.StepAdded: _added,
    log.DecisionMade: _decided,
    log.EvidenceAttached: _attached,
    log.PersonTold: _told,
    log.EntryCorrected: _corrected,
    log.UpdatePromised: _promised,
    log.UpdateSent: _update_sent,
    log.StoodDown: _stood_down,
    log.IncidentClosed: _closed,
    log.IncidentReopened: _reopened,
}  # fmt: skip
