"""Statements, the fact sheet, people and evidence by keys on the real screens; and forms that lose nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crisisdesk.desk import Desk, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.people import PeopleScreen
from crisisdesk.ui.screens.reading import ReadingScreen
from crisisdesk.ui.screens.statements import StatementsScreen
from tests.ui.conftest import Clock, screen_text, wait_until
from tests.ui.driving import declared, form, front, keys, open_runbook, shows

SIZES = [(80, 24), (140, 40)]
LONG = "x" * 290


@pytest.mark.parametrize("size", SIZES)
async def test_blanks_are_filled_and_the_length_is_told_while_typing(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(
        desk,
        intents.JudgeClaim("do not say", "his name", because="a person"),
        intents.DraftStatement("values", "x"),
    )
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("D")
        await front(pilot, StatementsScreen)
        await shows(pilot, "Blanks to fill")
        await form(pilot, "b", "midnight")
        await shows(pilot, "More by midnight")
        await pilot.press("e")
        await front(pilot, FormScreen)
        await pilot.press(*keys("his name. "))
        await shows(pilot, "DO NOT SAY")
        await shows(pilot, " of 280")
        await pilot.press("escape")
    case = desk.case(key)
    assert not isinstance(case, Refused)
    assert next(iter(case.state.statements.values())).version == 2
    desk.journal.close()


@pytest.mark.parametrize("size", SIZES)
async def test_the_exact_text_is_copied_and_kept_in_a_file(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path, size: tuple[int, int]
) -> None:
    words = "Zwei Zeilen,\n[/b] \u201eim Zitat\u201c \U0001f642"
    desk = open_desk()
    key = declared(desk, intents.DraftStatement("holding", "x", "de", words))
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("D")
        await shows(pilot, "holding for x")
        await pilot.press("y")
        await shows(pilot, "NOT APPROVED, and not posted")
        assert app.clipboard == words
    (file,) = (tmp_path / "desk.db.beside" / "handed-out").iterdir()
    assert file.read_bytes() == words.encode()
    assert file.name.startswith("INC-0001-NOT-APPROVED-holding-x-de-version-1-")
    assert file.stat().st_mode & 0o077 == 0
    desk.journal.close()


async def test_a_relayed_approval_is_confirmed_from_the_timeline(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(
        desk,
        intents.TakeRole("legal", "Carla Mendes"),
        intents.DraftStatement("holding", "x", text="We know."),
    )
    by_phone = Speaker("Fay Arden", on_behalf_of="Carla Mendes", relayed_by="phone")
    assert not isinstance(desk.act(key, intents.ApproveStatement("holding", ("1",)), by_phone), Refused)
    app = DeskApp(open_desk, Speaker("Carla Mendes"))
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("t")
        await shows(pilot, "Relayed for")
        await pilot.press("y")
        await shows(pilot, "confirmed by the person")
    case = desk.case(key)
    assert not isinstance(case, Refused)
    assert next(iter(case.state.statements.values())).approvals["legal"].confirmed
    desk.journal.close()


@pytest.mark.parametrize("size", SIZES)
async def test_people_and_evidence_can_be_read(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    hostile = "[/b]\x1b[31m\u202e"
    desk = open_desk()
    key = declared(
        desk, intents.TakeRole("legal", "Carla Mendes"), intents.HandOver("incident-lead", f"Gus {hostile}"),
        intents.Attach(link="https://x.example/1", original_author=hostile, tool=hostile, note=hostile),
    )  # fmt: skip
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        await shows(pilot, "is offered to")
        await pilot.press("O")
        await front(pilot, PeopleScreen)
        await shows(pilot, "Carla Mendes")
        await shows(pilot, "offered to Gus")
        assert not {"\x1b", "\u202e"} & set(screen_text(pilot))
        await pilot.press("escape", "V")
        await front(pilot, ReadingScreen)
        await shows(pilot, "https://x.example/1")
        assert not {"\x1b", "\u202e"} & set(screen_text(pilot))
    desk.journal.close()


async def test_what_is_typed_is_there_again_for_whoever_typed_it_and_nobody_else(
    open_desk: Callable[[], Desk], clock: Clock
) -> None:
    clock.pass_minutes(1)
    desk = open_desk()
    key = declared(desk)
    for person, there in (("Ada Okoro", False), ("Ada Okoro", True), ("Eli Novak", False)):
        app = DeskApp(open_desk, Speaker(person))
        async with app.run_test(size=(100, 30)) as pilot:
            await open_runbook(pilot, key)
            await pilot.press("n")
            await front(pilot, FormScreen)
            assert ("a half sentence" in screen_text(pilot)) is there
            if person == "Ada Okoro" and not there:
                await pilot.press(*keys("a half sentence"), "f2")
                await shows(pilot, "PERSONAL DATA")
    app = DeskApp(open_desk, Speaker("Ada Okoro"))
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("n")
        await shows(pilot, "PERSONAL DATA")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.incidents()[0].entries == 3, "saved")
        await pilot.press("n")
        await front(pilot, FormScreen)
        assert "a half sentence" not in screen_text(pilot)
    case = desk.case(key)
    assert not isinstance(case, Refused)
    assert desk.entries(case)[-1].header.sensitivity == "personal"
    desk.journal.close()


async def test_an_answer_that_carries_what_must_not_be_said_warns_and_a_stand_down_says_what_is_open(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(
        desk, intents.JudgeClaim("do not say", "he is suspended", because="a person"), intents.LogEnquiry("Dee", "is he suspended?"),
        intents.FreezeQueue("Scheduler", "@ours"),
    )  # fmt: skip
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_runbook(pilot, key)
        await form(pilot, "E", "<down>", "Yes, he is suspended.")
        await shows(pilot, "which is DO NOT SAY")
        await form(pilot, "k", "quiet")
        await shows(pilot, "'Scheduler' on @ours is frozen")
    desk.journal.close()
