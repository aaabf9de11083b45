"""The review on its screen: rated, found, asked for, chosen, rewritten, written into a file and signed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from crisisdesk.desk import Desk, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import Incident
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.review import ReviewScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.timeline import TimelineScreen
from tests.ui.conftest import screen_text, wait_until
from tests.ui.driving import SIZES, declared, form, front, keys, shows


def state_of(desk: Desk, key: str) -> Incident:
    """Return the incident as it is on disk."""
    found = desk.case(key)
    assert not isinstance(found, Refused)
    return found.state


async def open_review(pilot: Pilot[int], key: str) -> None:
    """Go from the desk to the review."""
    await shows(pilot, key)
    await pilot.press("enter")
    await front(pilot, RunbookScreen)
    await shows(pilot, "Done when")
    await pilot.press("w")
    await front(pilot, ReviewScreen)
    await shows(pilot, "How it opens")


@pytest.mark.parametrize("size", SIZES)
async def test_the_review_is_written_by_keys_alone(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.LogNote("Two partners called"), intents.Close("a test"))
    async with app.run_test(size=size) as pilot:
        await open_review(pilot, key)
        await pilot.press("down", "enter")  # the first objective
        await front(pilot, FormScreen)
        await pilot.press("down", "tab")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: bool(state_of(desk, key).review.ratings), "rated")
        await shows(pilot, "performed with")
        await form(pilot, "f", "<down>", "Nobody stood in for legal", "#2")
        await shows(pilot, "Nobody stood in for legal")
        await form(pilot, "u", "Name a stand-in", "Ben Lindqvist", "2027-01-15", "A rehearsal")
        await shows(pilot, "Name a stand-in")
        await pilot.press("t")
        await front(pilot, TimelineScreen)
        await shows(pilot, "Two partners called")
        await pilot.press("home", "m", "escape")
        await front(pilot, ReviewScreen)
        await wait_until(pilot, lambda: len(state_of(desk, key).review.moments) == 1, "a key moment")
        state = state_of(desk, key)
        assert list(state.review.findings.values()) == ["went well"]
        assert [one.owner for one in state.review.follow_ups.values()] == ["Ben Lindqvist"]
    desk.journal.close()


async def test_a_document_is_written_for_a_reader_and_signed(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = open_desk()
    key = declared(desk, intents.Close("a test"))
    written = tmp_path / "summary.md"
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(pilot, key)
        await pilot.press("i")
        await front(pilot, FormScreen)
        await pilot.press("home", *["delete"] * len(f"{key}.docx"), *keys(str(written)), "ctrl+s")
        await wait_until(pilot, written.exists, "the file")
        assert "for use inside the organisation" in written.read_text(encoding="utf-8")
        await front(pilot, ReviewScreen)
        await pilot.press("s")
        await front(pilot, FormScreen)
        await shows(pilot, "In which role you sign")
        assert "summary.md" in screen_text(pilot)
        await pilot.press(*keys("Head of communications"), "ctrl+s")
        await wait_until(pilot, lambda: state_of(desk, key).review.signed == 1, "signed")
        await shows(pilot, "✓ signed by Ada Okoro")
        digest = hashlib.sha256(written.read_bytes()).hexdigest()
        case = desk.case(key)
        assert not isinstance(case, Refused)
        assert any(digest in str(entry.event) for entry in desk.entries(case))
        await form(pilot, "f", "<down>", "Later found")
        await shows(pilot, "version 2")
    desk.journal.close()


async def test_the_level_s_hot_debrief_is_named_until_it_is_held(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk, intents.SetSeverity("sev1", "a test"), intents.Close("a test"))
    async with app.run_test(size=(100, 30)) as pilot:
        await open_review(pilot, key)
        await shows(pilot, "hot debrief due 23 Nov 21:40")
        held = desk.act(key, intents.SkipStep("hot-debrief", "held at the table"), Speaker("Ada Okoro"))
        assert isinstance(held, Saved), held
        await wait_until(pilot, lambda: "hot debrief due" not in screen_text(pilot), "held")
    desk.journal.close()


async def test_what_is_open_is_interim_and_cannot_be_signed(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(pilot, key)
        assert "interim: still open" in screen_text(pilot)
        await pilot.press("s")
        await shows(pilot, "It is not closed")
        await pilot.press("g")
        await shows(pilot, "No follow-up is selected")
    assert state_of(desk, key).review.signed == 0
    desk.journal.close()


async def test_the_opening_keeps_its_entries_when_a_person_rewrites_it(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_review(pilot, key)
        await pilot.press("enter")
        await front(pilot, FormScreen)
        await shows(pilot, "(#1)")
        await pilot.press("ctrl+home", *keys("Soon. "), "ctrl+s")
        await wait_until(pilot, lambda: state_of(desk, key).review.paragraph > 0, "written")
        await shows(pilot, "Soon. The incident")
        await shows(pilot, "Written by Ada Okoro")
        await shows(pilot, "(#1)")
    desk.journal.close()


async def test_an_objective_is_rated_with_the_mouse(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(pilot, key)
        row = next(place for place, line in enumerate(screen_text(pilot).splitlines()) if "not rated" in line)
        await pilot.click(offset=(8, row))
        await front(pilot, FormScreen)
        await shows(pilot, "How it was met")
    desk.journal.close()
