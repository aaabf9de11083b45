"""The desk driven by keys: what the tests of several screens do alike."""

from textual.pilot import Pilot

from crisisdesk.desk import NO_MANNER, Desk, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from tests.ui.conftest import screen_text, wait_until

ADA = Speaker("Ada Okoro")
SIZES = [(80, 24), (100, 30), (160, 48)]


def declared(desk: Desk, *acts: intents.Intent) -> str:
    """Declare an incident, carry some intents out on it, and return its key."""
    saved = desk.declare(intents.Declare("A post names us", "", "", ""), "employee-post", ADA, NO_MANNER)
    assert isinstance(saved, Saved), saved
    key = saved.case.state.label
    for intent in acts:
        done = desk.act(key, intent, ADA)
        assert isinstance(done, Saved), done
    return key


async def shows(pilot: Pilot[int], words: str) -> None:
    """Wait until words are on the screen."""
    await wait_until(pilot, lambda: words in screen_text(pilot), words)


async def front(pilot: Pilot[int], screen: type) -> None:
    """Wait until a screen is in front."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, screen), screen.__name__)
    await pilot.pause()


def keys(words: str) -> list[str]:
    """Return the keys of words."""
    return [{" ": "space"}.get(char, char) for char in words]


async def form(pilot: Pilot[int], key: str, *typed: str) -> None:
    """Open a form by its key, type a line into each field in turn, and save."""
    await pilot.press(key)
    await front(pilot, FormScreen)
    for place, words in enumerate(typed):
        if place:
            await pilot.press("tab")
        await pilot.press(*([words[1:-1]] if words.startswith("<") else keys(words)))
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: not isinstance(pilot.app.screen, FormScreen), f"saved after {key}")


async def open_runbook(pilot: Pilot[int], key: str) -> None:
    """Go from the desk into an incident."""
    await shows(pilot, key)
    await pilot.press("enter")
    await front(pilot, RunbookScreen)
    await shows(pilot, "capture-originals")
