"""Durations in words, working hours, and the moment a step falls due."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

UNITS = ("minutes", "hours", "days", "working days", "months")
# Compiled when first used: a note reads no duration.
_WITHIN = r"^(\d{1,4})\s+(minutes?|mins?|hours?|working days?|calendar days?|days?|months?)(?:\s+of\s+([a-z0-9][a-z0-9 -]*))?$"
_REPEAT = r"every (.+?)(?: until ([a-z0-9/-]+(?: [a-z0-9-]+)*))?$"
DECLARATION = "declaration"


class Hours(NamedTuple):
    """When the office works: weekday numbers (Monday 0) and local times ``HH:MM``."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: str = "09:00"
    end: str = "17:00"


class Within(NamedTuple):
    """A duration as written: how many, of which unit, counted from which anchor."""

    amount: int
    unit: str
    anchor: str = DECLARATION

    def words(self) -> str:
        """Return it as an author would write it: ``2 working days of closing``."""
        unit = self.unit if self.amount != 1 else self.unit.removesuffix("s")
        return f"{self.amount} {unit}" + ("" if self.anchor == DECLARATION else f" of {self.anchor}")


class Repeat(NamedTuple):
    """How often a step comes again, and the moment or the step that ends it; empty for closing."""

    every: Within
    until: str = ""


class Calendar(NamedTuple):
    """What working days are counted by: the zone, the office hours and the holidays (``YYYY-MM-DD``)."""

    zone: tzinfo
    hours: Hours
    holidays: frozenset[str] = frozenset()


def parse_within(text: str) -> Within | None:
    """Read ``10 minutes``, ``24 hours of detection``, ``2 working days of reclaim``; None when it is not one."""
    found = re.match(_WITHIN, " ".join(text.split()), re.IGNORECASE)
    if not found:
        return None
    word = found[2].lower()
    unit = next(
        u
        for u in ("working days", "minutes", "hours", "months", "days")
        if word.rstrip("s") in (u.rstrip("s"), u[:3], f"calendar {u.rstrip('s')}")
    )
    return Within(int(found[1]), unit, (found[3] or DECLARATION).strip().lower())


def parse_repeat(text: str) -> Repeat | None:
    """Read ``every 30 minutes until closing``; None when it is not a repetition."""
    found = re.match(_REPEAT, text) if len(text) <= 200 else None
    interval = parse_within(found[1]) if found else None
    return Repeat(interval, found[2] or "") if found and interval and interval.amount else None


def due_at(within: Within, anchor: datetime, pace: float, calendar: Calendar) -> datetime:
    """Return when something counted from ``anchor`` falls due, in UTC.

    ``pace`` stretches only minutes and hours counted from declaration: ``within`` is the figure for the worst
    level, and neither another anchor nor a day ever moves with the level.
    """
    factor = pace if within.anchor == DECLARATION and within.unit in ("minutes", "hours") else 1
    if within.unit == "minutes":
        return anchor + timedelta(minutes=within.amount * factor)
    if within.unit == "hours":
        return anchor + timedelta(hours=within.amount * factor)
    local = anchor.astimezone(calendar.zone)
    if within.unit == "working days":
        return _working_days(within.amount, local, calendar)
    day = (
        _months(local.date(), within.amount)
        if within.unit == "months"
        else local.date() + timedelta(days=within.amount)
    )
    return datetime.combine(day, local.time(), calendar.zone).astimezone(UTC)


def _working_days(amount: int, local: datetime, calendar: Calendar) -> datetime:
    """End of office hours on the n-th working day after the anchor's own day."""
    day, left = local.date(), amount
    while left:
        day += timedelta(days=1)
        if is_working_day(day, calendar.hours, calendar.holidays):
            left -= 1
    hour, minute = (int(part) for part in calendar.hours.end.split(":"))
    return datetime.combine(day, time(hour, minute), calendar.zone).astimezone(UTC)


def is_working_day(day: date, hours: Hours, holidays: Sequence[str] | frozenset[str]) -> bool:
    """Tell whether the office works on a day."""
    return day.weekday() in hours.days and day.isoformat() not in holidays


def _months(day: date, amount: int) -> date:
    """Return the same day of a later month, or that month's last day when it has no such day."""
    index = day.month - 1 + amount
    year, month = day.year + index // 12, index % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
