"""How an incident's runbook is drawn: the head, the ribbon of phases, the step large, the others small."""

from datetime import datetime

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.approvals import approvers, missing, to_ratify
from crisisdesk.domain.clocks import open_clocks
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.playbook import Phase
from crisisdesk.domain.runbook import gaps, in_order, progress, required, title_of, why_waiting
from crisisdesk.domain.statements import asked_now, current
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import instant, spell
from crisisdesk.ui.screens.base import marks
from crisisdesk.ui.showing import (
    LATE,
    QUIET,
    STRONG,
    WARN,
    at,
    join,
    line,
    lines,
    state_words,
    time_left,
    zone_name,
)

ROOMY = 100
"""Columns from which the head has room for the age of the incident."""
MODES = {"read-do": "READ-DO: read a line, do it", "do-confirm": "DO-CONFIRM: do it, then check the list"}


def head(case: Case, now: datetime, width: int) -> list[Content]:
    """Return the lines on top: where the incident stands, what is promised, what the law waits for, which roles are gaps."""
    state = case.state
    sure = "" if state.confirmed else " not confirmed"
    done, applicable = progress(state)
    age = spell(now - instant(state.declared_at))
    first = join(
        (f"{state.label} ", STRONG), (f"{state.severity}{sure}  ", WARN), f"{state.status}  ", f"{done}/{applicable} steps  ",
        (f"{age} old  " if width >= ROOMY else "", QUIET), ("lead ", QUIET), line(state.holder("incident-lead") or "nobody", width=18),
        (f"  {at(f'{now:%Y-%m-%dT%H:%M:%S}.000Z', case, now)} {zone_name(case, now)}", QUIET),
    )  # fmt: skip
    rows = [first, Content("  ").join([line(case.title, STRONG), *marks(case, now, told=True)])]
    for internal, promise in state.promises.items():
        who = "Inside" if internal else "The public"
        rows.append(
            join(
                (f"{who} is promised more by {at(promise.due_at, case, now)} {zone_name(case, now)}: ", WARN),
                time_left(promise.due_at, now),
            )
        )
    if state.first_word_by and not state.first_word_at and state.status == "open":
        when = at(state.first_word_by, case, now)
        rows.append(
            join(
                (f"First public word, or a decision for none, by {when} {zone_name(case, now)}: ", WARN),
                time_left(state.first_word_by, now),
            )
        )
    if state.review_due:
        rows.append(
            join(
                ("Review due by ", WARN),
                f"{at(state.review_due, case, now)}: ",
                time_left(state.review_due, now),
            )
        )
    rows += _law(case, now)
    if nobody := gaps(state):
        rows.append(_nobody([gap.title.lower() for gap in nobody], width))
    if state.newer:
        rows.append(join(("Written by a newer CrisisDesk: it can only be read here.", LATE)))
    return rows


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


def _around(case: Case, now: datetime) -> list[Content]:
    """Return what stands around the steps: frozen queues, people who wait for an answer, a chosen silence."""
    state, rows = case.state, []
    if state.freeze:
        named = ", ".join(f"{one.queue} on {one.account}" for one in state.freeze.values())
        rows.append(join(("FROZEN: ", LATE), line(named, width=56), ("  Z releases", QUIET)))
    if state.enquiries:
        soonest = min((one.due_at for one in state.enquiries.values() if one.due_at), default="")
        many = "enquiry" if len(state.enquiries) == 1 else "enquiries"
        rows.append(
            join(
                (f"{len(state.enquiries)} {many} open ", WARN),
                time_left(soonest, now),
                ("  E answers", QUIET),
            )
        )
    rows += _people(state, now)
    if state.silence:
        when = at(state.silence, case, now)
        rows.append(
            join(("We say nothing for now; look again at ", WARN), when, "  ", time_left(state.silence, now))
        )
    return rows


def _people(state: Incident, now: datetime) -> list[Content]:
    """Return whose word is waited for: a role that is offered, approvals, decisions to look at again."""
    rows = []
    for role, offer in state.offers.items():
        rows.append(join((f"{role} is offered to ", WARN), line(offer.to), ("  J accepts", QUIET)))
    waiting = [one for one in current(state) if asked_now(state, one, now)]
    if waiting:
        first = min(waiting, key=lambda one: one.due_at or "9")
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        rows.append(
            join(
                ("Approval waits: ", WARN),
                line(first.statement),
                f" for {first.channel}{more} ",
                time_left(first.due_at, now),
                ("  D opens", QUIET),
            )
        )
    if due := [moment for moment in state.revisits.values() if instant(moment) <= now]:
        many = "decision" if len(due) == 1 else "decisions"
        rows.append(join((f"{len(due)} {many} to look at again ", WARN), time_left(min(due), now)))
    return rows


def _law(case: Case, now: datetime) -> list[Content]:
    """Return what the law and the approvals wait for: the soonest clock, how many more, a hold, what is to be ratified."""
    state, rows = case.state, []
    if views := open_clocks(state):
        running = [view for view in views if view.standing == "running"]
        asked = len(views) - len(running)
        parts = (
            [join(line(running[0].clock.title, width=36), " ", time_left(running[0].due_at, now))]
            if running
            else []
        )
        more = [f"{len(running) - 1} more running"] if len(running) > 1 else []
        more += [f"{asked} asked for"] if asked else []
        rows.append(
            join(
                ("Clocks: ", WARN),
                Content(", ").join([*parts, *map(Content, more)]),
                ("  C opens", QUIET),
            )
        )
    rows += _around(case, now)
    if state.hold:
        rows.append(
            join((f"LEGAL HOLD since {at(state.hold.since, case, now)}: nothing concerned is deleted", LATE))
        )
    for known in to_ratify(state):
        roles = " and ".join(missing(state, known, known.by))
        rows.append(join((f"Published first, {roles} must approve by {at(known.ratify_by, case, now)}: ", WARN),
                         line(title_of(known, case.words)), "  ", time_left(known.ratify_by, now)))  # fmt: skip
    return rows


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
    return join(Content(" ").join(whole), "\n", _goal(state, open_phase))


