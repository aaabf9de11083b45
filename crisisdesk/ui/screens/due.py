"""A line of what is due on the desk, and the way from it to that very thing."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from crisisdesk.domain.agenda import STATEMENT_MARK, Due, what_to_do
from crisisdesk.domain.times import instant, left
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line

if TYPE_CHECKING:
    from crisisdesk.ui.app import DeskApp

_TIME, _WHO = 17, 14


def due_line(due: Due, now: datetime, *, named: bool = True) -> Content:
    """Say when, whose, of which incident (where ``named``), and what to do, on one line."""
    row = due.row
    late = instant(row.due) <= now
    when = ("! " if late else "  ") + left(instant(row.due), now)
    soon = not late and when.endswith(" s left")
    return join(
        (f"{when:<{_TIME}} ", LATE if late else WARN if soon else QUIET),
        _who(due),
        (f"{row.incident}  " if named else "", QUIET),
        ("blocked: " if row.state == "blocked" else "", WARN),
        line(row.title if row.kind == "step" else what_to_do(due), STRONG if due.mine else ""),
        ("  waits for another step" if due.waits else "", QUIET),
        ("  DRILL" if row.drill and not row.incident.startswith("DRILL") else "", WARN),
    )


def _who(due: Due) -> Content:
    if due.mine:
        return join((f"{'you':<{_WHO}}", "bold $text-accent"))
    if not due.person:
        return join((f"{'nobody yet':<{_WHO}}", WARN))
    name = line(due.person, "", _WHO - 1)
    return join(name, " " * max(1, _WHO - name.cell_length))


async def open_due(app: "DeskApp", due: Due) -> None:
    """Open the incident at what is due: the step, the clock, the words to approve, the form for an update or an answer."""
    from crisisdesk.ui.screens.runbook import RunbookScreen

    row = due.row
    if row.kind == "review":
        from crisisdesk.ui.screens.review import ReviewScreen

        await app.push_screen(ReviewScreen(row.incident))
        return
    runbook = RunbookScreen(row.incident, "" if STATEMENT_MARK in row.what else row.what)
    await app.push_screen(runbook)
    if row.kind == "clock":
        from crisisdesk.ui.screens.clocks import ClocksScreen

        await app.push_screen(ClocksScreen(row.incident, row.what))
    elif row.kind == "first word" or (row.kind == "approval" and STATEMENT_MARK in row.what):
        from crisisdesk.ui.screens.statements import StatementsScreen

        await app.push_screen(StatementsScreen(row.incident, row.what))
    elif row.kind in ("update", "enquiry"):
        await runbook.reload()
        await runbook.action_command("update" if row.kind == "update" else "answer")
