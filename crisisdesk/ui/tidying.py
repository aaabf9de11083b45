"""Garbage is collected while nobody types: a whole collection takes thirty milliseconds, in the middle of a key."""

import gc

YOUNG = (50_000, 20, 1_000_000)
"""Of young objects, often and cheaply; never by itself of all: :meth:`Tidying.look` does that."""
REST = 2.0
"""Seconds without a key after which somebody rests."""


class Tidying:
    """Knows when a key was last pressed, and whether there is something to tidy up since."""

    def __init__(self) -> None:
        """Begin with nothing pressed."""
        self._pressed = 0.0
        self._due = False
        self._begun = False

    def begin(self) -> None:
        """Turn collection on, which the command line left off to start sooner; what is here now stays.

        Where it is on already somebody else minds it.
        """
        if gc.isenabled():
            return
        self._begun = self._due = True
        gc.freeze()
        gc.set_threshold(*YOUNG)
        gc.enable()

    def touched(self, now: float) -> None:
        """Take in that a key was pressed or the mouse moved; ``now`` in seconds of a clock that only goes on."""
        self._pressed, self._due = now, self._begun

    def look(self, now: float) -> None:
        """Collect, once, when somebody rests."""
        if self._due and now - self._pressed > REST:
            self._due = False
            gc.unfreeze()  # with what fell away since the last time
            gc.collect()
            gc.freeze()  # what is here now is looked through no more
