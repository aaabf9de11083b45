"""The desk on a thread of its own: the screen never waits for the disk, and the journal belongs to one thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from crisisdesk.desk import Desk, JournalTrouble

T = TypeVar("T")


class DeskThread:
    """Questions to the desk, answered in turn. It opens with the first one; a failure to open is the answer to each."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        """Take what opens the desk; it is called on the thread."""
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    @property
    def opened(self) -> bool:
        """Whether the desk is open."""
        return self._desk is not None

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """Return the desk's answer. Raises JournalTrouble, as the desk does."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, question)

    def soon(self, errand: Callable[[Desk], object]) -> None:
        """Have the desk do something, in turn, that nobody waits for."""
        self._pool.submit(self._answer, errand)

    async def close(self) -> None:
        """Let go of the journal, after everything that was asked before."""
        if self._desk is not None:
            with suppress(JournalTrouble):  # what was said to be saved is on disk already
                await self.ask(lambda desk: desk.journal.close())
        self._pool.shutdown(wait=False)

    def _answer(self, question: Callable[[Desk], T]) -> T:
        if self._desk is None:
            self._desk = self._open_desk()
        return question(self._desk)
