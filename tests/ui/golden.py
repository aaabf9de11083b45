"""The states of the desk as text, each compared with a picture in ``golden/``; ``python -m tests.ui.write_golden`` draws them."""

from pathlib import Path
from typing import NamedTuple

from crisisdesk.desk import NO_MANNER, Desk, Machine, Saved, Speaker
from crisisdesk.domain.intents import Declare
from tests.ui.nights import DECLARED, app_at, desks_at, settled

FOLDER = Path(__file__).parent / "golden"
EMPTY, DRILL = -1, -2
"""Minutes that stand for a desk of their own."""


class State(NamedTuple):
    """A state worth a picture: the minute of the night, the keys that lead there, and the size."""

    name: str
    minute: int
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (80, 24)


STATES = (
    State("desk-empty", EMPTY),
    State("desk-busy", 39),
    State("runbook", 39, ("enter",)),
    State("runbook-late", 85, ("enter",), (100, 30)),
    State("frozen", 10, ("enter",)),
    State("drill", DRILL, ("enter",)),
    State("narrow", 39, ("enter",), (60, 24)),
)


def desks(folder: Path) -> dict[int, Path]:
    """Make the desks the states are of."""
    drill = folder / "drill" / "desk.db"
    desk = Desk.open(drill, Machine("you", "here"), now=lambda: DECLARED)
    asked = Declare("A post names us", "", "", "")
    saved = desk.declare(asked, "employee-post", Speaker("Ada Okoro"), NO_MANNER, drill=True)
    assert isinstance(saved, Saved), saved
    desk.journal.close()
    minutes = sorted({state.minute for state in STATES if state.minute >= 0})
    return {**desks_at(folder, minutes), EMPTY: folder / "empty" / "desk.db", DRILL: drill}


async def drawn(state: State, found: dict[int, Path]) -> tuple[str, str]:
    """Return a state as text, and as an SVG picture."""
    app = app_at(found[state.minute], max(state.minute, 3))
    async with app.run_test(size=state.size) as pilot:
        text = await settled(pilot)
        for key in state.keys:
            await pilot.press(key)
            text = await settled(pilot)
        return f"{_plain(text, state.size[0])}\n", app.export_screenshot()


def _plain(text: str, width: int) -> str:
    """Leave the ends of scroll bars out, which say nothing and move with every line."""
    rows = [
        row[:-1].rstrip() if len(row) >= width - 2 and row[-1] in "▁▂▃▄▅▆▇" else row
        for row in text.split("\n")
    ]
    return "\n".join(rows).rstrip()
