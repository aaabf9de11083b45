"""The real program in a real terminal under tmux: keys, sizes, signals, suspend, a crash; the shell is as it was."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
ROOT = Path(__file__).parents[2]
CRASHING = """
import sys
from pathlib import Path
from crisisdesk.desk import Desk, Machine, Speaker
from crisisdesk.ui.app import DeskApp
class Failing(DeskApp):
    CSS_PATH = str(Path(sys.modules[DeskApp.__module__].__file__).with_name("desk.tcss"))
    BINDINGS = [("f9", "fail", "Fail")]
    def action_fail(self):
        secret = "the word of the incident"
        raise RuntimeError(secret)
app = Failing(lambda: Desk.open(Path(sys.argv[1]), Machine("t", "h")), Speaker("Ada"))
app.run()
sys.exit(app.return_code)
"""


class Terminal:
    """A tmux server of its own with one shell in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            "HOME": str(folder), "PATH": os.environ.get("PATH", ""), "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "TMPDIR": str(folder), "PYTHONPATH": str(ROOT), "CRISISDESK_DB": str(folder / "desk" / "desk.db"),
            "PS1": "READY> ",
        }  # fmt: skip
        self.tmux(
            "-f",
            os.devnull,
            "new-session",
            "-d",
            "-x",
            "80",
            "-y",
            "24",
            "env PS1='READY> ' bash --norc --noprofile -i",
        )
        self.see("READY>")

    def tmux(self, *words: str) -> str:
        """Run tmux on this server and return what it says."""
        socket = str(self.folder / "tmux.sock")
        done = subprocess.run(
            ["tmux", "-S", socket, *words], env=self.env, capture_output=True, text=True, check=False
        )
        return done.stdout

    def shown(self) -> str:
        """Return what is on the screen."""
        return self.tmux("capture-pane", "-p")

    def see(self, words: str, *, not_: str = "") -> None:
        """Wait until words are on the screen, and others are not."""
        deadline = time.monotonic() + 60
        while words not in (shown := self.shown()) or (not_ and not_ in shown):
            assert time.monotonic() < deadline, f"never {words!r}\n{shown}"
            time.sleep(0.05)

    def type(self, words: str) -> None:
        """Type a line at the shell."""
        self.tmux("send-keys", "-l", words)
        self.tmux("send-keys", "Enter")

    def is_as_it_was(self) -> None:
        """Fail unless the shell echoes, the cursor is seen and nothing of the desk is left on the screen or in the mouse."""
        self.type("echo still-$((6*7))-here")
        self.see("still-42-here")
        assert "echo still-$((6*7))-here" in self.shown()
        flags = "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"
        assert self.tmux("display-message", "-p", flags).strip() == "0 1 0"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal, ended with the test."""
    opened = Terminal(tmp_path)
    yield opened
    opened.tmux("kill-server")


def desk(terminal: Terminal) -> None:
    """Start the desk."""
    terminal.type(f"{shlex.quote(sys.executable)} -m crisisdesk --as Ada; echo ended=$?")
    terminal.see("No incidents")


def pid(terminal: Terminal) -> str:
    """Return the process of the desk, the shell's only child."""
    shell = terminal.tmux("display-message", "-p", "#{pane_pid}").strip()
    return Path(f"/proc/{shell}/task/{shell}/children").read_text().split()[0]


def test_keys_and_sizes(terminal: Terminal) -> None:
    desk(terminal)
    terminal.tmux("send-keys", "?")
    terminal.see("Declare an incident")
    terminal.tmux("send-keys", "Escape")
    for width, height in (20, 5), (300, 90), (1, 1), (100, 30):
        terminal.tmux("resize-window", "-x", str(width), "-y", str(height))
    terminal.see("No incidents")
    terminal.tmux("send-keys", "C-q")
    terminal.see("ended=0")
    terminal.is_as_it_was()


@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_a_signal_restores_the_terminal(terminal: Terminal, name: str) -> None:
    desk(terminal)
    subprocess.run(["kill", f"-{name}", pid(terminal)], check=True)
    terminal.see("ended=0")
    terminal.is_as_it_was()


def test_a_terminal_that_goes_away_ends_the_desk(terminal: Terminal) -> None:
    desk(terminal)
    process = Path("/proc") / pid(terminal)
    terminal.tmux("kill-server")
    deadline = time.monotonic() + 60
    while process.exists():
        assert time.monotonic() < deadline, "the desk goes on without a terminal"
        time.sleep(0.05)


def test_suspend_and_resume(terminal: Terminal) -> None:
    desk(terminal)
    terminal.tmux("send-keys", "C-z")
    terminal.see("Stopped")
    terminal.is_as_it_was()
    terminal.type("fg")
    terminal.see("No incidents", not_="still-42-here")
    terminal.tmux("send-keys", "C-q")
    terminal.see("READY>")
    terminal.is_as_it_was()


def test_a_crash_is_a_sentence_and_a_file_without_words(terminal: Terminal) -> None:
    script = terminal.folder / "crashing.py"
    script.write_text(CRASHING)
    terminal.type(f"{shlex.quote(sys.executable)} {script} {terminal.folder / 'd.db'}; echo ended=$?")
    terminal.see("No incidents")
    terminal.tmux("send-keys", "F9")
    terminal.see("ended=1")
    shown = terminal.shown()
    assert "made a mistake" in shown
    assert "Traceback" not in shown
    (kept,) = terminal.folder.glob("crisisdesk-crash-*.txt")
    assert "action_fail" in kept.read_text()
    assert "the word of the incident" not in kept.read_text() + shown
    terminal.is_as_it_was()


def test_an_interrupt_from_outside_leaves_as_a_signal_does(terminal: Terminal) -> None:
    desk(terminal)
    subprocess.run(["kill", "-INT", pid(terminal)], check=True)
    terminal.see("ended=0")
    assert "Traceback" not in terminal.shown()
    terminal.is_as_it_was()


def test_a_storm_of_sizes_is_lived_through(terminal: Terminal) -> None:
    desk(terminal)
    for step in range(200):
        terminal.tmux("resize-window", "-x", str(20 + step * 37 % 180), "-y", str(5 + step * 11 % 60))
    terminal.tmux("resize-window", "-x", "100", "-y", "30")
    terminal.see("No incidents")
    terminal.tmux("send-keys", "C-q")
    terminal.see("ended=0")
    terminal.is_as_it_was()


@pytest.mark.parametrize(("words", "shown"), [("--as Ada", "No incidents"), ("", "Your name")])
def test_a_terminal_that_goes_away_ends_a_desk_that_ignores_the_hangup(
    terminal: Terminal, words: str, shown: str
) -> None:
    """Also while it still asks what a new desk asks."""
    terminal.type(f"trap '' HUP; {shlex.quote(sys.executable)} -m crisisdesk {words}; echo ended=$?")
    terminal.see(shown)
    process = Path("/proc") / pid(terminal)
    terminal.tmux("kill-server")
    deadline = time.monotonic() + 60
    while process.exists():
        assert time.monotonic() < deadline, "the desk goes on without a terminal"
        time.sleep(0.05)
