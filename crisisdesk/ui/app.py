"""The doorway: theme, the desk on its own thread, the watch on other people's entries, and the first screen."""

import signal
import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.events import Click, Event, InputEvent, MouseDown
from textual.filter import LineFilter
from textual.screen import Screen

from crisisdesk.desk import Desk, JournalTrouble, Speaker
from crisisdesk.ui import TRY_SAMPLE
from crisisdesk.ui.attention import Attention
from crisisdesk.ui.command import use_keys
from crisisdesk.ui.desk_thread import DeskThread
from crisisdesk.ui.preferences import DEFAULT, Preferences
from crisisdesk.ui.saying import Message
from crisisdesk.ui.screens.base import DeskView
from crisisdesk.ui.showing import PRESS, OnlyText
from crisisdesk.ui.theme import PREFIX, THEMES, after
from crisisdesk.ui.tidying import Tidying

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.notifications import SeverityLevel

    from crisisdesk.ui.beginning import Answers, FirstRun
    from crisisdesk.ui.copying import Environment

T = TypeVar("T")
WATCH = 0.25
"""Seconds between looks for other people's entries."""


def _palette() -> "type[Provider]":
    from crisisdesk.ui.palette import DeskCommands

    return DeskCommands


class DeskApp(App[int]):
    """The desk on a terminal."""

    TITLE = "CrisisDesk"
    CSS_PATH = "desk.tcss"
    COMMANDS = {_palette}
    BINDINGS = [
        Binding("ctrl+q", "leave", "Leave", id="leave", priority=True),
        Binding("f1", "explain", "Help", show=False, id="help-anywhere", priority=True),
        Binding("f9", "next_theme", "Colours", show=False, id="theme", priority=True),
        Binding("question_mark", "explain", "Help", show=False, id="help-besides"),
        # In a field it takes back what was typed.
        Binding("ctrl+z", "suspend_process", "Suspend", id="suspend", show=False),
    ]

    def __init__(
        self,
        desk: DeskThread | Callable[[], Desk],
        speaker: Speaker,
        *,
        open_at: str = "",
        preferences: Preferences = DEFAULT,
        role: str = "",
        first_run: "FirstRun | None" = None,
        sample: bool = False,
        environment: "Environment | None" = None,
    ) -> None:
        """Take the desk (or what opens it, on a thread of its own), who sits here, perhaps an incident to open, and how it should look.

        ``role`` is the one this person usually takes, ``first_run`` what is asked before a new desk opens, ``sample``
        says that this desk is thrown away; ``environment`` says which terminal and which tools a text can be copied with,
        without it only the terminal's own way.
        """
        super().__init__()
        self.preferences = preferences
        self._net = OnlyText(ascii_only=preferences.ascii)
        self.environment: Environment = environment or {}
        self.speaker = speaker
        self.usual_role = role
        self.sample = sample
        self._first_run = first_run
        self.attention = Attention(self)
        self._open_at = open_at
        self._desk = desk if isinstance(desk, DeskThread) else DeskThread(desk)
        self._looking = False
        self._tidying = Tidying()
        self.said: list[Message] = []
        """What the desk said lately, the newest last."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = f"{PREFIX}{preferences.theme}"
        use_keys(preferences.keymap)
        self.set_keymap(preferences.keymap)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the incidents themselves, not with an empty screen under them; the first time, questions come before."""
        if self._first_run is not None:
            return Screen(id="_default")
        from crisisdesk.ui.screens.desk import IncidentsScreen

        return IncidentsScreen()

    async def on_mount(self) -> None:
        """Ask what a new desk asks, then open it."""
        self.animation_level = "none"  # a scrolled key answers in 9 ms instead of 42
        self._mind_signals()
        self.set_interval(WATCH, self._watch)
        if self._first_run is None:
            await self._open()
            return
        from crisisdesk.ui.screens.first_run import FirstRunScreen

        await self.push_screen(FirstRunScreen(self._first_run), self._asked)

    async def _asked(self, answers: "Answers | None") -> None:
        """Keep the answers and ask where to begin; without answers, open the desk as it is."""
        if answers is None or self._first_run is None:
            await self._open()
            return
        from crisisdesk.ui.screens.first_run import WhereToBegin

        self.speaker = self.speaker._replace(author=answers.name, author_from="named")
        self.usual_role = answers.role
        trouble = self._first_run.save(answers)
        await self.push_screen(WhereToBegin(answers, self._first_run.place, trouble), self._begin)

    async def _begin(self, sample: bool | None) -> None:  # noqa: FBT001 - what the screen before it answers
        """Leave for the sample desk, or open one's own."""
        if sample:
            self.exit(TRY_SAMPLE, return_code=0)
        else:
            await self._open()

    async def _open(self) -> None:
        """Open the desk on its thread, then the first screen."""
        try:
            warnings = await self.ask(lambda desk: desk.warnings())
        except JournalTrouble as trouble:
            self.exit(1, return_code=1, message=f"{trouble.sentence}\n{trouble.remedy}")
            return
        for warning in warnings:
            self.notify(warning, severity="warning", timeout=20, markup=False)
        if self._first_run is not None:
            from crisisdesk.ui.screens.desk import IncidentsScreen

            await self.push_screen(IncidentsScreen())
        if self._open_at:
            await self.open_incident(self._open_at)
        self.call_after_refresh(self._tidying.begin)

    async def on_unmount(self) -> None:
        """Let go of the journal, on the thread it belongs to."""
        if not self.is_headless:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is leaving already
        await self._desk.close()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: "SeverityLevel" = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in the line above the keys; over a form, which has none, in a toast. Never markup.

        What is shown already is not said twice: the same key pressed again keeps it there longer.
        """
        if not isinstance(
            self.front, DeskView
        ):  # a toast said behind a form would cover the form's first lines
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        said = Message(title, message, severity, monotonic() + seconds)
        self.said = [one for one in self.said if one._replace(until=said.until) != said] + [said]
        self.show_said()
        self.set_timer(seconds + 0.05, self.show_said)

    def show_said(self) -> None:
        """Show what was said lately on the screen in front."""
        self.said = [one for one in self.said if one.until > monotonic()]
        if isinstance(front := self.front, DeskView):
            front.show_said(self.said)

    @property
    def front(self) -> Screen[object] | None:
        """The screen in front; None while the desk is being taken down, when a timer may still strike."""
        return stack[-1] if (stack := self.screen_stack) else None

    async def on_event(self, event: Event) -> None:
        """Take note of every key and click, then go on as always."""
        if isinstance(event, InputEvent):
            self._tidying.touched(monotonic())
        if isinstance(event, MouseDown) and self._on_what_has_gone(event):
            return
        await super().on_event(event)

    def _on_what_has_gone(self, event: MouseDown) -> bool:
        """Tell whether the mouse went down on something that was just taken off the screen: Textual would fail on it."""
        if self.front is None:
            return False
        widget, _ = self.front.get_widget_and_offset_at(event.x, event.y)
        return widget is not None and widget.parent is None

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """Ask the desk something on its thread; the screen never blocks."""
        return await self._desk.ask(question)

    def soon(self, errand: Callable[[Desk], object]) -> None:
        """Have the desk do something, in turn, that nobody waits for."""
        self._desk.soon(errand)

    async def open_incident(self, key: str, step: str = "") -> None:
        """Open an incident's runbook, at a step or at the one that is next."""
        from crisisdesk.ui.screens.runbook import RunbookScreen

        await self.push_screen(RunbookScreen(key, step))

    def to_terminal(self, text: str) -> None:
        """Write a sequence of our own making past the screen."""
        if self._driver is not None:
            self._driver.write(text)

    async def _watch(self) -> None:
        """Show other people's entries without a key."""
        self._tidying.look(monotonic())
        if self._gone():
            self.exit(0)
        if self._looking or not self._desk.opened:
            return
        self._looking = True
        try:
            changed, now = await self.ask(lambda desk: (desk.changed(), desk.now()))
            if changed:
                self.attention.soon()
                for screen in self.screen_stack:
                    if isinstance(screen, DeskView):
                        with screen.showing():
                            await screen.reload()
            if await self.attention.look(now) and isinstance(front := self.front, DeskView):
                with front.showing():
                    await front.tick(now)
        except JournalTrouble as trouble:
            self.notify(trouble.sentence, severity="error", markup=False)
        finally:
            self._looking = False

    def _gone(self) -> bool:
        """Tell whether the terminal went away without a signal, as under nohup: nobody could ever leave this desk."""
        return not self.is_headless and sys.__stdin__ is not None and not sys.__stdin__.isatty()

    def _mind_signals(self) -> None:
        """Leave by the front door when the window is closed or the process asked to end: the terminal is restored."""
        if sys.platform == "win32":
            return
        import asyncio

        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, self.exit, 0)
        if not self.is_headless:  # not by the loop: that one gives it back before the process has ended
            signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(self.exit, 0))

    async def action_leave(self) -> None:
        """Leave; with an incident open, ask once."""
        from crisisdesk.ui.screens.leaving import LeaveScreen, StillOpen, still_open

        if not self._desk.opened:
            self.exit(0)
            return
        if isinstance(self.screen, LeaveScreen):
            self.exit(0)  # asked once; a second ctrl+q is the answer
            return
        try:
            open_ones = await self.ask(still_open)
        except JournalTrouble as trouble:  # the file is gone or locked: that must not keep anybody here
            open_ones = StillOpen((f"{trouble.sentence} What was said to be saved was saved.",))
        if not open_ones.told:
            self.exit(0)
        else:
            self.push_screen(
                LeaveScreen(open_ones, sample=self.sample), lambda leave: self.exit(0) if leave else None
            )

    @on(Click)
    async def press(self, event: Click) -> None:
        """Do what a clicked key would do, on whatever screen it stands."""
        if action := event.style.meta.get(PRESS):
            await self.run_action(action, self.screen)

    def action_command_palette(self) -> None:
        """Find a command by its words."""
        from crisisdesk.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    async def action_explain(self) -> None:
        """Show help, also where a question mark is a letter; from help, the page about terminals."""
        from crisisdesk.ui.screens.helping import HelpScreen, own_keys, terminal_page, typing_help
        from crisisdesk.ui.screens.reading import ReadingScreen

        screen = self.screen
        if isinstance(screen, DeskView) and screen.NAME:
            await screen.action_go_help()
        elif isinstance(screen, HelpScreen):
            await screen.action_terminal()
        elif isinstance(screen, ReadingScreen):
            await self.push_screen(terminal_page(self.size.width))
        else:
            await self.push_screen(typing_help(own_keys(screen), self.size.width))

    def copy_to_clipboard(self, text: str) -> None:
        """Hand a text to the terminal, through tmux or GNU Screen where one is around; whether it arrives nobody can tell."""
        from crisisdesk.ui.copying import for_multiplexer

        super().copy_to_clipboard(text.encode("utf-8", "replace").decode("utf-8"))
        if self._driver is not None and (wrapped := for_multiplexer(text, self.environment)):
            self._driver.write(wrapped)

    def action_help_quit(self) -> None:
        """Ctrl+c with nothing marked: say how to copy, and how to leave."""
        self.notify(
            "To leave, press ctrl+q. To copy, mark words with the mouse and press ctrl+c, or press f6.",
            title="Nothing is marked",
            markup=False,
        )

    def get_line_filters(self) -> list[LineFilter]:
        """Add the last net: nothing a terminal would obey leaves the app."""
        filters = super().get_line_filters()
        if self._net.before != filters:
            self._net = OnlyText(filters, ascii_only=self.preferences.ascii)
        return [self._net]

    def action_next_theme(self) -> None:
        """Change to the next theme: dark, light, high contrast."""
        self.theme = after(self.theme)
        name = self.theme.removeprefix(PREFIX)
        self.notify(
            f'Colours: {name}. To keep them, write  theme = "{name}"  into the settings file.', timeout=6
        )

    def _handle_exception(self, error: Exception) -> None:
        """Leave with a sentence; what people wrote never goes into a traceback."""
        from rich.text import Text

        from crisisdesk.crash import crash_file

        if isinstance(
            error, JournalTrouble
        ):  # nobody's mistake here, and there is no way to go on without the journal
            self.exit(
                1, return_code=1, message=Text(f"{error.sentence} {self._saved_up_to()}\n{error.remedy}")
            )
            return
        try:
            told = f"For whoever looks after it (no words of the incident are in it): {crash_file(error)}"
        except OSError:
            told = "No file about it could be written."
        said = (
            f"CrisisDesk made a mistake and had to stop. {self._saved_up_to()} Open it again with: crisisdesk"
        )
        self.exit(1, return_code=1, message=Text(f"{said}\n{told}"))

    def _saved_up_to(self) -> str:
        """Say what is certainly on disk: what a screen has loaded; its label and a number, never its words."""
        for screen in reversed(self.screen_stack if self._screen_stacks[self._current_mode] else []):
            if isinstance(screen, DeskView) and screen.case is not None:
                state = screen.case.state
                return f"Everything up to entry {state.seq} of {state.label} is saved."
        return "Everything it said was saved is saved."
