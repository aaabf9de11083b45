"""The top of a runbook: where the incident stands, what is promised, waited for and missing, and the ribbon of phases."""

from datetime import datetime

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.approvals import missing, to_ratify
from crisisdesk.domain.clocks import ClockView, open_clocks
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.playbook import Phase
from crisisdesk.domain.runbook import gaps, in_order, progress, title_of
from crisisdesk.domain.statements import asked_now, current
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import instant, spell
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.screens.heads import marks, packed
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, pressing, time_left

ROOMY = 100
"""Columns from which the head has room for the age of the incident."""
SHORTEST_TITLE = 30
"""Columns of an incident's title that marks leave it."""
MODES = {"read-do": "READ-DO: read a line, do it", "do-confirm": "DO-CONFIRM: do it, then check the list"}


def head(case: Case, now: datetime, width: int) -> list[Content]:
    """Return the lines on top: where the incident stands, what it is, and all that must not be overlooked, packed."""
    state = case.state
    sure = "" if state.confirmed else " not confirmed"
    done, applicable = progress(state)
    age = spell(now - instant(state.declared_at))
    first = join(
        (f"{state.label} ", STRONG), (f"{state.severity}{sure}  ", WARN), f"{state.status}  ", f"{done}/{applicable} steps  ",
        (f"{age} old  " if width >= ROOMY else "", QUIET), ("lead ", QUIET), line(state.holder("incident-lead") or "nobody", width=18),
        (f"  {at(f'{now:%Y-%m-%dT%H:%M:%S}.000Z', case, now)} {zone_name(case, now)}", QUIET),
    )  # fmt: skip
    shown = marks(case, now, told=True)
    while len(shown) > 1 and sum(mark.cell_length + 2 for mark in shown) > width - SHORTEST_TITLE:
        shown.pop()  # the least of them comes last
    told = Content("  ").join(shown)
    room = max(20, width - 4 - told.cell_length)
    return [
        first,
        Content("  ").join([line(case.title, STRONG, room), told]),
        *packed(_notices(case, now, width), width - 2),
    ]


def _notices(case: Case, now: datetime, width: int) -> list[Content]:
    state = case.state
    found = [*_promised(case, now), *_law(case, now), *_waited_for(state, now), *_around(case, now)]
    if state.status != "closed" and (nobody := gaps(state)):
        found.append(_nobody([gap.title.lower() for gap in nobody], width))
    if state.newer:
        found.append(join(("Written by a newer CrisisDesk: it can only be read here.", LATE)))
    return found


def _promised(case: Case, now: datetime) -> list[Content]:
    """Return what was promised to whom by when, the first word, and the review."""
    state = case.state
    found = []
    for internal, promise in state.promises.items():
        who = "Update inside by" if internal else "Update promised by"
        found.append(join((f"{who} {at(promise.due_at, case, now)}: ", WARN), time_left(promise.due_at, now)))
    if state.first_word_by and not state.first_word_at and state.status == "open":
        when = at(state.first_word_by, case, now)
        found.append(join((f"First public word by {when}: ", WARN), time_left(state.first_word_by, now)))
    if state.review_due:
        when = at(state.review_due, case, now)
        found.append(join((f"Review due by {when}: ", WARN), time_left(state.review_due, now)))
    return found


def _nobody(titles: list[str], width: int) -> Content:
    """Name the roles nobody holds, as many as one line takes."""
    shown, room = [], width - len("Nobody is: , and 99 more  r takes a role") - 4
    for title in titles:
        if len(title) + 2 > room:
            break
        shown.append(title)
        room -= len(title) + 2
    rest = len(titles) - len(shown)
    more = f", and {rest} more" if rest else ""
    return join(("Nobody is: ", WARN), ", ".join(shown) + more, ("  r takes a role", QUIET))


