"""The night of the sample, by keys only."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from crisisdesk.desk import Desk
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.facts import FactsScreen
from crisisdesk.ui.screens.review import ReviewScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.timeline import TimelineScreen
from tests.ui.conftest import Clock, screen_text, wait_until

SIZES = [(80, 24), (140, 40)]


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
    """Return the keys of words; ``<down>`` is a key by name."""
    return [words[1:-1]] if words.startswith("<") else [_key(char) for char in words]


def _key(char: str) -> str:
    return {" ": "space"}.get(char, char)


@pytest.mark.parametrize("size", SIZES)
async def test_the_night_by_keys(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, tmp_path: Path, size: tuple[int, int]
) -> None:
    picture = tmp_path / "post.png"
    picture.write_bytes(b"a screenshot")
    desk = open_desk()
    async with app.run_test(size=size) as pilot:
        keys = Keys(pilot, desk)
        await keys.at(IncidentsScreen)
        await wait_until(pilot, lambda: "Press n" in screen_text(pilot), "the empty desk says the key")
        await pilot.press("n")
        await wait_until(pilot, lambda: "What happened" in screen_text(pilot), "declare")
        await pilot.press(*(_key(char) for char in "employee post names us"), "enter")
        await keys.at(FactsScreen)
        await keys.fact("employee-involved", "y")
        await keys.fact("partner-involved", "y")
        await pilot.press("v")
        await wait_until(pilot, lambda: keys.entries == 5, "level")
        await pilot.press("escape")
        await keys.at(RunbookScreen)
        await wait_until(pilot, lambda: "capture-originals" in screen_text(pilot), "the first step is large")
        clock.pass_minutes(3)
        await keys.form("d", "https://social.example/1", "21:43")
        await keys.form("a", str(picture), "whole screen")
        await keys.form("r", "<down>", "Eli Novak")
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
        await keys.select("phone-partners")
        await keys.form("c", "Partner north", "", "", "a call first")
        await keys.form("d")
        await keys.select("choose-line")
        await keys.form("d", "<down>", "", "partners need a word")
        await keys.form("p", "22:30", "more by 22:30")
        await keys.form("n", "a journalist calls", "phone")
        await keys.form("m", "answer the journalist", "<down>")
        await keys.select("legal-hold")
        await keys.form("x", "no claim is likely")
        await keys.select("legal-hold")
        await keys.form("o", "legal wants a look")
        clock.pass_minutes(20)
        await keys.form("u", "nothing new")
        await pilot.press("t")
        await keys.at(TimelineScreen)
        await wait_until(
            pilot,
            lambda: "a journalist calls" in screen_text(pilot) or "Update sent" in screen_text(pilot),
            "timeline",
        )
        await keys.form("e", "typed too fast", "!", back=TimelineScreen)
        await pilot.press("escape")
        await keys.at(RunbookScreen)
        await keys.form("k", "criteria are met")
        await keys.form("r", "<down>", "Ada Okoro", "end of shift")
        await keys.form("z", "the rest is done tomorrow")
        await wait_until(pilot, lambda: "closed" in screen_text(pilot), "closed")
        await pilot.press("w")
        await keys.at(ReviewScreen)
        await wait_until(pilot, lambda: "Figures" in screen_text(pilot), "review")
        await pilot.press("i")
        await keys.at(FormScreen)
        await pilot.press("ctrl+u", *(_key(char) for char in str(tmp_path / "summary.md")), "ctrl+s")
        await wait_until(pilot, (tmp_path / "summary.md").exists, "the file")
    assert desk.verify() == []
    kinds = [entry.header.kind for entry in desk.journal.read(desk.journal.streams()[1])]
    assert {
        "incident-declared", "role-taken", "fact-answered", "severity-set", "step-done", "evidence-attached", "step-started",
        "step-blocked", "step-unblocked", "step-assigned", "person-told", "decision-made", "update-promised", "note-logged",
        "step-added", "step-skipped", "step-reopened", "update-sent", "entry-corrected", "stood-down", "incident-closed",
    } <= set(kinds)  # fmt: skip
    assert "# Summary of INC-0001" in (tmp_path / "summary.md").read_text()
    desk.journal.close()
