"""A screen that was left ends nothing but itself: work it had begun in the background finds its widgets gone."""

import asyncio

import pytest
from textual import work
from textual.app import App
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from crisisdesk.crash import crash_file
from crisisdesk.ui.leaving_once import LeavesOnce


class Working(LeavesOnce[None]):
    """A screen with work that needs a widget, once it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.ended = ""

    @work
    async def begin(self) -> None:
        """Wait, then look for what is not there."""
        try:
            await self.go_on.wait()
            self.query_one("#gone-by-now")
        finally:
            self.ended = "looked"


async def test_work_of_a_screen_that_was_left_ends_only_itself() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        working = Working()
        await app.push_screen(working)
        worker = working.begin()
        await pilot.pause()
        app._screen_stack.remove(working)  # left, but not yet taken down: the moment that is so seldom met
        working.go_on.set()
        await worker.wait()
        assert working.ended == "looked"
        app._screen_stack.append(working)


async def _fail_in_front() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        working = Working()
        await app.push_screen(working)
        working.go_on.set()
        await working.begin().wait()
        await pilot.pause()


async def test_a_mistake_on_a_screen_in_front_is_not_hushed_up_and_its_place_is_told() -> None:
    with pytest.raises(WorkerFailed) as failed:
        await _fail_in_front()
    assert isinstance(failed.value.error, NoMatches)
    kept = crash_file(failed.value)
    told = kept.read_text()
    kept.unlink()
    assert "NoMatches" in told
    assert "begin" in told
