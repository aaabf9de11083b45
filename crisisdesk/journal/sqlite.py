# ruff: noqa: S608 - what is put into the SQL texts here are names of columns, never values
"""The journal in one SQLite file: append and read.

One append is one transaction under a file lock; it returns when everything is on disk. Reads and appends use the
plain connection: what opening a file and appending one entry imports is kept as small as it can be.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from crisisdesk.domain.chain import Fault, body_text
from crisisdesk.domain.entries import DESK_STREAM, Entry, Header
from crisisdesk.domain.rows import TABLES as READ_MODELS
from crisisdesk.domain.rows import DueRow, IncidentRow, Rows, StepRow
from crisisdesk.journal import Conflict, Head, JournalTrouble, Pin
from crisisdesk.journal.decoding import entry_of, storable, words_of
from crisisdesk.journal.kept import Kept
from crisisdesk.journal.lock import WAIT, FileLock
from crisisdesk.journal.opening import connect
from crisisdesk.journal.places import make_place, wary_of
from crisisdesk.journal.schema import (
    DUE_COLUMNS,
    HEADER_COLUMNS,
    INCIDENT_COLUMNS,
    STEP_COLUMNS,
    differences,
    places_for,
    statement_of,
)
from crisisdesk.journal.troubles import FAILURES

_INSERT_ENTRY = (
    f"INSERT INTO entries ({HEADER_COLUMNS}, hash) VALUES ({places_for((*Header._fields, 'hash'))})"
)
_INSERT_BODY = (
    f"INSERT INTO bodies (stream, seq, salt, text) VALUES ({places_for(('stream', 'seq', 'salt', 'text'))})"
)
_INSERT_INCIDENT = f"INSERT INTO incidents ({INCIDENT_COLUMNS}) VALUES ({places_for(IncidentRow._fields)})"
_INSERT_STEP = f"INSERT INTO steps ({STEP_COLUMNS}) VALUES ({places_for(StepRow._fields)})"
_INSERT_DUE = f"INSERT INTO dues ({DUE_COLUMNS}) VALUES ({places_for(DueRow._fields)})"
_SELECT_INCIDENTS = f"SELECT {INCIDENT_COLUMNS} FROM incidents"
_SELECT_STEPS = f"SELECT {', '.join(f's.{name}' for name in StepRow._fields)} FROM steps AS s"
_ENTRY = ", ".join(f"e.{name}" for name in (*Header._fields, "hash", "position"))
_WITH_WORDS = f"SELECT {_ENTRY}, b.salt, b.text FROM entries AS e LEFT JOIN bodies AS b ON b.stream = e.stream AND b.seq = e.seq"
_WITHOUT_WORDS = f"SELECT {_ENTRY}, NULL, NULL FROM entries AS e"
_AT_ONCE = 500
"""How many numbers one query names; old SQLite takes 999."""


class SqliteJournal(Kept):
    """A :class:`~crisisdesk.journal.Journal` in one file, made private to the user when it is new."""

    def __init__(self, path: Path, *, wait: float = WAIT) -> None:
        """Open or make the file; ``wait`` is how many seconds an append waits for another writer. Raises JournalTrouble."""
        make_place(path)
        self.path = path = path.resolve()  # two names of one file queue at one lock
        self._lock = FileLock(path.with_name(f"{path.name}.lock"), wait)
        try:
            self._connection = connect(path, self._lock)
        except BaseException:
            self._lock.close()
            raise
        try:
            self._schema = -1
            self._differences: list[str] = []
            self._look_at_schema()
            self._seen = self._data_version()
        except BaseException:
            self.close()
            raise

    # Reading

    def head(self, stream: str) -> Head:
        """Return the last number and hash of a stream."""
        sql = "SELECT seq, hash FROM entries WHERE stream = CAST(? AS TEXT) ORDER BY seq DESC LIMIT 1"
        found = self._fetch(sql, [stream])
        return Head(*found[0]) if found else Head()

    def read(
        self, stream: str, after: int = 0, limit: int = 0, *, words: bool = True, kinds: Sequence[str] = ()
    ) -> list[Entry]:
        """Return the entries of a stream numbered above ``after``, in order, perhaps only of some kinds; ``limit`` 0 for all."""
        select = _WITH_WORDS if words else _WITHOUT_WORDS
        only = f"AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        where = f"WHERE e.stream = CAST(? AS TEXT) AND e.seq > ? {only} ORDER BY e.seq LIMIT ?"
        return self._entries(f"{select} {where}", [stream, after, *kinds, limit or -1])

    def read_some(self, stream: str, seqs: Sequence[int], *, words: bool = True) -> list[Entry]:
        """Return some entries of a stream by their numbers, in the order of the numbers."""
        select = _WITH_WORDS if words else _WITHOUT_WORDS
        found: list[Entry] = []
        for start in range(0, len(seqs), _AT_ONCE):
            some = seqs[start : start + _AT_ONCE]
            where = f"WHERE e.stream = CAST(? AS TEXT) AND e.seq IN ({', '.join('?' * len(some))})"
            found += self._entries(f"{select} {where} ORDER BY e.seq", [stream, *some])
        return found

    def order(self, stream: str, kinds: Sequence[str]) -> "tuple[array[int], list[int]]":
        """Return the numbers of a stream's entries in the order things happened as first written, and those of some kinds."""
        marks = ", ".join("?" * len(kinds))
        with self._plainly():
            rows = self._connection.execute(
                f"SELECT seq, kind IN ({marks}) FROM entries WHERE stream = CAST(? AS TEXT) ORDER BY occurred_at, seq",
                [*kinds, *storable([stream])],
            )
            order, wanted = array("Q"), []
            for seq, of_kind in rows:  # read whole, and never as a list of a hundred thousand pairs
                order.append(seq)
                if of_kind:
                    wanted.append(seq)
        return order, sorted(wanted)

    def words(self, stream: str, seqs: Sequence[int]) -> dict[int, Mapping[str, str]]:
        """Return the words of some entries; erased or empty ones are missing."""
        found: dict[int, Mapping[str, str]] = {}
        for start in range(0, len(seqs), _AT_ONCE):
            some = seqs[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT seq, text FROM bodies WHERE stream = CAST(? AS TEXT) AND seq IN ({marks}) ORDER BY seq"
            for seq, text in self._fetch(sql, [stream, *some]):
                with self._plainly():
                    words = words_of(stream, seq, text)
                if words:
                    found[seq] = words
        return found

    def of_intent(self, intent: str) -> list[Entry]:
        """Return the entries an intent has already written, in order."""
        return self._entries(f"{_WITH_WORDS} WHERE {_OF_INTENT} ORDER BY e.position", _span(intent))

    def incidents(self) -> list[IncidentRow]:
        """Return the ``incidents`` read model, newest first."""
        return [
            IncidentRow._make(row)
            for row in self._fetch(f"{_SELECT_INCIDENTS} ORDER BY declared_at DESC, key DESC")
        ]

    def steps(self, stream: str = "") -> list[StepRow]:
        """Return the ``steps`` read model of one incident, or of all that are not closed."""
        if stream:
            rows = self._fetch(f"{_SELECT_STEPS} WHERE s.stream = CAST(? AS TEXT) ORDER BY s.place", [stream])
        else:
            rows = self._fetch(
                f"{_SELECT_STEPS} JOIN incidents AS i ON i.stream = s.stream WHERE i.status <> 'closed' "
                "ORDER BY i.declared_at DESC, i.key DESC, s.place"
            )
        return [StepRow._make(row) for row in rows]

    def dues(self, after: str = "", until: str = "~", limit: int = 0, *, stream: str = "") -> list[DueRow]:
        """Return the ``dues`` read model, of one incident or of all, soonest first: due after one instant and up to another."""
        one = "AND stream = CAST(? AS TEXT)" if stream else "AND ? = ''"
        sql = f"SELECT {DUE_COLUMNS} FROM dues WHERE due > ? AND due <= ? {one} ORDER BY due, stream, place LIMIT ?"
        return [DueRow._make(row) for row in self._fetch(sql, [after, until, stream, limit or -1])]

    def frozen(self) -> dict[str, int]:
        """Return how many posting queues are frozen in each incident that has one, by stream."""
        rows = self._fetch("SELECT stream, count(*) FROM queues WHERE released_at = '' GROUP BY stream")
        return {str(stream): int(count) for stream, count in rows}

    def strays(self) -> list[str]:
        """Return the read models that hold rows of an incident whose log is not here, each by name."""
        known = "SELECT 1 FROM entries AS e WHERE e.stream = t.stream"
        return [
            name
            for name in ("incidents", "steps", "dues", *READ_MODELS)
            if self._fetch(f"SELECT 1 FROM {name} AS t WHERE NOT EXISTS ({known}) LIMIT 1")
        ]

    def unfilled(self) -> bool:
        """Tell whether the tables of a later version are still empty: every incident begins with a role that somebody takes."""
        sql = "SELECT EXISTS (SELECT 1 FROM incidents) AND NOT EXISTS (SELECT 1 FROM role_intervals)"
        return bool(self._fetch(sql)[0][0])

    def table(self, name: str, stream: str) -> list[dict[str, str | int]]:
        """Return the rows of a read model of ``rows.TABLES``, by the entries they began with; ``stream`` empty for all incidents'."""
        columns = ("stream", "incident", "seq", *READ_MODELS[name])
        where = "WHERE stream = CAST(? AS TEXT) " if stream else ""
        sql = f"SELECT {', '.join(columns)} FROM {name} {where}ORDER BY stream, seq"
        return [dict(zip(columns, row, strict=True)) for row in self._fetch(sql, [stream] if stream else [])]

    def find(self, key: str) -> IncidentRow | None:
        """Return the incident with a label (any case), or with a unique beginning of its UUID (four letters or more)."""
        named = self._fetch(f"{_SELECT_INCIDENTS} WHERE key = CAST(? AS TEXT) COLLATE NOCASE LIMIT 2", [key])
        if not named and len(key) >= 4:
            # Not LIKE: % and _ in what was typed are letters like any other.
            begins = "WHERE substr(lower(stream), 1, ?) = lower(CAST(? AS TEXT)) LIMIT 2"
            named = self._fetch(f"{_SELECT_INCIDENTS} {begins}", [len(key), key])
        return IncidentRow._make(named[0]) if len(named) == 1 else None

    def streams(self) -> list[str]:
        """Return all streams, the desk's first, then in the order they began."""
        sql = "SELECT stream FROM entries WHERE seq = 1 ORDER BY stream <> ?, position"
        return [str(row[0]) for row in self._fetch(sql, [DESK_STREAM])]

    def verify(self, stream: str = "") -> list[Fault]:
        """Walk one chain or all, bodies, pins and evidence against their hashes, the triggers, and the database's own check."""
        from crisisdesk.journal.verify import faults

        return faults(self._connection, stream)

    def warnings(self) -> list[str]:
        """Return a sentence for each thing that puts the journal at risk: a network drive, open to all, altered guards."""
        altered = [self._altered().sentence] if self._differences else []
        return altered + wary_of(self.path)

    def changed(self) -> bool:
        """Tell whether another connection wrote since the last call: cheap, made for polling. Own appends do not count."""
        before, self._seen = self._seen, self._data_version()
        return self._seen != before

    # Writing

    def append(
        self,
        entries: Sequence[Entry],
        rows: Sequence[Rows],
        pins: Sequence[Pin] = (),
        files: Mapping[str, bytes] | None = None,
    ) -> list[Entry]:
        """Write sealed entries of one or more streams, their read-model rows, pins, and evidence by SHA-256.

        Returns them with their positions when they are on disk. Raises Conflict when a stream's head is not the first
        entry's ``prev_hash`` or an intent was written before, JournalTrouble when the disk or the database refuses.
        """
        with self._writing():
            self._refuse_what_is_not_next(entries)
            for pin in pins:
                self._write_pin(pin)
            for sha256, content in (files or {}).items():
                self._write_evidence(sha256, content)
            written = [self._write_entry(entry) for entry in entries]
            self._write_rows(rows)
        return written

    def replace_rows(self, rows: Sequence[Rows]) -> None:
        """Throw the read models away and write these. Raises Conflict when a log has grown since they were made."""
        with self._writing():
            for of_one in rows:
                if self.head(of_one.incident.stream).seq > of_one.incident.entries:
                    raise Conflict(f"Somebody else wrote in {of_one.incident.key} first.")
            for table in ("dues", "steps", "incidents", *READ_MODELS):
                self._connection.execute(f"DELETE FROM {table}")
            self._write_rows(rows)

    def backup(self, to: Path) -> None:
        """Copy the whole journal, safely while others write, to a file that does not exist yet."""
        from crisisdesk.journal.backup import copy

        copy(self._connection, self.path, to)

    def owns(self, path: Path) -> bool:
        """Tell whether a path is the journal's file, or one that it keeps beside it."""
        own = [
            self.path,
            *(self.path.with_name(self.path.name + end) for end in (".lock", "-journal", "-wal", "-shm")),
        ]
        try:
            return any(one.samefile(path) for one in own if one.exists()) or path.resolve() in own
        except OSError:
            return path.absolute() in own

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._lock.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock and one transaction: the indentation is what becomes true together, or not at all."""
        with self._lock, self._plainly():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._look_at_schema()
                self._refuse_if_altered()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except FAILURES:
            pass  # the first error is the one to tell; SQLite rolls back by itself at the next opening

    def _refuse_what_is_not_next(self, entries: Iterable[Entry]) -> None:
        begun: set[str] = set()
        intents: set[str] = set()
        for entry in entries:
            header = entry.header
            if header.stream not in begun and self.head(header.stream) != (header.seq - 1, header.prev_hash):
                raise Conflict(f"Somebody else wrote entry #{header.seq} first.")
            begun.add(header.stream)
            intents.add(header.id.rpartition(":")[0] or header.id)
        for intent in intents:
            if self._fetch(f"SELECT 1 FROM entries AS e WHERE {_OF_INTENT} LIMIT 1", _span(intent)):
                raise Conflict("This was saved before: the same intent is never written twice.")

    def _write_entry(self, entry: Entry) -> Entry:
        header = entry.header
        position = self._connection.execute(_INSERT_ENTRY, storable([*header, entry.hash])).lastrowid
        # A body for every entry, empty ones too: the salt is needed to check even the hash of no words.
        body = [header.stream, header.seq, entry.salt, body_text(entry.words)]
        self._connection.execute(_INSERT_BODY, storable(body))
        return entry._replace(position=position or 0)

    def _write_rows(self, rows: Sequence[Rows]) -> None:
        for of_one in rows:
            stream = storable([of_one.incident.stream])
            if of_one.dues is not None:
                self._connection.execute("DELETE FROM dues WHERE stream = CAST(? AS TEXT)", stream)
            self._connection.execute("DELETE FROM steps WHERE stream = CAST(? AS TEXT)", stream)
            self._connection.execute("DELETE FROM incidents WHERE stream = CAST(? AS TEXT)", stream)
            self._connection.execute(_INSERT_INCIDENT, storable(of_one.incident))
            self._connection.executemany(_INSERT_STEP, map(storable, of_one.steps))
            self._connection.executemany(_INSERT_DUE, map(storable, of_one.dues or ()))
            for effect in of_one.effects:
                sql, values = statement_of(effect)
                self._connection.execute(sql, storable(values))

    def _look_at_schema(self) -> None:
        """Compare the guards with the expected ones, whenever the schema's counter says somebody touched it."""
        with self._plainly():
            counter = int(self._connection.execute("PRAGMA schema_version").fetchone()[0])
            if counter != self._schema:
                self._differences = differences(self._connection)
                self._schema = counter

    def _refuse_if_altered(self) -> None:
        if self._differences:
            raise self._altered()

    def _altered(self) -> JournalTrouble:
        phrases = "; ".join(self._differences[:3]) + (" and more" if len(self._differences) > 3 else "")
        return JournalTrouble(
            f"Somebody has altered the guards of the journal {self.path}: {phrases}. It can be read; nothing will be written.",
            "Find out who did that and why. See what was touched with: crisisdesk verify",
        )

    def _data_version(self) -> int:
        with self._plainly():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _entries(self, sql: str, values: Iterable[object]) -> list[Entry]:
        rows = self._fetch(sql, values)
        with self._plainly():
            return [entry_of(row) for row in rows]


_OF_INTENT = "(e.id = CAST(? AS TEXT) OR (e.id >= CAST(? AS TEXT) AND e.id < CAST(? AS TEXT)))"
"""Ids are ``INTENT:1``, ``INTENT:2``, …: a range of the index, for ``;`` comes right after ``:``."""


def _span(intent: str) -> list[str]:
    return [intent, f"{intent}:", f"{intent};"]
