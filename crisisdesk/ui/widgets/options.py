"""Textual's list of options, which may be paged through at any moment, and one in which a letter goes to its answer."""

from contextlib import suppress

from textual.content import Content
from textual.events import Click, Key
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


class Choices(Options):
    """The answers of one question. A letter or a digit goes to the next answer that begins with it, as in every list people know."""

    def on_key(self, event: Key) -> None:
        """Go to the next answer that begins with the letter, round again from the last one."""
        typed = (event.character or "").casefold()
        if not typed.isalnum():
            return
        here = -1 if self.highlighted is None else self.highlighted
        after = ((here + step) % self.option_count for step in range(1, self.option_count + 1))
        found = next((place for place in after if self._said(place).startswith(typed)), None)
        if found is not None:
            self.highlighted = found
            event.stop()

    def _said(self, place: int) -> str:
        prompt = self.get_option_at_index(place).prompt
        return (prompt.plain if isinstance(prompt, Content) else str(prompt)).strip().casefold()
