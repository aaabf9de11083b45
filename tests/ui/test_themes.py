"""Every pair of text and ground that is drawn, on every screen and in every theme: readable; and drawn with plain signs where asked."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget

from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.command import name_of
from crisisdesk.ui.commands import BY_ID
from crisisdesk.ui.preferences import THEMES, Preferences
from crisisdesk.ui.theme import PREFIX
from tests.shots import EVERY, HALF, Picture
from tests.ui.conftest import screen_text, wait_until
from tests.ui.driving import front
from tests.ui.nights import app_at, desks_at, settled

LEAST = {"dark": 4.5, "light": 4.5, "high-contrast": 7.0}
"""WCAG 2.2, 1.4.3 (AA), and 1.4.6 (AAA) for high contrast."""
MINUTES = sorted({picture.minute for picture in EVERY if picture.minute >= 0})


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The night's desk at each minute that a picture shows; before minute 0 it is empty."""
    folder = tmp_path_factory.mktemp("night")
    found = desks_at(folder, MINUTES)
    found[-1] = folder / "empty.db"
    return found


def contrast(one: Color, other: Color) -> float:
    """Return the WCAG contrast of two colours."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def drawn(pilot: Pilot[int]) -> Iterator[Segment]:
    """Yield what is on the screen; of one that lies over another, what is its own: behind it nothing can be done."""
    screen = pilot.app.screen
    own = screen.region
    if isinstance(screen, ModalScreen):
        own = Region.from_union(
            [part.region for part in screen.walk_children(Widget) if part.region] or [own]
        )
    for y, strip in enumerate(screen._compositor.render_strips()):
        if own.y <= y < own.bottom:
            yield from strip.crop(own.x, own.right)


def faint(pilot: Pilot[int], least: float) -> Counter[str]:
    """Return every piece of text that is fainter than it may be: letters and digits, not lines and blocks."""
    found: Counter[str] = Counter()
    for text, style, _ in drawn(pilot):
        if style is None or not any(char.isalnum() for char in text):
            continue
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        ink, ground = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
        ratio = contrast(ink, ground)
        if ratio < least or style.dim:
            found[
                f"{ink.name} on {ground.name} {ratio:.2f}{' dim' if style.dim else ''}: {text.strip()[:30]!r}"
            ] += 1
    return found


@asynccontextmanager
async def picture(app: DeskApp, pilot: Pilot[int], one: Picture) -> AsyncIterator[None]:
    """Press the keys that lead to a picture, and go back to the desk after it."""
    for key in one.keys.split():
        await pilot.press(
            *([char if char != " " else "space" for char in key[1:]] if key.startswith("'") else [key])
        )
        await settled(pilot)
    yield
    while len(app.screen_stack) > 2:
        app.pop_screen()
        await pilot.pause()


@pytest.mark.parametrize("minute", [-1, *MINUTES])
async def test_every_word_on_every_screen_can_be_read_in_every_theme(
    nights: dict[int, Path], minute: int
) -> None:
    app = app_at(nights[minute], max(minute, 0))
    faint_ones: dict[str, Counter[str]] = {}
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        for one in (each for each in EVERY if each.minute == minute and each.name != "terminal"):
            async with picture(app, pilot, one):
                for name in THEMES:
                    app.theme = f"{PREFIX}{name}"
                    await pilot.pause()
                    await pilot.pause()
                    if found := faint(pilot, LEAST[name]):
                        faint_ones[f"{one.name}, {name}"] = found
    assert not faint_ones


async def test_a_key_changes_the_colours_and_says_how_to_keep_them(nights: dict[int, Path]) -> None:
    app = app_at(nights[HALF], HALF)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert app.theme == f"{PREFIX}dark"
        await pilot.press("f9")
        await wait_until(pilot, lambda: app.theme == f"{PREFIX}light", "light")
        await wait_until(pilot, lambda: 'theme = "light"' in screen_text(pilot), "how to keep it")


PLAIN = Preferences(ascii=True)


@pytest.mark.parametrize("minute", [-1, *MINUTES])
async def test_plain_signs_are_all_that_is_drawn(nights: dict[int, Path], minute: int) -> None:
    """The sample night's own words are plain too, so whatever else is drawn is ours."""
    app = app_at(nights[minute], max(minute, 0), preferences=PLAIN)
    strange: dict[str, set[str]] = {}
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        for one in (each for each in EVERY if each.minute == minute):
            async with picture(app, pilot, one):
                if found := {char for char in screen_text(pilot) if not char.isascii()}:
                    strange[one.name] = found
    assert not strange


async def test_peoples_letters_stay_as_they_are_with_plain_signs(nights: dict[int, Path]) -> None:
    app = app_at(nights[HALF], HALF, person="Ngũgĩ Ærø", preferences=PLAIN)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: "Ngũgĩ Ærø" in screen_text(pilot), "the name")


async def test_keys_of_ones_own_work_and_are_what_the_screen_names(nights: dict[int, Path]) -> None:
    from crisisdesk.ui.forms import FormScreen
    from crisisdesk.ui.screens.runbook import RunbookScreen

    app = app_at(nights[HALF], HALF, preferences=Preferences(keymap={"note": "w", "review": "n"}))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await front(pilot, RunbookScreen)
        assert "w Note" in screen_text(pilot)
        assert "n Review" in screen_text(pilot)
        await pilot.press("w")
        await front(pilot, FormScreen)
    assert name_of(BY_ID["note"]) == "w"
    app_at(nights[HALF], HALF)
    assert name_of(BY_ID["note"]) == "n"
