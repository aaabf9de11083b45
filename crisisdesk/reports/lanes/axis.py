"""Time on paper: an axis that is true within a stretch, and broken where nothing happened for long."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

BREAK = 22.0
"""Units a break takes."""
MOST_BREAKS = 5
_QUIET = tuple(timedelta(minutes=minutes) for minutes in (45, 90, 180, 360, 720, 1440, 10080, 10**6))
"""A stretch without a mark that is longer than this is left out; the shortest with which few breaks do."""
_STEPS = tuple(
    timedelta(minutes=minutes) for minutes in (5, 10, 15, 30, 60, 120, 240, 720, 1440, 2880, 10080)
)
LEAST = 46.0
"""Units a stretch takes at least, so that its times can be read."""


class Stretch(NamedTuple):
    """A part of the axis: from when to when, and where it stands."""

    since: datetime
    until: datetime
    left: float
    right: float


class Axis:
    """Where a moment stands."""

    def __init__(self, moments: Sequence[datetime], left: float, right: float) -> None:
        """Lay an axis out over moments, between two places."""
        times = sorted(set(moments)) or [datetime.fromtimestamp(0)]  # noqa: DTZ006 - an empty axis shows no time
        self.stretches = _placed(_parts(times), left, right)

    def place(self, moment: datetime) -> float:
        """Return where a moment stands; one in a break stands at its edge."""
        for part in self.stretches:
            if moment <= part.until:
                share = (max(moment, part.since) - part.since) / (part.until - part.since)
                return part.left + share * (part.right - part.left)
        return self.stretches[-1].right

    def ticks(self, zone: tzinfo) -> list[tuple[float, str]]:
        """Return where a time is written, and the time; the date where the day begins to be another."""
        found, day, last = [], None, float("-inf")
        for part in self.stretches:
            for moment in _round_times(part, zone):
                place = self.place(moment)
                if place - last < 30:
                    continue
                local = moment.astimezone(zone)
                dated = f"{local.day} {local:%b}" if local.date() != day else ""
                found.append((place, f"{local:%H:%M}\n{dated}"))
                day, last = local.date(), place
        return found


def _parts(times: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """Cut the time where nothing happened for long."""
    for quiet in _QUIET:
        cuts = [place for place, (one, other) in enumerate(pairwise(times), 1) if other - one > quiet]
        if len(cuts) <= MOST_BREAKS:
            break
    edges = [0, *cuts, len(times)]
    pad = timedelta(minutes=1)
    return [(times[first] - pad, times[last - 1] + pad) for first, last in pairwise(edges)]


def _placed(parts: list[tuple[datetime, datetime]], left: float, right: float) -> list[Stretch]:
    room = right - left - BREAK * (len(parts) - 1) - LEAST * len(parts)
    whole = sum(((until - since) for since, until in parts), timedelta())
    found, x = [], left
    for since, until in parts:
        wide = LEAST + room * ((until - since) / whole)
        found.append(Stretch(since, until, x, x + wide))
        x += wide + BREAK
    return found


def _round_times(part: Stretch, zone: tzinfo) -> list[datetime]:
    """Return round times within a stretch, as many as there is room for; at least its beginning."""
    span, room = part.until - part.since, part.right - part.left
    step = next((one for one in _STEPS if room / max(1.0, span / one) >= 44), _STEPS[-1])
    local = part.since.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + step * -((midnight - local) // step)
    found = []
    while moment <= part.until:
        if moment >= part.since:
            found.append(moment)
        moment += step
    return found or [part.since]
