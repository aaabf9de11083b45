"""Nothing typed is lost: a second person is first, a declaration is left, or killed."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crisisdesk.desk import Desk, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.declare import DeclareScreen
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import screen_text, wait_until
from tests.ui.driving import SIZES, declared, front, keys, open_runbook, shows
from tests.ui.test_terminal import start

ELI = Speaker("Eli Novak")


@pytest.mark.parametrize("size", SIZES)
async def test_who_was_second_reads_who_was_first_and_keeps_the_words_as_a_note(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("x")
        await front(pilot, FormScreen)
        await pilot.press(*keys("we saw three copies"), "f2")
        skipped = desk.act(key, intents.SkipStep("capture-originals", "already gone"), ELI)
        assert not isinstance(skipped, Refused), skipped
        await pilot.press("ctrl+n")
        await pilot.press("ctrl+s")
        await shows(pilot, "was skipped by Eli")
        await shows(pilot, "ctrl+n logs it as a note")
        assert "we saw three copies" in screen_text(pilot)
        await pilot.press("ctrl+n")
        await front(pilot, RunbookScreen)
        case = desk.case(key)
        assert not isinstance(case, Refused)
        last = desk.entries(case)[-1]
        assert last.header.kind == "note-logged"
        assert "we saw three copies" in last.words["text"]
        assert last.header.author == "Ada Okoro"
        assert last.header.sensitivity == "personal"
        await pilot.press("ctrl+n")
    after = desk.case(key)
    assert not isinstance(after, Refused)
    assert after.state.seq == case.state.seq
    desk.journal.close()


async def test_what_was_typed_is_there_again_after_the_form_that_came_second_is_left(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("b")
        await front(pilot, FormScreen)
        await pilot.press(*keys("nobody answers"))
        assert not isinstance(desk.act(key, intents.SkipStep("capture-originals", "gone"), ELI), Refused)
        await pilot.press("ctrl+s")
        await shows(pilot, "was skipped by Eli")
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
        assert not isinstance(desk.act(key, intents.ReopenStep("capture-originals", "found"), ELI), Refused)
        await shows(pilot, "0/26 steps")
        await pilot.press("home")
        await shows(pilot, "capture-originals")
        await pilot.press("b")
        await shows(pilot, "nobody answers")
    desk.journal.close()


async def test_a_declaration_is_kept_when_it_is_left_and_gone_when_it_is_made(
    open_desk: Callable[[], Desk],
) -> None:
    for typed, there in (("a post names us", ""), ("", "a post names us")):
        app = DeskApp(open_desk, Speaker("Ada Okoro"))
        async with app.run_test(size=(80, 24)) as pilot:
            await front(pilot, IncidentsScreen)
            await pilot.press("n")
            await front(pilot, DeclareScreen)
            if there:
                await shows(pilot, there)
                await shows(pilot, "Declare a DRILL")
                await pilot.press("ctrl+d", "enter")
                await wait_until(pilot, lambda: not isinstance(pilot.app.screen, DeclareScreen), "declared")
            else:
                await pilot.press(*keys(typed), "ctrl+d")
                await shows(pilot, typed)
                await pilot.press("escape")
                await front(pilot, IncidentsScreen)
    desk = open_desk()
    (row,) = desk.incidents()
    assert row.title == "a post names us"
    assert not row.drill
    assert desk.beside.draft("Ada Okoro", "declare", "") == {}
    desk.journal.close()


@pytest.mark.terminal
def test_a_half_typed_declaration_outlives_a_kill(tmp_path: Path) -> None:
    """kill -9 before enter: the next start has the line again."""
    for wanted in ("A post nam", "A post names us"):
        desk = start(tmp_path, "--as", "Ada")
        desk.expect("No incidents")
        desk.send("n")
        desk.expect("What happened")
        if wanted == "A post nam":
            desk.send(wanted)
        else:
            desk.expect_exact("A post nam")
            desk.send("es us")
        drafts = tmp_path / "desk" / "desk.db.beside" / "drafts"
        deadline = time.monotonic() + 30
        while not any(wanted in path.read_text() for path in drafts.glob("*.json")):
            assert time.monotonic() < deadline, [path.read_text() for path in drafts.glob("*.json")]
            time.sleep(0.05)
        desk.kill(signal.SIGKILL)
        desk.close()
