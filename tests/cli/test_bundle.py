"""The bundle: whole, checked by a script that needs nothing, taken into another desk unchanged; a changed byte is named."""

import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SECRET = "a matter for HR"


@pytest.fixture
def bundle(declared: Run, tmp_path: Path) -> Path:
    """INC-0001 with words, evidence, a correction and something kept closer, as a bundle."""
    (tmp_path / "ünïcode [b].png").write_bytes(b"\x89PNG not really")
    for words in (
        ("note", "1", "Zwei Zeilen,\nmit \u202e und 🙂"),
        ("note", "1", SECRET, "--sensitivity", "hr"),
        ("attach", "1", str(tmp_path / "ünïcode [b].png"), "--note", "what it shows"),
        ("correct", "1", "3", "Eine Zeile", "--because", "typed too fast"),
    ):
        answer = declared("--as", "Ada", *words)
        assert answer.code == 0, answer.err
    made = tmp_path / "bundle.zip"
    answer = declared("export", "1", "--to", str(made))
    assert answer.code == 0, answer.err
    assert "It holds 1 entries that few may read" in answer.out or "few may read" in answer.out
    return made


def unpacked(bundle: Path, folder: Path) -> Path:
    """Unpack a bundle."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder


def checked(folder: Path) -> tuple[int, str]:
    """Run the bundle's own script with nothing but Python."""
    done = subprocess.run(
        [sys.executable, "-I", "-B", str(folder / "verify.py")],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def changed(bundle: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy a bundle with its files changed; None leaves one out."""
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(to, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
    return to


def names(bundle: Path) -> list[str]:
    """Name the files of a bundle."""
    with zipfile.ZipFile(bundle) as archive:
        return archive.namelist()


def flipped(content: bytes) -> bytes:
    """Change one bit in the middle."""
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _flip_one(name: str, one: str, content: bytes) -> bytes:
    return flipped(content) if one == name else content


def _leave_out(name: str, one: str, content: bytes) -> bytes | None:
    return None if one == name else content


def test_the_script_says_that_all_fits_and_names_what_does_not(bundle: Path, tmp_path: Path) -> None:
    code, said = checked(unpacked(bundle, tmp_path / "whole"))
    assert (code, said.startswith("All fits: INC-0001, ")) == (0, True), said
    for name in names(bundle):
        if name == "verify.py":
            continue
        folder = shutil.copytree(tmp_path / "whole", tmp_path / "other")
        (folder / name).write_bytes(flipped((folder / name).read_bytes()))
        code, said = checked(folder)
        assert code == 1, name
        assert name in said, said
        (folder / name).unlink()
        assert checked(folder)[0] == 1, name
        shutil.rmtree(folder)
    (tmp_path / "whole" / "more.txt").write_text("x")
    assert checked(tmp_path / "whole") == (1, "more.txt does not belong to this bundle.\n")


def test_the_script_finds_a_log_that_was_made_anew(bundle: Path, tmp_path: Path) -> None:
    """Whoever mends every file's hash still breaks the chain, and the place is named."""
    import hashlib

    folder = unpacked(bundle, tmp_path / "whole")
    log = (folder / "log.jsonl").read_text().replace("typed too fast", "typed too slow")
    (folder / "log.jsonl").write_text(log)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["log.jsonl"] = hashlib.sha256(log.encode()).hexdigest()
    text = json.dumps(manifest)
    (folder / "manifest.json").write_text(text)
    (folder / "manifest.sha256").write_text(hashlib.sha256(text.encode()).hexdigest())
    seq = next(
        one["seq"] for one in map(json.loads, log.splitlines()) if "typed too slow" in str(one["words"])
    )
    assert checked(folder) == (1, f"Entry {seq} was changed, moved or removed.\n")
    again = tmp_path / "again.zip"
    with zipfile.ZipFile(again, "w") as made:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                made.write(path, path.relative_to(folder).as_posix())
    assert f"entry #{seq} is not as it was written" in refused(again, tmp_path)


def refused(bundle: Path, tmp_path: Path) -> str:
    """Try to take a bundle into an empty desk, and return what was said; nothing may be written."""
    db = tmp_path / "empty" / "desk.db"
    done = subprocess.run(
        [sys.executable, "-m", "crisisdesk", "--db", str(db), "import", str(bundle)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    listed = subprocess.run(
        [sys.executable, "-m", "crisisdesk", "--db", str(db), "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "INC-0001" not in listed.stdout
    return done.stderr


def test_another_desk_takes_it_in_unchanged(declared: Run, bundle: Path, tmp_path: Path) -> None:
    other = ("--db", str(tmp_path / "other" / "desk.db"))
    answer = declared(*other, "--as", "Ben", "import", str(bundle))
    assert answer.code == 0, answer.err
    assert "It is not closed. Go on with it in one desk only" in answer.out
    for words in (
        ("timeline", "1"),
        ("show", "1", "--json"),
        ("evidence", "list", "1"),
        ("steps", "1"),
    ):
        here, there = declared(*words), declared(*other, *words)
        assert here.code == there.code
        assert here.out == there.out, words
    assert declared(*other, "verify").code == 0
    assert declared(*other, "--as", "Ben", "note", "1", "it goes on here").code == 0
    again = declared(*other, "import", str(bundle))
    assert (again.code, "INC-0001 is here already, with" in again.err) == (1, True)
    assert declared("import", str(bundle)).err.startswith(
        "INC-0001 is here already, the same to the last entry."
    )


def test_a_name_that_is_taken_is_refused_with_the_way_out(
    declared: Run, bundle: Path, tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other" / "desk.db"))
    assert declared(*other, "declare", "something else", "-p", "employee-post").code == 0
    answer = declared(*other, "import", str(bundle))
    assert answer.code == 1
    assert "This desk has another incident named INC-0001." in answer.err
    assert declared(*other, "verify").code == 0


def test_a_changed_byte_anywhere_is_named(bundle: Path, tmp_path: Path) -> None:
    from crisisdesk.desk.bundle.checking import NotABundle, opened

    for name in names(bundle):
        bad = changed(bundle, tmp_path / "bad.zip", partial(_flip_one, name))
        with pytest.raises(NotABundle) as trouble, opened(bad):
            pass
        assert name in trouble.value.sentence
        lost = changed(bundle, tmp_path / "bad.zip", partial(_leave_out, name))
        with pytest.raises(NotABundle) as trouble, opened(lost):
            pass
        assert name in trouble.value.sentence


def test_a_changed_byte_of_the_zip_is_refused_or_changes_nothing(bundle: Path, tmp_path: Path) -> None:
    from crisisdesk.desk.bundle.checking import NotABundle, opened

    data = bundle.read_bytes()
    with opened(bundle) as whole:
        head = whole.contents
    dice = random.Random(7)
    for place in [dice.randrange(len(data)) for _ in range(150)]:
        bad = tmp_path / "bad.zip"
        bad.write_bytes(data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :])
        with suppress(NotABundle), opened(bad) as read:
            assert read.contents == head, place


def _with(name: str, content: bytes = b"x") -> Callable[[Path, Path], None]:
    def make(bundle: Path, to: Path) -> None:
        shutil.copy(bundle, to)
        with zipfile.ZipFile(to, "a") as archive:
            archive.writestr(name, content)

    return make


def _cut(bundle: Path, to: Path) -> None:
    to.write_bytes(bundle.read_bytes()[:-300])


def _no_zip(_: Path, to: Path) -> None:
    to.write_text("nothing")


def _bomb(_: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("manifest.json", "w") as out:
        for _piece in range(200):
            out.write(b"0" * 1_000_000)
        archive_name = "manifest.sha256"
    with zipfile.ZipFile(to, "a") as archive:
        archive.writestr(archive_name, "0" * 64)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_with("../../evil"), "does not belong to it"),
        (_with("/etc/evil"), "does not belong to it"),
        (_with("log.jsonl"), "is in it twice"),
        (_cut, "is no bundle, or it is damaged"),
        (_no_zip, "is no bundle, or it is damaged"),
        (_bomb, "unpacks to more than it may hold"),
    ],
)
def test_traps_are_refused_in_a_sentence(
    bundle: Path, tmp_path: Path, make: Callable[[Path, Path], None], said: str
) -> None:
    bad = tmp_path / "bad.zip"
    make(bundle, bad)
    assert said in refused(bad, tmp_path)
    assert "There is no file" in refused(tmp_path / "nowhere.zip", tmp_path)
    assert "is not an ordinary file" in refused(tmp_path, tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "is not an ordinary file" in refused(tmp_path / "pipe", tmp_path)


def test_a_bundle_is_for_no_smaller_audience_and_never_overwrites(declared: Run, bundle: Path) -> None:
    answer = declared("export", "1", "--to", str(bundle.with_name("b.zip")), "--audience", "public")
    assert (answer.code, "A bundle holds the whole log" in answer.err) == (2, True)
    before = bundle.read_bytes()
    assert declared("export", "1", "--to", str(bundle)).code == 1
    assert bundle.read_bytes() == before
    assert declared("export", "1", "--to", str(bundle), "--force").code == 0
    assert not [path for path in bundle.parent.iterdir() if path.name.endswith(".part")]


def test_killed_while_it_is_taken_in_the_desk_is_whole(declared: Run, bundle: Path, tmp_path: Path) -> None:
    """Killed after the entries and before the end of the one transaction: nothing of it is there, and the next try goes through."""
    other = ("--db", str(tmp_path / "other" / "desk.db"))
    assert declared(*other, "list").code == 0
    code = (
        "import os, signal, sys; from crisisdesk.journal.sqlite import SqliteJournal; "
        "SqliteJournal._write_rows = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "from crisisdesk.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *other, "import", str(bundle)], capture_output=True, check=False
    )
    assert done.returncode == -9, done.stderr
    assert "INC-0001" not in declared(*other, "list").out
    assert declared(*other, "verify").code == 0
    assert declared(*other, "import", str(bundle)).code == 0
    assert declared(*other, "verify").code == 0