def _phase_mark(place: int, phase: Phase, steps: list[StepState], open_phase: str) -> Content:
    counted = [known for known in steps if known.applies or known.settled]
    done = sum(known.settled for known in counted)
    mark = "✓" if counted and done == len(counted) else f"{done}/{len(counted)}"
    style = "bold reverse" if phase.id == open_phase else QUIET
    return join((" ".join(part for part in (f" {place}", one_line(phase.title), f"{mark} ") if part), style))


def _goal(state: Incident, open_phase: str) -> Content:
    found: Phase | None = next((phase for phase, _ in in_order(state) if phase.id == open_phase), None)
    if found is None:
        return Content("")
    return join(("Done when: ", QUIET), line(found.done_when or found.goal, QUIET, 150))


def small(case: Case, known: StepState, now: datetime) -> Content:
    """Return a step on one line of the list."""
    who = case.state.owner_of(known) or f"nobody: {known.step.who}"
    due = Content("") if known.settled or not known.due else join(time_left(known.due, now), "  ")
    late = " (deviation)" if known.deviation else ""
    return join(
        state_words(case, known),
        "  ",
        due,
        line(title_of(known, case.words)),
        (late, WARN),
        "  ",
        line(who, QUIET, 22),
    )


def large(case: Case, known: StepState, now: datetime) -> list[Content]:
    """Return a step whole: what, why, how, what to record, whose approval."""
    step, state = known.step, case.state
    who = state.owner_of(known) or "nobody yet"
    role = state.policy.roles[step.who].title if step.who in state.policy.roles else step.who
    rows = [
        join(line(title_of(known, case.words), "bold $text-accent"), "  ", (step.id, QUIET)),
        join(state_words(case, known), ("  owner ", QUIET), line(who), (f" ({role.lower()})  ", QUIET),
             *(() if not known.due or known.settled else (time_left(known.due, now), (f", due {at(known.due, case, now)}", QUIET)))),
    ]  # fmt: skip
    if known.settled:
        rows.append(_settled(case, known, now))
    if why := why_waiting(state, known):
        rows.append(join((f"Waits {why}", WARN)))
    if known.progress == "blocked":
        rows.append(join(("Blocked: ", LATE), lines(case.words.get(known.last, {}).get("because", ""))))
    return rows + _approvals(state, known) + _guidance(state, known)


def _approvals(state: Incident, known: StepState) -> list[Content]:
    """Say whose approval the step has and whose it waits for."""
    roles = approvers(state, known)
    if not roles:
        return []
    lacking = missing(state, known, known.by if known.settled else "")
    said = [
        f"{role} {'waiting for ' + (state.holder(role) or 'nobody yet') if role in lacking else '✓ ' + known.approvals[role].person}"
        for role in roles
    ]
    return [join(("Approved by: ", QUIET), line(", ".join(said)), ("  A approves" if lacking else "", QUIET))]


def _guidance(state: Incident, known: StepState) -> list[Content]:
    step = known.step
    rows = []
    if step.why:
        rows.append(join(("Why: ", QUIET), lines(step.why.strip())))
    if step.mode:
        rows.append(join((MODES.get(step.mode, step.mode), STRONG)))
    if step.how:
        rows.append(lines(step.how.rstrip()))
    rows += [
        join("  ", line(each.title, STRONG), ": ", line(each.consequence, QUIET)) for each in step.options
    ]
    asked = step.record or required(known)
    if asked and not known.settled:
        wanted = ", ".join(f"{record.name}{' (optional)' if record.optional else ''}" for record in asked)
        rows.append(join(("Record: ", QUIET), line(wanted)))
    for label, text in (
        ("On", ", ".join(step.on)), ("Confirmed by", step.confirmed_by), ("Read back", step.read_back),
        ("If blocked", step.if_blocked), ("Again", step.repeat), ("Protects", step.protects), ("Words", step.statement),
        ("Publish first", step.publish_first), ("Lays on top", step.add_playbook),
        ("Asks for clocks", ", ".join(step.starts_clock) and f"{', '.join(step.starts_clock)} (C)"),
        *((heading.replace("-", " ").capitalize(), state.policy.conduct.get(heading, "")) for heading in step.conduct),
    ):  # fmt: skip
        if text:
            rows.append(join((f"{label}: ", QUIET), lines(text.strip())))
    return rows


def _settled(case: Case, known: StepState, now: datetime) -> Content:
    words = case.words.get(known.last, {})
    values = [
        f"{name.removeprefix('record: ')}: {value}"
        for name, value in words.items()
        if name.startswith("record: ")
    ]
    said = [words.get("choice", ""), *values, words.get("note", ""), words.get("because", "")]
    when = f" at {at(known.done_at, case, now)}" if known.done_at else ""
    return join(
        (f"{known.progress.capitalize()} by {known.by}{when}. ", "$text-success"),
        lines("; ".join(part for part in said if part)),
    )


def nothing(state: Incident) -> str:
    """Say what stands where no step is ready."""
    if state.status == "closed":
        return "Closed. w opens the review."
    return "Nothing is ready now."
