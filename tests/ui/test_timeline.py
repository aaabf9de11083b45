"""The timeline: narrowed as one types, by mouse and by key, live, hostile words, and many entries read a page at a time."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from textual.widgets import Input

from crisisdesk.desk import Case, Desk, Manner, Saved, Speaker, When
from crisisdesk.desk.timeline import Timeline
from crisisdesk.domain import intents
from crisisdesk.domain.narrowing import fits, narrowed
from crisisdesk.domain.sensitivity import kept_closer
from crisisdesk.domain.timeline import Item, build
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.forms import FormScreen
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.timeline import KEPT, TimelineScreen
from crisisdesk.ui.widgets.line_list import LineList
from tests.ui.conftest import Clock, screen_text, told, wait_until
from tests.ui.driving import ADA, SIZES, declared, form, front, keys, open_runbook, shows

BEN = Speaker("Ben Lindqvist")
HOSTILE = "[/b] [@click=app.quit]x[/] \x1b]52;c;aGk=\x07 \u202eevil"


def noted(desk: Desk, key: str, words: str, speaker: Speaker = ADA, when: When | None = None) -> int:
    """Log a note and return its number."""
    manner = Manner("", when) if when else Manner()
    saved = desk.act(key, intents.LogNote(words, ""), speaker, manner)
    assert isinstance(saved, Saved), saved
    return saved.entries[-1].seq


def case_of(desk: Desk, key: str) -> Case:
    """Return an incident as it stands."""
    case = desk.case(key)
    assert isinstance(case, Case)
    return case


async def open_timeline(pilot: Any, key: str) -> LineList:
    """Go from the desk to an incident's timeline."""
    await open_runbook(pilot, key)
    await pilot.press("t")
    await front(pilot, TimelineScreen)
    await shows(pilot, "entries")
    listed = pilot.app.screen.query_one(LineList)
    assert isinstance(listed, LineList)
    return listed


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_narrowed_as_one_types_and_escape_shows_everything_again(
    app: DeskApp, open_desk: Callable[[], Desk], size: tuple[int, int]
) -> None:
    desk = open_desk()
    key = declared(desk)
    noted(desk, key, "The partner wrote again")
    noted(desk, key, "Legal is on the phone", BEN)
    async with app.run_test(size=size) as pilot:
        listed = await open_timeline(pilot, key)
        everything = listed.count
        await pilot.press("slash", *keys("partner"))
        await wait_until(pilot, lambda: listed.count == 1, "one entry")
        assert f"1 of {everything} entries" in told(pilot, "#head")
        await shows(pilot, "The partner wrote again")
        await pilot.press(*["backspace"] * 7, *keys("by:ben"))
        await shows(pilot, "Legal is on the phone")
        await wait_until(pilot, lambda: listed.count == 1, "Ben's")
        await pilot.press(*keys(" nothing of it"))
        await shows(pilot, "Nothing fits")
        await pilot.press("escape")
        await wait_until(pilot, lambda: listed.count == everything, "everything")
        await pilot.press("escape")
        await front(pilot, RunbookScreen)
    desk.journal.close()


