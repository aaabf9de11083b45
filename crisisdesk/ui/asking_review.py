"""What the commands of the review ask: key moments, findings, ratings, follow-ups, the opening paragraph, the signature."""

from datetime import datetime

from crisisdesk.desk.files import hash_of_file
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.review import FINDINGS, RATINGS, STANDINGS, as_typed, by_day, entry_numbers
from crisisdesk.ui.asking import Unreadable, case_of, moment
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.subject import Subject

DAY = "2026-12-01, or with a time"
"""How a day is written, for whoever is asked for one."""


def numbers(typed: str) -> tuple[int, ...]:
    """Read the numbers of entries as typed."""
    found = entry_numbers(typed)
    if found is None:
        raise Unreadable(f"'{typed}' are not numbers of entries. Write them as 12, 17.")
    return found


def _about(subject: Subject) -> Field:
    """Ask which entries it rests on; the selected one is offered."""
    seq = str(subject.item.seq) if subject.item else ""
    return Field("about", "Entries it rests on (12, 17)", value=seq)


def moment_intent(subject: Subject, _: Values) -> Intent:
    """Choose the selected entry as a key moment, or choose it no longer."""
    if subject.item is None:
        raise Unreadable("No entry is selected.")
    return intents.MarkMoment(subject.item.seq, subject.item.seq not in case_of(subject).state.review.moments)


def no_entry(subject: Subject) -> str:
    """Say that no entry is selected, or nothing."""
    return "" if subject.item else "No entry is selected; choose one in the timeline (t)."


def finding_fields(subject: Subject) -> list[Field]:
    """Ask for a finding: its sort, the words, and what it rests on."""
    sorts = tuple(Choice(sort, heading) for sort, heading in FINDINGS.items())
    return [
        Field("sort", "Which sort", "choice", required=True, choices=sorts),
        Field("text", "What was found. Conditions and what happened, never who is to blame", "text", required=True),
        _about(subject),
    ]  # fmt: skip


def finding_intent(_: Subject, values: Values) -> Intent:
    """Return the finding."""
    return intents.WriteFinding(values["sort"], values["text"], numbers(values["about"]))


def no_finding(subject: Subject) -> str:
    """Say that no finding is selected, or nothing."""
    from crisisdesk.domain.summary import Finding

    return "" if isinstance(subject.part, Finding) else "No finding is selected."


def withdraw_intent(subject: Subject, values: Values) -> Intent:
    """Return the withdrawal of the selected finding."""
    return intents.WithdrawFinding(subject.part.seq if subject.part else 0, values["because"])


def rate_fields(subject: Subject) -> list[Field]:
    """Ask which phase's goal, and how it was met."""
    phases = tuple(Choice(one.id, one.title, one.goal) for one in case_of(subject).state.phases)
    ratings = tuple(Choice(letter, f"{letter}: {meaning}") for letter, meaning in RATINGS.items())
    return [
        Field("phase", "Which objective", "choice", required=True, choices=phases),
        Field("rating", "How it was met", "choice", required=True, choices=ratings),
        Field("because", "Because (needed for M and U)"),
    ]


def rate_intent(_: Subject, values: Values) -> Intent:
    """Return the rating."""
    return intents.RateObjective(values["phase"], values["rating"], values["because"])


def follow_up_fields(subject: Subject) -> list[Field]:
    """Ask for a follow-up: without an owner and a day nobody does it."""
    return [
        Field("text", "What is to be done", required=True),
        Field("owner", "Who sees to it (one name)", required=True),
        Field("due", f"By when ({DAY})", required=True),
        Field("verification", "How one will see that it helped"),
        Field("start", "From when"),
        _about(subject),
    ]


def follow_up_intent(subject: Subject, values: Values) -> Intent:
    """Return the follow-up."""
    return intents.AddFollowUp(
        values["text"], values["owner"], _day(subject, values["due"]), _day(subject, values["start"]), values["verification"],
        numbers(values["about"]),
    )  # fmt: skip


