"""Make pictures from the sample night, never by hand: ``make shots``.

``python -m tests.shots [FOLDER]`` draws every screen and state at three sizes into FOLDER (``build/shots``), to look
at, and the pictures of the README and the guide into ``docs``.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from crisisdesk.desk import NO_MANNER, Case, Desk, Machine, Saved, Speaker
from crisisdesk.desk.summaries import summary_of
from crisisdesk.domain.intents import Declare
from crisisdesk.domain.summary import Summary
from crisisdesk.reports import render
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.beginning import Answers, FirstRun
from crisisdesk.ui.preferences import THEMES, Preferences
from tests.ui.nights import DECLARED, END, app_at, desks_at, settled

DOCS = Path(__file__).parent.parent / "docs"
SIZES = ((80, 24), (100, 30), (160, 48))
HALF = 39
"""The minute at which approvals are waited for."""


class Picture(NamedTuple):
    """A picture's name, the minute of the night, and the keys that lead there; a word of several letters is typed."""

    name: str
    minute: int
    keys: str = ""


GUIDE = (
    Picture("1-declare", -1, "n 'Personal 'post 'of 'a 'team 'member 'names 'us"),
    Picture("2-capture", 4, "enter enter"),
    Picture("3-roles", 7, "enter O"),
    Picture("4-freeze", 10, "enter"),
    Picture("5-partners", 26, "enter c"),
    Picture("6-decide", 33, "enter down down down enter"),
    Picture("7-statement", HALF, "enter D"),
    Picture("8-timeline", 50, "enter t"),
    Picture("9-brief", 496, "enter i"),
    Picture("10-review", END, "enter w"),
)
"""The night in ten pictures; before minute 0 nothing is declared."""

EVERY = (
    Picture("empty", -1),
    Picture("declare", -1, "n"),
    Picture("help-desk", -1, "question_mark"),
    *(
        Picture(name, HALF, keys)
        for name, keys in (
            ("desk", ""), ("playbooks", "l"), ("signal", "s"), ("leave", "ctrl+q"), ("runbook", "enter"), ("done", "enter d"),
            ("note", "enter n"), ("call", "enter c"), ("role", "enter r"), ("level", "enter v"), ("facts", "enter f"),
            ("people", "enter O"), ("evidence", "enter V"), ("timeline", "enter t"), ("correct", "enter t e"),
            ("review", "enter w"), ("brief", "enter i"), ("statements", "enter D"), ("draft", "enter D e"),
            ("approve", "enter D A"), ("claim", "enter D f"), ("clocks", "enter C"), ("calls", "enter L"),
            ("policy", "enter Y"), ("left-out", "enter l"), ("hand-over", "enter H"), ("freeze", "enter X"),
            ("palette", "enter ctrl+p"), ("help", "enter question_mark"), ("help-typing", "enter n f1"),
            ("terminal", "enter f1 f1"),
        )
    ),
    Picture("late-desk", 85), Picture("late", 85, "enter"),
    Picture("closed-desk", END), Picture("closed", END, "enter"), Picture("closed-review", END, "enter w"), Picture("rate", END, "enter w down enter"),
    Picture("finding", END, "enter w f"), Picture("follow-up", END, "enter w u"), Picture("export", END, "enter w i"), Picture("insights", END, "i"),
)  # fmt: skip
"""Every screen and state, but those that need a desk of their own: see :func:`apart`."""


def pressed(keys: str) -> Iterator[str]:
    """Yield the keys of a picture one by one; a word after a quotation mark is typed, with a space after it."""
    for key in keys.split():
        yield from (*key[1:], "space") if key.startswith("'") else (key,)


async def shoot(app: DeskApp, keys: str, size: tuple[int, int], to: Path) -> None:
    """Open a desk, press the keys, keep the picture."""
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in pressed(keys):
            await pilot.press(key)
            if (len(key) > 1 and key != "space") or keys.endswith(key):
                await settled(pilot)
        await settled(pilot)
        keep(to, app.export_screenshot(title="CrisisDesk"))


