"""The brief on the screen: by its key, read, copied and saved, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crisisdesk.desk import NO_MANNER, Desk
from crisisdesk.domain import intents
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.screens.brief import BriefScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import Clock, screen_text, wait_until
from tests.ui.driving import ADA, declared, front, open_runbook, shows
from tests.ui.test_law_screens import HOSTILE


@pytest.fixture
def key(open_desk: Callable[[], Desk], clock: Clock) -> str:
    """INC-0001 with a late step, a frozen queue, a note kept close and hostile words."""
    desk = open_desk()
    key = declared(
        desk, intents.TakeRole("incident-lead", "Eli Novak"), intents.FreezeQueue("Scheduler", "@ours", "7"),
        intents.BlockStep("name-roles", HOSTILE), intents.PromiseUpdate(clock().replace(hour=23), "More by eleven"),
    )  # fmt: skip
    desk.act(key, intents.LogNote("Her number is 555-0199"), ADA, NO_MANNER._replace(sensitivity="personal"))
    desk.journal.close()
    clock.pass_minutes(30)
    return key


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_it_opens_by_its_key_is_scrolled_and_left(
    app: DeskApp, key: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("i")
        await front(pilot, BriefScreen)
        await shows(pilot, "Brief of INC-0001: A post names us")
        first = screen_text(pilot)
        assert "Incident lead: Eli Novak" in first
        assert "as of 22:10 GMT, entry #7" in first
        assert "esc Back" in first
        assert max(map(len, first.splitlines())) <= size[0]
        await pilot.press("end")
        await shows(pilot, "Drawn from 7 entries.")
        assert "Brief of INC-0001:" not in screen_text(pilot)
        await pilot.press("escape")
        await front(pilot, RunbookScreen)


async def test_every_line_is_safe_and_nothing_kept_close_is_shown(app: DeskApp, key: str) -> None:
    async with app.run_test(size=(100, 200)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("i")
        await front(pilot, BriefScreen)
        await shows(pilot, "Drawn from 7 entries.")
        told = screen_text(pilot)
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert "[/b] [€]" in told
    assert "LATE by" in told
    assert "FROZEN: Scheduler on @ours" in told
    assert "555-0199" not in told
    assert "(personal data, entry 7)" in told


async def test_another_persons_entry_changes_the_brief_without_a_key(
    app: DeskApp, open_desk: Callable[[], Desk], key: str
) -> None:
    other = open_desk()
    async with app.run_test(size=(100, 200)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("i")
        await shows(pilot, "Drawn from 7 entries.")
        other.act(key, intents.TakeRole("legal", "Carla Mendes"), ADA)
        await shows(pilot, "Drawn from 8 entries.")
        assert "Carla Mendes, since" in screen_text(pilot)
    other.journal.close()


@pytest.mark.parametrize(
    ("press", "name", "first"),
    [
        ("c", "INC-0001-brief.md", "# Brief of INC-0001"),
        ("s", "INC-0001-brief-chat.txt", "*Brief of INC-0001"),
    ],
)
async def test_a_copy_goes_to_the_clipboard_and_into_a_file_beside_the_desk(
    app: DeskApp, key: str, tmp_path: Path, press: str, name: str, first: str
) -> None:
    saved = tmp_path / "desk.db.beside" / "handed-out" / name
    saved.parent.mkdir(parents=True)
    saved.write_text("the one of an hour ago")
    async with app.run_test(size=(140, 40)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("i")
        await front(pilot, BriefScreen)
        await shows(pilot, "Brief of INC-0001:")
        await pilot.press(press)
        await wait_until(pilot, lambda: bool(app.said), "the message")
        (message,) = [one.text for one in app.said]
    assert app.clipboard.startswith(first)
    assert saved.read_text(encoding="utf-8") == app.clipboard
    assert saved.stat().st_mode & 0o077 == 0
    assert (
        message
        == f"Handed to the terminal; nobody can tell whether it arrived. Saved as {saved}: open that file if nothing arrives on paste."
    )


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_message_says_where_the_file_is(app: DeskApp, key: str, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("i")
        await front(pilot, BriefScreen)
        await pilot.press("c")
        await shows(pilot, "Handed to the terminal")
        await shows(pilot, "brief.md")


async def test_where_no_file_can_be_written_it_is_copied_all_the_same_and_says_so(
    app: DeskApp, key: str, tmp_path: Path
) -> None:
    (tmp_path / "desk.db.beside").write_text("in the way")
    async with app.run_test(size=(140, 40)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("i")
        await front(pilot, BriefScreen)
        await shows(pilot, "Brief of INC-0001:")
        await pilot.press("c")
        await wait_until(pilot, lambda: bool(app.said), "the message")
        (message,) = [one.text for one in app.said]
    assert message.startswith(
        "Handed to the terminal; nobody can tell whether it arrived. No file could be written"
    )
    assert (tmp_path / "desk.db.beside").read_text() == "in the way"
