"""What falls due, as it stands on the desk: soonest first, with who is asked."""

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.session import print_json, print_text, session_of
from crisisdesk.domain.agenda import Due, agenda, what_to_do
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import instant, left


@click.command("due")
@click.argument("incident", metavar="[INC]", default="")
@click.option("--mine", is_flag=True, help="Only what you are asked for, or own.")
@as_json
@click.pass_context
def due(context: click.Context, /, incident: str, mine: bool, json_: bool) -> None:
    """List what falls due, in one incident or in all: steps, clocks, promises, approvals, questions, follow-ups."""
    session = session_of(context)
    only = session.case(incident).state.stream if incident else ""
    me = session.speaker.on_behalf_of or session.speaker.author
    now = session.desk.now()
    found = [
        one
        for one in agenda(session.desk.dues(), me, now)
        if (one.mine or not mine) and only in ("", one.row.stream)
    ]
    if json_:
        listed = [{**_as_json(one), "late": instant(one.row.due) <= now} for one in found]
        print_json("due", {"due": listed})
        return
    if not found:
        print_text(f"Nothing is due to {one_line(me)}." if mine else "Nothing is due.")
    for one in found:
        late = "! " if instant(one.row.due) <= now else "  "
        who = one_line(one.person) or f"nobody yet: {one_line(one.role)}"
        more = ", waits for another step" if one.waits else ""
        drill = "DRILL " if one.row.drill and not one.row.incident.startswith("DRILL") else ""
        time = left(instant(one.row.due), now)
        print_text(f"{late}{drill}{one.row.incident} {one_line(what_to_do(one))}, {who}, {time}{more}")


def _as_json(one: Due) -> dict[str, object]:
    row = one.row
    return {
        "incident": row.incident, "kind": row.kind, "what": row.what, "title": row.title, "to_do": what_to_do(one), "state": row.state, "due": row.due,
        "asked": one.person, "role": one.role, "mine": one.mine, "waits": one.waits, "drill": bool(row.drill),
    }  # fmt: skip
