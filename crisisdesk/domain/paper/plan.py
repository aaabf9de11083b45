"""A playbook before anything has happened: what would apply, by when, with whose approval, under facts assumed."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.conditions import UNKNOWN, Condition, Fact, holds
from crisisdesk.domain.deadlines import DECLARATION, Within
from crisisdesk.domain.playbook import Playbook, Step
from crisisdesk.domain.policy import Clock, Policy, Question
from crisisdesk.domain.runbook import said

NOT_ADOPTED = "sample, not adopted"
NOT_ADVICE = "Not legal advice: have counsel check."
_SURENESS = {
    "primary": "primary: the text of the law was read",
    "secondary": "secondary: read about, not in the text of the law itself",
    "unsure": "unsure: the sources found do not settle it",
}


class Plan(NamedTuple):
    """A playbook under a policy, with the facts and the level that are assumed."""

    playbook: Playbook
    policy: Policy
    facts: Mapping[str, Fact]
    level: str

    @property
    def questions(self) -> dict[str, Question]:
        """The policy's facts and the playbook's own, in that order."""
        return {**self.policy.facts, **self.playbook.questions}

    @property
    def numbers(self) -> dict[str, int]:
        """Every step's number, counted through the file, so that it is the same whatever is assumed."""
        return {step.id: place for place, (_, step) in enumerate(self.playbook.steps(), 1)}

    def holds(self, condition: Condition | None) -> bool | None:
        """Tell whether a condition holds: True, False, or None when an answer it needs is unknown."""
        return holds(condition, {**self.facts, "severity": self.level}, list(self.policy.levels))

    def shows(self, step: Step) -> bool:
        """Tell whether a step would show: unless its condition is false."""
        return self.holds(step.only_if) is not False


def status_of(adopted: str) -> str:
    """Say whether a file is adopted, by whom and when as its author wrote it."""
    return NOT_ADOPTED if not adopted or adopted.startswith("not yet") else f"adopted {adopted}"


def verb_title(step: Step) -> str:
    """Return a step's title after its verb, but for a title that begins with it: ``Say: Publish the holding line``."""
    title, verb = step.title or step.id, step.kind.capitalize()
    begins = title.casefold().split()[:1] == [step.kind]
    return title if begins else f"{verb}: {title}"


def role_title(policy: Policy, role: str) -> str:
    """Return a role's title; what is no role of the policy stays as it is written."""
    known = policy.roles.get(role)
    return known.title if known else role


def known_of(plan: Plan, condition: Condition) -> str:
    """Say which answers decide a condition, and what they are: ``dms-read is unknown, severity is sev2``."""
    outcome = plan.holds(condition)
    deciding = [one for one in condition.clauses if plan.holds(Condition("and", (one,))) is outcome]
    answers = {**plan.facts, "severity": plan.level}
    names = dict.fromkeys(clause.answer for clause in deciding)
    return ", ".join(f"{name} is {said(answers.get(name, UNKNOWN))}" for name in names)


def verdict(plan: Plan, condition: Condition) -> str:
    """Say whether something with this condition applies, and because of which answers."""
    found = plan.holds(condition)
    if found is None:
        return f"applies until it is known otherwise: {known_of(plan, condition)}"
    return f"{'applies' if found else 'does not apply'} because {known_of(plan, condition)}"


def due_words(plan: Plan, step: Step) -> str:
    """Say when a step falls due at the level assumed: ``within 20 minutes of declaration``.

    Minutes and hours from declaration are stretched by the level's pace, as :func:`deadlines.due_at` does; where that
    changes the figure, the written one stands behind it.
    """
    level = plan.policy.levels[plan.level]
    within, pace = step.within_at(level), level.pace
    if within is None:
        return "no time is set"
    anchor = anchor_words(plan, within.anchor)
    if within != step.within and step.within:
        return f"within {_amount(within)} of {anchor} (as {plan.level} says; else {_amount(step.within)})"
    if within.anchor != DECLARATION or within.unit not in ("minutes", "hours") or pace == 1:
        return f"within {_amount(within)} of {anchor}"
    minutes = within.amount * (60 if within.unit == "hours" else 1) * pace
    return f"within {_span(minutes)} of {anchor} (written as {_amount(within)}, {plan.level} stretches it {pace:g} times)"


def anchor_words(plan: Plan, anchor: str) -> str:
    """Name what a time is counted from: a moment, or a step by its number and title."""
    steps = {step.id: step for _, step in plan.playbook.steps()}
    if anchor not in steps:
        return anchor
    return f"step {plan.numbers[anchor]}, '{steps[anchor].title}'"


def _amount(within: Within) -> str:
    return Within(within.amount, within.unit).words()


def _span(minutes: float) -> str:
    if minutes >= 120 and minutes % 60 == 0:
        return f"{minutes / 60:g} hours"
    return f"{minutes:g} {'minute' if minutes == 1 else 'minutes'}"


def approvals(plan: Plan, step: Step) -> list[str]:
    """Return who must approve a step, role by role, each with what asks for it: the step, the level, or both.

    The level's approvals count for what is said in public; the first named come first.
    """
    level = plan.policy.levels[plan.level].approvals if step.kind == "say" else ()
    asking: dict[str, list[str]] = {role: [] for role in (*step.approved_by, *level)}
    for role in step.approved_by:
        asking[role].append("this step")
    for role in level:
        asking[role].append(plan.level)
    return [f"{role_title(plan.policy, role)} (asked by {' and '.join(by)})" for role, by in asking.items()]


def clock_deadline(clock: Clock) -> str:
    """Say by when a clock wants its notice; both limits where there are two, and the law's words where there is no figure."""
    parts = [
        f"within {clock.within.words()}" if clock.within else "",
        f"and no later than {clock.no_later_than.words()}" if clock.no_later_than else "",
    ]
    found = " ".join(part for part in parts if part)
    return "; ".join(part for part in (found, clock.deadline.strip()) if part) or "the policy names no time"


def sureness(clock: Clock) -> str:
    """Say how sure a clock's source is."""
    return _SURENESS.get(clock.source_kind, clock.source_kind or "nobody has said how sure it is")


def asked_clocks(plan: Plan, *, asked: bool | None) -> list[Clock]:
    """Return the clocks whose facts give this answer: True asks, None waits for an answer, False keeps away."""
    return [
        clock
        for clock in plan.policy.clocks.values()
        if clock.ask_when is not None and plan.holds(clock.ask_when) is asked
    ]
