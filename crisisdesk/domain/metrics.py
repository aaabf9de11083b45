"""The metrics of an incident, each with its anchor: unknown is never zero."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.calling import answered, heard
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.outcomes import NOT_RECORDED, PromiseOutcome, StepOutcome, lasted
from crisisdesk.domain.timeline import Reading, was_reached
from crisisdesk.domain.times import instant, stamp
from crisisdesk.domain.turnaround import approvals, middle

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
        _acknowledged(readings),
        _evidence_first(state, readings, steps),
        _span("Decide", "declared", declared, "the first decision", decided),
        _span("First public response", "declared", declared, "the first public word", spoke),
        _span("First public response", "when it happened", state.happened_at, "the first public word", spoke),
        _turnaround(readings, now),
        _cadence(promises),
        _worst_gap(readings),
        _on_time(steps, now),
        _span("Contain", "declared", declared, "stood down", calmed),
        _span("Resolve", "declared", declared, "closed", _closed_at(state, readings)),
        _reach(readings),
        _clock_margin(state),
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
    if isinstance(event, log.StatementPublished):
        return True
    known = state.steps.get(event.step) if isinstance(event, log.StepDone) else None
    return known is not None and known.step.kind == "say"


def _acknowledged(readings: Sequence[Reading]) -> Metric:
    """Count from the first attempt to tell somebody until they were reached."""
    everybody = answered(heard(readings).attempts)
    took = [one.took for one in everybody if one.took is not None]
    apart = _counts({
        "reached": len(took),
        "reached at an unknown time": sum(one.reached and one.took is None for one in everybody),
        "not reached": sum(not one.reached for one in everybody),
    })  # fmt: skip
    longest = f"; the longest {lasted(max(took))}" if took else ""
    return Metric(
        "Acknowledge",
        middle(took),
        "the first attempt to tell each, median",
        (apart or "nobody was told") + longest,
    )


def _evidence_first(state: Incident, readings: Sequence[Reading], steps: Sequence[StepOutcome]) -> Metric:
    """Return how many removals came after something was captured. A removal is a *do* step that a legal hold would stop.

    Which evidence belongs to which removal is not recorded: any that was captured by then counts, and the inputs say so.
    """
    name, anchor = "Evidence-first", "each removal: a step that a legal hold would stop"
    removals = [
        one for one in steps if one.kind == "do" and one.state == "done" and state.steps[one.id].step.protects
    ]
    timed = [one for one in removals if one.happened]
    if not timed:
        return _missing(name, anchor, "no removal is recorded" + (" with its time" if removals else ""))
    captured = _first(readings, lambda reading: isinstance(reading.entry.event, log.EvidenceAttached))
    before = sum(bool(captured) and captured <= one.happened for one in timed)
    apart = _counts({"done at an unknown time": len(removals) - len(timed)})
    told = "evidence of any kind was captured by then"
    return Metric(name, Share(before, len(timed)), anchor, f"{told}; {apart}" if apart else told)


def _turnaround(readings: Sequence[Reading], now: datetime) -> Metric:
    """Count from submitting a version until the last of its approvals."""
    found = approvals(readings, stamp(now))
    apart = _counts({
        "approved": len(found.took), "not approved by all": found.incomplete, "past the time limit": found.expired,
    })  # fmt: skip
    rounds = f"{found.rounds} {'round' if found.rounds == 1 else 'rounds'}: " if found.rounds else ""
    return Metric(
        "Approval turnaround",
        middle(found.took),
        "submitted for approval, median",
        rounds + (apart or "no statement was submitted"),
    )


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
    tries = [was_reached(r) for r in readings if isinstance(r.entry.event, log.PersonTold)]
    if not tries:
        return Metric("Contact reach", None, "attempts to tell somebody", "no attempt is recorded")
    return Metric("Contact reach", Share(sum(tries), len(tries)), "attempts to tell somebody", "")


def _clock_margin(state: Incident) -> Metric:
    """Return the smallest time left when a clock's notice went out; a clock whose law gives no number has no margin."""
    name, anchor = "Clock margin", "the deadline of each clock"
    submitted = [clock for clock in state.clocks.values() if clock.submitted_at]
    margins = [instant(one.due_at) - instant(one.submitted_at) for one in submitted if one.due_at]
    if not margins:
        return _missing(name, anchor, "no submission of a clock with a deadline is recorded")
    return Metric(name, min(margins), anchor, f"the smallest of {len(margins)} submitted")


def _lag(readings: Sequence[Reading]) -> tuple[Metric, Metric]:
    timed = [r for r in readings if r.precision != "unknown"]
    lags = sorted(max(_lag_of(r), timedelta(0)) for r in timed)
    late = [r for r in timed if is_written_late(r)]
    reasons = sum(bool(r.entry.header.late_because) for r in late)
    middle = len(lags) // 2
    median = None
    if lags:
        median = lags[middle] if len(lags) % 2 else (lags[middle - 1] + lags[middle]) / 2
    anchor = "when it happened, to when it was written, median"
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
