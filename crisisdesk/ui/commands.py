"""The one registry of commands: key, words, what is asked, and the intent it becomes. Footer, palette and help read it."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from crisisdesk.desk import Case
from crisisdesk.domain import intents
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.runbook import required, state_of, title_of, why_not, zone
from crisisdesk.domain.severity import advised
from crisisdesk.domain.timeline import Item
from crisisdesk.domain.times import NotATime, Toward, read_time
from crisisdesk.ui.forms import Choice, Field, Values, records

RUNBOOK, TIMELINE, DESK, REVIEW = "runbook", "timeline", "desk", "review"
INCIDENT = (RUNBOOK, TIMELINE, REVIEW)
OTHER = "another"
"""The answer of a choice that is none of the options."""


class Subject(NamedTuple):
    """What a command is about: the incident, the step and the entry that are selected, who acts, and the time."""

    case: Case | None
    step: StepState | None
    item: Item | None
    person: str
    now: datetime


class Unreadable(Exception):  # noqa: N818 - a sentence on its way to the form
    """Something typed cannot be read; the sentence says how to write it."""


class Command(NamedTuple):
    """One thing a person can do. Without ``intent`` it only goes somewhere: ``go`` names the app's action."""

    id: str
    key: str
    title: str
    help: str
    screens: tuple[str, ...]
    fields: Callable[[Subject], list[Field]] | None = None
    intent: Callable[[Subject, Values], Intent] | None = None
    go: str = ""
    why_not: Callable[[Subject], str] = lambda _: ""
    hint: bool = False
    """Shown in the line of keys."""


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


def _roles(subject: Subject) -> tuple[Choice, ...]:
    state = case_of(subject).state
    return tuple(
        Choice(role.id, f"{role.title}: {state.holder(role.id) or 'nobody'}")
        for role in state.policy.roles.values()
    )


def _needs_step(subject: Subject) -> str:
    return "" if subject.step else "No step is selected."


def _open_step(subject: Subject) -> str:
    if subject.step is None:
        return "No step is selected."
    if subject.step.settled:
        return f"This step is {subject.step.progress} already; open it again with o."
    return ""


def _settled_step(subject: Subject) -> str:
    return _needs_step(subject) or ("" if step_of(subject).settled else "This step is open.")


def _passing(subject: Subject) -> list[Field]:
    """Ask for the reason where recording this step passes over a rule."""
    state, known = case_of(subject).state, step_of(subject)
    stands = state_of(state, known)
    if stands not in ("waiting", "not applicable") and state.status != "closed":
        return []
    return [
        Field(
            "because",
            f"This step is {stands}. If it has happened all the same, say why (kept as a deviation)",
            required=True,
        )
    ]


def done_fields(subject: Subject) -> list[Field]:
    """Return what a step asks to record, or for a decision its options."""
    known = step_of(subject)
    if known.step.kind == "decide":
        return _decide_fields(known) + when_fields()
    asked = known.step.record or required(known)
    fields = [
        Field(f"record: {wanted.name}", f"{wanted.name} ({wanted.kind})", required=wanted in required(known))
        for wanted in asked
    ]
    return fields + _passing(subject) + [Field("note", "Note")] + when_fields()


def _decide_fields(known: StepState) -> list[Field]:
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
        Field("unknown", "What is not known now"),
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
        return intents.Decide(known.step.id, option, other, because, values["unknown"], again)
    return intents.CompleteStep(
        known.step.id, records(values), values["note"], already=bool(because), because=because
    )


def _reason(label: str = "Why", *, required_: bool = True) -> Callable[[Subject], list[Field]]:
    return lambda _: [Field("because", label, required=required_)]


def _fact_fields(subject: Subject) -> list[Field]:
    state = case_of(subject).state
    choices = tuple(
        Choice(name, f"{question.ask}  {_said(state.facts.get(name, 'unknown'))}")
        for name, question in state.questions.items()
    )
    return [
        Field("fact", "Which fact", "choice", choices=choices),
        Field("value", "Answer: yes, no, unknown, or names", required=True),
    ]


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _severity_fields(subject: Subject) -> list[Field]:
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
            f"Recommended: {'; '.join(speaks.reasons)}. If unsure, the higher",
            "choice",
            value=speaks.level,
            choices=choices,
        ),
        Field("because", "Why, if not the recommended one"),
    ]


def _tell_intent(subject: Subject, values: Values) -> Intent:
    step = (
        subject.step.step.id
        if subject.step and subject.step.step.kind == "tell" and not subject.step.settled
        else ""
    )
    return intents.Tell(values["who"], values["how"], values["reached"] == "yes", values["promised"], step)


