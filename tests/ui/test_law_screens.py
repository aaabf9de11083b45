"""Clocks, holds, approvals, layers, changed files, signals and the playbooks, by keys on the real screens."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import OptionList

from crisisdesk.desk import NO_MANNER, Desk, Machine, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.clocks import ClocksScreen
from crisisdesk.ui.screens.declare import DeclareScreen
from crisisdesk.ui.screens.facts import FactsScreen
from crisisdesk.ui.screens.library import LibraryScreen
from crisisdesk.ui.screens.reading import ReadingScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import Clock, screen_text, wait_until
from tests.ui.driving import ADA, declared, form, front, keys, open_runbook, shows

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
HOSTILE = "[/b] [€] \x1b]52;c;aGk=\x07 \u202eevil"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_clock_is_started_for_who_is_on_the_phone_and_a_hold_is_set(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(
        desk, intents.AnswerFact("personal-data", "yes"), intents.AnswerFact("regions", "eu"), intents.TakeRole("legal", "Carla Mendes")
    )  # fmt: skip
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        await shows(pilot, "asked for")
        await pilot.press("C")
        await front(pilot, ClocksScreen)
        await shows(pilot, "Not later than 72 hours")
        await shows(pilot, "have counsel check")
        await form(pilot, "s", "20:00", "Carla Mendes")
        await shows(pilot, "running")
        await pilot.press("down")
        await form(pilot, "x", "no high risk", "Carla Mendes")
        await shows(pilot, "not applicable")
        await form(pilot, "h", HOSTILE.replace("\x1b", "").replace("\x07", "").replace("\u202e", ""))
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
        await shows(pilot, "LEGAL HOLD since")
    case = desk.case(key)
    assert not hasattr(case, "sentence")
    assert desk.verify() == []
    desk.journal.close()


async def test_the_policy_is_one_key_away(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("Y")
        await front(pilot, ReadingScreen)
        await shows(pilot, "WHAT THIS IS")
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
    desk.journal.close()


async def test_figures_are_typed_beside_the_facts_and_the_level_is_confirmed_with_a_click(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 44)) as pilot:
        await open_runbook(pilot, key)
        await form(pilot, "F", "340", "tool")
        await pilot.press("f")
        await front(pilot, FactsScreen)
        await shows(pilot, "340")
        await pilot.press("end")
        await shows(pilot, "Confirm  sev2")
        await pilot.press("enter")
        await shows(pilot, "sev2, confirmed")
    desk.journal.close()


async def test_a_second_playbook_is_laid_on_top(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_runbook(pilot, key)
        await form(pilot, "P", "<down>", "it spreads")
        await wait_until(
            pilot,
            lambda: len(desk.incidents()) == 1 and "/" in "".join(row.id for row in desk.steps()),
            "its steps",
        )
    assert desk.verify() == []
    desk.journal.close()


async def test_a_signal_is_handed_in_and_declared(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    desk.signals.hand_in(HOSTILE, HOSTILE, Speaker("Mo"), NO_MANNER)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "signal")
        await shows(pilot, "evil")
        assert not {"\x1b", "\x07", "\u202e"} & set(screen_text(pilot))
        await form(pilot, "s", "refund links in our name", "https://social.example/1")
        await shows(pilot, "refund links")
        await pilot.press("down", "enter")
        await front(pilot, FormScreen)
        await pilot.press("down", "ctrl+s")
        await front(pilot, DeclareScreen)
        await shows(pilot, "refund links")
        await pilot.press("enter")
        await front(pilot, FactsScreen)
    settled = [signal for signal in desk.signals.all() if signal.outcome]
    assert [(signal.text, signal.incident) for signal in settled] == [
        ("refund links in our name", "INC-0001")
    ]
    desk.journal.close()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own with the employee playbook."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("policy", "common", "employee-post"):
        shutil.copy(PLAYBOOKS / f"{name}.yaml", folder)
    return folder


@pytest.fixture
def own_desk(tmp_path: Path, own: Path, clock: Clock) -> Callable[[], Desk]:
    """What opens the desk with that folder."""
    return lambda: Desk.open(tmp_path / "own.db", Machine("tester", "host"), playbooks=own, now=clock)


async def test_the_library_shows_what_is_wrong_and_looks_again_when_a_file_is_saved(
    own: Path, own_desk: Callable[[], Desk]
) -> None:
    app = DeskApp(own_desk, ADA)
    file = own / "employee-post.yaml"
    sound = file.read_text(encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        await shows(pilot, "Press n")
        await pilot.press("l")
        await front(pilot, LibraryScreen)
        await shows(pilot, "every file can be used")
        await shows(pilot, "Capture and contain")
        file.write_text(sound.replace("usually:", "usualy:"), encoding="utf-8")
        await shows(pilot, "Did you mean 'usually'?")
        file.write_text(sound, encoding="utf-8")
        await shows(pilot, "every file can be used")


async def test_changed_files_are_shown_and_brought_in(own: Path, own_desk: Callable[[], Desk]) -> None:
    app, desk, file = DeskApp(own_desk, ADA), own_desk(), own / "employee-post.yaml"
    key = declared(desk)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Report the false profile", "Report each false profile"), encoding="utf-8")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("B")
        await front(pilot, FormScreen)
        await shows(pilot, "Report each false profile")
        await pilot.press(*keys("mended"), "ctrl+s")
        await front(pilot, RunbookScreen)
        await pilot.press("B")
        await shows(pilot, "The files say what this incident runs by.")
    assert desk.verify() == []
    desk.journal.close()


async def test_a_frozen_queue_is_on_every_screen_until_released(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await form(pilot, "X", "scheduler", "@ours", "7")
        await shows(pilot, "FROZEN: scheduler on @ours")
        await form(pilot, "Q", "Dee", "Evening paper", "who is it")
        await shows(pilot, "1 enquiry open")
        for screen in ("t", "C", "f"):
            await pilot.press(screen)
            await shows(pilot, "FROZEN")
            await pilot.press("escape")
            await front(pilot, RunbookScreen)
        await form(pilot, "Z", "<down>", "<down>")
        await form(pilot, "E", "<down>", "we name nobody")
        await form(pilot, "S", "few have seen it", "in 2 hours")
        await shows(pilot, "We say nothing for now")
        assert "FROZEN" not in screen_text(pilot)
    assert desk.verify() == []
    desk.journal.close()


async def test_a_fact_of_several_names_takes_them_all_and_begins_with_those_said(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.AnswerFact("platforms", "instagram"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("f")
        await front(pilot, FactsScreen)
        await shows(pilot, "On which platforms")
        shown = app.screen.query_one("#facts", OptionList)
        shown.highlighted = shown.get_option_index("platforms")
        await pilot.press("enter")
        await front(pilot, FormScreen)
        await shows(pilot, "with a comma between them")
        await pilot.press(*keys(", linkedin"))
        await pilot.press("ctrl+s")
        await front(pilot, FactsScreen)
        await shows(pilot, "instagram,")
    case = desk.case(key)
    assert not isinstance(case, Refused)
    assert case.state.facts["platforms"] == ("instagram", "linkedin")
    desk.journal.close()
