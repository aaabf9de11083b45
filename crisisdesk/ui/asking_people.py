"""What the commands about people and evidence ask: calls, roles handed over, a relayed word confirmed, what is attached."""

from crisisdesk.domain import intents
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.text import same_name
from crisisdesk.ui.asking import Unreadable, case_of, relayed, when_fields
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.subject import Subject


def tell_intent(subject: Subject, values: Values) -> Intent:
    """Return the telling, on the selected step when that is a telling."""
    step = (
        subject.step.step.id
        if subject.step and subject.step.step.kind == "tell" and not subject.step.settled
        else ""
    )
    return intents.Tell(values["who"], values["how"], values["reached"] == "yes", values["promised"], step)


def tell_fields(_: Subject) -> list[Field]:
    """Ask who was told, how, and whether they were reached."""
    reached = (Choice("yes", "Reached"), Choice("no", "Not reached"))
    return [
        Field("who", "Who", required=True),
        Field("how", "How", required=True, value="phone"),
        Field("reached", "Reached?", "choice", required=True, choices=reached),
        Field("promised", "What they were promised"),
        *when_fields(),
    ]


def attach_fields(subject: Subject) -> list[Field]:
    """Ask for a file or a link."""
    step = subject.step.step.id if subject.step else ""
    return [
        Field(
            "target",
            f"File (up to {case_of(subject).state.policy.largest_file / 1e6:.0f} MB), or link",
            required=True,
        ),
        Field("note", "What it shows"),
        Field("step", "To which step (empty: to the incident)", value=step),
        Field("original_author", "Who published the original"),
        Field("original_time", "The original's own time, as it is shown there"),
        Field("tool", "What it was captured with"),
        *when_fields(),
    ]


def attach_intent(_: Subject, values: Values) -> Intent:
    """Return the attachment; the screen reads the file."""
    return intents.Attach(
        link=values["target"], step=values["step"].strip(), note=values["note"], original_author=values["original_author"],
        original_time=values["original_time"], tool=values["tool"],
    )  # fmt: skip


def hand_over_fields(subject: Subject) -> list[Field]:
    """Ask which role passes to whom; the holder's own by default."""
    state = case_of(subject).state
    held = sorted(state.roles, key=lambda role: not same_name(state.holder(role), subject.person))
    choices = tuple(Choice(role, f"{state.policy.roles[role].title}: {state.holder(role)}") for role in held)
    mine = held[0] if held and same_name(state.holder(held[0]), subject.person) else ""
    return [
        Field("role", "Which role", "choice", required=True, choices=choices, value=mine),
        Field("person", "To whom; they accept it by name", required=True),
        Field("because", "Why"),
        *relayed(),
    ]


def accept_fields(subject: Subject) -> list[Field]:
    """Ask which offered role is accepted; it must be offered to whoever accepts."""
    state = case_of(subject).state
    offered = tuple(
        Choice(role, f"{state.policy.roles[role].title}, offered to {offer.to}")
        for role, offer in state.offers.items()
    )
    return [Field("role", "Which role", "choice", required=True, choices=offered), *relayed()]


def nothing_offered(subject: Subject) -> str:
    """Say that no role is being handed over, or nothing."""
    return "" if case_of(subject).state.offers else "No role is being handed over."


def nobody_holds(subject: Subject) -> str:
    """Say that nobody holds a role, or nothing."""
    return "" if case_of(subject).state.roles else "Nobody holds a role."


def not_relayed(subject: Subject) -> str:
    """Say that the selected entry was not relayed, or nothing."""
    if subject.item is None:
        return "No entry is selected."
    return "" if subject.item.on_behalf_of else "This entry was not relayed; its author wrote it."


def confirm_intent(subject: Subject, _: Values) -> Intent:
    """Return the confirmation of the selected entry."""
    if subject.item is None:
        raise Unreadable("No entry is selected.")
    return intents.ConfirmRelay(subject.item.seq)