async def test_the_entries_found_can_be_walked_corrected_and_noted_beside(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    seq = noted(desk, key, "Two partners wrote")
    noted(desk, key, "Something else")
    async with app.run_test(size=(100, 30)) as pilot:
        await open_timeline(pilot, key)
        await pilot.press("slash", *keys("partners"), "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.focused, LineList), "the list")
        await form(pilot, "e", "three of them", "!")
        await shows(pilot, f"Corrected by #{seq + 2}")
    desk.journal.close()


async def test_what_others_write_appears_and_the_place_is_kept(
    app: DeskApp, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    key = declared(desk)
    for number in range(40):
        noted(desk, key, f"Seen {number}")
    async with app.run_test(size=(80, 24)) as pilot:
        listed = await open_timeline(pilot, key)
        noted(desk, key, "While you look", BEN)
        await shows(pilot, "While you look")
        await pilot.press("home", "down", "down")
        place = listed.highlighted
        noted(desk, key, "While you read", BEN)
        await wait_until(pilot, lambda: listed.count == 44, "it came")
        assert listed.highlighted == place
        assert "While you read" not in screen_text(pilot)
    desk.journal.close()


async def test_a_click_shows_an_entry_whole(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    noted(desk, key, "The first\nhas two lines")
    noted(desk, key, "The second")
    async with app.run_test(size=(100, 30)) as pilot:
        await open_timeline(pilot, key)
        row = next(place for place, text in enumerate(screen_text(pilot).splitlines()) if "The first" in text)
        await pilot.click(offset=(20, row))
        await wait_until(pilot, lambda: "has two lines" in told(pilot, "#entry"), "the whole entry")
        assert "happened 21:40, written 21:40" in told(pilot, "#entry")
    desk.journal.close()


async def test_hostile_words_are_only_read_and_found(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    noted(desk, key, HOSTILE)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot, key)
        await pilot.press("slash", *keys("[/b"))
        await shows(pilot, "evil")
        assert not {"\x1b", "\x07", "\u202e"} & set(screen_text(pilot))
        assert isinstance(pilot.app.screen.query_one(Input), Input)
        await pilot.press("escape", "n")
        await front(pilot, FormScreen)
    desk.journal.close()


async def test_many_entries_are_built_a_page_at_a_time_and_forgotten_again(
    app: DeskApp, open_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    key = declared(desk)
    for number in range(700):
        noted(desk, key, f"Seen {number}")
    built: list[int] = []
    whole = Timeline.items

    def counted(timeline: Timeline, seqs: Sequence[int]) -> list[Item]:
        built.extend(seqs)
        return whole(timeline, seqs)

    monkeypatch.setattr(Timeline, "items", counted)
    async with app.run_test(size=(80, 24)) as pilot:
        listed = await open_timeline(pilot, key)
        assert len(built) <= 256
        await pilot.press("home")
        await shows(pilot, "Incident declared")
        assert len(built) < listed.count
        screen = pilot.app.screen
        assert isinstance(screen, TimelineScreen)
        for _ in range(60):
            await pilot.press("pagedown")
        await shows(pilot, "Seen 699")
        assert len(screen._items) <= KEPT
    desk.journal.close()


def test_a_page_reads_like_the_whole_whatever_was_corrected(
    open_desk: Callable[[], Desk], clock: Clock
) -> None:
    """The one builder, a part at a time: the same lines in the same order, also after times moved."""
    desk = open_desk()
    key = declared(desk)
    first = noted(desk, key, "One")
    clock.pass_minutes(10)
    second = noted(desk, key, "Two", when=When(clock.moment.replace(minute=45)))
    timeline = desk.timeline(case_of(desk, key))
    before = len(timeline)
    clock.pass_minutes(10)
    noted(desk, key, "Three")
    moved = intents.Correct(first, None, "", happened=clock.moment, because="typed too fast")
    assert isinstance(desk.act(key, moved, ADA), Saved)
    said = intents.Correct(second, None, "Two, and loud", because="more")
    assert isinstance(desk.act(key, said, ADA), Saved)
    assert isinstance(desk.act(key, intents.RaiseSensitivity(second, "hr", None, "a person"), ADA), Saved)
    case = case_of(desk, key)
    timeline.bring_up_to_date(case)
    assert sorted(timeline.altered_since(before)) == [first, second, second]
    whole = build(desk.entries(case), case.state)
    for one in (timeline, Timeline(desk.journal, case)):
        assert list(one.seqs) == [item.seq for item in whole]
        pages = [item for start in range(0, len(whole), 3) for item in one.items(one.seqs[start : start + 3])]
        assert pages == whole
        assert one.closer == kept_closer(desk.entries(case))
    desk.journal.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("PARTNER", True),
        ("partner ada", True),
        ("partner ben", False),
        ("by:ada kind:note", True),
        ("by:partner", False),
        ("step:capture", False),
        ("#3", True),
        ("by:", True),
    ],
)
def test_what_is_typed_is_looked_for_where_it_is_asked_for(
    open_desk: Callable[[], Desk], typed: str, *, found: bool
) -> None:
    desk = open_desk()
    key = declared(desk)
    seq = noted(desk, key, "The partner wrote")
    case = case_of(desk, key)
    (item,) = [item for item in build(desk.entries(case), case.state) if item.seq == seq]
    assert fits(item, narrowed(typed)) is found
    desk.journal.close()


async def test_a_long_entry_is_read_whole_by_enter(app: DeskApp, open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    key = declared(desk)
    noted(desk, key, "\n".join(f"line {number} of the note" for number in range(200)))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot, key)
        assert "line 150 of" not in screen_text(pilot)
        await pilot.press("enter")
        await shows(pilot, "Entry 3")
        await pilot.press("pagedown", "pagedown")
        await shows(pilot, "line 45 of")
        await pilot.press("end")
        await shows(pilot, "line 199 of")
        await pilot.press("escape")
        await shows(pilot, "Timeline")
    desk.journal.close()
