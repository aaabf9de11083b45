"""The real program in a real pseudo-terminal: it opens, it is typed at, it leaves the terminal as it was."""

import os
import signal
import sys
import time
from pathlib import Path

import pexpect
import pytest

pytestmark = pytest.mark.terminal
RESTORED = "\x1b[?1049l"


def start(
    folder: Path, *words: str, name: str = "Ada Okoro", around: dict[str, str] | None = None
) -> "pexpect.spawn[str]":
    """Start the desk at 80×24 with an empty home; without a name it is somebody's first time."""
    env = {
        **({"CRISISDESK_NAME": name} if name else {}),
        "HOME": str(folder),
        "PATH": os.environ.get("PATH", ""),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "CRISISDESK_DB": str(folder / "desk" / "desk.db"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        **(around or {}),
    }
    return pexpect.spawn(
        sys.executable,
        ["-m", "crisisdesk", *words],
        env=env,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )


def test_it_opens_asks_nothing_when_nothing_is_open_and_restores_the_terminal(tmp_path: Path) -> None:
    desk = start(tmp_path)
    desk.expect("No incidents")
    desk.send("\x11")
    desk.expect_exact(RESTORED)
    desk.expect(pexpect.EOF)
    desk.close()
    assert desk.exitstatus == 0


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_by_the_front_door(tmp_path: Path, name: signal.Signals) -> None:
    desk = start(tmp_path)
    desk.expect("No incidents")
    desk.kill(name)
    desk.expect_exact(RESTORED)
    desk.expect(pexpect.EOF)
    desk.close()
    assert desk.exitstatus == 0


def test_a_file_that_is_not_a_desk_is_a_sentence_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "desk.db").write_text("not a database, and somebody's only copy" * 100)
    desk = start(tmp_path)
    desk.expect(pexpect.EOF)
    desk.close()
    assert desk.exitstatus == 1
    assert "Traceback" not in (desk.before or "")
    assert "desk.db" in (desk.before or "")


def test_demo_opens_the_night_half_way(tmp_path: Path) -> None:
    desk = start(tmp_path, "demo")
    desk.expect("Timeline")
    desk.send("\x11")
    desk.expect("Leave the sample desk")
    desk.send("y")
    desk.expect_exact(RESTORED)
    desk.expect(pexpect.EOF)
    desk.close()
    assert desk.exitstatus == 0


def test_what_was_typed_outlives_a_kill(tmp_path: Path) -> None:
    """kill -9 in the middle of a note: the next start has the half sentence in the form again."""
    words = ("--as", "Ada", "declare", "A post names us", "-p", "employee-post")
    declaring = start(tmp_path, *words)
    declaring.expect("INC-0001")
    declaring.expect(pexpect.EOF)
    for wanted in ("half a sent", "half a sentence"):
        desk = start(tmp_path, "--as", "Ada")
        desk.expect("A post names us")
        desk.send("\r")
        desk.expect("Done when")
        desk.send("n")
        desk.expect("What was seen or said")
        if wanted == "half a sent":
            desk.send(wanted)
        else:
            desk.expect_exact("half a sent")
            desk.send("ence")
        drafts = tmp_path / "desk" / "desk.db.beside" / "drafts"
        deadline = time.monotonic() + 30
        while not any(wanted in path.read_text() for path in drafts.glob("*.json")):
            assert time.monotonic() < deadline, [path.read_text() for path in drafts.glob("*.json")]
            time.sleep(0.05)
        desk.kill(signal.SIGKILL)
        desk.expect(pexpect.EOF)
        desk.close()
    assert drafts.stat().st_mode & 0o077 == 0
