"""What follows when a step is settled: its next round, the rounds that ran only until it, and what falls due."""

from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain.deadlines import DECLARATION, Repeat, due_at, parse_repeat
from crisisdesk.domain.entries import Dues, dues
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import calendar, dues_of

CLOSING = "closing"
_ENDS = {"stand-down": ("stood down", "closed"), CLOSING: ("closed",)}


class Following(NamedTuple):
    """Values for the entry that settles a step."""

    due: Dues
    next_round: str
    left: tuple[str, ...]


def following(state: Incident, known: StepState, moment: datetime) -> Following:
    """Return what settling a step at ``moment`` brings: the next round is due its interval later, by the level's pace."""
    due = dues_of(state, known.step.id, moment)
    named = ""
    repeat = parse_repeat(known.step.repeat)
    if repeat and not _over(state, repeat, known):
        named = _round_id(state, known)
        pace = state.policy.levels[state.severity].pace
        every = repeat.every._replace(anchor=DECLARATION)
        due[named] = due_at(every, moment, pace, calendar(state.policy, state.facts))
    return Following(dues(due), named, ended_by(state, known.step.id))


def ended_by(state: Incident, end: str) -> tuple[str, ...]:
    """Return the open rounds that run only until ``end``: a step's id, ``stand-down`` or ``closing``."""
    ends = {"stand-down", end} if end == CLOSING else {end}
    return tuple(
        step for step, known in state.steps.items()
        if known.applies and not known.settled and (repeat := parse_repeat(known.step.repeat))
        and (repeat.until or CLOSING) in ends and step != end
    )  # fmt: skip


def come_back(state: Incident) -> tuple[str, ...]:
    """Return the open rounds that fell away with the end of an incident and come back when it is opened again."""
    return tuple(
        step for step, known in state.steps.items()
        if not known.applies and not known.settled and (repeat := parse_repeat(known.step.repeat))
        and (repeat.until or CLOSING) in _ENDS
    )  # fmt: skip


def latest_round(state: Incident, step: str) -> str:
    """Return the id of the newest round of a step, or its own."""
    later = [name for name, known in state.steps.items() if known.round_of == step]
    return later[-1] if later else step


def _over(state: Incident, repeat: Repeat, known: StepState) -> bool:
    if repeat.until and repeat.until not in _ENDS:
        ending = state.steps.get(repeat.until)
        return ending is not None and (ending.settled or ending.step.id == known.step.id)
    return state.status in _ENDS[repeat.until or CLOSING]


def _round_id(state: Incident, known: StepState) -> str:
    named = f"{known.round_of or known.step.id}-{known.round + 1}"
    return named if named not in state.steps else f"{named}-round"
