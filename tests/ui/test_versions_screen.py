"""Two versions side by side, by keys on the real screen: what went, what came, and what became of each."""

from collections.abc import Callable

import pytest

from crisisdesk.desk import Desk, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.screens.statements import StatementsScreen
from crisisdesk.ui.screens.versions import VersionsScreen
from tests.ui.conftest import Clock, screen_text, told, wait_until
from tests.ui.driving import SIZES, declared, form, front, open_runbook, shows

HOSTILE = "[/b] \x1b[31mred\u202e"


@pytest.fixture
def key(open_desk: Callable[[], Desk], clock: Clock) -> str:
    """INC-0001 with three versions of one statement; legal approved the second, and the third changed it."""
    desk = open_desk()
    key = declared(
        desk,
        intents.TakeRole("legal", "Carla Mendes"),
        intents.DraftStatement("holding", "x", text="We know of a post."),
        intents.AskChanges("holding", ("1",), "which post?"),
        intents.DraftStatement("holding", "x", text="We know of the post.\nMore soon."),
    )
    assert not isinstance(
        desk.act(key, intents.ApproveStatement("holding", ("2",)), Speaker("Carla Mendes")), Refused
    )
    clock.pass_minutes(5)
    last = intents.DraftStatement("holding", "x", text=f"We know of the post.\nMore by 23:00. {HOSTILE}")
    assert not isinstance(desk.act(key, last, Speaker("Ben Lindqvist")), Refused)
    desk.journal.close()
    return key


@pytest.mark.parametrize("size", SIZES)
async def test_two_versions_stand_beside_each_other_and_any_two_can_be_chosen(
    app: DeskApp, key: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("D")
        await front(pilot, StatementsScreen)
        await shows(pilot, "holding for x, version 3")
        await pilot.press("v")
        await front(pilot, VersionsScreen)
        await wait_until(pilot, lambda: "Version 3" in told(pilot, "#newer"), "the third")
        older, newer = told(pilot, "#older"), told(pilot, "#newer")
        assert "Version 2  hash " in older
        assert "✓ legal Carla Mendes" in older
        assert "Replaced before it went out" in older
        assert "More [-soon-]." in older
        assert "More {+by 23:00+}.{+ [/b] " in newer
        assert "by Ben Lindqvist, 2026-11-22 21:45 GMT, #" in newer
        assert "as X counts" in newer
        assert "✓" not in newer  # the approval was of the second version
        beside = pilot.app.screen.query_one("#newer").region.x > 0
        assert beside is (size[0] >= 100)
        assert not {"\x1b", "\u202e"} & set(screen_text(pilot))
        await pilot.press("o")
        await wait_until(pilot, lambda: "Version 1" in told(pilot, "#older"), "the first against the third")
        assert "We know of [-a-] post" in told(pilot, "#older")
        assert "Replaced before it went out; nobody approved it; changes asked in #5" in told(pilot, "#older")
        await pilot.press("left")
        await wait_until(pilot, lambda: "Version 2" in told(pilot, "#newer"), "the second")
        assert "{+the+} post.{+↵\nMore soon.+}" in told(pilot, "#newer")
        await pilot.press("left", "left")
        await shows(pilot, "That is the first version")
        assert "Before the first version there is none" in told(pilot, "#older")
        await pilot.press("right", "f6")
        await wait_until(
            pilot, lambda: app.clipboard == "We know of the post.\nMore soon.", "the words of the second"
        )
        await pilot.press("escape")
        await front(pilot, StatementsScreen)


async def test_without_colour_the_signs_say_it(
    open_desk: Callable[[], Desk], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = DeskApp(open_desk, Speaker("Ada Okoro"))
    assert app.no_color
    async with app.run_test(size=(100, 30)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("D")
        await shows(pilot, "holding for x, version 3")
        await pilot.press("v")
        await shows(pilot, "[-soon-]")
        await shows(pilot, "{+by 23:00")


async def test_approving_is_of_the_version_that_is_shown_and_of_no_newer_one(
    open_desk: Callable[[], Desk], key: str
) -> None:
    """Somebody edits while the form for the approval is open: what was not shown is not approved."""
    app, other = DeskApp(open_desk, Speaker("Carla Mendes")), open_desk()
    async with app.run_test(size=(160, 48)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("D")
        await shows(pilot, "holding for x, version 3")
        await pilot.press("A")
        await shows(pilot, "approved is version 3")
        newer = intents.DraftStatement("holding", "x", text="Something else.")
        assert not isinstance(other.act(key, newer, Speaker("Ben Lindqvist")), Refused)
        await pilot.press("ctrl+s")
        await shows(pilot, "version 4")
        case = other.case(key)
        assert not isinstance(case, Refused)
        assert next(iter(case.state.statements.values())).approvals == {}
        await pilot.press("escape")
        await form(pilot, "A")
    case = other.case(key)
    assert not isinstance(case, Refused)
    assert list(next(iter(case.state.statements.values())).approvals) == ["legal"]
    other.journal.close()


async def test_wide_the_fact_sheet_is_seen_beside_the_text(
    app: DeskApp, open_desk: Callable[[], Desk], key: str
) -> None:
    desk = open_desk()
    assert not isinstance(
        desk.act(key, intents.JudgeClaim("do not say", "his name", because="a person"), Speaker("Ada Okoro")),
        Refused,
    )
    async with app.run_test(size=(160, 48)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("D")
        await shows(pilot, "DO NOT SAY")
        await shows(pilot, " left as X counts")
        screen = pilot.app.screen
        drafts, text, sheet = (screen.query_one(one).region for one in ("#drafts", "#draft", "#facts"))
        assert text.x > drafts.x == sheet.x
        assert sheet.y >= drafts.bottom
        assert sheet.height > 1
    desk.journal.close()
