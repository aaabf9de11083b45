"""What the desk says back: a line above the keys that covers nothing, gone after a while."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, stacked

_STYLES = {"information": STRONG, "warning": WARN, "error": LATE}
MOST = 3
"""Messages shown at once; older ones give way."""


class Message(NamedTuple):
    """One thing said, its weight (Textual's severities), and when it goes: seconds of the loop's clock."""

    title: str
    text: str
    severity: str
    until: float


class SaidLine(Static):
    """The line above the keys."""

    DEFAULT_CSS = """
    SaidLine { height: auto; max-height: 8; background: $panel; padding: 0 1; border-left: outer $primary; }
    """

    def show(self, messages: Sequence[Message]) -> None:
        """Show what was said last, or nothing."""
        self.display = bool(messages)
        self.update(stacked([_row(one) for one in messages[-MOST:]]))


def _row(one: Message) -> Content:
    style = _STYLES.get(one.severity, STRONG)
    if not one.title:
        return line(one.text, style)
    return join(line(f"{one.title}:", style), " ", line(one.text, QUIET if style == STRONG else ""))
