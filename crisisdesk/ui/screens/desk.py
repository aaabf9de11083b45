"""The desk: all incidents, what is due next, and the one key to press when there is none."""

from datetime import datetime

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.domain.rows import IncidentRow
from crisisdesk.domain.times import instant, spell
from crisisdesk.ui.commands import DESK
from crisisdesk.ui.screens.base import DeskView, bindings
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, time_left

REPAINT = 15.0
"""Seconds between repaints of the countdowns."""


class IncidentsScreen(DeskView):
    """All incidents of this desk."""

    NAME = DESK
    BINDINGS = bindings(DESK)

    def compose(self) -> ComposeResult:
        """Lay out the head, the list and the line of keys."""
        yield Static(join(("CrisisDesk", STRONG)), id="head")
        yield OptionList(id="incidents", markup=False)
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Keep the countdowns true."""
        self.set_interval(REPAINT, self.reload)

    async def reload(self) -> None:
        """Show the incidents, newest first."""
        rows, self.now = await self.desk_app.ask(lambda desk: (desk.incidents(), desk.now()))
        shown = self.query_one("#incidents", OptionList)
        place = shown.highlighted or 0
        shown.clear_options()
        shown.add_options([Option(_incident(row, self.now), id=row.key) for row in rows])
        if not rows:
            shown.add_option(
                Option(join("No incidents. Press ", ("n", STRONG), " to declare one."), disabled=True)
            )
        shown.highlighted = min(place, len(rows) - 1) if rows else None
        shown.focus()
        still = sum(row.status == "open" for row in rows)
        you = line(self.desk_app.speaker.author, QUIET, 30)
        self.query_one("#head", Static).update(
            join(("CrisisDesk", STRONG), f"  {still} open  ", ("you are ", QUIET), you)
        )
        self.show_keys()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the incident that was chosen."""
        if event.option_id:
            await self.desk_app.open_incident(event.option_id)

    async def action_go_open(self) -> None:
        """Open the highlighted incident."""
        self.query_one("#incidents", OptionList).action_select()

    async def action_go_declare(self) -> None:
        """Declare an incident."""
        from crisisdesk.ui.screens.declare import DeclareScreen

        await self.app.push_screen(DeclareScreen())


def _incident(row: IncidentRow, now: datetime) -> Content:
    sure = "" if row.severity_confirmed else " (not confirmed)"
    first = join(
        (f"{row.key}  ", STRONG),
        (f"{row.severity}{sure}  ", WARN),
        f"{row.status}  ",
        line(row.title, STRONG),
    )
    age = f"  {spell(now - instant(row.declared_at))} old"
    second = join(
        (f"{age}, lead ", QUIET), line(row.lead or "nobody"), (f", {row.steps_done} of {row.steps_applicable} steps", QUIET),
        *(() if row.status == "closed" or not row.next_due else (", next ", time_left(row.next_due, now))),
        *(() if not row.next_update else (", update ", time_left(row.next_update, now))),
    )  # fmt: skip
    return join(first, "\n", second)
