"""Files made to exhaust whoever reads them: refused in a real process that may have little memory and little time."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crisisdesk.loading import shipped_folder
from crisisdesk.loading.events import LARGEST

resource = pytest.importorskip("resource", reason="Windows has no such limits for a process")

MEMORY = 300 * 1024 * 1024
"""Bytes of address space the process may ask for, the interpreter and its libraries included."""
SECONDS = 10
"""Seconds of processor time after which the system ends the process."""

_HEAD = b"crisisdesk: playbook/1\ntitle: t\nversion: v\nuse-when: u\nusually: sev2\n"
_STEPS = b"phases:\n  - phase: p\n    goal: g\n    steps:\n"

BOMBS: dict[str, Callable[[], bytes]] = {
    "aliases upon aliases": lambda: b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 123)
    ),
    "100 kB of [": lambda: b"[" * 100_000,
    "100 kB of {": lambda: b"{" * 100_000,
    "100 kB of hyphens": lambda: b"- " * 50_000,
    "100 kB of question marks": lambda: b"? " * 50_000,
    "deep indentation": lambda: b"".join(b" " * depth + b"a:\n" for depth in range(1400)),
    "one text of 1 MiB": lambda: _HEAD + b"phases: " + b"a" * (LARGEST - len(_HEAD) - 9) + b"\n",
    "one name of 1 MiB": lambda: b"a" * (LARGEST - 5) + b": b\n",
    "a file of 1 MiB and one byte": lambda: b"#" * (LARGEST + 1),
    "a file of 64 MiB": lambda: b"a: b\n" * (64 * 1024 * 1024 // 5),
    "50,000 names": lambda: _HEAD + _STEPS + b"      - do: it\n        who: legal\n" + b"".join(b"k%d: v\n" % n for n in range(50_000)),
    "200,000 short names": lambda: _HEAD + b"words: [" + b"x," * 200_000 + b"x]\n",
    "25,000 steps": lambda: _HEAD + _STEPS + b"      - do: it\n        who: legal\n" * 25_000,
    "placeholders that look like known ones": lambda: _HEAD + b"statements:\n  s:\n    text: >\n" + b"".join(
        b"      {{organisatio%d}}\n" % n for n in range(35_000)
    ),
    "a condition of 40,000 parts": lambda: _HEAD + _STEPS + b"      - do: it\n        who: legal\n        only-if: "
    + b" and ".join([b"regions is x"] * 40_000) + b"\n",
    "a tag of 500 kB": lambda: b"!<" + b"a" * 500_000,
    "a version beyond all numbers": lambda: b"%YAML 9" + b"9" * 100_000 + b".1\n---\na: b\n",
    "NUL bytes": lambda: b"\x00" * 1_000_000,
}  # fmt: skip


def limited() -> None:
    """Bound the process that is about to start."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_a_sentence_within_little_memory_and_time(name: str, tmp_path: Path) -> None:
    for beside in ("policy.yaml", "common.yaml"):
        (tmp_path / beside).write_bytes((shipped_folder() / beside).read_bytes())
    (tmp_path / "bomb.yaml").write_bytes(BOMBS[name]())
    ended = subprocess.run(
        [sys.executable, "-m", "crisisdesk", "playbook", "check", str(tmp_path / "bomb.yaml")],
        capture_output=True, check=False, preexec_fn=limited, text=True,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (1, ""), (ended.returncode, ended.stderr[-500:])
    first, last = ended.stdout.splitlines()[0], ended.stdout.splitlines()[-1]
    assert "bomb.yaml" in first
    assert "  E0" in first
    assert "1 file, " in last
    assert len(ended.stdout) < 200_000
