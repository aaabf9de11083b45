"""Which level the facts and figures speak for. Recommended with its reasons, never set: a person confirms it."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from typing import NamedTuple

from crisisdesk.domain.conditions import Fact, holds
from crisisdesk.domain.deadlines import due_at
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.policy import Level, Policy
from crisisdesk.domain.runbook import calendar

FIGURES: Mapping[str, str] = {
    "mentions": "mentions per hour",
    "usual-mentions": "usual mentions per hour, of the last ninety days without campaigns",
    "reach": "followers of the largest account talking about it",
    "sentiment": "share of mentions that are against us, in percent",
}
"""What a person can type over time, each as a number. Only the first three speak for a level."""
SHARES = ("sentiment",)
"""Figures that are a share in percent, from 0 to 100."""

IF_UNSURE = "If unsure, take the higher level."


def first_word_by(state: Incident, level: str, moment: datetime) -> datetime | None:
    """Return until when a level wants the first public word (or a decision for none), counted from ``moment``."""
    within = state.policy.levels[level].first_word_within
    return due_at(within, moment, 1, calendar(state.policy, state.facts)) if within else None


def next_update(state: Incident, now: datetime) -> datetime | None:
    """Return when the level's rhythm wants the next update, were one to go out now; None when it has none."""
    every = state.policy.levels[state.severity].update_every
    return due_at(every, now, 1, calendar(state.policy, state.facts)) if every else None


class Recommended(NamedTuple):
    """The level the facts and figures speak for, with the reasons, worst first. A person confirms it."""

    level: str
    reasons: tuple[str, ...]


def advised(state: Incident) -> Recommended:
    """Recommend a level for an incident as it stands, by all its playbooks."""
    usually = reduce(state.policy.worse, (playbook.usually for playbook in state.playbooks))
    return recommend(state.policy, usually, state.facts, state.figures)


def recommend(
    policy: Policy, usually: str, facts: Mapping[str, Fact], figures: Mapping[str, float] | None = None
) -> Recommended:
    """Recommend the worst of the playbook's usual level, every override that holds, and what the figures speak for."""
    found = [(usually, "usual for this playbook")]
    found += [
        (override.level, f"{override.because} ({override.when.sentence()})")
        for override in policy.overrides
        if holds(override.when, facts, list(policy.levels)) is True
    ]
    found += figures_speak(policy, figures or {})
    order = list(policy.levels)
    found.sort(key=lambda one: order.index(one[0]))
    return Recommended(found[0][0], tuple(f"{level}: {reason}" for level, reason in found))


def figures_speak(policy: Policy, figures: Mapping[str, float]) -> list[tuple[str, str]]:
    """Return the worst level each figure speaks for, with the reason; absolute mentions say nothing without the usual ones."""
    mentions, usual, reach = (figures.get(name) for name in ("mentions", "usual-mentions", "reach"))
    found = []
    if mentions is not None and usual and (level := _first(policy, "times_usual", mentions / usual)):
        times = f"{number(float(f'{mentions / usual:.3g}'))} times the usual {number(usual)} an hour"
        said = f"{number(mentions)} mentions per hour, {times} (from {number(level.times_usual)} times)"
        found.append((level.id, said))
    if reach is not None and (level := _first(policy, "reach", reach)):
        found.append((level.id, f"the largest account reaches {reach:,.0f} (from {level.reach:,})"))
    return found


def number(value: float) -> str:
    """Write a figure as people read it: ``1,200``, ``3.5``, ``-12``."""
    return f"{value:,.15g}"


def _first(policy: Policy, field: str, value: float) -> Level | None:
    """Return the worst level whose threshold a value reaches."""
    return next((level for level in policy.levels.values() if 0 < getattr(level, field) <= value), None)
