"""Help: on every screen, of the selected step, with the reason where a key does nothing now, and for a first time."""

from collections.abc import Callable

import pytest

from crisisdesk.desk import Case, Desk, Saved
from crisisdesk.domain import intents
from crisisdesk.domain.runbook import in_order
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.command import KEY_NAMES, RUNBOOK, of_screen
from crisisdesk.ui.commands import COMMANDS
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.helping import ABOUT, TERMINAL, meaning, sorted_keys
from crisisdesk.ui.screens.facts import FactsScreen
from crisisdesk.ui.screens.helping import HelpScreen, help_screen
from crisisdesk.ui.screens.reading import ReadingScreen
from crisisdesk.ui.subject import Subject
from tests.ui.conftest import Clock, screen_text, wait_until
from tests.ui.test_screens import ADA, HOSTILE, declared

SCREENS = sorted({screen for command in COMMANDS for screen in command.screens})


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_has_help_and_a_sentence(screen: str) -> None:
    assert ABOUT[screen].endswith(".")
    assert [one.key for one in of_screen(screen) if one.id == "help"] == ["question_mark"]


def test_every_key_is_listed_once_possible_or_with_the_reason(
    open_desk: Callable[[], Desk], clock: Clock
) -> None:
    desk = open_desk()
    case = desk.case(declared(desk))
    assert isinstance(case, Case)
    for screen in SCREENS:
        commands = of_screen(screen)
        for about in (None, case):
            now, not_now = sorted_keys(commands, Subject(about, None, None, "Ada Okoro", clock()))
            assert sorted(one.key for one in now + not_now) == sorted(one.key for one in commands)
            assert all(one.said for one in now + not_now)
    desk.journal.close()


def test_every_step_says_what_it_means(open_desk: Callable[[], Desk], clock: Clock) -> None:
    desk = open_desk()
    case = desk.case(declared(desk))
    assert isinstance(case, Case)
    kinds = set()
    for _, steps in in_order(case.state):
        for known in steps:
            told = dict(meaning(Subject(case, known, None, "Ada Okoro", clock())))
            assert {"Kind", "Who", "It asks for", "When it is done"} <= set(told), known.step.id
            assert "{" not in "".join(told.values())
            kinds.add(known.step.kind)
    assert {"do", "capture", "decide", "tell", "say", "pause"} == kinds
    desk.journal.close()


def test_words_of_people_are_only_read_in_help(open_desk: Callable[[], Desk], clock: Clock) -> None:
    desk = open_desk()
    key = declared(desk)
    assert isinstance(desk.act(key, intents.AddStep(HOSTILE, "legal"), ADA), Saved)
    case = desk.case(key)
    assert isinstance(case, Case)
    step = next(known for known in case.state.steps.values() if known.added)
    subject = Subject(case, step, None, "Ada Okoro", clock())
    told = "".join(row.plain for row in help_screen(RUNBOOK, of_screen(RUNBOOK), subject, 80)._rows)
    assert "evil" in told
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)
    desk.journal.close()


async def test_help_of_the_runbook_then_the_page_about_terminals(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
        await wait_until(pilot, lambda: "The selected step" in screen_text(pilot), "the step")
        await pilot.press("end")
        await wait_until(pilot, lambda: "Not now, and why" in screen_text(pilot), "what cannot be done")
        await wait_until(pilot, lambda: "This step is open." in screen_text(pilot), "the reason")
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Never used a terminal?" in screen_text(pilot), "the page")
        await wait_until(pilot, lambda: "A terminal is a window" in screen_text(pilot), "its words")
        await pilot.press("escape", "escape", "n")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "a form")
        await pilot.press("question_mark")
        assert not isinstance(app.screen, ReadingScreen)
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Where something is typed" in screen_text(pilot), "help of a form")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "the form again")
    desk.journal.close()


async def test_a_screen_with_keys_of_its_own_tells_them(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        await pilot.press("f")
        await wait_until(pilot, lambda: isinstance(app.screen, FactsScreen), "facts")
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: "Keys of this screen" in screen_text(pilot), "its keys")
    desk.journal.close()


async def test_f1_helps_where_an_incident_is_declared(app: DeskApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "No incidents" in screen_text(pilot), "desk")
        await pilot.press("f1")
        await wait_until(pilot, lambda: ABOUT["desk"][:40] in screen_text(pilot), "help of the desk")
        await pilot.press("escape", "n", "f1")
        await wait_until(pilot, lambda: "Where something is typed" in screen_text(pilot), "help")


def test_the_page_about_terminals_answers_what_is_asked_at_first() -> None:
    assert {
        "Keys",
        "Moving",
        "Mouse",
        "Copy",
        "Paste",
        "Small letters",
        "Saved",
        "Leaving",
        "Window closed",
    } <= set(TERMINAL)
    assert "crisisdesk" in TERMINAL["Window closed"]


def test_names_of_keys_are_those_of_the_registry() -> None:
    assert KEY_NAMES["question_mark"] == "?"
    assert RUNBOOK in ABOUT
