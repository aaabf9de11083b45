"""Textual's list of options, which may be paged through at any moment, and one in which a letter goes to its answer."""

from contextlib import suppress

from textual.content import Content
from textual.events import Click, Key
from textual.widgets import OptionList
from textual.widgets.option_list import Option


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
    """The answers of one question. What is typed goes to the answer that begins with it, as in every list people know.

    The same letter again goes on to the next answer with it. A word that no answer begins with moves nothing: whoever
    believes to be in a text field chooses nothing by that.
    """

    PAUSE = 1.5
    """Seconds after which the next letter begins a new word."""

    def __init__(self, *options: Option, id: str, markup: bool = False) -> None:  # noqa: A002 - Textual's own name
        """Take the answers."""
        super().__init__(*options, id=id, markup=markup)
        self._typed, self._typed_at = "", 0.0

    def on_key(self, event: Key) -> None:
        """Take letters and digits as the beginning of an answer; every other key ends the word."""
        letter = (event.character or "").casefold()
        if not letter.isalnum():
            self._typed = ""
            return
        event.stop()
        if event.time - self._typed_at > self.PAUSE:
            self._typed = ""
        self._typed, self._typed_at = self._typed + letter, event.time
        again = len(set(self._typed)) == 1
        begins = letter if again else self._typed
        here = -1 if self.highlighted is None else self.highlighted
        first = here + 1 if again else max(here, 0)
        places = [(first + step) % self.option_count for step in range(self.option_count)]
        found = next((place for place in places if self._said(place).startswith(begins)), None)
        if found is not None:
            self.highlighted = found

    def _said(self, place: int) -> str:
        """Return an answer's letters and digits, as they would be typed."""
        prompt = self.get_option_at_index(place).prompt
        told = prompt.plain if isinstance(prompt, Content) else str(prompt)
        return "".join(char for char in told.casefold() if char.isalnum())
