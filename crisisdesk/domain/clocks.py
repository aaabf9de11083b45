"""Legal clocks: which are asked for, which run, and when they fall due. Pure questions asked of an incident.

A clock is asked for by a step that names it or by facts that are certain; it is started, or dismissed as not
applicable, only by a person who holds one of its roles. Its due time is a value in the entry that started it.
Nothing here is legal advice: every clock shows its source, and that counsel must check it.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from crisisdesk.domain.conditions import holds
from crisisdesk.domain.deadlines import Calendar, due_at
from crisisdesk.domain.incident import ClockState, Incident
from crisisdesk.domain.policy import Clock, Policy, Region
from crisisdesk.domain.times import instant

Standing = Literal["asked", "running", "submitted", "dismissed"]

ADVICE = "Not legal advice: have counsel check."


class ClockView(NamedTuple):
    """A clock as it stands in an incident. ``steps`` ask for it; times are stored instants, empty for none."""

    clock: Clock
    standing: Standing
    steps: tuple[str, ...] = ()
    anchor_at: str = ""
    due_at: str = ""
    submitted_at: str = ""
    seq: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to start, dismiss or submit it."""
        return self.standing in ("asked", "running")


def clocks(state: Incident) -> list[ClockView]:
    """Return the clocks of an incident in the policy's order: those decided, and those that are asked for."""
    found = []
    for clock in state.policy.clocks.values():
        steps = asking_steps(state, clock)
        if known := state.clocks.get(clock.id):
            found.append(_view(clock, known, steps))
        elif is_asked(state, clock, steps):
            found.append(ClockView(clock, "asked", steps))
    return found


def _view(clock: Clock, known: ClockState, steps: tuple[str, ...]) -> ClockView:
    standing: Standing = "dismissed" if known.dismissed else "submitted" if known.submitted_at else "running"
    return ClockView(clock, standing, steps, known.anchor_at, known.due_at, known.submitted_at, known.seq)


def open_clocks(state: Incident) -> list[ClockView]:
    """Return the clocks that are asked for or run: soonest due first, those without a due time last."""
    return sorted((one for one in clocks(state) if one.is_open), key=lambda one: one.due_at or "9")


def asking_steps(state: Incident, clock: Clock) -> tuple[str, ...]:
    """Return the ids of the steps that apply and ask for a clock."""
    return tuple(
        step for step, known in state.steps.items() if known.applies and clock.id in known.step.starts_clock
    )


def is_asked(state: Incident, clock: Clock, steps: tuple[str, ...]) -> bool:
    """Tell whether a clock is asked for: by a step, unless its facts are false; or by facts that are certain.

    A clock chained on an earlier one is asked for once that one was submitted.
    """
    if clock.chained_on:
        earlier = state.clocks.get(clock.chained_on)
        return bool(earlier and earlier.submitted_at)
    certain = holds(clock.ask_when, {**state.facts, "severity": state.severity}, list(state.policy.levels))
    if clock.ask_when is not None and certain is True:
        return True
    return bool(steps) and certain is not False and not _elsewhere(state, clock)


def _elsewhere(state: Incident, clock: Clock) -> bool:
    """Tell whether the regions are known and none of them lists this clock."""
    named = state.facts.get("regions")
    listed = [region.id for region in state.policy.regions.values() if clock.id in region.clocks]
    return bool(listed) and isinstance(named, tuple) and not set(listed) & set(named)


def anchor_of(state: Incident, clock: Clock) -> str:
    """Return the moment the log already knows a clock is counted from, or empty: a person must then name it."""
    if clock.chained_on:
        earlier = state.clocks.get(clock.chained_on)
        return earlier.submitted_at if earlier else ""
    moments = {"awareness": state.aware_at, "detection": state.detected_at, "occurrence": state.happened_at}
    return moments.get(clock.counted_from, "")


def clock_due(state: Incident, clock: Clock, anchor: datetime) -> datetime | None:
    """Return when a clock counted from ``anchor`` falls due, in UTC; None where the law gives no number.

    Hours are elapsed hours, through nights, weekends and holidays, and never a later date. Working days are those
    of the clock's region. A second limit counts from its own anchor when that is known, else from the same one.
    """
    calendar = region_calendar(state.policy, clock)
    found = [due_at(clock.within, anchor, 1, calendar)] if clock.within else []
    if limit := clock.no_later_than:
        known = state.aware_at if limit.anchor == "awareness" else ""
        found.append(due_at(limit, instant(known) if known else anchor, 1, calendar))
    return min(found, default=None)


def region_calendar(policy: Policy, clock: Clock) -> Calendar:
    """Return the calendar of the region that lists a clock; the policy's own where none does."""
    from zoneinfo import ZoneInfo  # only where a clock is counted

    region = next((one for one in policy.regions.values() if clock.id in one.clocks), Region("", ""))
    return Calendar(ZoneInfo(region.time_zone or policy.time_zone), policy.hours, frozenset(region.holidays))


def chained_after(state: Incident, clock: str) -> list[str]:
    """Return the running clocks that are counted from the submission of a clock."""
    return [
        name for name, known in state.clocks.items()
        if state.policy.clocks[name].chained_on == clock and not known.dismissed and not known.submitted_at
    ]  # fmt: skip
