"""How the entries of the work change an incident: steps, rounds, decisions, approvals, evidence, tellings."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from crisisdesk.domain import entries as log
from crisisdesk.domain.deadlines import Within, parse_repeat
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Approval, Incident, Progress, StepState
from crisisdesk.domain.playbook import Step


def with_step(state: Incident, step: str, **changes: object) -> Incident:
    """Return the state with some fields of one step changed; a step that is not there changes nothing."""
    known = state.steps.get(step)
    if known is None:
        return state
    return state._replace(steps={**state.steps, step: known._replace(**changes)})  # type: ignore[arg-type]  # field names are checked by the tests of every fold


def with_dues(
    state: Incident, due: log.Dues, appeared: Iterable[str] = (), left: Iterable[str] = ()
) -> Incident:
    """Return the state with steps that appear and fall away, and due times fixed."""
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


def progress(progress: Progress) -> Callable[[Incident, Any, Entry], Incident]:
    """Fold for the kinds that only move a step: who, when, and by which entry."""

    def fold(state: Incident, event: Any, entry: Entry) -> Incident:
        changes: dict[str, object] = {"progress": progress, "by": doer(entry), "last": entry.seq}
        known = state.steps.get(event.step)
        if progress == "started" and known and not known.started_at:
            changes["started_at"] = entry.header.occurred_at
        if progress in ("open", "skipped"):
            changes |= {"done_at": "", "deviation": "", "confirmed_by": "", "ratify_by": ""}
        if progress == "open":
            changes["approvals"] = {}
            again = {step: moment for step, moment in state.revisits.items() if step != event.step}
            state = state._replace(revisits=again)
        return with_step(state, event.step, **changes)

    return fold


def unblocked(state: Incident, event: log.StepUnblocked, entry: Entry) -> Incident:
    """Let a blocked step go on."""
    known = state.steps.get(event.step)
    progress: Progress = "started" if known and known.started_at else "open"
    return with_step(state, event.step, progress=progress, by=doer(entry), last=entry.seq)


def done(state: Incident, event: log.StepDone, entry: Entry) -> Incident:
    """Settle a step as done, with what follows from it."""
    state = with_step(
        state, event.step, progress="done", done_at=entry.header.occurred_at, by=doer(entry), last=entry.seq,
        deviation=event.deviation, owner=event.owner, confirmed_by=event.confirmed_by, ratify_by=event.ratify_by,
    )  # fmt: skip
    known = state.steps.get(event.step)
    if known and known.step.kind == "say":
        state = spoke(state, entry)
    return followed(state, event)


def spoke(state: Incident, entry: Entry) -> Incident:
    """Keep when the first public word went out, or it was decided that there is none."""
    return state if state.first_word_at else state._replace(first_word_at=entry.header.occurred_at)


def skipped(state: Incident, event: log.StepSkipped, entry: Entry) -> Incident:
    """Settle a step as left out; one that repeats comes again."""
    return followed(progress("skipped")(state, event, entry), event)


def followed(state: Incident, event: log.StepDone | log.StepSkipped | log.DecisionMade) -> Incident:
    """Open the round that follows a settled one, let rounds fall away that ran only until it, fix what is due now."""
    known = state.steps.get(event.step)
    if event.next_round and known and event.next_round not in state.steps:
        state = state._replace(steps=with_round(state.steps, known, event.next_round))
    return with_dues(state, event.due, left=event.left)


def with_round(steps: Mapping[str, StepState], known: StepState, named: str) -> dict[str, StepState]:
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


def approved(state: Incident, event: log.StepApproved, entry: Entry) -> Incident:
    """Keep an approval under its role."""
    known = state.steps.get(event.step)
    if known is None:
        return state
    approval = Approval(doer(entry), entry.seq, event.option, bool(entry.header.on_behalf_of))
    return with_step(state, event.step, approvals={**known.approvals, event.role: approval})


def decided(state: Incident, event: log.DecisionMade, entry: Entry) -> Incident:
    """Settle a decision, and keep when it is to be looked at again."""
    state = with_step(
        state, event.step, progress="done", done_at=entry.header.occurred_at, by=doer(entry), last=entry.seq,
        deviation=event.deviation, option=event.option, owner=event.owner, decided=entry.seq,
    )  # fmt: skip
    state = followed(state, event)
    revisits = {step: moment for step, moment in state.revisits.items() if step != event.step}
    if event.revisit_at:
        revisits[event.step] = event.revisit_at
    return state._replace(revisits=revisits)


def assigned(state: Incident, event: log.StepAssigned, _: Entry) -> Incident:
    """Keep the person a step was given to."""
    return with_step(state, event.step, owner=event.owner)


def added(state: Incident, event: log.StepAdded, entry: Entry) -> Incident:
    """Put in a step that no playbook foresaw."""
    step = Step(event.step, "do", "", event.owner_role)
    if event.within:
        amount, unit, anchor = event.within.split("|")
        step = step._replace(within=Within(int(amount), unit, anchor))
    new = StepState(step, event.phase, applies=True, owner=event.owner, added=entry.seq, last=entry.seq)
    return with_dues(state._replace(steps={**state.steps, event.step: new}), event.due)


def attached(state: Incident, event: log.EvidenceAttached, _: Entry) -> Incident:
    """Count a piece of evidence with its step."""
    known = state.steps.get(event.step)
    return with_step(state, event.step, evidence=known.evidence + 1) if known else state


def told(state: Incident, event: log.PersonTold, _: Entry) -> Incident:
    """Count an attempt to tell somebody with its step."""
    known = state.steps.get(event.step)
    return with_step(state, event.step, told=known.told + 1) if known else state


def doer(entry: Entry) -> str:
    """Return whose act an entry is: the one it was done for, else its author."""
    return entry.header.on_behalf_of or entry.header.author
