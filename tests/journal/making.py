"""Entries and rows for the tests of the journal, sealed as the desk seals them; no desk needed."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crisisdesk.domain.chain import Facing, seal
from crisisdesk.domain.entries import Entry, Event, NoteLogged
from crisisdesk.domain.rows import IncidentRow, Rows, StepRow
from crisisdesk.journal import Head
from crisisdesk.journal.schema import TRIGGERS

STREAM = "5b0c1f3e-6f0a-4a51-9d61-0d8f6d1c2a11"
ROOT = Path(__file__).parents[2]
NOON = "2026-11-22T12:00:00.000Z"


def facing(entry_id: str, author: str = "Ana", **fields: Any) -> Facing:
    made = Facing(
        entry_id,
        NOON,
        NOON,
        "as-recorded",
        "",
        author,
        "named",
        "",
        "",
        "ana",
        "desk-1",
        "normal",
        drill=False,
    )
    return made._replace(**fields)


def note(
    head: Head,
    entry_id: str,
    words: Mapping[str, str] | None = None,
    stream: str = STREAM,
    event: Event | None = None,
    author: str = "Ana",
) -> Entry:
    """Seal a note that follows ``head``."""
    said = {"text": f"note {entry_id}"} if words is None else words
    return seal(
        stream,
        head.seq + 1,
        head.hash,
        event or NoteLogged(),
        said,
        f"salt-{entry_id}",
        facing(entry_id, author),
    )


def chain(count: int, stream: str = STREAM, start: Head | None = None) -> list[Entry]:
    """Seal ``count`` notes, one after the other."""
    entries: list[Entry] = []
    head = start or Head()
    for number in range(head.seq + 1, head.seq + count + 1):
        entry = note(head, f"{stream[:4]}-{number}:1", stream=stream)
        entries.append(entry)
        head = Head(entry.seq, entry.hash)
    return entries


def incident(stream: str = STREAM, key: str = "INC-0007", **fields: Any) -> IncidentRow:
    made = IncidentRow(
        stream,
        key,
        "A cup of coffee",
        "open",
        "sev2",
        1,
        "Ana",
        "boycott",
        NOON,
        "",
        "",
        1,
        2,
        "",
        0,
        3,
        "0" * 64,
    )
    return made._replace(**fields)


def step(place: int, state: str, due: str = "", stream: str = STREAM, key: str = "INC-0007") -> StepRow:
    return StepRow(
        stream,
        key,
        place,
        f"step-{place}",
        f"Step {place}",
        "first",
        "do",
        "lead",
        "Ana",
        state,
        due,
        "",
        "",
        "",
        "",
    )


def rows(stream: str = STREAM, key: str = "INC-0007", **fields: Any) -> Rows:
    return Rows(
        incident(stream, key, **fields),
        (step(1, "done", NOON, stream, key), step(2, "ready", NOON, stream, key)),
    )


def raw(path: Path, *, guarded: bool = True) -> sqlite3.Connection:
    """Open the file as a stranger's tool would; ``guarded=False`` drops the triggers, as a tamperer would."""
    connection = sqlite3.connect(path, isolation_level=None)
    if not guarded:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
    return connection


def ask(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Run one statement as a stranger's tool would."""
    connection = raw(path)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def tamper(path: Path, sql: str, *values: object) -> None:
    """Change the file behind the triggers' back, and put them up again."""
    connection = raw(path, guarded=False)
    connection.execute(sql, values)
    for text in TRIGGERS.values():
        connection.execute(text)
    connection.close()
