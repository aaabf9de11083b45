"""What is due across incidents, soonest first: whose it is, what to do, and when the countdowns are to be drawn again.

Pure questions asked of the ``dues`` rows with the time of looking.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from crisisdesk.domain.rows import DueRow
from crisisdesk.domain.text import name_key
from crisisdesk.domain.times import instant

CALM = timedelta(seconds=15)
"""Between two paints of the countdowns, while they say whole minutes."""
LAST = timedelta(minutes=2)
"""Before the due time: from here the countdowns say seconds."""

STATEMENT_MARK = "|"
"""Between the parts of a statement's key; a step's id has none."""


class Due(NamedTuple):
    """One thing that is due, as one person sees it now."""

    row: DueRow
    person: str
    """Who is asked now, by name: the owner, or the stand-in once the time has passed; empty where nobody is."""
    role: str
    """The role they are asked in."""
    mine: bool
    """The speaker is the one who is asked, or owns it."""

    @property
    def id(self) -> str:
        """What it is known by: the same thing with another due time is another."""
        row = self.row
        return f"{row.stream} {row.kind} {row.what} {row.owner_role} {row.due}"

    @property
    def waits(self) -> bool:
        """Whether it cannot be done yet: an earlier step, or a hold, is in front of it."""
        return self.row.state == "waiting"


def agenda(rows: Iterable[DueRow], speaker: str, now: datetime) -> list[Due]:
    """Return what is due, soonest first and so the late before all, each with who is asked; ``speaker`` sees what is theirs."""
    me = name_key(speaker)
    return [_seen(row, me, now) for row in sorted(rows, key=lambda row: row.due)]


def _seen(row: DueRow, me: str, now: datetime) -> Due:
    instead = bool(row.stand_in_role) and (not row.owner or instant(row.due) < now)
    person, role = (
        (row.stand_in, row.stand_in_role) if instead and row.stand_in else (row.owner, row.owner_role)
    )
    mine = bool(me) and me in {name_key(person), name_key(row.owner)}
    return Due(row, person, role, mine)


def what_to_do(due: Due) -> str:
    """Say in the imperative what is to be done: ``approve 'holding' for x, version 2``."""
    row = due.row
    if row.kind == "step":
        return f"see what blocks '{row.title}'" if row.state == "blocked" else f"do '{row.title}'"
    if row.kind == "update":
        which = "internal update" if row.what == "internal" else "update"
        return f"send the promised {which}" + (f" ({row.title})" if row.title else "")
    said = {
        "clock": f"submit '{row.title}'",
        "first word": "say the first public word, or decide to say none",
        "approval": f"approve {row.title}",
        "enquiry": f"answer {row.title}",
        "look again": f"look again: {row.title}",
        "review": "finish the review",
        "follow-up": f"see to it: {row.title}",
    }
    return said.get(row.kind, row.title)


def next_paint(dues: Sequence[Due], now: datetime) -> timedelta:
    """Return how long the countdowns stay true: a second while one counts seconds, else until one begins to, at most 15."""
    wait = CALM
    for due in dues:
        rest = instant(due.row.due) - now
        if timedelta(0) <= rest < LAST:
            return timedelta(seconds=1)
        if rest >= LAST:
            # At exactly two minutes it still says minutes: the paint after that says seconds.
            wait = min(wait, max(rest - LAST, timedelta(seconds=1)))
    return wait
