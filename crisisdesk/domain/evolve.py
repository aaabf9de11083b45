"""How each entry changes an incident's state.

``evolve`` reads headers only, never a body, a clock or a file; it never refuses: what is written has happened.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from crisisdesk.domain import entries as log
from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.deadlines import Within, parse_repeat
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import (
    Approval,
    ClockState,
    Hold,
    Holding,
    Incident,
    Layer,
    Progress,
    Promise,
    StepState,
)
from crisisdesk.domain.layers import as_layer, refit, relaid, with_layer
from crisisdesk.domain.playbook import Playbook, Step
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.text import name_key


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
        hashes={"policy": event.policy, event.playbook_name: event.playbook},
        drill=bool(entry.header.drill),
        severity=event.severity,
        confirmed=event.confirmed,
        declared_at=entry.header.occurred_at,
        happened_at=event.happened_at,
        detected_at=event.detected_at,
        aware_at=event.aware_at,
        first_word_by=event.first_word_by,
        facts={**facts, **event.facts},
        answered={fact: entry.header.occurred_at for fact, value in event.facts.items() if value != UNKNOWN},
    )
    return _with_dues(state, event.due, appeared=event.shown)


def _fact(state: Incident, event: log.FactAnswered, entry: Entry) -> Incident:
    answered = {**state.answered, event.fact: entry.header.occurred_at}
    if event.value == UNKNOWN:
        answered.pop(event.fact)
    state = state._replace(facts={**state.facts, event.fact: event.value}, answered=answered)
    return _with_dues(state, event.due, event.appeared, event.left)


def _severity(state: Incident, event: log.SeveritySet, _: Entry) -> Incident:
    state = state._replace(
        severity=event.level, confirmed=True, first_word_by=event.first_word_by or state.first_word_by
    )
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
            changes |= {"done_at": "", "deviation": "", "confirmed_by": "", "ratify_by": ""}
        if progress == "open":
            changes["approvals"] = {}
        return _with_step(state, event.step, **changes)

    return fold


def _unblocked(state: Incident, event: log.StepUnblocked, entry: Entry) -> Incident:
    known = state.steps.get(event.step)
    progress: Progress = "started" if known and known.started_at else "open"
    return _with_step(state, event.step, progress=progress, by=_doer(entry), last=entry.seq)


def _done(state: Incident, event: log.StepDone, entry: Entry) -> Incident:
    state = _with_step(
        state, event.step, progress="done", done_at=entry.header.occurred_at, by=_doer(entry), last=entry.seq,
        deviation=event.deviation, owner=event.owner, confirmed_by=event.confirmed_by, ratify_by=event.ratify_by,
    )  # fmt: skip
    known = state.steps.get(event.step)
    if known and known.step.kind == "say":
        state = _spoke(state, entry)
    return _followed(state, event)


def _spoke(state: Incident, entry: Entry) -> Incident:
    """Keep when the first public word went out, or it was decided that there is none."""
    return state if state.first_word_at else state._replace(first_word_at=entry.header.occurred_at)


def _skipped(state: Incident, event: log.StepSkipped, entry: Entry) -> Incident:
    return _followed(_progress("skipped")(state, event, entry), event)


def _followed(state: Incident, event: log.StepDone | log.StepSkipped | log.DecisionMade) -> Incident:
    """Open the round that follows a settled one, let rounds fall away that ran only until it, fix what is due now."""
    known = state.steps.get(event.step)
    if event.next_round and known and event.next_round not in state.steps:
        state = state._replace(steps=_with_round(state.steps, known, event.next_round))
    return _with_dues(state, event.due, left=event.left)


def _with_round(steps: Mapping[str, StepState], known: StepState, named: str) -> dict[str, StepState]:
    """Return the steps with the next round of one directly after it."""
    number, first = known.round + 1, steps[known.round_of or known.step.id].step
    repeat = parse_repeat(first.repeat)
    step = first._replace(
        id=named, title=f"{first.title} (round {number})", within=repeat.every if repeat else first.within
    )
    new = StepState(step, known.phase, applies=True, round=number, round_of=first.id)
    found: dict[str, StepState] = {}
    for name, one in steps.items():
        found[name] = one
        if name == known.step.id:
            found[named] = new
    return found


def _approved(state: Incident, event: log.StepApproved, entry: Entry) -> Incident:
    known = state.steps.get(event.step)
    if known is None:
        return state
    approval = Approval(_doer(entry), entry.seq, event.option, bool(entry.header.on_behalf_of))
    return _with_step(state, event.step, approvals={**known.approvals, event.role: approval})


def _decided(state: Incident, event: log.DecisionMade, entry: Entry) -> Incident:
    state = _with_step(
        state, event.step, progress="done", done_at=entry.header.occurred_at, by=_doer(entry), last=entry.seq,
        deviation=event.deviation, option=event.option, owner=event.owner,
    )  # fmt: skip
    known = state.steps.get(event.step)
    if known and known.step.statement:
        state = _spoke(state, entry)
    state = _followed(state, event)
    revisits = {step: moment for step, moment in state.revisits.items() if step != event.step}
    if event.revisit_at:
        revisits[event.step] = event.revisit_at
    return state._replace(revisits=revisits)


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
    for clock, one in state.clocks.items():
        if one.submitted == event.corrects:
            return state._replace(
                clocks={**state.clocks, clock: one._replace(submitted_at=event.happened_at)}
            )
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
    state = state._replace(promises=promises)
    return state if event.internal else _spoke(state, entry)


def _stood_down(state: Incident, event: log.StoodDown, entry: Entry) -> Incident:
    state = state._replace(status="stood down", stood_down_at=entry.header.occurred_at)
    return _with_dues(state, event.due, left=event.left)


def _closed(state: Incident, event: log.IncidentClosed, entry: Entry) -> Incident:
    state = state._replace(
        status="closed",
        closed_at=entry.header.occurred_at,
        duplicate_of=event.duplicate_of,
        review_due=event.review_due,
    )
    return _with_dues(state, event.due, left=event.left)


def _reopened(state: Incident, event: log.IncidentReopened, _: Entry) -> Incident:
    state = state._replace(status="open", stood_down_at="", closed_at="", duplicate_of="", review_due="")
    return _with_dues(state, event.due, event.appeared)


def _figure(state: Incident, event: log.FigureTyped, _: Entry) -> Incident:
    return state._replace(figures={**state.figures, event.figure: float(event.value)})


def _playbook_added(state: Incident, event: log.PlaybookAdded, _: Entry) -> Incident:
    playbook = state.pinned.get(event.playbook)
    if not isinstance(playbook, Playbook):
        return state._replace(newer="playbook-added")
    own = as_layer(playbook, event.shared)
    state = with_layer(state, Layer(own, event.after_phase, event.playbook, event.shared))
    facts: dict[str, Fact] = dict.fromkeys(own.questions, UNKNOWN)
    hashes = {**state.hashes, event.playbook_name: event.playbook}
    return _with_dues(state._replace(facts={**facts, **state.facts}, hashes=hashes), event.due, event.shown)


def _brought_in(state: Incident, event: log.PlaybookBroughtIn, _: Entry) -> Incident:
    playbook, policy = state.pinned.get(event.playbook), state.pinned.get(event.policy)
    if not isinstance(playbook, Playbook) or not isinstance(policy, Policy):
        return state._replace(newer="playbook-brought-in")
    state = refit(
        state,
        event.playbook_name,
        playbook,
        policy,
        relaid(state, event.playbook_name, playbook, event.playbook),
    )
    facts: dict[str, Fact] = dict.fromkeys(state.questions, UNKNOWN)
    hashes = {**state.hashes, "policy": event.policy, event.playbook_name: event.playbook}
    return _with_dues(
        state._replace(facts={**facts, **state.facts}, hashes=hashes), event.due, event.appeared, event.left
    )


def _clock_started(state: Incident, event: log.ClockStarted, entry: Entry) -> Incident:
    started = ClockState(event.anchor_at, event.due_at, seq=entry.seq)
    return state._replace(clocks={**state.clocks, event.clock: started})


def _clock_dismissed(state: Incident, event: log.ClockDismissed, entry: Entry) -> Incident:
    return state._replace(clocks={**state.clocks, event.clock: ClockState(dismissed=True, seq=entry.seq)})


def _clock_submitted(state: Incident, event: log.ClockSubmitted, entry: Entry) -> Incident:
    known = state.clocks.get(event.clock, ClockState(seq=entry.seq))
    known = known._replace(submitted_at=entry.header.occurred_at, submitted=entry.seq, dismissed=False)
    return state._replace(clocks={**state.clocks, event.clock: known})


def _clock_restated(state: Incident, event: log.ClockRestated, _: Entry) -> Incident:
    known = state.clocks.get(event.clock)
    if known is None:
        return state
    moved = known._replace(anchor_at=event.anchor_at, due_at=event.due_at)
    return state._replace(clocks={**state.clocks, event.clock: moved})


def _hold_set(state: Incident, _: log.HoldSet, entry: Entry) -> Incident:
    return state._replace(hold=Hold(entry.header.occurred_at, entry.seq))


def _hold_released(state: Incident, _: log.HoldReleased, __: Entry) -> Incident:
    return state._replace(hold=None)


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
    log.StepSkipped: _skipped,
    log.StepApproved: _approved,
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
    log.FigureTyped: _figure,
    log.PlaybookAdded: _playbook_added,
    log.PlaybookBroughtIn: _brought_in,
    log.ClockStarted: _clock_started,
    log.ClockDismissed: _clock_dismissed,
    log.ClockSubmitted: _clock_submitted,
    log.ClockRestated: _clock_restated,
    log.HoldSet: _hold_set,
    log.HoldReleased: _hold_released,
}  # fmt: skip
