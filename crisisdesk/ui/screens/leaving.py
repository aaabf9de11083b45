"""Leaving with an incident open asks once."""

from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from crisisdesk.desk import Desk
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.decide.lifecycle import left_open
from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.showing import STRONG, join, key_row, line

SHOWN, ROWS = 6, 12
"""Incidents named one by one, and the rows they have together: a small terminal holds no more, with its keys."""
WIDTH = 54
"""Cells a row of the question has for words."""


class StillOpen(NamedTuple):
    """What is open when somebody wants to leave: a line for each of the newest, and how many more there are."""

    told: tuple[str, ...]
    more: int = 0


class LeaveScreen(ModalScreen[bool], LeavesOnce[bool]):
    """Yes leaves, no stays."""

    BINDINGS = [
        Binding("y,enter,ctrl+q", "answer(True)", "Leave", show=False, id="leave-yes"),
        Binding("n,escape", "answer(False)", "Stay", show=False, id="leave-no"),
    ]
    DEFAULT_CSS = """
    LeaveScreen { align: center middle; }
    LeaveScreen Vertical { width: 60; height: auto; background: $surface; border: round $primary; padding: 1 2; }
    """

    def __init__(self, open_ones: StillOpen, *, sample: bool = False) -> None:
        """Take what is still open, and whether it is made up."""
        super().__init__()
        self._open, self._sample = open_ones, sample

    def compose(self) -> ComposeResult:
        """Say what is open, and that nothing is lost."""
        ask, after = "Still open. Leave the desk?", "What was saved stays saved; what is half typed is kept."
        if self._sample:
            ask, after = "Leave the sample desk?", "It was made up: nothing of it goes to your own desk."
        with Vertical():
            yield Static(join((ask, STRONG)), markup=False)
            rows = ROWS // max(1, len(self._open.told))
            for one in self._open.told:
                yield Static(line(one, width=WIDTH * rows - 8), markup=False)
            if self._open.more:
                yield Static(f"and {self._open.more} more", markup=False)
            yield Static(f"\n{after}\n", markup=False)
            yield Static(_keys(), id="keys")

    def action_answer(self, leave: bool) -> None:  # noqa: FBT001 - Textual hands the action's argument over
        """Answer."""
        self.dismiss(leave)


def still_open(desk: Desk) -> StillOpen:
    """Return what is open: of the newest incidents, what is left open in each."""
    keys = [row.key for row in desk.incidents() if row.status == "open"]
    return StillOpen(tuple(_left(desk, key) for key in keys[:SHOWN]), max(0, len(keys) - SHOWN))


def _left(desk: Desk, key: str) -> str:
    case = desk.case(key)
    if isinstance(case, Refused):
        return key
    return f"{key}: {', '.join(left_open(case.state)) or 'nothing waits, it is not closed'}"


def _keys() -> Content:
    """Return the two answers, which a mouse can press too."""
    return key_row(("y", "Leave", "screen.answer(True)"), ("n", "Stay", "screen.answer(False)"))
