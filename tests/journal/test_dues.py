"""What falls due is a table of its own: filled by every entry that changes it, across incidents, and proved against the log."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisisdesk.desk import NO_MANNER, Desk, Machine, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.rows import DueRow

ADA = Speaker("Ada Okoro")
BEGIN = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one incident, at a time that stands still."""
    made = Desk.open(tmp_path / "desk.db", Machine("tester", "host"), now=lambda: BEGIN)
    saved = made.declare(intents.Declare("A post", "", "", ""), "employee-post", ADA, NO_MANNER)
    assert isinstance(saved, Saved)
    yield made
    assert made.verify() == []
    made.journal.close()


def done(desk: Desk, *wanted: Intent, by: str = "Ada Okoro") -> None:
    """Carry intents out that must be accepted."""
    for intent in wanted:
        saved = desk.act("1", intent, Speaker(by))
        assert isinstance(saved, Saved), saved


def of_kind(desk: Desk, kind: str) -> list[DueRow]:
    """The rows of one kind."""
    return [row for row in desk.dues() if row.kind == kind]


def test_steps_come_with_their_owner_and_go_when_they_are_done(desk: Desk) -> None:
    [pause] = [row for row in of_kind(desk, "step") if row.what == "pause-posts"]
    assert pause.due
    assert pause.state == "ready"
    done(desk, intents.AssignStep("pause-posts", "Ben Lindqvist"))
    assert [row.owner for row in desk.dues() if row.what == "pause-posts"] == ["Ben Lindqvist"]
    done(desk, intents.SkipStep("pause-posts", "nothing is scheduled"))
    assert not [row for row in desk.dues() if row.what == "pause-posts"]


def test_promises_the_first_word_enquiries_and_silences(desk: Desk) -> None:
    assert [row.owner_role for row in of_kind(desk, "first word")] == ["comms-lead"]
    done(
        desk,
        intents.TakeRole("comms-lead", "Eli Novak", "hers tonight"),
        intents.PromiseUpdate(BEGIN + timedelta(minutes=40), "more by half past"),
        intents.LogEnquiry("Dee", "who is it?", outlet="The Daily", due=BEGIN + timedelta(hours=1)),
        intents.KeepSilent("nothing is asked", BEGIN + timedelta(hours=2)),
    )
    [update] = of_kind(desk, "update")
    assert (update.what, update.title, update.owner) == ("public", "more by half past", "Eli Novak")
    assert update.due == "2026-11-22T22:20:00.000Z"
    [asked] = of_kind(desk, "enquiry")
    assert (asked.title, asked.owner) == ("Dee, The Daily", "Eli Novak")
    assert [row.due for row in of_kind(desk, "look again")] == ["2026-11-22T23:40:00.000Z"]
    done(desk, intents.AnswerEnquiry(int(asked.what), "no comment"))
    assert not of_kind(desk, "enquiry")


def test_an_approval_waits_for_each_role_with_its_stand_in(desk: Desk) -> None:
    done(
        desk,
        intents.TakeRole("legal", "Mira Chen"),
        intents.DraftStatement("values", "x", text="We know."),
        intents.SubmitStatement("values"),
    )
    rows = {row.owner_role: row for row in of_kind(desk, "approval")}
    assert rows["legal"].owner == "Mira Chen"
    assert rows["legal"].stand_in_role
    assert rows["legal"].title == "'values' for x, version 1"
    done(desk, intents.DraftStatement("values", "x", text="We know more."))
    assert not of_kind(desk, "approval"), "a new version is not submitted yet"


def test_a_clock_is_loud_and_names_who_decides_about_it(desk: Desk) -> None:
    done(desk, intents.TakeRole("dpo", "Mira Chen"), intents.TakeRole("legal", "Mira Chen", "alone tonight"))
    done(desk, intents.StartClock("gdpr-33", BEGIN), by="Mira Chen")
    [clock] = of_kind(desk, "clock")
    assert (clock.owner, clock.loud) == ("Mira Chen", 1)
    assert clock.due == "2026-11-25T21:40:00.000Z"
    done(desk, intents.SubmitClock("gdpr-33", "ref 1"), by="Mira Chen")
    assert not of_kind(desk, "clock")


def test_a_step_at_the_worst_level_is_loud(desk: Desk) -> None:
    assert not any(row.loud for row in of_kind(desk, "step"))
    done(desk, intents.SetSeverity("sev1", "a child is at risk"))
    assert all(row.loud for row in of_kind(desk, "step"))


def test_a_note_leaves_them_alone_and_closing_leaves_only_what_comes_after(desk: Desk) -> None:
    before = desk.dues()
    done(desk, intents.LogNote("seen"))
    assert desk.dues() == before
    done(desk, intents.StandDown("it is over"), intents.Close("left open knowingly"))
    kinds = {row.kind for row in desk.dues()}
    assert kinds <= {"step", "review"}
    assert all(row.due > "2026-11-24" for row in desk.dues())


def test_between_two_instants_and_no_more_than_asked_for(desk: Desk) -> None:
    every = desk.dues()
    assert every == sorted(every, key=lambda row: row.due)
    assert desk.dues(limit=2) == every[:2]
    until = (BEGIN + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert desk.dues(every[0].due, until) == [row for row in every if every[0].due < row.due <= until]


def test_a_row_that_somebody_changed_is_found(desk: Desk, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk.db") as other:
        other.execute("UPDATE dues SET owner = 'Nobody'")
    assert any("'dues'" in str(fault) for fault in desk.verify())
    done(desk, intents.TakeRole("legal", "Mira Chen"))  # the next entry writes them anew
