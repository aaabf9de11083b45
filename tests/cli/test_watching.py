"""Checking again at every save: the real process, real files, a real ctrl+c."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crisisdesk.loading import shipped_folder
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ctrl+c is sent as a signal")
ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a process that says nothing is ended, so that the test fails and does not hang."""


class Watched:
    """``playbook check --watch`` in a process of its own, without a terminal."""

    def __init__(self, folder: Path, *files: str) -> None:
        self.folder = folder
        command = [
            sys.executable,
            "-m",
            "crisisdesk",
            "--playbooks",
            str(folder),
            "playbook",
            "check",
            "--watch",
            *files,
        ]
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "CRISISDESK_DB": str(folder / "desk.db"),
        }
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=env, text=True
        )
        self._patience = threading.Timer(PATIENCE, self.process.kill)
        self._patience.start()

    def until(self, end: str) -> list[str]:
        """Read what it prints up to the line that holds ``end``."""
        assert self.process.stdout is not None
        told: list[str] = []
        for line in self.process.stdout:
            told.append(line.rstrip())
            if end in line:
                return told
        raise AssertionError(f"it never said '{end}': {told}")

    def save(self, name: str, old: str, new: str) -> None:
        """Change a file of the folder, as an editor saves it: another file moved into its place."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        aside = path.with_suffix(".part")
        aside.write_text(text.replace(old, new, 1), encoding="utf-8")
        aside.replace(path)

    def end(self) -> None:
        """Let nothing stay behind."""
        self._patience.cancel()
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own with the policy, the common steps and one playbook."""
    for name in ("policy.yaml", "common.yaml", "outage.yaml"):
        shutil.copy(shipped_folder() / name, tmp_path)
    text = (tmp_path / "outage.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if "add-playbook:" not in line]
    (tmp_path / "outage.yaml").write_text("".join(kept), encoding="utf-8")
    return tmp_path


@pytest.fixture
def watched(own: Path) -> Iterator[Watched]:
    one = Watched(own)
    yield one
    one.end()


def test_a_broken_file_is_told_when_saved_and_a_mended_one_too_until_ctrl_c(watched: Watched) -> None:
    first = watched.until(" 0 problems")
    assert first[-1].startswith("3 files, ")
    watched.save("outage.yaml", "usually:", "usualy:")
    told = watched.until(" 1 problem,")
    assert any("Did you mean 'usually'?" in line for line in told)
    assert [line for line in told if len(line) == 8 and line[2] == line[5] == ":"]
    watched.save("outage.yaml", "usualy:", "usually:")
    watched.until(" 0 problems")
    watched.process.send_signal(signal.SIGINT)
    assert watched.until("No longer watching.")[-1] == "No longer watching."
    assert watched.process.wait(timeout=PATIENCE) == 0


def test_a_named_file_is_checked_again_when_the_policy_beside_it_is_saved(own: Path) -> None:
    watched = Watched(own, str(own / "outage.yaml"))
    try:
        assert watched.until(" 0 problems")[-1].startswith("1 file, ")
        watched.save("policy.yaml", "  social-lead:", "  social-leader:")
        assert any("There is no role 'social-lead'" in line for line in watched.until(" problems,"))
    finally:
        watched.end()


def test_a_named_folder_is_checked_again_when_a_file_in_it_is_saved(own: Path) -> None:
    watched = Watched(own, str(own))
    try:
        watched.until(" 0 problems")
        watched.save("outage.yaml", "usually: ", "usually: not-")
        assert any("There is no level" in line for line in watched.until(" 1 problem,"))
    finally:
        watched.end()


def test_watching_prints_for_people_and_not_for_programs(crisisdesk: Run) -> None:
    answer = crisisdesk("playbook", "check", "--watch", "--json")
    assert (answer.code, "--json alone" in answer.err) == (2, True)
