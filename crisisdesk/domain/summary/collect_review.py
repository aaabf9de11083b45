"""Collecting what the review chose, found, rated, asked for and signed, corrections applied."""

from collections.abc import Sequence
from datetime import datetime

from crisisdesk.domain import entries as log
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.review import FINDINGS, RATINGS
from crisisdesk.domain.summary.parts_review import Finding, FollowUp, Objective, Signature
from crisisdesk.domain.timeline import Reading, word
from crisisdesk.domain.times import stamp


def objectives(state: Incident, readings: Sequence[Reading]) -> tuple[Objective, ...]:
    """Return every phase's goal with its latest rating; objectives are the phases' goals."""
    rated = {r.entry.event.phase: r for r in readings if isinstance(r.entry.event, log.ObjectiveRated)}
    found = []
    for phase in state.phases:
        r = rated.get(phase.id)
        rating = state.review.ratings.get(phase.id, "")
        found.append(Objective(
            phase.id, phase.title, phase.goal, rating, RATINGS.get(rating, ""), r.words.get("because", "") if r else "",
            r.person if r else "", r.entry.seq if r else 0,
        ))  # fmt: skip
    return tuple(found)


def findings(state: Incident, readings: Sequence[Reading]) -> tuple[Finding, ...]:
    """Return the findings that stand, by their sort."""
    found = [
        Finding(r.entry.event.sort, word(r, "text"), r.entry.event.about, r.person, r.entry.seq)
        for r in readings
        if isinstance(r.entry.event, log.FindingWritten) and r.entry.seq in state.review.findings
    ]
    order = list(FINDINGS)
    return tuple(sorted(found, key=lambda one: order.index(one.sort) if one.sort in order else len(order)))


def follow_ups(state: Incident, readings: Sequence[Reading], now: datetime) -> tuple[FollowUp, ...]:
    """Return every follow-up with what became of it, soonest due first."""
    changed = {r.entry.event.follow_up: r for r in readings if isinstance(r.entry.event, log.FollowUpChanged)}
    found = []
    for r in readings:
        event = r.entry.event
        known = state.review.follow_ups.get(r.entry.seq)
        if not isinstance(event, log.FollowUpAdded) or known is None:
            continue
        since = changed.get(r.entry.seq)
        found.append(FollowUp(
            word(r, "text"), known.owner, event.start_at, known.due_at, r.words.get("verification", ""), known.standing,
            since.occurred_at if since else "", since.words.get("because", "") if since else "",
            known.is_open and known.due_at < stamp(now), event.about, r.entry.seq,
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.due_at, one.seq)))


def signatures(state: Incident, readings: Sequence[Reading]) -> tuple[Signature, ...]:
    """Return who signed which version; whatever was written after one is told by the next."""
    return tuple(
        Signature(
            r.occurred_at, r.person, r.entry.event.role, r.entry.event.version, r.entry.event.upto, r.entry.event.sha256,
            r.entry.event.name, _written_after(state, r), r.entry.seq,
        )
        for r in readings
        if isinstance(r.entry.event, log.SummarySigned)
    )  # fmt: skip


def _written_after(state: Incident, signed: Reading) -> bool:
    return state.seq > signed.entry.seq


def version(state: Incident) -> int:
    """Return which version of the summary this is: the signed one, until something is written after it."""
    signed = state.review.signed
    return signed if signed and state.seq == state.review.signed_in else signed + 1


def written_paragraph(state: Incident, readings: Sequence[Reading]) -> str:
    """Return the opening paragraph that a person wrote, or nothing."""
    for reading in readings:
        if state.review.paragraph and reading.entry.seq == state.review.paragraph:
            return reading.words.get("text", "")
    return ""
