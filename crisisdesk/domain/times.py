"""Instants: stored in UTC to the millisecond, read as people type them, shown with their zone."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple

Toward = Literal["past", "future"]

# Patterns are compiled when first used: most one-line commands read no time.
_AGO = r"^(\d{1,4})\s*(m|min|mins|minute|minutes|h|hour|hours|d|day|days)\s+ago$"
_IN = r"^in\s+(\d{1,4})\s*(m|min|mins|minute|minutes|h|hour|hours|d|day|days)$"
_CLOCK = r"^(\d{1,2}):(\d{2})(?::(\d{2}))?$"
_DATE_CLOCK = r"^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})$"


_FAR = timedelta(days=36_525)
"""A time further away than this is a slip of the fingers."""


class NotATime(NamedTuple):
    """What was typed is not a time that can be read in one way only."""

    sentence: str


def stamp(moment: datetime) -> str:
    """Write an instant as it is stored: ``2026-11-22T21:38:00.000Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def instant(text: str) -> datetime:
    """Read a stored instant back; raises ValueError on anything :func:`stamp` did not write."""
    if len(text) != len("2026-11-22T21:38:00.000Z") or text[-1] != "Z":
        raise ValueError(text)
    return datetime.fromisoformat(text)


def read_time(typed: str, now: datetime, zone: tzinfo, toward: Toward) -> datetime | NotATime:
    """Read a time as typed, in the policy's zone.

    ``21:38`` is the latest such time for what happened (``past``) and the next such for promises (``future``);
    ``2026-11-22 21:38``, ISO 8601 with an offset, ``5 minutes ago`` and ``in 20 minutes`` are also read. The
    hour that a clock change doubles is refused with a sentence that asks for an offset.
    """
    text = " ".join(typed.split())
    if text.casefold() == "now":
        return now
    try:
        found = _read(text, now, zone, toward)
    except (ValueError, OverflowError):
        return NotATime(f"'{text}' is not a time. Write 21:38, 2026-11-22 21:38 or 5 minutes ago.")
    if isinstance(found, datetime) and abs(found - now) > _FAR:
        return NotATime(f"'{text}' is more than a hundred years away. Check the year.")
    return found


def _read(text: str, now: datetime, zone: tzinfo, toward: Toward) -> datetime | NotATime:
    for pattern, sign in ((_AGO, -1), (_IN, 1)):
        if found := re.match(pattern, text, re.IGNORECASE):
            return now + sign * _span(int(found[1]), found[2])
    if found := re.match(_CLOCK, text):
        return _clock_time(found, now, zone, toward)
    if found := re.match(_DATE_CLOCK, text):
        return _local(date.fromisoformat(found[1]), int(found[2]), int(found[3]), zone, text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return _local(moment.date(), moment.hour, moment.minute, zone, text, moment.second)
    return moment.astimezone(UTC)


def _span(amount: int, unit: str) -> timedelta:
    letter = unit[0].lower()
    return timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[letter]: amount})


def _clock_time(found: re.Match[str], now: datetime, zone: tzinfo, toward: Toward) -> datetime | NotATime:
    """Return the latest such time that is past, or the next; a day on which it lies the other way is passed over."""
    today = now.astimezone(zone).date()
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return NotATime(f"'{found[0]}' is not a time: hours go to 23, minutes to 59.")
    day = today
    for day in (today, today + timedelta(days=-1 if toward == "past" else 1)):
        first = datetime.combine(day, time(hour, minute, second), zone)
        readings = (first.astimezone(UTC), first.replace(fold=1).astimezone(UTC))
        if any(moment <= now if toward == "past" else moment > now for moment in readings):
            break
    return _local(day, hour, minute, zone, found[0], second)


def _local(
    day: date, hour: int, minute: int, zone: tzinfo, typed: str, second: int = 0
) -> datetime | NotATime:
    if hour > 23 or minute > 59:
        return NotATime(f"'{typed}' is not a time: hours go to 23, minutes to 59.")
    first = datetime.combine(day, time(hour, minute, second), zone)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        return NotATime(
            f"'{typed}' does not exist on {day}: the clocks go forward. Write the time after the change."
        )
    second_reading = first.replace(fold=1)
    if second_reading.utcoffset() != first.utcoffset():
        early, late = (f"{moment:%Y-%m-%dT%H:%M%z}" for moment in (first, second_reading))
        return NotATime(f"'{typed}' comes twice on {day}: the clocks go back. Write {early} or {late}.")
    return first.astimezone(UTC)


def clock(moment: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """Show an instant in the zone: ``21:38``, with its date when that is not today's (``22 Nov 21:38``)."""
    local = moment.astimezone(zone)
    if now is not None and now.astimezone(zone).date() == local.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}"


def full(moment: datetime, zone: tzinfo) -> str:
    """Show an instant whole, with its zone's name: ``2026-11-22 21:38 GMT``."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def spell(span: timedelta) -> str:
    """Say how long: ``4 min``, ``1 h 35 min``, ``3 d 2 h``; whole minutes, never rounded up to another unit."""
    minutes = int(abs(span).total_seconds() // 60)
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def left(due: datetime, now: datetime) -> str:
    """Say the time left or over: ``12 min left``, ``due now``, ``late 4 min``; seconds only within the last two minutes."""
    rest = due.astimezone(UTC) - now.astimezone(
        UTC
    )  # of two times in one zone Python subtracts what the wall says
    if -timedelta(minutes=1) < rest <= timedelta(0):
        return "due now"
    if timedelta(0) <= rest < timedelta(minutes=2):
        return f"{int(rest.total_seconds())} s left"
    return f"{spell(rest)} left" if rest >= timedelta(0) else f"late {spell(rest)}"
