"""A copy of the journal by SQLite's online call: whole and of one moment, while others go on writing."""

import sqlite3
from pathlib import Path

from crisisdesk.journal import JournalTrouble
from crisisdesk.journal.places import make_private_file, sync_folder
from crisisdesk.journal.troubles import FAILURES, in_plain_words

_PAGES = 4096
_RESTARTS = 5
"""How often writers may make the copy begin again before it holds them off until it is done."""


class _TooOften(Exception):  # noqa: N818 - a turn of the way, not an error
    """Writers made the copy begin again and again."""


def copy(source: sqlite3.Connection, path: Path, to: Path) -> None:
    """Copy ``source``, opened from ``path``, to a new file. Raises JournalTrouble, and leaves no half copy behind."""
    try:
        make_private_file(to)
    except FileExistsError:
        raise JournalTrouble(
            f"{to} is there already, and a backup never overwrites.", "Name a new file."
        ) from None
    except OSError as exc:
        raise JournalTrouble(
            f"The backup {to} cannot be made ({exc.strerror}).",
            "Check that the folder is there and that you may write in it.",
        ) from exc
    try:
        _copy_pages(source, to)
        sync_folder(to.parent)
    except BaseException as exc:
        to.unlink(missing_ok=True)
        if isinstance(exc, FAILURES):
            raise in_plain_words(exc, path) from exc
        raise


def _copy_pages(source: sqlite3.Connection, to: Path) -> None:
    target = sqlite3.connect(to, isolation_level=None)
    try:
        target.execute("PRAGMA synchronous = EXTRA")
        target.execute("PRAGMA fullfsync = 1")
        try:
            source.backup(target, pages=_PAGES, progress=_Patience())
        except _TooOften:
            source.backup(target)
    finally:
        target.close()


class _Patience:
    """Counts how often the pages left grew instead of shrinking: each time, somebody wrote and the copy began again."""

    def __init__(self) -> None:
        self._left = -1
        self._restarts = 0

    def __call__(self, _status: int, left: int, _total: int) -> None:
        self._restarts += 0 <= self._left < left
        self._left = left
        if self._restarts > _RESTARTS:
            raise _TooOften
