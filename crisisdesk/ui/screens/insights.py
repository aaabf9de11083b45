"""What was learned across incidents: read one incident after the other, so that nothing waits meanwhile."""

from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crisisdesk.desk import Desk
from crisisdesk.domain.insights import Insights, Run
from crisisdesk.domain.rows import IncidentRow
from crisisdesk.reports.learned import Said, learned
from crisisdesk.ui.command import INSIGHTS
from crisisdesk.ui.screens.base import DeskView, bindings
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, stacked

WIDEST = 120
"""Columns of a line that is read without effort."""
AT_ONCE = 10
"""Incidents read before others get their turn."""
_TONES = {"heading": "bold $text-accent", "plain": "", "quiet": QUIET, "loud": WARN}


class InsightsScreen(DeskView):
    """All incidents of this desk, playbook by playbook."""

    NAME = INSIGHTS
    BINDINGS = bindings(INSIGHTS)

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._found: Insights | None = None
        self._places: dict[str, dict[str, str]] = {}
        self._progress = ""

    def compose(self) -> ComposeResult:
        """Lay out the head and what was learned."""
        yield Static("", id="head")
        with VerticalScroll(id="learned"):
            yield Static("", id="told")
        yield Static("", id="keys")

    async def reload(self) -> None:
        """Read the incidents, once for each time this screen is opened."""
        self.query_one("#learned").focus()
        self.show_keys()
        if self._found is None:
            self.learn()
        self._show()

    @work(exclusive=True)
    async def learn(self) -> None:
        """Read every incident, some at a time."""
        from crisisdesk.desk.insights import wanted
        from crisisdesk.domain.insights import insights

        rows = await self.desk_app.ask(wanted)
        runs: list[Run] = []
        for start in range(0, len(rows), AT_ONCE):
            self._progress = f"reading {start:,} of {len(rows):,} incidents …"
            self._show()
            some = rows[start : start + AT_ONCE]
            runs += await self.desk_app.ask(partial(_read, some))
        found = insights(runs)
        for one in (*found.real, *found.drills):
            self._places[one.name] = await self.desk_app.ask(partial(_where, one.name))
        self._found, self._progress = found, ""
        self._show()

    async def on_resize(self) -> None:
        """Use the width there is."""
        await super().on_resize()
        self._show()

    def lines(self, width: int) -> list[Said]:
        """Return what was learned, as lines of a width."""
        return learned(self._found, self._places, width) if self._found else []

    def _show(self) -> None:
        head = join(
            ("Insights  ", STRONG),
            ("what the incidents so far say about the playbooks  ", QUIET),
            (self._progress, WARN),
        )
        self.query_one("#head", Static).update(head)
        width = min(self.size.width - 4, WIDEST)
        rows = [
            Content.styled(one.text, _TONES[one.tone]) if one.text else Content("")
            for one in self.lines(width)
        ]
        self.query_one("#told", Static).update(stacked(rows) if rows else line(self._progress, QUIET))

    async def action_go_copy(self) -> None:
        """Copy what was learned as text, and save it."""
        if self._found:
            text = "\n".join(one.text for one in self.lines(79)) + "\n"
            await self.hand_over("insights.txt", text, "Insights")


def _where(name: str, desk: Desk) -> dict[str, str]:
    from crisisdesk.desk.insights import places

    return places(desk.folder, name)


def _read(rows: list[IncidentRow], desk: Desk) -> list[Run]:
    from crisisdesk.desk.insights import run

    return [found for row in rows if (found := run(desk, row)) is not None]
