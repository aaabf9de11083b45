"""The night of the sample, by keys only; and the same night by commands, which gives the same log."""

import re
import shlex
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from crisisdesk.cli import run
from crisisdesk.cli.commands import crisisdesk
from crisisdesk.desk import Desk, Machine, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.brief import BriefScreen
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.facts import FactsScreen
from crisisdesk.ui.screens.review import ReviewScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.statements import StatementsScreen
from crisisdesk.ui.screens.timeline import TimelineScreen
from tests.ui.conftest import BEGIN, Clock, screen_text, wait_until

SIZES = [(80, 24), (140, 40)]
APPROVERS = ("Carla Mendes", "Dana Weiss", "Eli Novak")
VALUES = 2
"""The place of the values statement among those the playbook prepares."""
EDITED = (
    "Now: A post on a personal profile is being linked to Example Organisation. It does not speak for us. We stand for "
    "respect for everybody, the people involved included. More by 22:30 GMT."
)
"""Its words for X as they are after one edit."""


class Keys:
    """A person at the keyboard, who looks before the next key."""

    def __init__(self, pilot: Pilot[int], desk: Desk) -> None:
        self.pilot, self.desk = pilot, desk

    @property
    def entries(self) -> int:
        """How many entries INC-0001 has on disk."""
        rows = self.desk.incidents()
        return rows[0].entries if rows else 0

    async def at(self, screen: type) -> None:
        """Wait until a screen is in front and has what it shows."""
        await wait_until(self.pilot, lambda: isinstance(self.pilot.app.screen, screen), screen.__name__)
        await self.pilot.pause()

    async def form(self, key: str, *typed: str, back: type = RunbookScreen) -> None:
        """Open a form by its key, type a line into each field in turn, save, and wait for the disk."""
        before = self.entries
        await self.pilot.press(key)
        await self.at(FormScreen)
        for place, words in enumerate(typed):
            if place:
                await self.pilot.press("tab")
            await self.pilot.press(*_keys(words))
        await self.pilot.press("ctrl+s")
        await wait_until(self.pilot, lambda: self.entries > before, f"saved after {key} {typed}")
        await self.at(back)

    async def press_and_save(self, key: str) -> None:
        """Press a key that saves at once."""
        before = self.entries
        await self.pilot.press(key)
        await wait_until(self.pilot, lambda: self.entries > before, f"saved after {key}")

    async def fact(self, name: str, key: str) -> None:
        """Go to a fact with the arrow keys and answer it with one key."""
        screen = self.pilot.app.screen
        assert isinstance(screen, FactsScreen)
        await wait_until(self.pilot, lambda: screen.case is not None, "facts")
        names = list(screen.case.state.questions) if screen.case else []
        await self.pilot.press("home", *["down"] * names.index(name))
        await self.press_and_save(key)

    async def select(self, step: str) -> None:
        """Go to a step with the arrow keys, through the phases."""
        screen = self.pilot.app.screen
        assert isinstance(screen, RunbookScreen)
        phases = [phase.id for phase in screen.case.state.playbook.phases] if screen.case else []
        assert screen.case is not None
        wanted = phases.index(screen.case.state.steps[step].phase)
        for _ in range(len(phases)):
            await self.pilot.press("left")
        for _ in range(wanted):
            await self.pilot.press("right")
        await self.pilot.press("home")
        for _ in range(20):
            await self.pilot.pause()
            known = screen.subject().step
            if known and known.step.id == step:
                return
            await self.pilot.press("down")
        raise AssertionError(f"no way to {step}\n{screen_text(self.pilot)}")


def _keys(words: str) -> list[str]:
    """Return the keys of words; ``<down>`` is a key by name, ``<down*7>`` the same seven times."""
    if words.startswith("<"):
        name, _, times = words[1:-1].partition("*")
        return [name] * int(times or 1)
    return [_key(char) for char in words]


def _key(char: str) -> str:
    return {" ": "space"}.get(char, char)


@pytest.mark.parametrize("size", SIZES)
async def test_the_night_by_keys_and_by_commands(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, tmp_path: Path, size: tuple[int, int]
) -> None:
    picture = tmp_path / "post.png"
    picture.write_bytes(b"a screenshot")
    desk = open_desk()
    async with app.run_test(size=size) as pilot:
        keys = Keys(pilot, desk)
        await declare_and_size(keys)
        clock.pass_minutes(3)
        await capture_and_find_out(keys, picture)
        await decide_and_promise(keys)
        clock.pass_minutes(20)
        await correct_and_close(keys, tmp_path / "summary.md")
    assert desk.verify() == []
    assert "# Summary of INC-0001" in (tmp_path / "summary.md").read_text()
    by_keys = facts_of_the_log(desk)
    desk.journal.close()
    assert by_keys == facts_of_the_log(twin(tmp_path / "twin", picture))


