"""A page to read: the keys of a screen, the steps that do not apply."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from crisisdesk.ui.commands import Command, name_of
from crisisdesk.ui.showing import QUIET, STRONG, join, stacked


class ReadingScreen(ModalScreen[None]):
    """Lines to read; escape goes back."""

    BINDINGS = [Binding("escape,q,enter", "dismiss", "Back", show=False, id="read")]
    DEFAULT_CSS = """
    ReadingScreen { background: $background; }
    """

    def __init__(self, title: str, rows: list[Content], marked: Sequence[Content] = ()) -> None:
        """Take a title, the lines, and what must be seen on every screen of an incident."""
        super().__init__()
        self._heading, self._rows, self._marked = title, rows, marked

    def compose(self) -> ComposeResult:
        """Lay out the title, the lines and the key."""
        yield Static(Content("  ").join([join((self._heading, STRONG)), *self._marked]), id="head")
        with VerticalScroll(id="text"):
            yield Static(stacked(self._rows))
        yield Static(join(("esc", "bold $text-accent"), " Back"), id="keys")


def help_screen(commands: list[Command]) -> ReadingScreen:
    """Return the keys of a screen, each with what it does."""
    rows = [
        join(
            (f"{name_of(command):>8}  ", "bold $text-accent"),
            (f"{command.title:<16}", STRONG),
            command.help,
        )
        for command in commands
    ]
    rows += [
        Content(""),
        join(("   ← →    ", "bold $text-accent"), "phases      ", ("↑ ↓ ", "bold $text-accent"), "steps, entries      ",
             ("enter ", "bold $text-accent"), "do what the step asks for"),
        join(("  ctrl+p  ", "bold $text-accent"), "find a command by its words"),
        join(("  ctrl+q  ", "bold $text-accent"), "leave; everything is saved"),
        Content(""),
        join(("Everything here can also be typed as one line: crisisdesk --help", QUIET)),
    ]  # fmt: skip
    return ReadingScreen("Keys of this screen", rows)
