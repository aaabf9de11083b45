"""Whose approval a step needs, whose it has, and what is still missing. Pure questions.

The author is never the approver, one person counts once whatever roles they hold, and for a decision an approval
belongs to exactly one option.
"""

from crisisdesk.domain.deadlines import Within, parse_within
from crisisdesk.domain.incident import Approval, Incident, StepState
from crisisdesk.domain.text import name_key

RATIFY = "ratify within "


def approvers(state: Incident, known: StepState) -> tuple[str, ...]:
    """Return the roles that must approve a step: its own, and the level's for words that are published."""
    level = state.policy.levels[state.severity].approvals if known.step.kind == "say" else ()
    return tuple(dict.fromkeys((*known.step.approved_by, *level)))


def missing(state: Incident, known: StepState, author: str = "", option: str = "") -> tuple[str, ...]:
    """Return the roles whose approval is still missing, were ``author`` to record the step (with ``option``)."""
    if words_out(state, known):
        return ()  # its words went out as a statement, whose own approvals were asked for then
    counted = {name_key(author)} if author else set()
    left = []
    for role in approvers(state, known):
        approval = known.approvals.get(role)
        person = name_key(approval.person) if approval else ""
        fits = approval is not None and counts(state, approval) and (not option or approval.option == option)
        if not fits or person in counted:
            left.append(role)
        else:
            counted.add(person)
    return tuple(left)


def counts(state: Incident, approval: Approval) -> bool:
    """Tell whether an approval counts at this level: a relayed one perhaps only once the person has confirmed it."""
    return (
        not approval.relayed
        or bool(approval.confirmed)
        or not state.policy.levels[state.severity].relayed_approvals
    )


def ratification(known: StepState) -> Within | None:
    """Return within what the approvals must follow when a step is published first, or None when they come before."""
    said = known.step.publish_first
    return parse_within(said.removeprefix(RATIFY)) if said.startswith(RATIFY) else None


def to_ratify(state: Incident) -> list[StepState]:
    """Return the steps that were published first and whose approvals are still missing, soonest due first."""
    found = [
        known for known in state.steps.values()
        if known.progress == "done" and known.ratify_by and missing(state, known, known.by)
    ]  # fmt: skip
    return sorted(found, key=lambda known: known.ratify_by)


def says_a_statement(known: StepState) -> bool:
    """Tell whether a step is done by publishing a statement: its approvals are then those of the exact words."""
    return known.step.kind == "say" and bool(known.step.statement)


def words_out(state: Incident, known: StepState) -> bool:
    """Tell whether the step's statement was published by the rules, as a statement, on a channel of the step."""
    own = known.step.statement
    return says_a_statement(known) and any(
        one.is_out
        and not one.deviation
        and one.statement in (own, own.rpartition("/")[2])
        and (not known.step.on or one.channel in known.step.on)
        for versions in state.versions.values()
        for one in versions
    )
