"""Real commands in real processes, on a desk of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class Answer(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """Read standard output as one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Answer]


def run_command(folder: Path, *words: str, env: Mapping[str, str] | None = None, stdin: str = "") -> Answer:
    """Run one command as a person would, with an empty home and without a terminal."""
    own = {
        "HOME": str(folder),
        "PATH": os.environ.get("PATH", ""),
        "CRISISDESK_DB": str(folder / "desk" / "desk.db"),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "crisisdesk", *words],
        capture_output=True,
        check=False,
        env={**own, "PYTHONPATH": str(Path(__file__).parents[2]), **(env or {})},
        input=stdin.encode(),
        timeout=120,
    )
    return Answer(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


@pytest.fixture
def crisisdesk(tmp_path: Path) -> Run:
    """A desk of one's own, spoken to by commands."""

    def run(*words: str, env: Mapping[str, str] | None = None, stdin: str = "") -> Answer:
        return run_command(tmp_path, *words, env=env, stdin=stdin)

    return run


@pytest.fixture
def declared(crisisdesk: Run) -> Run:
    """The same, with INC-0001 declared by Ada."""
    answer = crisisdesk("--as", "Ada", "declare", "A post names us", "-p", "employee-post")
    assert answer.code == 0, answer.err
    return crisisdesk
