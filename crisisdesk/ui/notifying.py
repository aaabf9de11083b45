"""Desktop notifications by the terminal's own sequences, where it is known to have them; nothing where it is not."""

from collections.abc import Mapping
from typing import Literal

Way = Literal["", "osc 9", "osc 777", "osc 99"]
"""How a terminal is told; empty: not at all."""

TITLE = "CrisisDesk"
LONGEST = 200
"""Characters of a notification; more is cut by every desktop."""

_BY_PROGRAM: Mapping[str, Way] = {
    "iTerm.app": "osc 9",
    "ghostty": "osc 9",
    "WezTerm": "osc 777",
    "WarpTerminal": "osc 9",
}
_BY_TERM: tuple[tuple[str, Way], ...] = (
    ("xterm-kitty", "osc 99"), ("foot", "osc 777"), ("xterm-ghostty", "osc 9"), ("rxvt-unicode", "osc 777"),
)  # fmt: skip
_BY_VARIABLE: tuple[tuple[str, Way], ...] = (
    ("KITTY_WINDOW_ID", "osc 99"), ("WEZTERM_PANE", "osc 777"), ("VTE_VERSION", "osc 777"), ("ConEmuPID", "osc 9"),
)  # fmt: skip


def way_of(environment: Mapping[str, str]) -> Way:
    """Return how this terminal shows a desktop notification.

    Inside tmux or screen the sequences do not get through, and a terminal nobody knows may print them: neither is tried.
    """
    term = environment.get("TERM", "")
    if environment.get("TMUX") or environment.get("STY") or term.startswith(("tmux", "screen")):
        return ""
    if by_program := _BY_PROGRAM.get(environment.get("TERM_PROGRAM", "")):
        return by_program
    for name, way in _BY_TERM:
        if term.startswith(name):
            return way
    for name, way in _BY_VARIABLE:
        if environment.get(name):
            return way
    return ""


def sequence(way: Way, text: str) -> str:
    """Return what is written to the terminal to show a notification; empty where there is no way."""
    said = plain(text)
    if way == "osc 9":
        return f"\x1b]9;{TITLE}: {said}\x1b\\"
    if way == "osc 777":
        return f"\x1b]777;notify;{TITLE};{said}\x1b\\"
    if way == "osc 99":
        return f"\x1b]99;i=crisisdesk:d=0;{TITLE}\x1b\\\x1b]99;i=crisisdesk:d=1:p=body;{said}\x1b\\"
    return ""


def plain(text: str) -> str:
    """Return text that can stand inside such a sequence: printable, short, and without the sign that parts its fields."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.replace(";", ",").split())[:LONGEST]
