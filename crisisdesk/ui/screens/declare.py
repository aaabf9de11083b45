"""Declaring: one line, the playbooks ranked by it, enter."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import NO_MANNER, JournalTrouble, Signal
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.intents import Declare
from crisisdesk.domain.text import one_line
from crisisdesk.ui.screens.base import DeskView
from crisisdesk.ui.showing import LATE, QUIET, STRONG, join, key_row, line, lines
from crisisdesk.ui.widgets.options import Options


class DeclareScreen(DeskView):
    """One line: what happened. Enter declares with the highlighted playbook."""

    BINDINGS = [
        Binding("escape", "go_back", "Leave", show=False, id="leave-declare"),
        Binding("down", "move(1)", "Next playbook", show=False, priority=True, id="next-playbook"),
        Binding("up", "move(-1)", "Playbook before", show=False, priority=True, id="previous-playbook"),
        Binding("ctrl+d", "drill", "Make it a drill, or not", show=False, priority=True, id="drill"),
    ]
    drill = False
    _restored = False
    """What was typed before is in the line: from now on every key is kept."""

    def __init__(self, signal: Signal | None = None) -> None:
        """Take the signal this begins with, if any: declaring settles it."""
        super().__init__()
        self._signal = signal

    def compose(self) -> ComposeResult:
        """Lay out the line, the ranked playbooks and the keys."""
        yield Static(join(("Declare an incident", STRONG)), id="head")
        yield Static("What happened? One line is enough.", id="ask")
        yield Input(
            one_line(self._signal.text, 300) if self._signal else "",
            id="title",
            max_length=300,
            select_on_focus=False,
        )
        yield Options(id="ranked", markup=False)
        yield Static("", id="said")
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Rank without words first, and put the cursor into the line."""
        self.query_one("#ranked", OptionList).can_focus = False
        shown = self.query_one("#title", Input)
        shown.focus()
        typed = await self.desk_app.ask(lambda desk: desk.beside.draft(*self._about))
        if typed.get("title"):
            shown.value = typed["title"]
            shown.cursor_position = len(shown.value)
            if typed.get("drill") and not self.drill:
                self.action_drill()
        self._restored = True

    @property
    def _about(self) -> tuple[str, str, str]:
        """What the typed line is kept under: whose it is, and the signal it begins with."""
        return self.desk_app.speaker.author, "declare", str(self._signal.seq) if self._signal else ""

    @on(Input.Changed)
    def keep_draft(self) -> None:
        """Keep the line on disk at every key: leaving, a crash or a closed window loses nothing."""
        if self._restored:
            typed = self.query_one("#title", Input).value
            kept = {"title": typed, "drill": "yes" if self.drill and typed.strip() else ""}
            self.desk_app.soon(lambda desk: desk.beside.keep_draft(kept, *self._about))

    async def reload(self) -> None:
        """Rank the playbooks by what is typed."""
        await self.rank()
        self.show_keys()

    def show_keys(self) -> None:
        """Say which keys work here."""
        keys = key_row(
            ("enter", "Declare", "screen.declare"), ("↑ ↓", "Another playbook", "screen.move(1)"),
            ("ctrl+d", "Drill", "screen.drill"), ("esc", "Leave, kept", "screen.go_back"),
        )  # fmt: skip
        self.query_one("#keys", Static).update(keys)

    @on(Input.Changed)
    async def rank(self) -> None:
        """Show the playbooks, the best fit first, each with the reason."""
        typed = self.query_one("#title", Input).value
        ranked, titles = await self.desk_app.ask(lambda desk: desk.offered(typed))
        shown = self.query_one("#ranked", OptionList)
        shown.clear_options()
        for one in ranked:
            named = join(line(titles.get(one.name, one.name), STRONG), "  ", (one.name, QUIET))
            why = join("\n  ", line(", ".join(one.reasons), QUIET)) if typed.strip() and one.reasons else ""
            shown.add_option(Option(join(named, why), id=one.name))
        shown.highlighted = 0 if ranked else None
        if not ranked:
            self.say(Refused("No playbook can be used.", "See what is wrong with: crisisdesk playbook check"))

    def action_move(self, by: int) -> None:
        """Choose another playbook without leaving the line."""
        shown = self.query_one("#ranked", OptionList)
        if shown.highlighted is not None:
            shown.highlighted = (shown.highlighted + by) % shown.option_count

    def action_drill(self) -> None:
        """Make it a rehearsal, or not."""
        self.drill = not self.drill
        head = join(("Declare a DRILL", STRONG)) if self.drill else join(("Declare an incident", STRONG))
        self.query_one("#head", Static).update(head)
        self.keep_draft()

    @on(Input.Submitted)
    async def action_declare(self) -> None:
        """Declare, and go to the facts."""
        shown = self.query_one("#ranked", OptionList)
        typed, drill, speaker = self.query_one("#title", Input).value, self.drill, self.desk_app.speaker
        chosen = shown.get_option_at_index(shown.highlighted).id if shown.highlighted is not None else None
        if not chosen:
            return
        try:
            saved = await self.desk_app.ask(
                lambda desk: desk.declare(Declare(typed, "", "", ""), chosen, speaker, NO_MANNER, drill=drill)
            )
        except JournalTrouble as trouble:
            self.say(Refused(trouble.sentence, trouble.remedy))
            return
        if isinstance(saved, Refused):
            self.say(saved)
            return
        from crisisdesk.ui.screens.facts import FactsScreen

        self._restored = False
        self.desk_app.soon(lambda desk: desk.beside.keep_draft({}, *self._about))
        key, signal = saved.case.state.label, self._signal
        if signal:
            await self.desk_app.ask(
                lambda desk: desk.signals.settle(signal.seq, "declared", key, "", speaker, NO_MANNER)
            )
        app = self.desk_app
        self.leave_for_good()
        app.notify(f"Declared {key}.", timeout=3, markup=False)
        await app.open_incident(key)
        await app.push_screen(FactsScreen(key))

    def say(self, refused: Refused) -> None:
        """Say what is in the way."""
        self.query_one("#said", Static).update(
            join(" ", lines(refused.sentence, LATE), " ", lines(refused.remedy, QUIET))
        )
