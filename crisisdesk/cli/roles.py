"""Roles: taken, handed over and accepted by name, released; who held which at a given time."""

import click

from crisisdesk.cli.options import as_json, because, incident, writes
from crisisdesk.cli.session import print_json, print_text, session_of
from crisisdesk.domain import intents
from crisisdesk.domain.runbook import gaps, zone
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant, stamp

role_name = click.argument("role")
person = click.argument("name", default=None, required=False)


@click.group()
def role() -> None:
    """Take a role, hand it over, accept it by name, release it; see who held which when."""


@role.command("take")
@incident
@role_name
@person
@because
@writes
@click.pass_context
def take(
    context: click.Context,
    /,
    incident: str,
    role: str,
    name: str | None,
    because: str,
    **how: str | bool | None,
) -> None:
    """Take a role, for yourself or for NAME; a held one needs --because."""
    session_of(context).write(incident, intents.TakeRole(role, _named(name), because), how)


@role.command("release")
@incident
@role_name
@person
@because
@writes
@click.pass_context
def release(
    context: click.Context,
    /,
    incident: str,
    role: str,
    name: str | None,
    because: str,
    **how: str | bool | None,
) -> None:
    """Give a role up; NAME, when given, must be who holds it."""
    session_of(context).write(incident, intents.ReleaseRole(role, because, _named(name)), how)


@role.command("hand-over")
@incident
@role_name
@click.option("--to", "to", metavar="NAME", required=True, help="Who is to take it; they accept by name.")
@because
@writes
@click.pass_context
def hand_over(
    context: click.Context, /, incident: str, role: str, to: str, because: str, **how: str | bool | None
) -> None:
    """Offer a role you hold; you hold it until the other accepts. Give them the brief first: crisisdesk brief INC."""
    session_of(context).write(incident, intents.HandOver(role, to, because), how)


@role.command("accept")
@incident
@role_name
@writes
@click.pass_context
def accept(context: click.Context, /, incident: str, role: str, **how: str | bool | None) -> None:
    """Accept a role that was offered to you, by your own name."""
    session_of(context).write(incident, intents.AcceptRole(role), how)


@role.command("list")
@incident
@click.option("--at", "at", metavar="TIME", help="Who held it then: 22:14, 2026-11-22 22:14.")
@as_json
@click.pass_context
def list_(context: click.Context, /, incident: str, at: str | None, json_: bool) -> None:
    """Show who held which role from when until when; with --at, who held it then."""
    session = session_of(context)
    case = session.case(incident)
    state, tz = case.state, zone(case.state.policy)
    moment = session.at(incident, at, "past")
    held = [
        row
        for row in session.desk.table(case, "role_intervals")
        if moment is None
        or (str(row["since"]) <= stamp(moment) and (not row["until"] or str(row["until"]) > stamp(moment)))
    ]
    missing = gaps(state) if moment is None else []
    if json_:
        print_json("roles", {"incident": state.label, "roles": held, "nobody": [gap.role for gap in missing]})
        return
    for row in held:
        until = full(instant(str(row["until"])), tz) if row["until"] else "now"
        title = (
            state.policy.roles[str(row["role"])].title
            if row["role"] in state.policy.roles
            else str(row["role"])
        )
        marks = [
            "acting" if row["acting"] else "",
            f"handed over in #{row['handover']}" if row["handover"] else "",
            f"offered to {row['offered_to']}" if row["offered_to"] else "",
            f"deviation: {row['deviation']}" if row["deviation"] else "",
        ]
        marked = f" ({', '.join(filter(None, marks))})" if any(marks) else ""
        span = f"{full(instant(str(row['since'])), tz)} to {until}"
        person = one_line(str(row["person"]))
        print_text(f"{title}: {person}, {span}{marked} #{row['seq']}")
    if not held:
        print_text("Nobody held a role then.")
    for gap in missing:
        stand_in = f"; its stand-in is {gap.stand_in}" if gap.stand_in else ""
        who = f", {one_line(gap.stand_in_person)}" if gap.stand_in_person else ""
        print_text(f"{gap.title}: nobody{stand_in}{who}")


def _named(name: str | None) -> str:
    if name is not None and not name.strip():
        raise click.UsageError("The name is empty; leave it out to mean yourself.")
    return name or ""
