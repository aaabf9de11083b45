"""Leaving with an incident open asks once."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crisisdesk.ui.showing import STRONG, join


class LeaveScreen(ModalScreen[bool]):
    """Yes leaves, no stays."""

    BINDINGS = [
        Binding("y,enter,ctrl+q", "answer(True)", "Leave", show=False, id="leave-yes"),
        Binding("n,escape", "answer(False)", "Stay", show=False, id="leave-no"),
    ]
    DEFAULT_CSS = """
    LeaveScreen { align: center middle; }
    LeaveScreen Vertical { width: 60; height: auto; background: $surface; border: round $primary; padding: 1 2; }
    """

    def __init__(self, keys: list[str], *, sample: bool = False) -> None:
        """Take the labels of the open incidents, and whether they are made up."""
        super().__init__()
        self._keys, self._sample = keys, sample

    def compose(self) -> ComposeResult:
        """Say what is open, and that nothing is lost."""
        what = f"{self._keys[0]} is open" if len(self._keys) == 1 else f"{len(self._keys)} incidents are open"
        ask, after = f"{what}. Leave the desk?", "Everything is saved."
        if self._sample:
            ask, after = "Leave the sample desk?", "It was made up: nothing of it goes to your own desk."
        with Vertical():
            yield Static(join((ask, STRONG), f"\n{after}\n\n", ("y", "bold $text-accent"), " Leave   ",
                              ("n", "bold $text-accent"), " Stay"))  # fmt: skip

    def action_answer(self, leave: bool) -> None:  # noqa: FBT001 - Textual hands the action's argument over
        """Answer."""
        self.dismiss(leave)
