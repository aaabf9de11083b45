"""Laying a second playbook on a running incident, and bringing changed files into it."""

from datetime import datetime

from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.decide.finding import owner
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import PlaybookAdded, PlaybookBroughtIn, StepDone, dues
from crisisdesk.domain.incident import Incident, Layer
from crisisdesk.domain.intents import Act, AddPlaybook, BringIn
from crisisdesk.domain.layers import as_layer, refit, relaid, shared_steps, with_layer
from crisisdesk.domain.rounds import following
from crisisdesk.domain.runbook import applying, current_phase, due_for, first_due
from crisisdesk.domain.times import instant, stamp


def lay(state: Incident, intent: AddPlaybook, act: Act) -> Ruling:
    """Lay a playbook on top: its steps appear now, common ones are shared with the earlier due time."""
    name = intent.playbook.name
    if name == state.playbook.name or name in state.layers:
        return Refused(f"{state.label} runs the playbook '{name}' already.")
    shared = shared_steps(state, intent.playbook)
    layer = Layer(as_layer(intent.playbook, shared), current_phase(state), intent.hash, shared)
    after = with_layer(state, layer)
    unknown: dict[str, Fact] = dict.fromkeys(layer.playbook.questions, UNKNOWN)
    after = after._replace(facts={**unknown, **after.facts})
    shows = applying(after, after.facts, after.severity)
    shown = tuple(step.id for _, step in layer.playbook.steps() if step.id in shows)
    due = {
        step: moment
        for step in shown
        if (moment := first_due(after, after.steps[step].step, act.now, after.severity))
    }
    due |= _sooner_when_shared(state, intent, shared, act)
    event = PlaybookAdded(intent.hash, name, layer.after_phase, shared, shown, dues(due))
    laid = Proposed(event, words(because=intent.because.strip()))
    return (laid, *_asked_by(state, name, act))


def _sooner_when_shared(
    state: Incident, intent: AddPlaybook, shared: dict[str, str], act: Act
) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for _, step in intent.playbook.steps():
        here = state.steps.get(shared.get(step.id, ""))
        if here is None or here.settled or not here.applies or step.within is None:
            continue
        moment = due_for(state, step, "declaration", act.now, state.severity).get(step.id)
        if moment and (not here.due or moment < instant(here.due)):
            found[here.step.id] = moment
    return found


def _asked_by(state: Incident, name: str, act: Act) -> tuple[Proposed, ...]:
    """Return the completion of the steps that asked for this playbook: laying it is what they ask."""
    found = []
    for known in state.steps.values():
        if known.applies and not known.settled and known.step.add_playbook == name:
            after = following(state, known, act.moment)
            event = StepDone(
                known.step.id,
                known.step.who,
                owner(state, known, "", act),
                after.due,
                next_round=after.next_round,
                left=after.left,
            )
            found.append(Proposed(event, {}))
    return tuple(found)


def bring_in(state: Incident, intent: BringIn, act: Act) -> Ruling:
    """Bring the changed files of a playbook in, and the policy with them: what is done stays done."""
    name = intent.playbook.name
    if name != state.playbook.name and name not in state.layers:
        return Refused(
            f"{state.label} does not run the playbook '{name}'.",
            f"Lay it on top with: crisisdesk add-playbook {state.label} {name}",
        )
    if not intent.because.strip():
        return Refused("Why are the changes brought in?", 'Add the reason: --because "…"')
    after = refit(
        state, name, intent.playbook, intent.policy, relaid(state, name, intent.playbook, intent.hash)
    )
    if state.severity not in intent.policy.levels:
        return Refused(
            f"The changed policy has no level '{state.severity}', which {state.label} has.",
            "Put the level back first.",
        )
    unknown: dict[str, Fact] = dict.fromkeys(after.questions, UNKNOWN)
    after = after._replace(facts={**unknown, **after.facts})
    shows = applying(after, after.facts, after.severity)
    appeared = tuple(
        step
        for step, known in after.steps.items()
        if step in shows and not known.applies and not known.settled
    )
    left = tuple(
        step
        for step, known in after.steps.items()
        if step not in shows and known.applies and not known.settled
    )
    event = PlaybookBroughtIn(
        intent.hash, name, intent.policy_hash, appeared, left, _changed_dues(state, after, appeared, act)
    )
    return (Proposed(event, words(because=intent.because.strip())),)


def _changed_dues(state: Incident, after: Incident, appeared: tuple[str, ...], act: Act) -> dict[str, str]:
    """Fix the due times of steps that are new, and of those whose time was changed: the earlier of old and new."""
    found: dict[str, str] = {}
    for step, known in after.steps.items():
        before = state.steps.get(step)
        changed = before is not None and before.step.within != known.step.within and known.applies
        if known.settled or not (changed or step in appeared):
            continue
        moment = first_due(after, known.step, act.now, after.severity)
        if moment and (not known.due or stamp(moment) < known.due):
            found[step] = stamp(moment)
    return found