def _tell_fields(_: Subject) -> list[Field]:
    reached = (Choice("yes", "Reached"), Choice("no", "Not reached"))
    return [
        Field("who", "Who", required=True),
        Field("how", "How", required=True, value="phone"),
        Field("reached", "Reached?", "choice", value="yes", choices=reached),
        Field("promised", "What they were promised"),
        *when_fields(),
    ]


def _attach_fields(subject: Subject) -> list[Field]:
    step = subject.step.step.id if subject.step else ""
    return [
        Field("target", "File, or link", required=True),
        Field("note", "What it shows"),
        Field("step", "To which step (empty: to the incident)", value=step),
    ]


def _attach_intent(_: Subject, values: Values) -> Intent:
    return intents.Attach(link=values["target"], step=values["step"].strip(), note=values["note"])


def _audience() -> Field:
    return Field(
        "audience",
        "To whom",
        "choice",
        value="public",
        choices=(Choice("public", "The public"), Choice("internal", "Inside")),
    )


def _promise_intent(subject: Subject, values: Values) -> Intent:
    due = moment(subject, values["due"], "future")
    if due is None:
        raise Unreadable("By when? Write 22:30 or in 40 minutes.")
    return intents.PromiseUpdate(due, values["text"], values["audience"] == "internal")


def _update_intent(subject: Subject, values: Values) -> Intent:
    return intents.SendUpdate(
        values["text"], moment(subject, values["next"], "future"), values["audience"] == "internal"
    )


def _correct_fields(subject: Subject) -> list[Field]:
    text = subject.item.text if subject.item else ""
    return [
        Field("text", "What is right instead (leave as it is to correct only the time)", "text", value=text),
        Field("happened", "The right time, if the time is wrong"),
        Field("because", "Why it is corrected", required=True),
    ]


def _correct_intent(subject: Subject, values: Values) -> Intent:
    item = subject.item
    if item is None:
        raise Unreadable("No entry is selected.")
    text = "" if values["text"] == item.text else values["text"]
    return intents.Correct(
        item.seq, None, text, happened=moment(subject, values["happened"], "past"), because=values["because"]
    )


def _step_id(subject: Subject) -> str:
    return step_of(subject).step.id


def _closed(subject: Subject) -> str:
    return "" if case_of(subject).state.status != "open" else "The incident is open."


