"""Steps: start, done, skip, block, unblock, assign, add-step, decide, approve."""

import click

from crisisdesk.cli.options import already, because, incident, owner, record, step, writes
from crisisdesk.cli.session import pairs, session_of
from crisisdesk.domain import intents


@click.command()
@incident
@step
@owner
@already
@because
@writes
@click.pass_context
def start(
    context: click.Context,
    /,
    incident: str,
    step: str,
    owner: str,
    already: bool,
    because: str,
    **how: str | bool | None,
) -> None:
    """Begin a step, named by its id or the beginning of it."""
    session_of(context).write(incident, intents.StartStep(step, owner, already, because), how)


@click.command()
@incident
@step
@record
@click.option("--note", metavar="TEXT", default="", help="What else was observed.")
@click.option(
    "--confirmed-by",
    metavar="NAME",
    default="",
    help="The second person who looked, where the step asks for one.",
)
@click.option("--read-back", metavar="TEXT", default="", help="What the second person saw.")
@owner
@already
@because
@writes
@click.pass_context
def done(
    context: click.Context,
    /,
    incident: str,
    step: str,
    record_: tuple[str, ...],
    note: str,
    confirmed_by: str,
    read_back: str,
    owner: str,
    already: bool,
    because: str,
    **how: str | bool | None,
) -> None:
    """Record that a step is done, with what it asks to record."""
    record = pairs(record_, "--record")
    intent = intents.CompleteStep(step, record, note, owner, already, because, confirmed_by, read_back)
    session_of(context).write(incident, intent, how)


@click.command()
@incident
@step
@owner
@because
@writes
@click.pass_context
def skip(
    context: click.Context, /, incident: str, step: str, owner: str, because: str, **how: str | bool | None
) -> None:
    """Leave a step out, with the reason."""
    session_of(context).write(incident, intents.SkipStep(step, because, owner), how)


@click.command()
@incident
@step
@owner
@because
@writes
@click.pass_context
def block(
    context: click.Context, /, incident: str, step: str, owner: str, because: str, **how: str | bool | None
) -> None:
    """Say that a step cannot go on, and why."""
    session_of(context).write(incident, intents.BlockStep(step, because, owner), how)


@click.command()
@incident
@step
@owner
@because
@writes
@click.pass_context
def unblock(
    context: click.Context, /, incident: str, step: str, owner: str, because: str, **how: str | bool | None
) -> None:
    """Say that a blocked step can go on."""
    session_of(context).write(incident, intents.UnblockStep(step, because, owner), how)


@click.command()
@incident
@step
@click.argument("name")
@because
@writes
@click.pass_context
def assign(
    context: click.Context, /, incident: str, step: str, name: str, because: str, **how: str | bool | None
) -> None:
    """Make a person the owner of a step."""
    session_of(context).write(incident, intents.AssignStep(step, name, because), how)


@click.command("add-step")
@incident
@click.argument("title")
@click.option("--who", metavar="ROLE", required=True, help="The role that owns it.")
@click.option("--within", metavar="D", default="", help="By when, from now: 30 minutes, 2 working days.")
@owner
@because
@writes
@click.pass_context
def add_step(
    context: click.Context,
    /,
    incident: str,
    title: str,
    who: str,
    within: str,
    owner: str,
    because: str,
    **how: str | bool | None,
) -> None:
    """Add a step that no playbook foresaw."""
    session_of(context).write(incident, intents.AddStep(title, who, within, owner, because), how)


@click.command()
@incident
@step
@click.argument("option", default="")
@click.option("--other", metavar="TEXT", default="", help="A choice the playbook does not list.")
@click.option("--known", metavar="TEXT", default="", help="What was known when deciding.")
@click.option("--unknown", metavar="TEXT", default="", help="What was not known when deciding.")
@click.option("--consulted", metavar="NAMES", default="", help="Who was asked.")
@click.option("--dissent", metavar="TEXT", default="", help="Who saw it otherwise, and why.")
@click.option("--revisit", metavar="TIME", help="When to look at it again: 23:30, in 2 hours.")
@already
@because
@writes
@click.pass_context
def decide(
    context: click.Context, /, incident: str, step: str, option: str, other: str, known: str, unknown: str, consulted: str, dissent: str,
    revisit: str | None, already: bool, because: str, **how: str | bool | None,
) -> None:  # fmt: skip
    """Make the choice a step asks for: an option (or its beginning), or --other in words.

    A choice is reversed by opening the step again (reopen) and choosing anew; it is never edited.
    """
    session = session_of(context)
    again = session.at(incident, revisit, "future")
    intent = intents.Decide(step, option, other, because, unknown, again, already, known, consulted, dissent)
    session.write(incident, intent, how)


@click.command()
@incident
@step
@click.argument("option", default="")
@click.option("--other", metavar="TEXT", default="", help="A choice the playbook does not list.")
@because
@writes
@click.pass_context
def approve(
    context: click.Context,
    /,
    incident: str,
    step: str,
    option: str,
    other: str,
    because: str,
    **how: str | bool | None,
) -> None:
    """Approve a step in a role you hold; a decision with the option you approve. By phone: --for NAME --by phone."""
    session_of(context).write(incident, intents.ApproveStep(step, option, other, because), how)
