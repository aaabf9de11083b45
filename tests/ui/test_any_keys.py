"""Any keys, clicks and sizes, in a real terminal, as fast as they come: the desk never ends by itself."""

import os
import random
import shutil
import signal
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ui.nights import desks_at

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal on Windows"),
]
PRESSES = 1_500
KEYS = [
    *(bytes([code]) for code in range(33, 127)),
    *[b" "] * 3, *[b"\r"] * 8, *[b"\x1b"] * 10, *[b"\t"] * 4,
    *[b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"] * 5,
    b"\x1b[5~", b"\x1b[6~", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1b[Z", b"\x7f",
    b"\x13", b"\x13", b"\x13", b"\x0e", b"\x10", b"\x03", b"\x04", b"\x1bOP", b"\x1bOQ", b"\x1b[17~", b"\x1b[19~", b"\x1b[20~",
]  # fmt: skip


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the sample night, half-way through."""
    return desks_at(tmp_path_factory.mktemp("night"), [39])[39]


@pytest.mark.parametrize("seed", [1, 3, 8])
def test_the_desk_lives_through_any_keys(night: Path, tmp_path: Path, seed: int) -> None:
    from fcntl import ioctl
    from termios import TIOCSWINSZ

    from tests.bench_screens import Screen

    chance = random.Random(seed)
    shutil.copy(night, tmp_path / "desk.db")

    def opened() -> Screen:
        screen = Screen(["-m", "crisisdesk", "--db", str(tmp_path / "desk.db")], tmp_path)
        screen.until("INC-0001")
        screen.settle()
        return screen

    screen = opened()
    said = bytearray()
    try:
        for count in range(PRESSES):
            key = chance.choice(KEYS)
            if chance.random() < 0.12:
                x, y = chance.randint(1, 120), chance.randint(1, 40)
                key = f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode()
            size = struct.pack("HHHH", chance.randint(4, 60), chance.randint(15, 200), 0, 0)
            with suppress(OSError):  # it is just ending: the terminal is gone before the process is
                os.write(screen._file, key)
                if chance.random() < 0.004:
                    ioctl(screen._file, TIOCSWINSZ, size)
            if key == b"\x1b":
                time.sleep(0.06)  # shorter, and it would be the beginning of the next key
            while more := screen.read(0.05 if count % 10 == 0 else 0.004):
                said[:] = (said + more)[-2000:]
            ended, how = os.waitpid(screen.pid, os.WNOHANG)
            if (
                ended
            ):  # a click on Leave and a y to its question are keys like any other; whoever leaves comes back
                while more := screen.read(0.05):
                    said[:] = (said + more)[-2000:]
                assert os.waitstatus_to_exitcode(how) == 0, (
                    f"it ended after key {count}: {bytes(said)[-600:]!r}"
                )
                assert b"made a mistake" not in said
                screen.end()
                screen = opened()
    finally:
        screen.end()


def test_an_interrupt_while_it_opens_or_closes_ends_nothing(night: Path, tmp_path: Path) -> None:
    """As when ctrl+c is pressed in the moment the screen opens or closes, and the terminal makes a signal of it."""
    from tests.bench_screens import Screen

    shutil.copy(night, tmp_path / "desk.db")
    opening = "import os, signal, threading, crisisdesk.ui.app as app; from crisisdesk.__main__ import main; "
    before = (
        "make = app.DeskApp.__init__; app.DeskApp.__init__ = "
        "lambda *a, **k: (os.kill(os.getpid(), signal.SIGINT), make(*a, **k))[1]; "
    )
    screen = Screen(["-c", f"{opening}{before}main(['--db', {str(tmp_path / 'desk.db')!r}])"], tmp_path)
    try:
        screen.until("INC-0001")
        screen.settle()
        os.write(screen._file, b"\x11")
        screen.until("Leave the desk?")
        os.write(screen._file, b"y")
        ended = 0
        while not ended:
            os.kill(screen.pid, signal.SIGINT)
            screen.read(0.002)
            ended, how = os.waitpid(screen.pid, os.WNOHANG)
        assert os.waitstatus_to_exitcode(how) == 0
    finally:
        screen.end()