COMMANDS: tuple[Command, ...] = (
    Command("declare", "n", "Declare", "Declare an incident: one line, what happened.", (DESK,), go="declare", hint=True),
    Command("open", "enter", "Open", "Open the incident.", (DESK,), go="open", hint=True),
    Command("done", "d", "Done", "Record that the step is done; a decision is made here.", (RUNBOOK,), done_fields, done_intent,
            why_not=_open_step, hint=True),
    Command("note", "n", "Note", "Log something observed or said.", INCIDENT,
            lambda _: [Field("text", "What was seen or said", "text", required=True), Field("source", "Where it comes from"), *when_fields()],
            lambda _, v: intents.LogNote(v["text"], v["source"]), hint=True),
    Command("start", "s", "Start", "Begin the step.", (RUNBOOK,), lambda _: [],
            lambda s, _: intents.StartStep(_step_id(s)), why_not=_open_step, hint=True),
    Command("timeline", "t", "Timeline", "Everything, in the order it happened.", (RUNBOOK, REVIEW), go="timeline", hint=True),
    Command("review", "w", "Review", "What happened, against what was planned.", (RUNBOOK, TIMELINE), go="review", hint=True),
    Command("tell", "c", "Call", "Log a call or a message to somebody, reached or not.", INCIDENT, _tell_fields, _tell_intent, hint=True),
    Command("facts", "f", "Facts", "Answer or change a fact.", (RUNBOOK,), go="facts", hint=True),
    Command("severity", "v", "Level", "Confirm or change the severity.", (RUNBOOK,), _severity_fields,
            lambda _, v: intents.SetSeverity(v["level"], v["because"]), hint=True),
    Command("role", "r", "Role", "Take a role, or give it to somebody.", (RUNBOOK,),
            lambda s: [Field("role", "Role", "choice", required=True, choices=_roles(s)), Field("person", "Who (empty: you)"), Field("because", "Why, if somebody holds it")],
            lambda _, v: intents.TakeRole(v["role"], v["person"], v["because"]), hint=True),
    Command("release", "y", "Release role", "Give up a role; the gap shows.", (RUNBOOK,),
            lambda s: [Field("role", "Role", "choice", required=True, choices=_roles(s)), Field("because", "Why")],
            lambda _, v: intents.ReleaseRole(v["role"], v["because"])),
    Command("attach", "a", "Attach", "Attach a file or a link as evidence.", INCIDENT, _attach_fields, _attach_intent, hint=True),
    Command("promise", "p", "Promise", "Promise more by a time.", (RUNBOOK,),
            lambda _: [Field("due", "By when (22:30, in 40 minutes)", required=True), Field("text", "What was promised", required=True), _audience()],
            _promise_intent),
    Command("update", "u", "Update", "Log an update that went out.", (RUNBOOK,),
            lambda _: [Field("text", "What it said", "text", required=True), Field("next", "Next one by (empty: none promised)"), _audience()],
            _update_intent),
    Command("skip", "x", "Skip", "Leave the step out, with the reason.", (RUNBOOK,), _reason(),
            lambda s, v: intents.SkipStep(_step_id(s), v["because"]), why_not=_open_step),
    Command("block", "b", "Block", "Say what keeps the step from going on.", (RUNBOOK,), _reason("What blocks it"),
            lambda s, v: intents.BlockStep(_step_id(s), v["because"]), why_not=_open_step),
    Command("unblock", "h", "Unblock", "Say that the step can go on.", (RUNBOOK,), _reason("What changed", required_=False),
            lambda s, v: intents.UnblockStep(_step_id(s), v["because"]),
            why_not=lambda s: "" if s.step and s.step.progress == "blocked" else "This step is not blocked."),
    Command("reopen-step", "o", "Open again", "Open a done or skipped step again, with the reason.", (RUNBOOK,), _reason(),
            lambda s, v: intents.ReopenStep(_step_id(s), v["because"]), why_not=_settled_step),
    Command("assign", "g", "Give to", "Make a person the owner of the step.", (RUNBOOK,),
            lambda _: [Field("person", "Who owns it", required=True), Field("because", "Why")],
            lambda s, v: intents.AssignStep(_step_id(s), v["person"], v["because"]), why_not=_open_step),
    Command("add-step", "m", "More: a step", "Add a step that no playbook foresaw.", (RUNBOOK,),
            lambda s: [Field("title", "What to do", required=True), Field("who", "Role that owns it", "choice", required=True, choices=_roles(s)),
                       Field("within", "By when, from now (30 minutes)")],
            lambda _, v: intents.AddStep(v["title"], v["who"], v["within"])),
    Command("correct", "e", "Correct", "Correct the selected entry by a new one.", (TIMELINE,), _correct_fields, _correct_intent,
            why_not=lambda s: "" if s.item else "No entry is selected.", hint=True),
    Command("stand-down", "k", "Stand down", "End the acute part, with the reason.", (RUNBOOK,), _reason("Why it can stand down"),
            lambda _, v: intents.StandDown(v["because"])),
    Command("close", "z", "Close", "Close the incident.", (RUNBOOK,), _reason("Why, if anything is left open", required_=False),
            lambda _, v: intents.Close(v["because"])),
    Command("reopen", "j", "Reopen incident", "Open a closed incident again.", (RUNBOOK,), _reason(),
            lambda _, v: intents.Reopen(v["because"]), why_not=_closed),
    Command("hidden", "l", "Left out", "Steps that do not apply now, and why.", (RUNBOOK,), go="hidden"),
    Command("export", "i", "Write file", "Write the summary to a file.", (REVIEW,), go="export", hint=True),
    Command("back", "escape", "Back", "Go back.", INCIDENT, go="back", hint=True),
    Command("help", "question_mark", "Help", "The keys of this screen.", (DESK, *INCIDENT), go="help", hint=True),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}


def of_screen(screen: str) -> list[Command]:
    """Return the commands of a screen, in the order of the registry."""
    return [command for command in COMMANDS if screen in command.screens]


def heading(subject: Subject, command: Command) -> str:
    """Return a form's title: the command, and what it is about."""
    if (
        subject.step is not None
        and command.screens == (RUNBOOK,)
        and command.why_not is not Command._field_defaults["why_not"]
    ):
        return f"{command.title}: {title_of(subject.step, case_of(subject).words)}"
    return command.help


def hidden_reasons(case: Case) -> list[tuple[str, str]]:
    """Return the steps that do not apply now, each with the fact that keeps it away."""
    return [
        (title_of(known, case.words), why_not(case.state, known))
        for known in case.state.steps.values()
        if not known.applies and not known.settled
    ]
