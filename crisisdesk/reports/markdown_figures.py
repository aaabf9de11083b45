"""The figures people read, in the Markdown summary: every reading in a table, each figure's line, the levels they spoke for."""

from collections.abc import Callable

from crisisdesk.domain.figures import FigureRead, Series, series, sparkline
from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.severity import number
from crisisdesk.domain.summary import Summary
from crisisdesk.reports.markdown_text import inline, section

WIDTH = 60
"""Marks of a line at most: the newest readings."""
Time = Callable[[str], str]
"""Says a stored instant in the incident's zone."""


def figures_section(summary: Summary, time: Time) -> list[str]:
    """Return the section of the figures read, in the order they were read."""
    every = sorted(summary.figures, key=lambda point: (point.at, point.seq))
    rows = [
        (time(f.at), f.about, number(f.value), f.source or NOT_RECORDED, _remark(f), f.by, f"#{f.seq}")
        for f in every
    ]
    names = ("When", "What", "Figure", "Source", "Remark", "By", "Entry")
    found = section("Figures read", names, rows, "No figure was typed: not recorded.")
    lines = [_line(one, time) for one in series(summary.figures)]
    said = [
        f"- {time(one.at)}: {inline(one.sentence)} (#{one.seq}). A person sets the level."
        if one.level
        else f"- {time(one.at)}: {inline(one.sentence)} (#{one.seq})."
        for one in summary.crossings
    ]
    return [*found, *([""] if lines else []), *lines, *([""] if said else []), *said]


def _line(one: Series, time: Time) -> str:
    marks = sparkline(one.values, WIDTH)
    cut = f", the newest {WIDTH} of {len(one.points)}" if len(one.points) > WIDTH else ""
    return (
        f"- {inline(one.about)}: `{marks}`{cut}, {inline(number(one.first.value))} → {inline(number(one.last.value))}, "
        f"highest {inline(number(one.highest.value))} at {time(one.highest.at)}"
    )


def _remark(point: FigureRead) -> str:
    if not point.corrected_by:
        return "—"
    was = "" if point.first_typed is None else f", first typed as {number(point.first_typed)}"
    return f"corrected by #{point.corrected_by}{was}"
