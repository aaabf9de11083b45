"""Make the pictures of the documentation from the sample night: ``make shots``. Never by hand."""

import asyncio
import contextlib
import io
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from crisisdesk.cli.demo import HALF_WAY, play
from crisisdesk.desk import Desk, Machine, Speaker
from crisisdesk.ui.app import DeskApp

DOCS = Path(__file__).parent.parent / "docs"
NOW = datetime(2026, 11, 22, 22, 19, tzinfo=UTC)
SHOTS = (
    ("desk", ()),
    ("runbook", ("enter",)),
    ("done", ("enter", "d")),
    ("timeline", ("enter", "t")),
    ("review", ("enter", "w")),
    ("statements", ("enter", "D")),
    ("brief", ("enter", "i")),
)
"""A picture's name, and the keys that lead there."""


async def shoot(folder: Path, name: str, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    """Open the sample desk, press the keys, keep the picture."""
    app = DeskApp(
        lambda: Desk.open(folder / "desk.db", Machine("you", "here"), now=lambda: NOW), Speaker("Ada Okoro")
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.5)
        svg = app.export_screenshot(title="CrisisDesk")
    steady = re.sub(r"terminal-\d+", "terminal-0", svg)
    (DOCS / f"{name}.svg").write_text(steady, encoding="utf-8")


def main() -> None:
    """Make every picture, small and wide."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        with contextlib.redirect_stdout(io.StringIO()):
            for line in play(Path(place), until=HALF_WAY, now=NOW):
                assert not line.code, line.typed
        for name, keys in SHOTS:
            asyncio.run(shoot(Path(place), name, keys, (100, 30)))
    print(f"{len(SHOTS)} pictures in {DOCS.name}/")


if __name__ == "__main__":
    main()
