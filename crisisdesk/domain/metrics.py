"""Planned against happened, and the metrics drawn from it, each with its anchor: unknown is never zero."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import in_order, is_late, state_of, why_not
from crisisdesk.domain.timeline import ERASED, Reading, step_titles, text_of
from crisisdesk.domain.times import instant, spell, stamp

NOT_RECORDED = "not recorded"
LATE_AFTER = timedelta(minutes=5)
"""An entry written later than this after what it tells is late, and is asked why."""


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int


class Metric(NamedTuple):
    """One figure; ``value`` is None when what it needs was not recorded. ``anchor`` says what it is counted from."""

    name: str
    value: timedelta | Share | int | None
    anchor: str
    inputs: str
    start: str = ""
    """The stored instant it is counted from, for a span."""
    end: str = ""


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


def measure(
    state: Incident,
    readings: Sequence[Reading],
    steps: Sequence[StepOutcome],
    promises: Sequence[PromiseOutcome],
    now: datetime,
) -> tuple[Metric, ...]:
    """Return the first metrics, in the order they are read."""
    declared = state.declared_at
    spoke = _first(readings, lambda reading: _public(state, reading))
    decided = _first(readings, lambda reading: isinstance(reading.entry.event, log.DecisionMade))
    calmed = _first(readings, lambda reading: isinstance(reading.entry.event, log.StoodDown))
    return (
        _span("Detect", "when it happened", state.happened_at, "detected", state.detected_at),
        _span("Declare", "when it was detected", state.detected_at, "declared", declared),
        _missing("Acknowledge", "when each role was notified", "notifying a role is not recorded"),
        _missing("Evidence-first", "captured before it was removed", "removals are not recorded as such"),
        _span("Decide", "declared", declared, "the first decision", decided),
        _span("First public response", "declared", declared, "the first public word", spoke),
        _span("First public response", "when it happened", state.happened_at, "the first public word", spoke),
        _missing("Approval turnaround", "submitted for approval", "approvals are not recorded"),
        _cadence(promises),
        _worst_gap(readings),
        _on_time(steps, now),
        _span("Contain", "declared", declared, "stood down", calmed),
        _span("Resolve", "declared", declared, "closed", _closed_at(state, readings)),
        _reach(readings),
        _missing("Clock margin", "the deadline of each clock", "submissions are not recorded"),
        *_lag(readings),
        _deviations(readings),
    )


def value_words(value: timedelta | Share | int | None) -> str:
    """Say a metric's value; what is unknown is *not recorded*, never zero."""
    if value is None:
        return NOT_RECORDED
    if isinstance(value, timedelta):
        return ("minus " if value < timedelta(0) else "") + lasted(value)
    if isinstance(value, Share):
        return f"{value.part} of {value.whole} ({100 * value.part / value.whole:.0f} %)"
    return str(value)


def is_written_late(reading: Reading) -> bool:
    """Tell whether an entry was written more than a few minutes after what it tells."""
    return reading.precision != "unknown" and _lag_of(reading) > LATE_AFTER


def _lag_of(reading: Reading) -> timedelta:
    return reading.entry.recorded - instant(reading.occurred_at)


def _missing(name: str, anchor: str, why: str) -> Metric:
    return Metric(name, None, anchor, why)


def _span(name: str, anchor: str, start: str, what: str, end: str) -> Metric:
    if not start or not end:
        return Metric(name, None, anchor, f"no time is recorded for: {what if start else anchor}")
    return Metric(name, instant(end) - instant(start), anchor, f"until {what}", start, end)


def _first(readings: Iterable[Reading], wanted: Callable[[Reading], bool]) -> str:
    times = (r.occurred_at for r in readings if r.precision != "unknown" and wanted(r))
    return min(times, default="")


def _public(state: Incident, reading: Reading) -> bool:
    event = reading.entry.event
    if isinstance(event, log.UpdateSent):
        return not event.internal
    known = state.steps.get(event.step) if isinstance(event, log.StepDone) else None
    return known is not None and known.step.kind == "say"


def _closed_at(state: Incident, readings: Sequence[Reading]) -> str:
    if state.status != "closed":
        return ""
    times = [r.occurred_at for r in readings if isinstance(r.entry.event, log.IncidentClosed)]
    return times[-1] if times else ""


