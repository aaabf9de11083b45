"""The fact sheet: what is confirmed, what is not, and what we do not say."""

import click

from crisisdesk.cli.options import as_json, because, incident, writes
from crisisdesk.cli.session import print_json, print_text, session_of
from crisisdesk.desk.claims import claim_named
from crisisdesk.domain import intents
from crisisdesk.domain.claims import RETRACTED
from crisisdesk.domain.text import one_line

text = click.argument("text", metavar="TEXT|SEQ")
source = click.option("--source", metavar="TEXT", default="", help="How we know, or who says so.")


@click.group()
def claim() -> None:
    """Keep the fact sheet: each claim is confirmed, unconfirmed, or not to be said; drafts are checked against it."""


@claim.command("add")
@incident
@text
@source
@because
@writes
@click.pass_context
def add(
    context: click.Context, /, incident: str, text: str, source: str, because: str, **how: str | bool | None
) -> None:
    """Put a claim on the sheet, unconfirmed."""
    session_of(context).write(incident, intents.JudgeClaim("unconfirmed", text, 0, source, because), how)


def _judged(standing: str, help_: str) -> click.Command:
    @incident
    @text
    @source
    @because
    @writes
    @click.pass_context
    def command(
        context: click.Context,
        /,
        incident: str,
        text: str,
        source: str,
        because: str,
        **how: str | bool | None,
    ) -> None:
        session = session_of(context)
        seq = claim_named(session.desk, session.case(incident), text)
        session.write(incident, intents.JudgeClaim(standing, text, seq, source, because), how)

    return click.command(help=help_)(command)


claim.add_command(
    _judged("confirmed", "Confirm a claim, with --source; one not on the sheet yet is added."), "confirm"
)
claim.add_command(
    _judged("do not say", "Hold a claim back, with --because; drafts that carry it warn."), "do-not-say"
)
claim.add_command(_judged(RETRACTED, "Take a claim off the sheet, with --because."), "retract")


@claim.command("list")
@incident
@as_json
@click.pass_context
def list_(context: click.Context, /, incident: str, json_: bool) -> None:
    """Show the fact sheet."""
    session = session_of(context)
    case = session.case(incident)
    rows = session.desk.table(case, "claims")
    if json_:
        print_json("claims", {"incident": case.state.label, "claims": rows})
        return
    for row in rows:
        why = "; ".join(one_line(str(row[name])) for name in ("source", "because") if row[name])
        print_text(
            f"#{row['seq']} {str(row['standing']).upper()}: {one_line(str(row['claim']))}{f' ({why})' if why else ''}"
        )
    if not rows:
        print_text(
            f'Nothing is on the fact sheet. Add: crisisdesk claim add {case.state.label} "What is claimed"'
        )
