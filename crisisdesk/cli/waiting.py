"""What an incident waits for beside its steps: law, approvals, words, promises, people."""

from datetime import datetime

from crisisdesk.cli.session import Session, print_text
from crisisdesk.desk import Case
from crisisdesk.domain.approvals import missing, to_ratify
from crisisdesk.domain.incident import Draft, Incident
from crisisdesk.domain.runbook import said, title_of, zone
from crisisdesk.domain.statements import SHORT, asked_now, current
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant, left


def print_waiting(session: Session, case: Case) -> None:
    """Print what the incident waits for beside its steps: law, approvals, words, promises."""
    state, tz = case.state, zone(case.state.policy)
    for layer in state.layers.values():
        print_text(f"On top: {layer.playbook.title} {layer.playbook.version}")
    for frozen in state.freeze.values():
        held = "" if frozen.held < 0 else f", {frozen.held} held"
        where = f"{one_line(frozen.queue)} on {one_line(frozen.account)}{held}"
        print_text(f"FROZEN: {where}, by {one_line(frozen.by)} since {full(instant(frozen.since), tz)}")
    for seq, asked in state.enquiries.items():
        due = instant(asked.due_at) if asked.due_at else None
        print_text(
            f"Enquiry #{seq} is open" + (f", {full(due, tz)}, {left(due, session.desk.now())}" if due else "")
        )
    if state.silence:
        print_text(f"We say nothing for now; to be looked at again {full(instant(state.silence), tz)}")
    if state.hold:
        print_text(f"LEGAL HOLD since {full(instant(state.hold.since), tz)}: nothing concerned is deleted.")
    for known in to_ratify(state):
        roles = " and ".join(missing(state, known, known.by))
        when = f"{full(instant(known.ratify_by), tz)}, {left(instant(known.ratify_by), session.desk.now())}"
        print_text(
            f"Published first, {roles} must approve by {when}: {one_line(title_of(known, case.words))}"
        )
    _print_people(session, case)
    if state.figures:
        print_text("Figures: " + ", ".join(f"{name} {said(value)}" for name, value in state.figures.items()))
    if state.first_word_by and not state.first_word_at and state.status == "open":
        first = instant(state.first_word_by)
        print_text(
            f"First public word, or a decision for none, by {full(first, tz)}, {left(first, session.desk.now())}"
        )
    if state.review_due:
        print_text(f"Review due by {full(instant(state.review_due), tz)}")
    for internal, promise in state.promises.items():
        print_text(
            f"{'Internal update' if internal else 'Update'} promised: {full(instant(promise.due_at), tz)}, {left(instant(promise.due_at), session.desk.now())}"
        )


def _print_people(session: Session, case: Case) -> None:
    """Print whose word is waited for: handovers, approvals, decisions to look at again."""
    state, tz = case.state, zone(case.state.policy)
    for role, offer in state.offers.items():
        since = full(instant(offer.since), tz)
        print_text(
            f"Handover: {role} is offered to {one_line(offer.to)} since {since}; they accept by name, until then {one_line(state.holder(role))} holds it"
        )
    for draft in current(state):
        for line in _asked(state, draft, session.desk.now()):
            print_text(line)
    for step, moment in state.revisits.items():
        title = one_line(title_of(state.steps[step], case.words)) if step in state.steps else step
        print_text(
            f"Look again at '{title}': {full(instant(moment), tz)}, {left(instant(moment), session.desk.now())}"
        )


def _asked(state: Incident, draft: Draft, now: datetime) -> list[str]:
    """Say who is asked for an approval, and since when it is late."""
    lines = []
    for asked in asked_now(state, draft, now):
        until = f", {left(instant(draft.due_at), now)}" if draft.due_at else ""
        who = one_line(asked.person) or "nobody yet"
        instead = (
            f"; its stand-in is asked: {asked.stand_in}, {one_line(asked.stand_in_person) or 'nobody yet'}"
            if asked.stand_in
            else ""
        )
        lines.append(
            f"Approval waits: '{one_line(draft.statement)}' for {draft.channel} ({draft.text_hash[:SHORT]}), {asked.role} ({who}){until}{instead}"
        )
    return lines
