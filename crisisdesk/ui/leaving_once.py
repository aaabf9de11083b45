"""A screen that is left once, and only itself: keys pressed twice, or while another page lies over it, take nothing else away."""

from functools import partial
from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker

R = TypeVar("R")


class LeavesOnce(Screen[R]):
    """A screen whose leaving is safe. Textual's own takes away whatever lies in front, and fails the second time.

    Beside another kind of screen it is named last: Textual takes the looks of the first.
    """

    @property
    def gone(self) -> bool:
        """Whether this screen was left; its widgets may be gone at any moment after."""
        return self not in self.app.screen_stack

    def run_worker(self, work: Any, *args: Any, **options: Any) -> Worker[Any]:
        """Work in the background; work that finds its screen left ends there, and the desk does not."""
        return super().run_worker(partial(self._until_gone, work), *args, **options)

    async def _until_gone(self, work: Any) -> object:
        try:
            return await (work() if callable(work) else work)
        except NoMatches:
            if self.gone:
                return None
            raise

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leave, where this screen is in front, as soon as it is laid out; else nothing happens."""
        if self.app.screen is not self:
            return AwaitComplete()
        if not self.is_mounted:  # the key came before the screen was there, and is not lost
            self.call_later(self._leave, result)
            return AwaitComplete()
        return super().dismiss(result)

    def _leave(self, result: R | None) -> None:
        self.dismiss(result)  # not awaited: a screen that waits for its own end waits for ever

    def leave_for_good(self, result: R | None = None) -> None:
        """Leave, also where a page to read was laid over this screen meanwhile: that page goes with it."""
        if self.gone:
            return
        while self.app.screen is not self:
            self.app.pop_screen()
        self.dismiss(result)
