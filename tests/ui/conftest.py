"""The real screen on a real file, with a clock that is moved by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from crisisdesk.desk import Desk, Machine, Speaker
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.widgets.text_pane import TextPane

BEGIN = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)


class Clock:
    """The time, moved by hand; it never moves by itself."""

    def __init__(self) -> None:
        self.moment = BEGIN

    def __call__(self) -> datetime:
        return self.moment

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass."""
        self.moment += timedelta(minutes=minutes)


async def wait_until(pilot: Pilot[int], condition: Callable[[], bool], what: str = "") -> None:
    """Wait for a condition, not for luck; fail with the screen's words after ten seconds."""
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"never: {what}\n{screen_text(pilot)}")


def screen_text(pilot: Pilot[int]) -> str:
    """Return what is on the screen, line by line, as a person sees it."""
    screen = pilot.app.screen
    lines = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)


def told(pilot: Pilot[int], selector: str) -> str:
    """Return the words of one part of the screen."""
    shown = pilot.app.screen.query_one(selector)
    assert isinstance(shown, Static | TextPane)
    return str(shown.content)


@pytest.fixture
def clock() -> Clock:
    """The clock of the desk."""
    return Clock()


@pytest.fixture
def open_desk(tmp_path: Path, clock: Clock) -> Callable[[], Desk]:
    """What opens the desk's file; each call is another connection, as another process would have."""
    return lambda: Desk.open(tmp_path / "desk.db", Machine("tester", "host"), now=clock)


@pytest.fixture
def app(open_desk: Callable[[], Desk]) -> DeskApp:
    """The desk on a screen, with Ada in front of it."""
    return DeskApp(open_desk, Speaker("Ada Okoro"))
