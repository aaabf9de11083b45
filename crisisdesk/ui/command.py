"""What a command is, the screens it is on, and the commands that only go somewhere; the others are in :mod:`commands`.

The desk's own screen needs no more than this, and opens the sooner for it.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crisisdesk.domain.intents import Intent
    from crisisdesk.ui.fields import Field, Values
    from crisisdesk.ui.subject import Subject

RUNBOOK, TIMELINE, DESK, REVIEW = "runbook", "timeline", "desk", "review"
CLOCKS, LIBRARY, STATEMENTS, CALLS, BRIEF, PEOPLE, VERSIONS, INSIGHTS = (
    "clocks",
    "library",
    "statements",
    "calls",
    "brief",
    "people",
    "versions",
    "insights",
)
INCIDENT = (RUNBOOK, TIMELINE, REVIEW)
PLACES = (CLOCKS, LIBRARY, STATEMENTS, CALLS, BRIEF, PEOPLE, VERSIONS, INSIGHTS)


class Command(NamedTuple):
    """One thing a person can do. Without ``intent`` it only goes somewhere: ``go`` names the app's action."""

    id: str
    key: str
    title: str
    help: str
    screens: tuple[str, ...]
    fields: "Callable[[Subject], list[Field]] | None" = None
    intent: "Callable[[Subject, Values], Intent] | None" = None
    go: str = ""
    why_not: "Callable[[Subject], str]" = lambda _: ""
    hint: bool = False
    """Shown in the line of keys."""
    of_step: bool = False
    """It is about the selected step, and its form is headed by that step's title."""
    verbs: str = ""
    """Other words people look for it by, in the palette."""


GENERAL: tuple[Command, ...] = (
    Command("declare", "n", "Declare", "Declare an incident: one line, what happened.", (DESK,), go="declare", hint=True,
            verbs="begin start new incident crisis alarm"),
    Command("open", "enter", "Open", "Open the incident.", (DESK,), go="open", hint=True,
            verbs="go to incident"),
    Command("library", "l", "Playbooks", "The playbooks: what is wrong in them, and the runbook they give.", (DESK,), go="library", hint=True,
            verbs="playbooks protocol check"),
    Command("signal", "s", "Signal", "Hand something you noticed to the desk, before anybody declares.", (DESK,), go="signal", hint=True,
            verbs="noticed rumour seen"),
    Command("insights", "i", "Insights", "What the incidents so far say about the playbooks, and what to weigh.", (DESK,), go="insights",
            verbs="learn statistics trends across incidents improve"),
    Command("back", "escape", "Back", "Go back.", (*INCIDENT, *PLACES), go="back", hint=True),
    Command("due", "tab", "Due", "Go to what is due, and back to the incidents.", (DESK,), go="due", hint=True,
            verbs="late next deadline"),
    Command("mine", "m", "Mine", "Show only what is due to you, and everything again.", (DESK,), go="mine", hint=True,
            verbs="my steps me own"),
    Command("sound", "f8", "Sound", "Turn the one sound on or off: for a clock, or a step of the worst level, that falls due.",
            (DESK, *INCIDENT, *PLACES), go="sound", verbs="quiet mute bell alert"),
    Command("help", "question_mark", "Help", "What this screen is for, what the step means, every key.", (DESK, *INCIDENT, *PLACES), go="help", hint=True,
            verbs="keys what can i do lost"),
)  # fmt: skip
"""Those of the desk's own screen, and those that every screen has: none of them asks anything."""


KEY_NAMES = {
    "question_mark": "?", "escape": "esc", "slash": "/", "left": "←", "right": "→", "f6": "F6", "f8": "F8",
}  # fmt: skip


_own_keys: dict[str, str] = {}
"""The person's own keys, by the command's id; one desk is open in a process."""


def use_keys(keymap: Mapping[str, str]) -> None:
    """Let commands be named by the person's own keys from now on. The bindings themselves are Textual's to change."""
    _own_keys.clear()
    _own_keys.update(keymap)


def name_of(command: Command) -> str:
    """Return a command's key as people call it."""
    key = _own_keys.get(command.id, command.key)
    return KEY_NAMES.get(key, key)


def of_screen(screen: str) -> list[Command]:
    """Return the commands of a screen, in the order of the registry."""
    if screen == DESK:
        return [command for command in GENERAL if screen in command.screens]
    from crisisdesk.ui.commands import COMMANDS

    return [command for command in COMMANDS if screen in command.screens]