def _waited_for(state: Incident, now: datetime) -> list[Content]:
    """Return who is waited for and how long there is; a wait that is named needs no nagging."""
    found = []
    for role, offer in state.offers.items():
        found.append(join((f"{role} is offered to ", WARN), line(offer.to), ("  J accepts", QUIET)))
    waiting = [(one, asked) for one in current(state) if (asked := asked_now(state, one, now))]
    if waiting:
        first, asked = min(waiting, key=lambda each: each[0].due_at or "9")
        titles = {role.id: role.title for role in state.policy.roles.values()}
        roles = " and ".join(titles.get(each.stand_in or each.role, each.role) for each in asked)
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        found.append(
            join((f"Waiting on {roles}: ", WARN), line(first.statement, width=18), f"{more} ",
                 time_left(first.due_at, now), ("  D", QUIET))
        )  # fmt: skip
    if due := [moment for moment in state.revisits.values() if instant(moment) <= now]:
        many = "decision" if len(due) == 1 else "decisions"
        found.append(join((f"{len(due)} {many} to look at again ", WARN), time_left(min(due), now)))
    return found


def _around(case: Case, now: datetime) -> list[Content]:
    """Return what stands around the steps: frozen queues, people who wait for an answer, a chosen silence."""
    state, found = case.state, []
    if state.freeze:
        named = ", ".join(f"{one.queue} on {one.account}" for one in state.freeze.values())
        found.append(join(("FROZEN: ", LATE), line(named, width=56), ("  Z releases", QUIET)))
    if state.enquiries:
        soonest = min((one.due_at for one in state.enquiries.values() if one.due_at), default="")
        many = "enquiry" if len(state.enquiries) == 1 else "enquiries"
        found.append(
            join(
                (f"{len(state.enquiries)} {many} open ", WARN),
                time_left(soonest, now),
                ("  E answers", QUIET),
            )
        )
    if state.silence:
        when = at(state.silence, case, now)
        found.append(
            join(("We say nothing for now; look again at ", WARN), when, "  ", time_left(state.silence, now))
        )
    return found


def _law(case: Case, now: datetime) -> list[Content]:
    """Return what the law and the approvals wait for: the soonest clock, how many more, a hold, what is to be ratified."""
    state, found = case.state, []
    if views := open_clocks(state):
        found.append(join(("Clocks: ", WARN), _clocks(views, now), ("  C opens", QUIET)))
    if state.hold:
        since = at(state.hold.since, case, now)
        found.append(join((f"LEGAL HOLD since {since}: nothing concerned is deleted", LATE)))
    for known in to_ratify(state):
        roles = " and ".join(missing(state, known, known.by))
        found.append(join((f"Published first, {roles} must approve by {at(known.ratify_by, case, now)}: ", WARN),
                          line(title_of(known, case.words)), "  ", time_left(known.ratify_by, now)))  # fmt: skip
    return found


def _clocks(views: list[ClockView], now: datetime) -> Content:
    running = [view for view in views if view.standing == "running"]
    asked = len(views) - len(running)
    parts = (
        [join(line(running[0].clock.title, width=36), " ", time_left(running[0].due_at, now))]
        if running
        else []
    )
    more = [f"{len(running) - 1} more running"] if len(running) > 1 else []
    more += [f"{asked} asked for"] if asked else []
    return Content(", ").join([*parts, *map(Content, more)])


def ribbon(state: Incident, open_phase: str, width: int) -> Content:
    """Return the phases on one line: all titles where they fit, else the open one's only; then its completion line."""
    whole = [
        _phase_mark(place, phase, steps, open_phase)
        for place, (phase, steps) in enumerate(in_order(state), 1)
    ]
    if sum(content.cell_length + 1 for content in whole) > width - 2:
        whole = [
            _phase_mark(
                place, phase if phase.id == open_phase else phase._replace(title=""), steps, open_phase
            )
            for place, (phase, steps) in enumerate(in_order(state), 1)
        ]
    return join(Content(" ").join(whole), "\n", _goal(state, open_phase, width))


def _phase_mark(place: int, phase: Phase, steps: list[StepState], open_phase: str) -> Content:
    counted = [known for known in steps if known.applies or known.settled]
    done = sum(known.settled for known in counted)
    mark = "✓" if counted and done == len(counted) else f"{done}/{len(counted)}"
    style = "bold reverse" if phase.id == open_phase else QUIET
    told = join((" ".join(part for part in (f" {place}", one_line(phase.title), f"{mark} ") if part), style))
    return pressing(told, f"screen.open_phase({place - 1})")


def _goal(state: Incident, open_phase: str, width: int) -> Content:
    found: Phase | None = next((phase for phase, _ in in_order(state) if phase.id == open_phase), None)
    if found is None:
        return Content("")
    return join(("Done when: ", QUIET), line(found.done_when or found.goal, "", width - 14))
