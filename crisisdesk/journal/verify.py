# ruff: noqa: S608 - what is put into the SQL texts here are names of columns, never values
"""Proof, by reading everything: chains, words, pins and evidence against their hashes, guards, and the file itself.

The chain sees what was changed in the log; SQLite's own check sees damage in indexes and pages that no chain covers.
Neither sees the other's, so both run. Reads a page at a time: memory does not grow with the log.
"""

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from crisisdesk.domain.chain import Fault, body_hash, first_fault
from crisisdesk.domain.entries import DESK_STREAM, Entry, Header, UnknownKind
from crisisdesk.journal.decoding import Row, Undecodable, entry_of, storable, text_or_none
from crisisdesk.journal.schema import ERASURE, differences
from crisisdesk.journal.troubles import FAILURES

_PAGE = 1000
_WIDTH = len(Header._fields)
_ENTRY = ", ".join(f"e.{name}" for name in (*Header._fields, "hash", "position"))
_SELECT_PAGE = f"""SELECT {_ENTRY}, b.salt, b.text, b.seq IS NOT NULL,
    CASE WHEN b.seq IS NULL THEN EXISTS (
        SELECT 1 FROM entries AS x WHERE x.stream = e.stream AND x.kind = '{ERASURE}' AND x.corrects = e.seq
    ) ELSE 0 END
FROM entries AS e LEFT JOIN bodies AS b ON b.stream = e.stream AND b.seq = e.seq
WHERE e.stream = CAST(? AS TEXT) AND e.seq > ? ORDER BY e.seq LIMIT {_PAGE}"""

_PIN = "SELECT CAST(compiled AS BLOB) FROM pinned WHERE hash = CAST(? AS TEXT)"
_EVIDENCE = "SELECT bytes FROM evidence WHERE sha256 = CAST(? AS TEXT)"


class _Needed(NamedTuple):
    """What entries name and the journal must hold: where it was named, by table and hash."""

    pinned: dict[str, tuple[str, int]]
    evidence: dict[str, tuple[str, int]]
    births: dict[str, tuple[str, int]]


def faults(connection: sqlite3.Connection, stream: str = "") -> list[Fault]:
    """Return every fault of one stream or of all, and of what all share; an empty list when everything fits."""
    found = [
        Fault("", 0, f"Somebody has altered the guards of the journal: {phrase}.")
        for phrase in _guards(connection)
    ]
    found += _integrity(connection)
    before, connection.text_factory = connection.text_factory, text_or_none
    try:
        found += _logs(connection, stream)
    finally:
        connection.text_factory = before
    return found


def _guards(connection: sqlite3.Connection) -> list[str]:
    try:
        return differences(connection)
    except FAILURES as exc:
        return [f"they cannot be read ({exc})"]


