"""The timeline: everything in the order it happened, corrections applied, the original one key away."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.timeline import Item, build
from crisisdesk.ui.asking import Subject
from crisisdesk.ui.commands import TIMELINE
from crisisdesk.ui.screens.base import IncidentView, bindings, marks
from crisisdesk.ui.showing import QUIET, STRONG, WARN, at, join, line, lines, stacked, zone_name


class TimelineScreen(IncidentView):
    """One incident's timeline."""

    NAME = TIMELINE
    BINDINGS = bindings(TIMELINE)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._items: list[Item] = []

    @property
    def _item(self) -> Item | None:
        place = self.query_one("#entries", OptionList).highlighted
        return self._items[place] if place is not None and place < len(self._items) else None

    def subject(self) -> Subject:
        """Return the incident with the selected entry."""
        return super().subject()._replace(item=self._item)

    async def undone(self) -> Item | None:
        """Return the selected entry."""
        return self._item

    def compose(self) -> ComposeResult:
        """Lay out the head, the entries, and the selected one whole."""
        yield Static("", id="head")
        yield OptionList(id="entries", markup=False)
        yield Static("", id="entry")
        yield Static("", id="keys")

    async def reload(self) -> None:
        """Load the entries; a list that stood at its end stays there."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        entries = await self.desk_app.ask(lambda desk: desk.entries(found))
        shown = self.query_one("#entries", OptionList)
        at_end = shown.highlighted is None or shown.highlighted == len(self._items) - 1
        place = shown.highlighted
        self._case, self._items = found, build(entries, found.state)
        shown.clear_options()
        shown.add_options([Option(_row(found, item, self.now)) for item in self._items])
        shown.highlighted = len(self._items) - 1 if at_end else place
        shown.focus()
        head = join(
            (f"{self._key}  Timeline  ", STRONG),
            line(found.title, width=60),
            (f"  times in {zone_name(found, self.now)}", QUIET),
        )
        self.query_one("#head", Static).update(Content("  ").join([head, *marks(found, self.now)]))
        self._show_entry()
        self.show_keys()

    @on(OptionList.OptionHighlighted, "#entries")
    def _show_entry(self) -> None:
        item, case = self._item, self._case
        if item is None or case is None:
            return
        written = at(item.recorded_at, case, self.now)
        rows = [
            join(
                line(item.title, STRONG), (f"   #{item.seq}, written {written} by ", QUIET), line(item.author)
            )
        ]
        if item.on_behalf_of:
            rows.append(
                join(("Relayed for ", WARN), line(item.on_behalf_of), (f", by {item.relayed_by}", QUIET))
            )
        if item.text:
            rows.append(lines(item.text))
        if item.corrected_by:
            was = item.original_text or at(item.original_occurred_at, case, self.now)
            rows.append(join((f"Corrected by #{item.corrected_by}. First written: ", WARN), lines(was)))
        if item.late_because:
            rows.append(join(("Written late: ", QUIET), lines(item.late_because)))
        self.query_one("#entry", Static).update(stacked(rows))


def _row(case: Case, item: Item, now: datetime) -> Content:
    mark = f" corrected by #{item.corrected_by}" if item.corrected_by else ""
    mark += f" deviation: {item.deviation}" if item.deviation else ""
    words = line(item.text, QUIET, 90)
    return join(
        (f"{at(item.occurred_at, case, now):>12} ", QUIET),
        line(
            f"{item.on_behalf_of} by {item.relayed_by}" if item.on_behalf_of else item.author,
            width=20 if item.on_behalf_of else 14,
        ),
        "  ",
        line(item.title, STRONG),
        (mark, WARN),
        "  ",
        words,
    )
