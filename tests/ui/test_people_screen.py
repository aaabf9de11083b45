"""The people: roles taken, handed over and accepted on their own screen, gaps with their stand-ins."""

from collections.abc import Callable

import pytest

from crisisdesk.desk import Desk
from crisisdesk.domain import intents
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.people import PeopleScreen
from tests.ui.conftest import screen_text, told
from tests.ui.driving import SIZES, declared, front, keys, open_runbook, shows


@pytest.mark.parametrize("size", SIZES)
async def test_a_gap_is_filled_and_ones_own_role_is_handed_over(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.TakeRole("hr", "Dana Weiss"))
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("O")
        await front(pilot, PeopleScreen)
        await shows(pilot, "Incident lead              Ada Okoro")
        assert "! nobody, and it is needed" in screen_text(pilot)
        assert "GMT" in told(pilot, "#head")
        await pilot.press("down", "down", "enter")
        await front(pilot, FormScreen)
        await pilot.press(*keys("Carla Mendes"), "ctrl+s")
        await front(pilot, PeopleScreen)
        await shows(pilot, "Carla Mendes  since 21:40")
        await pilot.press("home", "enter")
        await front(pilot, FormScreen)
        await shows(pilot, "Offer a role you hold")
        await pilot.press(*keys("Gus Teller"), "ctrl+s")
        await shows(pilot, "offered to Gus Teller")
    desk.journal.close()


async def test_a_role_is_chosen_with_the_mouse(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("O")
        await front(pilot, PeopleScreen)
        await shows(pilot, "Deputy")
        row = next(
            place for place, line in enumerate(screen_text(pilot).splitlines()) if "Legal counsel" in line
        )
        await pilot.click(offset=(5, row))
        await front(pilot, FormScreen)
        await shows(pilot, "Legal counsel")
    desk.journal.close()
