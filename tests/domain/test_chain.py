"""The chain finds what was changed, taken out or swapped."""

from hashlib import sha256
from typing import Any

import pytest

from crisisdesk.domain import intents as want
from crisisdesk.domain.chain import GENESIS, body_hash, body_text, entry_hash, first_fault, unseal
from crisisdesk.domain.entries import Entry, Header, UnknownKind
from tests.domain.sample import COMMS, STREAM, Log, declared


def some_night() -> Log:
    """Seven entries."""
    log = declared()
    log.do(want.LogNote("seen", "radio"))
    log.do(want.CompleteStep("capture-post", {"link": "https://example.com/1"}), COMMS)
    log.do(want.AnswerFact("regions", "uk, ie"))
    log.do(want.StartStep("pause-posts"))
    log.do(want.Correct(3, None, "heard", because="typo"))
    return log


def with_changed(header: Header, field: str) -> Header:
    """The header with another value of the same type in one field."""
    values: dict[str, Any] = header._asdict()
    values[field] += 1 if isinstance(values[field], int) else "x"
    return Header(**values)


def test_a_whole_chain_has_no_fault() -> None:
    """Entries as they were written fit; an empty log does too; each names the one before."""
    entries = some_night().entries
    assert first_fault(entries, STREAM) is None
    assert first_fault([], STREAM) is None
    assert [entry.header.prev_hash for entry in entries] == [
        GENESIS,
        *(entry.hash for entry in entries[:-1]),
    ]


@pytest.mark.parametrize("place", [0, 3, 6])
@pytest.mark.parametrize("field", Header._fields)
def test_any_changed_header_field_is_found(field: str, place: int) -> None:
    """Whichever field of whichever entry is changed, the first fault is that entry."""
    entries = some_night().entries
    entries[place] = entries[place]._replace(header=with_changed(entries[place].header, field))
    fault = first_fault(entries, STREAM)
    assert fault is not None
    assert fault.seq == place + 1
    assert fault.stream == STREAM


@pytest.mark.parametrize("field", [name for name in Header._fields if name not in ("seq", "prev_hash")])
def test_a_change_with_its_hash_made_new_breaks_the_next_link(field: str) -> None:
    """Who also computes the hash again is found at the entry after."""
    entries = some_night().entries
    header = with_changed(entries[2].header, field)
    entries[2] = entries[2]._replace(header=header, hash=entry_hash(header))
    fault = first_fault(entries, STREAM)
    assert fault is not None
    assert (fault.seq, "do not link" in fault.sentence) == (4, True)


@pytest.mark.parametrize("place", range(6))
def test_a_missing_entry_is_found(place: int) -> None:
    """An entry taken out leaves a gap with its number."""
    entries = some_night().entries
    del entries[place]
    fault = first_fault(entries, STREAM)
    assert fault is not None
    assert fault.sentence == f"Entry #{place + 1} is missing: #{place + 2} follows #{place}."


@pytest.mark.parametrize("place", range(6))
def test_swapped_entries_are_found(place: int) -> None:
    """Two neighbours changing places are found at the first of them, renumbered or not."""
    entries = some_night().entries
    one, other = entries[place : place + 2]
    entries[place : place + 2] = [other, one]
    fault = first_fault(entries, STREAM)
    assert fault is not None
    assert fault.seq == place + 1
    entries[place : place + 2] = [renumbered(other, place + 1), renumbered(one, place + 2)]
    fault = first_fault(entries, STREAM)
    assert fault is not None
    assert fault.seq == place + 1


def renumbered(entry: Entry, seq: int) -> Entry:
    """The entry under another number, its hash made to fit."""
    header = entry.header._replace(seq=seq)
    return entry._replace(header=header, hash=entry_hash(header))


def test_a_cut_tail_is_not_found_by_the_chain() -> None:
    """The chain cannot see a cut tail: that is what the printed head is for."""
    log = some_night()
    assert first_fault(log.entries[:-2], STREAM) is None
    assert log.entries[-3].hash != log.state.head


def test_the_body_is_committed_to_by_salt_and_words() -> None:
    """Other words or another salt give another body hash; the salt keeps short words from being guessed."""
    entry = some_night().entries[2]
    assert entry.header.body_hash == body_hash(entry.salt, body_text({"source": "radio", "text": "seen"}))
    assert entry.header.body_hash != body_hash(entry.salt, body_text({"source": "radio", "text": "heard"}))
    assert entry.header.body_hash != body_hash(entry.salt + "x", body_text(entry.words))


def test_erased_words_leave_chain_and_event_whole() -> None:
    """An entry read without its body has the same event and fits the chain."""
    log = some_night()
    erased = [unseal(entry.header, entry.hash, {}) for entry in log.entries]
    assert first_fault(erased, STREAM) is None
    assert [entry.event for entry in erased] == [entry.event for entry in log.entries]


@pytest.mark.parametrize("change", [{"kind": "oracle-asked"}, {"format": 2}])
def test_a_newer_entry_is_read_as_unknown(change: dict[str, str]) -> None:
    """A kind or format of a newer program is named, not guessed at."""
    entry = some_night().entries[2]
    header = entry.header._replace(**change)  # type: ignore[arg-type]  # a kind is text, a format a number
    assert unseal(header, entry.hash, {}).event == UnknownKind(header.kind)


def test_the_hash_is_what_the_format_says() -> None:
    """SHA-256 of tag, previous hash and the header's list in canonical JSON: by hand, without the program's own parts."""
    entry = some_night().entries[0]
    values = ",".join(ascii_json(value) for value in entry.header)
    text = f"crisisdesk entry 1\n{entry.header.prev_hash}\n[{values}]"
    assert entry.hash == sha256(text.encode("ascii")).hexdigest()


def ascii_json(value: str | int) -> str:
    """A number as it is, a text in quotes with its quotes escaped."""
    return (
        str(value) if isinstance(value, int) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
