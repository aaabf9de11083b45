"""How many keys it takes until an incident is declared, sized and confirmed; counted, not felt."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from crisisdesk.desk import Case, Desk
from crisisdesk.domain.conditions import UNKNOWN
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.screens.facts import FactsScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import wait_until
from tests.ui.driving import SIZES, front, keys, shows

TITLE = "Post of a team member names us"
KEY, PREPARE = 0.28, 1.35
"""Seconds a key and a thought before acting take somebody who does not touch-type: the keystroke-level model of Card,
Moran and Newell, "The keystroke-level model for user performance time with interactive systems", CACM 23(7), 1980."""


class Counted:
    """A person at the keyboard whose keys are counted; a title's letters apart."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot, self.keys = pilot, 0

    async def press(self, *pressed: str) -> None:
        """Press keys that count."""
        self.keys += len(pressed)
        await self.pilot.press(*pressed)


@pytest.mark.parametrize("size", SIZES)
async def test_an_incident_is_declared_sized_and_confirmed_with_fewer_than_ten_keys(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    async with app.run_test(size=size) as pilot:
        await shows(pilot, "No incidents")
        person = Counted(pilot)
        await person.press("n")
        await shows(pilot, "What happened?")
        await pilot.press(*keys(TITLE))
        await person.press("enter")
        await front(pilot, FactsScreen)
        assert [row.title for row in desk.incidents()] == [TITLE]
        assert person.keys == 2
        seconds = len(TITLE) * KEY + person.keys * (KEY + PREPARE)
        assert seconds < 20, "a slow typist needs longer than twenty seconds until it is declared"

        await shows(pilot, "Recommended")
        for answer in ("u", "u", "y", "n"):  # names are asked first: passed over now, told later
            await person.press(answer)
        await person.press("v")
        await wait_until(pilot, lambda: bool(desk.incidents()[0].severity_confirmed), "confirmed")
        await person.press("escape")
        await front(pilot, RunbookScreen)
        assert person.keys < 10
        found = desk.case("INC-0001")
        assert isinstance(found, Case)
        assert len([fact for fact in found.state.facts.values() if fact != UNKNOWN]) == 2
    desk.journal.close()


async def test_the_facts_are_left_and_come_back_to(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "No incidents")
        await pilot.press("n", *keys("A post names us"), "enter")
        await front(pilot, FactsScreen)
        await shows(pilot, "Recommended")
        await pilot.press("down", "down", "y")
        await shows(pilot, "yes ")
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
        await pilot.press("f")
        await front(pilot, FactsScreen)
        await shows(pilot, "yes ")
    desk.journal.close()