def _day(subject: Subject, typed: str) -> datetime | None:
    return moment(subject, by_day(typed), "future")


def no_follow_up(subject: Subject) -> str:
    """Say that no follow-up is selected, or nothing."""
    from crisisdesk.domain.summary import FollowUp

    return "" if isinstance(subject.part, FollowUp) else "No follow-up is selected."


def change_fields(subject: Subject) -> list[Field]:
    """Ask how the selected follow-up stands, and whether owner or day change."""
    from crisisdesk.domain.summary import FollowUp

    known = subject.part
    standing = known.standing if isinstance(known, FollowUp) else "open"
    choices = tuple(Choice(one, _STANDS[one]) for one in STANDINGS)
    return [
        Field("standing", "How it stands", "choice", required=True, value=standing, choices=choices),
        Field("because", "Why (needed to drop it or put it off)"),
        Field("owner", "Another owner"),
        Field("due", f"Another day ({DAY})"),
    ]


_STANDS = {
    "open": "Still to be done",
    "done": "Done",
    "verified": "Verified: somebody saw that it helped",
    "dropped": "Dropped: it is not done after all",
}


def change_intent(subject: Subject, values: Values) -> Intent:
    """Return what became of the selected follow-up."""
    seq = subject.part.seq if subject.part else 0
    return intents.ChangeFollowUp(
        seq, values["standing"], values["owner"], _day(subject, values["due"]), values["because"]
    )


def paragraph_fields(subject: Subject) -> list[Field]:
    """Ask for the opening paragraph; what it says now is the beginning, each sentence with the entries it rests on."""
    said = as_typed(subject.summary.paragraph) if subject.summary else ""
    label = "How the summary opens: a sentence a line, its entries behind it (#12, #17). Empty: put together from entries"
    return [Field("text", label, "text", value=said)]


def paragraph_intent(subject: Subject, values: Values) -> Intent:
    """Return the paragraph; unchanged words that were put together from entries need no entry."""
    now = paragraph_fields(subject)[0].value
    if subject.summary and not subject.summary.paragraph_by and values["text"].strip() == now.strip():
        raise Unreadable("It opens so already, put together from entries.")
    return intents.WriteParagraph(values["text"])


def not_closed(subject: Subject) -> str:
    """Say why nothing can be signed yet, or nothing."""
    if case_of(subject).state.status == "closed":
        return ""
    return "It is not closed; a summary of it is interim. Close it first, with z in the runbook."


def sign_fields(subject: Subject) -> list[Field]:
    """Ask which document is signed, and in which role."""
    role = case_of(subject).state.policy.roles.get(subject.usual_role)
    return [
        Field("file", "The document you wrote with i, and read", required=True),
        Field("role", "In which role you sign", required=True, value=role.title if role else ""),
    ]


def sign_intent(_: Subject, values: Values) -> Intent:
    """Return the signature of a document, by its bytes."""
    from pathlib import Path

    found = hash_of_file(values["file"])
    if isinstance(found, Refused):
        raise Unreadable(f"{found.sentence} {found.remedy}")
    return intents.SignSummary(found, values["role"], Path(values["file"].strip()).name)


def export_fields(subject: Subject) -> list[Field]:
    """Ask which file, for whom, and what to do where it is there already."""
    from crisisdesk.domain.audience import audiences

    state = case_of(subject).state
    readers = tuple(Choice(one.id, one.title.capitalize()) for one in audiences(state.policy).values())
    choices = (Choice("no", "Leave it"), Choice("yes", "Replace it"))
    return [
        Field("to", "File; its ending says which kind: .docx .pdf .html .md .xlsx .json .csv .ics …", required=True, value=f"{state.label}.docx"),
        Field("audience", "Who reads it", "choice", value=readers[0].value, choices=readers),
        Field("force", "If it is there already", "choice", value="no", choices=choices),
    ]  # fmt: skip
