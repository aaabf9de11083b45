"""Reads: list, show, next, timeline, verify, where. Each takes ``--json``."""

import re

import click

from crisisdesk.cli.options import as_json, incident
from crisisdesk.cli.session import Session, Stop, complain, print_json, print_text, session_of
from crisisdesk.cli.showing import step_json
from crisisdesk.desk import Case
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.rows import IncidentRow
from crisisdesk.domain.runbook import (
    is_late,
    next_steps,
    owned_by,
    required,
    state_of,
    title_of,
    zone,
)
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant, left, spell


@click.command("list")
@as_json
@click.pass_context
def list_(context: click.Context, /, json_: bool) -> None:
    """All incidents, newest first."""
    session = session_of(context)
    session.warn()
    rows = session.desk.incidents()
    if json_:
        print_json("list", {"incidents": [_incident_json(row) for row in rows]})
        return
    if not rows:
        if session.begun:
            complain(f"A new desk was begun in {session.settings.db}.")
        print_text('No incidents. Declare one with: crisisdesk declare "What happened"')
    now = session.desk.now()
    for row in rows:
        due = f", next {left(instant(row.next_due), now)}" if row.next_due and row.status != "closed" else ""
        age = f"declared {spell(now - instant(row.declared_at))} ago"
        sure = "" if row.severity_confirmed else " (not confirmed)"
        print_text(f"{row.key}  {row.severity}{sure}  {row.status}  {one_line(row.title)}")
        print_text(
            f"          {age}, lead {row.lead or 'nobody'}, {row.steps_done} of {row.steps_applicable} steps{due}"
        )


def _incident_json(row: IncidentRow) -> dict[str, object]:
    return {**row._asdict(), "severity_confirmed": bool(row.severity_confirmed), "drill": bool(row.drill)}


@click.command("next")
@click.argument("incident", metavar="[INC]", default="")
@click.option("--mine", is_flag=True, help="Only the steps you own.")
@as_json
@click.pass_context
def next_(context: click.Context, /, incident: str, mine: bool, json_: bool) -> None:
    """Show what is next, in one incident or in all that are open."""
    session = session_of(context)
    me = session.speaker.on_behalf_of or session.speaker.author
    keys = [incident] if incident else [row.key for row in session.desk.incidents() if row.status != "closed"]
    cases = [session.case(key) for key in keys]
    found = [
        (case, known)
        for case in cases
        for known in next_steps(case.state)
        if not mine or owned_by(case.state, known, me)
    ]
    found.sort(key=lambda item: item[1].due or "9")
    if incident:
        found = [(cases[0], known) for known in next_steps(cases[0].state, me if mine else "")]
    if json_:
        print_json(
            "next",
            {"steps": [{"incident": case.state.label, **step_json(case, known)} for case, known in found]},
        )
        return
    if not found:
        print_text("Nothing is ready." if not mine else f"Nothing is ready for {me}.")
    for case, known in found:
        _print_next(session, case, known)


def _print_next(session: Session, case: Case, known: StepState) -> None:
    state, now = case.state, session.desk.now()
    late = "! " if is_late(known, now) else "  "
    time = f", {left(instant(known.due), now)}" if known.due else ""
    who = state.owner_of(known) or f"nobody: {known.step.who}"
    print_text(
        f"{late}{state.label} {one_line(title_of(known, case.words))} [{known.step.id}] {one_line(who)}, {state_of(state, known)}{time}"
    )
    for wanted in known.step.record or required(known):
        print_text(f"      record: {wanted.name} ({wanted.kind}{', optional' if wanted.optional else ''})")
    for option in known.step.options:
        print_text(f"      option: {option.title}: {one_line(option.consequence)}")


@click.command()
@incident
@as_json
@click.pass_context
def timeline(context: click.Context, /, incident: str, json_: bool) -> None:
    """Everything, in the order it happened, corrections applied and marked."""
    from crisisdesk.domain.timeline import build, sentence
    from crisisdesk.reports import timeline_json

    session = session_of(context)
    case = session.case(incident)
    entries = session.desk.entries(case)
    items = build(entries, case.state)
    if json_:
        print_json(
            "timeline",
            {
                "incident": case.state.label,
                "drill": case.state.drill,
                "head": case.state.head,
                "entries": timeline_json(items, entries),
            },
        )
        return
    tz = zone(case.state.policy)
    print_text(
        f"{'DRILL  ' if case.state.drill else ''}{case.state.label}  {one_line(case.title)}  (times in {case.state.policy.time_zone})"
    )
    for item in items:
        print_text(
            f"{full(instant(item.occurred_at), tz)}  #{item.seq}  {one_line(item.author)}: {sentence(item)}"
        )


@click.command()
@click.argument("incident", metavar="[INC]", default="")
@click.option(
    "--head", metavar="HASH", default="", help="The head as printed on an export or brief: shows a cut tail."
)
@as_json
@click.pass_context
def verify(context: click.Context, /, incident: str, head: str, json_: bool) -> None:
    """Prove that no entry was changed or is missing, and that the tables say what the log says."""
    session = session_of(context)
    head = head.strip().lower()
    if head and not re.fullmatch("[0-9a-f]{64}", head):
        raise Stop(f"'{head}' is not a head.", "A head is the 64 letters and digits printed on an export.", 2)
    faults = session.given(session.desk.verify(incident))
    sentences = [fault.sentence for fault in faults]
    if head and not session.desk.has_head(incident, head):
        sentences.append(f"No entry has the hash {head}: entries written after or with it are missing.")
    heads = (
        {
            row.key: row.head
            for row in session.desk.incidents()
            if not incident or row.key == session.case(incident).state.label
        }
        if not faults
        else {}
    )
    if json_:
        print_json("verify", {"ok": not sentences, "problems": sentences, "heads": heads})
    else:
        for sentence in sentences:
            print_text(sentence)
        for key, value in heads.items():
            print_text(f"{key} is whole. Head: {value}")
        if not sentences and not heads:
            print_text("The log is whole; it holds no incident.")
    context.exit(1 if sentences else 0)


@click.command()
@as_json
@click.pass_context
def where(context: click.Context, /, json_: bool) -> None:
    """Where everything is kept: the one file to back up, the settings, the playbooks."""
    from crisisdesk.cli.settings import config_path
    from crisisdesk.desk.playbooks import shipped_folder

    settings = session_of(context).settings
    places = {
        "database": str(settings.db.expanduser().absolute()), "settings": str(config_path()),
        "playbooks": str(settings.playbooks or shipped_folder()), "name": settings.author, "name_from": settings.author_from,
    }  # fmt: skip
    if json_:
        print_json("where", places)
        return
    for name, place in places.items():
        print_text(f"{name.replace('_', ' ')}: {place}")
    if settings.db.exists():
        for warning in session_of(context).desk.warnings():
            complain(warning)
