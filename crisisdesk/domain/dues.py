"""What falls due in one incident: steps, legal clocks, promised updates, approvals, enquiries, what is to be looked at again, and follow-ups.

A pure picture of the fold and its words, kept as the ``dues`` read model; nothing in it depends on the time of looking.
"""

from collections.abc import Iterator
from typing import NamedTuple

from crisisdesk.domain.incident import LEAD, Incident, StepState
from crisisdesk.domain.rows import DueRow
from crisisdesk.domain.runbook import Words, anchored_to_closing, state_of, title_of
from crisisdesk.domain.text import shown

COMMS = "comms-lead"
"""The role that says when the next word is due, where the policy has it; else the incident lead."""


class _Found(NamedTuple):
    """Something that falls due, before it is a row."""

    kind: str
    what: str
    title: str
    role: str
    due: str
    owner: str = ""
    state: str = ""
    loud: bool = False
    stand_in: str = ""


def dues(state: Incident, words: Words) -> tuple[DueRow, ...]:
    """Return the rows of everything that falls due and is still to do."""
    found = [*_steps(state, words), *_clocks(state), *_words_due(state, words), *_approvals(state, words)]
    found += [*_enquiries(state, words), *_look_again(state, words), *_review(state, words)]
    return tuple(_row(state, place, one) for place, one in enumerate(found, 1))


def _row(state: Incident, place: int, one: _Found) -> DueRow:
    return DueRow(
        stream=state.stream, incident=state.label, place=place, kind=one.kind, what=one.what, title=shown(one.title),
        state=one.state, owner_role=one.role, owner=shown(one.owner or state.holder(one.role)), stand_in_role=one.stand_in,
        stand_in=shown(state.holder(one.stand_in)) if one.stand_in else "", due=one.due, loud=int(one.loud),
        drill=int(state.drill),
    )  # fmt: skip


def _steps(state: Incident, words: Words) -> Iterator[_Found]:
    loud = state.severity == next(iter(state.policy.levels), "")
    for known in state.steps.values():
        if known.due and known.applies and not known.settled and _still_asked(state, known):
            yield _Found(
                "step", known.step.id, title_of(known, words), known.step.who, known.due, state.owner_of(known),
                state_of(state, known), loud,
            )  # fmt: skip


def _still_asked(state: Incident, known: StepState) -> bool:
    """Tell whether a step is still waited for: once the incident is closed, only those that are for afterwards."""
    return anchored_to_closing(known) or state.status != "closed"


def _clocks(state: Incident) -> Iterator[_Found]:
    for name, known in state.clocks.items():
        if known.due_at and not known.submitted_at and not known.dismissed:
            clock = state.policy.clocks[name]
            # Several may decide about it: the first role that somebody holds answers for it.
            role = next((one for one in clock.decided_by if state.holder(one)), "")
            role = role or next(iter(clock.decided_by), LEAD)
            yield _Found("clock", name, clock.title, role, known.due_at, loud=True)


def _words_due(state: Incident, words: Words) -> Iterator[_Found]:
    """Yield the promised updates, and the first public word."""
    if state.status == "closed":
        return
    role = COMMS if COMMS in state.policy.roles else LEAD
    for internal, promise in state.promises.items():
        said = words.get(promise.seq, {}).get("text", "")
        yield _Found("update", "internal" if internal else "public", said, role, promise.due_at)
    if state.first_word_by and not state.first_word_at and state.status == "open":
        yield _Found("first word", "", "", role, state.first_word_by)


def _approvals(state: Incident, words: Words) -> Iterator[_Found]:
    if state.status == "closed":
        return
    if state.versions:
        from crisisdesk.domain.statements import (
            current,
            lacking,
        )  # most commands have to do with no statement

        for one in current(state):
            waits = one.submitted_at and not one.published_at and not one.holes
            due = one.due_at if waits else one.ratify_by if one.is_out else ""
            for role in lacking(state, one) if due else ():
                known = state.policy.roles.get(role)
                yield _Found(
                    "approval", f"{one.statement}|{one.channel}|{one.language}|{one.version}",
                    f"'{one.statement}' for {one.channel}, version {one.version}", role, due, stand_in=known.stand_in if known else "",
                )  # fmt: skip
    if any(known.ratify_by for known in state.steps.values()):
        from crisisdesk.domain.approvals import missing, to_ratify

        for published in to_ratify(state):
            for role in missing(state, published, published.by):
                yield _Found(
                    "approval", published.step.id, title_of(published, words), role, published.ratify_by
                )


def _enquiries(state: Incident, words: Words) -> Iterator[_Found]:
    role = COMMS if COMMS in state.policy.roles else LEAD
    for seq, asked in state.enquiries.items():
        if asked.due_at and state.status != "closed":
            said = words.get(seq, {})
            who = ", ".join(said[name] for name in ("who", "outlet") if said.get(name))
            yield _Found("enquiry", str(seq), who or "(words erased)", role, asked.due_at)


def _look_again(state: Incident, words: Words) -> Iterator[_Found]:
    if state.status == "closed":
        return
    for step, moment in state.revisits.items():
        if known := state.steps.get(step):
            yield _Found(
                "look again", step, title_of(known, words), known.step.who, moment, state.owner_of(known)
            )
    if state.silence:
        yield _Found("look again", "", "we say nothing for now", LEAD, state.silence)


def _review(state: Incident, words: Words) -> Iterator[_Found]:
    """Yield the review until a summary is signed, and the follow-ups that are still to be done."""
    if state.review_due and not state.review.signed and not state.duplicate_of:
        yield _Found("review", "", "the review", LEAD, state.review_due)
    for seq, asked in state.review.follow_ups.items():
        if asked.is_open:
            said = words.get(seq, {}).get("text", "") or "(words erased)"
            yield _Found("follow-up", str(seq), said, LEAD, asked.due_at, asked.owner)
