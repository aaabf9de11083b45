"""The calendar, read by a calendar library: what is in it, and what hostile words cannot put into it."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from crisisdesk.domain import intents as want
from crisisdesk.domain.summary import FollowUp, Summary, summarise
from crisisdesk.domain.text import shown
from crisisdesk.reports import NotWritten
from crisisdesk.reports.as_ics import Dated, calendar_ics, follow_ups
from tests.domain.brief_night import full_night
from tests.domain.sample import COMMS, OTHER
from tests.reports.outgoing import HOSTILE, busy, hostile, night
from tests.reports.sample_night import Log

PROPERTIES = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE",
    "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "CATEGORIES", "PRIORITY",
}  # fmt: skip


def events(summary: Summary, *more: Dated) -> dict[str, Any]:
    calendar = Calendar.from_ical(calendar_ics(summary, more))
    assert not calendar.errors
    found = list(calendar.walk("VEVENT"))
    assert not [error for event in found for error in event.errors]
    keys = [str(event["UID"]) for event in found]
    assert len(set(keys)) == len(keys)
    return {
        key.removesuffix(f".{summary.stream}@crisisdesk"): event
        for key, event in zip(keys, found, strict=True)
    }


def test_clocks_promises_revisits_steps_and_enquiries_are_there_with_their_due_times() -> None:
    found = events(busy())
    assert {key: str(event["SUMMARY"]) for key, event in found.items() if not key.startswith("step-")} == {
        "clock-regulator": "INC-0001 · legal clock: Tell the regulator",
        "14": "INC-0001 · internal update: A word to all staff",
        "10": "INC-0001 · decision to look at again: Choose the line",
        "17": "INC-0001 · enquiry: Answer Dee Hart, Evening paper",
    }
    assert found["step-tell-counsel"].decoded("DTSTART") == datetime(2026, 11, 20, 22, 5, tzinfo=UTC)
    clock = found["clock-regulator"]
    assert clock.decoded("DTSTART") == datetime(2026, 11, 23, 20, 55, tzinfo=UTC)
    assert "Not legal advice: have counsel check." in str(clock["DESCRIPTION"])
    assert str(clock["STATUS"]) == "CONFIRMED"
    assert {event.decoded("DTSTAMP") for event in found.values()} == {
        datetime(2026, 11, 20, 21, 11, tzinfo=UTC)
    }


def test_what_is_done_is_not_in_the_calendar() -> None:
    found = events(night())
    assert sorted(found) == ["14", "17"]
    assert str(found["17"]["SUMMARY"]) == "INC-0001 · public update: The next update, promised with #17"
    assert all("GMT" in str(event["DESCRIPTION"]) for event in found.values())


def test_a_date_keeps_its_id_when_the_log_goes_on_and_its_number_rises() -> None:
    told = full_night()
    before = events(summarise(told.entries, told.state, told.now))
    told.wait(minutes=5).do(want.StartStep("pause-posts"), COMMS)
    after = events(summarise(told.entries, told.state, told.now))
    assert set(before) == set(after)
    assert int(after["14"]["SEQUENCE"]) > int(before["14"]["SEQUENCE"])


def test_a_clock_that_was_submitted_says_so_and_one_that_was_dismissed_is_cancelled() -> None:
    told = full_night()
    told.do(want.SubmitClock("regulator"), OTHER)
    summary = summarise(told.entries, told.state, told.now)
    assert (
        str(events(summary)["clock-regulator"]["SUMMARY"])
        == "INC-0001 · legal clock: Submitted: Tell the regulator"
    )
    dismissed = summary._replace(clocks=tuple(one._replace(standing="dismissed") for one in summary.clocks))
    assert str(events(dismissed)["clock-regulator"]["STATUS"]) == "CANCELLED"


def test_silence_is_looked_at_again_until_something_was_said() -> None:
    told = full_night()
    told.do(want.KeepSilent("nobody asks", told.now.replace(hour=23)))
    found = events(summarise(told.entries, told.state, told.now))
    assert [str(e["SUMMARY"]) for e in found.values() if "silence" in str(e["SUMMARY"])] == [
        "INC-0001 · silence to look at again: We say nothing for now"
    ]
    told.do(want.SendUpdate("We are looking into it."), COMMS)
    found = events(summarise(told.entries, told.state, told.now))
    assert not [e for e in found.values() if "silence" in str(e["SUMMARY"])]


def test_a_drill_says_so_in_every_title() -> None:
    found = events(night(drill=True, closed=False))
    assert found
    assert all(str(event["SUMMARY"]).startswith("DRILL · DRILL-0001 · ") for event in found.values())
    calendar = Calendar.from_ical(calendar_ics(night(drill=True)))
    assert str(calendar["X-WR-CALNAME"]).startswith("DRILL · ")


def test_more_dates_come_with_them_at_a_time_or_for_a_whole_day() -> None:
    review = Dated("review", "2026-12-01", "Review the night", "Bring the log.", "review")
    again = Dated(
        "follow-up-3", "2026-12-02T09:00:00.000Z", "Is the queue's access mended?", kind="follow-up"
    )
    found = events(night(), review, again, again)
    assert found["review"].decoded("DTSTART") == date(2026, 12, 1)
    assert found["review"].decoded("DTEND") == date(2026, 12, 2)
    assert "Bring the log." in str(found["review"]["DESCRIPTION"])
    assert found["follow-up-3"].decoded("DTSTART") == datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert "follow-up-3-2" in found


def test_follow_ups_that_are_open_can_be_given_with_them() -> None:
    open_one = FollowUp("Mend the queue's access", "Bo Lind", "", "2026-12-02T09:00:00.000Z", "", "open", "", "", False, (), 19)  # fmt: skip
    summary = night()._replace(
        follow_ups=(open_one._replace(seq=30), open_one._replace(seq=31, standing="done"), open_one)
    )
    found = events(summary, *follow_ups(summary))
    assert str(found["30"]["SUMMARY"]) == "INC-0001 · follow-up: Mend the queue's access"
    assert "Owner: Bo Lind" in str(found["30"]["DESCRIPTION"])
    assert "31" not in found
    assert str(found["19"]["SUMMARY"]) == "INC-0001 · follow-up: (personal data, entry 19)"


def test_an_incident_without_any_date_is_refused_in_a_sentence() -> None:
    log = Log()
    log.declare()
    bare = night()._replace(clocks=(), steps=(), promises=(), open_items=(), enquiries=(), silences=())
    with pytest.raises(NotWritten, match="Nothing of INC-0001 has a date for a calendar"):
        calendar_ics(bare)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words_and_no_line_is_wider_than_a_calendar_reads(text: str) -> None:
    summary = hostile(text)
    data = calendar_ics(summary, [Dated(text, "2026-12-01", text, text, text)])
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode() == shown(line.decode())
        assert b"\n" not in line
        assert b"\r" not in line
    unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")
    assert unfolded.count("BEGIN:VEVENT") == len(events(summary)) + 1
    assert {re.split("[;:]", line)[0] for line in unfolded if line} <= PROPERTIES


def test_words_kept_closer_are_not_in_a_calendar_that_many_share() -> None:
    data = calendar_ics(busy()).replace(b"\r\n ", b"").decode()
    assert "Ann Ree" not in data
    assert "(personal data\\, entry 19)" in data


def test_the_calendar_is_the_same_bytes_every_time() -> None:
    assert calendar_ics(busy()) == calendar_ics(busy())
