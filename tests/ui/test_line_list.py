"""The list and the pane that draw only what is seen: keys, the mouse, resizing, many rows, hostile text, and no layout without end."""

from collections import Counter

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.pilot import Pilot

from crisisdesk.ui.showing import line
from crisisdesk.ui.widgets.line_list import LineList
from crisisdesk.ui.widgets.text_pane import TextPane
from tests.ui.conftest import screen_text, wait_until
from tests.ui.test_hostile_everywhere import HOSTILE, OBEYED

MANY = 100_000


class Listed(App[int]):
    """A list and nothing else."""

    def __init__(self, count: int, *, headings: tuple[int, ...] = (), tall: int = 1) -> None:
        super().__init__()
        self.count, self.headings, self.tall = count, headings, tall
        self.drawn: Counter[int] = Counter()
        self.followed: list[int] = []
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield LineList(tall=self.tall, follow=self.followed.append)

    def on_mount(self) -> None:
        self.query_one(LineList).set_rows(self.count, self._row, disabled=self.headings)
        self.query_one(LineList).focus()

    def _row(self, place: int) -> list[Content]:
        self.drawn[place] += 1
        return [line(f"row {place} {HOSTILE[place % len(HOSTILE)]}")] + [Content("  more")] * (self.tall - 1)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        self.chosen.append(event.row)


def highlighted(pilot: Pilot[int]) -> int | None:
    return pilot.app.query_one(LineList).highlighted


async def test_keys_go_through_a_hundred_thousand_rows_and_only_those_seen_are_drawn() -> None:
    app = Listed(MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "up")
        assert highlighted(pilot) == 1
        await pilot.press("end")
        assert highlighted(pilot) == MANY - 1
        assert f"row {MANY - 1}" in screen_text(pilot)
        await pilot.press("pageup", "pageup", "pagedown")
        assert highlighted(pilot) == MANY - 1 - 23
        await pilot.press("home")
        assert highlighted(pilot) == 0
        assert app.followed[-1] == 0
        assert len(app.drawn) < 24 * 6
        assert not OBEYED & set(screen_text(pilot))


async def test_the_ends_hold_and_an_empty_list_has_nothing_to_choose() -> None:
    app = Listed(3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "pageup", "home")
        assert highlighted(pilot) == 0
        await pilot.press("end", "down", "pagedown", "enter")
        assert highlighted(pilot) == 2
        assert app.chosen == [2]
    empty = Listed(0)
    async with empty.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "up", "end", "home", "pageup", "enter")
        await pilot.click(LineList, offset=(4, 4))
        assert highlighted(pilot) is None
        assert empty.chosen == []


async def test_headings_are_passed_over_and_the_first_is_seen_again() -> None:
    app = Listed(60, headings=(0, 1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        assert highlighted(pilot) == 2
        await pilot.press("end", "home")
        assert highlighted(pilot) == 2
        assert "row 0 " in screen_text(pilot)
        pilot.app.query_one(LineList).highlight(29)
        await pilot.press("down")
        assert highlighted(pilot) == 31
        await pilot.press("up")
        assert highlighted(pilot) == 29


@pytest.mark.parametrize("tall", [1, 2])
async def test_a_click_highlights_and_a_second_one_chooses(tall: int) -> None:
    app = Listed(60, headings=(0,), tall=tall)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(LineList, offset=(5, 4))
        assert highlighted(pilot) == 4 // tall
        assert app.chosen == []
        await pilot.click(LineList, offset=(5, 4))
        assert app.chosen == [4 // tall]
        await pilot.click(LineList, offset=(5, 0))
        assert highlighted(pilot) == 4 // tall


async def test_the_highlighted_row_stays_in_sight_in_a_storm_of_sizes() -> None:
    app = Listed(MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        pilot.app.query_one(LineList).highlight(50_000)
        for width, height in ((20, 5), (200, 60), (60, 3), (80, 24)) * 5:
            await pilot.resize_terminal(width, height)
        await wait_until(pilot, lambda: "row 50000" in screen_text(pilot), "the row")


class Paned(App[int]):
    """A pane as the step stands above the list: as tall as its text, up to a share of the screen."""

    CSS = "Container { height: 1fr; } TextPane { height: auto; max-height: 65%; }"

    def compose(self) -> ComposeResult:
        with Container():
            yield TextPane()


@pytest.mark.parametrize("width", range(20, 28))
async def test_a_text_that_fits_only_without_its_bar_is_laid_out_and_comes_to_rest(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = 0
    whole = TextPane.get_content_height

    def asked(pane: TextPane, container: Size, viewport: Size, wide: int) -> int:
        nonlocal counted
        counted += 1
        return whole(pane, container, viewport, wide)

    monkeypatch.setattr(TextPane, "get_content_height", asked)
    app = Paned()
    async with app.run_test(size=(width, 12)) as pilot:
        app.query_one(TextPane).update(Content(" ".join(["words"] * width)))
        await pilot.pause(0.3)
        at_rest = counted
        await pilot.pause(0.3)
        assert counted == at_rest < 40
        assert "words" in screen_text(pilot)
