"""Textual's list of options, which may be paged through at any moment."""

from contextlib import suppress

from textual.events import Click
from textual.widgets import OptionList


class Options(OptionList):
    """A list whose options were just changed has no lines until it is drawn: a page key or a click that comes too early does nothing.

    Textual's own ends the program then.
    """

    def on_click(self, event: Click) -> None:
        """Pass over a click on what was drawn before the options changed."""
        place = event.style.meta.get("option")
        if isinstance(place, int) and place >= self.option_count:
            event.prevent_default()

    def action_page_up(self) -> None:
        """Go a page up."""
        with suppress(KeyError):
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual does not type it

    def action_page_down(self) -> None:
        """Go a page down."""
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual does not type it
