"""Figures over time: what somebody read when, the line that shows it, and where the policy's thresholds were crossed.

Pure. A point is a reading that somebody typed: nothing is put between two of them, and none is spread over time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.severity import FIGURES, figures_speak
from crisisdesk.domain.timeline import Reading

BLOCKS, PLAIN = "▁▂▃▄▅▆▇█", ".:-=+*#"
"""The marks of a sparkline, lowest first: for most terminals, and for those that show ASCII only."""


class FigureRead(NamedTuple):
    """A figure as somebody read it: when (a stored instant), the number in the unit ``about`` names, and where."""

    at: str
    figure: str
    about: str
    value: float
    source: str
    by: str
    seq: int
    corrected_by: int = 0
    """Seq of the latest entry that corrects this one, or 0."""
    first_typed: float | None = None
    """The number as it was first typed, where it was corrected; else None."""


class Series(NamedTuple):
    """One figure over time: its readings in the order they were read, at least one."""

    figure: str
    about: str
    points: tuple[FigureRead, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers, in the order they were read."""
        return tuple(point.value for point in self.points)

    @property
    def first(self) -> FigureRead:
        """The earliest reading."""
        return self.points[0]

    @property
    def last(self) -> FigureRead:
        """The latest reading."""
        return self.points[-1]

    @property
    def highest(self) -> FigureRead:
        """The highest reading; of several the earliest."""
        return max(self.points, key=lambda point: point.value)


class Crossing(NamedTuple):
    """With this reading the figures began to speak for another level; ``level`` is empty when for none of their own."""

    at: str
    level: str
    reason: str
    seq: int

    @property
    def sentence(self) -> str:
        """Say it whole: the reason, and what it recommends. A person sets the level."""
        return f"{self.reason}: recommends {self.level}" if self.level else self.reason


def figures_read(readings: Iterable[Reading]) -> tuple[FigureRead, ...]:
    """Return every figure somebody typed, in the order written, corrections applied."""
    return tuple(
        FigureRead(
            r.occurred_at, r.event.figure, FIGURES.get(r.event.figure, r.event.figure), float(r.event.value),
            r.words.get("source", ""), r.person, r.entry.seq, r.corrected_by,
            r.entry.event.value if isinstance(r.entry.event, log.FigureTyped) and r.value is not None else None,
        )
        for r in readings
        if isinstance(r.event, log.FigureTyped)
    )  # fmt: skip


def series(points: Iterable[FigureRead]) -> tuple[Series, ...]:
    """Return one series for each figure that was typed, in the order of :data:`FIGURES`, points by when they were read."""
    found: dict[str, list[FigureRead]] = {name: [] for name in FIGURES}
    for point in sorted(points, key=lambda one: (one.at, one.seq)):
        found.setdefault(point.figure, []).append(point)
    return tuple(Series(name, some[0].about, tuple(some)) for name, some in found.items() if some)


def crossings(policy: Policy, points: Iterable[FigureRead]) -> tuple[Crossing, ...]:
    """Return each reading with which the figures began to speak for another level, in the order written.

    The order is that in which the desk knew them, so that the last one says what the desk recommends now: a figure
    typed later that was read earlier than the one known changes nothing.
    """
    found: list[Crossing] = []
    known: dict[str, float] = {}
    latest: dict[str, str] = {}
    before = ""
    for point in sorted(points, key=lambda one: one.seq):
        if point.at < latest.get(point.figure, ""):
            continue
        known[point.figure], latest[point.figure] = point.value, point.at
        level, reason = _worst(policy, known)
        if level != before:
            found.append(Crossing(point.at, level, reason, point.seq))
        before = level
    return tuple(found)


def _worst(policy: Policy, known: Mapping[str, float]) -> tuple[str, str]:
    order = list(policy.levels)
    speaking = sorted(figures_speak(policy, known), key=lambda one: order.index(one[0]))
    return speaking[0] if speaking else ("", "the figures speak for no level of their own any more")


def sparkline(values: Sequence[float], width: int, *, ascii: bool = False) -> str:  # noqa: A002 - the word people know
    """Return one mark for each of the newest ``width`` values, from the lowest of them to the highest.

    Never longer than ``width``. Values that are all the same, and a value alone, stand on the middle mark.
    """
    marks = PLAIN if ascii else BLOCKS
    shown = list(values[-width:]) if width > 0 else []
    if not shown:
        return ""
    low, high = min(shown), max(shown)
    if low == high:
        return marks[(len(marks) - 1) // 2] * len(shown)
    return "".join(marks[_rung(value, low, high, len(marks))] for value in shown)


def _rung(value: float, low: float, high: float, rungs: int) -> int:
    """Return on which of the rungs a value stands; the quarters keep the span of the largest numbers finite."""
    if high - low == float("inf"):
        value, low, high = value / 4, low / 4, high / 4
    return int((value - low) / (high - low) * (rungs - 1) + 0.5)