async def declare_and_size(keys: Keys) -> None:
    """Declare with one line, answer two facts, confirm the level."""
    pilot = keys.pilot
    await keys.at(IncidentsScreen)
    await wait_until(pilot, lambda: "Press n" in screen_text(pilot), "the empty desk says the key")
    await pilot.press("n")
    await wait_until(pilot, lambda: "What happened" in screen_text(pilot), "declare")
    await pilot.press(*_keys("employee post names us"), "enter")
    await keys.at(FactsScreen)
    await keys.fact("employee-involved", "y")
    await keys.fact("partner-involved", "y")
    await keys.press_and_save("v")
    await pilot.press("escape")
    await keys.at(RunbookScreen)
    await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "the first step is large")


async def capture_and_find_out(keys: Keys, picture: Path) -> None:
    """Do the first two phases."""
    await keys.form("a", str(picture), "whole screen")
    await keys.form("d", "https://social.example/1", "21:43")
    await keys.form("r", "<down>", "Eli Novak")
    await keys.form("r", "<down*7>", "Carla Mendes")
    await keys.form("r", "<down*9>", "Dana Weiss")
    await keys.form("X", "Scheduler", "@ours", "7", "Ada")
    await keys.select("pause-posts")
    await keys.form("d", "scheduler", "7", "Ada")
    await keys.select("verify-author")
    await keys.press_and_save("s")
    await keys.form("b", "waiting for HR")
    await keys.form("h", "HR is here")
    await keys.form("d", "same account", "public")
    await keys.select("hear-employee")
    await keys.form("g", "Dana Weiss")
    await keys.form("d", "21:57", "sleep")
    await keys.select("screen-protection")
    await keys.form("d", "UK", "protected", "Carla")


async def decide_and_promise(keys: Keys) -> None:
    """Phone a partner, choose, promise; skip a step and open it again."""
    await keys.select("phone-partners")
    await keys.form("c", "Partner north", "", "<down>", "a call first")
    await keys.form("d")
    await keys.select("choose-line")
    await keys.form("A", "<down>", "Carla Mendes")
    await keys.form("A", "<down>", "Dana Weiss")
    await keys.form("d", "<down>", "", "partners need a word")
    await keys.form("p", "22:30", "more by 22:30")
    await speak(keys)
    await keys.form("Q", "Mr Lund", "Evening paper", "who is it?", "23:15")
    await keys.form("E", "<down>", "we name nobody")
    await keys.form("m", "answer the journalist", "<down>")
    await keys.select("legal-hold")
    await keys.form("x", "no claim is likely")
    await keys.select("legal-hold")
    await keys.form("o", "legal wants a look")


async def speak(keys: Keys) -> None:
    """Draft, edit, submit; three people approve exactly these words; log what went out."""
    await keys.pilot.press("D")
    await keys.at(StatementsScreen)
    await keys.form("n", f"<down*{VALUES}>", "<down>", back=StatementsScreen)
    await keys.form("e", "Now: ", back=StatementsScreen)
    await keys.press_and_save("s")
    for person in APPROVERS:  # at their own desks: an author writes down nobody's approval
        approved = keys.desk.act("1", intents.ApproveStatement("values", ("2",)), Speaker(person))
        assert isinstance(approved, Saved), approved
    await wait_until(
        keys.pilot, lambda: "approved " in screen_text(keys.pilot), "their approvals, without a key"
    )
    await keys.form("f", "<down*3>", "", "his name", "", "nobody is named", back=StatementsScreen)
    await keys.form("p", "https://social.example/our/2", back=StatementsScreen)
    await keys.pilot.press("escape")
    await keys.at(RunbookScreen)


async def correct_and_close(keys: Keys, summary: Path) -> None:
    """Send the update, correct it in the timeline, stand down, close, and write the summary."""
    pilot = keys.pilot
    await keys.form("u", "nothing new")
    await pilot.press("t")
    await keys.at(TimelineScreen)
    await wait_until(pilot, lambda: "nothing new" in screen_text(pilot), "the newest entry is selected")
    await keys.form("e", "typed too fast", "!", back=TimelineScreen)
    await pilot.press("escape")
    await keys.at(RunbookScreen)
    await pilot.press("i")
    await keys.at(BriefScreen)
    await wait_until(pilot, lambda: "Brief of INC-0001" in screen_text(pilot), "the brief")
    await pilot.press("escape")
    await keys.at(RunbookScreen)
    await keys.form("H", "<down>", "Gus Teller", "shift change", "Eli Novak")
    await keys.form("J", "<down>", "Gus Teller")
    await keys.form("Z", "<down>", "<down>")
    await keys.form("k", "criteria are met")
    await keys.form("r", "<down>", "Ada Okoro", "end of shift")
    await keys.form("z", "the rest is done tomorrow")
    await wait_until(pilot, lambda: "closed" in screen_text(pilot), "closed")
    await pilot.press("w")
    await keys.at(ReviewScreen)
    await wait_until(pilot, lambda: "Objectives" in screen_text(pilot), "review")
    await pilot.press("i")
    await keys.at(FormScreen)
    await pilot.press("ctrl+u", *_keys(str(summary)), "ctrl+s")
    await wait_until(pilot, summary.exists, "the file")


