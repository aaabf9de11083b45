"""The review: key moments, findings, ratings, follow-ups, the opening paragraph, the signature."""

from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import (
    FindingWithdrawn,
    FindingWritten,
    FollowUpAdded,
    FollowUpChanged,
    KeyMomentMarked,
    ObjectiveRated,
    ParagraphWritten,
    SummarySigned,
)
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act
from crisisdesk.domain.intents.review import (
    AddFollowUp,
    ChangeFollowUp,
    MarkMoment,
    RateObjective,
    SignSummary,
    WithdrawFinding,
    WriteFinding,
    WriteParagraph,
)
from crisisdesk.domain.review import FINDINGS, RATINGS, STANDINGS, as_written
from crisisdesk.domain.text import storable
from crisisdesk.domain.times import stamp


def mark(state: Incident, intent: MarkMoment, _: Act) -> Ruling:
    """Choose an entry as a key moment, or no longer."""
    if refusal := _no_such(state, (intent.entry,)):
        return refusal
    if intent.marked == (intent.entry in state.review.moments):
        so = "a key moment already" if intent.marked else "not a key moment"
        return Refused(f"#{intent.entry} is {so}.")
    return (Proposed(KeyMomentMarked(intent.entry, intent.marked)),)


def find(state: Incident, intent: WriteFinding, _: Act) -> Ruling:
    """Write a finding; it names conditions and what happened, and the entries that show it."""
    if intent.sort not in FINDINGS:
        return Refused(
            f"There is no sort of finding '{intent.sort}'.", f"Write one of: {', '.join(FINDINGS)}."
        )
    if not intent.text.strip():
        return Refused("What was found?", "Write it in a sentence or two.")
    if refusal := _no_such(state, intent.about):
        return refusal
    return (Proposed(FindingWritten(intent.sort, intent.about), words(text=intent.text)),)


def withdraw(state: Incident, intent: WithdrawFinding, _: Act) -> Ruling:
    """Say that a finding no longer stands; it stays in the log."""
    if intent.finding not in state.review.findings:
        known = ", ".join(f"#{seq}" for seq in state.review.findings)
        return Refused(
            f"#{intent.finding} is not a finding that stands.",
            f"Standing are: {known}." if known else "No finding is written yet.",
        )
    if not intent.because.strip():
        return Refused(f"Why does #{intent.finding} no longer stand?", 'Add the reason: --because "…"')
    return (Proposed(FindingWithdrawn(intent.finding), words(because=intent.because.strip())),)


def rate(state: Incident, intent: RateObjective, _: Act) -> Ruling:
    """Rate how a phase's goal was met; what had major challenges or could not be done says why."""
    phases = [phase.id for phase in state.phases]
    rating = intent.rating.strip().upper()
    if intent.phase not in phases:
        return Refused(f"There is no phase '{intent.phase}'.", f"Phases are: {', '.join(phases)}.")
    if rating not in RATINGS:
        told = "; ".join(f"{letter}: {meaning}" for letter, meaning in RATINGS.items())
        return Refused(f"There is no rating '{intent.rating}'.", f"Write one of {told}.")
    if rating in "MU" and not intent.because.strip():
        return Refused(f"Why {rating}, {RATINGS[rating]}?", 'Add the reason: --because "…"')
    return (Proposed(ObjectiveRated(intent.phase, rating), words(because=intent.because.strip())),)


def add_follow_up(state: Incident, intent: AddFollowUp, act: Act) -> Ruling:
    """Ask for something to be done; without an owner and a date nobody does it."""
    if not intent.text.strip():
        return Refused("What is to be done?", "Write it in one line.")
    if not intent.owner.strip():
        return Refused("Who sees to it?", "Name one person: --owner NAME")
    if intent.due is None:
        return Refused("By when?", "Add a date: --due 2026-12-01")
    if intent.start and intent.start > intent.due:
        return Refused("It would be due before it begins.", "Change one of the two dates.")
    if intent.due < act.now:
        return Refused("That day has passed already.", "Name a day to come.")
    if refusal := _no_such(state, intent.about):
        return refusal
    event = FollowUpAdded(
        intent.owner.strip(), stamp(intent.due), stamp(intent.start) if intent.start else "", intent.about
    )
    said = words(text=intent.text.strip(), verification=intent.verification.strip())
    return (Proposed(event, said),)


def change_follow_up(state: Incident, intent: ChangeFollowUp, _: Act) -> Ruling:
    """Say how a follow-up stands now; one that is dropped or put off says why."""
    known = state.review.follow_ups.get(intent.follow_up)
    if known is None:
        numbers = ", ".join(f"#{seq}" for seq in state.review.follow_ups)
        return Refused(
            f"#{intent.follow_up} is not a follow-up of {state.label}.",
            f"It has: {numbers}."
            if numbers
            else f"See them all with: crisisdesk follow-up list {state.label}",
        )
    if intent.standing not in STANDINGS:
        return Refused(f"A follow-up is never '{intent.standing}'.", f"Write one of: {', '.join(STANDINGS)}.")
    due, owner = stamp(intent.due) if intent.due else "", intent.owner.strip()
    if intent.standing == known.standing and due in ("", known.due_at) and owner in ("", known.owner):
        return Refused(f"#{intent.follow_up} is {known.standing} already.")
    later = bool(due) and due > known.due_at
    if (intent.standing == "dropped" or later) and not intent.because.strip():
        what = "put off" if later else "dropped"
        return Refused(f"Why is #{intent.follow_up} {what}?", 'Add the reason: --because "…"')
    said = words(because=intent.because.strip())
    return (Proposed(FollowUpChanged(intent.follow_up, intent.standing, owner, due), said),)


def write_paragraph(state: Incident, intent: WriteParagraph, _: Act) -> Ruling:
    """Write the opening paragraph; nothing in it goes back to the one put together from entries."""
    if not intent.text.strip() and not state.review.paragraph:
        return Refused("What does the summary open with?", "Write a paragraph of facts.")
    rests_on = tuple(seq for one in as_written(intent.text) for seq in one.entries)
    if refusal := _no_such(state, rests_on):
        return refusal
    return (Proposed(ParagraphWritten(), words(text=intent.text.strip())),)


def sign(state: Incident, intent: SignSummary, _: Act) -> Ruling:
    """Sign a document; only of an incident that is closed, and only with a role."""
    if state.status != "closed":
        return Refused(
            f"{state.label} is not closed; a summary of it is interim.", "Close it first, then sign."
        )
    if not intent.role.strip():
        return Refused("In which role do you sign?", 'Add it: --role "Head of communications"')
    if len(intent.sha256) != 64 or not storable(intent.role + intent.name):
        return Refused("That is not a document that can be signed.", "Name the file that was exported.")
    version = state.review.signed + 1
    event = SummarySigned(
        intent.sha256, version, intent.role.strip(), state.seq, state.head, intent.name.strip()
    )
    return (Proposed(event),)


def _no_such(state: Incident, seqs: tuple[int, ...]) -> Refused | None:
    for seq in seqs:
        if not 1 <= seq <= state.seq:
            return Refused(
                f"{state.label} has no entry #{seq}.", f"See them with: crisisdesk timeline {state.label}"
            )
    return None
