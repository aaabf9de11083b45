"""Leaving with an incident open asks once."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from crisisdesk.desk import Case, Desk
from crisisdesk.domain.decide.lifecycle import left_open
from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.showing import STRONG, join, key_row, line

SHOWN = 8
"""Incidents named one by one; a small terminal holds no more."""


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

    def __init__(self, open_ones: list[str], *, sample: bool = False) -> None:
        """Take one line for each thing that is still open, and whether they are made up."""
        super().__init__()
        self._open, self._sample = open_ones, sample

    def compose(self) -> ComposeResult:
        """Say what is open, and that nothing is lost."""
        more = len(self._open) - SHOWN
        ask, after = "Still open. Leave the desk?", "What was saved stays saved; what is half typed is kept."
        if self._sample:
            ask, after = "Leave the sample desk?", "It was made up: nothing of it goes to your own desk."
        with Vertical():
            yield Static(join((ask, STRONG)), markup=False)
            for one in self._open[:SHOWN]:
                yield Static(line(one), markup=False)
            if more > 0:
                yield Static(f"and {more} more", markup=False)
            yield Static(f"\n{after}\n", markup=False)
            yield Static(_keys(), id="keys")

    def action_answer(self, leave: bool) -> None:  # noqa: FBT001 - Textual hands the action's argument over
        """Answer."""
        self.dismiss(leave)


def still_open(desk: Desk) -> list[str]:
    """Return one line for each open incident: its label, and what is left open in it."""
    found = []
    for row in desk.incidents():
        if row.status != "open":
            continue
        case = desk.case(row.key)
        left = []
        if isinstance(case, Case):
            steps = sum(one.applies and not one.settled for one in case.state.steps.values())
            left = left_open(case.state, steps)
        found.append(f"{row.key}: {', '.join(left) if left else 'nothing waits, it is not closed'}")
    return found


def _keys() -> Content:
    """Return the two answers, which a mouse can press too."""
    return key_row(("y", "Leave", "screen.answer(True)"), ("n", "Stay", "screen.answer(False)"))
