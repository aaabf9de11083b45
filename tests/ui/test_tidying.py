"""Garbage waits until nobody types."""

import gc
from collections.abc import Iterator

import pytest

from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.tidying import REST, Tidying


class Ring:
    """Two of these that know each other are freed by a collection only."""

    freed = 0
    other: "Ring | None" = None

    def __del__(self) -> None:
        Ring.freed += 1


@pytest.fixture
def off() -> Iterator[None]:
    """Collection is off, as the command line leaves it, and as it was afterwards."""
    before = gc.get_threshold()
    gc.disable()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    gc.enable()


@pytest.mark.usefixtures("off")
def test_a_collection_waits_for_a_rest_and_comes_once() -> None:
    tidying = Tidying()
    tidying.begin()
    assert gc.isenabled()
    tidying.touched(100.0)
    one, other = Ring(), Ring()
    one.other, other.other = other, one
    before = Ring.freed
    del one, other
    tidying.look(100.0 + REST)
    assert Ring.freed == before
    tidying.look(100.1 + REST)
    assert Ring.freed == before + 2


def test_where_it_is_on_already_nothing_is_changed() -> None:
    before = gc.get_threshold()
    tidying = Tidying()
    tidying.begin()
    tidying.touched(1.0)
    tidying.look(100.0)
    assert gc.get_threshold() == before
    assert not gc.get_freeze_count()


async def test_a_line_is_kept_once_however_many_filters_there_are(app: DeskApp) -> None:
    """Textual keeps a copy of every line for every filter it is given, and a filter made anew is another filter."""
    async with app.run_test(size=(80, 24)):
        (first,) = app.get_line_filters()
        (second,) = app.get_line_filters()
        assert first is second
