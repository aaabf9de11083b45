"""The call list: who has to be told and was not reached yet, whom to call now, and those in line after them."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case, Desk
from crisisdesk.domain.calling import ANSWER_WITHIN, Attempt, Call, Candidate, calls, heard
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.times import spell
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.command import CALLS
from crisisdesk.ui.plain import call_text
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.desk import REPAINT
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, stacked, time_left
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.widgets.options import Options

NO_NEXT = "whom the step names"


class CallsScreen(IncidentView):
    """The call list of one incident."""

    NAME = CALLS
    BINDINGS = bindings(CALLS)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._calls: list[Call] = []
        self._reached = 0

    @property
    def _selected(self) -> Call | None:
        place = self.query_one("#calls", OptionList).highlighted
        return self._calls[place] if place is not None and place < len(self._calls) else None

    def subject(self) -> Subject:
        """Return the incident with the selected call."""
        return super().subject()._replace(call=self._selected)

    def compose(self) -> ComposeResult:
        """Lay out the head, the list, and the selected one's line of people."""
        yield Static("", id="head")
        yield Options(id="calls", markup=False)
        yield Static("", id="call")
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Keep the times to answer true."""
        self.set_interval(REPAINT, self.reload)

    async def reload(self) -> None:
        """Load the list: those for whom nobody was reached; the others are counted."""
        found = await self.desk_app.ask(self._load)
        if isinstance(found, Refused):
            return
        self._calls = [one for one in found if one.is_open]
        self._reached = len(found) - len(self._calls)
        shown = self.query_one("#calls", OptionList)
        place = shown.highlighted or 0
        shown.clear_options()
        shown.add_options([Option(self._row(one)) for one in self._calls])
        if not self._calls:
            shown.add_option(Option("Nobody is left to call.", disabled=True))
        shown.highlighted = min(place, len(self._calls) - 1) if self._calls else None
        shown.focus()
        self._head()
        self._show_call()
        self.show_keys()

    def _load(self, desk: Desk) -> tuple[Call, ...] | Refused:
        from crisisdesk.domain.timeline import read

        found, self.now = desk.case(self._key), desk.now()
        if isinstance(found, Refused):
            return found
        self._case = found
        return calls(
            found.state, heard(read(desk.entries(found))), desk.library().people, self.now, found.words
        )

    def _head(self) -> None:
        if self._case is None:
            return
        zone = f"times in {zone_name(self._case, self.now)}"
        counted = f"{len(self._calls)} to call, {self._reached} reached"
        head = [
            join((f"{self._key}  Call list  ", STRONG), (zone, QUIET)),
            join(counted),
            *marks(self._case, self.now),
        ]
        rule = join((f"No answer within {spell(ANSWER_WITHIN)}: call the next in line", QUIET))
        show_head(self, [head, [rule]])

    def _row(self, one: Call) -> Content:
        due = join(time_left(one.due, self.now), "  ") if one.due else Content("")
        if not one.next or one.next == one.title:
            why = NO_NEXT if not one.next else one.line[0].why
            return join(due, line(one.title, STRONG), "  ", line(why, QUIET))
        called = next(each for each in one.line if each.name == one.next)
        reach = join("  ", line(called.reach, "$text-accent")) if called.reach else Content("")
        return join(due, line(one.next, STRONG, 40), reach, ("  for ", QUIET), line(one.title, QUIET))

    @on(OptionList.OptionHighlighted, "#calls")
    def _show_call(self) -> None:
        one, case = self._selected, self._case
        if one is None or case is None:
            self.query_one("#call", Static).update("")
            return
        rows = [join(line(one.title, "bold $text-accent"), ("  " + one.id, QUIET))]
        if one.kind == "step":
            rows.append(join(("Owner ", QUIET), line(one.owner or "nobody yet")))
        rows += [self._candidate(each, one, case) for each in one.line]
        if not one.next:
            rows.append(join(("▶ ", WARN), NO_NEXT))
        self.query_one("#call", Static).update(stacked(rows))

    def _candidate(self, each: Candidate, one: Call, case: Case) -> Content:
        mark = ("▶ ", WARN) if each.name == one.next else ("  ", "")
        reach = line(each.reach, "$text-accent") if each.reach else join(("no contact known", QUIET))
        why = line(each.why, QUIET)
        return join(mark, line(each.name, STRONG), "  ", why, "  ", reach, *self._came(each, case))

    def _came(self, each: Candidate, case: Case) -> list[Content]:
        """Say what came of the attempts to reach somebody, a line each."""
        if each.here_since:
            return [join((f"\n    at the desk since {at(each.here_since, case, self.now)}", "$text-success"))]
        rows = [self._attempt(tried, case) for tried in each.attempts]
        if each.standing == "may still answer":
            rows.append(join((f"\n    may still answer until {at(each.until, case, self.now)}", QUIET)))
        elif each.standing == "did not answer":
            rows.append(join(("\n    did not answer in time", LATE)))
        return rows

    def _attempt(self, tried: Attempt, case: Case) -> Content:
        came = ("reached", "$text-success") if tried.reached else ("not reached", WARN)
        promised = f", promised: {tried.promised}" if tried.promised else ""
        return join(
            "\n    ",
            came,
            " ",
            line(f"{at(tried.at, case, self.now)} by {tried.how} (#{tried.seq}){promised}"),
        )

    async def action_go_copy(self) -> None:
        """Copy whom to call for the selected line, in which order."""
        if self._case and (one := self._selected):
            await self.hand_over(
                f"{self._key}-call-{one.id}.txt", call_text(self._case, one, self.now), "Call"
            )

    @on(OptionList.OptionSelected, "#calls")
    async def act(self) -> None:
        """Enter logs the call to the person who is next."""
        await self.action_command("tell-next")
