"""How an entry of the timeline is drawn: on one line of the list, and whole."""

from datetime import datetime, timedelta

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.timeline import Item
from crisisdesk.domain.times import instant
from crisisdesk.ui.case_words import at
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, lines

BOTH_TIMES = 100
"""Columns from which there is room for when it happened and when it was written."""
LATE = timedelta(minutes=1)
"""Written so much after it happened, an entry says so on a narrow screen too."""
WHO = 15
"""Columns of a name."""


def when_width(case: Case, now: datetime) -> int:
    """Return the columns of a time: those of a date too, where the incident began on another day."""
    return max(8, len(at(case.state.declared_at, case, now)))


def headings(case: Case, now: datetime, width: int) -> list[Content]:
    """Return the names of the columns, where both times are shown."""
    if width < BOTH_TIMES:
        return []
    wide = when_width(case, now)
    return [join((f"{'happened':>{wide}} {'written':>{wide}} {'by':<{WHO}} entry", QUIET))]


def row(case: Case, item: Item, now: datetime, width: int) -> Content:
    """Return an entry on one line."""
    written = at(item.recorded_at, case, now)
    happened = at(item.occurred_at, case, now)
    late = instant(item.recorded_at) - instant(item.occurred_at) > LATE
    wide = when_width(case, now) if width >= BOTH_TIMES else len(at(case.state.declared_at, case, now))
    times = f"{happened:>{wide}} " + (f"{written:>{wide}} " if width >= BOTH_TIMES else "")
    note = f" (written {written})" if late and width < BOTH_TIMES else ""
    who = f"{item.on_behalf_of} by {item.relayed_by}" if item.on_behalf_of else item.author
    mark = f" corrected by #{item.corrected_by}" if item.corrected_by else ""
    mark += f" deviation: {item.deviation}" if item.deviation else ""
    name = line(who, width=WHO)
    return join(
        (times, QUIET), name, " " * max(1, WHO + 1 - name.cell_length), line(item.title, STRONG), (note, QUIET), (mark, WARN),
        "  ", line(item.text, QUIET, max(20, width)),
    )  # fmt: skip


def whole(case: Case, item: Item, now: datetime) -> list[Content]:
    """Return an entry whole: both times, who wrote it and for whom, its words, and what it said first."""
    happened, written = at(item.occurred_at, case, now), at(item.recorded_at, case, now)
    head = join(
        line(item.title, STRONG), (f"   #{item.seq}, happened {happened}, written {written} by ", QUIET), line(item.author),
    )  # fmt: skip
    rows = [head]
    if item.on_behalf_of:
        rows.append(join(("Relayed for ", WARN), line(item.on_behalf_of), (f", by {item.relayed_by}", QUIET)))
    if item.text:
        rows.append(lines(item.text))
    if item.source:
        rows.append(join(("Source: ", QUIET), lines(item.source)))
    if item.corrected_by:
        was = item.original_text or at(item.original_occurred_at, case, now)
        rows.append(join((f"Corrected by #{item.corrected_by}. First written: ", WARN), lines(was)))
    if item.late_because:
        rows.append(join(("Written late: ", QUIET), lines(item.late_because)))
    if item.sensitivity != "normal":
        rows.append(join(("Kept closer: ", WARN), item.sensitivity))
    return rows
