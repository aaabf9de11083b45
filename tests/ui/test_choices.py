"""In a question to choose from, a letter goes to its answer, as in every list people know."""

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.forms import FormScreen
from tests.ui.conftest import screen_text

ANSWERS = ("Silence", "Statement", "Reactive line", "2 lines")


async def nothing(_: Values) -> None:
    """Save nowhere."""


class OneForm(App[int]):
    """One form with one question to choose from."""

    def compose(self) -> ComposeResult:
        """Show nothing behind it."""
        return iter(())

    def on_mount(self) -> None:
        """Ask."""
        choices = tuple(Choice(label.casefold(), label) for label in ANSWERS)
        asked = [
            Field("course", "Which course?", "choice", required=True, choices=choices),
            Field("why", "Why?"),
        ]
        self.push_screen(FormScreen(Content("Decide"), asked, nothing, {}))


async def test_a_letter_goes_to_the_next_answer_that_begins_with_it() -> None:
    app = OneForm()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = app.screen.query_one(OptionList)
        assert shown.highlighted is None, "nobody chooses by accident"
        assert "↑ ↓ or its first letter" in screen_text(pilot)
        went: list[int | None] = []
        for key in ("s", "s", "S", "up", "r", "down", "2", "down", "x", "r"):
            await pilot.press(key)
            went.append(shown.highlighted)
        assert went == [0, 1, 0, 3, 2, 3, 3, 0, 0, 0]
        for key in ("down", *"statem"):
            await pilot.press(key)
        went.append(shown.highlighted)
        for key in ("up", *"a call before we publish".replace(" ", "")):
            await pilot.press(key)
        went.append(shown.highlighted)
        assert went[-2:] == [1, 0], "a word that no answer begins with chooses nothing"
        form = app.screen
        assert isinstance(form, FormScreen)
        assert form.values["course"] == "silence"
