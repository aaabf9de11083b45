"""The freeze, enquiries, chosen silence, and the sensitivity of what was written."""

import click

from crisisdesk.cli.options import because, incident, writes
from crisisdesk.cli.session import entry_number, session_of
from crisisdesk.domain import intents


@click.command()
@click.argument("act", type=click.Choice(["pause", "release"]))
@incident
@click.argument("queue")
@click.option("--account", metavar="NAME", default="", help="On which account; needed to pause.")
@click.option("--held", metavar="N", default="", help="How many posts wait in it.")
@click.option("--may-post", metavar="NAME", default="", help="Who may still post there meanwhile.")
@click.option("--binned", is_flag=True, help="Released: its posts were thrown away, not restored.")
@because
@writes
@click.pass_context
def freeze(
    context: click.Context, /, act: str, incident: str, queue: str, account: str, held: str, may_post: str, binned: bool, because: str,
    **how: str | bool | None,
) -> None:  # fmt: skip
    """Log that a posting queue is paused, or released; while one is frozen every screen says so."""
    intent: intents.Intent = (
        intents.FreezeQueue(queue, account, held, because, may_post)
        if act == "pause"
        else intents.ReleaseQueue(queue, account, binned, because)
    )
    session_of(context).write(incident, intent, how)


@click.group()
def enquiry() -> None:
    """Who asks what by when, and the line they were given."""


@enquiry.command("add")
@incident
@click.argument("who")
@click.option("--question", metavar="TEXT", required=True, help="What they ask.")
@click.option("--outlet", metavar="NAME", default="", help="For whom they ask.")
@click.option("--deadline", metavar="TIME", help="By when: 23:15, in 40 minutes.")
@writes
@click.pass_context
def add(
    context: click.Context, /, incident: str, who: str, question: str, outlet: str, deadline: str | None, **how: str | bool | None
) -> None:  # fmt: skip
    """Log an enquiry; open ones count down."""
    session = session_of(context)
    due = session.at(incident, deadline, "future")
    session.write(incident, intents.LogEnquiry(who, question, outlet, due), how)


@enquiry.command("answer")
@incident
@click.argument("number", metavar="SEQ")
@click.option("--line", metavar="TEXT", required=True, help="The line used.")
@writes
@click.pass_context
def answer(
    context: click.Context, /, incident: str, number: str, line: str, **how: str | bool | None
) -> None:
    """Log the line an enquiry was answered with; SEQ is the entry that logged it."""
    session_of(context).write(incident, intents.AnswerEnquiry(entry_number(number), line), how)


@click.command()
@incident
@click.option("--revisit", metavar="TIME", help="When to look at it again: 23:30, in 2 hours.")
@because
@writes
@click.pass_context
def silence(
    context: click.Context, /, incident: str, revisit: str | None, because: str, **how: str | bool | None
) -> None:
    """Decide to say nothing in public for now: why, and when to look at it again."""
    session = session_of(context)
    again = session.at(incident, revisit, "future")
    session.write(incident, intents.KeepSilent(because, again), how)


@click.command()
@incident
@click.argument("number", metavar="SEQ")
@click.argument("level")
@because
@writes
@click.pass_context
def sensitivity(
    context: click.Context, /, incident: str, number: str, level: str, because: str, **how: str | bool | None
) -> None:
    """Keep an earlier entry closer: personal, hr or privileged. It is never opened up again."""
    how = {**how, "sensitivity": None}
    session_of(context).write(
        incident, intents.RaiseSensitivity(entry_number(number), level, None, because), how
    )
