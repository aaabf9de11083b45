"""How fast the screen is, beside a bare Textual app and a bare list in the same run. Prints, asserts nothing.

``python tests/bench_screens.py`` prints every figure; a word such as ``start``, ``keys``, ``idle`` or ``memory`` only that.
Each program runs in a pseudo-terminal of its own, in turn with the others; figures are medians.
"""

import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

ROUNDS, KEYS, IDLE, MANY = 7, 150, 20.0, 10_000
QUIET = 0.012
"""Seconds without output after which a screen has answered a key."""

BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self): yield Label("bare ready")
Bare().run()
"""
LIST = """
from textual.app import App
from textual.scroll_view import ScrollView
from textual.geometry import Size
from textual.strip import Strip
from rich.segment import Segment
class Lines(ScrollView, can_focus=True):
    BINDINGS = [("down", "go(1)"), ("up", "go(-1)")]
    def on_mount(self):
        self.at, self.virtual_size = 0, Size(100, 100_000)
    def render_line(self, y):
        row = y + self.scroll_offset.y
        return Strip([Segment((">" if row == self.at else " ") + f"line {row} of the list, ready")])
    def action_go(self, by):
        self.at = max(0, self.at + by)
        self.scroll_to(y=max(0, self.at - 10), animate=False)
        self.refresh()
class Bare(App):
    def compose(self): yield Lines()
    def on_mount(self): self.query_one(Lines).focus()
Bare().run()
"""
_CONTROL = re.compile(rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b[\]P].*?(?:\x07|\x1b\\)|\x1b.")


class Screen:
    """A program in a pseudo-terminal of 120 columns and 40 rows."""

    def __init__(self, argv: Sequence[str], home: Path) -> None:
        self.begun = time.perf_counter()
        self.pid, self._file = pty.fork()
        if not self.pid:
            environment = {
                "HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
                "PATH": os.environ.get("PATH", ""), "CRISISDESK_NAME": "Ada Okoro",
            }  # fmt: skip
            os.execve(sys.executable, [sys.executable, *argv], environment)
        ioctl(self._file, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._seen = b""

    def read(self, seconds: float) -> bytes:
        """Return what comes within some time, or nothing."""
        if not select.select([self._file], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._file, 1 << 20)
        except OSError:
            return b""

    def until(self, words: str, within: float = 60.0) -> float:
        """Wait for words on the screen; return the time since it was started, in milliseconds."""
        end = time.perf_counter() + within
        wanted = words.encode()
        while time.perf_counter() < end:
            self._seen += self.read(0.5)
            if wanted in _CONTROL.sub(b"", self._seen):
                self._seen = b""
                return (time.perf_counter() - self.begun) * 1000
        raise TimeoutError(f"{words!r} never came: {_CONTROL.sub(b'', self._seen)[-400:]!r}")

    def settle(self, quiet: float = 0.4) -> None:
        """Wait until nothing more comes."""
        while self.read(quiet):
            pass
        self._seen = b""

    def press(self, key: bytes) -> float:
        """Press a key; return the milliseconds until the last output that it brought."""
        begun = time.perf_counter()
        os.write(self._file, key)
        last = 0.0
        wait = 1.0
        while self.read(wait):
            last = (time.perf_counter() - begun) * 1000
            wait = QUIET
        return last

    def type(self, keys: bytes) -> None:
        """Press many keys, as fast as they are taken."""
        os.write(self._file, keys)

    def processor(self) -> float:
        """Return the seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return the resident memory, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def end(self) -> None:
        """End the program."""
        with suppress(ProcessLookupError, ChildProcessError):  # it has ended by itself
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._file)


@contextmanager
def opened(argv: Sequence[str], home: Path) -> Iterator[Screen]:
    """Run a program for as long as it is looked at."""
    screen = Screen(argv, home)
    try:
        yield screen
    finally:
        screen.end()


def desk(folder: Path) -> list[str]:
    """Return what opens the desk of a folder."""
    return ["-m", "crisisdesk", "--db", str(folder / "desk.db")]


def start(year: Path, home: Path) -> None:
    """The desk on a thousand incidents, and from there an incident, against a bare app."""
    bare, whole, incident, memory = [], [], [], []
    for round_ in range(ROUNDS + 1):
        with opened(["-c", BARE], home) as screen:
            one = screen.until("bare ready")
            screen.settle()
            small = screen.memory()
        with opened(desk(year), home) as screen:
            other = screen.until("INC-1000")
            screen.settle()
            large = screen.memory()
            begun = time.perf_counter()
            screen.type(b"\r")
            screen.until("Done when")
            third = (time.perf_counter() - begun) * 1000
        if round_:
            bare.append(one)
            whole.append(other)
            incident.append(third)
            memory.append(large / small)
    base = statistics.median(bare)
    print(f"bare Textual app, one label                     {base:7.0f} ms")
    told("desk, 1,000 incidents, 100,000 entries", statistics.median(whole), base, 1.35)
    told("from there an incident, 200 steps, 10,000", statistics.median(incident), base, 0.5)
    print(
        f"resident memory of the desk against the bare app {statistics.median(memory):6.2f} x (budget 1.40)"
    )


