"""Steps: started, skipped, blocked, reopened, assigned, added. Finishing one is ``completing``'s business.

Anyone records any step: the log says who did it and who owns it.
"""

from crisisdesk.domain import intents
from crisisdesk.domain.deadlines import DECLARATION, due_at, parse_within
from crisisdesk.domain.decide.finding import (
    by_and_when,
    closed,
    find_step,
    open_step,
    owner,
    title,
)
from crisisdesk.domain.decide.roles import read_role
from crisisdesk.domain.decide.rules import order_passed
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import (
    StepAdded,
    StepAssigned,
    StepBlocked,
    StepReopened,
    StepSkipped,
    StepStarted,
    StepUnblocked,
    dues,
)
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act
from crisisdesk.domain.rounds import following
from crisisdesk.domain.runbook import ADDED_PHASE, anchored_to_closing, calendar, current_phase
from crisisdesk.domain.text import same_name


def start(state: Incident, intent: intents.StartStep, act: Act) -> Ruling:
    """Begin a step."""
    known = open_step(state, intent.step, act, already=intent.already)
    if isinstance(known, Refused):
        return known
    if known.progress == "started":
        return Refused(
            f"'{title(known)}' was started already{by_and_when(state, known, known.started_at, act)}."
        )
    passed = order_passed(state, known)
    if passed and not (intent.already and intent.because.strip()):
        return passed[0].refusal
    event = StepStarted(known.step.id, known.step.who, owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def skip(state: Incident, intent: intents.SkipStep, act: Act) -> Ruling:
    """Leave a step out."""
    known = open_step(state, intent.step, act)
    if isinstance(known, Refused):
        return known
    if not intent.because.strip():
        return Refused(f"Why is '{title(known)}' skipped?", 'Add the reason: --because "…"')
    after = following(state, known, act.moment)
    event = StepSkipped(
        known.step.id,
        known.step.who,
        owner(state, known, intent.owner, act),
        after.due,
        after.next_round,
        after.left,
    )
    return (Proposed(event, words(because=intent.because.strip())),)


def block(state: Incident, intent: intents.BlockStep, act: Act) -> Ruling:
    """Say that a step cannot go on."""
    known = open_step(state, intent.step, act)
    if isinstance(known, Refused):
        return known
    if known.progress == "blocked":
        return Refused(f"'{title(known)}' is blocked already.")
    if not intent.because.strip():
        return Refused(f"What blocks '{title(known)}'?", 'Add the reason: --because "…"')
    event = StepBlocked(known.step.id, known.step.who, owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def unblock(state: Incident, intent: intents.UnblockStep, act: Act) -> Ruling:
    """Say that a blocked step can go on."""
    known = find_step(state, intent.step, latest=True)
    if isinstance(known, Refused):
        return known
    if state.status == "closed" and not anchored_to_closing(known):
        return closed(state)
    if known.progress != "blocked":
        return Refused(f"'{title(known)}' is not blocked.")
    event = StepUnblocked(known.step.id, known.step.who, owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def reopen(state: Incident, intent: intents.ReopenStep, _: Act) -> Ruling:
    """Open a done or skipped step again; what was recorded stays in the log."""
    known = find_step(state, intent.step)
    if isinstance(known, Refused):
        return known
    if state.status == "closed" and not anchored_to_closing(known):
        return closed(state)
    if not known.settled:
        return Refused(f"'{title(known)}' is open.")
    if not intent.because.strip():
        return Refused(f"Why is '{title(known)}' opened again?", 'Add the reason: --because "…"')
    event = StepReopened(known.step.id, known.step.who, state.owner_of(known))
    return (Proposed(event, words(because=intent.because.strip())),)


def assign(state: Incident, intent: intents.AssignStep, act: Act) -> Ruling:
    """Make a person the owner of a step."""
    known = open_step(state, intent.step, act)
    if isinstance(known, Refused):
        return known
    person = intent.person.strip()
    if not person:
        return Refused("Who owns it?", f"Write: crisisdesk assign {state.label} {known.step.id} NAME")
    previous = state.owner_of(known)
    if known.owner and same_name(known.owner, person):
        return Refused(f"{known.owner} owns '{title(known)}' already.")
    event = StepAssigned(known.step.id, known.step.who, person, previous)
    return (Proposed(event, words(because=intent.because.strip())),)


def add(state: Incident, intent: intents.AddStep, act: Act) -> Ruling:
    """Add a step no playbook foresaw, in the phase that is open; its time counts from now and is not stretched."""
    if not intent.title.strip():
        return Refused(
            "What is to be done?",
            f'Write: crisisdesk add-step {state.label} "What to do" --who ROLE --within "30 minutes"',
        )
    role = read_role(state, intent.who)
    if isinstance(role, Refused):
        return role
    within = parse_within(intent.within) if intent.within else None
    if intent.within and (within is None or within.anchor != DECLARATION):
        return Refused(
            f"'{intent.within}' is not a time to count from now.",
            'Write: --within "30 minutes", or "2 working days".',
        )
    step = f"{ADDED_PHASE}-{sum(bool(known.added) for known in state.steps.values()) + 1}"
    due = {step: due_at(within, act.now, 1, calendar(state.policy, state.facts))} if within else {}
    kept = f"{within.amount}|{within.unit}|added" if within else ""
    event = StepAdded(step, role, intent.owner.strip(), current_phase(state) or ADDED_PHASE, kept, dues(due))
    return (Proposed(event, words(title=intent.title.strip(), because=intent.because.strip())),)