FIRST, LATER, LAST = 0, 3, 23
"""Minutes after declaring at which the night's three stretches are typed."""

TWIN = (
    (FIRST, 'declare "employee post names us" -p employee-post'),
    (FIRST, "fact 1 employee-involved=yes"),
    (FIRST, "fact 1 partner-involved=yes"),
    (FIRST, "severity 1 sev2"),
    (LATER, "attach 1 {picture} --note 'whole screen' --step capture"),
    (LATER, "done 1 capture --record link=https://social.example/1 --record 'captured at=21:43'"),
    (LATER, "role take 1 incident-lead 'Eli Novak'"),
    (LATER, "role take 1 legal 'Carla Mendes'"),
    (LATER, "role take 1 hr 'Dana Weiss'"),
    (LATER, "freeze pause 1 Scheduler --account @ours --held 7 --may-post Ada"),
    (
        LATER,
        "done 1 pause --record 'queues paused=scheduler' --record 'posts held=7' --record 'paused by=Ada'",
    ),
    (LATER, "start 1 verify"),
    (LATER, "block 1 verify --because 'waiting for HR'"),
    (LATER, "unblock 1 verify --because 'HR is here'"),
    (LATER, "done 1 verify --record 'basis=same account' --record 'audience of the post=public'"),
    (LATER, "assign 1 hear 'Dana Weiss'"),
    (LATER, "done 1 hear --record 'spoken at=21:57' --record 'what they need=sleep'"),
    (LATER, "done 1 screen --record 'regions screened=UK' --record result=protected --record adviser=Carla"),
    (LATER, "tell 1 'Partner north' --by phone --reached yes --promised 'a call first' --step phone"),
    (LATER, "done 1 phone"),
    (LATER, "--for 'Carla Mendes' --by phone approve 1 choose Silence"),
    (LATER, "--for 'Dana Weiss' --by phone approve 1 choose Silence"),
    (LATER, "decide 1 choose Silence --because 'partners need a word'"),
    (LATER, "promise 1 22:30 'more by 22:30'"),
    (LATER, "statement draft 1 values --channel x"),
    (LATER, "statement edit 1 values --text-file {words}"),
    (LATER, "statement submit 1 values"),
    *((LATER, f"--as '{person}' statement approve 1 values --version 2") for person in APPROVERS),
    (LATER, "claim do-not-say 1 'his name' --because 'nobody is named'"),
    (LATER, "statement publish 1 values --version 2 --link https://social.example/our/2"),
    (LATER, "enquiry add 1 'Mr Lund' --outlet 'Evening paper' --question 'who is it?' --deadline 23:15"),
    (LATER, "enquiry answer 1 34 --line 'we name nobody'"),
    (LATER, "add-step 1 'answer the journalist' --who incident-lead"),
    (LATER, "skip 1 legal-hold --because 'no claim is likely'"),
    (LATER, "reopen 1 legal-hold --because 'legal wants a look'"),
    (LAST, "update 1 'nothing new'"),
    (LAST, "correct 1 39 '!nothing new' --because 'typed too fast'"),
    (
        LAST,
        "--for 'Eli Novak' --by phone role hand-over 1 incident-lead --to 'Gus Teller' --because 'shift change'",
    ),
    (LAST, "--for 'Gus Teller' --by phone role accept 1 incident-lead"),
    (LAST, "freeze release 1 Scheduler"),
    (LAST, "stand-down 1 --because 'criteria are met'"),
    (LAST, "role take 1 incident-lead 'Ada Okoro' --because 'end of shift'"),
    (LAST, "close 1 --because 'the rest is done tomorrow'"),
)


def twin(folder: Path, picture: Path) -> Desk:
    """Type the same night as commands, each at the same minute, and return its desk."""
    folder.mkdir(parents=True)
    (folder / "words.txt").write_text(EDITED, encoding="utf-8")
    for minute, line in TWIN:
        moment = BEGIN + timedelta(minutes=minute)
        words = shlex.split(line.format(picture=picture, words=folder / "words.txt"))
        argv = ["--db", str(folder / "desk.db"), "--as", "Ada Okoro", *words]
        assert run(crisisdesk, argv, obj=lambda moment=moment: moment) == 0, line
    return Desk.open(folder / "desk.db", Machine("tester", "host"))


def facts_of_the_log(desk: Desk) -> list[dict[str, object]]:
    """Return everything an incident's log says, but for ids, hashes and the machine."""
    stream = desk.journal.streams()[1]
    own = ("stream", "id", "body_hash", "prev_hash", "system_user", "host")
    return [
        {
            **{name: value for name, value in entry.header._asdict().items() if name not in own},
            "data": re.sub(r'"text_hash":"[0-9a-f]{64}"', "", entry.header.data),  # bound to its own incident
            "words": entry.words,
        }
        for entry in desk.journal.read(stream)
    ]
