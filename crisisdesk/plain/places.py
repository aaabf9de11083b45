"""The places of an incident as numbered lists: what each holds, and what a command there is about."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from crisisdesk.desk import Case, Desk
from crisisdesk.desk.claims import fact_sheet
from crisisdesk.domain.calling import calls, heard
from crisisdesk.domain.clocks import ADVICE, clocks
from crisisdesk.domain.runbook import current_step, in_order, stands, title_of
from crisisdesk.domain.statements import current
from crisisdesk.domain.text import one_line
from crisisdesk.domain.timeline import read
from crisisdesk.plain import reading
from crisisdesk.ui.command import CALLS, CLOCKS, PEOPLE, RUNBOOK, STATEMENTS, TIMELINE

LAST = 10
"""Entries of the timeline that are read when nobody says how many."""


class Thing(NamedTuple):
    """One line of a place: what is read of it, whole when it is chosen, and what it makes a command be about."""

    row: str
    whole: list[str]
    about: Mapping[str, Any]


class Place(NamedTuple):
    """Where somebody is: a screen of the registry, its things, and which of them they begin at."""

    name: str
    heading: list[str]
    things: list[Thing]
    first: int = 0
    shared: Mapping[str, Any] = {}
    """What every command here knows, whichever thing is chosen."""


def load(name: str, desk: Desk, case: Case, now: datetime, many: int = LAST) -> Place:
    """Read a place anew."""
    return _LOADERS[name](desk, case, now, many)


def _runbook(_: Desk, case: Case, now: datetime, __: int) -> Place:
    state = case.state
    known = [each for _, steps in in_order(state) for each in steps if each.applies or each.settled]
    things = [
        Thing(
            f"{title_of(each, case.words)}, {stands(state, each)}, {state.owner_of(each) or 'nobody'}",
            reading.step(case, each, now),
            {"step": each},
        )
        for each in known
    ]
    here = current_step(state)
    return Place(RUNBOOK, [], things, known.index(here) if here in known else 0)


def _timeline(desk: Desk, case: Case, now: datetime, many: int) -> Place:
    timeline = desk.timeline(case)
    items = timeline.items(timeline.seqs[-many:])
    things = [
        Thing(
            reading.entry(case, item, now),
            [
                reading.entry(case, item, now),
                *([item.text] if item.text else []),
                *([f"First written: {item.original_text}"] if item.original_text else []),
            ],
            {"item": item},
        )
        for item in items
    ]
    return Place(
        TIMELINE,
        [f"The last {len(items)} of {len(timeline)} entries, in the order things happened."],
        things,
        max(0, len(things) - 1),
    )


def _statements(desk: Desk, case: Case, now: datetime, _: int) -> Place:
    drafts = current(case.state)
    texts = desk.words(case, [one.seq for one in drafts])
    sheet = fact_sheet(desk, case)
    things = [
        Thing(
            reading.draft_row(case, one),
            reading.draft(case, one, texts.get(one.seq, "(words erased)"), now),
            {"draft": one, "text": texts.get(one.seq, "")},
        )
        for one in drafts
    ]
    heading = [f"Fact sheet, {claim.standing.upper()}: {one_line(claim.text)}" for claim in sheet]
    return Place(STATEMENTS, heading or ["The fact sheet is empty."], things, shared={"claims": tuple(sheet)})


def _clocks(_: Desk, case: Case, now: datetime, __: int) -> Place:
    views = sorted(clocks(case.state), key=lambda view: (not view.is_open, view.due_at or "9"))
    things = [Thing(row := reading.clock_row(case, view, now), [row], {"clock": view}) for view in views]
    return Place(CLOCKS, [ADVICE], things)


def _calls(desk: Desk, case: Case, now: datetime, _: int) -> Place:
    found = calls(case.state, heard(read(desk.entries(case))), desk.library().people, now, case.words)
    things = [
        Thing(
            reading.call_row(one),
            [
                reading.call_row(one),
                *(f"{each.name}, {each.why}: {each.reach or 'no contact known'}" for each in one.line),
            ],
            {"call": one},
        )
        for one in found
        if one.is_open
    ]
    return Place(CALLS, [], things)


def _people(desk: Desk, case: Case, now: datetime, _: int) -> Place:
    rows = reading.people(case, desk.table(case, "role_intervals"), now)
    return Place(PEOPLE, [], [Thing(row, [row], {}) for row in rows])


_LOADERS: Mapping[str, Callable[[Desk, Case, datetime, int], Place]] = {
    RUNBOOK: _runbook,
    TIMELINE: _timeline,
    STATEMENTS: _statements,
    CLOCKS: _clocks,
    CALLS: _calls,
    PEOPLE: _people,
}
