"""The journal is taken away, replaced, held by another program or damaged while a form is open: a sentence, and no word is lost."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from crisisdesk.desk import Case, Desk
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from tests.ui.conftest import screen_text, wait_until
from tests.ui.driving import declared, front, keys, open_runbook, shows

WORDS = "The words of the night"


async def half_typed(pilot: Pilot[int], key: str) -> None:
    """Open a note and type into it."""
    await open_runbook(pilot, key)
    await pilot.press("n")
    await front(pilot, FormScreen)
    await pilot.press(*keys(WORDS))


def still_typed(pilot: Pilot[int]) -> bool:
    """Tell whether the words stand in the form."""
    return WORDS in {area.text for area in pilot.app.screen.query(TextArea)}


def notes(desk: Desk, key: str) -> list[str]:
    """Return the words of all entries."""
    case = desk.case(key)
    assert isinstance(case, Case)
    return [text for entry in desk.entries(case) for text in entry.words.values()]


@pytest.mark.parametrize("what", ["the file", "the folder"])
async def test_taken_away_and_put_back(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path, what: str
) -> None:
    here = tmp_path / "desk.db" if what == "the file" else tmp_path
    desk = open_desk()
    key = declared(desk)
    desk.journal.close()
    async with app.run_test(size=(80, 24)) as pilot:
        await half_typed(pilot, key)
        away = here.with_name("elsewhere")
        here.rename(away)
        await pilot.press("ctrl+s")
        await shows(pilot, "Not saved")
        assert still_typed(pilot)
        if what == "the file":
            assert "moved, replaced or" in " ".join(screen_text(pilot).split())
        away.rename(here)
        await pilot.press("ctrl+s")
        await shows(pilot, "Saved #3")
    desk = open_desk()
    assert notes(desk, key).count(WORDS) == 1
    desk.journal.close()


async def test_replaced_by_a_copy_nothing_goes_into_the_file_nobody_sees(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = open_desk()
    key = declared(desk)
    desk.journal.close()
    async with app.run_test(size=(80, 24)) as pilot:
        await half_typed(pilot, key)
        shutil.copy(tmp_path / "desk.db", tmp_path / "copy.db")
        (tmp_path / "copy.db").replace(tmp_path / "desk.db")
        await pilot.press("ctrl+s")
        await shows(pilot, "Not saved")
        assert still_typed(pilot)
        await pilot.press("escape")
    again = DeskApp(open_desk, app.speaker)
    async with again.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("n")
        await front(pilot, FormScreen)
        assert still_typed(pilot), "what was typed waits in the form of the desk opened anew"
        await pilot.press("ctrl+s")
        await shows(pilot, "Saved #3")


async def test_held_by_another_program_for_a_while(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await half_typed(pilot, key)
        other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await pilot.press("ctrl+s")
        await shows(pilot, "Saving")
        other.execute("ROLLBACK")
        other.close()
        await shows(pilot, "Saved #3")
    assert notes(desk, key).count(WORDS) == 1
    desk.journal.close()


async def test_a_damaged_file_is_a_sentence_and_no_traceback(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_desk()
    key = declared(desk)
    desk.journal.close()
    async with app.run_test(size=(80, 24)) as pilot:
        await half_typed(pilot, key)
        with (tmp_path / "desk.db").open("r+b") as file:
            file.write(b"no journal any more " * 4000)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Not saved" in screen_text(pilot) or app.return_code == 1, "told")
        assert app.return_code == 1 or still_typed(pilot)
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err


async def test_a_watcher_that_fails_ends_with_a_sentence(
    app: DeskApp,
    open_desk: Callable[[], Desk],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even a mistake of ours, in what nobody sees, shows a word of the incident or loses one."""
    desk = open_desk()
    key = declared(desk)
    desk.journal.close()

    def fails(_: Desk) -> bool:
        raise RuntimeError("a secret of the incident")

    async with app.run_test(size=(80, 24)) as pilot:
        await half_typed(pilot, key)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        monkeypatch.setattr(Desk, "changed", fails)
        await wait_until(pilot, lambda: app.return_code == 1, "it ends")
    monkeypatch.undo()
    told = capsys.readouterr().err
    assert "made a mistake" in told
    assert "secret" not in told
    assert "Everything up to entry 2 of INC-0001" in " ".join(told.split())
    again = DeskApp(open_desk, app.speaker)
    async with again.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("n")
        await front(pilot, FormScreen)
        assert still_typed(pilot)
