"""What goes in comes out: entries, words, pins, evidence, rows; and who was first."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisisdesk.domain.chain import GENESIS, seal
from crisisdesk.domain.entries import DESK_STREAM, Entry, IncidentBorn, NoteLogged, StepDone, UnknownKind
from crisisdesk.journal import Conflict, Head, Journal, JournalTrouble, Pin, open_journal
from crisisdesk.journal.lock import FileLock
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import NOON, STREAM, ask, chain, facing, incident, note, raw, rows, step

HOSTILE = {
    "nul": "before\0after",
    "surrogate": "lone \ud800 and \udfff",
    "emoji": "👩🏽\u200d🚒 é e\u0301 \u202e evil \x1b[2J",
    "sql": "'); DROP TABLE entries; --",
    "long": "wörd\n" * 20_000,
    "empty": "",
}


def test_the_engine_keeps_the_contract(path: Path) -> None:
    journal: Journal = open_journal(path)
    assert journal.head(STREAM) == Head(0, GENESIS)
    journal.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_words_and_columns_comes_back_as_it_was(path: Path, name: str) -> None:
    text = HOSTILE[name]
    event = StepDone(step=text, owner_role="lead", owner=text, due={text: NOON}, deviation=text)
    entry = seal(
        STREAM, 1, GENESIS, event, {"note": text}, "ab", facing("a:1", author=text, late_because=text)
    )
    with_row = rows(title=text)
    journal = SqliteJournal(path)
    [written] = journal.append(
        [entry], [with_row], [Pin("p", "playbook", text, text, {text: text.encode(errors="replace")})]
    )
    assert written == entry._replace(position=1)
    journal.close()
    again = SqliteJournal(path)
    assert again.read(STREAM) == [written]
    assert again.incidents() == [with_row.incident]
    assert again.pin("p") == Pin("p", "playbook", text, text, {text: text.encode(errors="replace")})
    assert again.compiled("p") == text
    assert [
        fault
        for fault in again.verify()
        if "pinned" not in fault.sentence and "kept as p" not in fault.sentence
    ] == []
    again.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_any_text_at_all_comes_back(journal: SqliteJournal, author: str, said: str) -> None:
    head = journal.head(STREAM)
    entry = note(head, f"any-{head.seq}:1", {"text": said}, author=author)
    [written] = journal.append([entry], [])
    assert journal.read(STREAM, head.seq) == [written] == [entry._replace(position=written.position)]


def test_reading_pages_and_leaves_words_out(journal: SqliteJournal) -> None:
    written = journal.append(chain(5), [])
    assert [entry.position for entry in written] == [1, 2, 3, 4, 5]
    assert journal.read(STREAM, after=1, limit=2) == written[1:3]
    assert journal.read(STREAM, after=4) == written[4:]
    assert journal.read("nobody") == []
    bare = journal.read(STREAM, words=False)
    assert [entry.words for entry in bare] == [{}] * 5
    assert [entry.header for entry in bare] == [entry.header for entry in written]


def test_words_of_some(journal: SqliteJournal) -> None:
    first = note(Head(), "a:1")
    empty = note(Head(1, first.hash), "b:1", {})
    journal.append([first, empty], [])
    assert journal.words(STREAM, [1, 2, 3]) == {1: {"text": "note a:1"}}
    assert journal.words(STREAM, range(1, 2000)) == {1: {"text": "note a:1"}}
    assert journal.words(STREAM, []) == {}


def test_of_intent_finds_its_entries_in_order_and_no_others(journal: SqliteJournal) -> None:
    born = note(
        Head(), "ab:1", stream=DESK_STREAM, event=IncidentBorn(STREAM, "INC-0007", GENESIS, birth_drill=False)
    )
    first = note(Head(), "ab:2")
    journal.append([born, first], [])
    journal.append([note(Head(1, first.hash), "abc:1")], [])
    assert [entry.header.id for entry in journal.of_intent("ab")] == ["ab:1", "ab:2"]
    assert [entry.header.id for entry in journal.of_intent("abc")] == ["abc:1"]
    assert journal.of_intent("a") == []
    assert journal.streams() == [DESK_STREAM, STREAM]


def test_who_comes_second_is_told_and_writes_nothing(journal: SqliteJournal, path: Path) -> None:
    [first] = journal.append(chain(1), [])
    other = SqliteJournal(path)
    other.append([note(Head(1, first.hash), "other:1")], [])
    with pytest.raises(Conflict):
        journal.append([note(Head(1, first.hash), "mine:1")], [rows()], files={"ff": b"x"})
    assert [entry.header.id for entry in journal.read(STREAM)] == [first.header.id, "other:1"]
    assert journal.incidents() == []
    with pytest.raises(JournalTrouble):
        journal.file("ff")
    other.close()


def test_one_stream_behind_holds_back_all_streams_of_an_append(journal: SqliteJournal) -> None:
    journal.append(chain(1), [])
    with pytest.raises(Conflict):
        journal.append([*chain(1, DESK_STREAM), note(Head(), "late:1")], [])
    assert journal.streams() == [STREAM]


def test_a_right_hash_under_a_wrong_number_is_a_conflict(journal: SqliteJournal) -> None:
    with pytest.raises(Conflict):
        journal.append([note(Head(4, GENESIS), "a:1")], [])


def test_the_same_intent_is_not_written_twice(journal: SqliteJournal) -> None:
    [first] = journal.append([note(Head(), "same:1")], [])
    for second in ("same:1", "same:2"):
        with pytest.raises(Conflict):
            journal.append([note(Head(1, first.hash), second)], [])
    assert journal.head(STREAM) == (1, first.hash)


def test_entries_that_do_not_follow_each_other_are_the_programs_mistake_and_not_written(
    journal: SqliteJournal,
) -> None:
    one, two, three = chain(3)
    with pytest.raises(JournalTrouble, match="own guard refused"):
        journal.append([one, three], [])
    assert journal.head(STREAM) == Head()
    assert journal.append([one, two], [])


def test_an_interrupt_in_the_middle_writes_nothing_and_leaves_the_journal_usable(
    journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_write_rows", interrupted)
        with pytest.raises(KeyboardInterrupt):
            journal.append(chain(1), [])
    assert journal.head(STREAM) == Head()
    assert journal.append(chain(1), [])


def test_rows_replace_what_was_there_of_that_incident_only(journal: SqliteJournal) -> None:
    journal.append(chain(1), [rows(), rows("other", "INC-0008", declared_at="2026-11-23T12:00:00.000Z")])
    head = journal.head(STREAM)
    fewer = rows(status="closed")._replace(steps=(step(1, "skipped"),))
    journal.append(chain(1, start=head), [fewer])
    assert [row.key for row in journal.incidents()] == ["INC-0008", "INC-0007"]
    assert [row.state for row in journal.steps(STREAM)] == ["skipped"]
    assert {row.key for row in journal.steps()} == {"INC-0008"}
    journal.replace_rows([fewer])
    assert journal.incidents() == [fewer.incident]


def test_actions_says_who_owns_what_and_what_is_late(journal: SqliteJournal, path: Path) -> None:
    open_steps = ("ready", "waiting", "started", "blocked")
    past = [
        step(n, state, NOON.replace("2026", "2020"))
        for n, state in enumerate((*open_steps, "done", "not applicable"), 1)
    ]
    future = step(7, "ready", NOON.replace("2026", "9026"))
    undated = step(8, "ready")
    journal.replace_rows([rows()._replace(steps=(*past, future, undated))])
    viewed = ask(path, "SELECT incident, title, step, owner, late FROM actions")
    assert viewed[0] == ("INC-0007", "A cup of coffee", "Step 1", "Ana", "late")
    assert [row[4] for row in viewed] == ["late"] * 4 + [""] * 4
    journal.replace_rows([rows(status="closed")])
    assert set(ask(path, "SELECT late FROM actions")) == {("",)}


def test_log_is_a_view_a_person_can_read(journal: SqliteJournal, path: Path) -> None:
    journal.append(chain(2), [])
    viewed = ask(path, "SELECT position, seq, author, kind, words FROM log")
    assert viewed[1] == (2, 2, "Ana", "note-logged", f'{{"text":"note {STREAM[:4]}-2:1"}}')


def test_find_takes_a_label_in_any_case_or_a_unique_beginning(journal: SqliteJournal) -> None:
    journal.replace_rows([rows(), rows("5b0c9999-x", "INC-0008"), rows("%%%%-y", "INC-0009")])
    assert journal.find("inc-0007") == incident()
    assert (journal.find("5B0C1") or incident(key="")).key == "INC-0007"
    for unknown in ("5b0c", "5b0", "%", "%%%%%", "____", "", "INC", "\ud800\ud800", "a\0b\0"):
        assert journal.find(unknown) is None


def test_pins_and_evidence_are_kept_once_and_missing_ones_said(journal: SqliteJournal) -> None:
    pin = Pin("p" * 64, "policy", "Policy", "{}", {"policy.yaml": b"a: 1\n", "common.yaml": b""})
    journal.append(chain(1), [], [pin, pin], {"ab": b"\0\xff"})
    journal.append(chain(1, start=journal.head(STREAM)), [], [pin], {"ab": b"\0\xff"})
    assert journal.pin(pin.hash) == pin
    assert journal.file("ab") == b"\0\xff"
    for missing in (journal.pin, journal.compiled, journal.file):
        with pytest.raises(JournalTrouble, match="is not in this journal"):
            missing("nothing")


def test_changed_tells_of_others_and_not_of_oneself(journal: SqliteJournal, path: Path) -> None:
    assert not journal.changed()
    [first] = journal.append(chain(1), [])
    assert not journal.changed()
    other = SqliteJournal(path)
    other.append(chain(1, start=Head(1, first.hash)), [])
    second = other.head(STREAM)
    journal.append(chain(1, "elsewhere"), [])
    assert journal.changed(), "what another wrote before one's own append is still news"
    assert not journal.changed()
    assert second.seq == 2
    other.close()


def test_a_kind_of_a_newer_program_is_read_as_unknown(journal: SqliteJournal, path: Path) -> None:
    made = note(Head(), "a:1")
    header = made.header._replace(kind="moon-landed")
    from crisisdesk.domain.chain import entry_hash

    journal.append([Entry(header, UnknownKind("moon-landed"), entry_hash(header), made.words, made.salt)], [])
    assert journal.read(STREAM)[0].event == UnknownKind("moon-landed")
    assert journal.verify() == []


def test_backup_is_a_whole_journal_and_overwrites_nothing(journal: SqliteJournal, tmp_path: Path) -> None:
    written = journal.append(chain(3), [rows()])
    to = tmp_path / "backup.db"
    journal.backup(to)
    assert to.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("backup.db*")) == [to]
    copy = SqliteJournal(to)
    assert copy.read(STREAM) == written
    assert copy.verify() == []
    copy.close()
    with pytest.raises(JournalTrouble, match="there already"):
        journal.backup(to)
    with pytest.raises(JournalTrouble, match="cannot be made"):
        journal.backup(tmp_path / "nowhere" / "backup.db")


def test_a_holder_of_the_lock_is_named(journal: SqliteJournal, path: Path) -> None:
    import os

    patient = SqliteJournal(path, wait=0.05)
    with (
        FileLock(path.with_name("desk.db.lock")),
        pytest.raises(JournalTrouble, match=f"process {os.getpid()} on "),
    ):
        patient.append(chain(1), [])
    assert patient.append(chain(1), [])
    patient.close()


def test_a_stranger_who_holds_the_database_is_spoken_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crisisdesk.journal.opening.BUSY_SECONDS", 0.01)
    journal = SqliteJournal(path)
    stranger = raw(path)
    stranger.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalTrouble, match="Another program") as caught:
        journal.append(chain(1), [])
    assert "Close other programs" in caught.value.remedy
    stranger.execute("ROLLBACK")
    stranger.close()
    assert journal.append(chain(1), [])
    journal.close()


def test_note_event_is_what_was_sealed(journal: SqliteJournal) -> None:
    journal.append(chain(1), [])
    assert journal.read(STREAM)[0].event == NoteLogged()
