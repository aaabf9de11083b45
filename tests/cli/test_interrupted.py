"""Ctrl+c in the moment the program begins: a sentence, never a traceback."""

import subprocess
import sys

import pytest

BEGIN = """
import os, signal, sys
class AtImport:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, AtImport())
from crisisdesk.cli import main
main(["--db", "nowhere.db", "status"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send")
@pytest.mark.parametrize(
    "module", ["crisisdesk.cli.commands", "click", "crisisdesk.cli.session", "crisisdesk.desk"]
)
def test_an_interrupt_while_it_loads_is_a_sentence(module: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BEGIN.format(module=module)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr == "Stopped. Nothing more was written.\n"
    assert not ended.stdout
