"""Every screen at three sizes, by key and by mouse: it opens, says how to go on, and the way back leads back."""

from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from crisisdesk.ui.command import KEY_NAMES
from crisisdesk.ui.commands import BY_ID, COMMANDS
from crisisdesk.ui.screens.base import DeskView
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.helping import HelpScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.statements import StatementsScreen
from tests.ui.conftest import wait_until
from tests.ui.driving import SIZES, front
from tests.ui.nights import app_at, desks_at, screen_words, settled

MINUTE = 39
"""The minute of the sample night at which approvals are waited for: every screen has something to show."""


class Room(NamedTuple):
    """A screen: the command that opens it, and words that are on it."""

    command: str
    words: str


ROOMS = {
    IncidentsScreen: (
        Room("library", "employee-post"),
        Room("insights", "employee-post"),
        Room("declare", "What happened?"),
        Room("signal", "What did you notice?"),
    ),
    RunbookScreen: (
        Room("timeline", "INC-0001  Timeline"),
        Room("review", "Objectives"),
        Room("facts", "Recommended"),
        Room("brief", "INC-0001"),
        Room("people", "lead"),
        Room("evidence", "sha"),
        Room("clocks", "No clock is asked for"),
        Room("statements", "Fact sheet"),
        Room("call-list", "call"),
        Room("policy", "The policy this incident runs by"),
        Room("hidden", "Steps that do not apply now"),
    ),
    StatementsScreen: (Room("versions", "version"),),
}
WAYS = ("key", "mouse")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the sample night at that minute."""
    return desks_at(tmp_path_factory.mktemp("night"), [MINUTE])[MINUTE]


def test_every_command_that_goes_somewhere_is_walked() -> None:
    """A new screen in the registry belongs into ROOMS, or here with the reason."""
    besides = {
        "open": "the way into the runbook, walked first",
        "help": "the mouse goes through it every time",
        "back": "the way back, every time",
        "export": "a form, see the tests of the review",
        "add-playbook": "a form, see the tests of layers",
        "bring-in": "a form, see the tests of layers",
    }
    besides["read"] = "a page to read, see the tests of the timeline"
    stay = {
        "undo",
        "find",
        "copy",
        "copy-brief",
        "copy-chat",
        "copy-draft",
        "earlier",
        "later",
        "against",
        "due",
        "mine",
        "sound",
    }
    going = {command.id for command in COMMANDS if command.go}
    assert going == {room.command for rooms in ROOMS.values() for room in rooms} | set(besides) | stay


async def click_on(pilot: Pilot[int], words: str) -> None:
    """Click on words that are on the screen."""
    await wait_until(pilot, lambda: words in screen_words(pilot), words)
    rows = screen_words(pilot).split("\n")
    y = next(place for place in range(len(rows) - 1, -1, -1) if words in rows[place])
    await pilot.click(offset=(cell_len(rows[y][: rows[y].index(words)]) + 1, y))


async def by_mouse(pilot: Pilot[int], command: str) -> None:
    """Click on the help in the line of keys, and there on the command."""
    await click_on(pilot, "? Help")
    await front(pilot, HelpScreen)
    one = BY_ID[command]
    named = f"{KEY_NAMES.get(one.key, one.key):>9}  {one.title}"
    scroll = pilot.app.screen.query_one(VerticalScroll)
    for _ in range(20):
        await pilot.pause()
        if any(named in row for row in screen_words(pilot).split("\n")[1:-2]):
            break
        scroll.scroll_page_down(animate=False)
    await click_on(pilot, named)


async def go(pilot: Pilot[int], way: str, command: str) -> None:
    """Go somewhere, by key or by mouse."""
    if way == "key":
        await pilot.press(BY_ID[command].key)
    else:
        await by_mouse(pilot, command)


def usable(pilot: Pilot[int], room: Room, size: tuple[int, int]) -> None:
    """Fail unless a screen has its words, its line of keys is whole, and nothing stands outside the screen."""
    text = screen_words(pilot)
    rows = text.split("\n")
    assert room.words.casefold() in text.casefold(), f"{room}\n{text}"
    assert all(cell_len(row) <= size[0] for row in rows)
    assert len(rows) == size[1]
    assert any("esc" in row for row in rows), f"no way back is named\n{text}"
    if isinstance(pilot.app.screen, DeskView) and pilot.app.screen.NAME:
        assert "? Help" in rows[-1], f"{room}\n{text}"


async def elsewhere(pilot: Pilot[int], here: type) -> None:
    """Wait until another screen than this one, or its help, is in front."""
    await wait_until(
        pilot, lambda: not isinstance(pilot.app.screen, (here, HelpScreen)), f"away from {here.__name__}"
    )


async def back(pilot: Pilot[int], way: str, here: type) -> None:
    """Leave a screen by its key, or by a click on its name."""
    for _ in range(3):
        if isinstance(pilot.app.screen, here):
            return
        if way == "key":
            await pilot.press("escape")
        else:
            await click_on(pilot, "esc ")
        await pilot.pause()
    await front(pilot, here)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_opens_and_leads_back(night: Path, size: tuple[int, int], way: str) -> None:
    app = app_at(night, MINUTE)
    async with app.run_test(size=size) as pilot:
        await front(pilot, IncidentsScreen)
        await settled(pilot)
        for here, rooms in ROOMS.items():
            if here is RunbookScreen:
                await (pilot.press("enter") if way == "key" else click_on(pilot, "INC-0001  sev"))
            elif here is StatementsScreen:
                await go(pilot, way, "statements")
            await front(pilot, here)
            await settled(pilot)
            for room in rooms:
                await go(pilot, way, room.command)
                await elsewhere(pilot, here)
                await settled(pilot)
                usable(pilot, room, size)
                await back(pilot, way, here)
    assert app.return_code in (0, None)
