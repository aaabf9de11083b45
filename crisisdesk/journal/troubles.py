"""What SQLite says, in words for somebody in the middle of a crisis: what happened, and what to do."""

import sqlite3
from pathlib import Path

from crisisdesk.journal import JournalTrouble

Failure = sqlite3.Error | UnicodeDecodeError
FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What a query can raise; Python says UnicodeDecodeError where a damaged file gets into the text of an error, too."""

WHEN_DAMAGED = "See what is damaged with: crisisdesk verify. Then go on with the latest backup that verifies."

_ASK = "Ask whoever looks after this computer."
_TWICE = "Try again: the same action is never written twice."

_WORDS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        "The disk is full: nothing was saved.",
        "Make room on the disk that holds {path}, then try again. What you typed is still here.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk reported an error, so it is not sure that this was saved.",
        f"Check that the disk is connected, not full and within your quota. {_TWICE}",
    ),
    sqlite3.SQLITE_READONLY: (
        "The journal {path} is read-only: nothing was saved.",
        f"You need the right to write in the file and in its folder. {_ASK}",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The journal {path} cannot be opened.",
        f"Check that it is still there, and that you may read it and write in its folder. {_ASK}",
    ),
    sqlite3.SQLITE_PERM: ("You may not use the journal {path}.", _ASK),
    sqlite3.SQLITE_BUSY: (
        "Another program is using the journal {path} and does not let go: nothing was saved.",
        "Close other programs that have the file open (a database browser, a backup), then try again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The journal {path} is damaged.",
        "Do not write in it any more. Copy the file away as it is, and go on with the latest backup.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a journal of this desk.",
        "Name another file. This one was not changed.",
    ),
    sqlite3.SQLITE_TOOBIG: (
        "This is too big for the journal.",
        "Attach a smaller file, or log where it is kept.",
    ),
    sqlite3.SQLITE_NOMEM: (
        "This computer has no memory left: nothing was saved.",
        f"Close other programs. {_TWICE}",
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        "The journal's own guard refused to write: {message}.",
        "This is a mistake in the program, not yours. Everything saved before is intact; please report it.",
    ),
}
_MOVED = (
    "The journal {path} was moved, replaced or deleted while the desk was open: nothing was saved.",
    f"Put the file back and try again, or leave the desk and open it anew; what is half typed is kept. {_ASK}",
)
"""SQLite's own check before each write (SQLITE_READONLY_DBMOVED): else words would go into a file that nobody sees."""
_WORDS[sqlite3.SQLITE_LOCKED] = _WORDS[sqlite3.SQLITE_BUSY]


def in_plain_words(error: Failure, path: Path) -> JournalTrouble:
    """Return the trouble that an error of the database means for the person at the desk."""
    if isinstance(error, UnicodeDecodeError):
        return JournalTrouble(
            f"The journal {path} is damaged: it holds bytes that are no text.", WHEN_DAMAGED
        )
    code = getattr(error, "sqlite_errorcode", 0)
    unknown = ("The journal {path} could not be used: {message}.", f"{_TWICE} {_ASK}")
    sentence, remedy = _MOVED if code == sqlite3.SQLITE_READONLY_DBMOVED else _WORDS.get(code & 0xFF, unknown)
    facts = {"path": str(path), "message": str(error)}
    return JournalTrouble(sentence.format_map(facts), remedy.format_map(facts))
