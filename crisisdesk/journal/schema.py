# ruff: noqa: S608 - what is put into the SQL texts here are names of tables and constants, never values
"""The tables, triggers and views of the SQLite journal, as texts.

The triggers make the log append-only for every tool that opens the file, not only for this program. Whoever may write
the file can still drop them: so their texts are compared with these at every opening (:func:`differences`), and the
journal does not write where they differ. Tamper-evident, never tamper-proof.

Released texts are never edited: a later version adds a migration and its own texts. No JSON functions anywhere: with
``trusted_schema=0`` SQLite refuses them inside a schema.
"""

import sqlite3

from crisisdesk.domain.chain import GENESIS
from crisisdesk.domain.entries import Header
from crisisdesk.domain.rows import NUMBERS, DueRow, Effect, IncidentRow, Put, StepRow, Value
from crisisdesk.domain.rows import TABLES as READ_MODELS

APPLICATION_ID = 0x4372446B
"""``CrDk``: how the file says whose it is (``PRAGMA application_id``, ``file(1)``)."""

USER_VERSION = 4
"""The schema's version; a higher one was written by a newer program."""

ERASURE = "words-erased"
"""The kind of entry that lets the words of the entry it ``corrects`` be deleted."""

HEADER_COLUMNS = ", ".join(Header._fields)
INCIDENT_COLUMNS = ", ".join(IncidentRow._fields)
STEP_COLUMNS = ", ".join(StepRow._fields)
DUE_COLUMNS = ", ".join(DueRow._fields)

_NUMBERS = {
    "seq",
    "corrects",
    "drill",
    "format",
    "severity_confirmed",
    "steps_done",
    "steps_applicable",
    "entries",
    "place",
    "loud",
}


def places_for(fields: tuple[str, ...]) -> str:
    """Return the placeholders for columns: text is cast, so that bytes can stand in for what UTF-8 cannot say."""
    return ", ".join("?" if name in _NUMBERS or name in NUMBERS else "CAST(? AS TEXT)" for name in fields)


def statement_of(effect: Effect) -> tuple[str, list[Value]]:
    """Return the SQL that carries an effect out on a read model, and its values."""
    if isinstance(effect, Put):
        names = tuple(effect.row)
        sql = f"INSERT INTO {effect.table} ({', '.join(names)}) VALUES ({places_for(names)})"
        return sql, list(effect.row.values())
    given = ", ".join(f"{name} = {places_for((name,))}" for name in effect.values)
    where = " AND ".join(f"{name} = {places_for((name,))}" for name in effect.where)
    return f"UPDATE {effect.table} SET {given} WHERE {where}", [
        *effect.values.values(),
        *effect.where.values(),
    ]


TABLES = {
    "entries": """CREATE TABLE entries (
    position INTEGER PRIMARY KEY CHECK (position > 0),
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    recorded_at TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    precision TEXT NOT NULL,
    late_because TEXT NOT NULL,
    author TEXT NOT NULL,
    author_from TEXT NOT NULL,
    on_behalf_of TEXT NOT NULL,
    relayed_by TEXT NOT NULL,
    system_user TEXT NOT NULL,
    host TEXT NOT NULL,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    owner TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    corrects INTEGER NOT NULL,
    drill INTEGER NOT NULL,
    data TEXT NOT NULL,
    format INTEGER NOT NULL,
    body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    UNIQUE (stream, seq)
) STRICT""",
    "bodies": """CREATE TABLE bodies (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (stream, seq),
    FOREIGN KEY (stream, seq) REFERENCES entries (stream, seq)
) STRICT""",
    "pinned": """CREATE TABLE pinned (
    hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    compiled TEXT NOT NULL
) STRICT""",
    "pinned_files": """CREATE TABLE pinned_files (
    hash TEXT NOT NULL REFERENCES pinned (hash) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (hash, name)
) STRICT""",
    "evidence": """CREATE TABLE evidence (
    sha256 TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes BLOB NOT NULL
) STRICT""",
    "incidents": """CREATE TABLE incidents (
    stream TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    severity_confirmed INTEGER NOT NULL,
    lead TEXT NOT NULL,
    playbook TEXT NOT NULL,
    declared_at TEXT NOT NULL,
    next_due TEXT NOT NULL,
    next_update TEXT NOT NULL,
    steps_done INTEGER NOT NULL,
    steps_applicable INTEGER NOT NULL,
    duplicate_of TEXT NOT NULL,
    drill INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    head TEXT NOT NULL
) STRICT""",
    "steps": """CREATE TABLE steps (
    stream TEXT NOT NULL REFERENCES incidents (stream),
    key TEXT NOT NULL,
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    phase TEXT NOT NULL,
    kind TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT NOT NULL,
    started_at TEXT NOT NULL,
    done_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (stream, id)
) STRICT""",
}


def _read_model(name: str, columns: tuple[str, ...]) -> str:
    typed = ",\n".join(
        f"    {column} {'INTEGER' if column in NUMBERS else 'TEXT'} NOT NULL" for column in columns
    )
    return f"""CREATE TABLE {name} (
    stream TEXT NOT NULL,
    incident TEXT NOT NULL,
    seq INTEGER NOT NULL,
{typed},
    PRIMARY KEY (stream, seq)
) STRICT"""


_LATER = ("follow_ups",)
TABLES_2 = {name: _read_model(name, columns) for name, columns in READ_MODELS.items() if name not in _LATER}
"""Version 2: what is said, decided, asked and kept, for a person to query."""

TABLES_3 = {
    "dues": """CREATE TABLE dues (
    stream TEXT NOT NULL,
    incident TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    owner TEXT NOT NULL,
    stand_in_role TEXT NOT NULL,
    stand_in TEXT NOT NULL,
    due TEXT NOT NULL,
    loud INTEGER NOT NULL,
    drill INTEGER NOT NULL,
    PRIMARY KEY (stream, place)
) STRICT""",
}
"""Version 3: everything that falls due, across incidents."""

