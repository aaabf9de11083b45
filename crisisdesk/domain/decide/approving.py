"""Approving a step: by a person who holds one of the roles it asks for, never by its owner. And confirming a relayed word."""

from crisisdesk.domain.approvals import approvers, missing, says_a_statement
from crisisdesk.domain.decide.completing import read_option
from crisisdesk.domain.decide.finding import find_step, title
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import RelayConfirmed, StepApproved
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.intents import Act, ApproveStep, ConfirmRelay
from crisisdesk.domain.text import same_name


def approve(state: Incident, intent: ApproveStep, act: Act) -> Ruling:
    """Approve a step before it is recorded, or afterwards what was published first or past the rule."""
    known = find_step(state, intent.step, latest=True)
    if isinstance(known, Refused):
        return known
    if refusal := _cannot_be_approved(state, known):
        return refusal
    option = _option(known, intent)
    if isinstance(option, Refused):
        return option
    role = _role(state, known, act, option)
    if isinstance(role, Refused):
        return role
    event = StepApproved(known.step.id, known.step.who, state.owner_of(known), role, option)
    return (Proposed(event, words(because=intent.because.strip())),)


def _cannot_be_approved(state: Incident, known: StepState) -> Refused | None:
    if says_a_statement(known):
        return Refused(
            f"'{title(known)}' is approved by approving its exact words.",
            f"Read them: crisisdesk statement show {state.label} {known.step.statement}; then: crisisdesk statement approve",
        )
    if not approvers(state, known):
        return Refused(f"'{title(known)}' needs no approval.")
    late = known.ratify_by or "not approved" in known.deviation
    if known.settled and not late:
        return Refused(f"'{title(known)}' was {known.progress} already, and is not approved afterwards.")
    return None


def _option(known: StepState, intent: ApproveStep) -> str | Refused:
    if known.step.kind != "decide":
        return ""
    chosen = read_option(known, intent.option or known.option, intent.other)
    if isinstance(chosen, Refused):
        return chosen
    return chosen.title if chosen else intent.other.strip()


def _role(state: Incident, known: StepState, act: Act, option: str) -> str | Refused:
    """Return the role the person approves in: one that is asked for, that they hold, and that has not approved yet."""
    wanted = approvers(state, known)
    held = [role for role in wanted if same_name(state.holder(role), act.person)]
    if not held:
        return Refused(
            f"{act.person} holds none of the roles that approve '{title(known)}': {', '.join(wanted)}.",
            f"Take the role first: crisisdesk role take {state.label} {wanted[0]} NAME",
        )
    if same_name(state.owner_of(known), act.person):
        return Refused(
            f"{act.person} owns '{title(known)}', and nobody approves what is their own.",
            "Ask the stand-in, or give the step to somebody else first.",
        )
    left = [role for role in held if role in missing(state, known, option=option)]
    return left[0] if left else Refused(f"{act.person} has approved '{title(known)}' already.")


def confirm_relay(state: Incident, intent: ConfirmRelay, act: Act) -> Ruling:
    """Confirm what somebody else wrote down for one: only the person themselves can, and once is enough."""
    target = intent.target
    if target is None:
        return Refused(
            f"{state.label} has no entry #{intent.seq}.", f"See them with: crisisdesk timeline {state.label}"
        )
    if not target.on_behalf_of:
        return Refused(f"#{intent.seq} was not relayed; {target.author} wrote it.")
    if act.on_behalf_of or not same_name(act.author, target.on_behalf_of):
        return Refused(
            f"Only {target.on_behalf_of} can confirm #{intent.seq}, which {target.author} wrote down for them.",
            f'Are you {target.on_behalf_of}? Say so: --as "{target.on_behalf_of}".',
        )
    if intent.seq in state.confirmed_relays:
        return Refused(f"#{intent.seq} is confirmed already.")
    return (Proposed(RelayConfirmed(intent.seq), words(because=intent.because.strip())),)
