"""The call list by keys on the real screens."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crisisdesk.desk import Case, Desk, Machine, Saved
from crisisdesk.domain import intents
from crisisdesk.domain.entries import Entry
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.calling import CallsScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import Clock, screen_text, wait_until
from tests.ui.driving import ADA, declared, front, keys, open_runbook, shows
from tests.ui.test_law_screens import PLAYBOOKS

PEOPLE = """crisisdesk: people/1
reviewed: not yet
people:
  Dee [b] Ray:
    roles: [deputy]
    phone: 020 1
  Eve Lund:
    roles: [deputy]
    phone: 020 2
"""


@pytest.fixture
def open_desk(tmp_path: Path, clock: Clock) -> Callable[[], Desk]:
    """A desk whose folder names people."""
    folder = tmp_path / "playbooks"
    shutil.copytree(PLAYBOOKS, folder)
    (folder / "people.yaml").write_text(PEOPLE, "utf-8")
    return lambda: Desk.open(tmp_path / "desk.db", Machine("tester", "host"), now=clock, playbooks=folder)


def written(desk: Desk, key: str) -> list[Entry]:
    """The log of an incident."""
    case = desk.case(key)
    assert isinstance(case, Case)
    return desk.entries(case)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_call_list_leads_from_one_person_to_the_next(
    app: DeskApp, open_desk: Callable[[], Desk], clock: Clock, size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=size) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("L")
        await front(pilot, CallsScreen)
        await shows(pilot, "Dee [b] Ray  phone 020 1  for Deputy")
        await shows(pilot, "▶ Dee [b] Ray  named for the role  phone 020 1")
        await pilot.press("enter")
        await front(pilot, FormScreen)
        await shows(pilot, "Dee [b] Ray")
        await pilot.press("ctrl+s")
        await shows(pilot, "Still needed: Reached?")
        await pilot.press("down", "down", "ctrl+s")
        await front(pilot, CallsScreen)
        await shows(pilot, "may still answer until 21:55")
        clock.pass_minutes(15)
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        await screen.reload()
        await shows(pilot, "▶ Eve Lund")
        await shows(pilot, "did not answer in time")
        assert all(len(line) <= size[0] for line in screen_text(pilot).splitlines())
        await pilot.press("t")
        await front(pilot, FormScreen)
        await pilot.press("down", "ctrl+s")
        await front(pilot, CallsScreen)
        await wait_until(pilot, lambda: "Eve Lund" not in screen_text(pilot), "reached, and off the list")
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
    told = [entry.words["who"] for entry in written(desk, key) if entry.header.kind == "person-told"]
    assert told == ["Dee [b] Ray", "Eve Lund"]
    assert desk.verify() == []
    desk.journal.close()


async def test_a_step_of_the_list_logs_on_the_step_and_keeps_each_persons_draft(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    saved = desk.act(key, intents.Tell("Partner north", "phone", False, "", "phone-partners"), ADA)
    assert isinstance(saved, Saved), saved
    async with app.run_test(size=(100, 40)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("L")
        await front(pilot, CallsScreen)
        await pilot.press("t")
        await front(pilot, FormScreen)
        await pilot.press("escape")
        await front(pilot, CallsScreen)
        await pilot.press("end")
        await shows(pilot, "▶ Partner north")
        await pilot.press("t")
        await front(pilot, FormScreen)
        await shows(pilot, "Partner north")
        await pilot.press("down", "tab", *keys("A call"), "ctrl+s")
        await front(pilot, CallsScreen)
        await shows(pilot, "whom the step names")
    last = written(desk, key)[-1]
    assert (last.header.step, last.words["promised"]) == ("phone-partners", "A call")
    desk.journal.close()
