"""Times as people type them, as they are stored, and as they are shown."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crisisdesk.domain.times import NotATime, Toward, clock, full, instant, left, read_time, spell, stamp

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """An instant, from its usual ISO form."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "toward", "expected"),
    [
        ("now", "past", "2026-11-22T12:00Z"),
        ("11:30", "past", "2026-11-22T11:30Z"),
        ("12:00", "past", "2026-11-22T12:00Z"),
        ("12:01", "past", "2026-11-21T12:01Z"),
        ("9:05", "past", "2026-11-22T09:05Z"),
        ("11:59:30", "past", "2026-11-22T11:59:30Z"),
        ("12:00", "future", "2026-11-23T12:00Z"),
        ("12:01", "future", "2026-11-22T12:01Z"),
        ("11:30", "future", "2026-11-23T11:30Z"),
        ("2026-11-20 21:38", "past", "2026-11-20T21:38Z"),
        ("2026-07-01 21:38", "past", "2026-07-01T20:38Z"),
        ("2026-07-01T21:38", "past", "2026-07-01T20:38Z"),
        ("2026-07-01T21:38:10", "past", "2026-07-01T20:38:10Z"),
        ("2026-11-20T21:38+02:00", "past", "2026-11-20T19:38Z"),
        ("2026-11-20T21:38Z", "past", "2026-11-20T21:38Z"),
        (" 5  minutes ago ", "past", "2026-11-22T11:55Z"),
        ("5m ago", "past", "2026-11-22T11:55Z"),
        ("2 Hours ago", "past", "2026-11-22T10:00Z"),
        ("1 day ago", "past", "2026-11-21T12:00Z"),
        ("in 20 min", "future", "2026-11-22T12:20Z"),
        ("in 3 d", "future", "2026-11-25T12:00Z"),
    ],
)
def test_a_time_is_read_as_typed(typed: str, toward: Toward, expected: str) -> None:
    """A bare time of day is the latest for what happened and the next for promises; the rest says its day."""
    assert read_time(typed, NOON, LONDON, toward) == at(expected)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "24:00", "12:60", "21:38:75", "2026-13-01 10:00", "2026-02-30 10:00", "25:00 ago", "2026-11-22 24:30", "1 year ago", "21.38", "0001-01-01T00:00+23:00"],
)  # fmt: skip
def test_what_is_no_time_is_said_so(typed: str) -> None:
    """What cannot be read is refused with what to write; nothing typed fails."""
    found = read_time(typed, NOON, LONDON, "past")
    assert isinstance(found, NotATime)
    assert "is not a time" in found.sentence


@pytest.mark.parametrize(
    ("typed", "now", "toward"),
    [
        ("01:30", "2026-10-25T12:00Z", "past"),
        ("01:30", "2026-10-24T23:00Z", "future"),
        ("2026-10-25 01:30", "2026-10-30T12:00Z", "past"),
    ],
)
def test_the_doubled_hour_asks(typed: str, now: str, toward: Toward) -> None:
    """An hour that comes twice is asked for with both readings to choose from."""
    found = read_time(typed, at(now), LONDON, toward)
    assert isinstance(found, NotATime)
    assert "comes twice on 2026-10-25" in found.sentence
    assert "2026-10-25T01:30+0100 or 2026-10-25T01:30+0000" in found.sentence
    for answer in ("2026-10-25T01:30+0100", "2026-10-25T01:30+0000"):
        assert read_time(answer, at(now), LONDON, toward) == at(answer)


@pytest.mark.parametrize(
    ("typed", "now", "toward"),
    [
        ("01:30", "2026-03-29T12:00Z", "past"),
        ("01:30", "2026-03-28T22:00Z", "future"),
        ("2026-03-29 01:30", "2026-04-01T12:00Z", "past"),
    ],
)
def test_the_missing_hour_is_no_time(typed: str, now: str, toward: Toward) -> None:
    """An hour that the clock skips does not exist."""
    found = read_time(typed, at(now), LONDON, toward)
    assert isinstance(found, NotATime)
    assert "does not exist on 2026-03-29" in found.sentence


