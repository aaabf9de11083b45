"""What is said aloud when things fall due: once each, several together as one, a flood as one; with an owner and an action.

Pure: what was told before goes in, what is told now comes out. Nothing of it is written to the log.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from crisisdesk.domain.agenda import Due, what_to_do
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import instant, left

WINDOW = timedelta(minutes=10)
FLOOD = 10
"""More than this many in a window are told as one (EEMUA 191's figure for a flood of alarms)."""
SPELT_OUT = 3
"""So many are told each by its own sentence; the others are counted."""

Keys = Callable[[Due], str]
"""Which keys of the desk lead to what is to be done."""


class Alert(NamedTuple):
    """What is told now."""

    text: str
    """For the screen: a line for each thing, with owner and action."""
    outside: str
    """For the desktop, where others look on: an incident's key and the kind of thing, never its words."""
    sound: bool


class Told(NamedTuple):
    """What was told, since the desk was opened."""

    since: datetime
    """What fell due before is on the desk, and was never told."""
    at: Mapping[str, datetime] = {}
    """Things by id, to when they were told."""
    flood: datetime = datetime.min.replace(tzinfo=UTC)
    """When a flood was last told as one."""


def attend(before: Told, dues: Sequence[Due], now: datetime, keys: Keys) -> tuple[Told, Alert | None]:
    """Return what has been told now, and what to tell: nothing twice, nothing that only waits for something else."""
    new = [due for due in dues if due.id not in before.at and _fell_due(due, before.since, now)]
    if not new:
        return before, None
    told = before._replace(at={**before.at, **{due.id: now for due in new}})
    recent = _recent(told, now)
    if recent <= FLOOD:
        return told, Alert(_sentences(new, now, keys), _outside(new), any(due.row.loud for due in new))
    if now - before.flood < WINDOW:
        return told, None  # one was told for all of them; the banner counts on
    told = told._replace(flood=now)
    return told, Alert(_flood(recent), _flood(recent), any(due.row.loud for due in new))


def banner(told: Told, dues: Sequence[Due], now: datetime, keys: Keys) -> str:
    """Return what stands on the desk: what was told in the last ten minutes and is still to do; empty for nothing."""
    still = [due for due in dues if due.id in told.at and now - told.at[due.id] < WINDOW]
    if not still:
        return ""
    recent = _recent(told, now)
    return _flood(recent) if recent > FLOOD else _sentences(still, now, keys)


def _fell_due(due: Due, since: datetime, now: datetime) -> bool:
    return since < instant(due.row.due) <= now and not due.waits


def _recent(told: Told, now: datetime) -> int:
    return sum(now - moment < WINDOW for moment in told.at.values())


def _flood(count: int) -> str:
    return f"{count} things fell due in the last ten minutes; see the desk."


def _sentences(dues: Sequence[Due], now: datetime, keys: Keys) -> str:
    loudest = sorted(dues, key=lambda due: (not due.row.loud, due.row.due))
    lines = [_sentence(due, now, keys) for due in loudest[:SPELT_OUT]]
    rest = len(dues) - len(lines)
    return "\n".join([*lines, *([f"and {rest} more on the desk."] if rest else [])])


def _sentence(due: Due, now: datetime, keys: Keys) -> str:
    """Say who is to do what of which incident, since when, and which keys lead there."""
    row = due.row
    since = left(instant(row.due), now)
    said = f"{one_line(due.person, 40) or 'nobody yet'}, {due.role}: {one_line(what_to_do(due), 90)} of {row.incident}, {since}: {keys(due)}"
    return f"DRILL: {said}" if row.drill else said


def _outside(dues: Sequence[Due]) -> str:
    rows = [due.row for due in dues]
    named = [f"{'DRILL ' if row.drill else ''}{row.incident}: {row.kind} due" for row in rows[:SPELT_OUT]]
    rest = len(rows) - len(named)
    return "; ".join([*named, *([f"{rest} more"] if rest else [])])
