"""The brief: what the next person needs to know, to read on the screen, to copy, and as a file."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crisisdesk.desk import Case, Desk
from crisisdesk.domain.brief import Brief
from crisisdesk.domain.brief import brief as draw
from crisisdesk.domain.decide import Refused
from crisisdesk.reports.brief import as_chat, as_markdown
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.command import BRIEF
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.desk import REPAINT
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, stacked

WIDEST = 100
"""Columns of a line that is read without effort."""
_TONES = {"heading": "bold $text-accent", "rule": QUIET, "loud": WARN, "plain": "", "below": QUIET}


class BriefScreen(IncidentView):
    """One incident's brief."""

    NAME = BRIEF
    BINDINGS = bindings(BRIEF)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._brief: Brief | None = None

    def compose(self) -> ComposeResult:
        """Lay out the head and the brief."""
        yield Static("", id="head")
        with VerticalScroll(id="brief"):
            yield Static("", id="told")
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Keep the countdowns true."""
        self.set_interval(REPAINT, self.reload)

    async def on_resize(self) -> None:
        """Use the width there is."""
        await super().on_resize()
        self._show()

    async def reload(self) -> None:
        """Draw the brief anew; who reads in the middle of it stays there."""
        found = await self.desk_app.ask(self._drawn)
        if isinstance(found, Refused):
            return
        self._case, self._brief = found
        self.now = await self.desk_app.ask(lambda desk: desk.now())
        self._show()
        self.query_one("#brief").focus()

    def _drawn(self, desk: Desk) -> tuple[Case, Brief] | Refused:
        case = desk.case(self._key)
        if isinstance(case, Refused):
            return case
        author = self.desk_app.speaker.author
        return case, draw(case.state, desk.entries(case), desk.now(), author)

    def _show(self) -> None:
        from crisisdesk.reports.brief.plain_text import drawn

        case, brief = self._case, self._brief
        if case is None or brief is None:
            return
        made = f"as of {at(brief.written_at, case, self.now)} {zone_name(case, self.now)}, entry #{brief.seq}"
        head = join((f"{brief.label}  Brief  ", STRONG), (made, QUIET))
        show_head(self, [[head, *marks(case, self.now)]])
        rows = [
            Content.styled(one.said, _TONES[one.tone])
            for one in drawn(brief, min(self.size.width - 4, WIDEST))
        ]
        self.query_one("#told", Static).update(stacked(rows))
        self.show_keys()

    async def action_go_copy(self) -> None:
        """Copy the brief as Markdown, and save it."""
        await self._hand_out(as_markdown, "brief.md")

    async def action_go_copy_chat(self) -> None:
        """Copy the short brief for a chat, and save it."""
        await self._hand_out(as_chat, "brief-chat.txt")

    async def _hand_out(self, form: Callable[[Brief], str], name: str) -> None:
        """Hand the newest brief over, with what does not fit in its log, if anything."""
        found = await self.desk_app.ask(self._checked)
        if isinstance(found, Refused):
            self.notify(f"{found.sentence} {found.remedy}", severity="error", markup=False)
            return
        await self.hand_over(f"{found.label}-{name}", form(found), "Brief")

    def _checked(self, desk: Desk) -> Brief | Refused:
        found = self._drawn(desk)
        faults = desk.verify(self._key)
        if isinstance(found, Refused):
            return found
        if isinstance(faults, Refused):
            return faults
        return found[1]._replace(faults=tuple(fault.sentence for fault in faults))
