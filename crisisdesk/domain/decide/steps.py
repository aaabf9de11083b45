"""Steps: started, done, skipped, blocked, reopened, assigned, added, decided.

Anyone records any step: the log says who did it and who owns it.
"""

from collections.abc import Mapping

from crisisdesk.domain import intents
from crisisdesk.domain.deadlines import DECLARATION, due_at, parse_within
from crisisdesk.domain.decide.roles import read_role
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, recorded, words
from crisisdesk.domain.entries import (
    DecisionMade,
    StepAdded,
    StepAssigned,
    StepBlocked,
    StepDone,
    StepReopened,
    StepSkipped,
    StepStarted,
    StepUnblocked,
    dues,
)
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.intents import Act
from crisisdesk.domain.playbook import Option
from crisisdesk.domain.runbook import (
    ADDED_PHASE,
    calendar,
    current_phase,
    dues_of,
    required,
    waits_for,
    why_not,
    why_waiting,
    zone,
)
from crisisdesk.domain.text import nearest, same_name
from crisisdesk.domain.times import clock, instant, stamp


def find_step(state: Incident, named: str) -> StepState | Refused:
    """Return the step named by its id or a unique beginning of it, or a refusal with the nearest."""
    if named in state.steps:
        return state.steps[named]
    matches = [step for step in state.steps if named and step.startswith(named.casefold())]
    if len(matches) == 1:
        return state.steps[matches[0]]
    if matches:
        return Refused(f"'{named}' could be {' or '.join(matches)}.", "Write more of its name.")
    near = nearest(named, state.steps)
    return Refused(
        f"The runbook of {state.label} has no step '{named}'.",
        f"Did you mean '{near}'?" if near else f"See them with: crisisdesk show {state.label}",
    )


