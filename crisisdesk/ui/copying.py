"""Copying: to the terminal by its own sequence, to a native tool where there is one, and into a file; and saying which.

The sequence (OSC 52) is answered by nobody: whether the text arrived cannot be told, so it is never called copied.
"""

import base64
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which
from typing import NamedTuple

PATIENCE = 2.0
"""Seconds a native tool may take before it is given up."""
MOST = 74_994
"""Bytes of base64 that terminals commonly take in one sequence; a longer text would arrive cut, or not at all."""
_PIECE = 240
"""Bytes that GNU Screen passes on in one of its own sequences, on every version of it."""

Environment = Mapping[str, str]


class Copied(NamedTuple):
    """Where a text went: handed to the terminal or too long for it, the native tool that took it, the file it is in."""

    terminal: bool
    tool: str
    path: Path | None


def for_multiplexer(text: str, environment: Environment) -> str:
    """Return the sequence wrapped so that tmux or GNU Screen passes it on; empty outside of them, or when it is too long.

    tmux does so only where its ``allow-passthrough`` is on. Inside tmux the bare sequence goes out as well, for those whose
    ``set-clipboard`` is on.
    """
    plain = _sequence(text)
    if not plain:
        return ""
    if environment.get("TMUX"):
        return "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environment.get("STY"):
        pieces = (plain[start : start + _PIECE] for start in range(0, len(plain), _PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return ""


def fits_terminal(text: str) -> bool:
    """Tell whether a terminal would take the text whole."""
    return bool(_sequence(text))


def _sequence(text: str) -> str:
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return f"\x1b]52;c;{encoded}\a" if len(encoded) <= MOST else ""


def native_tools(environment: Environment, platform: str = sys.platform) -> list[tuple[str, ...]]:
    """Return the commands that would reach the clipboard of the person who sits here, best first, each by its whole path.

    Over SSH only a forwarded X display leads to that person; the other tools would fill the clipboard of the far machine.
    """
    far = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    wanted: list[tuple[str, ...]] = []
    if platform == "darwin" and not far:
        wanted.append(("pbcopy",))
    if environment.get("WAYLAND_DISPLAY") and not far:
        wanted.append(("wl-copy",))
    if environment.get("DISPLAY"):
        wanted += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    if (platform == "win32" or environment.get("WSL_DISTRO_NAME")) and not far:
        wanted.append(("clip.exe",))
    path = environment.get("PATH", "")
    return [(found, *rest) for name, *rest in wanted if (found := which(name, path=path))]


def by_native_tool(text: str, environment: Environment, platform: str = sys.platform) -> str:
    """Give the text to the first native tool that takes it, and return that tool's name; empty when none did.

    It blocks for up to :data:`PATIENCE` a tool: call it on a thread. A tool that fails is no trouble, only not named.
    """
    for command in native_tools(environment, platform):
        name = Path(command[0]).name
        if _taken(command, _encoded(name, text), environment):
            return name
    return ""


def _encoded(name: str, text: str) -> bytes:
    return text.encode("utf-16-le" if name == "clip.exe" else "utf-8", "replace")


def _taken(command: tuple[str, ...], data: bytes, environment: Environment) -> bool:
    # xclip, xsel and wl-copy stay behind to serve the text: nothing of theirs may be waited for but the first process,
    # and closing this terminal must not end them. pbcopy reads UTF-8 only where the locale says so.
    around = {**environment, "LC_CTYPE": "UTF-8"} if command[0].endswith("pbcopy") else dict(environment)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command by its whole path, the text on standard input, no shell
            command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False,
            env=around, start_new_session=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def said_of(copied: Copied) -> str:
    """Say where a text went, and what to do when it is not there."""
    parts = []
    if copied.tool:
        parts.append(f"Put on the clipboard by {copied.tool}.")
    if copied.terminal:
        parts.append("Handed to the terminal; nobody can tell whether it arrived.")
    else:
        parts.append("Too long to hand to the terminal.")
    if copied.path:
        parts.append(f"Saved as {copied.path}: open that file if nothing arrives on paste.")
    elif copied.tool:
        parts.append("No file could be written.")
    else:
        parts.append(
            "No file could be written: if nothing arrives on paste, mark the words with the mouse and copy with your terminal's own key."
        )
    return " ".join(parts)
