"""A file of the version before is brought up to date when it is opened: nothing is lost, and every read model fits the log."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisisdesk.desk import NO_MANNER, Case, Desk, JournalTrouble, Machine, Saved, Speaker
from crisisdesk.desk.states import States
from crisisdesk.domain import intents
from crisisdesk.domain.rows import TABLES
from crisisdesk.journal import Conflict, open_journal
from crisisdesk.journal.schema import USER_VERSION

ADA = Speaker("Ada Okoro")
MACHINE = Machine("tester", "host")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A desk with two incidents, in a file as version 1 had it: without the tables that version 2 added."""
    path = tmp_path / "desk.db"
    desk = Desk.open(path, MACHINE)
    for _ in range(2):
        declared = desk.declare(intents.Declare("A post", "", "", ""), "employee-post", ADA, NO_MANNER)
        assert isinstance(declared, Saved)
    for intent in (
        intents.LogEnquiry("Dee", "who is it?"),
        intents.FreezeQueue("Scheduler", "@ours"),
        intents.DraftStatement("holding", "x", text="We know."),
        intents.Attach(link="https://x.example/1"),
    ):
        assert isinstance(desk.act("2", intent, ADA), Saved)
    desk.journal.close()
    with sqlite3.connect(path) as db:
        for table in (*TABLES, "dues"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name > 'm002'")
        db.execute("PRAGMA user_version = 1")
    return path


def test_an_older_file_gets_its_tables_and_they_fit_the_log(older: Path) -> None:
    with sqlite3.connect(older) as db:
        before = db.execute("SELECT position, hash FROM entries ORDER BY position").fetchall()
    desk = Desk.open(older, MACHINE)
    assert desk.verify() == []
    desk.journal.close()
    with sqlite3.connect(older) as db:
        assert db.execute("SELECT position, hash FROM entries ORDER BY position").fetchall() == before
        assert db.execute("SELECT who, question FROM enquiries").fetchall() == [("Dee", "who is it?")]
        assert db.execute("SELECT incident, text FROM statements").fetchall() == [("INC-0002", "We know.")]
        assert db.execute("SELECT count(*) FROM role_intervals").fetchone() == (2,)
        assert db.execute("PRAGMA user_version").fetchone() == (USER_VERSION,)


def test_once_filled_it_is_only_opened(older: Path) -> None:
    first = open_journal(older)
    assert first.unfilled()
    first.close()
    Desk.open(older, MACHINE).journal.close()
    again = open_journal(older)
    assert not again.unfilled()
    again.close()


def test_rows_made_before_somebody_wrote_are_not_kept(older: Path) -> None:
    desk, other = Desk.open(older, MACHINE), Desk.open(older, MACHINE)
    case = desk.case("2")
    assert isinstance(case, Case)
    rows = States(desk.journal).all_rows(case.state.stream)
    assert isinstance(other.act("2", intents.LogNote("meanwhile"), ADA), Saved)
    with pytest.raises(Conflict):
        desk.journal.replace_rows([rows])
    assert desk.verify() == []
    desk.journal.close()
    other.journal.close()


def test_what_was_brought_up_to_date_and_not_filled_is_filled_later(older: Path) -> None:
    """Whoever opened it may have been killed between the new tables and their rows."""
    open_journal(older).close()
    desk = Desk.open(older, MACHINE)
    assert desk.verify() == []
    desk.journal.close()


def test_a_file_of_a_newer_program_is_refused_and_left_alone(older: Path) -> None:
    with sqlite3.connect(older) as db:
        db.execute(f"PRAGMA user_version = {USER_VERSION + 1}")
    before = older.read_bytes()
    with pytest.raises(JournalTrouble, match="newer"):
        open_journal(older)
    assert older.read_bytes() == before


def test_a_file_of_version_2_gets_what_falls_due(older: Path) -> None:
    Desk.open(older, MACHINE).journal.close()
    with sqlite3.connect(older) as db:
        db.execute("DROP TABLE dues")
        db.execute("DROP TABLE follow_ups")
        db.execute("DELETE FROM _sqlite_migrations WHERE name > 'm003'")
        db.execute("PRAGMA user_version = 2")
    desk = Desk.open(older, MACHINE)
    assert desk.dues()
    assert desk.verify() == []
    desk.journal.close()


def test_a_file_of_version_3_gets_follow_ups(older: Path) -> None:
    Desk.open(older, MACHINE).journal.close()
    with sqlite3.connect(older) as db:
        db.execute("DROP TABLE follow_ups")
        db.execute("DELETE FROM _sqlite_migrations WHERE name > 'm004'")
        db.execute("PRAGMA user_version = 3")
    desk = Desk.open(older, MACHINE)
    asked = intents.AddFollowUp("Capture first", "Ben", datetime(2031, 1, 1, tzinfo=UTC))
    assert isinstance(desk.act("2", asked, ADA), Saved)
    assert desk.verify() == []
    desk.journal.close()
    with sqlite3.connect(older) as db:
        assert db.execute("SELECT incident, what, owner FROM follow_ups").fetchall() == [
            ("INC-0002", "Capture first", "Ben")
        ]
