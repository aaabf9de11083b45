"""Copying: by the terminal, by a native tool in a real process, into a file; and a message that says only what is true."""

import base64
import os
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from crisisdesk.desk import NO_MANNER, Desk, Speaker
from crisisdesk.domain import intents
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.copying import MOST, Copied, by_native_tool, for_multiplexer, native_tools, said_of
from crisisdesk.ui.screens.brief import BriefScreen
from crisisdesk.ui.screens.calling import CallsScreen
from crisisdesk.ui.screens.review import ReviewScreen
from crisisdesk.ui.screens.statements import StatementsScreen
from crisisdesk.ui.screens.timeline import TimelineScreen
from tests.ui.conftest import wait_until
from tests.ui.driving import ADA, declared, front, open_runbook, shows
from tests.ui.test_terminal import start

WORDS = "Zwei Zeilen,\n[/b] „Zitat“ 🙂 \x1b]52;c;aGk=\x07"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the tools are shell scripts here")


def tool(folder: Path, name: str, body: str) -> None:
    """Put an executable of that name into a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def bin_(tmp_path: Path) -> Path:
    """A folder of tools, the only one on PATH; cat and sleep are in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat", "sleep"):
        found = next(Path(place) / name for place in ("/bin", "/usr/bin") if (Path(place) / name).exists())
        (folder / name).symlink_to(found)
    return folder


@posix
@pytest.mark.parametrize(
    ("platform", "around", "name", "encoding"),
    [
        ("linux", {"DISPLAY": ":0"}, "xclip", "utf-8"),
        ("linux", {"DISPLAY": ":0"}, "xsel", "utf-8"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy", "utf-8"),
        ("darwin", {}, "pbcopy", "utf-8"),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "clip.exe", "utf-16-le"),
    ],
)
def test_a_native_tool_gets_the_exact_text(
    bin_: Path, tmp_path: Path, platform: str, around: dict[str, str], name: str, encoding: str
) -> None:
    tool(bin_, name, f'cat > "{tmp_path}/taken"')
    assert by_native_tool(WORDS, {"PATH": str(bin_), **around}, platform) == name
    assert (tmp_path / "taken").read_bytes() == WORDS.encode(encoding)


