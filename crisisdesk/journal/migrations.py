"""From an empty or older file to the schema of this program: forward only, one function a released version.

Imported only when a file is new or older, for ``sqlite_utils`` costs more to import than an entry takes to write.
Runs inside a transaction that the caller has opened with ``BEGIN IMMEDIATE`` under the file lock. Never use
``table.transform()`` here: it drops triggers without a word.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from crisisdesk.journal.schema import (
    APPLICATION_ID,
    INDEXES,
    TABLES,
    TABLES_2,
    TABLES_3,
    TABLES_4,
    TRIGGERS,
    USER_VERSION,
    VIEWS,
)

journal = Migrations("journal")


@journal()
def m001_the_log(db: Database) -> None:
    """Version 1: the log, its words, what is pinned, evidence, and the read models."""
    for texts in (TABLES, VIEWS, TRIGGERS):
        for text in texts.values():
            # Not db.execute(): that would commit by itself outside its own transactions.
            db.conn.execute(text)


@journal()
def m002_what_is_said(db: Database) -> None:
    """Version 2: tables of what is said, decided, asked and kept. Whoever opened the file fills them from the log."""
    for text in TABLES_2.values():
        db.conn.execute(text)


@journal()
def m003_what_is_due(db: Database) -> None:
    """Version 3: what falls due, across incidents. The roles' rows go, so that whoever opened the file fills all tables anew."""
    for text in (*TABLES_3.values(), *INDEXES.values()):
        db.conn.execute(text)
    db.conn.execute("DELETE FROM role_intervals")


@journal()
def m004_what_is_asked_for(db: Database) -> None:
    """Version 4: follow-ups, across incidents. No older log has any: there is nothing to fill."""
    for text in TABLES_4.values():
        db.conn.execute(text)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to this program's schema, within the transaction that is open."""
    journal.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
