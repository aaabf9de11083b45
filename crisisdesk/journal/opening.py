"""Opening the file: whose it is, how old, and set so that what is acknowledged survives a power cut.

Nothing is written to a file that is not ours. The file is only ever opened by SQLite: a plain ``open().close()`` by
this process would drop the locks its other connections hold.
"""

import sqlite3
from pathlib import Path

from crisisdesk.journal import JournalTrouble
from crisisdesk.journal.lock import FileLock
from crisisdesk.journal.schema import APPLICATION_ID, USER_VERSION
from crisisdesk.journal.troubles import FAILURES, in_plain_words

BUSY_SECONDS = 5.0
"""How long SQLite waits for a reader, or for a stranger's lock; our own writers queue at the file lock."""

_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

_PRAGMAS = (
    "synchronous = EXTRA",
    "fullfsync = 1",
    "checkpoint_fullfsync = 1",
    "trusted_schema = 0",
    "cell_size_check = 1",
    "mmap_size = 0",
    "secure_delete = ON",
    "foreign_keys = ON",
    "recursive_triggers = ON",
)


def connect(path: Path, lock: FileLock) -> sqlite3.Connection:
    """Open an existing file, set it up, and bring its schema up to date. Raises JournalTrouble with a sentence."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise JournalTrouble(
            f"This Python carries SQLite {sqlite3.sqlite_version}, which is too old.",
            "Use one with SQLite 3.37 or newer.",
        )
    try:
        connection = sqlite3.connect(address(path), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _settle(connection, path, lock)
        except BaseException:
            connection.close()
            raise
    except FAILURES as exc:
        raise in_plain_words(exc, path) from exc
    return connection


def address(path: Path) -> str:
    """Write a path as SQLite's address of a file that must be there: one just removed is not quietly made again.

    Not ``Path.as_uri``: from Python 3.13 on it imports a library that takes longer than opening the file.
    """
    name = path.absolute().as_posix()
    for sign in "%?#":
        name = name.replace(sign, f"%{ord(sign):02X}")
    return f"file://{'' if name.startswith('/') else '/'}{name}?mode=rw"


def _settle(connection: sqlite3.Connection, path: Path, lock: FileLock) -> None:
    current = is_current(connection, path)
    _leave_wal(connection, path, lock)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if not current:
        _migrate(connection, path, lock)


def is_current(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the file has this program's schema; False for an empty or older one. Raises JournalTrouble for others'."""
    application, version = _number(connection, "application_id"), _number(connection, "user_version")
    if application == APPLICATION_ID:
        if version > USER_VERSION:
            raise JournalTrouble(
                f"The journal {path} was written by a newer crisisdesk (its schema is {version}, this program knows {USER_VERSION}).",
                "Update crisisdesk on this computer. The file was not changed.",
            )
        return version == USER_VERSION
    objects = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application or version or objects:
        raise JournalTrouble(
            f"{path} is a database of another program, not a journal of this desk.",
            "Name another file. This one was not changed.",
        )
    return False


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _leave_wal(connection: sqlite3.Connection, path: Path, lock: FileLock) -> None:
    # The mode is the connection's own until the file says WAL; then it is the file's, and everybody's.
    if str(connection.execute("PRAGMA journal_mode").fetchone()[0]).lower() == "wal":
        try:
            with lock:
                mode = connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()[0]
        except sqlite3.OperationalError as exc:
            mode = exc
        if mode != "truncate":
            raise JournalTrouble(
                f"Another program has switched the journal {path} to a mode (WAL) in which entries can be lost, and still has it open.",
                "Close that program (a replication or backup tool, a database browser), then open the desk again.",
            )
        return
    connection.execute("PRAGMA journal_mode = TRUNCATE")


def _migrate(connection: sqlite3.Connection, path: Path, lock: FileLock) -> None:
    with lock:
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Somebody else may have made the schema while we waited.
            if not is_current(connection, path):
                from crisisdesk.journal.migrations import migrate

                migrate(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
