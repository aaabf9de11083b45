"""How things look on a terminal: text from people made safe, states as a glyph and a word, times in the policy's zone."""

from collections.abc import Sequence
from datetime import datetime

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from crisisdesk.domain.text import one_line, shown
from crisisdesk.domain.times import instant, left

GLYPHS = {
    "ready": "○",
    "waiting": "◌",
    "started": "◐",
    "blocked": "■",
    "done": "●",
    "skipped": "–",
    "not applicable": "·",
    "left open": "◌",
}
STYLES = {
    "ready": "$text",
    "waiting": "$text-muted",
    "started": "bold $text-accent",
    "blocked": "bold $text-error",
    "done": "$text-success",
    "skipped": "$text-muted",
    "not applicable": "$text-muted",
    "left open": "$text-warning",
}
LATE = "bold $text-error"
QUIET = "$text-muted"
STRONG = "bold"
WARN = "bold $text-warning"

PRESS = "press"
"""Where a pressable piece of text keeps the action that a click on it does."""

Part = str | tuple[str, str] | Content


def lines(text: str, style: str = "") -> Content:
    """Return text from people as content that can only be read."""
    return Content.styled(shown(text), style)


def line(text: str, style: str = "", width: int = 0) -> Content:
    """Return text from people on one line."""
    return Content.styled(one_line(text, width), style)


def join(*parts: Part) -> Content:
    """Put pieces together; plain strings are our own words, never markup."""
    return Content.assemble(*parts)


def pressable(key: str, words: str, action: str) -> Content:
    """Return a key and what it does; a click on it does the same."""
    return pressing(Content.assemble((key, "bold $text-accent"), f" {words}"), action)


def pressing(told: Content, action: str) -> Content:
    """Have a click on a text carry out an action of the screen, see :meth:`DeskApp.press`.

    Not Textual's own links: those draw their own colours.
    """
    return told.stylize(Style.from_meta({PRESS: action}))


def key_row(*keys: tuple[str, str, str]) -> Content:
    """Return a line of keys: each with its word, and the action that a click on it does."""
    return Content("  ").join([pressable(*each) for each in keys])


def stacked(rows: list[Content]) -> Content:
    """Put lines under each other."""
    return Content("\n").join(rows)


def time_left(due: str, now: datetime) -> Content:
    """Say the time left or over, loud when it is over."""
    if not due:
        return Content("")
    late = instant(due) <= now
    return Content.styled(("! " if late else "") + left(instant(due), now), LATE if late else QUIET)


_BLOCKS = dict(zip("▁▂▃▄▅▆▇█", "_.-=+*%#", strict=True))
_SIGNS = {
    "○": "o", "◌": ".", "◐": "~", "■": "!", "●": "x", "–": "-", "—": "-", "·": ".", "✓": "v", "…": "~", "▶": ">", "→": ">",
    "←": "<", "↑": "^", "↓": "v", "▔": "-", "▌": "|", "▐": "|", "▎": "|", "▍": "|", "▊": "|", "▋": "|", "▏": "|", "▕": "|",
    "╸": "-", "╺": "-", "⏵": ">", "⭘": "o",
}  # fmt: skip
_LINES = {
    **dict.fromkeys("─━═╌┄", "-"),
    **dict.fromkeys("│┃║┆", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝", "+"),
}
_LETTERS_ONLY = str.maketrans({**_BLOCKS, **_SIGNS, **_LINES})
"""Our own signs and Textual's, each as one sign that every terminal has; people's letters stay as they are."""


class OnlyText(LineFilter):
    """The last net: no control character and no direction override leaves the app, even where somebody forgot.

    With ``ascii_only`` our own signs become those that every terminal and font has, each one cell for one cell.
    ``before`` are Textual's own filters, done here as well: it keeps a copy of every line for every filter it knows.
    """

    def __init__(self, before: Sequence[LineFilter] = (), *, ascii_only: bool = False) -> None:
        """Take what is done to a line before, and whether to draw with ASCII signs."""
        super().__init__()
        self.before = list(before)
        self._ascii = ascii_only

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace what a terminal would obey."""
        for each in self.before:
            segments = each.apply(segments, background)
        if self._ascii:
            segments = [
                segment
                if segment.text.isascii()
                else Segment(segment.text.translate(_LETTERS_ONLY), segment.style, segment.control)
                for segment in segments
            ]
        return [
            Segment(_harmless(segment.text), segment.style, segment.control)
            if _obeyed(segment.text)
            else segment
            for segment in segments
        ]


def _obeyed(text: str) -> bool:
    return (not text.isascii() and any(map(_is_control, text))) or (
        not text.isprintable() and any(map(_is_control, text))
    )


def _is_control(char: str) -> bool:
    code = ord(char)
    return code < 32 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


def _harmless(text: str) -> str:
    return "".join("\ufffd" if _is_control(char) else char for char in text)
