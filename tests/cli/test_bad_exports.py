"""What goes wrong around an export: a sentence and an exit code, never half a file, never a traceback, nothing left beside."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crisisdesk.reports import FORMATS
from tests.cli.conftest import Answer, Run

ENDINGS = [one for one in FORMATS if one != "ics"] + ["zip"]
"""A calendar needs something with a date; its own tests write one."""


@pytest.fixture
def noted(declared: Run) -> Run:
    """INC-0001 with a note full of what nobody should paste."""
    nasty = "\x1b]0;x\x07 \u202e tixe \u200b =1+1 </td> \r\n\t| `x` \udcff"
    answer = declared(
        "--as", "Ada", "note", "1", "--text-file", "-", stdin=nasty.encode("utf-8", "replace").decode()
    )
    assert answer.code in (0, 2)
    assert declared("--as", "Ada", "note", "1", "umlauts: Grüße, 中文, 🙂, \u202etixe").code == 0
    return declared


def plainly(answer: Answer, code: tuple[int, ...] = (1, 2)) -> None:
    """Fail unless it was refused in plain sentences."""
    assert answer.code in code, (answer.out, answer.err)
    assert answer.err.strip()
    assert "Traceback" not in answer.err
    assert "Error" not in answer.err


def listed(folder: Path) -> list[str]:
    """Name what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_places_nothing_can_be_written_to(noted: Run, tmp_path: Path, ending: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a-file").write_text("mine")
    (out / f"folder.{ending}").mkdir()
    (out / f"link.{ending}").symlink_to(out / "a-file")
    (out / f"there.{ending}").write_text("mine")
    before = listed(out)
    for target in (
        out / "a-file" / f"x.{ending}",
        out / "nowhere" / f"x.{ending}",
        out / f"folder.{ending}",
        out / f"link.{ending}",
        out / f"there.{ending}",
        out / f"{'long' * 80}.{ending}",
    ):
        plainly(noted("export", "1", "--to", str(target)))
    assert listed(out) == before
    assert (out / "a-file").read_text() == (out / f"there.{ending}").read_text() == "mine"
    assert noted("export", "1", "--to", str(out / f"there.{ending}"), "--force").code == 0
    assert (out / f"there.{ending}").stat().st_size > 20
    assert listed(out) == before


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ones_own(noted: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    plainly(noted("export", "1", "--to", str(out / "x.docx")))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_leaves_what_was_there(noted: Run, tmp_path: Path, ending: str) -> None:
    """A limit on how large a file may grow stands for the full disk: the system refuses the write half-way."""
    out = tmp_path / "out"
    out.mkdir()
    (out / f"x.{ending}").write_text("mine")
    limit = "import resource, os, sys, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)); os.execv(sys.executable, [sys.executable, '-m', 'crisisdesk', *sys.argv[1:]])"  # fmt: skip
    env = {
        **os.environ,
        "CRISISDESK_DB": str(tmp_path / "desk" / "desk.db"),
        "HOME": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", limit, "export", "1", "--to", str(out / f"x.{ending}"), "--force"], capture_output=True, text=True, env=env, check=False
    )  # fmt: skip
    plainly(Answer(done.returncode, done.stdout, done.stderr))
    assert listed(out) == [f"x.{ending}"]
    assert (out / f"x.{ending}").read_text() == "mine"


@pytest.mark.parametrize("named", ["../../etc/passwd", "a/b", "..", "", "INC-0001/../x", "\u202e1", "1\n"])
def test_a_name_that_is_no_incidents(noted: Run, tmp_path: Path, named: str) -> None:
    before = listed(tmp_path)
    answer = noted("export", named, "--to", str(tmp_path / "x.md"))
    if answer.code:
        plainly(answer)
        assert listed(tmp_path) == before
    else:
        assert named.strip() == "1"


def test_control_characters_come_out_as_signs_or_as_they_were(noted: Run, tmp_path: Path) -> None:
    for ending in ("md", "html", "csv", "svg", "slack.txt", "timesketch.csv"):
        file = tmp_path / f"x.{ending}"
        assert noted("export", "1", "--to", str(file)).code == 0
        text = file.read_bytes().decode("utf-8-sig")
        assert "\x1b" not in text, ending
        assert "\u202e" not in text, ending
    assert noted("export", "1", "--to", str(tmp_path / "x.json")).code == 0
    assert (tmp_path / "x.json").read_bytes().isascii()


def test_a_note_of_twenty_megabytes_is_in_every_document_or_named(declared: Run, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(
        "The same line, again and again, because somebody pasted a whole feed.\n" * 300_000, encoding="utf-8"
    )
    answer = declared("--as", "Ada", "note", "1", "--text-file", str(file))
    if answer.code:
        plainly(answer)
        return
    for ending in ("md", "html", "csv", "json"):
        made = tmp_path / f"x.{ending}"
        assert declared("export", "1", "--to", str(made)).code == 0, ending
        assert made.stat().st_size > 15_000_000


def test_an_open_incident_is_marked_interim_everywhere(declared: Run, tmp_path: Path) -> None:
    for ending in ("md", "html", "svg"):
        file = tmp_path / f"x.{ending}"
        assert declared("export", "1", "--to", str(file)).code == 0
        assert "interim" in file.read_text(encoding="utf-8").casefold(), ending


def test_killed_half_way_the_old_file_is_whole(declared: Run, tmp_path: Path) -> None:
    """Killed at the moment the new file is written aside: the old one stands, and the next export goes through."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.docx").write_bytes(b"old")
    code = (
        "import os, signal, sys; from pathlib import Path; import crisisdesk.reports as r; "
        "r._settle = lambda folder: None; real = Path.replace; "
        "Path.replace = lambda self, to: os.kill(os.getpid(), signal.SIGKILL); "
        "from crisisdesk.__main__ import main; sys.exit(main())"
    )
    env = {**os.environ, "CRISISDESK_DB": str(tmp_path / "desk" / "desk.db"), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code, "export", "1", "--to", str(out / "x.docx"), "--force"], capture_output=True, env=env, check=False)  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (out / "x.docx").read_bytes() == b"old"
    assert declared("export", "1", "--to", str(out / "x.docx"), "--force").code == 0
    assert (out / "x.docx").read_bytes()[:2] == b"PK"