def _cadence(promises: Sequence[PromiseOutcome]) -> Metric:
    counted = [p for p in promises if p.state in ("kept", "late", "missed")]
    kept = sum(p.state == "kept" for p in counted)
    apart = _counts({
        "late": sum(p.state == "late" for p in counted),
        "missed": sum(p.state == "missed" for p in counted),
        "replaced before due": sum(p.state == "replaced" for p in promises),
        "still open": sum(p.state == "open" for p in promises),
        "sent at an unknown time": sum(p.state.startswith("sent") for p in promises),
    })  # fmt: skip
    if not counted:
        return Metric("Cadence adherence", None, "the promised times", apart or "no update was promised")
    return Metric("Cadence adherence", Share(kept, len(counted)), "the promised times", apart)


def _worst_gap(readings: Sequence[Reading]) -> Metric:
    sent = sorted(
        r.occurred_at for r in readings
        if isinstance(r.entry.event, log.UpdateSent) and not r.entry.event.internal and r.precision != "unknown"
    )  # fmt: skip
    name, anchor = "Worst gap", "between two public updates"
    if len(sent) < 2:
        return Metric(name, None, anchor, "fewer than two public updates are recorded")
    gaps = [instant(later) - instant(earlier) for earlier, later in pairwise(sent)]
    return Metric(name, max(gaps), anchor, f"{len(sent)} public updates")


def _on_time(steps: Sequence[StepOutcome], now: datetime) -> Metric:
    timed = [s for s in steps if s.due and s.state not in ("skipped", "not applicable")]
    done = [s for s in timed if s.difference is not None]
    past = [s for s in timed if s.state != "done" and s.due < stamp(now)]
    punctual_ = sum(s.difference is not None and s.difference <= timedelta(0) for s in done)
    apart = _counts({
        "late": len(done) - punctual_,
        "still to do and late": len(past),
        "not due yet": sum(s.state != "done" for s in timed) - len(past),
        "done at an unknown time": sum(s.state == "done" and s.difference is None for s in timed),
        "skipped": sum(s.state == "skipped" for s in steps),
        "without a due time": sum(not s.due and s.state not in ("skipped", "not applicable") for s in steps),
    })  # fmt: skip
    whole = len(done) + len(past)
    value = Share(punctual_, whole) if whole else None
    return Metric("On-time steps", value, "each step's due time", apart)


def _reach(readings: Sequence[Reading]) -> Metric:
    tries = [r.entry.event for r in readings if isinstance(r.entry.event, log.PersonTold)]
    if not tries:
        return Metric("Contact reach", None, "attempts to tell somebody", "no attempt is recorded")
    return Metric(
        "Contact reach", Share(sum(t.reached for t in tries), len(tries)), "attempts to tell somebody", ""
    )


def _lag(readings: Sequence[Reading]) -> tuple[Metric, Metric]:
    timed = [r for r in readings if r.precision != "unknown"]
    lags = sorted(max(_lag_of(r), timedelta(0)) for r in timed)
    late = [r for r in timed if is_written_late(r)]
    reasons = sum(bool(r.entry.header.late_because) for r in late)
    middle = len(lags) // 2
    median = None
    if lags:
        median = lags[middle] if len(lags) % 2 else (lags[middle - 1] + lags[middle]) / 2
    anchor = "from when it happened to when it was written, median"
    inputs = f"{len(lags)} entries; {len(late)} written more than {lasted(LATE_AFTER)} late"
    why = Metric("Late entries with a reason", Share(reasons, len(late)), "entries written late", "")
    if not late:
        why = _missing(why.name, why.anchor, "no entry was written late")
    return Metric("Log lag", median, anchor, inputs), why


def _deviations(readings: Sequence[Reading]) -> Metric:
    rules: dict[str, int] = {}
    for reading in readings:
        if deviation := getattr(reading.entry.event, "deviation", ""):
            rules[deviation] = rules.get(deviation, 0) + 1
    if not rules:
        return _missing("Deviations", "entries that say so", "no entry says that a rule was passed")
    return Metric("Deviations", sum(rules.values()), "entries that say so", _counts(rules))


def _counts(named: Mapping[str, int]) -> str:
    return "; ".join(f"{count} {name}" for name, count in named.items() if count)
