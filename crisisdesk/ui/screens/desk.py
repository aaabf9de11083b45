"""The desk: what is due, soonest first; signals; all incidents; and the one key to press when there is none."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Click, Key
from textual.timer import Timer
from textual.widgets import Static

from crisisdesk.desk import Desk, Signal
from crisisdesk.domain.agenda import Due, agenda
from crisisdesk.domain.rows import DueRow, IncidentRow
from crisisdesk.domain.times import instant, spell
from crisisdesk.ui.command import DESK
from crisisdesk.ui.screens.base import DeskView, bindings
from crisisdesk.ui.screens.due import due_line, open_due
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines, stacked, time_left
from crisisdesk.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from crisisdesk.domain.figures import Series

WIDE, MARKS = 120, 24
"""Columns from which what is due stands beside the incidents, and the marks a figure over time takes at most."""
NARROW = 6
"""Lines of what is due above the incidents."""
MOST = 200
"""Things that are due loaded at most; those after them are not soon."""
USUAL = "usual-mentions"
"""The figure that others are compared with, and that is not worth a line of its own."""
AFTER = 0.1
"""Seconds after which figures are read for the incidents that are seen: reading logs must not hold the first picture up."""
REST = 0.3
"""Seconds an incident is highlighted until it is made ready: whoever stops at it mostly opens it."""
REPAINT = 15.0
"""Seconds between repaints of what says whole minutes."""

Loaded = tuple[list[IncidentRow], list[Signal], dict[str, int], list[DueRow], datetime]


class OpenList(LineList):
    """A list whose rows open at the first click."""

    def on_click(self, event: Click) -> None:
        """Highlight the row under the mouse; the list itself then chooses it."""
        row = (event.y + self.scroll_offset.y) // self._tall
        if 0 <= row < self.count:
            self.highlight(row)


class IncidentsScreen(DeskView):
    """All incidents of this desk, and what is due in them."""

    NAME = DESK
    BINDINGS = bindings(DESK)

    def __init__(self) -> None:
        """Begin with nothing loaded."""
        super().__init__()
        self._rows: list[IncidentRow] = []
        self._signals: list[Signal] = []
        self._frozen: dict[str, int] = {}
        self._loaded: list[DueRow] = []
        self._agenda: list[Due] = []
        self._dues: list[Due] = []
        """Those that are shown."""
        self._figures: dict[tuple[str, int], Series | None] = {}
        """By stream and last entry, as far as they were looked for."""
        self._wanted: dict[tuple[str, int], None] = {}
        self._only_mine = False
        self._resting: Timer | None = None

    @property
    def _wide(self) -> bool:
        return self.has_class("-wide")

    def compose(self) -> ComposeResult:
        """Lay out the head, what has just fallen due, the two lists, and the line of keys."""
        yield Static(join(("CrisisDesk", STRONG)), id="head")
        yield Static("", id="banner")
        with Container(id="panes"):
            with Vertical(id="due-pane"):
                yield Static("", id="due-head")
                yield OpenList(id="due")
            with Vertical(id="incidents-pane"):
                yield OpenList(id="incidents", tall=2)
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Begin at the incidents, laid out for the width there is."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        for shown in self.query("#incidents"):  # none where the desk is left in the moment it opens
            shown.focus()

    async def reload(self) -> None:
        """Load all of it in one question, and show it."""
        most = 0 if self._only_mine else MOST  # one's own may come after those of two hundred others
        loaded = await self.desk_app.ask(lambda desk: _load(desk, most))
        self._rows, self._signals, self._frozen, self._loaded, self.now = loaded
        self.desk_app.attention.begin(self.now)
        self._show()

    async def tick(self, now: datetime) -> None:
        """Count the time left anew, from what is loaded."""
        self.now = now
        self._show()

    async def _load_figures(self) -> None:
        """Load the figure to show beside each incident that was drawn without: a reading is in its log, so only for what is seen."""
        wanted, self._wanted = self._wanted, {}
        every = await self.desk_app.ask(
            lambda desk: {at: desk.figures(*at) for at in wanted}  # at which entry of which stream
        )
        for at, found in every.items():
            self._figures[at] = next((one for one in found if one.figure != USUAL), None)
        self._show_incidents()

    def _figure(self, row: IncidentRow) -> "Series | None":
        """Return the figure to show beside an incident that is not closed, where there is room; it may come a moment later."""
        if not self._wide or row.status == "closed":
            return None
        at = (row.stream, row.entries)
        if at not in self._figures:
            if not self._wanted:
                self.set_timer(AFTER, self._load_figures)
            self._wanted[at] = None
        return self._figures.get(at)

    def _show(self) -> None:
        self._agenda = agenda(self._loaded, self.desk_app.speaker.author, self.now)
        self._show_head()
        self._show_due()
        self._show_incidents()
        self.show_keys()

    def _show_head(self) -> None:
        still = sum(row.status == "open" for row in self._rows)
        closing = sum(row.status == "stood down" for row in self._rows)
        also = f", {closing} stood down" if closing else ""
        you = line(self.desk_app.speaker.author, QUIET, 30)
        quiet = "" if self.desk_app.attention.sound else "  sound off"
        self.query_one("#head", Static).update(
            join(("CrisisDesk", STRONG), f"  {still} open{also}  ", ("you are ", QUIET), you, (quiet, WARN))
        )
        said = self.desk_app.attention.banner(self._agenda, self.now)
        banner = self.query_one("#banner", Static)
        banner.display = bool(said)
        banner.update(stacked([join(("! ", LATE), lines(one, LATE)) for one in said.splitlines()]))

    def _show_due(self) -> None:
        # What waits for another step is on that step's line; beside the incidents there is room for both.
        shown_now = [due for due in self._agenda if self._wide or not due.waits]
        self._dues = [due for due in shown_now if due.mine or not self._only_mine]
        self.query_one("#due-pane").display = bool(self._dues or self._only_mine)
        self.query_one("#due-head", Static).update(self._due_head())
        several = len({due.row.stream for due in self._dues}) > 1
        shown = self.query_one("#due", OpenList)
        shown.styles.height = None if self._wide else max(1, min(len(self._dues), NARROW))
        shown.set_rows(
            len(self._dues),
            lambda place: [due_line(self._dues[place], self.now, named=several)],
            highlighted=shown.highlighted or 0,
        )

    def _due_head(self) -> Content:
        late = sum(instant(due.row.due) < self.now for due in self._dues)
        mine = sum(due.mine for due in self._dues)
        if self._only_mine:
            count = f"  {mine}" if mine else "  Nothing is due to you. Press m for everything."
            return join(
                ("Due to you, soonest first", STRONG),
                (count, QUIET),
                (f", {late} late" if late else "", LATE),
            )
        more = " or more" if len(self._loaded) >= MOST else ""
        yours = f", {mine} yours" if mine else ""
        return join(
            ("Due, soonest first", STRONG), (f"  {len(self._dues)}{more}{yours}", QUIET), (f", {late} late" if late else "", LATE),
        )  # fmt: skip

    def _show_incidents(self) -> None:
        shown = self.query_one("#incidents", OpenList)
        count, place = len(self._signals) + len(self._rows), shown.highlighted or 0
        tall = 3 if self._wide else 2
        if count:
            shown.set_rows(count, self._row, highlighted=place, tall=tall)
        else:
            empty = join("No incidents. Press ", ("n", STRONG), " to declare one.")
            shown.set_rows(1, lambda _: [empty], highlighted=None, disabled={0}, tall=tall)

    def _row(self, place: int) -> list[Content]:
        """Draw a signal or an incident: the signals stand first."""
        if place < len(self._signals):
            return _signal(self._signals[place], self.now)
        row = self._rows[place - len(self._signals)]
        frozen = self._frozen.get(row.stream, 0)
        return _incident(row, self.now, self._figure(row), frozen, wide=self._wide)

    async def on_resize(self) -> None:
        """Use the width there is."""
        was = self._wide
        self.set_class(self.size.width >= WIDE, "-wide")
        await super().on_resize()
        if was != self._wide:
            await self.reload()

    def on_key(self, event: Key) -> None:
        """Let the arrows go from one list on into the other, where they stand above each other."""
        due, incidents = self.query_one("#due", OpenList), self.query_one("#incidents", OpenList)
        if self._wide or not self._dues:
            return
        if event.key == "up" and self.focused is incidents and not incidents.highlighted:
            due.highlight(len(self._dues) - 1)
            due.focus()
        elif event.key == "down" and self.focused is due and due.highlighted == len(self._dues) - 1:
            incidents.focus()
        else:
            return
        event.stop()
        event.prevent_default()

    @on(OpenList.Highlighted, "#incidents")
    def make_ready_soon(self) -> None:
        """Once the keys rest on an incident, have it read, so that it opens at once."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._make_ready)

    def _make_ready(self) -> None:
        place = (self.query_one("#incidents", OpenList).highlighted or 0) - len(self._signals)
        if 0 <= place < len(self._rows):
            key = self._rows[place].key
            self.desk_app.soon(lambda desk: _ready(desk, key))

    @on(OpenList.Selected, "#due")
    async def open_what_is_due(self, event: OpenList.Selected) -> None:
        """Open an incident at the very thing that is due."""
        await open_due(self.desk_app, self._dues[event.row])

    @on(OpenList.Selected, "#incidents")
    async def open_chosen(self, event: OpenList.Selected) -> None:
        """Open the incident that was chosen, or ask what becomes of a signal."""
        if event.row < len(self._signals):
            from crisisdesk.ui.screens.signals import ask_what_becomes_of

            await ask_what_becomes_of(self, self._signals[event.row])
        else:
            await self.desk_app.open_incident(self._rows[event.row - len(self._signals)].key)

    async def action_go_open(self) -> None:
        """Open what is highlighted."""
        shown = self.focused if isinstance(self.focused, OpenList) else self.query_one("#incidents", OpenList)
        shown.action_choose()

    async def action_go_due(self) -> None:
        """Go to what is due, or back to the incidents."""
        due = self.query_one("#due", OpenList)
        if self.focused is due or not self._dues:
            self.query_one("#incidents").focus()
        else:
            due.focus()

    async def action_go_mine(self) -> None:
        """Show only what is due to the person here, or everything again."""
        self._only_mine = not self._only_mine
        await self.reload()

    async def action_go_library(self) -> None:
        """Open the playbooks."""
        from crisisdesk.ui.screens.library import LibraryScreen

        await self.app.push_screen(LibraryScreen())

    async def action_go_insights(self) -> None:
        """Show what was learned across incidents."""
        from crisisdesk.ui.screens.insights import InsightsScreen

        await self.app.push_screen(InsightsScreen())

    async def action_go_signal(self) -> None:
        """Hand something noticed to the desk."""
        from crisisdesk.ui.screens.signals import ask_for_signal

        await ask_for_signal(self)

    async def action_go_declare(self) -> None:
        """Declare an incident."""
        from crisisdesk.ui.screens.declare import DeclareScreen

        await self.app.push_screen(DeclareScreen())


