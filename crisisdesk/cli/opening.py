"""Opening the desk on a terminal; the first time, what a new desk asks."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crisisdesk.cli.session import Session, Stop, interactive, needs_terminal, session_of
from crisisdesk.cli.settings import config_path, full_name, save_settings, usual_role

if TYPE_CHECKING:
    from crisisdesk.ui.beginning import Answers, FirstRun
    from crisisdesk.ui.preferences import Preferences


def open_desk(context: click.Context, open_at: str = "") -> int:
    """Open the screen; where there is no terminal, say what to use instead. Returns the exit code."""
    session = session_of(context)
    if wants_lines(context):
        from crisisdesk.plain import run as talk

        return talk(session.open_desk, session.speaker, open_at=open_at, role=usual_role())
    if not interactive():
        needs_terminal()
    from crisisdesk.ui import TRY_SAMPLE, run

    preferences = chosen()
    first = None if open_at else first_run(session)
    code = run(
        session.open_desk,
        session.speaker,
        open_at=open_at,
        role=usual_role(),
        first_run=first,
        environment=os.environ,
        preferences=preferences,
    )
    if code == TRY_SAMPLE:
        from crisisdesk.cli.demo import try_sample

        try_sample()
        code = run(
            session.open_desk,
            session.speaker,
            role=usual_role(),
            environment=os.environ,
            preferences=preferences,
        )
    return code


def wants_lines(context: click.Context) -> bool:
    """Tell whether to talk line by line: by the flag, the environment, or on a terminal that can only print."""
    if context.find_root().params.get("plain") or os.environ.get("CRISISDESK_PLAIN", "") not in ("", "0"):
        return True
    if os.environ.get("TERM") == "dumb" and interactive():
        click.echo("This terminal can only print lines, so the desk talks line by line (crisisdesk --plain).")
        return True
    return False


def chosen() -> "Preferences":
    """Return how this person wants the screen, or stop with a sentence."""
    from crisisdesk.cli.preferences import read_preferences

    try:
        return read_preferences()
    except ValueError as wrong:
        raise Stop(str(wrong), "Mend it, or take the line out.") from None


def first_run(session: Session) -> "FirstRun | None":
    """Return what a new desk asks, or None: somebody said who they are, or this desk or the settings are there already."""
    said = session.settings
    if said.author_from == "named" or config_path().exists() or said.db.exists():
        return None
    from crisisdesk.ui.beginning import Answers, FirstRun

    default = Answers(full_name(), "", str(said.playbooks or ""))
    return FirstRun(default, str(config_path()), lambda answers: _keep(session, answers, default))


def _keep(session: Session, answers: "Answers", default: "Answers") -> str:
    """Take the answers for this run, and write them into the settings; returns why that failed, or nothing."""
    folder = str(Path(answers.playbooks).expanduser().absolute()) if answers.playbooks else ""
    session.settings = session.settings._replace(
        author=answers.name, author_from="named", playbooks=Path(folder) if folder else None
    )
    values = {"name": answers.name, "role": answers.role}
    if answers.playbooks != default.playbooks:
        values["playbooks"] = folder
    return save_settings({key: value for key, value in values.items() if value})
