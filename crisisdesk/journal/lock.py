"""The file lock beside the database: one writer at a time, in turn, and a name for the one who does not let go.

SQLite's own lock keeps the file whole; this one keeps the waiting short, since SQLite's busy handler lets slow
writers starve. The lock belongs to an open file, so the system frees it when its process ends, however it ends.
"""

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from crisisdesk.journal import JournalTrouble
from crisisdesk.journal.places import creation_mode

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT = 10.0
"""Seconds a writer waits before it names the holder and gives up."""

_BEYOND_THE_TEXT = 1 << 20
"""The byte Windows locks: one past the holder's name, so that others can still read it."""


class FileLock:
    """Held for one append: ``with lock: ...``. Raises JournalTrouble when the wait ends or the file cannot be made."""

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        """Take the path of the lock file, made on first use, and how many seconds to wait."""
        self._path = path
        self._wait = wait
        self._file = -1

    def __enter__(self) -> None:
        if self._file < 0:
            self._file = self._open()
        give_up, pause = time.monotonic() + self._wait, 0.0005
        while not _taken(self._file):
            if time.monotonic() >= give_up:
                raise JournalTrouble(
                    f"Nothing was saved: {self._holder()} is writing in the journal and has not let go for {self._wait:.0f} seconds.",
                    "Look whether that program hangs or was paused; end or resume it, then try again.",
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.01)
        self._sign()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _let_go(self._file)

    def close(self) -> None:
        """Close the lock file; it is never deleted, for somebody may be waiting on it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _open(self) -> int:
        mode = creation_mode(self._path.parent) | _shared_with(self._path)
        flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
        try:
            try:
                file = os.open(self._path, flags | os.O_CREAT | os.O_EXCL, mode)
            except FileExistsError:
                return os.open(self._path, flags)
            if sys.platform != "win32":
                os.fchmod(file, mode)  # the umask may have taken the group's share away
        except OSError as exc:
            raise JournalTrouble(
                f"Nothing was saved: the lock file {self._path} cannot be opened ({exc.strerror}).",
                "Check that you may write in that folder; ask whoever looks after this computer.",
            ) from exc
        return file

    def _sign(self) -> None:
        os.lseek(self._file, 0, os.SEEK_SET)
        try:
            os.write(self._file, f"{os.getpid()} {_host()}\n".encode(errors="replace"))
            os.ftruncate(self._file, os.lseek(self._file, 0, os.SEEK_CUR))
        except OSError:
            pass  # a full disk must not keep anybody from reading the sentence SQLite has for it

    def _holder(self) -> str:
        os.lseek(self._file, 0, os.SEEK_SET)
        pid, _, host = os.read(self._file, 300).decode(errors="replace").split("\n")[0].partition(" ")
        return f"process {pid} on {host or 'this computer'}" if pid.isdigit() else "another process"


def _shared_with(lock: Path) -> int:
    """Return the rights to write that others have on the journal: who may write it must be able to queue for it."""
    try:
        return lock.with_name(lock.name.removesuffix(".lock")).stat().st_mode & 0o066
    except OSError:
        return 0


def _host() -> str:
    if sys.platform == "win32":
        import socket

        return socket.gethostname()
    return os.uname().nodename


if sys.platform == "win32":

    def _taken(file: int) -> bool:
        os.lseek(file, _BEYOND_THE_TEXT, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(file: int) -> None:
        os.lseek(file, _BEYOND_THE_TEXT, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def _taken(file: int) -> bool:
        # flock, not lockf: it belongs to the open file, so two journals of one process exclude each other too.
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
