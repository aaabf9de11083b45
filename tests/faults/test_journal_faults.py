"""The night the machine fails: killed in the middle, the disk full, the rights taken, four desks at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crisisdesk.journal import Head, JournalTrouble
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import ROOT, STREAM, ask, chain, rows

posix = pytest.mark.skipif(os.name != "posix", reason="uses signals, limits or user ids of POSIX systems")

_PRELUDE = """
import os, sys
from pathlib import Path
from crisisdesk.journal import Conflict, Head, JournalTrouble
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import STREAM, chain, note, rows
path = Path(sys.argv[1])
"""

_WRITER = """
journal = SqliteJournal(path, wait=60)
name, count = sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
done = 0
while done < count:
    entry = note(journal.head(STREAM), f"{name}{done}:1", {"text": "x" * 9000})
    try:
        journal.append([entry], [rows()])
    except Conflict:
        continue
    done += 1
    os.write(1, f"{entry.seq} {entry.hash}\\n".encode())
"""


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PRELUDE + code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def test_four_desks_at_once_write_one_gapless_chain(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    writers = [child(_WRITER, path, f"writer{n}-", 50) for n in range(4)]
    assert [told(writer) for writer in writers] == ["ready"] * 4
    for writer in writers:
        go(writer)
    acknowledged: set[tuple[int, str]] = set()
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert err == ""
        acknowledged |= {(int(line.split()[0]), line.split()[1]) for line in out.splitlines()}
    journal = SqliteJournal(path)
    assert {(entry.seq, entry.hash) for entry in journal.read(STREAM)} == acknowledged
    assert {seq for seq, _ in acknowledged} == set(range(1, 201))
    assert journal.verify() == []
    journal.close()


@posix
@pytest.mark.parametrize("heard", [1, 2, 7, 40])
def test_what_was_acknowledged_before_a_kill_is_there(tmp_path: Path, heard: int) -> None:
    path = tmp_path / "desk.db"
    writer = child(_WRITER, path, "w", 100_000)
    assert told(writer) == "ready"
    go(writer)
    acknowledged = [told(writer) for _ in range(heard)]
    writer.kill()  # SIGKILL: no cleaning up
    out, _ = writer.communicate(timeout=60)
    acknowledged += [line for line in out.splitlines() if len(line.split(" ")[-1]) == 64]
    journal = SqliteJournal(path)
    kept = [f"{entry.seq} {entry.hash}" for entry in journal.read(STREAM)]
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1
    assert journal.verify() == []
    assert journal.append(chain(1, start=journal.head(STREAM)), []), "the dead process holds no lock"
    journal.close()


@posix
def test_a_kill_inside_the_transaction_leaves_the_last_whole_state(tmp_path: Path) -> None:
    """Killed between writing and committing, with pages already spilled into the file: the next opening rolls back."""
    path = tmp_path / "desk.db"
    first = SqliteJournal(path)
    written = first.append(chain(2), [rows()])
    first.close()
    code = """
journal = SqliteJournal(path)
journal._connection.execute("PRAGMA cache_size = 2")
def stop(*_):
    print("inside", flush=True)
    sys.stdin.readline()
journal._write_rows = stop
journal.append(chain(60, start=journal.head(STREAM)), [], files={"ab": b"x" * 5_000_000})
"""
    process = child(code, path)
    assert told(process) == "inside"
    process.kill()
    process.communicate(timeout=60)
    assert path.with_name("desk.db-journal").stat().st_size > 0, "there was something to roll back"
    again = SqliteJournal(path)
    assert again.read(STREAM) == written
    assert again.verify() == []
    again.close()


@posix
def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    code = """
import resource
journal = SqliteJournal(path)
[first] = journal.append(chain(1), [rows()])
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8192, resource.RLIM_INFINITY))
try:
    journal.append(chain(1, start=Head(1, first.hash)), [], files={"ab": b"x" * 1_000_000})
except JournalTrouble as trouble:
    print(trouble.sentence, trouble.remedy)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(journal.head(STREAM).seq, len(journal.verify()))
print(len(journal.append(chain(1, start=Head(1, first.hash)), [])))
"""
    out, err = child(code, path).communicate(timeout=60)
    assert err == ""
    sentence, after, later = out.splitlines()
    assert "disk" in sentence
    assert "ry again" in sentence
    assert (after, later) == ("1 0", "1")


def test_the_words_for_a_full_disk_are_its_own(tmp_path: Path) -> None:
    """SQLITE_FULL, made by a limit of pages: what a full disk raises where RLIMIT_FSIZE raises an I/O error."""
    journal = SqliteJournal(tmp_path / "desk.db")
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(JournalTrouble, match="The disk is full: nothing was saved") as caught:
        journal.append(chain(1), [], files={"ab": b"x" * 100_000})
    assert "Make room" in caught.value.remedy
    assert journal.head(STREAM) == Head()
    journal.close()


_WITHOUT_RIGHTS = """
import crisisdesk.journal.verify  # while it can be read: nobody may not be allowed into this folder
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    journal = SqliteJournal(path, wait=0.1)
    print(len(journal.read(STREAM)), len(journal.verify()))
    journal.append(chain(1, start=journal.head(STREAM)), [])
    print("written")
except JournalTrouble as trouble:
    print(trouble.sentence, "|", trouble.remedy)
"""


@pytest.fixture
def reachable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder every user can get to: the child may run as nobody."""
    folder = tmp_path_factory.mktemp("rights")
    for parent in (folder, *folder.parents):
        if parent.stat().st_mode & 0o001 == 0:
            if parent.stat().st_uid != os.geteuid():
                pytest.skip("the folder for tests cannot be reached by another user")
            parent.chmod(parent.stat().st_mode | 0o011)
    return folder


def _without_rights(path: Path) -> list[str]:
    out, err = child(_WITHOUT_RIGHTS, path).communicate(timeout=60)
    assert err == ""
    return out.splitlines()


@posix
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o666, 0o555), (0o444, 0o777)])
def test_what_may_only_be_read_is_read_and_not_written(reachable: Path, file: int, folder: int) -> None:
    path = reachable / "shared" / "desk.db"
    journal = SqliteJournal(path)
    journal.append(chain(2), [])
    journal.close()
    path.with_name("desk.db-journal").unlink()
    path.with_name("desk.db.lock").unlink()
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        read, refused = _without_rights(path)
    finally:
        path.parent.chmod(0o755)
    assert read == "2 0"
    assert any(word in refused for word in ("read-only", "cannot be opened"))
    assert "|" in refused
    assert ask(path, "SELECT count(*) FROM entries") == [(2,)]


@posix
@pytest.mark.parametrize(("file", "folder"), [(0o600, 0o755), (0o644, 0o700)])
def test_what_may_not_be_read_is_a_sentence(reachable: Path, file: int, folder: int) -> None:
    path = reachable / "private" / "desk.db"
    SqliteJournal(path).close()
    path.chmod(file if os.geteuid() == 0 else 0)
    path.parent.chmod(folder if os.geteuid() == 0 else 0o755)
    [refused] = _without_rights(path)
    assert "cannot be" in refused


@posix
def test_a_folder_that_cannot_be_made_is_a_sentence(reachable: Path) -> None:
    closed = reachable / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    [refused] = _without_rights(closed / "new" / "desk.db")
    assert "cannot be opened or made" in refused
    assert list(closed.iterdir()) == []
