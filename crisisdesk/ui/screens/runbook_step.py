"""A step of the runbook: small in the list, large where it is worked on, and what enter does with it."""

from datetime import datetime

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.approvals import approvers, missing
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import left_over, required, title_of, why_waiting
from crisisdesk.ui.case_words import at, state_words
from crisisdesk.ui.entering import entered
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines, time_left

MODES = {"read-do": "READ-DO: read a line, do it", "do-confirm": "DO-CONFIRM: do it, then check the list"}


def small(case: Case, known: StepState, now: datetime) -> Content:
    """Return a step on one line of the list."""
    who = case.state.owner_of(known) or f"nobody: {known.step.who}"
    over = known.settled or not known.due or left_over(case.state, known)
    due = Content("") if over else join(time_left(known.due, now), "  ")
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
             *(() if not known.due or known.settled or left_over(state, known) else (time_left(known.due, now), (f", due {at(known.due, case, now)}", QUIET)))),
    ]  # fmt: skip
    if known.applies or known.settled:
        rows.append(join(("enter ", "bold $text-accent"), entered(state, known).words))
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
        join(
            (f"{place} ", "bold $text-accent"), line(each.title, STRONG), ": ", line(each.consequence, QUIET)
        )
        for place, each in enumerate(step.options, 1)
    ]
    asked = step.record or required(known)
    if asked and not known.settled:
        wanted = ", ".join(
            f"{record.name}{' (optional)' if record.optional else ''} ____" for record in asked
        )
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
