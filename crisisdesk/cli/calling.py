"""The call list by a one-line command: who has to be told and was not reached yet, and whom to call next."""

from datetime import datetime, tzinfo

import click

from crisisdesk.cli.options import as_json, incident
from crisisdesk.cli.people import no_people
from crisisdesk.cli.session import complain, print_json, print_text, session_of
from crisisdesk.desk import Case
from crisisdesk.domain.calling import ANSWER_WITHIN, Attempt, Call, Candidate, calls, heard
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import clock, instant, left, spell


@click.command("call-list")
@incident
@as_json
@click.pass_context
def call_list(context: click.Context, /, incident: str, json_: bool) -> None:
    """Who has to be told and was not reached yet: roles and their stand-ins, telling steps, and the next to call."""
    from crisisdesk.domain.timeline import read

    session = session_of(context)
    case, now = session.case(incident), session.desk.now()
    known = heard(read(session.desk.entries(case)))
    library = session.desk.library()
    found = calls(case.state, known, library.people, now, case.words)
    if why := no_people(library):
        complain(why)
    if json_:
        print_json("call-list", _json(case, found))
        return
    drill = "DRILL  " if case.state.drill else ""
    print_text(f"{drill}{case.state.label}  {one_line(case.title)}  (times in {case.state.policy.time_zone})")
    open_ = [one for one in found if one.is_open]
    if not open_:
        print_text("Nobody is left to call.")
    for one in open_:
        _print_call(one, case, now)
    if reached := [one for one in found if not one.is_open]:
        said = "; ".join(f"{one.title}: {_knows(one, zone(case.state.policy), now)}" for one in reached)
        print_text(f"\nReached: {said}")
    if open_:
        print_text(
            f"No answer within {spell(ANSWER_WITHIN)}: the next in line. Log each attempt: crisisdesk tell {case.state.label} NAME --by phone --reached yes|no"
        )


def _print_call(one: Call, case: Case, now: datetime) -> None:
    tz = zone(case.state.policy)
    about = ""
    if one.kind == "step":
        due = f", {left(instant(one.due), now)}" if one.due else ""
        about = f", owner {one_line(one.owner) or 'nobody yet'}{due}"
    print_text(f"\n{one_line(one.title)} [{one.id}]{about}")
    for each in one.line:
        mark = "next" if each.name == one.next else "    "
        reach = f"; {one_line(each.reach)}" if each.reach else "; no contact known"
        print_text(f"  {mark}  {one_line(each.name)}, {one_line(each.why)}{reach}; {_stands(each, tz, now)}")
    if not one.next:
        print_text("  next  whom the step names")


def _stands(each: Candidate, tz: tzinfo, now: datetime) -> str:
    """Say what came of the attempts to reach somebody."""
    if each.here_since:
        return f"at the desk since {clock(instant(each.here_since), tz, now)}"
    if not each.attempts:
        return "not called yet"
    tries = "; ".join(_attempt(one, tz, now) for one in each.attempts)
    if each.standing == "reached":
        return tries
    return f"{tries}; " + (
        f"may still answer until {clock(instant(each.until), tz, now)}"
        if each.standing == "may still answer"
        else "did not answer in time"
    )


def _attempt(one: Attempt, tz: tzinfo, now: datetime) -> str:
    at = clock(instant(one.at), tz, now) if one.at else "at a time not recorded"
    promised = f", promised: {one_line(one.promised)}" if one.promised else ""
    return f"{'reached' if one.reached else 'not reached'} {at} by {one_line(one.how)} (#{one.seq}){promised}"


def _knows(one: Call, tz: tzinfo, now: datetime) -> str:
    each = next(each for each in one.line if each.name == one.reached)
    return f"{one_line(each.name)}, {_stands(each, tz, now)}"


def _json(case: Case, found: tuple[Call, ...]) -> dict[str, object]:
    listed = [
        {
            **one._asdict(),
            "line": [{**each._asdict(), "attempts": [tried._asdict() for tried in each.attempts]} for each in one.line],
        }
        for one in found
    ]  # fmt: skip
    return {
        "incident": case.state.label, "drill": case.state.drill, "time_zone": case.state.policy.time_zone,
        "answer_within_minutes": int(ANSWER_WITHIN.total_seconds() // 60), "calls": listed,
    }  # fmt: skip
