"""What each command asks in its form, and the intent that the answers become."""

from collections.abc import Callable
from datetime import datetime

from crisisdesk.desk import Case
from crisisdesk.domain import intents
from crisisdesk.domain.approvals import approvers, missing, ratification, says_a_statement, words_out
from crisisdesk.domain.clocks import ClockView, anchor_of
from crisisdesk.domain.decide.rules import order_passed
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.runbook import required, zone
from crisisdesk.domain.severity import FIGURES, IF_UNSURE, advised, next_update
from crisisdesk.domain.times import NotATime, Toward, clock, full, instant, read_time
from crisisdesk.ui.fields import Choice, Field, Values, records
from crisisdesk.ui.subject import Subject

OTHER = "another"
"""The answer of a choice that is none of the options."""


class Unreadable(Exception):  # noqa: N818 - a sentence on its way to the form
    """Something typed cannot be read; the sentence says how to write it."""


def case_of(subject: Subject) -> Case:
    """Return the incident; commands of incident screens always have one."""
    if subject.case is None:
        raise Unreadable("No incident is open here.")
    return subject.case


def step_of(subject: Subject) -> StepState:
    """Return the selected step."""
    if subject.step is None:
        raise Unreadable("No step is selected.")
    return subject.step


def moment(subject: Subject, typed: str, toward: Toward) -> datetime | None:
    """Read a time as typed in the incident's zone; None when nothing was typed."""
    if not typed.strip():
        return None
    found = read_time(typed, subject.now, zone(case_of(subject).state.policy), toward)
    if isinstance(found, NotATime):
        raise Unreadable(found.sentence)
    return found


def when_fields() -> list[Field]:
    """Return what every record of something past may say: when, and why late."""
    return [
        Field("occurred", "When it happened, if not now (21:38, 5 minutes ago)"),
        Field("late_because", "Written more than five minutes late? Why"),
    ]


def roles(subject: Subject) -> tuple[Choice, ...]:
    """Return the policy's roles as choices, each with who holds it."""
    state = case_of(subject).state
    return tuple(
        Choice(role.id, f"{role.title}: {state.holder(role.id) or 'nobody'}")
        for role in state.policy.roles.values()
    )


def needs_step(subject: Subject) -> str:
    """Say that no step is selected, or nothing."""
    return "" if subject.step else "No step is selected."


def open_step(subject: Subject) -> str:
    """Say why the selected step is not still to do, or nothing."""
    if subject.step is None:
        return "No step is selected."
    if subject.step.settled:
        return f"This step is {subject.step.progress} already; open it again with o."
    return ""


def settled_step(subject: Subject) -> str:
    """Say why the selected step is not settled, or nothing."""
    return needs_step(subject) or ("" if step_of(subject).settled else "This step is open.")


def passing(subject: Subject) -> list[Field]:
    """Ask for the reason where recording this step passes over a rule: it is kept as a deviation."""
    state, known = case_of(subject).state, step_of(subject)
    waits = [rule.name for rule in order_passed(state, known)]
    if known.step.kind == "capture" and not known.evidence:
        waits.append("nothing is attached to this step yet, a attaches")
    roles: tuple[str, ...] = ()
    if says_a_statement(known):
        waits += (
            []
            if words_out(state, known)
            else ["its words are not approved and out yet, D opens the statements"]
        )
    elif roles := missing(state, known):
        waits.append(f"not approved yet by {' and '.join(roles)}; A on the runbook")
    if not waits or (roles and ratification(known) is not None and len(waits) == 1):
        return []
    first = "; ".join(waits)
    label = f"{first[:1].upper()}{first[1:]}. If it has happened all the same, say why (kept as a deviation)"
    return [Field("because", label)]


def confirming(known: StepState) -> list[Field]:
    """Ask for the second person where a step counts only when somebody else has looked."""
    if not known.step.confirmed_by:
        return []
    role = known.step.confirmed_by
    fields = [Field("confirmed_by", f"Confirmed by ({role}): the name of who looked")]
    if known.step.read_back:
        fields.append(Field("read_back", f"What they read back: {known.step.read_back}"))
    return fields


