"""Keys pressed twice, clicks made twice, and pages laid over a form while it is saved: nothing else is left than what was meant."""

from collections.abc import Callable

from crisisdesk.desk import Desk
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.palette import Palette
from crisisdesk.ui.screens.desk import IncidentsScreen
from crisisdesk.ui.screens.helping import HelpScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import wait_until
from tests.ui.driving import declared, front, keys, open_runbook


async def test_a_form_that_is_saved_under_its_help_is_gone_with_it(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("n")
        await front(pilot, FormScreen)
        await pilot.press(*keys("Seen"))
        form = app.screen
        assert isinstance(form, FormScreen)
        form.action_save()
        await app.action_explain()
        await front(pilot, RunbookScreen)
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        assert app.return_code in (0, None)
    assert desk.incidents()[0].entries == 3
    desk.journal.close()


async def test_leaving_twice_leaves_one_screen(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("question_mark")
        await front(pilot, HelpScreen)
        page = app.screen
        assert isinstance(page, HelpScreen)
        page.dismiss()
        page.dismiss()
        await front(pilot, RunbookScreen)
        await pilot.press("n")
        await front(pilot, FormScreen)
        form = app.screen
        assert isinstance(form, FormScreen)
        form.action_leave()
        form.action_leave()
        await front(pilot, RunbookScreen)
        assert app.return_code in (0, None)
    desk.journal.close()


async def test_the_palette_is_clicked_away_twice_and_paged_too_early(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    declared(open_desk())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.screen.query("#incidents")), "desk")
        await pilot.press("ctrl+p")
        await front(pilot, Palette)
        await pilot.press("pagedown", "a", "pagedown", "pageup", "pagedown")
        palette = app.screen
        assert isinstance(palette, Palette)
        palette.dismiss()
        palette.dismiss()
        await wait_until(pilot, lambda: not isinstance(app.screen, Palette), "gone")
        assert len(app.screen_stack) == 1
        assert app.return_code in (0, None)


async def test_a_screen_left_before_it_is_there_is_left(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_runbook(pilot, key)
        for opens in "ntODC":
            app.simulate_key(opens)
            app.simulate_key("escape")
            await pilot.pause(0.2)
            assert app.return_code in (0, None), opens
            for _ in range(20):  # where the escape came first, it was the runbook's own
                if isinstance(app.screen, RunbookScreen):
                    break
                await pilot.press("enter" if isinstance(app.screen, IncidentsScreen) else "escape")
                await pilot.pause(0.2)
            await front(pilot, RunbookScreen)
    desk.journal.close()


async def test_what_was_said_last_strikes_when_the_desk_is_already_gone(app: DeskApp) -> None:
    async with app.run_test(size=(80, 24)):
        app.notify("Saved.")
    assert app.front is None
    app.show_said()
    assert app.return_code in (0, None)
