"""How long people took to answer and to approve: two metrics with their medians, counted from entries alone."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.timeline import Reading
from crisisdesk.domain.times import instant


class Turnaround(NamedTuple):
    """How submitted texts fared; ``took`` has one span for each version that every asked role approved."""

    took: tuple[timedelta, ...]
    rounds: int
    """Versions that were put before their approvers."""
    expired: int
    """Versions whose last approval came after the time limit, or never though it has passed."""
    incomplete: int
    """Versions that not every asked role approved."""


def approvals(readings: Sequence[Reading], until: str) -> Turnaround:
    """Return how long approvals took, from submitting a version to the last approval it was submitted for.

    ``until`` is the stored instant up to which a missing approval is not yet too late.
    """
    asked: dict[str, tuple[str, log.StatementSubmitted]] = {}
    given: dict[str, dict[str, str]] = {}
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.StatementSubmitted):
            asked.setdefault(event.text_hash, (r.occurred_at, event))
        elif isinstance(event, log.StatementApproved):
            given.setdefault(event.text_hash, {}).setdefault(event.role, r.occurred_at)
    took, expired, incomplete = [], 0, 0
    for text_hash, (submitted_at, event) in asked.items():
        times = [given.get(text_hash, {}).get(role, "") for role in event.approvers]
        last = max(times, default="")
        if all(times) and last:
            took.append(instant(last) - instant(submitted_at))
            expired += bool(event.due_at and last > event.due_at)
        else:
            incomplete += 1
            expired += bool(event.due_at and event.due_at < until)
    return Turnaround(tuple(took), len(asked), expired, incomplete)


def middle(spans: Sequence[timedelta]) -> timedelta | None:
    """Return the median of some spans; None of none."""
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None
