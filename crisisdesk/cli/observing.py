"""What was seen, kept, said to somebody, or written down wrongly: note, attach, tell, correct."""

import re
import sys
from pathlib import Path

import click

from crisisdesk.cli.options import because, incident, record, writes
from crisisdesk.cli.session import Stop, entry_number, pairs, session_of
from crisisdesk.domain import intents


@click.command()
@incident
@click.argument("text")
@click.option("--source", metavar="TEXT", default="", help="Where it comes from.")
@click.option("--step", metavar="STEP", default="", help="The step it belongs to.")
@writes
@click.pass_context
def note(
    context: click.Context, /, incident: str, text: str, source: str, step: str, **how: str | bool | None
) -> None:
    """Log something observed or said. TEXT - reads it from standard input."""
    if text == "-":
        if sys.stdin is None:
            raise Stop("There is nothing to read from.", "Write the text itself instead of -.", 2)
        text = sys.stdin.read()
    session_of(context).write(incident, intents.LogNote(text, source, step), how)


@click.command()
@incident
@click.argument("target", metavar="FILE|URL")
@click.option("--step", metavar="STEP", default="", help="The step it belongs to.")
@click.option("--note", metavar="TEXT", default="", help="What it shows.")
@click.option("--original-author", metavar="NAME", default="", help="Who published the original.")
@click.option(
    "--original-time", metavar="TEXT", default="", help="The original's own time, as it is shown there."
)
@click.option("--tool", metavar="NAME", default="", help="What it was captured with.")
@writes
@click.pass_context
def attach(
    context: click.Context, /, incident: str, target: str, step: str, note: str, original_author: str, original_time: str, tool: str,
    **how: str | bool | None,
) -> None:  # fmt: skip
    """Attach a file (its bytes are kept, with their SHA-256, within the policy's size) or a link.

    --occurred says when it was captured; --step names the step it belongs to: a capture step is not done without.
    """
    session = session_of(context)
    about = intents.Attach(
        step=step, note=note, original_author=original_author, original_time=original_time, tool=tool
    )
    if re.match(r"^[a-z][a-z0-9+.-]*://", target, re.IGNORECASE):
        session.write(incident, about._replace(link=target), how)
        return
    manner = session.manner(incident, how)
    session.saved(
        lambda m: session.desk.attach_file(incident, Path(target).expanduser(), session.speaker, m, about),
        manner,
    )


@click.command()
@incident
@click.argument("who")
@click.option("--by", "means", metavar="HOW", default="", help="Phone, mail, in person.")
@click.option("--reached", type=click.Choice(["yes", "no"]), required=True, help="Were they reached?")
@click.option("--promised", metavar="TEXT", default="", help="What they were promised.")
@click.option("--step", metavar="STEP", default="", help="The step it belongs to.")
@writes
@click.pass_context
def tell(
    context: click.Context,
    /,
    incident: str,
    who: str,
    means: str,
    reached: str,
    promised: str,
    step: str,
    **how: str | bool | None,
) -> None:
    """Log an attempt to tell somebody, reached or not."""
    session_of(context).write(incident, intents.Tell(who, means, reached == "yes", promised, step), how)


@click.command()
@incident
@click.argument("seq", type=int)
@click.argument("text", default="")
@record
@because
@writes
@click.pass_context
def correct(
    context: click.Context,
    /,
    incident: str,
    seq: int,
    text: str,
    record_: tuple[str, ...],
    because: str,
    **how: str | bool | None,
) -> None:
    """Correct entry SEQ by a new entry: the right TEXT (of a figure its number), --record values, or --occurred, the corrected time."""
    session = session_of(context)
    happened = session.at(incident, str(how["occurred"]), "past") if how.get("occurred") is not None else None
    intent = intents.Correct(seq, None, text, pairs(record_, "--record"), happened, because)
    session.write(incident, intent, {**how, "occurred": None})


@click.command()
@incident
@click.argument("number", metavar="SEQ")
@because
@writes
@click.pass_context
def confirm(
    context: click.Context, /, incident: str, number: str, because: str, **how: str | bool | None
) -> None:
    """Confirm yourself what somebody wrote down for you: SEQ is their entry."""
    session_of(context).write(incident, intents.ConfirmRelay(entry_number(number), None, because), how)