TABLES_4 = {name: _read_model(name, READ_MODELS[name]) for name in _LATER}
"""Version 4: what the reviews asked for, across incidents."""

INDEXES = {"dues_by_time": "CREATE INDEX dues_by_time ON dues (due)"}

VIEWS = {
    "log": """CREATE VIEW log AS
SELECT e.position, e.stream, e.seq, e.recorded_at, e.occurred_at, e.precision, e.author, e.on_behalf_of, e.kind,
    e.step, e.owner_role, e.owner, e.data, b.text AS words, e.late_because, e.author_from, e.relayed_by,
    e.system_user, e.host, e.sensitivity, e.corrects, e.drill, e.id, e.format, b.salt, e.body_hash, e.prev_hash, e.hash
FROM entries AS e LEFT JOIN bodies AS b ON b.stream = e.stream AND b.seq = e.seq
ORDER BY e.position""",
    "actions": """CREATE VIEW actions AS
SELECT i.key AS incident, i.title AS title, s.title AS step, s.phase, s.owner_role, s.owner, s.state, s.due,
    CASE WHEN s.due <> '' AND s.due < strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        AND s.state IN ('ready', 'waiting', 'started', 'blocked') AND i.status <> 'closed'
        THEN 'late' ELSE '' END AS late,
    s.done_at, s.outcome, s.reason, s.id AS step_id
FROM steps AS s JOIN incidents AS i ON i.stream = s.stream
ORDER BY i.declared_at DESC, i.key, s.place""",
}


def _refusal(table: str, act: str) -> str:
    return f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, 'the log is append-only: {act} on {table} is refused'); END"""


def _no_second(table: str, key: str) -> str:
    # INSERT OR REPLACE deletes without firing a DELETE trigger: so the insert itself is guarded.
    return f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key})
BEGIN SELECT RAISE(ABORT, 'the log is append-only: replacing a row of {table} is refused'); END"""


TRIGGERS = {
    "entries_no_update": _refusal("entries", "UPDATE"),
    "entries_no_delete": _refusal("entries", "DELETE"),
    # NEW.position is -1 before SQLite has chosen it; any other must be the next.
    "entries_no_replace": """CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
    OR NEW.position NOT IN (-1, (SELECT coalesce(max(position), 0) + 1 FROM entries))
BEGIN SELECT RAISE(ABORT, 'the log is append-only: this id or position is taken or out of order'); END""",
    "entries_no_gap": """CREATE TRIGGER entries_no_gap BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'the log has no gaps: this is not the next number of its stream'); END""",
    "entries_no_fork": f"""CREATE TRIGGER entries_no_fork BEFORE INSERT ON entries
WHEN NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM entries WHERE stream = NEW.stream ORDER BY seq DESC LIMIT 1), '{GENESIS}')
BEGIN SELECT RAISE(ABORT, 'the log is a chain: this entry does not follow the last one'); END""",
    "bodies_no_update": _refusal("bodies", "UPDATE"),
    "bodies_no_delete": f"""CREATE TRIGGER bodies_no_delete BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM entries WHERE stream = OLD.stream AND kind = '{ERASURE}' AND corrects = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'words are erased only after an entry that says who, why and by which rule'); END""",
    "bodies_no_replace": """CREATE TRIGGER bodies_no_replace BEFORE INSERT ON bodies
WHEN NEW.seq IS NOT (SELECT max(seq) FROM entries WHERE stream = NEW.stream)
    OR EXISTS (SELECT 1 FROM bodies WHERE stream = NEW.stream AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'words are written once, with their entry'); END""",
    "pinned_no_update": _refusal("pinned", "UPDATE"),
    "pinned_no_delete": _refusal("pinned", "DELETE"),
    "pinned_no_replace": _no_second("pinned", "hash = NEW.hash"),
    "pinned_files_no_update": _refusal("pinned_files", "UPDATE"),
    "pinned_files_no_delete": _refusal("pinned_files", "DELETE"),
    # The files go in before their pin: once it stands, none can be added.
    "pinned_files_no_replace": """CREATE TRIGGER pinned_files_no_replace BEFORE INSERT ON pinned_files
WHEN EXISTS (SELECT 1 FROM pinned WHERE hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM pinned_files WHERE hash = NEW.hash AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: what is pinned stays as it was'); END""",
    "evidence_no_update": _refusal("evidence", "UPDATE"),
    "evidence_no_delete": _refusal("evidence", "DELETE"),
    "evidence_no_replace": _no_second("evidence", "sha256 = NEW.sha256"),
}

_EXPECTED = (
    {("table", name): text for name, text in (TABLES | TABLES_2 | TABLES_3 | TABLES_4).items()}
    | {("index", name): text for name, text in INDEXES.items()}
    | {("view", name): text for name, text in VIEWS.items()}
    | {("trigger", name): text for name, text in TRIGGERS.items()}
)


def differences(connection: sqlite3.Connection) -> list[str]:
    """Compare the schema in a file with the expected one; return a phrase for everything missing, different or added.

    Tables and views that somebody added for themselves are left alone; an added trigger is not, for it can write.
    """
    found = {
        (str(kind), str(name)): sql
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name")
    }
    phrases = [
        f"the {kind} '{name}' is {'different' if (kind, name) in found else 'missing'}"
        for (kind, name), text in _EXPECTED.items()
        if found.get((kind, name)) != text
    ]
    added = [name for kind, name in found if kind == "trigger" and (kind, name) not in _EXPECTED]
    return phrases + [f"the trigger '{name}' was added" for name in added]