def start(state: Incident, intent: intents.StartStep, act: Act) -> Ruling:
    """Begin a step."""
    known = _open_step(state, intent.step, act, already=intent.already)
    if isinstance(known, Refused):
        return known
    if known.progress == "started":
        return Refused(
            f"'{_title(known)}' was started already{_by_and_when(state, known, known.started_at, act)}."
        )
    if refusal := _out_of_order(state, known, intent.because, already=intent.already):
        return refusal
    event = StepStarted(known.step.id, known.step.who, _owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def complete(state: Incident, intent: intents.CompleteStep, act: Act) -> Ruling:
    """Record a step as done, with the values it asks for; ``already`` passes rules openly, as a deviation."""
    known = _open_step(state, intent.step, act, already=intent.already)
    if isinstance(known, Refused):
        return known
    if known.step.kind == "decide":
        return Refused(
            f"'{_title(known)}' is a decision: it is done by choosing.",
            f'Write: crisisdesk decide {state.label} {known.step.id} "OPTION" --because "…"',
        )
    record = _named_records(known, intent.record)
    if isinstance(record, Refused):
        return record
    passed = _rules_passed(state, known, record)
    if passed and not (intent.already and intent.because.strip()):
        return _refusal_for(state, known, record, passed[0])
    said = words(note=intent.note, because=intent.because.strip()) | recorded(record)
    return (Proposed(_done_event(state, known, intent, act, passed), said),)


def _done_event(
    state: Incident, known: StepState, intent: intents.CompleteStep, act: Act, passed: list[str]
) -> StepDone:
    owner = _owner(state, known, intent.owner, act)
    return StepDone(
        known.step.id,
        known.step.who,
        owner,
        dues(dues_of(state, known.step.id, act.moment)),
        ", ".join(passed),
    )


def _rules_passed(state: Incident, known: StepState, record: Mapping[str, str]) -> list[str]:
    """Return the names of the rules that recording this step as done passes over."""
    passed = []
    if state.status == "closed" and not _anchored_to_closing(known):
        passed.append("after closing")
    if not known.applies:
        passed.append("not applicable")
    if waits_for(state, known):
        passed.append("out of order")
    if _missing(known, record):
        passed.append("record missing")
    return passed


def _refusal_for(state: Incident, known: StepState, record: Mapping[str, str], rule: str) -> Refused:
    say_so = 'If it has already happened, say so: --already --because "…" (kept as a deviation).'
    if rule == "after closing":
        return Refused(f"{state.label} is closed.", say_so)
    if rule == "not applicable":
        return Refused(f"'{_title(known)}' does not apply: {why_not(state, known)}.", say_so)
    if rule == "out of order":
        return Refused(f"'{_title(known)}' comes {why_waiting(state, known)}.", say_so)
    names = _missing(known, record)
    flags = " ".join(f'--record "{name}=…"' for name in names)
    return Refused(f"'{_title(known)}' asks for: {', '.join(names)}.", f"Add {flags}. {say_so}")


def _missing(known: StepState, record: Mapping[str, str]) -> list[str]:
    return [wanted.name for wanted in required(known) if not record.get(wanted.name, "").strip()]


def _named_records(known: StepState, given: Mapping[str, str]) -> dict[str, str] | Refused:
    """Match the names of recorded values to the step's own; a near miss asks, a new name is kept as it is."""
    wanted = [record.name for record in (*known.step.record, *required(known))]
    found = {}
    for name, value in given.items():
        exact = next((own for own in wanted if same_name(own, name.replace("-", " "))), None)
        near = None if exact else nearest(name, wanted)
        if near:
            return Refused(f"'{_title(known)}' does not ask for '{name}'.", f"Did you mean '{near}'?")
        found[exact or name] = value
    return found


def skip(state: Incident, intent: intents.SkipStep, act: Act) -> Ruling:
    """Leave a step out."""
    known = _open_step(state, intent.step, act)
    if isinstance(known, Refused):
        return known
    if not intent.because.strip():
        return Refused(f"Why is '{_title(known)}' skipped?", 'Add the reason: --because "…"')
    event = StepSkipped(known.step.id, known.step.who, _owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def block(state: Incident, intent: intents.BlockStep, act: Act) -> Ruling:
    """Say that a step cannot go on."""
    known = _open_step(state, intent.step, act)
    if isinstance(known, Refused):
        return known
    if known.progress == "blocked":
        return Refused(f"'{_title(known)}' is blocked already.")
    if not intent.because.strip():
        return Refused(f"What blocks '{_title(known)}'?", 'Add the reason: --because "…"')
    event = StepBlocked(known.step.id, known.step.who, _owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def unblock(state: Incident, intent: intents.UnblockStep, act: Act) -> Ruling:
    """Say that a blocked step can go on."""
    known = find_step(state, intent.step)
    if isinstance(known, Refused):
        return known
    if state.status == "closed" and not _anchored_to_closing(known):
        return _closed(state)
    if known.progress != "blocked":
        return Refused(f"'{_title(known)}' is not blocked.")
    event = StepUnblocked(known.step.id, known.step.who, _owner(state, known, intent.owner, act))
    return (Proposed(event, words(because=intent.because.strip())),)


def reopen(state: Incident, intent: intents.ReopenStep, _: Act) -> Ruling:
    """Open a done or skipped step again; what was recorded stays in the log."""
    known = find_step(state, intent.step)
    if isinstance(known, Refused):
        return known
    if state.status == "closed" and not _anchored_to_closing(known):
        return _closed(state)
    if not known.settled:
        return Refused(f"'{_title(known)}' is open.")
    if not intent.because.strip():
        return Refused(f"Why is '{_title(known)}' opened again?", 'Add the reason: --because "…"')
    event = StepReopened(known.step.id, known.step.who, state.owner_of(known))
    return (Proposed(event, words(because=intent.because.strip())),)


def assign(state: Incident, intent: intents.AssignStep, act: Act) -> Ruling:
    """Make a person the owner of a step."""
    known = _open_step(state, intent.step, act)
    if isinstance(known, Refused):
        return known
    person = intent.person.strip()
    if not person:
        return Refused("Who owns it?", f"Write: crisisdesk assign {state.label} {known.step.id} NAME")
    previous = state.owner_of(known)
    if known.owner and same_name(known.owner, person):
        return Refused(f"{known.owner} owns '{_title(known)}' already.")
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


def choose(state: Incident, intent: intents.Decide, act: Act) -> Ruling:
    """Make a choice: one of the options, or another in words; always with the reason."""
    known = _open_step(state, intent.step, act, already=intent.already)
    if isinstance(known, Refused):
        return known
    if known.step.kind != "decide":
        return Refused(
            f"'{_title(known)}' is not a decision.",
            f"Record it with: crisisdesk done {state.label} {known.step.id}",
        )
    option = _option(known, intent)
    if isinstance(option, Refused):
        return option
    if not intent.because.strip():
        return Refused(
            "Why this choice?",
            'Add the reason: --because "…". You are judged on the reason, not the outcome.',
        )
    if intent.revisit and intent.revisit <= act.moment:
        return Refused("The time to look at it again has passed.", "Name a time that is still to come.")
    if refusal := _out_of_order(state, known, intent.because, already=intent.already):
        return refusal
    return (Proposed(_decision_event(state, known, intent, act, option), _decision_words(intent, option)),)


def _decision_event(
    state: Incident, known: StepState, intent: intents.Decide, act: Act, option: Option | None
) -> DecisionMade:
    revisit = intent.revisit
    if revisit is None and known.step.revisit is not None:
        revisit = due_at(known.step.revisit, act.moment, 1, calendar(state.policy, state.facts))
    passed = [rule for rule in _rules_passed(state, known, {}) if rule != "record missing"]
    return DecisionMade(
        step=known.step.id,
        owner_role=known.step.who,
        owner=_owner(state, known, "", act),
        option=option.title if option else "",
        revisit_at=stamp(revisit) if revisit else "",
        due=dues(dues_of(state, known.step.id, act.moment)),
        deviation=", ".join(passed),
    )


def _decision_words(intent: intents.Decide, option: Option | None) -> dict[str, str]:
    choice = option.title if option else intent.other.strip()
    return words(choice=choice, because=intent.because.strip(), unknown=intent.unknown.strip())


def _option(known: StepState, intent: intents.Decide) -> Option | Refused | None:
    """Return the option chosen (by title, or a unique beginning of it), or None for another in words."""
    if intent.other.strip():
        return None
    options = known.step.options
    titles = "; ".join(option.title for option in options)
    wanted = intent.option.strip().casefold()
    if not wanted:
        return Refused("What was chosen?", f'Options are: {titles}. Or say another: --other "…"')
    exact = [option for option in options if same_name(option.title, wanted)]
    matches = exact or [option for option in options if option.title.casefold().startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    return Refused(
        f"'{intent.option}' is not one of the options.", f'Options are: {titles}. Or say another: --other "…"'
    )


def _open_step(state: Incident, named: str, act: Act, *, already: bool = False) -> StepState | Refused:
    """Return a step that is still to do; ``already`` also lets through what a closed incident would not hear."""
    known = find_step(state, named)
    if isinstance(known, Refused):
        return known
    if known.progress == "done":
        return Refused(
            f"'{_title(known)}' was already done{_by_and_when(state, known, known.done_at, act)}.",
            f'To add to it: crisisdesk note {state.label} "…"; to do it again: crisisdesk reopen {state.label} {known.step.id} --because "…".',
        )
    if known.progress == "skipped":
        return Refused(
            f"'{_title(known)}' was skipped by {known.by}.",
            f'Open it again first: crisisdesk reopen {state.label} {known.step.id} --because "…".',
        )
    if state.status == "closed" and not _anchored_to_closing(known) and not already:
        return _closed(state)
    return known


def _closed(state: Incident) -> Refused:
    return Refused(
        f"{state.label} is closed.",
        f'Open it again first: crisisdesk reopen {state.label} --because "…", or note what happened.',
    )


def _out_of_order(state: Incident, known: StepState, because: str, *, already: bool) -> Refused | None:
    if already and because.strip():
        return None
    for rule in _rules_passed(state, known, {}):
        if rule != "record missing":
            return _refusal_for(state, known, {}, rule)
    return None


def _anchored_to_closing(known: StepState) -> bool:
    return known.step.within is not None and known.step.within.anchor == "closing"


def _owner(state: Incident, known: StepState, named: str, act: Act) -> str:
    """Return the owner as named, assigned, or holding the role; what nobody owned is owned by whoever did it."""
    return named.strip() or state.owner_of(known) or act.person


def _by_and_when(state: Incident, known: StepState, moment: str, act: Act) -> str:
    when = f" at {clock(instant(moment), zone(state.policy), act.now)}" if moment else ""
    return f"{when} by {known.by}" if known.by else when


def _title(known: StepState) -> str:
    return known.step.heading or known.step.id
