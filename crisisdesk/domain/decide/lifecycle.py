"""Declaring, standing down, closing, reopening."""

from datetime import datetime

from crisisdesk.domain.clocks import open_clocks
from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.deadlines import due_at
from crisisdesk.domain.decide.facts import read_answer
from crisisdesk.domain.decide.roles import read_role
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import (
    IncidentClosed,
    IncidentDeclared,
    IncidentReopened,
    RoleTaken,
    StoodDown,
    dues,
)
from crisisdesk.domain.incident import LEAD, Incident
from crisisdesk.domain.intents import Act, Close, Declare, Reopen, StandDown
from crisisdesk.domain.rounds import come_back, ended_by
from crisisdesk.domain.runbook import anchored_to_closing, applying, calendar, due_for, dues_of
from crisisdesk.domain.severity import first_word_by
from crisisdesk.domain.text import same_name
from crisisdesk.domain.times import stamp


def declare(state: Incident, intent: Declare, act: Act) -> Ruling:
    """Declare: everything not said yet is unknown; whoever declares is incident lead until someone takes it."""
    if not intent.title.strip():
        return Refused(
            "What happened? One line is enough.", 'Write: crisisdesk declare "What happened" -p PLAYBOOK'
        )
    level = intent.severity or state.playbook.usually
    if level not in state.policy.levels:
        return Refused(f"There is no level '{level}'.", f"Levels are: {', '.join(state.policy.levels)}.")
    facts = _facts(state, intent)
    if isinstance(facts, Refused):
        return facts
    if refusal := _times(intent, act):
        return refusal
    shown = applying(state, facts, level)
    event = IncidentDeclared(
        label=intent.label,
        playbook=intent.playbook_hash,
        playbook_name=state.playbook.name,
        policy=intent.policy_hash,
        severity=level,
        confirmed=bool(intent.severity),
        facts=facts,
        shown=tuple(step for step in state.steps if step in shown),
        due=_first_dues(state, intent, act, facts, level, shown),
        detected_at=stamp(intent.detected) if intent.detected else "",
        happened_at=stamp(intent.happened) if intent.happened else "",
        aware_at=stamp(intent.aware) if intent.aware else "",
        first_word_by=stamp(word) if (word := first_word_by(state, level, act.moment)) else "",
    )
    roles = _roles(state, intent, act)
    return (
        roles if isinstance(roles, Refused) else (Proposed(event, words(title=intent.title.strip())), *roles)
    )


def _facts(state: Incident, intent: Declare) -> dict[str, Fact] | Refused:
    facts: dict[str, Fact] = dict.fromkeys(state.questions, UNKNOWN)
    for name, typed in intent.facts.items():
        answer = read_answer(state, name, typed)
        if isinstance(answer, Refused):
            return answer
        facts[name] = answer
    return facts


def _times(intent: Declare, act: Act) -> Refused | None:
    times = (
        (intent.happened, "It happened"),
        (intent.detected, "It was noticed"),
        (intent.aware, "We became aware"),
    )
    for moment, what in times:
        if moment and moment > act.now:
            return Refused(f"{what} at a time that is still to come.", "Give a time that has passed.")
    return None


def _first_dues(
    state: Incident, intent: Declare, act: Act, facts: dict[str, Fact], level: str, shown: set[str]
) -> dict[str, str]:
    anchors = {
        "declaration": act.moment, "detection": intent.detected, "awareness": intent.aware, "occurrence": intent.happened,
    }  # fmt: skip
    anchors |= {fact: act.moment for fact, value in facts.items() if value != UNKNOWN}
    known = state._replace(facts=facts)
    found: dict[str, datetime] = {}
    for step in state.steps.values():
        if step.step.id in shown:
            for anchor, moment in anchors.items():
                if moment:
                    found |= due_for(known, step.step, anchor, moment, level)
    return dict(dues(found))


def _roles(state: Incident, intent: Declare, act: Act) -> tuple[Proposed, ...] | Refused:
    taken: dict[str, str] = {}
    for named, person in intent.roles.items():
        role = read_role(state, named)
        if isinstance(role, Refused):
            return role
        if not person.strip():
            return Refused(f"Who takes the role {named}?", "Write: --role comms-lead=NAME")
        taken[role] = person.strip()
    lead = () if LEAD in taken else (Proposed(RoleTaken(LEAD, act.person, acting=True)),)
    return lead + tuple(Proposed(RoleTaken(role, person)) for role, person in taken.items())


