"""The sample night: the running example, played by the very commands a person would type."""

import contextlib
import io
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import click

from crisisdesk.cli.night import ATTACHMENT, NIGHT, PICTURE, STATEMENT, WORDS, Moment
from crisisdesk.cli.opening import wants_lines
from crisisdesk.cli.session import Session, Stop, interactive, print_text
from crisisdesk.cli.settings import Settings

HALF_WAY = "half-way"


class Line(NamedTuple):
    """One command of the night as it ran: what was typed, and its exit code."""

    typed: str
    code: int


@click.command()
@click.option("--keep", metavar="DIR", help="Keep the desk of the sample night in this folder.")
@click.pass_context
def demo(context: click.Context, /, keep: str | None) -> None:
    """Open the sample night half-way through; without a terminal, play it to the end and print the summary."""
    folder = Path(keep).expanduser() if keep else Path(tempfile.mkdtemp(prefix="crisisdesk-demo-"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "desk.db").exists():
            raise Stop(
                f"There is a desk in '{folder}' already.", "Choose another folder, or open it with --db."
            )
        if wants_lines(context):
            context.exit(_by_lines(folder))
        if interactive():
            context.exit(_on_screen(folder))
        _by_commands(folder)
    except OSError as trouble:
        raise Stop(f"'{folder}' cannot be used: {trouble.strerror}.", "Choose another folder.") from None
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _by_lines(folder: Path) -> int:
    from crisisdesk.plain import run

    session = _half_way(folder)
    return run(session.open_desk, session.speaker, open_at="INC-0001", sample=True)


def _on_screen(folder: Path) -> int:
    from crisisdesk.cli.opening import chosen
    from crisisdesk.ui import run

    preferences = chosen()
    session = _half_way(folder)
    return run(
        session.open_desk,
        session.speaker,
        open_at="INC-0001",
        sample=True,
        environment=os.environ,
        preferences=preferences,
    )


def _half_way(folder: Path) -> Session:
    """Make the sample desk in a folder, as it stands half-way through the night."""
    click.echo("Making the sample desk. One moment ...")
    with contextlib.redirect_stdout(io.StringIO()):
        for line in play(folder, until=HALF_WAY):
            if line.code:
                raise Stop(f"The sample night stopped at: {line.typed}")
    return Session(Settings(folder / "desk.db", None, "Ada Okoro", "named", "", ""))


def try_sample() -> None:
    """Open the sample night on the screen, from the desk's first questions, and throw it away when it is left."""
    with tempfile.TemporaryDirectory(prefix="crisisdesk-demo-") as place:
        _on_screen(Path(place))


def _by_commands(folder: Path) -> None:
    for line in play(folder):
        if line.code:
            raise Stop(f"The sample night stopped at: {line.typed}")
    print_text("")
    click.echo((folder / "summary.md").read_text(encoding="utf-8"), nl=False)


def play(folder: Path, until: str = "", now: datetime | None = None) -> Iterator[Line]:
    """Play the night by commands, each at its own minute, up to the moment named; yields each command when it has run.

    Half-way ends now, so that its countdowns are true; the whole night begins at 21:40 of the last evening.
    """
    from crisisdesk.cli import run
    from crisisdesk.cli.commands import crisisdesk
    from crisisdesk.desk.playbooks import shipped_folder

    shipped = str(shipped_folder())  # whatever this person's settings say: the night is one of these
    moments = list(_moments(until))
    now = now or datetime.now(UTC)
    begin = now - timedelta(minutes=moments[-1].minute) if until else _last_evening(now)
    (folder / ATTACHMENT).write_bytes(PICTURE)
    (folder / STATEMENT).write_text(WORDS, encoding="utf-8")
    for moment in moments:
        argv = [word.replace("{folder}", str(folder)) for word in moment.argv]
        shown = shlex.join(["crisisdesk", *(word for word in argv if not word.startswith(str(folder)))])
        click.echo(f"\n{moment.minute // 60}:{moment.minute % 60:02d}  $ {shown}")
        code = run(
            crisisdesk,
            ["--db", str(folder / "desk.db"), "--playbooks", shipped, *argv],
            obj=_clock(begin + timedelta(minutes=moment.minute)),
        )
        yield Line(shown, code)


def _moments(until: str) -> Iterator[Moment]:
    for moment in NIGHT:
        yield moment
        if until and moment.mark == until:
            return


def _clock(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _last_evening(now: datetime) -> datetime:
    return now.replace(hour=21, minute=40, second=0, microsecond=0) - timedelta(days=2)
