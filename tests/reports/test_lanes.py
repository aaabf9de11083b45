"""The night in one picture: every role a lane, every mark an entry, nothing but shapes and words, the same bytes again."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from crisisdesk.domain.summary import Summary
from crisisdesk.domain.times import instant, stamp
from crisisdesk.reports import NotWritten, render
from crisisdesk.reports.graph.letters import width
from crisisdesk.reports.lanes import lanes_png, lanes_svg, picture
from crisisdesk.reports.lanes.acts import MOST, SORTS, lanes_of
from crisisdesk.reports.lanes.axis import Axis
from crisisdesk.reports.lanes.layout import SMALL, layout
from crisisdesk.reports.lanes.shapes import Drawing, Words
from tests.reports.outgoing import busy

SVG = "{http://www.w3.org/2000/svg}"
BEGIN = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def told() -> Summary:
    """The summary of the sample night."""
    return busy()


def words(svg: str) -> list[str]:
    """Return every line of words of a picture."""
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_every_mark_is_an_entry_and_its_lane_is_named(told: Summary) -> None:
    found = lanes_of(told)
    assert found.marks
    assert {one.seq for one in found.marks} <= {item.seq for item in told.items}
    said = words(lanes_svg(told))
    numbers = {one.rstrip("*") for one in said}
    assert {str(one.seq) for one in found.marks} <= numbers
    joined = " ".join(said)
    assert all(lane.split()[0] in joined for lane in found.lanes)
    assert found.zone in joined


def test_each_sign_can_be_told_without_colour(told: Summary) -> None:
    tree = ET.fromstring(lanes_svg(told))
    colours = {one.get(name, "none") for one in tree.iter() for name in ("fill", "stroke")} - {"none"}
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)
    said = words(lanes_svg(told))
    assert all(meaning in said for meaning in SORTS.values())


def test_the_same_bytes_again_and_a_picture_word_can_take(told: Summary) -> None:
    assert lanes_svg(told) == lanes_svg(told)
    assert lanes_png(told) == lanes_png(told)
    with Image.open(BytesIO(lanes_png(told))) as image:
        assert image.size[0] >= 2000
        assert image.info == {}


def test_hostile_words_are_only_words(told: Summary) -> None:
    text = '</text><script>x</script> & "\x1b[31m \u202e \ud800'
    items = tuple(item._replace(title=f"Step: {text}", owner_role=text) for item in told.items)
    svg = lanes_svg(told._replace(items=items, title=text))
    tags = {one.tag for one in ET.fromstring(svg).iter()}
    assert tags <= {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "text", "polyline", "polygon", "circle")
    }
    assert "\x1b" not in svg
    assert "\u202e" not in svg
    assert lanes_png(told._replace(items=items, title=text))


def test_nothing_that_happened_is_no_picture_in_a_document(told: Summary) -> None:
    empty = told._replace(items=(), key_moments=())
    assert picture(empty, drawn_as="svg") is None
    assert ET.fromstring(lanes_svg(empty)) is not None


def test_a_long_night_says_what_is_not_drawn(told: Summary) -> None:
    one = next(item for item in told.items if item.kind == "step-done")
    many = tuple(
        one._replace(seq=place, occurred_at=stamp(BEGIN + timedelta(minutes=place)))
        for place in range(1, 301)
    )
    found = lanes_of(told._replace(items=many, key_moments=(299,)))
    assert len(found.marks) == MOST
    assert found.not_drawn == 300 - MOST
    assert 299 in {mark.seq for mark in found.marks}
    assert "240 more marks are not drawn" in lanes_svg(told._replace(items=many))


def drawn(summary: Summary) -> Drawing:
    """Return the shapes of a picture."""
    return layout(lanes_of(summary))


def test_as_much_as_can_happen_at_once_stays_apart_and_on_one_page(told: Summary) -> None:
    one = next(item for item in told.items if item.kind == "step-done")
    many = tuple(one._replace(seq=place, occurred_at=stamp(BEGIN)) for place in range(1, MOST + 1))
    drawing = drawn(told._replace(items=many, key_moments=()))
    numbers = {shape.text: shape.y for shape in drawing.shapes if isinstance(shape, Words)}
    rows = sorted(numbers[str(place)] for place in range(1, MOST + 1))
    assert all(other - one >= SMALL for one, other in pairwise(rows))
    assert drawing.height / drawing.width < 257 / 170  # what a page of A4 has within its margins


def test_the_words_for_its_turns_stand_apart_within_the_picture(told: Summary) -> None:
    at = told.items[-1].occurred_at
    drawing = drawn(told._replace(stood_down_at=at, closed_at=stamp(instant(at) + timedelta(minutes=9))))
    turns = [
        shape for shape in drawing.shapes if isinstance(shape, Words) and shape.text in ("declared", "stood down", "closed")
    ]  # fmt: skip
    assert len(turns) == 3
    assert all(one.x + width(one.text, SMALL) < other.x for one, other in pairwise(turns))
    assert all(one.x > 0 and one.x + width(one.text, SMALL) < drawing.width for one in turns)
    together = drawn(told._replace(stood_down_at=at, closed_at=at))
    assert "stood down, closed" in [shape.text for shape in together.shapes if isinstance(shape, Words)]


def test_a_level_is_named_whole_or_not_at_all(told: Summary) -> None:
    first = told.severities[0]
    soon = first._replace(
        seq=9, at=stamp(instant(first.at) + timedelta(minutes=1)), level="SEV1", previous=first.level
    )
    later = first._replace(
        seq=10, at=stamp(instant(first.at) + timedelta(minutes=2)), level="SEV2", previous="SEV1"
    )
    shown = [
        shape.text
        for shape in drawn(told._replace(severities=(first, soon, later))).shapes
        if isinstance(shape, Words)
    ]
    assert not [word for word in shown if "…" in word and word.casefold().startswith("s")]


def test_an_audience_that_is_told_no_severities_gets_its_picture(told: Summary) -> None:
    few = told._replace(severities=())
    assert "Severity" not in words(lanes_svg(few))
    assert picture(few, drawn_as="svg") is not None


def test_a_copy_without_the_timeline_has_no_picture(told: Summary) -> None:
    public = told._replace(tells=("paragraph", "severity"), audience_title="for the public")
    assert picture(public, drawn_as="svg") is None
    with pytest.raises(NotWritten, match="for the public does not tell the timeline"):
        render(public, "svg")


def test_a_drill_says_so(told: Summary) -> None:
    assert any("DRILL" in line for line in words(lanes_svg(told._replace(drill=True))))


@given(st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=40))
def test_later_never_stands_before_earlier(minutes: list[int]) -> None:
    moments = [BEGIN + timedelta(minutes=each) for each in minutes]
    axis = Axis(moments, 100.0, 700.0)
    places = [axis.place(moment) for moment in sorted(moments)]
    assert places == sorted(places)
    assert all(100.0 <= place <= 700.01 for place in places)
    ticks = axis.ticks(UTC)
    assert ticks
    assert all(other - one >= 30 for (one, _), (other, _) in pairwise(ticks))
