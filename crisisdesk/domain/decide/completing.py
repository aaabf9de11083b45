"""Finishing a step: done with what it asks to record, or decided."""

from crisisdesk.domain import intents
from crisisdesk.domain.approvals import missing, ratification
from crisisdesk.domain.deadlines import due_at
from crisisdesk.domain.decide.finding import named_person, open_step, owner, title
from crisisdesk.domain.decide.records import named_records
from crisisdesk.domain.decide.rules import Finish, Passed, finish_passed
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, recorded, words
from crisisdesk.domain.entries import DecisionMade, StepDone
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.intents import Act
from crisisdesk.domain.playbook import Option
from crisisdesk.domain.rounds import following
from crisisdesk.domain.runbook import calendar
from crisisdesk.domain.text import same_name
from crisisdesk.domain.times import stamp


def complete(state: Incident, intent: intents.CompleteStep, act: Act) -> Ruling:
    """Record a step as done, with the values it asks for; ``already`` passes rules openly, as a deviation."""
    known = open_step(state, intent.step, act, already=intent.already)
    if isinstance(known, Refused):
        return known
    if elsewhere := _done_elsewhere(state, known):
        return elsewhere
    record = named_records(known, intent.record)
    if isinstance(record, Refused):
        return record
    second = _second_person(state, known, intent, act)
    if isinstance(second, Refused):
        return second
    finish = Finish(act.person, record, "", second, intent.read_back.strip())
    passed = finish_passed(state, known, finish)
    if passed and not (intent.already and intent.because.strip()):
        return passed[0].refusal
    said = words(note=intent.note, because=intent.because.strip(), **{"read back": intent.read_back.strip()})
    return (Proposed(_done_event(state, known, intent, act, passed, second), said | recorded(record)),)


def _done_elsewhere(state: Incident, known: StepState) -> Refused | None:
    """Refuse what is done by another act: choosing, or laying a playbook."""
    if known.step.kind == "decide":
        return Refused(
            f"'{title(known)}' is a decision: it is done by choosing.",
            f'Write: crisisdesk decide {state.label} {known.step.id} "OPTION" --because "…"',
        )
    running = (state.playbook.name, *state.layers)
    if known.step.add_playbook and known.step.add_playbook not in running:
        return Refused(
            f"'{title(known)}' is done by laying the playbook '{known.step.add_playbook}' on top.",
            f"Write: crisisdesk add-playbook {state.label} {known.step.add_playbook}",
        )
    return None


def _second_person(
    state: Incident, known: StepState, intent: intents.CompleteStep, act: Act
) -> str | Refused:
    """Return who confirmed, who must be another person than the one recording, and hold the role where one is named."""
    second = intent.confirmed_by.strip()
    if not second or not known.step.confirmed_by:
        return second
    if any(same_name(second, one) for one in (act.person, act.author)):
        return Refused(
            f"{second} records '{title(known)}', and so cannot be the one who confirms it.",
            "Ask another person to look and to say what they see.",
        )
    if known.step.confirmed_by in state.policy.roles:
        return named_person(state, known.step.confirmed_by, second)
    return second


def _done_event(
    state: Incident,
    known: StepState,
    intent: intents.CompleteStep,
    act: Act,
    passed: list[Passed],
    second: str,
) -> StepDone:
    after = following(state, known, act.moment)
    return StepDone(
        step=known.step.id,
        owner_role=known.step.who,
        owner=owner(state, known, intent.owner, act),
        due=after.due,
        deviation=", ".join(rule.name for rule in passed),
        confirmed_by=second,
        next_round=after.next_round,
        left=after.left,
        ratify_by=_ratify_by(state, known, act),
    )


def _ratify_by(state: Incident, known: StepState, act: Act) -> str:
    within = ratification(known)
    if within is None or not missing(state, known, act.person):
        return ""
    return stamp(due_at(within, act.moment, 1, calendar(state.policy, state.facts)))


def choose(state: Incident, intent: intents.Decide, act: Act) -> Ruling:
    """Make a choice: one of the options, or another in words; always with the reason."""
    known = open_step(state, intent.step, act, already=intent.already)
    if isinstance(known, Refused):
        return known
    if known.step.kind != "decide":
        return Refused(
            f"'{title(known)}' is not a decision.",
            f"Record it with: crisisdesk done {state.label} {known.step.id}",
        )
    option = read_option(known, intent.option, intent.other)
    if isinstance(option, Refused):
        return option
    if not intent.because.strip():
        return Refused(
            "Why this choice?",
            'Add the reason: --because "…". You are judged on the reason, not the outcome.',
        )
    if intent.revisit and intent.revisit <= act.moment:
        return Refused("The time to look at it again has passed.", "Name a time that is still to come.")
    chosen = option.title if option else intent.other.strip()
    passed = [
        rule
        for rule in finish_passed(state, known, Finish(act.person, {}, chosen))
        if rule.name != "record missing"
    ]
    if passed and not intent.already:
        return passed[0].refusal
    beside = [rule.name for rule in passed] + _without_role(state, known, act)
    said = words(
        choice=chosen, because=intent.because.strip(), known=intent.known.strip(), unknown=intent.unknown.strip(),
        consulted=intent.consulted.strip(), dissent=intent.dissent.strip(),
    )  # fmt: skip
    return (Proposed(_decision_event(state, known, intent, act, option, beside), said),)


def _without_role(state: Incident, known: StepState, act: Act) -> list[str]:
    """Name it when somebody decides who holds none of the roles the step asks for: a deviation, never a refusal.

    Whoever stands in for the role that owns the step may decide for it.
    """
    owner_role = state.policy.roles.get(known.step.who)
    asked = (known.step.who, *known.step.approved_by, owner_role.stand_in if owner_role else "")
    return (
        []
        if any(same_name(state.holder(role), act.person) for role in asked)
        else ["decided without the role"]
    )


def _decision_event(
    state: Incident,
    known: StepState,
    intent: intents.Decide,
    act: Act,
    option: Option | None,
    beside: list[str],
) -> DecisionMade:
    revisit = intent.revisit
    if revisit is None and known.step.revisit is not None:
        revisit = due_at(known.step.revisit, act.moment, 1, calendar(state.policy, state.facts))
    after = following(state, known, act.moment)
    return DecisionMade(
        step=known.step.id,
        owner_role=known.step.who,
        owner=owner(state, known, "", act),
        option=option.title if option else "",
        revisit_at=stamp(revisit) if revisit else "",
        due=after.due,
        deviation=", ".join(beside),
        next_round=after.next_round,
        left=after.left,
        reverses=known.decided,
    )


def read_option(known: StepState, typed: str, other: str) -> Option | Refused | None:
    """Return the option chosen (by title, or a unique beginning of it), or None for another in words."""
    if other.strip():
        if typed.strip():
            return Refused(
                "One choice or another: an option and --other are both given.", "Leave one of them out."
            )
        return None
    options = known.step.options
    titles = "; ".join(option.title for option in options)
    wanted = typed.strip().casefold()
    if not wanted:
        return Refused("What was chosen?", f'Options are: {titles}. Or say another: --other "…"')
    exact = [option for option in options if same_name(option.title, wanted)]
    matches = exact or [option for option in options if option.title.casefold().startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    return Refused(
        f"'{typed}' is not one of the options.", f'Options are: {titles}. Or say another: --other "…"'
    )
