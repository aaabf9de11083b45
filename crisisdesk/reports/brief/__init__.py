"""The brief to read, to send and to paste: plain text, Markdown, and short text for a chat. One wording for all three."""

from typing import Any

from crisisdesk.domain.brief import Brief
from crisisdesk.reports.as_json import plain

__all__ = ["ENDINGS", "as_chat", "as_json", "as_markdown", "as_text"]

ENDINGS = {"md": "the brief, as Markdown to send", "txt": "the brief, as plain text to read"}
"""The formats of a brief by the ending of a file's name."""


def as_text(brief: Brief, width: int = 80) -> str:
    """Return the brief as plain text that a terminal can only show, no line longer than ``width`` (at least 40)."""
    from crisisdesk.reports.brief.plain_text import text

    return text(brief, width)


def as_markdown(brief: Brief) -> str:
    """Return the brief as Markdown in which people's words can only be read."""
    from crisisdesk.reports.brief.markdown import markdown

    return markdown(brief)


def as_chat(brief: Brief) -> str:
    """Return the brief for Slack or Teams: under 4,000 characters, nobody called, no link behind a word."""
    from crisisdesk.reports.brief.chat import chat

    return chat(brief)


def as_json(brief: Brief) -> dict[str, Any]:
    """Return the brief for programs: the names of its parts and plain values, spans in seconds."""
    return {name: plain(value) for name, value in brief._asdict().items()}
