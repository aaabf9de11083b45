"""Figures over time on the desk and beside the facts."""

from collections.abc import Callable

import pytest

from crisisdesk.desk import Desk
from crisisdesk.domain import intents
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.screens.facts import FactsScreen
from tests.ui.conftest import Clock, screen_text, wait_until
from tests.ui.driving import ADA, declared, front, open_runbook, shows

TYPED = ("usual-mentions=25", *(f"mentions={value}" for value in (20, 60, 200, 340, 330, 90, 70, 65, 60, 55)))


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_run_of_a_figure_stands_where_there_is_room(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk)
    for typed in TYPED:
        clock.pass_minutes(10)
        name, _, value = typed.partition("=")
        desk.act(key, intents.TypeFigure(name, value, "tool"), ADA)
    clock.pass_minutes(12)
    async with app.run_test(size=size) as pilot:
        await shows(pilot, key)
        row = "mentions ▁▂▅██▃▂▂▂▂ 55, 12 min ago"
        if size[0] >= 120:
            await shows(pilot, row)
            await pilot.resize_terminal(80, 24)
            await wait_until(pilot, lambda: row not in screen_text(pilot), "no room any more")
            await pilot.resize_terminal(*size)
            await shows(pilot, row)
        else:
            assert "mentions" not in screen_text(pilot)
        await open_runbook(pilot, key)
        await pilot.press("f")
        await front(pilot, FactsScreen)
        await pilot.press("end")
        await shows(pilot, "Mentions per hour  ▁▂▅██▃▂▂▂▂ 55, 12 min ago")
        assert all(len(line) <= size[0] for line in screen_text(pilot).splitlines())
    desk.journal.close()
