"""Hostile strings in every field of every command and through every screen: they are only read."""

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TextArea

from crisisdesk.desk import Desk
from crisisdesk.ui import screens
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.command import DESK, VERSIONS, of_screen
from crisisdesk.ui.commands import COMMANDS
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.base import DeskView, IncidentView
from tests.ui.conftest import screen_text, wait_until
from tests.ui.test_screens import declared

HOSTILE = (
    "[bold]evil[/] [/] [@click=app.quit]x[/] [€]",
    "evil\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x00\x7f",
    "evil\u202eabc\u2066\u200b\u200f \u0645\u0631\u062d\u0628\u0627",
    "evil\ud800 \U0001f468\u200d\U0001f469\u200d\U0001f467 e" + "\u0301" * 60,
    "evil" * 2_500,
    "evil\n" * 200,
)
OBEYED = {
    *map(chr, range(32)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
} - {"\n"}


def views() -> dict[str, type[DeskView]]:
    """Return every screen that the registry knows, by its name."""
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    found, todo = {}, [DeskView]
    while todo:
        view = todo.pop()
        todo += view.__subclasses__()
        if view.NAME:
            found[view.NAME] = view
    return found


NAMES = sorted({name for command in COMMANDS for name in command.screens} - {VERSIONS})
"""Versions need a draft of their own: its tests feed it such words."""


def test_every_screen_of_the_registry_is_walked() -> None:
    assert set(NAMES) <= set(views())


async def open_view(pilot: Pilot[int], name: str, key: str) -> None:
    """Open a screen over the desk."""
    view = views()[name]
    if name != DESK:
        await pilot.app.push_screen(view(key) if issubclass(view, IncidentView) else view())
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, view), name)


def only_read(pilot: Pilot[int]) -> None:
    """Fail when something on the screen would be obeyed by a terminal."""
    assert not OBEYED & set(screen_text(pilot))


async def fill_and_save(pilot: Pilot[int], form: FormScreen, text: str) -> None:
    """Put a text into every field, choose the first of every choice, and save."""
    await wait_until(pilot, lambda: bool(form.query("#refusal")), "the form")
    for one in form.query(Input):
        one.value = text
    for area in form.query(TextArea):
        area.text = text
    for choice in form.query(OptionList):
        choice.highlighted = 0
    form.action_save()

    def answered() -> bool:
        said = "".join(str(each.content) for each in form.query("#refusal").results(Static))
        return pilot.app.screen is not form or said not in ("", "Saving …")

    await wait_until(pilot, answered, "an answer")
    only_read(pilot)
    if pilot.app.screen is form:
        form.action_leave()
        await wait_until(pilot, lambda: pilot.app.screen is not form, "left")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize("name", NAMES)
async def test_every_form_only_reads_what_is_typed(
    app: DeskApp, open_desk: Callable[[], Desk], name: str, size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk, HOSTILE[0])
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: key in screen_text(pilot), "desk")
        await open_view(pilot, name, key)
        view = app.screen
        assert isinstance(view, DeskView)
        for place, command in enumerate(of_screen(name)):
            if command.fields is None or command.id in ("close", "stand-down"):
                continue
            await view.action_command(command.id)
            await pilot.pause()
            if isinstance(app.screen, FormScreen):
                await fill_and_save(pilot, app.screen, HOSTILE[place % len(HOSTILE)])
        await view.reload()
        await pilot.pause()
        only_read(pilot)
    assert app.return_code in (0, None)
    desk.journal.close()
