"""Which step is meant, and whether it is still to do: what every rule about steps asks first."""

from crisisdesk.domain.decide.ruling import Refused
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.intents import Act
from crisisdesk.domain.rounds import latest_round
from crisisdesk.domain.runbook import anchored_to_closing, zone
from crisisdesk.domain.text import nearest, same_name
from crisisdesk.domain.times import clock, instant


def find_step(state: Incident, named: str, *, latest: bool = False) -> StepState | Refused:
    """Return the step named by its id or a unique beginning of it, or a refusal with the nearest.

    A step of a layer may be named without the layer's name. With ``latest``, a step that repeats means its newest round.
    """
    if named in state.steps:
        return state.steps[latest_round(state, named) if latest else named]
    wanted = named.casefold()
    matches = [step for step in state.steps if wanted and step.startswith(wanted)] or [
        step for step in state.steps if wanted and step.partition("/")[2].startswith(wanted)
    ]
    roots = {state.steps[step].round_of or step for step in matches}
    if len(roots) == 1:
        return state.steps[latest_round(state, roots.pop()) if latest else matches[0]]
    if matches:
        return Refused(f"'{named}' could be {' or '.join(matches)}.", "Write more of its name.")
    near = nearest(named, state.steps)
    return Refused(
        f"The runbook of {state.label} has no step '{named}'.",
        f"Did you mean '{near}'?" if near else f"See them with: crisisdesk show {state.label}",
    )


def open_step(state: Incident, named: str, act: Act, *, already: bool = False) -> StepState | Refused:
    """Return a step that is still to do; ``already`` also lets through what a closed incident would not hear."""
    known = find_step(state, named, latest=True)
    if isinstance(known, Refused):
        return known
    if known.progress == "done":
        return Refused(
            f"'{title(known)}' was already done{by_and_when(state, known, known.done_at, act)}.",
            f'To add to it: crisisdesk note {state.label} "…"; to do it again: crisisdesk reopen {state.label} {known.step.id} --because "…".',
        )
    if known.progress == "skipped":
        return Refused(
            f"'{title(known)}' was skipped by {known.by}.",
            f'Open it again first: crisisdesk reopen {state.label} {known.step.id} --because "…".',
        )
    if state.status == "closed" and not anchored_to_closing(known) and not already:
        return closed(state)
    return known


def closed(state: Incident) -> Refused:
    """Return the refusal of what a closed incident does not hear."""
    return Refused(
        f"{state.label} is closed.",
        f'Open it again first: crisisdesk reopen {state.label} --because "…", or note what happened.',
    )


def owner(state: Incident, known: StepState, named: str, act: Act) -> str:
    """Return the owner as named, assigned, or holding the role; what nobody owned is owned by whoever did it."""
    return named.strip() or state.owner_of(known) or act.person


def by_and_when(state: Incident, known: StepState, moment: str, act: Act) -> str:
    """Say when and by whom a step was last changed."""
    when = f" at {clock(instant(moment), zone(state.policy), act.now)}" if moment else ""
    return f"{when} by {known.by}" if known.by else when


def title(known: StepState) -> str:
    """Return a step's heading for a sentence; an added step's title is a word of the log, so its id stands in."""
    return known.step.heading or known.step.id


def named_person(state: Incident, role: str, person: str) -> str | Refused:
    """Return the person when they hold the role, or a refusal that says who does."""
    holder = state.holder(role)
    if holder and same_name(holder, person):
        return person
    who = f"{holder} holds it" if holder else "nobody holds it"
    return Refused(
        f"{person} does not hold the role {role}; {who}.",
        f"Take it first: crisisdesk role take {state.label} {role} NAME",
    )
