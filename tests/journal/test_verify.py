"""Whoever walks past the triggers is seen by the hashes, at the first entry they touched."""

import json
import os
import random
from hashlib import sha256
from pathlib import Path

import pytest

from crisisdesk.domain.chain import body_hash, body_text, entry_hash
from crisisdesk.domain.entries import DESK_STREAM, Entry, EvidenceAttached, IncidentBorn
from crisisdesk.journal import Head, JournalTrouble, Pin, verify
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import STREAM, ask, chain, note, raw, rows, tamper

EVIDENCE = b"a picture"
SHA = sha256(EVIDENCE).hexdigest()
COMPILED = '{"a":1}'
PINNED = sha256(COMPILED.encode()).hexdigest()


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_PAGE", 2)
    monkeypatch.setattr(verify, "_SELECT_PAGE", verify._SELECT_PAGE.replace("LIMIT 1000", "LIMIT 2"))


@pytest.fixture
def filled(path: Path) -> Path:
    """A journal of two streams, with evidence and a pin, closed."""
    journal = SqliteJournal(path)
    entries = chain(5)
    attached = note(
        Head(5, entries[-1].hash),
        "e:1",
        {"name": "a.png"},
        event=EvidenceAttached(SHA, len(EVIDENCE), "image/png"),
    )
    born = note(
        Head(), "b:1", {}, DESK_STREAM, IncidentBorn(STREAM, "INC-0007", entries[0].hash, birth_drill=False)
    )
    journal.append(
        [*entries, attached, born], [rows()], [Pin(PINNED, "policy", "P", COMPILED, {})], {SHA: EVIDENCE}
    )
    assert journal.verify() == []
    journal.close()
    return path


def verified(path: Path, stream: str = "") -> list[tuple[str, int, str]]:
    journal = SqliteJournal(path)
    try:
        return [(fault.stream, fault.seq, fault.sentence) for fault in journal.verify(stream)]
    finally:
        journal.close()


@pytest.mark.parametrize(
    "column", ["author", "recorded_at", "data", "owner", "hash", "body_hash", "prev_hash", "corrects"]
)
def test_a_changed_header_is_named(filled: Path, column: str) -> None:
    value = {"data": '{"a":1}', "corrects": 2}.get(column, "f" * 64)
    tamper(filled, f"UPDATE entries SET {column} = ? WHERE stream = ? AND seq = 3", value, STREAM)
    faults = verified(filled)
    assert faults[0][:2] == (STREAM, 3)
    assert verified(filled, STREAM)[0] == faults[0]
    assert verified(filled, DESK_STREAM) == []


def test_changed_words_are_named(filled: Path) -> None:
    tamper(
        filled,
        "UPDATE bodies SET text = ? WHERE stream = ? AND seq = 4",
        body_text({"text": "nothing"}),
        STREAM,
    )
    assert verified(filled) == [(STREAM, 4, "The words of entry #4 were changed after they were written.")]


def test_a_changed_salt_is_named(filled: Path) -> None:
    tamper(filled, "UPDATE bodies SET salt = 'x' WHERE stream = ?", DESK_STREAM)
    assert verified(filled)[0][:2] == (DESK_STREAM, 1)


@pytest.mark.parametrize(("stream", "seq"), [(STREAM, 2), (DESK_STREAM, 1)])
def test_taken_words_are_named_even_of_an_entry_without_any(filled: Path, stream: str, seq: int) -> None:
    tamper(filled, "DELETE FROM bodies WHERE stream = ? AND seq = ?", stream, seq)
    assert verified(filled)[0][:2] == (stream, seq)
    assert "no entry says they were erased" in verified(filled)[0][2]


def test_erased_words_are_no_fault(filled: Path) -> None:
    journal = SqliteJournal(filled)
    head = journal.head(STREAM)
    made = note(head, "er:1", {"because": "article 17"})
    header = made.header._replace(kind="words-erased", corrects=2)
    journal.append([Entry(header, made.event, entry_hash(header), made.words, made.salt)], [])
    ask(filled, "DELETE FROM bodies WHERE stream = ? AND seq = 2", STREAM)
    assert journal.verify() == []
    assert journal.read(STREAM)[1].words == {}
    journal.close()


def test_a_missing_entry_is_named(filled: Path) -> None:
    tamper(filled, "DELETE FROM entries WHERE stream = ? AND seq = 3", STREAM)
    found = verified(filled)
    assert (STREAM, 3, "Entry #3 is missing: #4 follows #2.") in found
    assert (STREAM, 3, "There are words of an entry #3 that is not there.") in found


def test_two_entries_that_changed_places_are_named(filled: Path) -> None:
    connection = raw(filled, guarded=False)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        connection.execute("UPDATE entries SET seq = ? WHERE stream = ? AND seq = ?", [new, STREAM, old])
    connection.close()
    assert (STREAM, 2) in {fault[:2] for fault in verified(filled)}


def test_a_cut_tail_shows_only_at_the_head(filled: Path) -> None:
    """As docs/log-format.md says: this is why the head is printed elsewhere."""
    connection = raw(filled, guarded=False)
    connection.execute("DELETE FROM bodies WHERE stream = ? AND seq = 6", [STREAM])
    connection.execute("DELETE FROM entries WHERE stream = ? AND seq = 6", [STREAM])
    connection.close()
    assert all("guards" in fault[2] for fault in verified(filled))


def test_a_whole_incident_taken_away_is_missed_by_the_desk(filled: Path) -> None:
    connection = raw(filled, guarded=False)
    connection.execute("DELETE FROM bodies WHERE stream = ?", [STREAM])
    connection.execute("DELETE FROM entries WHERE stream = ?", [STREAM])
    connection.close()
    assert (DESK_STREAM, 1) in {fault[:2] for fault in verified(filled)}


