"""The sample night as desks to look at: a copy of its file at each minute asked for, and the text of a screen."""

import contextlib
import io
import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from textual.pilot import Pilot

from crisisdesk.cli.demo import play
from crisisdesk.cli.night import NIGHT
from crisisdesk.desk import Desk, Machine, Speaker
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.preferences import DEFAULT, Preferences

DECLARED = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)
END = 660
"""Minutes after which nothing more is written."""


def desks_at(folder: Path, minutes: Sequence[int]) -> dict[int, Path]:
    """Play the night once, in a folder, and keep its file as it was at each of these minutes."""
    wanted = {sum(one.minute <= minute for one in NIGHT): minute for minute in minutes}
    found = {}
    with contextlib.redirect_stdout(io.StringIO()), same_ids():
        for count, line in enumerate(play(folder, now=DECLARED + timedelta(days=2)), 1):
            assert not line.code, line.typed
            if count in wanted:
                found[wanted[count]] = folder / f"at-{wanted[count]}" / "desk.db"
                found[wanted[count]].parent.mkdir()
                shutil.copy2(folder / "desk.db", found[wanted[count]])
    return found


@contextlib.contextmanager
def same_ids() -> Iterator[None]:
    """Give every night the same ids: hashes of texts hold the incident's, and are seen on pictures."""
    bits = random.Random(2140)
    with mock.patch.dict(Desk.__init__.__kwdefaults__ or {}, random=bits.randbytes):
        yield


def app_at(
    path: Path,
    minute: int,
    person: str = "Ada Okoro",
    *,
    seconds: int = 0,
    preferences: Preferences = DEFAULT,
) -> DeskApp:
    """Return the screen of a desk's file, its clock standing at a minute of the night."""
    now = DECLARED + timedelta(minutes=minute, seconds=seconds)
    return DeskApp(
        lambda: Desk.open(path, Machine("you", "here"), now=lambda: now),
        Speaker(person),
        preferences=preferences,
    )


async def settled(pilot: Pilot[int]) -> str:
    """Wait until the screen has stopped changing, and return its text."""
    before, alike = "", 0
    for _ in range(200):
        await pilot.pause(0.04)
        text = screen_words(pilot)
        alike = alike + 1 if text == before and text.strip() else 0
        before = text
        if alike == 4:
            return text
    raise AssertionError(f"the screen never came to rest\n{before}")


def screen_words(pilot: Pilot[int]) -> str:
    """Return what is on the screen, line by line, as a person sees it."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
