"""What is told when something falls due: on the desk, on another screen, by sound, on the desktop; never twice, never a word too much."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from crisisdesk.desk import Desk, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.agenda import agenda
from crisisdesk.domain.rows import DueRow
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.attention import keys_to
from crisisdesk.ui.notifying import plain, sequence, way_of
from crisisdesk.ui.preferences import Preferences
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import BEGIN, Clock, screen_text, told, wait_until
from tests.ui.test_desk_screen import done, dues, front
from tests.ui.test_screens import declared

SECRET = "Jo Park is suspended"


class Heard:
    """What the terminal got past the screen: how often it rang, and each sequence."""

    def __init__(self, app: DeskApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bells, self.written = 0, ""
        monkeypatch.setattr(app, "bell", self._bell)
        monkeypatch.setattr(app, "to_terminal", self._write)

    def _bell(self) -> None:
        self.bells += 1

    def _write(self, text: str) -> None:
        self.written += text


@pytest.fixture
def loud_app(open_desk: Callable[[], Desk]) -> DeskApp:
    """The desk on a terminal that shows desktop notifications."""
    return DeskApp(open_desk, Speaker("Ada Okoro"), preferences=Preferences(desktop="osc 777"))


async def test_the_banner_names_who_and_what_on_the_desk_and_a_toast_does_elsewhere(
    loud_app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, desk, heard = loud_app, open_desk(), Heard(loud_app, monkeypatch)
    key = declared(desk, SECRET, drill=True)
    done(
        desk, key, intents.TakeRole("comms-lead", "Eli Novak"), intents.LogEnquiry(SECRET, "?", due=clock() + timedelta(minutes=1)),
        intents.PromiseUpdate(clock() + timedelta(minutes=3), SECRET),
    )  # fmt: skip
    before = desk.incidents()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        clock.pass_minutes(1)
        await wait_until(
            pilot,
            lambda: (
                f"! DRILL: Eli Novak, comms-lead: answer {SECRET} of {key}, due now: E"
                in told(pilot, "#banner")
            ),
            "banner",
        )
        assert not app.said
        await wait_until(pilot, lambda: heard.written != "", "desktop")
        assert heard.written == f"\x1b]777;notify;CrisisDesk;DRILL {key}: enquiry due\x1b\\"
        await pilot.press("enter")
        await wait_until(pilot, front(app, RunbookScreen), "runbook")
        clock.pass_minutes(2)
        await wait_until(
            pilot,
            lambda: any("send the promised update" in one.text for one in app.said),
            "toast",
        )
        assert SECRET not in heard.written
        assert heard.bells == 0, "no clock, and not the worst level"
        done(desk, key, intents.AnswerEnquiry(_seq(desk, key), "no comment"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "send the promised" in told(pilot, "#banner"), "what is still to do")
        assert "answer" not in told(pilot, "#banner")
    assert [row.entries for row in desk.incidents()] == [before[0].entries + 1], "only the answer was written"
    desk.journal.close()


def _seq(desk: Desk, key: str) -> int:
    return next(int(row.what) for row in desk.dues() if row.incident == key and row.kind == "enquiry")


async def test_one_sound_for_a_clock_and_f8_turns_it_off(
    loud_app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, desk, heard = loud_app, open_desk(), Heard(loud_app, monkeypatch)
    key = declared(desk)
    done(desk, key, intents.TakeRole("legal", "Mira Chen"), intents.SetSeverity("sev1", "a child is at risk"))
    clock.pass_minutes(200)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        assert heard.bells == 0, "what was late before is on the desk, and is not told"
        done(
            desk,
            key,
            intents.AddStep("Call the police", "legal", "1 minute"),
            intents.AddStep("Call them again", "legal", "3 minutes"),
        )
        await wait_until(pilot, lambda: any("Call the police" in line for line in dues(app)), "the step")
        clock.pass_minutes(1)
        await wait_until(pilot, lambda: heard.bells == 1, "the sound")
        await pilot.press("f8")
        await wait_until(pilot, lambda: "sound off" in told(pilot, "#head"), "off")
        clock.pass_minutes(2)
        await wait_until(pilot, lambda: "Call them again" in told(pilot, "#banner"), "told")
        assert heard.bells == 1
    desk.journal.close()


async def test_the_preferences_say_how_it_begins(
    open_desk: Callable[[], Desk], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DeskApp(
        open_desk, Speaker("Ada Okoro"), preferences=Preferences(sound=False, notify=False, desktop="osc 9")
    )
    desk, heard = open_desk(), Heard(app, monkeypatch)
    key = declared(desk)
    done(desk, key, intents.LogEnquiry("Dee", "?", due=clock() + timedelta(minutes=1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "sound off" in screen_text(pilot), "desk")
        clock.pass_minutes(1)
        await wait_until(pilot, lambda: "answer Dee" in told(pilot, "#banner"), "banner")
        assert (heard.bells, heard.written) == (0, "")
    desk.journal.close()


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "osc 9"),
        ({"TERM_PROGRAM": "WezTerm", "TERM": "xterm-256color"}, "osc 777"),
        ({"TERM": "xterm-kitty"}, "osc 99"),
        ({"KITTY_WINDOW_ID": "1", "TERM": "xterm-256color"}, "osc 99"),
        ({"VTE_VERSION": "7600"}, "osc 777"),
        ({"TERM": "foot"}, "osc 777"),
        ({"TERM_PROGRAM": "iTerm.app", "TMUX": "/tmp/tmux,1,0"}, ""),
        ({"KITTY_WINDOW_ID": "1", "TERM": "screen-256color"}, ""),
        ({"TERM_PROGRAM": "Apple_Terminal"}, ""),
        ({"TERM": "xterm-256color"}, ""),
        ({}, ""),
    ],
)
def test_only_terminals_that_are_known_to_show_one_are_told(environment: dict[str, str], way: str) -> None:
    assert way_of(environment) == way


@pytest.mark.parametrize("way", ["", "osc 9", "osc 777", "osc 99"])
def test_nothing_in_a_notification_is_obeyed(way: str) -> None:
    said = sequence(way, "a\x1b]52;c;aGk=\x07;b\x9b31m\n\u202ec" + "x" * 1000)  # type: ignore[arg-type]
    body = said.replace("\x1b]9;", "").replace("\x1b]777;", "").replace("\x1b]99;", "").replace("\x1b\\", "")
    assert body.isprintable()
    assert bool(said) is bool(way)
    assert len(said) < 300
    assert ";" not in plain("a;b")


def test_every_kind_leads_somewhere_by_the_keys_of_the_registry() -> None:
    made = DueRow(
        "s",
        "INC-0001",
        1,
        "",
        "what",
        "title",
        "",
        "legal",
        "",
        "",
        "",
        BEGIN.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        0,
        0,
    )
    for kind, keys in (
        ("step", "d"), ("clock", "C, d"), ("update", "u"), ("first word", "D"), ("enquiry", "E"), ("look again", "o"), ("review", "w"),
    ):  # fmt: skip
        assert keys_to(agenda([made._replace(kind=kind)], "", BEGIN)[0]) == keys
    for fields, keys in (
        ({"kind": "approval", "what": "values|x||1"}, "D, A"), ({"kind": "approval", "what": "step"}, "A"),
        ({"kind": "look again", "what": ""}, "S"), ({"kind": "step", "state": "blocked"}, "h"),
    ):  # fmt: skip
        assert keys_to(agenda([made._replace(**fields)], "", BEGIN)[0]) == keys  # type: ignore[arg-type]
