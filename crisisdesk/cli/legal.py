"""What the law asks: clocks started, dismissed and submitted by those who may; the legal hold."""

import click

from crisisdesk.cli.options import as_json, because, incident, writes
from crisisdesk.cli.session import Session, print_json, print_text, session_of
from crisisdesk.desk import Case
from crisisdesk.domain import intents
from crisisdesk.domain.clocks import ADVICE, ClockView, clocks
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant, left


@click.group()
def clock() -> None:
    """Legal clocks: start, dismiss, submit, list. Only a person who holds the role starts or dismisses one."""


@clock.command("start")
@incident
@click.argument("name", metavar="CLOCK")
@click.option("--at", metavar="TIME", help="The moment the law counts from: 21:38, 2026-11-22 21:38.")
@because
@writes
@click.pass_context
def start(
    context: click.Context,
    /,
    incident: str,
    name: str,
    at: str | None,
    because: str,
    **how: str | bool | None,
) -> None:
    """Start a clock, counted from --at or from what the log knows already."""
    session = session_of(context)
    moment = session.at(incident, at, "past")
    saved = session.write(incident, intents.StartClock(name, moment, because), how)
    _say(session, saved.case)


@clock.command("dismiss")
@incident
@click.argument("name", metavar="CLOCK")
@because
@writes
@click.pass_context
def dismiss(
    context: click.Context, /, incident: str, name: str, because: str, **how: str | bool | None
) -> None:
    """Say that a clock does not apply, with the reason."""
    session_of(context).write(incident, intents.DismissClock(name, because), how)


@clock.command("submitted")
@incident
@click.argument("name", metavar="CLOCK")
@click.option("--at", metavar="TIME", help="When it was submitted, if not just now.")
@because
@writes
@click.pass_context
def submitted(
    context: click.Context,
    /,
    incident: str,
    name: str,
    at: str | None,
    because: str,
    **how: str | bool | None,
) -> None:
    """Log that what a clock asks for was submitted."""
    session = session_of(context)
    when = {**how, "occurred": at or how.get("occurred")}
    session.write(incident, intents.SubmitClock(name, because), when)


@clock.command("list")
@incident
@as_json
@click.pass_context
def list_(context: click.Context, /, incident: str, json_: bool) -> None:
    """Show the clocks of an incident: what they ask, from when, by when, by which source."""
    session = session_of(context)
    case = session.case(incident)
    if json_:
        print_json(
            "clocks",
            {"incident": case.state.label, "clocks": [clock_json(view) for view in clocks(case.state)]},
        )
    else:
        _say(session, case)


@click.command()
@click.argument("act", type=click.Choice(["set", "release"]))
@incident
@because
@writes
@click.pass_context
def hold(context: click.Context, /, act: str, incident: str, because: str, **how: str | bool | None) -> None:
    """Set a legal hold, or release it: while it is on, nothing concerned is deleted."""
    intent = intents.SetHold(because) if act == "set" else intents.ReleaseHold(because)
    session_of(context).write(incident, intent, how)


def clock_json(view: ClockView) -> dict[str, object]:
    """Return a clock for programs; times are stored instants, empty for none."""
    known = view.clock
    return {
        "id": known.id, "title": known.title, "state": view.standing, "tell": known.tell, "counted_from": known.counted_from,
        "anchor": view.anchor_at, "due": view.due_at, "submitted": view.submitted_at, "deadline": known.deadline,
        "anchor_text": known.anchor_text.strip(), "chained_on": known.chained_on, "source": known.source,
        "source_kind": known.source_kind, "checked_on": known.checked_on, "decided_by": list(known.decided_by),
        "steps": list(view.steps), "entry": view.seq,
    }  # fmt: skip


def clock_line(view: ClockView, case: Case, session: Session) -> str:
    """Say in one line how a clock stands."""
    tz, now = zone(case.state.policy), session.desk.now()
    if view.standing == "running":
        due = (
            f"due {full(instant(view.due_at), tz)}, {left(instant(view.due_at), now)}"
            if view.due_at
            else view.clock.deadline
        )
        stands = f"running, counted from {full(instant(view.anchor_at), tz)}; {due}"
    elif view.standing == "submitted":
        stands = f"submitted {full(instant(view.submitted_at), tz)}"
    elif view.standing == "dismissed":
        stands = f"dismissed as not applicable, in #{view.seq}"
    else:
        stands = f"asked for: start it or dismiss it ({' or '.join(view.clock.decided_by)}), counted from {view.clock.counted_from}"
    return f"{view.clock.id}  {view.clock.title}: {stands}"


def _say(session: Session, case: Case) -> None:
    found = clocks(case.state)
    for view in found:
        checked = view.clock.checked_on or "not yet"
        print_text(clock_line(view, case, session))
        print_text(f"    Tell: {one_line(view.clock.tell)}")
        print_text(f"    {one_line(view.clock.anchor_text)}")
        print_text(
            f"    Source: {one_line(view.clock.source)} ({view.clock.source_kind or 'unsure'}, checked on: {checked})."
        )
    print_text(ADVICE if found else f"No clock is asked for in {case.state.label}, and none runs.")