def done_fields(subject: Subject) -> list[Field]:
    """Return what a step asks to record, or for a decision its options."""
    known = step_of(subject)
    if known.step.kind == "decide":
        return decide_fields(known) + _already(subject) + when_fields()
    asked = known.step.record or required(known)
    fields = [
        Field(f"record: {wanted.name}", f"{wanted.name} ({wanted.kind})", required=wanted in required(known))
        for wanted in asked
    ]
    return fields + confirming(known) + passing(subject) + [Field("note", "Note")] + when_fields()


def _already(subject: Subject) -> list[Field]:
    """Offer to log a decision that was made past a rule; its own reason is asked for anyway."""
    choices = (Choice("no", "No"), Choice("yes", "Yes: kept as a deviation"))
    return [
        Field(
            "already",
            f"{one.label.split('. If ')[0]}. Was it decided all the same?",
            "choice",
            value="no",
            choices=choices,
        )
        for one in passing(subject)
    ]


def decide_fields(known: StepState) -> list[Field]:
    """Return what a decision asks: the choice, the reason, what is not known."""
    options = tuple(Choice(option.title, option.title, option.consequence) for option in known.step.options)
    return [
        Field(
            "option",
            "The choice",
            "choice",
            required=True,
            choices=(*options, Choice(OTHER, "Another, in words below")),
        ),
        Field("other", "Another choice"),
        Field("because", "Why", required=True),
        Field("known", "What is known now"),
        Field("unknown", "What is not known now"),
        Field("consulted", "Who was asked"),
        Field("dissent", "Who sees it otherwise, and why"),
        Field("revisit", "Look at it again at (23:30, in 2 hours)"),
    ]


def done_intent(subject: Subject, values: Values) -> Intent:
    """Return the intent that completes a step: a decision decides."""
    known = step_of(subject)
    because = values.get("because", "")
    if known.step.kind == "decide":
        again = moment(subject, values["revisit"], "future")
        option = "" if values["option"] == OTHER else values["option"]
        other = "" if option else values["other"]
        already = values.get("already") == "yes"
        return intents.Decide(
            known.step.id, option, other, because, values["unknown"], again, already, values["known"], values["consulted"], values["dissent"]
        )  # fmt: skip
    return intents.CompleteStep(
        known.step.id, records(values), values["note"], already=bool(because), because=because,
        confirmed_by=values.get("confirmed_by", ""), read_back=values.get("read_back", ""),
    )  # fmt: skip


def relayed() -> list[Field]:
    """Ask whose word it is: at night a role is often on the phone, and not at a keyboard."""
    return [
        Field("for_whom", "Whose word is it, if not yours (the name)"),
        Field("by", "How it reached you (phone, in person)", value="phone"),
    ]


def approve_fields(subject: Subject) -> list[Field]:
    """Ask what is approved, for a decision which option, and by whom."""
    known = step_of(subject)
    options = tuple(Choice(option.title, option.title, option.consequence) for option in known.step.options)
    chosen = (
        [Field("option", "Approved is", "choice", required=True, value=known.option, choices=options)]
        if options
        else []
    )
    return [*chosen, *relayed(), Field("because", "Remark")]


def approve_intent(subject: Subject, values: Values) -> Intent:
    """Return the approval of the selected step."""
    return intents.ApproveStep(step_id(subject), values.get("option", ""), because=values["because"])


def can_be_approved(subject: Subject) -> str:
    """Say why there is nothing to approve, or nothing."""
    if subject.step and says_a_statement(subject.step):
        return "Its exact words are approved: D opens the statements, A there approves."
    if subject.step is None:
        return "No step is selected."
    return "" if approvers(case_of(subject).state, subject.step) else "This step needs no approval."


def clock_of(subject: Subject) -> ClockView:
    """Return the selected clock."""
    if subject.clock is None:
        raise Unreadable("No clock is selected.")
    return subject.clock


def needs_clock(*standings: str) -> Callable[[Subject], str]:
    """Return what says why the selected clock cannot be acted on, unless it stands in one of these ways."""

    def why_not(subject: Subject) -> str:
        if subject.clock is None:
            return "No clock is asked for, and none runs."
        return "" if subject.clock.standing in standings else f"This clock is {subject.clock.standing}."

    return why_not