@pytest.mark.parametrize(
    ("now", "toward", "expected"),
    [
        ("2026-10-25T12:00Z", "future", "2026-10-26T01:30Z"),
        ("2026-10-24T23:30Z", "past", "2026-10-24T00:30Z"),
        ("2026-03-29T12:00Z", "future", "2026-03-30T00:30Z"),
        ("2026-03-29T00:15Z", "past", "2026-03-28T01:30Z"),
    ],
)
def test_a_clock_change_the_other_way_does_not_matter(now: str, toward: Toward, expected: str) -> None:
    """Half past one on another day is plain, though today's would be doubled or missing."""
    assert read_time("01:30", at(now), LONDON, toward) == at(expected)


@pytest.mark.parametrize("toward", ["past", "future"])
@settings(max_examples=200, deadline=None)
@given(
    typed=st.one_of(
        st.text(),
        st.from_regex(r"[0-9]{1,4}[-: ][0-9]{1,2}[-: T][0-9]{1,2}( [0-9]{1,2}:[0-9]{2})?", fullmatch=True),
    )
)
@example(typed="0001-01-01 00:00")
@example(typed="9999-12-31 23:59")
def test_anything_typed_is_a_time_or_a_sentence(toward: Toward, typed: str) -> None:
    """Reading never fails; what is read is an instant in UTC."""
    found = read_time(typed, NOON, LONDON, toward)
    assert isinstance(found, NotATime) or found.utcoffset() == timedelta(0)


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_a_stored_instant_is_read_back_to_the_millisecond(moment: datetime) -> None:
    """Storing loses less than a millisecond, sorts as time does, and is read only in its own form."""
    text = stamp(moment)
    assert timedelta(0) <= moment - instant(text) < timedelta(milliseconds=1)
    assert stamp(instant(text)) == text


@pytest.mark.parametrize(
    "text", ["", "2026-11-22", "2026-11-22T21:38:00Z", "2026-11-22T21:38:00.000+", "2026-99-22T21:38:00.000Z"]
)
def test_another_form_is_no_stored_instant(text: str) -> None:
    """Only what is stored is read back."""
    with pytest.raises(ValueError):
        instant(text)


def test_an_instant_is_shown_in_the_zone() -> None:
    """Times carry their date unless it is today's, and the whole form its zone."""
    summer = at("2026-07-01T20:38Z")
    assert clock(summer, LONDON) == "1 Jul 21:38"
    assert clock(summer, LONDON, summer + timedelta(hours=1)) == "21:38"
    assert clock(summer, LONDON, summer + timedelta(hours=3)) == "1 Jul 21:38"
    assert full(summer, LONDON) == "2026-07-01 21:38 BST"
    assert full(NOON, LONDON) == "2026-11-22 12:00 GMT"


@pytest.mark.parametrize(
    ("seconds", "spelt", "shown"),
    [
        (0, "0 min", "due now"),
        (1, "0 min", "1 s left"),
        (119, "1 min", "119 s left"),
        (120, "2 min", "2 min left"),
        (3599, "59 min", "59 min left"),
        (3600, "1 h", "1 h left"),
        (5700, "1 h 35 min", "1 h 35 min left"),
        (86400, "1 d", "1 d left"),
        (266400, "3 d 2 h", "3 d 2 h left"),
        (-30, "0 min", "due now"),
        (-240, "4 min", "late 4 min"),
    ],
)
def test_how_long_is_said_in_whole_minutes(seconds: int, spelt: str, shown: str) -> None:
    """Spans are spelt in minutes, hours and days; seconds only in the last two minutes."""
    assert spell(timedelta(seconds=seconds)) == spelt
    assert left(NOON + timedelta(seconds=seconds), NOON) == shown
