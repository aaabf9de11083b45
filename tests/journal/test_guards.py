"""The database itself refuses: whatever tool opens the file, with whatever settings."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from crisisdesk.domain.entries import Header
from crisisdesk.domain.rows import IncidentRow, StepRow
from crisisdesk.journal import JournalTrouble, Pin
from crisisdesk.journal.schema import TABLES, TRIGGERS, VIEWS, differences
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import STREAM, ask, chain, raw, rows

SHA = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture(params=[True, False], ids=["recursive triggers", "sqlite3 as it comes"])
def stranger(
    journal: SqliteJournal, path: Path, request: pytest.FixtureRequest
) -> Iterator[sqlite3.Connection]:
    journal.append(chain(3), [rows()], [Pin("p", "policy", "P", "{}", {"f": b"x"})], {SHA: b"abc"})
    connection = raw(path)
    connection.execute(f"PRAGMA recursive_triggers = {int(request.param)}")
    yield connection
    connection.close()


def dump(connection: sqlite3.Connection) -> list[str]:
    return list(connection.iterdump())


_EVE = "'Eve'"


def _copied(**changes: str) -> str:
    columns = ["position", *Header._fields, "hash"]
    chosen = ", ".join(changes.get(name, name) for name in columns)
    return f"INTO entries ({', '.join(columns)}) SELECT {chosen} FROM entries WHERE seq = 2"


_NEXT = {
    "position": "4",
    "seq": "4",
    "id": "'new:1'",
    "prev_hash": "(SELECT hash FROM entries WHERE seq = 3)",
}

REFUSED = {
    "update an entry": "UPDATE entries SET author = 'Eve' WHERE seq = 2",
    "update or replace an entry": "UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 2",
    "update or ignore an entry": "UPDATE OR IGNORE entries SET seq = 1 WHERE seq = 2",
    "delete an entry": "DELETE FROM entries WHERE seq = 3",
    "delete all entries": "DELETE FROM entries",
    "replace an entry whole": f"INSERT OR REPLACE {_copied(author=_EVE)}",
    "replace at its position": "INSERT OR REPLACE " + _copied(**(_NEXT | {"position": "2"})),
    "replace by its id": "INSERT OR REPLACE " + _copied(**(_NEXT | {"id": "id"})),
    "replace by its number": "INSERT OR REPLACE " + _copied(**(_NEXT | {"seq": "seq"})),
    "upsert an entry": f"INSERT {_copied(author=_EVE)} AND true ON CONFLICT DO UPDATE SET author = 'Eve'",
    "leave a gap": "INSERT " + _copied(**(_NEXT | {"seq": "5"})),
    "leave a gap quietly": "INSERT OR IGNORE " + _copied(**(_NEXT | {"seq": "5"})),
    "jump in position": "INSERT " + _copied(**(_NEXT | {"position": "9223372036854775807"})),
    "fork the chain": "INSERT " + _copied(**(_NEXT | {"prev_hash": "prev_hash"})),
    "begin a stream at two": "INSERT " + _copied(**(_NEXT | {"stream": "'new'", "seq": "2"})),
    "begin a stream on another's head": "INSERT " + _copied(**(_NEXT | {"stream": "'new'", "seq": "1"})),
    "update words": "UPDATE bodies SET text = '{}'",
    "delete words without an erasure": "DELETE FROM bodies WHERE seq = 2",
    "replace words": "INSERT OR REPLACE INTO bodies SELECT stream, seq, salt, '{}' FROM bodies WHERE seq = 3",
    "replace older words": "INSERT OR REPLACE INTO bodies SELECT stream, seq, salt, '{}' FROM bodies WHERE seq = 1",
    "add words to nothing": "INSERT INTO bodies VALUES ('nobody', 1, '', '{}')",
    "update a pin": "UPDATE pinned SET compiled = '[]'",
    "delete a pin": "DELETE FROM pinned",
    "replace a pin": "INSERT OR REPLACE INTO pinned VALUES ('p', 'policy', 'P', '[]')",
    "update a pinned file": "UPDATE pinned_files SET bytes = x'00'",
    "delete a pinned file": "DELETE FROM pinned_files",
    "replace a pinned file": "INSERT OR REPLACE INTO pinned_files VALUES ('p', 'f', x'00')",
    "add a file to a pin": "INSERT INTO pinned_files VALUES ('p', 'g', x'00')",
    "update evidence": "UPDATE evidence SET bytes = x'616263'",
    "delete evidence": "DELETE FROM evidence",
    "replace evidence": f"INSERT OR REPLACE INTO evidence VALUES ('{SHA}', 1, x'00')",
}


@pytest.mark.parametrize("act", REFUSED)
def test_refused(stranger: sqlite3.Connection, act: str) -> None:
    before = dump(stranger)
    with pytest.raises(sqlite3.IntegrityError):
        stranger.execute(REFUSED[act])
    assert dump(stranger) == before


def test_the_next_entry_of_a_stranger_is_not_refused(stranger: sqlite3.Connection) -> None:
    """The refusals above come from what each of them gets wrong, not from something all of them get wrong."""
    stranger.execute(f"INSERT {_copied(**_NEXT)}")
    assert stranger.execute("SELECT max(seq) FROM entries").fetchone() == (4,)


def test_words_go_after_an_entry_that_erases_them_and_only_those(
    stranger: sqlite3.Connection, journal: SqliteJournal
) -> None:
    erasure = _NEXT | {"kind": "'words-erased'", "corrects": "2"}
    stranger.execute(f"INSERT {_copied(**erasure)}")
    stranger.execute("DELETE FROM bodies WHERE seq = 2")
    with pytest.raises(sqlite3.IntegrityError):
        stranger.execute("DELETE FROM bodies WHERE seq = 1")
    with pytest.raises(sqlite3.IntegrityError):
        stranger.execute(f"INSERT INTO bodies VALUES ('{STREAM}', 2, '', '{{}}')")
    assert journal.words(STREAM, [1, 2, 3]).keys() == {1, 3}


def test_columns_are_those_of_the_domain(stranger: sqlite3.Connection) -> None:
    def columns(table: str) -> tuple[str, ...]:
        return tuple(row[1] for row in stranger.execute(f"PRAGMA table_info({table})"))

    assert columns("entries") == ("position", *Header._fields, "hash")
    assert columns("incidents") == IncidentRow._fields
    assert columns("steps") == StepRow._fields


def test_every_table_is_strict_and_no_text_uses_json(stranger: sqlite3.Connection) -> None:
    strict = {row[1] for row in stranger.execute("PRAGMA table_list") if row[5]}
    assert strict >= set(TABLES)
    assert not any("json" in text.lower() for texts in (TABLES, VIEWS, TRIGGERS) for text in texts.values())


def test_a_new_file_has_the_expected_schema(stranger: sqlite3.Connection) -> None:
    assert differences(stranger) == []


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_dropped_trigger_stops_writing_and_is_named(journal: SqliteJournal, path: Path, name: str) -> None:
    written = journal.append(chain(1), [])
    ask(path, f"DROP TRIGGER {name}")
    with pytest.raises(JournalTrouble, match=f"'{name}' is missing"):
        journal.append(chain(1, start=journal.head(STREAM)), [])
    assert journal.read(STREAM) == written
    assert any(name in fault.sentence for fault in journal.verify())
    assert name in journal.warnings()[0]


def test_altered_guards_are_seen_at_opening_too(path: Path) -> None:
    SqliteJournal(path).close()
    stranger = raw(path)
    stranger.execute("DROP TRIGGER evidence_no_update")
    stranger.execute("CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT 1; END")
    stranger.execute("CREATE TRIGGER extra AFTER INSERT ON entries BEGIN DELETE FROM steps; END")
    stranger.execute("CREATE VIEW my_own AS SELECT 1")
    stranger.close()
    journal = SqliteJournal(path)
    with pytest.raises(
        JournalTrouble, match=r"'evidence_no_update' is different; the trigger 'extra' was added\. It can be"
    ):
        journal.append(chain(1), [])
    with pytest.raises(JournalTrouble):
        journal.replace_rows([])
    journal.close()
