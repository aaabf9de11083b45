"""Opening: private from the first byte, set to last, and nothing of others touched."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crisisdesk.journal import JournalTrouble
from crisisdesk.journal.opening import address
from crisisdesk.journal.places import file_system
from crisisdesk.journal.schema import APPLICATION_ID, TRIGGERS, USER_VERSION
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import ROOT, ask, chain, raw

posix = pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX systems")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened(path: Path) -> None:
    SqliteJournal(path).close()


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_all_files_are_private_whatever_the_umask(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        journal = SqliteJournal(path)
        journal.append(chain(1), [])
        journal.close()
    finally:
        os.umask(before)
    assert mode(path.parent) == 0o700
    assert {file.name: mode(file) for file in path.parent.iterdir()} == {
        "desk.db": 0o600,
        "desk.db-journal": 0o600,
        "desk.db.lock": 0o600,
    }


@posix
def test_in_a_folder_a_group_shares_the_group_may_write(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    journal = SqliteJournal(shared / "desk.db")
    journal.append(chain(1), [])
    journal.close()
    assert {mode(file) for file in shared.iterdir()} == {0o660}
    assert mode(shared) == 0o2770


def test_settings_of_the_connection_and_the_file(journal: SqliteJournal) -> None:
    def value(pragma: str) -> object:
        return journal._connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    expected = {
        "journal_mode": "truncate",
        "synchronous": 3,
        "fullfsync": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "application_id": APPLICATION_ID,
        "user_version": USER_VERSION,
    }
    assert {pragma: value(pragma) for pragma in expected} == expected
    memory_map = journal._connection.execute("PRAGMA mmap_size").fetchone()
    assert memory_map in {None, (0,)}


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE diary (day TEXT)",
        "PRAGMA application_id = 252006673",
        "PRAGMA user_version = 3",
    ],
)
def test_a_database_of_others_is_refused_and_left_as_it_was(tmp_path: Path, made: str) -> None:
    path = tmp_path / "other.db"
    other = raw(path)
    other.execute(made)
    other.close()
    before = path.read_bytes()
    with pytest.raises(JournalTrouble, match="another program"):
        SqliteJournal(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "content", [b"hello", b"a: 1\n" * 2000, bytes(8192), b"SQLite format 3\0" + bytes(4080)]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(JournalTrouble, match="not a journal") as caught:
        SqliteJournal(path)
    assert caught.value.remedy
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    journal = SqliteJournal(path)
    assert journal.append(chain(1), [])
    journal.close()


def test_a_newer_journal_is_refused_with_what_to_do(path: Path) -> None:
    opened(path)
    newer = raw(path)
    newer.execute(f"PRAGMA user_version = {USER_VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(JournalTrouble, match="newer crisisdesk") as caught:
        SqliteJournal(path)
    assert "Update" in caught.value.remedy
    assert path.read_bytes() == before


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(JournalTrouble, match="is a folder"):
        SqliteJournal(tmp_path)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "desk").touch()
    with pytest.raises(JournalTrouble, match="is a file"):
        SqliteJournal(tmp_path / "desk" / "desk.db")


@posix
def test_a_link_to_nowhere_is_not_followed_into_making_a_file(tmp_path: Path) -> None:
    (tmp_path / "desk.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(JournalTrouble, match="cannot be opened"):
        SqliteJournal(tmp_path / "desk.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_name_with_signs_of_an_address_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "desk?mode=memory#50%25 ä.db"
    opened(path)
    assert path.stat().st_size > 0


def test_an_address_does_not_make_a_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(address(tmp_path / "gone.db"), uri=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes as a name")
def test_a_name_that_is_no_text_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"desk-\xff.db")
    opened(path)
    assert path.stat().st_size > 0


def test_wal_is_put_back_when_nobody_else_has_the_file_open(path: Path) -> None:
    opened(path)
    replicator = raw(path)
    assert replicator.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    replicator.close()
    journal = SqliteJournal(path)
    assert journal.append(chain(1), [])
    assert ask(path, "PRAGMA journal_mode") == [("delete",)], "not the file's any more"
    assert not list(path.parent.glob("*-wal"))
    journal.close()


def test_wal_that_somebody_still_uses_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crisisdesk.journal.opening.BUSY_SECONDS", 0.01)
    opened(path)
    replicator = raw(path)
    replicator.execute("PRAGMA journal_mode = WAL")
    replicator.execute("SELECT count(*) FROM entries").fetchone()
    with pytest.raises(JournalTrouble, match="WAL") as caught:
        SqliteJournal(path)
    assert "Close that program" in caught.value.remedy
    replicator.close()
    opened(path)


def test_a_migration_that_fails_leaves_an_empty_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(TRIGGERS, "entries_no_update", "CREATE TRIGGER nonsense")
        with pytest.raises(JournalTrouble):
            SqliteJournal(path)
    assert ask(path, "SELECT count(*) FROM sqlite_master") == [(0,)]
    opened(path)


def test_eight_processes_open_one_new_file_at_once(path: Path) -> None:
    code = """
import sys
from pathlib import Path
from crisisdesk.journal import open_journal
print("ready", flush=True)
sys.stdin.readline()
journal = open_journal(Path(sys.argv[1]))
print(len(journal.verify()), flush=True)
"""
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    outputs = [child.communicate(timeout=60) for child in children]
    assert outputs == [("0\n", "")] * 8


def test_opening_and_one_append_import_little(path: Path) -> None:
    opened(path)
    code = """
import sys
from pathlib import Path
from crisisdesk.journal import open_journal
from tests.journal.making import chain
journal = open_journal(Path(sys.argv[1]))
journal.append(chain(1), [])
print(*sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(run.stdout.split())
    unwanted = {
        "sqlite_utils",
        "click",
        "uuid",
        "logging",
        "tempfile",
        "asyncio",
        "subprocess",
        "yaml",
        "pydantic",
    }
    assert not loaded & (unwanted | {"socket", "crisisdesk.journal.migrations", "crisisdesk.journal.verify"})


MOUNTS = r"""22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /srv/team\040desk rw - nfs4 server:/x rw
31 22 0:31 / /mnt/win rw,relatime shared:2 master:1 - cifs //server/x rw
32 31 0:32 / /mnt/win/local rw - ext4 /dev/sdb1 rw
33 22 0:33 / /home/ana/remote rw - fuse.sshfs ana@host: rw
34 22 0:34 / /mnt/c rw - 9p C:\134 rw
damaged line
"""


@posix
@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/team desk/desk.db", "nfs4"),
        ("/mnt/win/desk.db", "cifs"),
        ("/mnt/win/local/desk.db", ""),
        ("/mnt/windows/desk.db", ""),
        ("/home/ana/remote/a/b/desk.db", "fuse.sshfs"),
        ("/mnt/c/desk.db", "9p"),
        ("/nowhere/desk.db", ""),
    ],
)
def test_network_drives_are_known(tmp_path: Path, place: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert file_system(Path(place), mounts) == kind


@posix
def test_warnings_speak_of_drives_and_of_files_open_to_all(
    journal: SqliteJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 0:20 / / rw - ext4 /dev/sda1 rw")
    assert file_system(journal.path, tmp_path / "not there") == ""
    journal.path.chmod(0o644)
    assert [word for word in journal.warnings() if "Every user" in word]
    monkeypatch.setattr("crisisdesk.journal.places.file_system", lambda _: "nfs")
    assert "network drive (nfs)" in journal.warnings()[0]