@posix
def test_a_tool_that_fails_or_hangs_is_passed_over(
    bin_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisisdesk.ui.copying.PATIENCE", 0.2)
    around = {"PATH": str(bin_), "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}
    tool(bin_, "wl-copy", "sleep 60")
    tool(bin_, "xclip", "exit 1")
    assert by_native_tool(WORDS, around, "linux") == ""
    tool(bin_, "xsel", f'cat > "{tmp_path}/taken"')
    assert by_native_tool(WORDS, around, "linux") == "xsel"
    assert (tmp_path / "taken").read_bytes() == WORDS.encode()


@posix
def test_a_tool_that_stays_behind_to_serve_the_text_is_not_waited_for(bin_: Path) -> None:
    tool(bin_, "xclip", "cat > /dev/null\nsleep 30 &\nexit 0")
    assert by_native_tool(WORDS, {"PATH": str(bin_), "DISPLAY": ":0"}, "linux") == "xclip"


@posix
def test_over_ssh_the_far_machines_own_clipboard_is_left_alone(bin_: Path) -> None:
    for name in ("pbcopy", "wl-copy", "clip.exe", "xclip"):
        tool(bin_, name, "exit 0")
    far = {
        "PATH": str(bin_),
        "SSH_CONNECTION": "1 2 3 4",
        "WAYLAND_DISPLAY": "w",
        "WSL_DISTRO_NAME": "Debian",
    }
    assert native_tools(far, "darwin") == []
    assert [Path(one[0]).name for one in native_tools({**far, "DISPLAY": "localhost:10"}, "linux")] == [
        "xclip"
    ]
    assert native_tools({}, "linux") == []


def test_tmux_and_screen_get_the_sequence_wrapped() -> None:
    inner = b"\x1b]52;c;" + base64.b64encode(WORDS.encode()) + b"\x07"
    wrapped = for_multiplexer(WORDS, {"TMUX": "/tmp/tmux-0/default,1,0"}).encode()
    assert wrapped == b"\x1bPtmux;\x1b" + inner + b"\x1b\\"
    long = "words and words " * 100
    pieces = for_multiplexer(long, {"STY": "1.pts"}).split("\x1bP")[1:]
    assert len(pieces) > 1
    assert all(piece.endswith("\x1b\\") and len(piece) < 256 for piece in pieces)
    whole = "".join(piece.removesuffix("\x1b\\") for piece in pieces)
    assert base64.b64decode(whole.removeprefix("\x1b]52;c;").removesuffix("\a")) == long.encode()
    assert for_multiplexer(WORDS, {}) == ""
    assert for_multiplexer("x" * MOST, {"TMUX": "1"}) == ""


def test_the_message_never_says_copied_for_the_terminal_alone() -> None:
    file = Path("/there/text.txt")
    alone = said_of(Copied(terminal=True, tool="", path=file))
    assert "nobody can tell whether it arrived" in alone
    assert "/there/text.txt: open that file if nothing arrives" in alone
    assert "opied" not in alone
    assert said_of(Copied(terminal=True, tool="xclip", path=file)).startswith(
        "Put on the clipboard by xclip."
    )
    assert "Too long to hand to the terminal" in said_of(Copied(terminal=False, tool="", path=file))
    assert "mark the words with the mouse" in said_of(Copied(terminal=True, tool="", path=None))


def handed_out(tmp_path: Path) -> dict[str, bytes]:
    """Return the files that were handed out."""
    folder = tmp_path / "desk.db.beside" / "handed-out"
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


async def copied(pilot: Pilot[int], tmp_path: Path, name: str) -> str:
    """Press f6, and return the file it made, once the message names it."""
    await pilot.press("f6")
    await wait_until(pilot, lambda: any(one.startswith(name) for one in handed_out(tmp_path)), name)
    return next(text.decode() for one, text in handed_out(tmp_path).items() if one.startswith(name))


async def test_one_key_copies_what_is_selected_on_every_screen(
    app: DeskApp, open_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = open_desk()
    key = declared(
        desk,
        intents.TakeRole("incident-lead", "Eli Novak"),
        intents.DraftStatement("holding", "x", "de", WORDS),
    )
    desk.act(key, intents.LogNote("Her record\nsays so"), ADA, NO_MANNER._replace(sensitivity="hr"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_runbook(pilot, key)
        step = await copied(pilot, tmp_path, f"{key}-step-capture-originals")
        assert "Owner: " in step
        assert "Due: 2026-11-22 " in step
        assert " GMT" in step
        assert "Why: " in step
        await shows(pilot, "Handed to the terminal")
        await pilot.press("t")
        await front(pilot, TimelineScreen)
        entry = await copied(pilot, tmp_path, f"{key}-entry-5")
        assert entry.count("\n") == 1
        assert entry.startswith(
            f"{key} #5 | happened 2026-11-22 21:40 GMT | written 2026-11-22 21:40 GMT | Ada Okoro | (HR matter, entry 5)"
        )
        assert "Her record" in entry
        few = "Few may read this: HR matter, entry 5"
        await shows(pilot, few)
        warned = [one.until for one in app.said if one.title == few]
        assert len(warned) == 1
        await pilot.mouse_down("#entry", offset=(0, 0))
        await pilot.hover("#entry", offset=(3, 0))
        await pilot.mouse_up("#entry", offset=(3, 0))
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: f"{key}-selection.txt" in handed_out(tmp_path), "the selection")
        await wait_until(
            pilot, lambda: [one.until for one in app.said if one.title == few] > warned, "warned again"
        )
        await pilot.press("escape", "w")
        await front(pilot, ReviewScreen)
        assert "A post names us" in await copied(pilot, tmp_path, f"{key}-interim-summary.md")
        await pilot.press("escape", "L")
        await front(pilot, CallsScreen)
        await shows(pilot, "to call, 0 reached")
        assert "As of 2026-11-22 21:40 GMT" in await copied(pilot, tmp_path, f"{key}-call-")
        await pilot.press("escape", "i")
        await front(pilot, BriefScreen)
        await shows(pilot, "Brief of")
        assert await copied(pilot, tmp_path, f"{key}-brief.md")
        await pilot.press("escape", "D")
        await front(pilot, StatementsScreen)
        await shows(pilot, "holding for x")
        assert await copied(pilot, tmp_path, f"{key}-NOT-APPROVED-holding-x-de-version-1") == WORDS
    desk.journal.close()


@posix
async def test_the_message_names_the_tool_and_what_is_marked_with_the_mouse_is_copied_too(
    open_desk: Callable[[], Desk], tmp_path: Path, bin_: Path
) -> None:
    desk = open_desk()
    key = declared(desk)
    tool(bin_, "xclip", f'cat > "{tmp_path}/taken"')
    app = DeskApp(open_desk, Speaker("Ada Okoro"), environment={"PATH": str(bin_), "DISPLAY": ":0"})
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_runbook(pilot, key)
        await pilot.press("ctrl+c")
        await shows(pilot, "To leave, press ctrl+q")
        await pilot.mouse_down("#large", offset=(0, 0))
        await pilot.hover("#large", offset=(12, 0))
        await pilot.mouse_up("#large", offset=(12, 0))
        await wait_until(pilot, lambda: bool(app.screen.get_selected_text()), "marked")
        marked = app.screen.get_selected_text()
        assert marked
        await pilot.press("ctrl+c")
        await shows(pilot, "Put on the clipboard by xclip.")
    assert (tmp_path / "taken").read_text() == marked
    assert handed_out(tmp_path) == {f"{key}-selection.txt": marked.encode()}
    desk.journal.close()


@pytest.mark.terminal
def test_in_tmux_the_terminal_is_given_both_sequences(tmp_path: Path) -> None:
    declaring = start(tmp_path, "--as", "Ada", "declare", "A post names us", "-p", "employee-post")
    declaring.expect("INC-0001")
    declaring.wait()
    desk = start(tmp_path, "--as", "Ada", around={"TMUX": "/tmp/tmux-1/default,1,0"})
    desk.expect("A post names us")
    desk.send("\r")
    desk.expect("capture-originals")
    desk.send("\x1b[17~")  # f6
    desk.expect("\x1b\\]52;c;([A-Za-z0-9+/=]+)\x07")
    plain = desk.match.group(1)
    assert base64.b64decode(plain).decode().startswith("INC-0001: ")
    desk.expect_exact(f"\x1bPtmux;\x1b\x1b]52;c;{plain}\x07\x1b\\")
    desk.expect("Handed to")
    desk.kill(signal.SIGTERM)
    desk.close()
    files = tmp_path / "desk" / "desk.db.beside" / "handed-out"
    assert [path.read_bytes() for path in files.iterdir()] == [base64.b64decode(plain)]
    assert all(not path.stat().st_mode & 0o077 for path in files.iterdir())
    assert os.environ.get("TMUX") != "/tmp/tmux-1/default,1,0"
