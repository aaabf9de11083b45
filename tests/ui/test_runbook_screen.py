"""The runbook: what enter does, options by their digit, where to resume, what stands beside the step; and the way back."""

from collections.abc import Callable

import pytest
from textual.widgets import OptionList

from crisisdesk.desk import Case, Desk, Manner, Saved
from crisisdesk.domain import intents
from crisisdesk.domain.incident import Incident
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.command import TIMELINE
from crisisdesk.ui.commands import COMMANDS
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.people import PeopleScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.timeline import TimelineScreen
from tests.ui.conftest import Clock, screen_text, told, wait_until
from tests.ui.driving import ADA, SIZES, declared, form, front, keys, open_runbook, shows

BEN = ADA._replace(author="Ben Lindqvist")


@pytest.mark.parametrize("size", SIZES)
async def test_the_step_says_what_enter_does_and_enter_does_it(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        assert "enter attaches what you captured" in told(pilot, "#large")
        await pilot.press("enter")
        await front(pilot, FormScreen)
        await shows(pilot, "Attach")
    desk.journal.close()


async def test_an_option_is_chosen_by_its_digit_and_still_asks_why(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    decision = next(
        known
        for known in _state(desk, key).steps.values()
        if known.step.kind == "decide" and known.step.options
    )
    wanted = decision.step.options[1].title
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        screen = pilot.app.screen
        assert isinstance(screen, RunbookScreen)
        screen._phase, screen._step = decision.phase, decision.step.id
        await screen.reload()
        assert f"2 {wanted}" in told(pilot, "#large")
        await pilot.press("2")
        await front(pilot, FormScreen)
        choices = pilot.app.screen.query_one(OptionList)
        assert choices.highlighted == 1
    desk.journal.close()


async def test_whoever_comes_back_is_told_where_to_resume(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock
) -> None:
    desk = open_desk()
    key = declared(desk, intents.SkipStep("capture-originals", "kept elsewhere"))
    async with app.run_test(size=(100, 30)) as pilot:
        await shows(pilot, key)
        await pilot.press("enter")
        await front(pilot, RunbookScreen)
        await shows(pilot, "Resume here: last skipped Capture")
        await pilot.press("down")
        await wait_until(pilot, lambda: "Resume" not in told(pilot, "#large"), "at work")
        clock.pass_minutes(2)
        assert isinstance(desk.act(key, intents.LogNote("Seen", ""), BEN), Saved)
        await shows(pilot, "28 min left")
        assert "Resume" not in told(pilot, "#large")
        clock.pass_minutes(9)
        assert isinstance(desk.act(key, intents.LogNote("Seen again", ""), BEN), Saved)
        await shows(pilot, "Resume here")
        assert "new by others (t)" in told(pilot, "#large")
    desk.journal.close()


async def test_how_far_somebody_had_read_outlives_the_program(
    open_desk: Callable[[], Desk], clock: Clock
) -> None:
    desk = open_desk()
    key = declared(desk, intents.SkipStep("capture-originals", "kept elsewhere"))
    first = DeskApp(open_desk, ADA)
    async with first.run_test(size=(100, 30)) as pilot:
        await shows(pilot, key)
        await pilot.press("enter")
        await front(pilot, RunbookScreen)
        await pilot.press("down", "escape")
    clock.pass_minutes(30)
    for words in ("Seen", "Seen again"):
        assert isinstance(desk.act(key, intents.LogNote(words, ""), BEN), Saved)
    second = DeskApp(open_desk, ADA)
    async with second.run_test(size=(100, 30)) as pilot:
        await shows(pilot, key)
        await pilot.press("enter")
        await shows(pilot, "2 new by others (t)")
    desk.journal.close()


async def test_a_wide_screen_shows_words_what_is_ready_and_what_was_written(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.LogNote("Two partners wrote", ""))
    async with app.run_test(size=(160, 48)) as pilot:
        await open_runbook(pilot, key)
        await shows(pilot, "Ready besides")
        await shows(pilot, "Written last")
        await shows(pilot, "Two partners wrote")
    desk.journal.close()


async def test_a_key_in_the_line_of_keys_can_be_clicked(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        place = str(pilot.app.screen.query_one("#keys").render()).index("Timeline")
        await pilot.click("#keys", offset=(place + 2, 0))
        await front(pilot, TimelineScreen)
    desk.journal.close()


async def test_what_was_written_last_is_taken_back_by_name(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.SkipStep("capture-originals", "kept elsewhere"))
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, key)
        await pilot.press("enter")
        await front(pilot, RunbookScreen)
        await pilot.press("U")
        await front(pilot, FormScreen)
        await shows(pilot, "Open the step again")
        await pilot.press(*keys("it was not"), "ctrl+s")
        await front(pilot, RunbookScreen)
        await wait_until(
            pilot, lambda: not _state(desk, key).steps["capture-originals"].settled, "it is open again"
        )
        await form(pilot, "n", "a slip")
        await pilot.press("U")
        await front(pilot, FormScreen)
        await shows(pilot, "a slip")
    desk.journal.close()


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("hand over", "Hand over"),
        ("log a call", "Call"),
        ("who is legal", "Who is Legal"),
        ("journalist", "Enquiry"),
        ("undo", "Take back"),
    ],
)
async def test_the_palette_finds_a_command_by_what_people_call_it(
    app: DeskApp, open_desk: Callable[[], Desk], typed: str, finds: str
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("ctrl+p", *keys(typed))
        await shows(pilot, finds)
    desk.journal.close()


async def test_what_cannot_be_done_now_says_why_in_the_palette_and_another_screen_is_one_enter_away(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("ctrl+p", *keys("unblock"))
        await shows(pilot, "Not now: This step is not blocked.")
        await pilot.press("escape", "ctrl+p", *keys("correct"))
        await shows(pilot, "Correct: on the timeline screen")
        await pilot.press("enter")
        await front(pilot, TimelineScreen)
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
        await pilot.press("ctrl+p", *keys("who is incident"))
        await shows(pilot, "Ada Okoro")
        await pilot.press("enter")
        await front(pilot, PeopleScreen)
    assert any(command.id == "correct" and command.screens == (TIMELINE,) for command in COMMANDS)
    desk.journal.close()


def _state(desk: Desk, key: str) -> Incident:
    case = desk.case(key)
    assert isinstance(case, Case), case
    return case.state


async def test_what_few_may_read_is_not_among_what_was_written_last(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.LogNote("The partner called", ""))
    closer = desk.act(key, intents.LogNote("Her illness", ""), ADA, Manner(sensitivity="hr"))
    assert isinstance(closer, Saved)
    async with app.run_test(size=(140, 40)) as pilot:
        await open_runbook(pilot, key)
        await shows(pilot, "The partner called")
        await shows(pilot, f"(HR matter, entry {closer.entries[0].seq})")
        assert "illness" not in screen_text(pilot)
    desk.journal.close()


@pytest.mark.parametrize("size", SIZES)
async def test_what_a_closed_incident_left_undone_is_left_open_neither_ready_nor_late(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.Close("a test"))
    clock.pass_minutes(600)
    async with app.run_test(size=size) as pilot:
        await shows(pilot, key)
        await pilot.press("enter")
        await front(pilot, RunbookScreen)
        await shows(pilot, "hot-debrief")
        assert "6 Learn" in screen_text(pilot)
        assert "Nobody is" not in screen_text(pilot)
        await pilot.press(*["left"] * 5)
        await shows(pilot, "left open")
        text = screen_text(pilot)
        assert "○ ready" not in text
        assert "! late" not in text
        assert "opens the incident again" in text
        await pilot.press("enter")
        await front(pilot, FormScreen)
        await shows(pilot, "Open a closed incident again")
    desk.journal.close()
