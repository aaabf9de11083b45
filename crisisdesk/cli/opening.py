"""Opening the desk on a terminal."""

import click

from crisisdesk.cli.session import interactive, needs_terminal, session_of


def open_desk(context: click.Context, open_at: str = "") -> int:
    """Open the screen; where there is no terminal, say what to use instead. Returns the exit code."""
    session = session_of(context)
    if not interactive():
        needs_terminal()
    from crisisdesk.ui import run

    return run(session.open_desk, session.speaker, open_at=open_at)
