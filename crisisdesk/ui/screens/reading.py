"""A page to read: help, the steps that do not apply, who holds which role."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.screens.base import SAMPLE
from crisisdesk.ui.showing import STRONG, WARN, join, key_row, stacked


class ReadingScreen(ModalScreen[None], LeavesOnce[None]):
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
        if getattr(self.app, "sample", False):
            yield Static(join((SAMPLE, WARN)), id="sample")
        yield Static(Content("  ").join([join((self._heading, STRONG)), *self._marked]), id="head")
        with VerticalScroll(id="text"):
            yield Static(stacked(self._rows))
        yield Static(self.key_line(), id="keys")

    def key_line(self) -> Content:
        """Return the line of keys."""
        return key_row(("esc", "Back", "screen.dismiss"))
