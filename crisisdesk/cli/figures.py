"""Figures over time: each as it was read, its line, and the level they speak for."""

import sys
from collections.abc import Sequence
from datetime import tzinfo

import click

from crisisdesk.cli.options import as_json, incident
from crisisdesk.cli.session import print_json, print_text, session_of
from crisisdesk.desk import Case
from crisisdesk.domain.figures import (
    BLOCKS,
    Crossing,
    FigureRead,
    Series,
    crossings,
    figures_read,
    series,
    sparkline,
)
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.severity import FIGURES, number
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant

WIDTH = 60
"""Marks of a line at most: the newest readings."""
INDENT = "    "


@click.command()
@incident
@click.option("--ascii", "ascii_", is_flag=True, help="Draw the lines with ASCII marks only.")
@as_json
@click.pass_context
def figures(context: click.Context, /, incident: str, ascii_: bool, json_: bool) -> None:
    """Figures over time: first, last and highest, a line, every reading with its source, and what they recommend."""
    from crisisdesk.domain.timeline import read

    session = session_of(context)
    case = session.case(incident)
    points = figures_read(read(session.desk.entries(case)))
    found, crossed = series(points), crossings(case.state.policy, points)
    if json_:
        print_json("figures", _json(case, found, crossed))
        return
    tz = zone(case.state.policy)
    drill = "DRILL  " if case.state.drill else ""
    print_text(f"{drill}{case.state.label}  {one_line(case.title)}  (times in {case.state.policy.time_zone})")
    by_name = {one.figure: one for one in found}
    for name in {**FIGURES, **by_name}:
        print_text(f"\n{name}: {by_name[name].about if name in by_name else FIGURES[name]}")
        lines = (
            _lines(by_name[name], tz, ascii_ or not _shows_blocks()) if name in by_name else ["not recorded"]
        )
        for line in lines:
            print_text(INDENT + line)
    print_text("")
    for one in crossed:
        print_text(f"{full(instant(one.at), tz)}  {one.sentence} (#{one.seq})")
    if not crossed:
        print_text("The figures speak for no level of their own.")


def _lines(one: Series, tz: tzinfo, ascii_: bool) -> list[str]:
    to = "->" if ascii_ else "→"
    highest = f"highest {number(one.highest.value)} at {full(instant(one.highest.at), tz)}"
    cut = f"  (the newest {WIDTH} of {len(one.points)})" if len(one.points) > WIDTH else ""
    return [
        f"{number(one.first.value)} {to} {number(one.last.value)}, {highest}",
        sparkline(one.values, WIDTH, ascii=ascii_) + cut,
        *(_point(point, tz) for point in one.points),
    ]


def _point(point: FigureRead, tz: tzinfo) -> str:
    source = one_line(point.source) or "source not recorded"
    was = "" if point.first_typed is None else f", first typed as {number(point.first_typed)}"
    mark = f" (corrected by #{point.corrected_by}{was})"
    return (
        f"{full(instant(point.at), tz)}  {number(point.value)}  {source}, {one_line(point.by)}  #{point.seq}"
        + (mark if point.corrected_by else "")
    )


def _shows_blocks() -> bool:
    """Tell whether standard output can show the marks of the line."""
    try:
        BLOCKS.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _json(case: Case, found: Sequence[Series], crossed: Sequence[Crossing]) -> dict[str, object]:
    listed = [
        {
            "figure": one.figure, "about": one.about, "first": one.first.value, "last": one.last.value,
            "highest": one.highest.value, "highest_at": one.highest.at, "points": [point._asdict() for point in one.points],
        }
        for one in found
    ]  # fmt: skip
    return {
        "incident": case.state.label, "drill": case.state.drill, "time_zone": case.state.policy.time_zone,
        "figures": listed, "crossings": [one._asdict() for one in crossed],
    }  # fmt: skip
