"""How a person wants the desk to look and sound; read from the settings by the command line and handed in."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.ui.notifying import Way

THEMES = ("dark", "light", "high-contrast")
"""The themes there are."""


class Preferences(NamedTuple):
    """What ``config.toml`` says about the screen. Every value has a default that needs no file."""

    theme: str = "dark"
    """``dark``, ``light`` or ``high-contrast``."""
    ascii: bool = False
    """Only letters and signs that every terminal and font has."""
    sound: bool = True
    """One sound, only for a clock or a SEV1 step that falls due."""
    notify: bool = True
    """Desktop notifications, by the terminal's own sequences where it has them."""
    desktop: Way = ""
    """How this terminal is told of a desktop notification, as the environment says; empty where it cannot be."""
    keymap: Mapping[str, str] = {}
    """Another key for a command, by the command's id."""


DEFAULT = Preferences()
