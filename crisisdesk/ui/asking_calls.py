"""What the call list asks: the telling of the selected person."""

from crisisdesk.domain import intents
from crisisdesk.domain.intents import Intent
from crisisdesk.ui.asking_people import tell_fields
from crisisdesk.ui.fields import Field, Values
from crisisdesk.ui.subject import Subject


def tell_next_fields(subject: Subject) -> list[Field]:
    """Ask what a telling asks, with the person who is next filled in; nobody is reached by accident."""
    who = subject.call.next if subject.call else ""
    given = {"who": who, "reached": ""}
    return [
        field._replace(
            value=given.get(field.name, field.value), required=field.required or field.name == "reached"
        )
        for field in tell_fields(subject)
    ]


def tell_next_intent(subject: Subject, values: Values) -> Intent:
    """Return the telling, on the selected step when the call is a step's."""
    call = subject.call
    step = call.id if call and call.kind == "step" else ""
    return intents.Tell(values["who"], values["how"], values["reached"] == "yes", values["promised"], step)


def nobody_to_call(subject: Subject) -> str:
    """Say that nobody is left to call, or nothing."""
    return "" if subject.call else "Nobody is left to call."
