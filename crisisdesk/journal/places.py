"""Where the journal lies: its folder and file made private before anything is in them, and places to be wary of."""

import os
import stat
from pathlib import Path

from crisisdesk.journal import JournalTrouble

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs")


def creation_mode(folder: Path) -> int:
    """Return the mode for new files: 0660 in a folder a group shares (setgid), otherwise 0600."""
    return 0o660 if _mode(folder) & stat.S_ISGID else 0o600


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def make_place(path: Path) -> None:
    """Make the folder (0700) and an empty file, where they are missing. Raises JournalTrouble.

    An existing file is not opened here: closing it would drop the locks another journal of this process holds.
    """
    try:
        if path.is_dir():
            raise JournalTrouble(
                f"{path} is a folder, not a journal.", f"Name a file in it, such as {path / 'desk.db'}."
            )
        _make_folder(path.parent)
        make_private_file(path)
    except FileExistsError:
        return
    except NotADirectoryError:
        raise JournalTrouble(
            f"{path.parent} is a file, so there can be no journal in it.", "Name another place."
        ) from None
    except OSError as exc:
        raise JournalTrouble(
            f"The journal {path} cannot be opened or made ({exc.strerror}).",
            "Check that the folder is there and that you may read and write in it, or name another place.",
        ) from exc


def make_private_file(path: Path) -> None:
    """Make an empty file nobody else can read, never one that is there already (FileExistsError)."""
    mode = creation_mode(path.parent)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
    try:
        if os.name == "posix":
            os.fchmod(file, mode)  # the umask may have taken the group's share away
    finally:
        os.close(file)


def _make_folder(folder: Path) -> None:
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut, where the system can be asked to."""
    if os.name != "posix":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError:
        pass  # some file systems do not sync folders; the file's own syncs are what counts
    finally:
        os.close(file)


def wary_of(path: Path) -> list[str]:
    """Return a sentence for each thing about the place that puts the journal, or the people in it, at risk."""
    sentences = []
    if kind := file_system(path):
        sentences.append(
            f"The journal lies on a network drive ({kind}). Locks are not dependable there: two desks that write at once "
            "can damage it. Keep it on a local disk, and share it by backups or by a server."
        )
    if os.name == "posix" and _mode(path) & 0o007:
        sentences.append(
            f"Every user of this computer can open the journal. Make it private: chmod o= '{path}'"
        )
    return sentences


def file_system(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of the network file system a path lies on; empty for a local one or where nobody can say."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
        target = path.resolve()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if "-" not in fields[5:]:
            continue
        point = Path(_unescaped(fields[4]))
        # Of two mounts on one point the later covers the earlier.
        if target.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[fields.index("-", 5) + 1]
    return kind if kind.startswith(_NETWORK) else ""


def _unescaped(text: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text
