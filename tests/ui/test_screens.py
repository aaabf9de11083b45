"""Every screen: hostile words, other people's entries, leaving, and the registry behind the keys."""

from collections.abc import Callable
from functools import partial

import pytest

from crisisdesk.desk import NO_MANNER, Case, Desk, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.command import of_screen
from crisisdesk.ui.commands import COMMANDS
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.leaving import LeaveScreen
from crisisdesk.ui.screens.review import ReviewScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.timeline import TimelineScreen
from crisisdesk.ui.showing import OnlyText
from tests.ui.conftest import screen_text, wait_until

HOSTILE = "[/b] [€] [@click=app.bell]x[/] \x1b]52;c;aGk=\x07\x1b[2J \u202eevil \x9b31m \U0001f468\u200d\U0001f469\u200d\U0001f467"
ADA = Speaker("Ada Okoro")


def declared(desk: Desk, title: str = "A post names us", *, drill: bool = False) -> str:
    """Declare an incident and return its key."""
    saved = desk.declare(intents.Declare(title, "", "", ""), "employee-post", ADA, NO_MANNER, drill=drill)
    assert isinstance(saved, Saved), saved
    return saved.case.state.label


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_hostile_words_are_only_read(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk, HOSTILE)
    desk.act(
        key,
        intents.LogNote(HOSTILE + "word " * 20_000, HOSTILE),
        Speaker(HOSTILE.replace("\x1b", "").replace("\x9b", "")),
    )
    good = {"link": "https://example.com/1", "captured at": "21:43", "original author and time": HOSTILE}
    for intent in (
        intents.Attach(link="https://example.com/1", step="capture-originals", note=HOSTILE, tool=HOSTILE),
        intents.CompleteStep("capture-originals", good, HOSTILE),
        intents.AddStep(HOSTILE, "legal"),
        intents.SetHold(HOSTILE),
    ):
        assert isinstance(desk.act(key, intent, ADA), Saved)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        for press, screen in (("enter", RunbookScreen), ("t", TimelineScreen), ("w", ReviewScreen)):
            await pilot.press(press)
            await wait_until(pilot, partial(_in_front, app, screen), screen.__name__)
            await wait_until(pilot, lambda: "evil" in screen_text(pilot), "its words")
            text = screen_text(pilot)
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
        await pilot.press("escape", "escape", "d")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "form")
    desk.journal.close()


def _in_front(app: DeskApp, screen: type) -> bool:
    return isinstance(app.screen, screen)


async def test_another_persons_entry_appears_without_a_key(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    other = open_desk()
    key = declared(other)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        other.act(key, intents.TakeRole("incident-lead", "Eli Novak"), Speaker("Eli Novak"))
        await wait_until(pilot, lambda: "lead Eli Novak" in screen_text(pilot), "the new lead")
        declared(other, "Another thing")
        await pilot.press("escape")
        await wait_until(pilot, lambda: "INC-0002" in screen_text(pilot), "the new incident")
    other.journal.close()


async def test_what_is_typed_survives_escape_and_a_refusal(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "form")
        await pilot.press("a", "b", "c", "ctrl+s")
        await wait_until(pilot, lambda: "Still needed: captured at" in screen_text(pilot), "the refusal")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RunbookScreen), "runbook")
        await pilot.press("d")
        await wait_until(pilot, lambda: "abc" in screen_text(pilot), "the draft")
    desk.journal.close()


async def test_a_step_finished_by_somebody_else_is_said_in_the_form(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "form")
        link = intents.Attach(link="https://example.com/1", step="capture-originals")
        assert isinstance(desk.act(key, link, Speaker("Eli Novak")), Saved)
        desk.act(
            key,
            intents.CompleteStep(
                "capture-originals", {"link": "https://example.com/1", "captured at": "21:43"}
            ),
            Speaker("Eli Novak"),
        )
        await pilot.press("a", "tab", "b", "ctrl+s")
        await wait_until(pilot, lambda: "was already done" in screen_text(pilot), "who was first")
        assert "Eli Novak" in screen_text(pilot)
    desk.journal.close()


async def test_leaving_with_an_incident_open_asks_once(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, IncidentsScreen), "desk")
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen), "the question")
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, IncidentsScreen), "back")
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen), "the question")
        await pilot.press("y")
    assert app.return_code == 0
    desk.journal.close()


async def test_leaving_says_all_that_is_open_where_there_is_room(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    for number in range(5):
        frozen = desk.act(
            key, intents.FreezeQueue(f"queue number {number}", "@example"), Speaker("Ada Okoro")
        )
        assert isinstance(frozen, Saved), frozen
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, IncidentsScreen), "desk")
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen), "the question")
        shown = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "'queue number 4' on @example is frozen" in shown
        assert "y Leave n Stay" in shown
        await pilot.press("y")
    desk.journal.close()


async def test_leaving_with_thirty_open_names_some_counts_the_rest_and_shows_its_keys(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    for _ in range(30):
        declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, IncidentsScreen), "desk")
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen), "the question")
        shown = screen_text(pilot)
        assert "Leave the desk?" in shown
        assert "INC-0030" in shown
        assert "and 24 more" in shown
        assert "y Leave  n Stay" in shown
        await pilot.press("y")
    assert app.return_code == 0
    desk.journal.close()


async def test_a_drill_says_so_on_every_screen(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    declared(desk, drill=True)
    async with app.run_test(size=(80, 24)) as pilot:
        for press in ("", "enter", "t", "w"):
            if press:
                await pilot.press(press)
            await wait_until(pilot, lambda: "DRILL" in screen_text(pilot), f"DRILL after {press}")
    desk.journal.close()


def test_every_command_goes_somewhere_or_becomes_an_intent() -> None:
    for command in COMMANDS:
        assert bool(command.go) != (command.intent is not None), command.id
        assert command.help


def test_no_two_commands_of_a_screen_share_a_key() -> None:
    for screen in ("desk", "runbook", "timeline", "review", "clocks", "library", "statements", "brief"):
        keys = [command.key for command in of_screen(screen)]
        assert len(keys) == len(set(keys)), screen


def test_the_last_net_lets_no_control_out() -> None:
    from rich.segment import Segment
    from textual.color import Color

    out = OnlyText().apply([Segment("a\x1bb\x9bc\u202ed\u2066e")], Color(0, 0, 0))
    assert out[0].text == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_a_case_knows_its_title(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    case = desk.case(declared(desk, "What happened"))
    assert isinstance(case, Case)
    assert case.title == "What happened"
    desk.journal.close()