def told(what: str, found: float, base: float, budget: float) -> None:
    """Print a time, its ratio and its budget."""
    print(f"{what:<47} {found:7.0f} ms   {found / base:5.2f} x (budget {budget:.2f})")


def keys(small: Path, large: Path, home: Path) -> None:
    """A key to its effect: a bare list, the timeline and the runbook and a note, small and large; a change of screen."""
    with opened(["-c", LIST], home) as screen:
        screen.until("line 3 of")
        screen.settle()
        printed("bare list", [screen.press(b"\x1b[B") for _ in range(KEYS)])
    for name, folder in (("1,000", small), ("100,000", large)):
        with opened(desk(folder), home) as screen:
            screen.until("INC-0001")
            screen.settle()
            screen.type(b"\r")
            screen.until("Done when")
            screen.settle()
            printed(
                f"next step, {name} entries",
                [screen.press(key) for _ in range(KEYS // 4) for key in (b"\x1b[B", b"\x1b[A")],
            )
            changed = []
            for _ in range(8):
                begun = time.perf_counter()
                screen.type(b"t")
                screen.until("Timeline")
                changed.append((time.perf_counter() - begun) * 1000)
                screen.settle()
                screen.type(b"\x1b")
                screen.settle()
            print(
                f"change to the timeline, {name:>7} entries          {statistics.median(changed[1:]):7.1f} ms (budget 60)"
            )
            screen.type(b"t")
            screen.settle()
            printed(f"move in the timeline, {name} entries", [screen.press(b"\x1b[A") for _ in range(KEYS)])
            screen.type(b"n")
            screen.until("What was seen")
            screen.settle()
            printed(f"type into a note, {name} entries", [screen.press(b"a") for _ in range(KEYS)])


def printed(what: str, found: list[float]) -> None:
    """Print the middle and the slow end of how long keys took."""
    ordered = sorted(found)
    print(
        f"{what:<40} p50 {statistics.median(ordered):6.1f}   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms (budget 10, 16)"
    )


def idle(year: Path, home: Path) -> None:
    """What watching costs while nothing happens."""
    with opened(desk(year), home) as screen:
        screen.until("INC-1000")
        screen.settle(2)
        before, begun = screen.processor(), time.perf_counter()
        while time.perf_counter() - begun < IDLE:
            screen.read(1.0)
        share = (screen.processor() - before) / (time.perf_counter() - begun) * 100
    print(f"idle, watching for others                        {share:6.2f} % of a core (budget 0.50)")


def memory(year: Path, home: Path) -> None:
    """What ten thousand keys leave behind."""
    with opened(desk(year), home) as screen:
        screen.until("INC-1000")
        screen.settle()
        screen.type(b"\r")
        screen.until("Done when")
        screen.type(b"t")
        screen.settle(1)
        found = []
        for _ in range(3):
            for _ in range(MANY // 200):
                screen.type(b"\x1b[A" * 50 + b"\x1b[B" * 50)
                screen.settle(0.05)
            screen.settle(1)
            found.append(screen.memory())
    print(
        f"memory after {MANY // 2:,}, {MANY:,} and {MANY * 3 // 2:,} keys in the timeline  {found[0]:.1f}, {found[1]:.1f}, {found[2]:.1f} MiB"
    )


def main(wanted: Sequence[str]) -> None:
    """Make the desks, and print what is asked for."""
    from tests.big_desk import one, year

    with tempfile.TemporaryDirectory() as place:
        folders = {name: Path(place) / name for name in ("year", "small", "large", "home")}
        for folder in folders.values():
            folder.mkdir()
        year(folders["year"])
        one(folders["small"], 1_000)
        one(folders["large"], 100_000)
        home = folders["home"]
        if not wanted or "start" in wanted:
            start(folders["year"], home)
        if not wanted or "keys" in wanted:
            keys(folders["small"], folders["large"], home)
        if not wanted or "idle" in wanted:
            idle(folders["year"], home)
        if not wanted or "memory" in wanted:
            memory(folders["year"], home)


if __name__ == "__main__":
    main(sys.argv[1:])