def clock_start_fields(subject: Subject) -> list[Field]:
    """Ask from when the clock counts, in the law's own words."""
    view, case = clock_of(subject), case_of(subject)
    known = anchor_of(case.state, view.clock)
    at = full(instant(known), zone(case.state.policy))[:16] if known else ""
    label = f"Counted from {view.clock.counted_from or 'when'}: {' '.join(view.clock.anchor_text.split())}"
    return [Field("at", label, required=True, value=at), *relayed(), Field("because", "Remark")]


def clock_start_intent(subject: Subject, values: Values) -> Intent:
    """Return the start of the selected clock."""
    return intents.StartClock(
        clock_of(subject).clock.id, moment(subject, values["at"], "past"), values["because"]
    )


def figure_fields(_: Subject) -> list[Field]:
    """Ask for one figure and where it was read."""
    choices = tuple(Choice(name, about.capitalize()) for name, about in FIGURES.items())
    return [
        Field("figure", "Which figure", "choice", value="mentions", choices=choices),
        Field("value", "The number", required=True),
        Field("source", "Where you read it"),
    ]


def reason(label: str = "Why", *, required_: bool = True) -> Callable[[Subject], list[Field]]:
    """Return a form that asks for a reason only."""
    return lambda _: [Field("because", label, required=required_)]


def severity_fields(subject: Subject) -> list[Field]:
    """Return the levels, the recommended one first in mind."""
    state = case_of(subject).state
    speaks = advised(state)
    choices = tuple(
        Choice(
            level.id,
            f"{level.id} {level.title}" + (" (recommended)" if level.id == speaks.level else ""),
            level.choose_when,
        )
        for level in state.policy.levels.values()
    )
    return [
        Field(
            "level",
            f"Recommended: {'; '.join(speaks.reasons)}. {IF_UNSURE}",
            "choice",
            value=speaks.level,
            choices=choices,
        ),
        Field("because", "Why, if not the recommended one"),
    ]


def audience() -> Field:
    """Ask to whom a promise or an update goes."""
    return Field(
        "audience",
        "To whom",
        "choice",
        value="public",
        choices=(Choice("public", "The public"), Choice("internal", "Inside")),
    )


def rhythm(subject: Subject) -> str:
    """Say when the level's rhythm wants the next update; nothing when it has none."""
    state = case_of(subject).state
    when = next_update(state, subject.now)
    return (
        f"; the rhythm of {state.severity} says {clock(when, zone(state.policy), subject.now)}"
        if when
        else ""
    )


def promise_intent(subject: Subject, values: Values) -> Intent:
    """Return the promise."""
    due = moment(subject, values["due"], "future")
    if due is None:
        raise Unreadable("By when? Write 22:30 or in 40 minutes.")
    return intents.PromiseUpdate(due, values["text"], values["audience"] == "internal")


def update_intent(subject: Subject, values: Values) -> Intent:
    """Return the update."""
    return intents.SendUpdate(
        values["text"], moment(subject, values["next"], "future"), values["audience"] == "internal"
    )


def correct_fields(subject: Subject) -> list[Field]:
    """Ask what is right instead."""
    text = subject.item.text if subject.item else ""
    return [
        Field("text", "What is right instead (leave as it is to correct only the time)", "text", value=text),
        Field("happened", "The right time, if the time is wrong"),
        Field("because", "Why it is corrected", required=True),
    ]


def correct_intent(subject: Subject, values: Values) -> Intent:
    """Return the correction of the selected entry."""
    item = subject.item
    if item is None:
        raise Unreadable("No entry is selected.")
    text = "" if values["text"] == item.text else values["text"]
    return intents.Correct(
        item.seq, None, text, happened=moment(subject, values["happened"], "past"), because=values["because"]
    )


def step_id(subject: Subject) -> str:
    """Return the id of the selected step."""
    return step_of(subject).step.id


def closed(subject: Subject) -> str:
    """Say that the incident is open, or nothing."""
    return "" if case_of(subject).state.status != "open" else "The incident is open."
