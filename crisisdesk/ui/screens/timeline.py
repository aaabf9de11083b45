"""The timeline: everything in the order it happened, corrections applied, the original beside; narrowed as one types."""

from collections.abc import Sequence
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from crisisdesk.desk import Desk
from crisisdesk.desk.timeline import AT_ONCE, Timeline
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.narrowing import Narrowed, narrowed
from crisisdesk.domain.timeline import Item
from crisisdesk.ui.case_words import zone_name
from crisisdesk.ui.command import TIMELINE
from crisisdesk.ui.plain import entry_text
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.screens.timeline_row import BOTH_TIMES, headings, row, whole
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, pressable, stacked
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.widgets.line_list import LineList
from crisisdesk.ui.widgets.text_pane import TextPane

PAGE = 128
"""Entries read at once."""
KEPT = 2048
"""Entries remembered; the ones seen longest ago give way."""


class TimelineScreen(IncidentView):
    """One incident's timeline."""

    NAME = TIMELINE
    BINDINGS = bindings(TIMELINE)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._timeline: Timeline | None = None
        self._order: Sequence[int] = ()
        """Seqs in the order they are shown: all of them, or those that fit what is looked for."""
        self._items: dict[int, Item] = {}
        self._asked_for: set[int] = set()
        self._chosen = 0
        """The entry that was highlighted last: the order may have changed under it."""
        self._narrowed = Narrowed()
        self._searching = False
        self._seen = 0
        """The entry up to which the items are known to read as they do now."""

    @property
    def _seq(self) -> int:
        place = self.query_one(LineList).highlighted
        return self._order[place] if place is not None and place < len(self._order) else 0

    @property
    def _item(self) -> Item | None:
        return self._items.get(self._seq)

    def subject(self) -> Subject:
        """Return the incident with the selected entry."""
        return super().subject()._replace(item=self._item)

    async def undone(self) -> Item | None:
        """Return the selected entry."""
        return self._item

    def compose(self) -> ComposeResult:
        """Lay out the head, the entries, the selected one whole, and the line to look for something."""
        yield Static("", id="head")
        yield LineList(id="entries", follow=self._show_entry)
        yield TextPane(id="entry")
        yield Input(placeholder="words, by:name, step:id, kind:note", id="look-for", select_on_focus=False)
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Begin without a line to look for something."""
        for asked in self.query(Input):  # none where it is left in the moment it opens
            asked.display = False

    async def reload(self) -> None:
        """Take in what is new; a list that stood at its end stays there."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        if self._case is None or found.state.seq != self._case.state.seq or self._timeline is None:
            self._case = found
            await self.desk_app.ask(self._read)
            self._narrow_or_show()
        else:
            self._case = found
            self._redraw()
        self._head()
        self.show_keys()
        if not self.query_one(Input).has_focus:
            self.query_one(LineList).focus()

    def _read(self, desk: Desk) -> None:
        """Bring the order up to date, on the desk's thread, and forget what reads otherwise now."""
        assert self._case is not None  # noqa: S101 - for the type checker
        if self._timeline is None:
            self._timeline = desk.timeline(self._case)
        else:
            self._timeline.bring_up_to_date(self._case)
            for seq in self._timeline.altered_since(self._seen):
                self._items.pop(seq, None)
        self._seen = self._case.state.seq
        last = self._timeline.seqs[-PAGE:]
        self._items.update({item.seq: item for item in self._timeline.items(last)})

    def _narrow_or_show(self) -> None:
        if self._narrowed:
            self.search(whole=True)
        elif self._timeline is not None:
            self._show(self._timeline.seqs)

    def _show(self, order: Sequence[int]) -> None:
        """Show entries in an order; stay at the end where one was there, else at the same entry."""
        shown, before = self.query_one(LineList), self._chosen
        at_end = shown.highlighted is None or (not self._narrowed and shown.highlighted >= shown.count - 1)
        self._order = order
        place = len(order) - 1
        if not at_end and before:
            place = next((each for each in range(len(order) - 1, -1, -1) if order[each] == before), place)
        shown.set_rows(len(order), self._row, highlighted=max(0, place) if len(order) else None)
        self._show_entry()

    def _redraw(self) -> None:
        self.query_one(LineList).redraw()
        self._show_entry()

    def _row(self, place: int) -> list[Content]:
        item = self._items.get(self._order[place])
        if item is None or self._case is None:
            self._want(place)
            return [join(("…", QUIET))]
        return [row(self._case, item, self.now, self.size.width)]

    def _want(self, place: int) -> None:
        """Have the page with a place read, once."""
        page = place // PAGE
        if page not in self._asked_for:
            self._asked_for.add(page)
            self.fetch(page)

    @work
    async def fetch(self, page: int) -> None:
        """Read one page of the order, and draw it."""
        order, timeline = self._order, self._timeline
        wanted = [seq for seq in order[page * PAGE : (page + 1) * PAGE] if seq not in self._items]
        if timeline is not None and wanted:
            items = await self.desk_app.ask(lambda _: timeline.items(wanted))
            for seq in list(self._items)[: max(0, len(self._items) + len(items) - KEPT)]:
                del self._items[seq]
            self._items.update({item.seq: item for item in items})
        self._asked_for.discard(page)
        self._redraw()

    def _head(self) -> None:
        case = self._case
        if case is None:
            return
        total = len(self._timeline) if self._timeline is not None else 0
        counted = f"{len(self._order):,} of {total:,} entries" if self._narrowed else f"{total:,} entries"
        parts = [
            join((f"{self._key}  Timeline  ", STRONG), (counted, WARN if self._narrowed else QUIET)),
            join(("searching …", WARN)) if self._searching else Content(""),
            join((f"times in {zone_name(case, self.now)}", QUIET)),
            line(case.title, QUIET, 40) if self.size.width >= BOTH_TIMES else Content(""),
            *marks(case, self.now),
        ]
        show_head(self, [parts, *([row] for row in headings(case, self.now, self.size.width))])

    @property
    def kept_closer(self) -> str:
        """What says that few may read the selected entry."""
        closer = self._timeline.closer if self._timeline is not None else {}
        return closer.get(self._seq, "").strip("()")

    async def action_go_copy(self) -> None:
        """Copy the selected entry on one line; of one that few may read, with the words that say so."""
        item, case, closer = self._item, self._case, self.kept_closer
        if item is None or case is None:
            return
        title = f"Few may read this: {closer}" if closer else f"Entry {item.seq}"
        text = entry_text(case, item, f"({closer})" if closer else "")
        await self.hand_over(f"{self._key}-entry-{item.seq}.txt", text, title, warn=bool(closer))

    @on(LineList.Selected)
    async def action_go_read(self) -> None:
        """Show the selected entry whole: a long one does not fit under the list."""
        from crisisdesk.ui.screens.reading import ReadingScreen

        item, case = self._item, self._case
        if item is not None and case is not None:
            rows = whole(case, item, self.now)
            await self.app.push_screen(ReadingScreen(f"Entry {item.seq}", rows, marks(case, self.now)))

    def _show_entry(self, _: int = 0) -> None:
        item, case = self._item, self._case
        self._chosen = self._seq
        shown = self.query_one("#entry", TextPane)
        if item is not None and case is not None:
            shown.update(stacked(whole(case, item, self.now)))
        elif not self._order:
            shown.update(Content("Nothing fits. esc shows everything again." if self._narrowed else ""))

    async def on_resize(self) -> None:
        """Use the width there is."""
        await super().on_resize()
        if self._case is not None:
            self._head()
            self._redraw()

    def show_keys(self) -> None:
        """Say which keys work: while one types, letters are only letters."""
        if not self.query_one(Input).has_focus:
            super().show_keys()
            return
        keys = [
            pressable("enter", "To the entries", "screen.entries"),
            pressable("esc", "Show everything", "screen.go_back"),
        ]
        told = join(
            ("by:", "bold $text-accent"),
            "name  ",
            ("step:", "bold $text-accent"),
            "id  ",
            ("kind:", "bold $text-accent"),
            "note",
        )
        self.query_one("#keys", Static).update(Content("  ").join([*keys, told]))

    async def action_go_find(self) -> None:
        """Open the line to look for something."""
        asked = self.query_one(Input)
        asked.display = True
        asked.focus()
        self.call_after_refresh(self.show_keys)

    @on(Input.Submitted)
    def action_entries(self) -> None:
        """Go from the line to the entries it left."""
        self.query_one(LineList).focus()
        self.call_after_refresh(self.show_keys)

    async def action_go_back(self) -> None:
        """Show everything again; from there, go back."""
        asked = self.query_one(Input)
        if not asked.display:
            await super().action_go_back()
            return
        asked.display = False
        asked.value = ""
        self.query_one(LineList).focus()
        self.call_after_refresh(self.show_keys)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show only what fits what is typed."""
        self._narrowed = narrowed(event.value)
        if self._narrowed:
            self.search()
        else:
            self.workers.cancel_group(self, "search")
            self._searching = False
            self._narrow_or_show()
            self._head()

    @work(exclusive=True, group="search")
    async def search(self, *, whole: bool = False) -> None:
        """Look through the timeline, the latest first, a part at a time; what is found shows at once.

        With ``whole`` only all of it shows: somebody is reading what was found before, and must not lose their place.
        """
        timeline, wanted = self._timeline, self._narrowed
        if timeline is None:
            return
        self._searching = True
        found: list[int] = []
        for start in range(len(timeline), 0, -AT_ONCE):
            some = await self.desk_app.ask(partial(_search, timeline, wanted, start))
            found[:0] = reversed(some)
            if start <= AT_ONCE or (some and not whole):
                self._show(found)
                self._head()
        self._searching = False
        self._head()


def _search(timeline: Timeline, wanted: Narrowed, start: int, _: Desk) -> list[int]:
    return timeline.search(wanted, start)
