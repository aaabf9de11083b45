# ruff: noqa: S608 - what is put into the SQL texts here are names of columns, never values
"""What a journal keeps whole, under its hash: the policies and playbooks as they were used, and evidence."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crisisdesk.journal import JournalTrouble, Pin
from crisisdesk.journal.decoding import Row, Undecodable, fetch, storable
from crisisdesk.journal.schema import places_for
from crisisdesk.journal.troubles import FAILURES, WHEN_DAMAGED, in_plain_words

_INSERT_PIN = f"INSERT INTO pinned (hash, kind, name, compiled) VALUES ({places_for(('hash', 'kind', 'name', 'compiled'))})"
_INSERT_PIN_FILE = "INSERT INTO pinned_files (hash, name, bytes) VALUES (?, CAST(? AS TEXT), ?)"


class Kept:
    """A connection that can be asked, and what lies behind it under hashes."""

    path: Path
    _connection: sqlite3.Connection

    def pin(self, hash_: str) -> Pin:
        """Return what was pinned under a hash; raises JournalTrouble when it is missing."""
        found = self._fetch(
            "SELECT hash, kind, name, compiled FROM pinned WHERE hash = CAST(? AS TEXT)", [hash_]
        )
        if not found:
            raise _missing("The policy or playbook", hash_)
        files = self._fetch(
            "SELECT name, bytes FROM pinned_files WHERE hash = CAST(? AS TEXT) ORDER BY name", [hash_]
        )
        hash_, kind, name, compiled = found[0]
        return Pin(hash_, kind, name, compiled, dict(files))

    def compiled(self, hash_: str) -> str:
        """Return only the compiled form of a pin: the hot path."""
        found = self._fetch("SELECT compiled FROM pinned WHERE hash = CAST(? AS TEXT)", [hash_])
        if not found:
            raise _missing("The policy or playbook", hash_)
        return str(found[0][0])

    def file(self, sha256: str) -> bytes:
        """Return the bytes of a piece of evidence; raises JournalTrouble when they are not there."""
        found = self._fetch("SELECT bytes FROM evidence WHERE sha256 = CAST(? AS TEXT)", [sha256])
        if not found:
            raise _missing("The evidence", sha256)
        return bytes(found[0][0])

    def _write_pin(self, pin: Pin) -> None:
        if self._fetch("SELECT 1 FROM pinned WHERE hash = CAST(? AS TEXT)", [pin.hash]):
            return
        for name, content in pin.sources.items():
            self._connection.execute(_INSERT_PIN_FILE, [pin.hash, *storable([name]), content])
        self._connection.execute(_INSERT_PIN, storable([pin.hash, pin.kind, pin.name, pin.compiled]))

    def _write_evidence(self, sha256: str, content: bytes) -> None:
        if not self._fetch("SELECT 1 FROM evidence WHERE sha256 = CAST(? AS TEXT)", [sha256]):
            sql = "INSERT INTO evidence (sha256, size, bytes) VALUES (?, ?, ?)"
            self._connection.execute(sql, [sha256, len(content), content])

    def _fetch(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        with self._plainly():
            return fetch(self._connection, sql, values)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn what the database or a damaged text raises into a trouble with a sentence."""
        try:
            yield
        except FAILURES as exc:
            raise in_plain_words(exc, self.path) from exc
        except Undecodable as exc:
            raise JournalTrouble(exc.sentence, WHEN_DAMAGED) from exc


def _missing(what: str, hash_: str) -> JournalTrouble:
    return JournalTrouble(
        f"{what} with the hash {hash_[:12]}… is not in this journal.",
        "It was kept or erased elsewhere; see: crisisdesk verify",
    )
