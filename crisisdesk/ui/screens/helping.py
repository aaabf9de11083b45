"""Help: what this screen is for, what the step means, the keys, and the page for a first time in a terminal."""

import textwrap
from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen

from crisisdesk.domain.text import one_line
from crisisdesk.ui.command import KEY_NAMES, Command
from crisisdesk.ui.helping import ABOUT, FORM, TERMINAL, Key, meaning, sorted_keys
from crisisdesk.ui.screens.heads import marks
from crisisdesk.ui.screens.reading import ReadingScreen
from crisisdesk.ui.showing import QUIET, STRONG, join, key_row, lines, pressing
from crisisdesk.ui.subject import Subject

KEY = "bold $text-accent"
WIDEST = 100
"""Columns of a line that is read without effort."""
ALWAYS = (
    Key("enter", "", "do what the highlighted line asks for"),
    Key("↑ ↓", "", "another line; ← → another phase of the runbook"),
    Key("ctrl+p", "", "find a command by its words", "app.command_palette"),
    Key("f1", "", "this help, also where ? is a letter; once more: never used a terminal?"),
    Key("ctrl+q", "", "leave; everything is saved", "app.leave"),
)


class HelpScreen(ReadingScreen):
    """Help of one screen; one key further is the page for somebody who has never used a terminal."""

    BINDINGS = [
        Binding("question_mark", "terminal", "Never used a terminal?", show=False, id="help-terminal")
    ]

    def key_line(self) -> Content:
        """Return the line of keys: the way on, and the way back."""
        return key_row(
            ("? or f1", "Never used a terminal?", "screen.terminal"), ("esc", "Back", "screen.dismiss")
        )

    def action_carry_out(self, command: str) -> None:
        """Go back, and do there what a click on a command's line asks for."""
        self.dismiss()
        self.app.call_later(self.app.run_action, command)

    async def action_terminal(self) -> None:
        """Open the page about terminals."""
        await self.app.push_screen(terminal_page(self.app.size.width))


def help_screen(name: str, commands: list[Command], subject: Subject, width: int) -> HelpScreen:
    """Return the help of a screen: what it is for, what the selected step means, its keys now and not now."""
    now, not_now = sorted_keys(commands, subject)
    rows: list[Content] = [*_said(ABOUT.get(name, ""), width), Content("")]
    if means := meaning(subject):
        rows += [join(("The selected step", STRONG)), *_pairs(means, width, 18), Content("")]
    rows += [join(("Keys that work now", STRONG)), *_keys([*now, *ALWAYS], width), Content("")]
    if not_now:
        rows += [join(("Not now, and why", STRONG)), *_keys(not_now, width, QUIET), Content("")]
    rows += _said("Everything here can also be typed as one line: crisisdesk --help", width)
    marked = marks(subject.case, subject.now) if subject.case else []
    return HelpScreen(f"Help: {name}", rows, marked)


def typing_help(own: Sequence[tuple[str, str]], width: int) -> HelpScreen:
    """Return the help where something is typed, after the keys a screen has for itself."""
    rows: list[Content] = []
    if own:
        told = [Key(key, "", f"{said}.") for key, said in own]
        rows += [join(("Keys of this screen", STRONG)), *_keys(told, width), Content("")]
    names = {KEY_NAMES.get(key, key) for key, _ in own}
    rows += [
        join(("Where something is typed", STRONG)), *_keys([Key(key, "", said) for key, said in FORM if key not in names], width), Content(""),
        *_said("What you type is kept at every key, and waits when you leave.", width),
        *_said("A time is written as you say it: 21:38, in 40 minutes, 5 minutes ago.", width),
    ]  # fmt: skip
    return HelpScreen("Help", rows)


def own_keys(screen: Screen[object]) -> list[tuple[str, str]]:
    """Return the keys a screen has beside the registry's, each with its word."""
    every = [one for one in type(screen).BINDINGS if isinstance(one, Binding)]
    return [(one.key.split(",")[0], one.description) for one in every if one.description]


def terminal_page(width: int) -> ReadingScreen:
    """Return the page for somebody who has never used a terminal."""
    return ReadingScreen("Never used a terminal?", _pairs([*TERMINAL.items()], width, 18))


def _said(text: str, width: int) -> list[Content]:
    return [lines(row) for row in textwrap.wrap(text, _room(width))]


def _pairs(pairs: Sequence[tuple[str, str]], width: int, column: int) -> list[Content]:
    return [row for label, text in pairs for row in _hung(f"  {label}", STRONG, text, width, column)]


def _keys(keys: Sequence[Key], width: int, style: str = KEY) -> list[Content]:
    rows = []
    for one in keys:
        name = KEY_NAMES.get(one.key, one.key)
        told = [
            join((f"{name:>9}  ", style) if first else " " * 11, (f"{one.title if first else '':<17}", STRONG) if one.title else "", lines(text, QUIET))
            for first, text in _numbered(one.said, _room(width) - (28 if one.title else 11))
        ]  # fmt: skip
        rows += [pressing(row, f"screen.carry_out({one.action!r})") if one.action else row for row in told]
    return rows


def _hung(label: str, style: str, text: str, width: int, column: int) -> list[Content]:
    """Return a label and its text beside it, the text's further lines under its first."""
    return [
        join((f"{label if first else '':<{column}}", style), lines(row))
        for first, row in _numbered(text, _room(width) - column)
    ]


def _numbered(text: str, room: int) -> list[tuple[bool, str]]:
    """Return the lines a text takes, and which is the first."""
    return [(place == 0, row) for place, row in enumerate(textwrap.wrap(one_line(text), room) or [""])]


def _room(width: int) -> int:
    return max(40, min(width - 4, WIDEST))