def test_a_wholly_forged_incident_is_not_the_one_born(filled: Path) -> None:
    connection = raw(filled, guarded=False)
    for table in ("bodies", "entries"):
        connection.execute(f"DELETE FROM {table} WHERE stream = ?", [STREAM])
    connection.close()
    connection = raw(filled)
    from crisisdesk.journal.schema import TRIGGERS

    for text in TRIGGERS.values():
        connection.execute(text)
    connection.close()
    journal = SqliteJournal(filled)
    journal.append([note(Head(), "forged:1")], [])
    assert [fault[:2] for fault in journal.verify()] == [(DESK_STREAM, 1)]
    journal.close()


def test_changed_and_missing_evidence_is_named(filled: Path) -> None:
    tamper(filled, "UPDATE evidence SET bytes = ?", b"b picture")
    assert verified(filled) == [(STREAM, 6, f"The evidence kept as {SHA[:12]}… was changed.")]
    journal = SqliteJournal(filled)
    journal.close()
    tamper(filled, "DELETE FROM evidence")
    assert verified(filled) == [(STREAM, 6, f"The evidence {SHA[:12]}… that entry #6 names is missing.")]


def test_a_changed_pin_is_named(filled: Path) -> None:
    tamper(filled, "UPDATE pinned SET compiled = '{}'")
    assert "was changed" in verified(filled)[0][2]


@pytest.mark.parametrize("column", ["author", "data"])
def test_bytes_that_are_no_text_are_a_fault_and_a_trouble(filled: Path, column: str) -> None:
    tamper(
        filled, f"UPDATE entries SET {column} = CAST(x'ff41' AS TEXT) WHERE stream = ? AND seq = 2", STREAM
    )
    assert {fault[:2] for fault in verified(filled)} == {(STREAM, 2)}
    journal = SqliteJournal(filled)
    with pytest.raises(JournalTrouble, match="no text") as caught:
        journal.read(STREAM)
    assert "verify" in caught.value.remedy
    assert journal.read(DESK_STREAM), "other incidents can still be read"
    journal.close()


@pytest.mark.parametrize("text", ["{", "[]", '{"a":1}', "[" * 200_000, "\ud800"])
def test_words_that_cannot_be_decoded_are_a_fault_and_a_trouble(filled: Path, text: str) -> None:
    tamper(
        filled,
        "UPDATE bodies SET text = CAST(? AS TEXT) WHERE stream = ? AND seq = 2",
        text.encode(errors="surrogatepass"),
        STREAM,
    )
    assert [fault[:2] for fault in verified(filled)] == [(STREAM, 2)]
    journal = SqliteJournal(filled)
    for reading in (lambda: journal.read(STREAM), lambda: journal.words(STREAM, [2])):
        with pytest.raises(JournalTrouble, match="Entry #2 cannot be read"):
            reading()
    journal.close()


@pytest.mark.parametrize("data", ["{", "[]", "7", '"x"', "null"])
def test_data_that_cannot_be_decoded_is_a_fault_though_its_hash_was_made_to_fit(
    path: Path, data: str
) -> None:
    made = note(Head(), "a:1")
    header = made.header._replace(data=data)
    journal = SqliteJournal(path)
    journal.append([Entry(header, made.event, entry_hash(header), made.words, made.salt)], [])
    raw_kind = header._replace(kind="evidence-attached", id="b:1", seq=2, prev_hash=entry_hash(header))
    journal.append([Entry(raw_kind, made.event, entry_hash(raw_kind), made.words, made.salt)], [])
    assert {fault[:2] for fault in journal.verify()} >= {(STREAM, 2)}
    with pytest.raises(JournalTrouble):
        journal.read(STREAM)
    journal.close()


def test_the_hash_of_no_words_needs_its_salt(filled: Path) -> None:
    journal = SqliteJournal(filled)
    [born] = journal.read(DESK_STREAM)
    assert born.words == {}
    assert born.header.body_hash == body_hash(born.salt, "{}")
    journal.close()


def test_damage_of_the_file_is_a_sentence(filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    filled.write_bytes(content)
    try:
        found = verified(filled)
    except JournalTrouble as trouble:
        found = [("", 0, trouble.sentence)]
    assert any("damaged" in fault[2] for fault in found)


@pytest.mark.slow
def test_no_flipped_bit_changes_what_is_read_unseen(filled: Path, tmp_path: Path) -> None:
    """A fixed sample over the whole file: each flip is either seen, or changes nothing that is read."""
    journal = SqliteJournal(filled)
    before = [journal.read(stream) for stream in (DESK_STREAM, STREAM)]
    journal.close()
    content = filled.read_bytes()
    chosen = random.Random(7).sample(range(len(content) * 8), 300)
    unseen = []
    for bit in chosen:
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        place = tmp_path / f"{bit}.db"
        place.write_bytes(flipped)
        if _read_differently(place, before):
            unseen.append(bit)
        place.unlink()
    assert unseen == []


def _read_differently(place: Path, before: list[list[Entry]]) -> bool:
    try:
        journal = SqliteJournal(place)
    except JournalTrouble:
        return False
    try:
        if journal.verify():
            return False
        return [journal.read(stream) for stream in (DESK_STREAM, STREAM)] != before
    except JournalTrouble:
        return True  # verify found nothing, and yet it cannot be read
    finally:
        journal.close()


def test_an_empty_journal_has_no_faults(journal: SqliteJournal) -> None:
    assert journal.verify() == []
    assert journal.verify("nobody") == []
    assert json.dumps(journal.streams()) == "[]"
