"""The first time: three questions, each answered already; then the sample incident or the empty desk."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from crisisdesk.desk import Desk, Speaker
from crisisdesk.ui import TRY_SAMPLE
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.beginning import Answers, FirstRun
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.base import SAMPLE
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.first_run import FirstRunScreen, WhereToBegin
from tests.ui.conftest import screen_text, wait_until
from tests.ui.test_screens import declared
from tests.ui.test_terminal import RESTORED, start

LOGIN = Speaker("ada", "login")


class Kept:
    """What the screen handed over to be kept."""

    def __init__(self, trouble: str = "") -> None:
        self.answers: list[Answers] = []
        self.trouble = trouble

    def __call__(self, answers: Answers) -> str:
        self.answers.append(answers)
        return self.trouble


def first_time(open_desk: Callable[[], Desk], keep: Kept) -> DeskApp:
    """A desk that nobody has opened before."""
    return DeskApp(open_desk, LOGIN, first_run=FirstRun(Answers("Ada Okoro"), "/home/ada/config.toml", keep))


async def asked(pilot: Pilot[int]) -> None:
    """Wait for the questions, with the policy's roles."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, FirstRunScreen), "questions")
    await wait_until(pilot, lambda: pilot.app.screen.query_one("#role", OptionList).option_count > 5, "roles")


async def test_enter_three_times_is_enough(open_desk: Callable[[], Desk]) -> None:
    keep = Kept()
    app = first_time(open_desk, keep)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        assert all(
            word in screen_text(pilot)
            for word in ("Ada Okoro", "1  Your name", "2  The role", "3  The folder")
        )
        await pilot.press("enter", "enter", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, WhereToBegin), "where to begin")
        assert keep.answers == [Answers("Ada Okoro")]
        assert "/home/ada/config.toml" in screen_text(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "you are Ada Okoro" in screen_text(pilot), "the empty desk")
        assert app.speaker == Speaker("Ada Okoro", "named")


async def test_what_was_answered_is_kept_and_the_role_stands_in_its_form(
    open_desk: Callable[[], Desk],
) -> None:
    keep = Kept()
    app = first_time(open_desk, keep)
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        await pilot.press(*"Eli", "enter", "down", "down", "enter", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, WhereToBegin), "where to begin")
        assert [one.name for one in keep.answers] == ["Eli"]
        role = keep.answers[0].role
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, IncidentsScreen), "desk")
        other = open_desk()
        key = declared(other)
        other.journal.close()
        await wait_until(pilot, lambda: key in screen_text(pilot), "the incident")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "runbook")
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen), "form")
        case = await app.ask(lambda desk: desk.case(key))
        roles = list(case.state.policy.roles)  # type: ignore[union-attr]  # it is there
        assert app.screen.query(OptionList).first().highlighted == roles.index(role) > 0


async def test_a_folder_that_cannot_be_used_is_a_sentence(
    open_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    keep = Kept()
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "policy.yaml").write_text("policy: [")
    app = first_time(open_desk, keep)
    async with app.run_test(size=(160, 48)) as pilot:
        await asked(pilot)
        for name, said in (
            ("nowhere", "There is no folder"), ("file", "is a file, not a folder"),
            ("empty", "There is no policy.yaml in"), ("broken", "cannot be used as it is"),
        ):  # fmt: skip
            app.screen.query_one("#playbooks", Input).value = str(tmp_path / name)
            await pilot.press("ctrl+s")
            await wait_until(pilot, lambda said=said: said in " ".join(screen_text(pilot).split()), said)  # type: ignore[misc]  # mypy cannot infer a default
        assert not keep.answers
        app.screen.query_one("#playbooks", Input).value = ""
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, WhereToBegin), "where to begin")


async def test_escape_passes_them_over_and_writes_nothing(open_desk: Callable[[], Desk]) -> None:
    keep = Kept()
    app = first_time(open_desk, keep)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "you are ada" in screen_text(pilot), "the desk")
    assert not keep.answers


async def test_answers_that_cannot_be_written_are_said_and_the_desk_opens(
    open_desk: Callable[[], Desk],
) -> None:
    app = first_time(open_desk, Kept("Your answers could not be written to /x: Read-only file system."))
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("enter", "enter", "enter")
        await wait_until(pilot, lambda: "Read-only file system" in screen_text(pilot), "the trouble")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "you are Ada Okoro" in screen_text(pilot), "the desk")


async def test_t_asks_for_the_sample_and_leaving_before_opens_nothing(
    open_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    app = first_time(open_desk, Kept())
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("enter", "enter", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, WhereToBegin), "where to begin")
        await pilot.press("t")
    assert app.return_value == TRY_SAMPLE
    app = first_time(open_desk, Kept())
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    assert not (tmp_path / "desk.db").exists()


async def test_every_screen_of_a_sample_says_so(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    declared(desk)
    app = DeskApp(open_desk, Speaker("Ada Okoro"), sample=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, IncidentsScreen), "desk")
        for keys in ("n", "escape l", "escape enter", "t", "escape w", "escape D", "escape C", "escape f", "escape i",
                     "escape L", "escape question_mark", "escape n"):  # fmt: skip
            before = app.screen
            for key in keys.split():
                await pilot.press(key)
            await wait_until(pilot, lambda before=before: app.screen is not before, f"after {keys}")  # type: ignore[misc]  # mypy cannot infer a default
            await wait_until(pilot, lambda: SAMPLE in screen_text(pilot), f"the mark after {keys}")
        await pilot.press("escape", "ctrl+q")
        await wait_until(pilot, lambda: "Leave the sample desk?" in screen_text(pilot), "the question")
    desk.journal.close()


@pytest.mark.terminal
def test_the_first_time_in_a_terminal_writes_the_settings_once(tmp_path: Path) -> None:
    """An empty home: three questions, the sample, the empty desk; the next time none of them."""
    desk = start(tmp_path, name="")
    desk.expect("Incident lead")
    desk.send("Ada Okoro")
    desk.expect("Okoro")
    desk.send("\x13")
    desk.expect("Try the sample incident")
    desk.send("t")
    desk.expect("SAMPLE DESK")
    desk.send("\x11")
    desk.expect("Leave the sample desk")
    desk.send("y")
    desk.expect("No incidents")
    desk.send("\x11")
    desk.expect_exact(RESTORED)
    desk.expect(pexpect.EOF)
    desk.close()
    assert desk.exitstatus == 0
    settings = tmp_path / ".config" / "crisisdesk" / "config.toml"
    said = tomllib.loads(settings.read_text())
    assert list(said) == ["name"]
    assert said["name"] == "Ada Okoro"
    desk = start(tmp_path, name="")
    desk.expect(" Okoro")
    assert "three questions" not in (desk.before or "")
    desk.send("\x11")
    desk.expect_exact(RESTORED)
    desk.expect(pexpect.EOF)
    desk.close()