def stand_down(state: Incident, intent: StandDown, act: Act) -> Ruling:
    """End the acute part; open steps are counted, not hidden."""
    if state.status == "stood down":
        return Refused(f"{state.label} is stood down already.")
    if not intent.because.strip():
        criteria = state.playbook.stand_down_when
        return Refused(
            "Why can it stand down?" + (f" The playbook says: {criteria.strip()}" if criteria else ""),
            'Add the reason: --because "…"',
        )
    due = dues(dues_of(state, "stand-down", act.moment))
    event = StoodDown(open_steps(state), ended_by(state, "stand-down"), due)
    return (Proposed(event, words(because=intent.because.strip())),)


def close(state: Incident, intent: Close, act: Act) -> Ruling:
    """Close: by the incident lead or deputy; with steps left open, or as a duplicate, it needs a reason."""
    if refusal := _may_close(state, act):
        return refusal
    if not intent.because.strip():
        if intent.duplicate_of:
            return Refused("Why is it a duplicate?", 'Add the reason: --because "…"')
        if left := left_open(state):
            return Refused(
                f"{state.label} cannot be closed without a reason: {', '.join(left)}.",
                'Finish, answer, submit or release what is open, or add --because "…".',
            )
    if intent.duplicate_of and intent.duplicate_of.casefold() == state.label.casefold():
        return Refused("An incident cannot be a duplicate of itself.", "Name the other one.")
    after = state._replace(status="closed", closed_at=stamp(act.moment))
    event = IncidentClosed(
        intent.duplicate_of,
        dues(dues_of(after, "closing", act.moment)),
        open_steps(state),
        tuple(view.clock.id for view in open_clocks(state)),
        ended_by(state, "closing"),
        _review_due(state, act),
    )
    return (Proposed(event, words(because=intent.because.strip())),)


def _review_due(state: Incident, act: Act) -> str:
    """Return until when the level wants the review, counted from closing."""
    within = state.policy.levels[state.severity].review_due
    return stamp(due_at(within, act.moment, 1, calendar(state.policy, state.facts))) if within else ""


def left_open(state: Incident) -> list[str]:
    """Say what is left open that nobody should close over in silence: steps, and what waits beside them."""
    count = open_steps(state)
    steps = [f"{count} {'step is' if count == 1 else 'steps are'} still open"] if count else []
    return [*steps, *left_waiting(state)]


def left_waiting(state: Incident) -> list[str]:
    """Say what waits beside the steps: clocks, a promise, queues, enquiries, a hold."""
    clocks = [view.clock.id for view in open_clocks(state)]
    left = [f"the clock {clock} is open" for clock in clocks]
    left += ["a promised update was not sent"] if state.promises else []
    left += [f"'{frozen.queue}' on {frozen.account} is frozen" for frozen in state.freeze.values()]
    left += ["an enquiry is not answered"] if state.enquiries else []
    return [*left, "a legal hold is on"] if state.hold else left


def _may_close(state: Incident, act: Act) -> Refused | None:
    holders = [state.holder(role) for role in (LEAD, "deputy") if state.holder(role)]
    if any(same_name(act.person, holder) for holder in holders):
        return None
    lead = state.holder(LEAD)
    who = f"{lead} is incident lead" if lead else "nobody is incident lead"
    return Refused(
        f"Only the incident lead or the deputy closes {state.label}; {who}.",
        f'Take the role first (crisisdesk role take {state.label} {LEAD}), or relay: --for "{lead or "NAME"}" --by phone.',
    )


def reopen(state: Incident, intent: Reopen, _: Act) -> Ruling:
    """Open a closed or stood-down incident again."""
    if state.status == "open":
        return Refused(f"{state.label} is open.")
    if not intent.because.strip():
        return Refused(f"Why is {state.label} opened again?", 'Add the reason: --because "…"')
    return (Proposed(IncidentReopened(come_back(state)), words(because=intent.because.strip())),)


def open_steps(state: Incident) -> int:
    """Count steps that apply and are not settled, but for those that only begin with closing."""
    return sum(
        known.applies and not known.settled and not anchored_to_closing(known)
        for known in state.steps.values()
    )
