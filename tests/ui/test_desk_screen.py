"""The desk: what is due across incidents, whose it is, the way to it by key and mouse, and the countdowns on it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from crisisdesk.desk import NO_MANNER, Desk, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.intents import Intent
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.clocks import ClocksScreen
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.statements import StatementsScreen
from crisisdesk.ui.widgets.line_list import LineList
from tests.ui.conftest import Clock, screen_text, told, wait_until
from tests.ui.test_screens import HOSTILE, declared

SIZES = [(80, 24), (100, 30), (160, 48)]


def done(desk: Desk, key: str, *wanted: Intent, by: str = "Ada Okoro") -> None:
    """Carry intents out that must be accepted."""
    for intent in wanted:
        saved = desk.act(key, intent, Speaker(by))
        assert isinstance(saved, Saved), saved


def dues(app: DeskApp) -> list[str]:
    """What is due, as it stands on the desk."""
    shown = app.screen.query_one("#due", LineList)
    return [str(shown._draw(place)[0]) for place in range(shown.count)]


def front(app: DeskApp, screen: type) -> Callable[[], bool]:
    """Whether a screen is in front."""
    return lambda: isinstance(app.screen, screen)


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_desk_says_the_one_key_to_press(app: DeskApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await wait_until(
            pilot, lambda: "No incidents. Press n to declare one." in screen_text(pilot), "the key"
        )
        assert "Due" not in screen_text(pilot).splitlines()[1]
        await pilot.press("tab", "m")
        await wait_until(pilot, lambda: "Nothing is due to you" in screen_text(pilot), "mine")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_due_stands_soonest_first_with_who_it_is(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, size: tuple[int, int]
) -> None:
    desk = open_desk()
    one, two = declared(desk, "First thing"), declared(desk, "Second thing")
    done(desk, two, intents.PromiseUpdate(clock() + timedelta(minutes=3), "more soon"))
    done(
        desk,
        one,
        intents.TakeRole("comms-lead", "Eli Novak"),
        intents.LogEnquiry("Dee", "why?", due=clock() + timedelta(minutes=1)),
    )
    done(desk, one, intents.AssignStep("pause-posts", "  ADA okoro "))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "Due, soonest first" in screen_text(pilot), "the head")
        await wait_until(pilot, lambda: len(dues(app)) > 5, "the lines")
        assert "60 s left" in dues(app)[0]
        assert "Eli Novak" in dues(app)[0]
        assert f"{one}  answer Dee" in dues(app)[0]
        assert f"nobody yet    {two}  send the promised update (more soon)" in dues(app)[1]
        assert any("you " in line and "Pause" in line for line in dues(app)), "by whatever spelling"
        clock.pass_minutes(4)
        await wait_until(pilot, lambda: "! late 3 min" in screen_text(pilot), "late, without a key")
        text = screen_text(pilot)
        assert "Second thing" in text
        assert all(len(line) <= size[0] for line in text.splitlines())
        panes = [app.screen.query_one(f"#{name}-pane").region for name in ("due", "incidents")]
        assert (panes[0].y == panes[1].y) is (size[0] >= 120), "two panes where there is room"
        await pilot.press("m")
        await wait_until(pilot, lambda: "Due to you, soonest first" in screen_text(pilot), "mine")
        assert all("you " in line for line in dues(app))
    desk.journal.close()


async def test_enter_opens_each_kind_at_that_very_thing(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock
) -> None:
    desk = open_desk()
    key = declared(desk)
    done(
        desk, key, intents.TakeRole("legal", "Mira Chen"), intents.TakeRole("dpo", "Mira Chen", "alone"),
        intents.DraftStatement("values", "x", text="We know."), intents.SubmitStatement("values"),
        intents.PromiseUpdate(clock() + timedelta(minutes=3), "more soon"), intents.LogEnquiry("Dee", "why?", due=clock() + timedelta(minutes=1)),
    )  # fmt: skip
    done(desk, key, intents.StartClock("gdpr-33", clock()), by="Mira Chen")
    ways = {
        "Pause: ": (RunbookScreen, "Pause: "), "GDPR": (ClocksScreen, "GDPR, notice to the authority"), "approve 'values'": (StatementsScreen, "We know."),
        "promised update": (FormScreen, "Log an update that went out"), "answer Dee": (FormScreen, "Log the line an enquiry was answered with"),
        "first public word": (StatementsScreen, "We know."),
    }  # fmt: skip
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await pilot.press("tab")
        for wanted, (screen, words) in ways.items():
            place = next(place for place, line in enumerate(dues(app)) if wanted in line)
            shown = app.screen.query_one("#due", LineList)
            shown.highlight(place)
            shown.focus()
            await pilot.press("enter")
            await wait_until(pilot, front(app, screen), f"{wanted}: {screen.__name__}")
            await wait_until(pilot, lambda words=words: words in screen_text(pilot), f"{wanted}: {words}")  # type: ignore[misc]
            while not isinstance(app.screen, IncidentsScreen):
                await pilot.press("escape")
                await pilot.pause()
    desk.journal.close()


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_opens_what_is_due(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk)
    done(desk, key, intents.StartStep("verify-author"))
    clock.pass_minutes(20)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await wait_until(pilot, lambda: len(dues(app)) > 5, "the lines")
        place = next(place for place, line in enumerate(dues(app)) if "Verify author" in line)
        await pilot.click("#due", offset=(30, place))
        await wait_until(pilot, front(app, RunbookScreen), "the runbook")
        await wait_until(pilot, lambda: "Verify author" in told(pilot, "#large"), "that very step")
    desk.journal.close()


async def test_the_arrows_go_from_one_list_into_the_other(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: len(dues(app)) > 3, "desk")
        await pilot.press("up")
        due = app.screen.query_one("#due", LineList)
        assert app.screen.focused is due
        assert due.highlighted == due.count - 1
        await pilot.press("down")
        assert app.screen.focused is app.screen.query_one("#incidents")
    desk.journal.close()


async def test_what_was_said_is_said_once_and_covers_no_form(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: len(dues(app)) > 2, "desk")
        for _ in range(3):
            app.notify("You have written nothing here lately.")
        await pilot.pause()
        assert screen_text(pilot).count("You have written nothing") == 1
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "form")
        await pilot.pause()
        assert not app.screen.query("Toast")
        app.notify("Said over the form.")
        await wait_until(pilot, lambda: bool(app.screen.query("Toast")), "a toast")
        await pilot.press("escape")
        await wait_until(pilot, lambda: "You have written nothing" in screen_text(pilot), "still there")
    desk.journal.close()


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_read(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk, HOSTILE)
    done(
        desk, key, intents.AddStep(HOSTILE, "legal", "1 minute"), intents.PromiseUpdate(clock() + timedelta(minutes=1), HOSTILE),
        intents.LogEnquiry(HOSTILE, "why?", outlet=HOSTILE, due=clock() + timedelta(minutes=1)),
    )  # fmt: skip
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_until(pilot, lambda: len(dues(app)) > 2, "desk")
        assert "evil" in dues(app)[0]
        clock.pass_minutes(2)
        await wait_until(pilot, lambda: bool(told(pilot, "#banner")), "the banner")
        await pilot.press("enter")
        await wait_until(pilot, front(app, RunbookScreen), "runbook")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(screen_text(pilot) + told(pilot, "#head"))
    desk.journal.close()


async def test_a_countdown_counts_seconds_in_its_last_two_minutes_and_shows_the_truth_after_a_sleep(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock
) -> None:
    desk = open_desk()
    key = declared(desk)
    done(desk, key, intents.LogEnquiry("Dee", "why?", due=clock() + timedelta(minutes=4)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: len(dues(app)) > 2, "desk")
        assert "4 min left" in dues(app)[0]
        clock.moment += timedelta(seconds=121)
        await wait_until(pilot, lambda: "119 s left" in screen_text(pilot), "seconds")
        clock.moment += timedelta(seconds=1)
        await wait_until(pilot, lambda: "118 s left" in screen_text(pilot), "the next second")
        clock.moment += timedelta(hours=9)
        await wait_until(pilot, lambda: "! late 8 h 58 min" in screen_text(pilot), "awake")
        clock.moment -= timedelta(hours=9)
        await wait_until(pilot, lambda: "118 s left" in screen_text(pilot), "a clock that was set back")
    desk.journal.close()


async def test_every_time_on_every_screen_has_its_zone(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock
) -> None:
    """Where a clock time stands on a screen, the zone's name stands on it, too; here it is summer time in London."""
    clock.moment = clock.moment.replace(month=7)
    desk = open_desk()
    key = declared(desk)
    done(
        desk, key, intents.TakeRole("legal", "Mira Chen"), intents.TakeRole("dpo", "Mira Chen", "alone"), intents.LogNote("seen"),
        intents.DraftStatement("values", "x", text="We know."), intents.SubmitStatement("values"), intents.Attach(link="https://x.example/1"),
        intents.PromiseUpdate(clock() + timedelta(minutes=3), "more soon"), intents.LogEnquiry("Dee", "why?", due=clock() + timedelta(minutes=1)),
        intents.KeepSilent("quiet", clock() + timedelta(hours=1)), intents.SetHold("a claim"), intents.FreezeQueue("Scheduler", "@ours"),
    )  # fmt: skip
    done(desk, key, intents.StartClock("gdpr-33", clock()), by="Mira Chen")
    async with app.run_test(size=(160, 48)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        assert not re.search(r"\d\d:\d\d", screen_text(pilot)), "the desk says how long, not when"
        await app.open_incident(key)
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        for press in ("", "t", "w", "C", "D", "f", "i", "L", "O", "V", "Y"):
            before = app.screen
            if press:
                await pilot.press(press)
                await wait_until(pilot, lambda before=before: app.screen is not before, press)  # type: ignore[misc]
            await wait_until(pilot, lambda: len(screen_text(pilot).split()) > 20, f"the screen of {press}")
            await pilot.pause(0.2)
            text = screen_text(pilot)
            if re.search(r"\b\d\d:\d\d\b", text):
                assert re.search(r"\b(BST|UTC|GMT)\b|Europe/London", text), (
                    f"no zone on the screen of {press or 'the runbook'}\n{text}"
                )
            if press:
                await pilot.press("escape")
                await wait_until(pilot, front(app, RunbookScreen), "back")
    desk.journal.close()


def test_nothing_of_it_is_ever_written(open_desk: Callable[[], Desk], clock: Clock) -> None:
    """Asking what is due, at any time, leaves the log as it is."""
    desk = open_desk()
    saved = desk.declare(
        intents.Declare("A post", "", "", ""), "employee-post", Speaker("Ada Okoro"), NO_MANNER
    )
    assert isinstance(saved, Saved)
    before = desk.incidents()
    for _ in range(5):
        clock.pass_minutes(60)
        assert desk.dues()
    assert desk.incidents() == before
    desk.journal.close()
