"""The desk: all incidents, what is due next, and the one key to press when there is none."""

from datetime import datetime

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Signal
from crisisdesk.domain.figures import Series
from crisisdesk.domain.rows import IncidentRow
from crisisdesk.domain.times import instant, spell
from crisisdesk.ui.commands import DESK
from crisisdesk.ui.screens.base import DeskView, bindings
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, run_of, time_left

SIGNAL = "signal:"
WIDE, MARKS = 120, 24
"""Columns from which a row has room for a figure over time, and the marks it takes at most."""
USUAL = "usual-mentions"
"""The figure that others are compared with, and that is not worth a line of its own."""
REPAINT = 15.0
"""Seconds between repaints of the countdowns."""


class IncidentsScreen(DeskView):
    """All incidents of this desk."""

    NAME = DESK
    BINDINGS = bindings(DESK)

    def __init__(self) -> None:
        """Begin with nothing loaded."""
        super().__init__()
        self._signals: list[Signal] = []
        self._wide = False

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
        self._wide = self.size.width >= WIDE
        rows, self._signals, self.now = await self.desk_app.ask(
            lambda desk: (desk.incidents(), desk.signals.open(), desk.now())
        )
        figures = await self._figures(rows)
        frozen = await self.desk_app.ask(lambda desk: desk.journal.frozen())
        shown = self.query_one("#incidents", OptionList)
        place = shown.highlighted or 0
        shown.clear_options()
        shown.add_options([Option(_signal(one, self.now), id=f"{SIGNAL}{one.seq}") for one in self._signals])
        shown.add_options(
            [
                Option(_incident(row, self.now, figures.get(row.key), frozen.get(row.stream, 0)), id=row.key)
                for row in rows
            ]
        )
        if not rows:
            shown.add_option(
                Option(join("No incidents. Press ", ("n", STRONG), " to declare one."), disabled=True)
            )
        listed = len(rows) + len(self._signals)
        shown.highlighted = min(place, listed - 1) if listed else None
        shown.focus()
        still = sum(row.status == "open" for row in rows)
        closing = sum(row.status == "stood down" for row in rows)
        also = f", {closing} stood down" if closing else ""
        you = line(self.desk_app.speaker.author, QUIET, 30)
        self.query_one("#head", Static).update(
            join(("CrisisDesk", STRONG), f"  {still} open{also}  ", ("you are ", QUIET), you)
        )
        self.show_keys()

    async def _figures(self, rows: list[IncidentRow]) -> dict[str, Series]:
        """Return the figure to show beside each incident that is not closed, where there is room for it."""
        if not self._wide:
            return {}
        going = [row for row in rows if row.status != "closed"]
        every = await self.desk_app.ask(
            lambda desk: {row.key: desk.figures(row.stream, row.entries) for row in going}
        )
        told = {key: [one for one in found if one.figure != USUAL] for key, found in every.items()}
        return {key: found[0] for key, found in told.items() if found}

    async def on_resize(self) -> None:
        """Show the figures where the width allows."""
        await super().on_resize()
        if (self.size.width >= WIDE) != self._wide:
            await self.reload()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the incident that was chosen, or ask what becomes of a signal."""
        chosen = event.option_id or ""
        if chosen.startswith(SIGNAL):
            from crisisdesk.ui.screens.signals import ask_what_becomes_of

            await ask_what_becomes_of(
                self, next(one for one in self._signals if f"{SIGNAL}{one.seq}" == chosen)
            )
        elif chosen:
            await self.desk_app.open_incident(chosen)

    async def action_go_open(self) -> None:
        """Open the highlighted incident."""
        self.query_one("#incidents", OptionList).action_select()

    async def action_go_library(self) -> None:
        """Open the playbooks."""
        from crisisdesk.ui.screens.library import LibraryScreen

        await self.app.push_screen(LibraryScreen())

    async def action_go_signal(self) -> None:
        """Hand something noticed to the desk."""
        from crisisdesk.ui.screens.signals import ask_for_signal

        await ask_for_signal(self)

    async def action_go_declare(self) -> None:
        """Declare an incident."""
        from crisisdesk.ui.screens.declare import DeclareScreen

        await self.app.push_screen(DeclareScreen())


def _signal(one: Signal, now: datetime) -> Content:
    age = spell(now - instant(one.noticed_at))
    return join(
        ("signal  ", WARN), line(one.text, STRONG), "\n", (f"  {age} ago, from ", QUIET), line(one.author), "  ", line(one.link, QUIET),
    )  # fmt: skip


def _incident(row: IncidentRow, now: datetime, figure: Series | None, frozen: int) -> Content:
    sure = "" if row.severity_confirmed else " (not confirmed)"
    first = join(
        (f"{row.key}  ", STRONG),
        (f"{row.severity}{sure}  ", WARN),
        f"{row.status}  ",
        (f"FROZEN: {frozen} {'queue' if frozen == 1 else 'queues'}  " if frozen else "", WARN),
        line(row.title, STRONG),
    )
    age = f"  {spell(now - instant(row.declared_at))} old"
    second = join(
        (f"{age}, lead ", QUIET), line(row.lead or "nobody"), (f", {row.steps_done} of {row.steps_applicable} steps", QUIET),
        *(() if row.status == "closed" or not row.next_due else (", next ", time_left(row.next_due, now))),
        *(() if not row.next_update else (", update ", time_left(row.next_update, now))),
        *(() if figure is None else (f", {figure.figure} ", run_of(figure, now, MARKS))),
    )  # fmt: skip
    return join(first, "\n", second)
