"""Textual's list of options, which may be paged through at any moment."""

from contextlib import suppress

from textual.widgets import OptionList


class Options(OptionList):
    """A list whose options were just changed has no lines until it is drawn: a page key that comes too early does nothing.

    Textual's own ends the program with a KeyError then.
    """

    def action_page_up(self) -> None:
        """Go a page up."""
        with suppress(KeyError):
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual does not type it

    def action_page_down(self) -> None:
        """Go a page down."""
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual does not type it
