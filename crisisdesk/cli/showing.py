"""One incident, whole, as text and for programs."""

import click

from crisisdesk.cli.legal import clock_json, clock_line
from crisisdesk.cli.options import as_json, incident
from crisisdesk.cli.session import Session, print_json, print_text, session_of
from crisisdesk.cli.waiting import print_waiting
from crisisdesk.desk import Case
from crisisdesk.domain.approvals import approvers, missing
from crisisdesk.domain.clocks import clocks, open_clocks
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.runbook import (
    gaps,
    in_order,
    left_over,
    progress,
    required,
    said,
    stands,
    state_of,
    title_of,
    why_not,
    why_waiting,
    zone,
)
from crisisdesk.domain.severity import IF_UNSURE, advised
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant, left

GLYPHS = {
    "ready": "○",
    "waiting": "·",
    "started": "◐",
    "blocked": "✕",
    "done": "●",
    "skipped": "–",
    "not applicable": " ",
}


@click.command()
@incident
@as_json
@click.pass_context
def show(context: click.Context, /, incident: str, json_: bool) -> None:
    """One incident: level, roles, facts, every step."""
    session = session_of(context)
    session.warn()
    case = session.case(incident)
    if json_:
        print_json("show", show_json(case))
        return
    _print_header(session, case)
    state, now = case.state, session.desk.now()
    for phase, steps in in_order(state):
        applying = [known for known in steps if known.applies or known.settled]
        if not applying:
            continue
        print_text(f"\n{phase.title}: {phase.goal.strip()}")
        for known in applying:
            stood = stands(state, known)
            time = (
                f", {left(instant(known.due), now)}"
                if known.due and not known.settled and not left_over(state, known)
                else ""
            )
            approve = (
                f", {' and '.join(lacking)} must approve"
                if (lacking := missing(state, known)) and not known.settled
                else ""
            )
            wait = f" ({why})" if (why := why_waiting(state, known)) and stood == "waiting" else ""
            who = state.owner_of(known) or f"nobody: {known.step.who}"
            print_text(
                f"  {GLYPHS[stood]} {stood:<9} {one_line(title_of(known, case.words))} [{known.step.id}] {one_line(who)}{time}{wait}{approve}"
            )
    for view in open_clocks(state):
        print_text(f"  {clock_line(view, case, session)}")
    hidden = [known for known in state.steps.values() if not known.applies and not known.settled]
    if hidden:
        print_text("\nDoes not apply now:")
        for known in hidden:
            print_text(f"    {known.step.heading} [{known.step.id}]: {why_not(state, known)}")


def _print_header(session: Session, case: Case) -> None:
    state = case.state
    tz = zone(state.policy)
    done, applicable = progress(state)
    sure = "" if state.confirmed else " (not confirmed)"
    print_text(f"{'DRILL  ' if state.drill else ''}{state.label}  {one_line(case.title)}")
    print_text(
        f"{state.severity}{sure}, {state.status}, declared {full(instant(state.declared_at), tz)}, {done} of {applicable} steps"
    )
    if state.playbook.adopted.startswith("not yet"):
        print_text(f"Playbook: {state.playbook.title} {state.playbook.version}: sample, not adopted")
    if not state.confirmed:
        speaks = advised(state)
        print_text(f"Recommended: {speaks.level}. {'; '.join(speaks.reasons)}. {IF_UNSURE}")
    print_waiting(session, case)
    roles = ", ".join(
        f"{role} {one_line(held.person)}{' (acting)' if held.acting else ''}"
        for role, held in state.roles.items()
    )
    print_text(f"Roles: {roles}")
    if nobody := gaps(state):
        print_text("Nobody is: " + ", ".join(gap.title.lower() for gap in nobody))
    print_text(
        "Facts: "
        + ", ".join(f"{name} {said(value)}" for name, value in state.facts.items() if value != "unknown")
    )
    print_text(
        "Unknown: "
        + (", ".join(name for name, value in state.facts.items() if value == "unknown") or "nothing")
    )


def show_json(case: Case) -> dict[str, object]:
    """Return what ``show --json`` says of an incident."""
    state = case.state
    return {
        "key": state.label, "title": case.title, "status": state.status, "severity": state.severity,
        "severity_confirmed": state.confirmed, "drill": state.drill, "declared_at": state.declared_at,
        "happened_at": state.happened_at, "detected_at": state.detected_at, "closed_at": state.closed_at,
        "duplicate_of": state.duplicate_of, "playbook": state.playbook.name, "playbook_version": state.playbook.version,
        "adopted": state.playbook.adopted, "time_zone": state.policy.time_zone, "facts": dict(state.facts),
        "roles": {role: held.person for role, held in state.roles.items()},
        "first_word_by": state.first_word_by, "first_word_at": state.first_word_at, "review_due": state.review_due,
        "freeze": [frozen._asdict() for frozen in state.freeze.values()], "silence": state.silence,
        "enquiries": [{"entry": seq, "due": enquiry.due_at} for seq, enquiry in state.enquiries.items()],
        "handovers": {role: offer.to for role, offer in state.offers.items()}, "look_again": dict(state.revisits),
        "claims": {str(seq): standing for seq, standing in state.claims.items()},
        "figures": dict(state.figures), "hold": state.hold.since if state.hold else "",
        "layers": [{"playbook": layer.playbook.name, "version": layer.playbook.version} for layer in state.layers.values()],
        "clocks": [clock_json(view) for view in clocks(state)],
        "promises": {"internal" if internal else "public": promise.due_at for internal, promise in state.promises.items()},
        "steps": [step_json(case, known) for _, steps in in_order(state) for known in steps],
        "entries": state.seq, "head": state.head,
    }  # fmt: skip


def step_json(case: Case, known: StepState) -> dict[str, object]:
    """Return what reads say of a step."""
    state, step = case.state, known.step
    return {
        "id": step.id, "title": title_of(known, case.words), "phase": known.phase, "kind": step.kind,
        "state": state_of(state, known), "owner_role": step.who, "owner": state.owner_of(known), "due": known.due,
        "record": [{"name": wanted.name, "kind": wanted.kind, "required": wanted in required(known)} for wanted in (step.record or required(known))],
        "options": [{"title": option.title, "consequence": option.consequence} for option in step.options],
        "started_at": known.started_at, "done_at": known.done_at, "by": known.by, "deviation": known.deviation,
        "round": known.round, "approvals": [
            {"role": role, "person": known.approvals[role].person if role in known.approvals else ""}
            for role in approvers(state, known)
        ],
        "ratify_by": known.ratify_by, "confirmed_by": known.confirmed_by, "statement": step.statement,
        "starts_clock": list(step.starts_clock), "repeat": step.repeat, "protects": step.protects,
        "why_not": why_not(state, known), "waits": why_waiting(state, known),
    }  # fmt: skip
