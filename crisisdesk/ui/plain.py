"""What a step, an entry or a call reads like where there is no screen: plain text, to be copied into a message."""

from datetime import datetime

from crisisdesk.desk import Case
from crisisdesk.domain.calling import Call
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.runbook import title_of, zone
from crisisdesk.domain.text import one_line
from crisisdesk.domain.timeline import Item
from crisisdesk.domain.times import full, instant


def step_text(case: Case, known: StepState) -> str:
    """Return a step: its title, whose it is, when it is due (with the zone), how it stands, why and how."""
    step, state = known.step, case.state
    role = state.policy.roles[step.who].title if step.who in state.policy.roles else step.who
    rows = [
        f"{state.label}: {title_of(known, case.words)}",
        f"Owner: {state.owner_of(known) or 'nobody yet'} ({role})",
        f"Due: {_moment(case, known.due)}" if known.due else "Due: no time is set",
    ]
    if known.settled:
        rows.append(f"{known.progress.capitalize()} by {known.by}, {_moment(case, known.done_at)}")
    rows += [f"Why: {step.why.strip()}"] if step.why.strip() else []
    rows += ["How:", step.how.strip()] if step.how.strip() else []
    rows += [f"- {option.title}: {option.consequence}" for option in step.options]
    return "\n".join(rows) + "\n"


def entry_text(case: Case, item: Item, closer: str = "") -> str:
    """Return an entry on one line: number, when it happened, when it was written, by whom, and the words.

    ``closer`` stands before the words of an entry that few may read, as it does in a brief.
    """
    who = f"{item.on_behalf_of}, written by {item.author}" if item.on_behalf_of else item.author
    parts = [
        f"{case.state.label} #{item.seq}",
        f"happened {_moment(case, item.occurred_at)}",
        f"written {_moment(case, item.recorded_at)}",
        who,
        f"{closer} {item.title}".strip(),
        item.text,
        f"(corrected by #{item.corrected_by})" if item.corrected_by else "",
    ]
    return one_line(" | ".join(part for part in parts if part)) + "\n"


def call_text(case: Case, call: Call, now: datetime) -> str:
    """Return a line of the call list: for what, by when, and whom to call in which order, each with how they are reached."""
    rows = [f"{case.state.label}: to be told: {call.title}"]
    rows += [f"By: {full(instant(call.due), zone(case.state.policy))}"] if call.due else []
    for each in call.line:
        mark = "call now: " if each.name == call.next else ""
        rows.append(f"- {mark}{each.name}, {each.why}: {each.reach or 'no contact known'}")
    rows.append(f"As of {full(now, zone(case.state.policy))}")
    return "\n".join(rows) + "\n"


def _moment(case: Case, stored: str) -> str:
    return full(instant(stored), zone(case.state.policy)) if stored else "not recorded"