def _integrity(connection: sqlite3.Connection) -> list[Fault]:
    try:
        lines = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)").fetchall()]
        lines += [
            f"a row of {row[0]} refers to one that is missing"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    except FAILURES as exc:
        lines = [str(exc)]
    return [Fault("", 0, f"The database file is damaged: {line}.") for line in lines if line != "ok"]


def _logs(connection: sqlite3.Connection, stream: str) -> list[Fault]:
    found: list[Fault] = []
    needed = _Needed({}, {}, {})
    try:
        streams = (
            [stream]
            if stream
            else [row[0] for row in connection.execute("SELECT DISTINCT stream FROM entries").fetchall()]
        )
        for each in streams:
            if each is None:
                found.append(Fault("", 0, "An entry's stream holds bytes that are no text."))
            else:
                found += _chain(connection, each, needed)
        found += _kept(connection, needed)
        if not stream:
            found += _strays(connection)
    except FAILURES as exc:
        found.append(Fault("", 0, f"The database file is damaged: {exc}."))
    return found


def _chain(connection: sqlite3.Connection, stream: str, needed: _Needed) -> list[Fault]:
    found: list[Fault] = []
    entries = _walk(connection, stream, needed, found)
    broken = first_fault(entries, stream)
    for _ in entries:
        pass  # beyond the first break of the chain, words are still checked
    return [*([broken] if broken else []), *found]


def _walk(
    connection: sqlite3.Connection, stream: str, needed: _Needed, found: list[Fault]
) -> Iterator[Entry]:
    """Yield the entries of a stream, undecoded, and note what does not fit in themselves."""
    seq = 0
    while True:
        try:
            page = connection.execute(_SELECT_PAGE, storable([stream, seq])).fetchall()
        except FAILURES as exc:
            found.append(Fault(stream, seq + 1, f"The database file is damaged after entry #{seq}: {exc}."))
            return
        for row in page:
            header = Header._make(row[:_WIDTH])
            seq = header.seq
            if sentence := _own_fault(header, row):
                found.append(Fault(stream, seq, sentence))
            else:
                _note(header, needed)
            yield Entry(header, UnknownKind(header.kind), row[_WIDTH], {}, "", row[_WIDTH + 1])
        if len(page) < _PAGE:
            return


def _own_fault(header: Header, row: Row) -> str:
    """Say what is wrong with an entry and its words, apart from the chain; empty when nothing is."""
    salt, text, kept, erased = row[_WIDTH + 2 :]
    if None in row[: _WIDTH + 2] or (kept and (salt is None or text is None)):
        return f"Entry #{header.seq} holds bytes that are no text."
    if not kept and not erased:
        return f"The words of entry #{header.seq} are missing, and no entry says they were erased."
    # Both are written in ASCII; what is not cannot even be hashed where it holds a lone surrogate.
    if kept and not (salt.isascii() and text.isascii() and body_hash(salt, text) == header.body_hash):
        return f"The words of entry #{header.seq} were changed after they were written."
    try:
        entry_of((*row[: _WIDTH + 2], salt, text))
    except Undecodable as exc:
        return exc.sentence
    return ""


def _note(header: Header, needed: _Needed) -> None:
    """Remember what an entry names that the journal must hold."""
    data = json.loads(header.data)
    where = (header.stream, header.seq)
    if header.kind == "incident-declared":
        needed.pinned.update({str(data[name]): where for name in ("playbook", "policy") if data.get(name)})
    elif header.kind == "evidence-attached" and data.get("sha256"):
        needed.evidence[str(data["sha256"])] = where
    elif header.kind == "incident-born" and header.stream == DESK_STREAM:
        needed.births[f"{data.get('incident')} {data.get('birth_hash')}"] = where


def _kept(connection: sqlite3.Connection, needed: _Needed) -> Iterator[Fault]:
    """Check what is kept by its hash, and that everything entries name is there."""
    yield from _by_hash(connection, "SELECT hash FROM pinned", _PIN, needed.pinned, "policy or playbook")
    yield from _by_hash(connection, "SELECT sha256 FROM evidence", _EVIDENCE, needed.evidence, "evidence")
    for birth, where in needed.births.items():
        incident, _, hash_ = birth.rpartition(" ")
        sql = "SELECT 1 FROM entries WHERE stream = CAST(? AS TEXT) AND seq = 1 AND hash = CAST(? AS TEXT)"
        if not connection.execute(sql, storable([incident, hash_])).fetchone():
            yield Fault(
                *where, f"Incident {incident} does not begin with the entry the desk noted at its birth."
            )


def _by_hash(
    connection: sqlite3.Connection, keys: str, content: str, needed: dict[str, tuple[str, int]], what: str
) -> Iterator[Fault]:
    """Check one table whose key is the hash of its content, a row at a time: writers get their turn, memory stays small."""
    kept = {row[0] for row in connection.execute(keys).fetchall()}
    for key in sorted(kept - {None}):
        found = connection.execute(content, storable([key])).fetchone()
        if not found or sha256(found[0]).hexdigest() != key:
            yield Fault(*needed.get(key, ("", 0)), f"The {what} kept as {key[:12]}… was changed.")
    if None in kept:
        yield Fault("", 0, f"A hash of {what} holds bytes that are no text.")
    for key, where in needed.items():
        if key not in kept:
            yield Fault(*where, f"The {what} {key[:12]}… that entry #{where[1]} names is missing.")


def _strays(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Find words that belong to no entry: somebody put them there, or took an entry away."""
    sql = """SELECT b.stream, b.seq FROM bodies AS b
        WHERE NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.stream = b.stream AND e.seq = b.seq)"""
    for stream, seq in connection.execute(sql).fetchall():
        yield Fault(stream or "", seq, f"There are words of an entry #{seq} that is not there.")
