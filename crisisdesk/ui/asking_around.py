"""What the commands around the steps ask: the freeze, enquiries, silence, sensitivity."""

from crisisdesk.domain import intents
from crisisdesk.domain.decide.around import LEVELS
from crisisdesk.domain.intents import Intent
from crisisdesk.ui.asking import Unreadable, case_of, moment, when_fields
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.subject import Subject


def freeze_fields(_: Subject) -> list[Field]:
    """Ask which queue is paused, on which account, and how many posts wait."""
    return [
        Field("queue", "Which queue (scheduler, advertising, newsletter)", required=True),
        Field("account", "On which account", required=True),
        Field("held", "How many posts wait in it"),
        Field("may_post", "Who may still post there meanwhile"),
        Field("because", "Remark"),
        *when_fields(),
    ]


def freeze_intent(_: Subject, values: Values) -> Intent:
    """Return the freeze."""
    return intents.FreezeQueue(
        values["queue"], values["account"], values["held"], values["because"], values["may_post"]
    )


def release_fields(subject: Subject) -> list[Field]:
    """Ask which frozen queue is released, and what became of its posts."""
    frozen = case_of(subject).state.freeze
    queues = tuple(Choice(key, f"{one.queue} on {one.account}") for key, one in frozen.items())
    became = (Choice("restored", "Its posts are restored"), Choice("binned", "Its posts are binned"))
    return [
        Field("queue", "Which queue", "choice", required=True, choices=queues),
        Field("outcome", "What became of it", "choice", required=True, choices=became),
        Field("because", "Remark"),
    ]


def release_intent(subject: Subject, values: Values) -> Intent:
    """Return the release of the chosen queue."""
    frozen = case_of(subject).state.freeze.get(values["queue"])
    if frozen is None:
        raise Unreadable("That queue is not frozen any more.")
    return intents.ReleaseQueue(
        frozen.queue, frozen.account, values["outcome"] == "binned", values["because"]
    )


def enquiry_fields(_: Subject) -> list[Field]:
    """Ask who asks what, and by when."""
    return [
        Field("who", "Who asks", required=True),
        Field("outlet", "For whom"),
        Field("question", "What they ask", "text", required=True),
        Field("due", "By when (23:15, in 40 minutes)"),
    ]


def enquiry_intent(subject: Subject, values: Values) -> Intent:
    """Return the enquiry."""
    due = moment(subject, values["due"], "future")
    return intents.LogEnquiry(values["who"], values["question"], values["outlet"], due)


def answer_fields(subject: Subject) -> list[Field]:
    """Ask which enquiry was answered, with which line."""
    case = case_of(subject)
    open_ones = tuple(
        Choice(str(seq), f"#{seq} {said.get('who', '(words erased)')}: {said.get('question', '')}")
        for seq in case.state.enquiries
        for said in [case.words.get(seq, {})]
    )
    return [
        Field("seq", "Which enquiry", "choice", required=True, choices=open_ones),
        Field("line", "The line used", "text", required=True),
    ]


def answer_intent(_: Subject, values: Values) -> Intent:
    """Return the answer to the chosen enquiry."""
    return intents.AnswerEnquiry(int(values["seq"] or 0), values["line"])


def silence_fields(_: Subject) -> list[Field]:
    """Ask why nothing is said, and when to look again."""
    return [
        Field("because", "Why we say nothing for now", required=True),
        Field("revisit", "Look at it again at (23:30, in 2 hours)", required=True),
    ]


def silence_intent(subject: Subject, values: Values) -> Intent:
    """Return the chosen silence."""
    return intents.KeepSilent(values["because"], moment(subject, values["revisit"], "future"))


def sensitivity_fields(_: Subject) -> list[Field]:
    """Ask how closely the selected entry is kept, and why."""
    choices = tuple(Choice(level, level) for level in LEVELS[1:])
    why = Field("because", "Why", required=True)
    return [Field("level", "It holds", "choice", required=True, choices=choices), why]


def sensitivity_intent(subject: Subject, values: Values) -> Intent:
    """Return the raising of the selected entry."""
    if subject.item is None:
        raise Unreadable("No entry is selected.")
    return intents.RaiseSensitivity(subject.item.seq, values["level"], None, values["because"])


def nothing_frozen(subject: Subject) -> str:
    """Say that no queue is frozen, or nothing."""
    return "" if case_of(subject).state.freeze else "No queue is frozen."


def nobody_waits(subject: Subject) -> str:
    """Say that no enquiry is open, or nothing."""
    return "" if case_of(subject).state.enquiries else "No enquiry is open."
