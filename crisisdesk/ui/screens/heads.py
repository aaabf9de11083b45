"""The lines on top of an incident's screens: parts side by side, none broken across two rows, and what must be seen everywhere."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from crisisdesk.desk import Case
from crisisdesk.domain.times import instant
from crisisdesk.ui.showing import LATE, QUIET, WARN, join, stacked, time_left


def show_head(screen: Screen[None], rows: Sequence[Sequence[Content]]) -> None:
    """Draw a screen's head: each row's parts, as many side by side as fit."""
    width = screen.size.width - 2
    told = [line for parts in rows for line in packed([part for part in parts if part], width, "  ")]
    screen.query_one("#head", Static).update(stacked(told))


def packed(parts: Sequence[Content], width: int, between: str = "   ") -> list[Content]:
    """Put parts one after another, as many on a line as fit, in their order."""
    rows: list[Content] = []
    for part in parts:
        if rows and rows[-1].cell_length + len(between) + part.cell_length <= width:
            rows[-1] = join(rows[-1], between, part)
        else:
            rows.append(part)
    return rows


def marks(case: Case, now: datetime, *, told: bool = False) -> list[Content]:
    """Return what must be seen on every screen of an incident: a drill, a late promise, a freeze, a sample playbook.

    ``told`` leaves out what the screen tells at length.
    """
    found, state = [], case.state
    if state.drill:
        found.append(join(("DRILL: a rehearsal, nothing here is real", WARN)))
    late = [promise.due_at for promise in state.promises.values() if instant(promise.due_at) < now]
    if late and not told:
        found.append(join(("UPDATE ", LATE), time_left(min(late), now)))
    if state.freeze and not told:
        queues = len(state.freeze)
        found.append(join((f"FROZEN: {queues} {'queue' if queues == 1 else 'queues'}", WARN)))
    if state.playbook.adopted.startswith("not yet"):
        found.append(join(("sample playbook", QUIET)))
    return found
