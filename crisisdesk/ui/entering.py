"""What enter does with a step: the one thing that brings it on."""

from typing import NamedTuple

from crisisdesk.domain.approvals import says_a_statement, words_out
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import left_over


class Entered(NamedTuple):
    """A command of the registry, and what it does to this step in words."""

    command: str
    words: str


def entered(state: Incident, known: StepState) -> Entered:
    """Return what enter does with a step as it stands."""
    step = known.step
    if known.settled:
        return Entered("reopen-step", "opens it again, with the reason")
    if left_over(state, known):
        return Entered("reopen", "opens the incident again, with the reason: it was closed without this step")
    if says_a_statement(known) and not words_out(state, known):
        return Entered("statements", "opens its statement: draft, approve, publish")
    if step.kind == "capture" and not known.evidence:
        return Entered("attach", "attaches what you captured")
    if lays(state, known):
        return Entered("add-playbook", f"lays the playbook {step.add_playbook} on top")
    if step.kind == "decide":
        return Entered("done", "decides" + (f"; or press 1 to {len(step.options)}" if step.options else ""))
    if step.kind == "tell" and not known.told:
        return Entered("done", "records who was told; c logs one call")
    return Entered("done", "records it as done")


def lays(state: Incident, known: StepState) -> bool:
    """Tell whether a step is done by laying a playbook that is not there yet."""
    return bool(known.step.add_playbook) and not known.settled and known.step.add_playbook not in state.layers
