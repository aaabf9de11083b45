"""Planned against happened: what became of each step and of each promised update. Unknown is never zero."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import in_order, is_late, state_of, why_not
from crisisdesk.domain.timeline import ERASED, Reading, step_titles, text_of
from crisisdesk.domain.times import instant, spell, stamp

NOT_RECORDED = "not recorded"


class StepOutcome(NamedTuple):
    """What was planned for one step and what happened. Times are stored instants, empty for none."""

    id: str
    title: str
    phase: str
    kind: str
    owner_role: str
    owner: str
    state: str
    """One of ``runbook.STATES``."""
    due: str
    happened: str
    """When it was done; empty when it was not, or when nobody knows the time."""
    difference: timedelta | None
    """Happened minus due: negative is early."""
    verdict: str
    """``on time``, ``4 min early``, ``late by 4 min``, ``skipped``, ``open``, … for people."""
    by: str
    because: str
    why_not: str
    """Which fact kept the step away, when it does not apply."""
    blocked: timedelta | None
    """How long it was blocked in all; None when it never was."""
    added: bool
    deviation: str
    text: str
    seq: int
    """The entry that last changed it; 0 for none."""


class PromiseOutcome(NamedTuple):
    """One promised update and what became of it."""

    seq: int
    internal: bool
    due: str
    sent: str
    answered_by: int
    state: str
    """``kept``, ``late``, ``missed``, ``replaced`` (by another promise, before it was due) or ``open``."""
    difference: timedelta | None
    """Sent minus due: negative is early."""
    text: str


def step_outcomes(state: Incident, readings: Sequence[Reading], now: datetime) -> tuple[StepOutcome, ...]:
    """Return every step of the runbook, planned against happened, in the runbook's order."""
    titles = step_titles(state, readings)
    last = {reading.entry.seq: reading for reading in readings}
    blocked = blocked_for(readings, now)
    return tuple(
        _outcome(state, known, phase.title, titles, last.get(known.last), blocked, now)
        for phase, steps in in_order(state)
        for known in steps
    )


def _outcome(
    state: Incident, known: StepState, phase: str, titles: Mapping[str, str], last: Reading | None,
    blocked: Mapping[str, timedelta], now: datetime,
) -> StepOutcome:  # fmt: skip
    step, stands = known.step, state_of(state, known)
    timed = last is not None and stands == "done" and last.precision != "unknown"
    happened = last.occurred_at if last and timed else ""
    difference = instant(happened) - instant(known.due) if happened and known.due else None
    own = last if known.last != known.added else None
    return StepOutcome(
        id=step.id, title=titles.get(step.id, step.id), phase=phase, kind=step.kind, owner_role=step.who,
        owner=(last.entry.header.owner if last and known.settled else "") or state.owner_of(known), state=stands,
        due=known.due, happened=happened, difference=difference,
        verdict=_verdict(known, stands, last, difference, now),
        by=own.person if own else "", because=_because(own) if stands in ("skipped", "blocked") or known.deviation else "",
        why_not=why_not(state, known) if stands == "not applicable" else "", blocked=blocked.get(step.id),
        added=bool(known.added), deviation=known.deviation,
        text=text_of(own.entry.event, own.words) if own and stands == "done" else "", seq=known.last,
    )  # fmt: skip


def _because(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return reading.words.get("because", ERASED if reading.erased else "")


def _verdict(
    known: StepState, stands: str, last: Reading | None, difference: timedelta | None, now: datetime
) -> str:
    if stands == "done":
        if last is None or last.precision == "unknown":
            return f"done, time {NOT_RECORDED}"
        about = "about " if last.precision == "approximate" else ""
        return about + punctual(difference) if difference is not None else "done, no due time"
    if stands in ("skipped", "not applicable"):
        return stands
    word = "blocked" if stands == "blocked" else "open"
    return f"{word}, late by {lasted(now - instant(known.due))}" if is_late(known, now) else word


def punctual(difference: timedelta) -> str:
    """Say whether something came on time, early or late by how much."""
    if difference > timedelta(0):
        return f"late by {lasted(difference)}"
    return f"{lasted(difference)} early" if difference <= -timedelta(minutes=1) else "on time"


def lasted(span: timedelta) -> str:
    """Say how long something took; seconds only under a minute."""
    if abs(span) < timedelta(minutes=1):
        return f"{int(abs(span).total_seconds())} s"
    return spell(span)


def blocked_for(readings: Sequence[Reading], now: datetime) -> dict[str, timedelta]:
    """Return how long each step was blocked in all; a step blocked still counts until now, or until closing."""
    since: dict[str, str] = {}
    total: dict[str, timedelta] = {}
    until = stamp(now)
    for reading in readings:
        event, step = reading.entry.event, reading.entry.header.step
        if isinstance(event, log.StepBlocked):
            since.setdefault(step, reading.occurred_at)
        elif isinstance(event, _MOVES) and step in since:
            total[step] = total.get(step, timedelta(0)) + _between(since.pop(step), reading.occurred_at)
        elif isinstance(event, log.IncidentClosed):
            until = reading.occurred_at
        elif isinstance(event, log.IncidentReopened):
            until = stamp(now)
    for step, start in since.items():
        total[step] = total.get(step, timedelta(0)) + _between(start, until)
    return total


_MOVES = (
    log.StepUnblocked, log.StepDone, log.StepSkipped, log.StepReopened, log.StepStarted, log.DecisionMade
)  # fmt: skip


def _between(start: str, end: str) -> timedelta:
    return max(instant(end) - instant(start), timedelta(0))


def promise_outcomes(readings: Sequence[Reading], now: datetime) -> tuple[PromiseOutcome, ...]:
    """Return every promised update, also those promised with an update, and what became of each."""
    open_: dict[bool, int] = {}
    found: dict[int, PromiseOutcome] = {}
    for reading in readings:
        event, seq = reading.entry.event, reading.entry.seq
        if isinstance(event, log.UpdateSent):
            if event.kept in found:
                found[event.kept] = _answered(found[event.kept], reading)
                open_.pop(event.internal, None)
            due = event.next_at
        elif isinstance(event, log.UpdatePromised):
            due = event.due_at
        else:
            continue
        if not due:
            continue
        if (earlier := open_.get(event.internal)) is not None:
            found[earlier] = _replaced(found[earlier], reading)
        text = reading.words.get("text", ERASED if reading.erased else "")
        if isinstance(event, log.UpdateSent):
            text = f"The next update, promised with #{seq}"
        found[seq] = PromiseOutcome(seq, event.internal, due, "", 0, "open", None, text)
        open_[event.internal] = seq
    for seq in open_.values():
        if found[seq].due < stamp(now):
            found[seq] = found[seq]._replace(state="missed")
    return tuple(found.values())


def _answered(promise: PromiseOutcome, update: Reading) -> PromiseOutcome:
    if update.precision == "unknown":
        return promise._replace(answered_by=update.entry.seq, state=f"sent, time {NOT_RECORDED}")
    difference = instant(update.occurred_at) - instant(promise.due)
    return promise._replace(
        sent=update.occurred_at, answered_by=update.entry.seq, difference=difference,
        state="kept" if difference <= timedelta(0) else "late",
    )  # fmt: skip


def _replaced(promise: PromiseOutcome, by: Reading) -> PromiseOutcome:
    return promise._replace(
        answered_by=by.entry.seq, state="missed" if promise.due < by.occurred_at else "replaced"
    )
