"""Legal clocks: what runs, what is asked for, in the law's own words; and the legal hold."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case
from crisisdesk.domain.clocks import ADVICE, ClockView, clocks
from crisisdesk.domain.decide import Refused
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.command import CLOCKS
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines, stacked, time_left
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.widgets.options import Options

_MARKS = {
    "asked": "? asked for",
    "running": "◐ running",
    "submitted": "● submitted",
    "dismissed": "– not applicable",
}
_STYLES = {"asked": WARN, "running": "bold $text-accent", "submitted": "$text-success", "dismissed": QUIET}


class ClocksScreen(IncidentView):
    """The clocks of one incident."""

    NAME = CLOCKS
    BINDINGS = bindings(CLOCKS)

    def __init__(self, key: str, clock: str = "") -> None:
        """Take the incident's key, and perhaps the clock to open it at."""
        super().__init__(key)
        self._views: list[ClockView] = []
        self._open_at = clock

    @property
    def _selected(self) -> ClockView | None:
        place = self.query_one("#clocks", OptionList).highlighted
        return self._views[place] if place is not None and place < len(self._views) else None

    def subject(self) -> Subject:
        """Return the incident with the selected clock."""
        return super().subject()._replace(clock=self._selected)

    def compose(self) -> ComposeResult:
        """Lay out the head, the clocks, and the selected one in the law's words."""
        yield Static("", id="head")
        yield Options(id="clocks", markup=False)
        yield Static("", id="clock")
        yield Static("", id="keys")

    async def tick(self, now: datetime) -> None:  # noqa: ARG002 - it is loaded with the time of loading
        """Count the time left anew."""
        await self.reload()

    async def reload(self) -> None:
        """Load the clocks; those still open stand first, the soonest due before the others."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        self._case = found
        self._views = sorted(clocks(found.state), key=lambda view: (not view.is_open, view.due_at or "9"))
        shown = self.query_one("#clocks", OptionList)
        asked = [place for place, view in enumerate(self._views) if view.clock.id == self._open_at]
        place, self._open_at = asked[0] if asked else shown.highlighted or 0, ""
        shown.clear_options()
        shown.add_options([Option(self._row(found, view)) for view in self._views])
        if not self._views:
            shown.add_option(Option("No clock is asked for, and none runs.", disabled=True))
        shown.highlighted = min(place, len(self._views) - 1) if self._views else None
        shown.focus()
        head = [
            join((f"{self._key}  Clocks  ", STRONG), (f"times in {zone_name(found, self.now)}", QUIET)),
            join((ADVICE, WARN)),
            *marks(found, self.now),
        ]
        show_head(self, [head])
        self._show_clock()
        self.show_keys()

    def _row(self, case: Case, view: ClockView) -> Content:
        due = time_left(view.due_at, self.now) if view.standing == "running" else Content("")
        return join((f"{_MARKS[view.standing]:<17}", _STYLES[view.standing]), line(view.clock.title, STRONG), "  ", due,
                    (f"  {at(view.due_at, case, self.now)}" if view.due_at else "", QUIET))  # fmt: skip

    @on(OptionList.OptionHighlighted, "#clocks")
    def _show_clock(self) -> None:
        view, case = self._selected, self._case
        if view is None or case is None:
            self.query_one("#clock", Static).update("")
            return
        clock = view.clock
        rows = [
            join(("Tell: ", QUIET), line(clock.tell)),
            join(
                ("Counted from ", QUIET),
                line(clock.counted_from or "a moment"),
                (": ", QUIET),
                lines(" ".join(clock.anchor_text.split())),
            ),
        ]
        if clock.deadline:
            rows.append(join(("Deadline: ", QUIET), lines(" ".join(clock.deadline.split()))))
        if view.anchor_at:
            rows.append(
                join(("Runs from ", QUIET), f"{at(view.anchor_at, case, self.now)}, entry #{view.seq}")
            )
        if clock.chained_on:
            rows.append(join(("Follows the submission of ", QUIET), line(clock.chained_on)))
        checked = clock.checked_on or "not yet"
        sure = f" ({clock.source_kind or 'unsure'} source, checked on: {checked})"
        rows.append(
            join(("Source: ", QUIET), line(clock.source), (sure, LATE if checked == "not yet" else QUIET))
        )
        who = ", ".join(f"{role} ({case.state.holder(role) or 'nobody yet'})" for role in clock.decided_by)
        rows.append(join(("Starts or dismisses it: ", QUIET), line(who)))
        rows.append(join((ADVICE, WARN)))
        self.query_one("#clock", Static).update(stacked(rows))
