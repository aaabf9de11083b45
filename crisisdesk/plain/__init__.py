"""The desk as a dialogue of lines: for screen readers, slow links, and terminals that can only print.

It reads the step, asks for what it records, and says what is saved. The commands, their questions and their rules are the
screen's own (:mod:`crisisdesk.ui.commands`); nothing here draws, and Textual is never loaded.
"""

from collections.abc import Callable

from crisisdesk.desk import Desk, Speaker

__all__ = ["run"]


def run(
    open_desk: Callable[[], Desk],
    speaker: Speaker,
    *,
    open_at: str = "",
    role: str = "",
    sample: bool = False,
) -> int:
    """Talk on standard input and output until somebody leaves; returns the exit code."""
    import sys

    from crisisdesk.plain.dialogue import Dialogue
    from crisisdesk.plain.talking import Talk

    desk = open_desk()
    try:
        return Talk(desk, speaker, Dialogue(sys.stdin, sys.stdout), role=role, sample=sample).begin(open_at)
    finally:
        desk.journal.close()
