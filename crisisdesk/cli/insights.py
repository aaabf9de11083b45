"""What was learned across incidents: steps against their targets, skips, approvals, metrics over time; and what to weigh."""

import shutil
from datetime import date
from typing import Any

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.session import Stop, print_json, print_text, session_of


@click.command()
@click.option("--playbook", metavar="NAME", default="", help="Only incidents of this playbook.")
@click.option(
    "--since", metavar="DAY", default="", help="Only incidents declared from this day on: 2026-01-31."
)
@click.option("--ascii", "ascii_", is_flag=True, help="Draw the lines with ASCII marks only.")
@as_json
@click.pass_context
def insights(context: click.Context, /, playbook: str, since: str, ascii_: bool, json_: bool) -> None:
    """Say what the incidents so far tell about the playbooks, and what to weigh in which file and line. Drills stand apart."""
    from crisisdesk.desk.insights import places, runs
    from crisisdesk.domain.insights import insights as together
    from crisisdesk.reports.learned import learned

    session = session_of(context)
    try:
        day = date.fromisoformat(since).isoformat() if since else ""
    except ValueError:
        raise Stop(f"'{since}' is not a day.", "Write it as 2026-01-31.", 2) from None
    if playbook and playbook not in {row.playbook for row in session.desk.incidents()}:
        raise Stop(
            f"No incident ran by the playbook '{playbook}'.", "See the incidents with: crisisdesk list"
        )
    found = together(runs(session.desk, playbook, day))
    named = {one.name for one in (*found.real, *found.drills)}
    where = {name: places(session.settings.playbooks, name) for name in named}
    if json_:
        print_json("insights", _json(found, where))
        return
    from crisisdesk.cli.session import interactive

    width = shutil.get_terminal_size((79, 24)).columns if interactive() else 79
    for line in learned(found, where, width, plain=ascii_):
        print_text(line.text)


def _json(found: Any, where: dict[str, dict[str, str]]) -> dict[str, object]:
    """Return everything for programs; spans in seconds, proposals with their ``place``."""
    from crisisdesk.reports.as_json import plain

    told = plain(found)
    for one in (*told["real"], *told["drills"]):
        for proposal in one["proposals"]:
            proposal["place"] = where.get(one["name"], {}).get(proposal["step"], "")
    return dict(told)