def _ready(desk: Desk, key: str) -> None:
    """Read an incident, and what its runbook is made of, on the desk's thread; it is remembered there."""
    import crisisdesk.ui.screens.runbook  # noqa: F401 - loaded before it is asked for

    desk.case(key)


def _load(desk: Desk, most: int) -> Loaded:
    return desk.incidents(), desk.signals.open(), desk.journal.frozen(), desk.dues(limit=most), desk.now()


def _run(figure: "Series", now: datetime) -> Content:
    from crisisdesk.ui.case_words import run_of

    return join(f"{figure.figure} ", run_of(figure, now, MARKS))


def _signal(one: Signal, now: datetime) -> list[Content]:
    age = spell(now - instant(one.noticed_at))
    return [
        join(("signal  ", WARN), line(one.text, STRONG)),
        join((f"  {age} ago, from ", QUIET), line(one.author), "  ", line(one.link, QUIET)),
    ]


def _incident(
    row: IncidentRow, now: datetime, figure: "Series | None", frozen: int, *, wide: bool
) -> list[Content]:
    """Say how an incident stands, on two lines; on three beside what is due, with a figure where one is typed."""
    sure = "" if row.severity_confirmed else " (not confirmed)"
    first = join(
        (f"{row.key}  ", STRONG),
        (f"{row.severity}{sure}  ", WARN),
        f"{row.status}  ",
        (f"FROZEN: {frozen} {'queue' if frozen == 1 else 'queues'}  " if frozen else "", WARN),
        line(row.title, STRONG),
    )
    steps = (
        f"{row.steps_done} of {row.steps_applicable} steps"
        if wide
        else f"{row.steps_done}/{row.steps_applicable} steps"
    )
    second = join(
        (f"  {spell(now - instant(row.declared_at))} old, lead ", QUIET), line(row.lead or "nobody"), (f", {steps}", QUIET),
    )  # fmt: skip
    coming = [
        *(
            []
            if row.status == "closed" or not row.next_due
            else [join("next ", time_left(row.next_due, now))]
        ),
        *([] if not row.next_update else [join("update ", time_left(row.next_update, now))]),
        *([] if figure is None else [_run(figure, now)]),
    ]
    if not coming:
        return [first, second]
    third = Content(", ").join(coming)
    return [first, second, join("  ", third)] if wide else [first, join(second, ", ", third)]
