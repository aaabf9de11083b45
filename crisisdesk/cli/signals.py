"""Signals: somebody noticed something and hands it to the desk in one line; later it is declared, merged or dismissed."""

import click

from crisisdesk.cli.options import as_json, because, writes
from crisisdesk.cli.session import How, Stop, print_json, print_text, session_of
from crisisdesk.desk import Signal
from crisisdesk.domain.text import one_line


@click.command()
@click.argument("text")
@click.option("--link", metavar="URL", default="", help="Where it can be seen.")
@writes
@click.pass_context
def signal(context: click.Context, /, text: str, link: str, **how: str | bool | None) -> None:
    """Hand something you noticed to the desk, in one line. You need not be sure."""
    session = session_of(context)
    entry = session.given(
        session.desk.signals.hand_in(text, link, session.speaker, session.manner("", _now(how)))
    )
    click.echo(f"signal #{entry.seq}")
    click.echo("Handed to the desk. Whoever leads declares it, merges it, or dismisses it with a reason.")


@click.command()
@click.option("--all", "all_", is_flag=True, help="Those already settled too.")
@as_json
@click.pass_context
def signals(context: click.Context, /, all_: bool, json_: bool) -> None:
    """Show what was handed to the desk and not settled yet."""
    known = session_of(context).desk.signals
    found = known.all() if all_ else known.open()
    if json_:
        print_json("signals", {"signals": [one._asdict() for one in found]})
        return
    for one in found:
        print_text(_line(one))
    if not found:
        click.echo("No signal waits.")


def _line(one: Signal) -> str:
    link = f" {one_line(one.link)}" if one.link else ""
    end = (
        f" [{one.outcome}{f' {one.incident}' if one.incident else ''} by {one_line(one.settled_by)}]"
        if one.outcome
        else ""
    )
    return f"#{one.seq}  {one.noticed_at[:16].replace('T', ' ')} UTC  {one_line(one.author)}: {one_line(one.text)}{link}{end}"


@click.command()
@click.argument("number", metavar="SIGNAL")
@click.option("--into", metavar="INC", default="", help="Merge it into an incident that runs.")
@click.option("--dismiss", is_flag=True, help="It is nothing; needs --because.")
@because
@writes
@click.pass_context
def settle(
    context: click.Context, /, number: str, into: str, dismiss: bool, because: str, **how: str | bool | None
) -> None:
    """Merge a signal into an incident, or dismiss it with a reason. To declare it: crisisdesk declare … --signal N."""
    if bool(into) == dismiss:
        raise click.UsageError("Say what becomes of it: --into INC, or --dismiss with --because.")
    session = session_of(context)
    incident = session.case(into).state.label if into else ""
    outcome = "merged" if into else "dismissed"
    manner = session.manner("", _now(how))
    session.given(
        session.desk.signals.settle(
            signal_number(number), outcome, incident, because, session.speaker, manner
        )
    )
    click.echo(f"signal #{signal_number(number)} {outcome}{f' into {incident}' if incident else ''}")


def signal_number(typed: str) -> int:
    """Read a signal's number as typed: ``7`` or ``#7``."""
    number = typed.removeprefix("#")
    if not number.isdecimal() or len(number) > 9:
        raise Stop(f"'{typed}' is not the number of a signal.", "See them with: crisisdesk signals", 2)
    return int(number)


def _now(how: How) -> How:
    """Leave out the time typed: a signal is written when it is handed in, and has no policy's zone to read a time by."""
    if how.get("occurred"):
        raise click.UsageError("A signal is handed in now; write the time it happened into its text.")
    return how
