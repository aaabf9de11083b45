"""What is read aloud: an incident, a step, a statement, a clock, an entry, in whole sentences and in the order they matter."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crisisdesk.desk import Case
from crisisdesk.domain.approvals import approvers, missing
from crisisdesk.domain.calling import Call
from crisisdesk.domain.clocks import ClockView, open_clocks
from crisisdesk.domain.incident import Draft, StepState
from crisisdesk.domain.rows import IncidentRow
from crisisdesk.domain.runbook import (
    gaps,
    in_order,
    is_late,
    left_over,
    progress,
    required,
    stands,
    title_of,
    why_waiting,
    zone,
)
from crisisdesk.domain.statements import asked_now, standing, too_long
from crisisdesk.domain.text import one_line
from crisisdesk.domain.timeline import Item, sentence
from crisisdesk.domain.times import clock, instant, left
from crisisdesk.ui.entering import entered

_MODES = {"read-do": "READ-DO: read a line, do it.", "do-confirm": "DO-CONFIRM: do it, then check the list."}


def moment(stored: str, case: Case, now: datetime) -> str:
    """Say a time with its zone."""
    if not stored:
        return "not recorded"
    tz = zone(case.state.policy)
    return f"{clock(instant(stored), tz, now)} {instant(stored).astimezone(tz):%Z}"


def on_desk(row: IncidentRow) -> str:
    """Say an incident in one line of the list."""
    sure = "" if row.severity_confirmed else ", not confirmed"
    return f"{row.key}, {row.severity}{sure}, {row.status}: {one_line(row.title)}. Lead: {one_line(row.lead) or 'nobody'}."


def marks(case: Case, *, sample: bool = False) -> list[str]:
    """Return what must be heard at every step: a drill, a freeze, a hold, a sample."""
    state = case.state
    said = ["SAMPLE DESK: made up, thrown away when you leave."] if sample else []
    said += ["DRILL: a rehearsal, nothing here is real."] if state.drill else []
    if state.freeze:
        said.append(
            "FROZEN: " + ", ".join(f"{one.queue} on {one.account}" for one in state.freeze.values()) + "."
        )
    said += ["LEGAL HOLD: nothing concerned is deleted."] if state.hold else []
    said += (
        ["This playbook is a sample, not adopted."] if state.playbook.adopted.startswith("not yet") else []
    )
    return said


def incident(case: Case, now: datetime) -> list[str]:
    """Say where an incident stands, what is late, and what is promised."""
    state = case.state
    done, applicable = progress(state)
    sure = "confirmed" if state.confirmed else "not confirmed"
    said = [
        f"{state.label}: {one_line(case.title)}",
        (
            f"Level {state.severity}, {sure}. {state.status.capitalize()}. {done} of {applicable} steps are done. "
            f"Lead: {state.holder('incident-lead') or 'nobody'}."
        ),
    ]
    late = [known for known in state.steps.values() if is_late(known, now) and not left_over(state, known)]
    said += [f"LATE: {title_of(known, case.words)}, {left(instant(known.due), now)}." for known in late]
    for internal, promise in state.promises.items():
        said.append(
            f"Promised {'inside' if internal else 'to the public'} by {moment(promise.due_at, case, now)}: {left(instant(promise.due_at), now)}."
        )
    if state.first_word_by and not state.first_word_at and state.status == "open":
        said.append(
            f"First public word by {moment(state.first_word_by, case, now)}: {left(instant(state.first_word_by), now)}."
        )
    running = [view for view in open_clocks(state) if view.standing == "running"]
    said += [
        f"Legal clock: {view.clock.title}, {left(instant(view.due_at), now)}."
        for view in running
        if view.due_at
    ]
    if state.status != "closed" and (nobody := gaps(state)):
        said.append("Nobody is: " + ", ".join(gap.title.lower() for gap in nobody) + ".")
    return said


def step(case: Case, known: StepState, now: datetime) -> list[str]:
    """Say a step whole: its place, what, why, how, whose it is, by when, what it asks for, and what enter does."""
    one, state = known.step, case.state
    order = [each.step.id for _, steps in in_order(state) for each in steps if each.applies or each.settled]
    place = f"Step {order.index(one.id) + 1} of {len(order)}" if one.id in order else "Step"
    phase = next((phase.title for phase, _ in in_order(state) if phase.id == known.phase), known.phase)
    said = [f"{place}, phase {phase}: {title_of(known, case.words)}. It is {stands(state, known)}."]
    role = state.policy.roles[one.who].title if one.who in state.policy.roles else one.who
    said.append(f"Owner: {state.owner_of(known) or 'nobody yet'}, {role.lower()}.")
    if known.due and not known.settled and not left_over(state, known):
        said.append(f"Due {moment(known.due, case, now)}: {left(instant(known.due), now)}.")
    if known.settled:
        said.append(f"{known.progress.capitalize()} by {known.by}, {moment(known.done_at, case, now)}.")
    if why := why_waiting(state, known):
        said.append(f"It waits {why}.")
    said += [f"Why: {' '.join(one.why.split())}"] if one.why.strip() else []
    said += [_MODES[one.mode]] if one.mode in _MODES else []
    said += (
        [f"{number}) {row.strip()}" for number, row in enumerate(one.how.strip().splitlines(), 1)]
        if one.how.strip()
        else []
    )
    said += [
        f"Option {number}: {option.title}. {option.consequence}"
        for number, option in enumerate(one.options, 1)
    ]
    if (wanted := one.record or required(known)) and not known.settled:
        said.append(
            "It asks for: "
            + ", ".join(f"{record.name}{' (optional)' if record.optional else ''}" for record in wanted)
            + "."
        )
    said += _approvals(case, known)
    said += [f"If blocked: {' '.join(one.if_blocked.split())}"] if one.if_blocked.strip() else []
    said.append(f"Enter {entered(state, known).words}.")
    return said


def _approvals(case: Case, known: StepState) -> list[str]:
    state = case.state
    roles = approvers(state, known)
    if not roles:
        return []
    lacking = missing(state, known, known.by if known.settled else "")
    told = [
        f"{role} is waited for ({state.holder(role) or 'nobody yet'})"
        if role in lacking
        else f"{role} approved by {known.approvals[role].person}"
        for role in roles
    ]
    return ["Approval: " + "; ".join(told) + "."]


def draft(case: Case, one: Draft, text: str, now: datetime) -> list[str]:
    """Say a statement whole: how it stands, whom it waits for, its length against the limit, and its exact text."""
    state = case.state
    channel = state.policy.channels.get(one.channel)
    limit = channel.limit if channel else 0
    language = f" in {one.language}" if one.language else ""
    said = [
        f"{one.statement} for {one.channel}{language}, version {one.version}: {standing(state, one)}. Written by {one.author}."
    ]
    said.append(
        f"{one.length} characters"
        + (f" of {limit} as the channel counts" if limit else "")
        + (", TOO LONG" if too_long(state, one) else "")
        + "."
    )
    said += [
        f"Waits for {asked.stand_in or asked.role}: {asked.stand_in_person or asked.person or 'nobody yet'}."
        for asked in asked_now(state, one, now)
    ]
    if one.holes:
        said.append("Blanks to fill: " + ", ".join(one.holes) + ".")
    return [*said, "It reads:", text, "End of the text."]


def draft_row(case: Case, one: Draft) -> str:
    """Say a statement in one line."""
    return f"{one.statement} for {one.channel}{' in ' + one.language if one.language else ''}, version {one.version}: {standing(case.state, one)}"


def clock_row(case: Case, view: ClockView, now: datetime) -> str:
    """Say a legal clock in one line."""
    due = f", due {moment(view.due_at, case, now)}, {left(instant(view.due_at), now)}" if view.due_at else ""
    return f"{view.clock.title}: {view.standing}{due}. Tell: {view.clock.tell}"


def call_row(call: Call) -> str:
    """Say a line of the call list."""
    return f"{call.title}: call {call.next or 'whom the step names'}"


def entry(case: Case, item: Item, now: datetime) -> str:
    """Say an entry in one line."""
    return f"#{item.seq}, {moment(item.occurred_at, case, now)}, {item.author}: {sentence(item)}"


def people(case: Case, held: Sequence[Mapping[str, str | int]], now: datetime) -> list[str]:
    """Say who holds which role since when, and what nobody holds."""
    roles = case.state.policy.roles
    said = [
        f"{roles[str(row['role'])].title if row['role'] in roles else row['role']}: {row['person']}, since {moment(str(row['since']), case, now)}"
        + (f", offered to {row['offered_to']}" if row["offered_to"] else "")
        for row in held
        if not row["until"]
    ]
    return said + [
        f"{gap.title}: nobody" + (f"; stand-in {gap.stand_in_person or gap.stand_in}" if gap.stand_in else "")
        for gap in gaps(case.state)
    ]