def keep(to: Path, svg: str) -> None:
    """Write a picture so that the same screen gives the same bytes."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(re.sub(r"terminal-\d+", "terminal-0", svg), encoding="utf-8")


def apart(folder: Path) -> list[tuple[str, Callable[[], DeskApp], str]]:
    """Return the states that need a desk of their own: the first time, a drill, the sample, and no colour."""
    drill = folder / "drill.db"
    moment = DECLARED + timedelta(minutes=3)
    desk = Desk.open(drill, Machine("you", "here"), now=lambda: DECLARED)
    asked = Declare("A partner is attacked for working with us", "", "", "")
    assert isinstance(
        desk.declare(asked, "partner-controversy", Speaker("Ada Okoro"), NO_MANNER, drill=True), Saved
    )
    desk.journal.close()

    def opened(**said: object) -> DeskApp:
        machine = Machine("you", "here")
        return DeskApp(lambda: Desk.open(drill, machine, now=lambda: moment), Speaker("Ada Okoro"), **said)  # type: ignore[arg-type]  # the app's own keywords

    first = FirstRun(Answers("Ada Okoro"), "/home/ada/.config/crisisdesk/config.toml", lambda _: "")
    return [
        ("first-run", lambda: opened(first_run=first), ""),
        ("where-to-begin", lambda: opened(first_run=first), "ctrl+s"),
        ("drill-desk", opened, ""), ("drill", opened, "enter"),
        ("sample-desk", lambda: opened(sample=True), ""), ("sample", lambda: opened(sample=True), "enter"),
        *((theme, partial(opened, preferences=Preferences(theme=theme)), "enter") for theme in THEMES[1:]),
        ("plain-signs", lambda: opened(preferences=Preferences(ascii=True)), "enter"),
        ("no-colour", lambda: without_colour(opened), "enter"),
    ]  # fmt: skip


def without_colour(opened: Callable[[], DeskApp]) -> DeskApp:
    """Open a desk as somebody sees it who wants no colours."""
    with no_colour():
        return opened()


@contextmanager
def no_colour() -> Iterator[None]:
    """Say by the environment that no colour is wanted."""
    os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        del os.environ["NO_COLOR"]


async def draw(
    pictures: Sequence[Picture], desks: dict[int, Path], size: tuple[int, int], folder: Path, mark: str = ""
) -> int:
    """Draw pictures of the night into a folder."""
    for one in pictures:
        app = app_at(desks[one.minute], max(one.minute, 0))
        await shoot(app, one.keys, size, folder / f"{one.name}{mark}.svg")
    return len(pictures)


def draw_night(path: Path) -> None:
    """Draw the whole night in one picture, as it stands in every summary."""
    desk = Desk.open(path, Machine("you", "here"), now=lambda: DECLARED + timedelta(minutes=END))
    summary = summary_of(desk, cast("Case", desk.case("1")))
    (DOCS / "night.svg").write_bytes(render(cast("Summary", summary), "svg"))
    desk.journal.close()


async def main(folder: Path) -> None:
    """Make every picture: the documents' own, then all screens at all sizes."""
    with tempfile.TemporaryDirectory() as place:
        minutes = sorted({one.minute for one in (*GUIDE, *EVERY)} - {-1})
        desks = {**desks_at(Path(place), minutes), -1: Path(place) / "empty" / "desk.db"}
        made = await draw(GUIDE, desks, (100, 30), DOCS / "guide")
        await draw([Picture("runbook", HALF, "enter")], desks, (100, 30), DOCS)
        draw_night(desks[END])
        print(f"{made + 2} pictures in {DOCS.name}/")
        made = 0
        others = apart(Path(place))
        for size in SIZES:
            made += await draw(EVERY, desks, size, folder, f"-{size[0]}")
            for name, opened, keys in others:
                await shoot(opened(), keys, size, folder / f"{name}-{size[0]}.svg")
                made += 1
        await draw([Picture("narrow", HALF, "enter")], desks, (60, 24), folder)
        print(f"{made + 1} pictures in {folder}")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if sys.argv[1:] else "build/shots")))
