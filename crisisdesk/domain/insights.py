"""What the incidents of a desk say together: each playbook's steps against their targets, skips, approvals, metrics; and what to weigh.

Drills are counted apart. Nothing here changes a playbook: a proposal names what people decide about.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.deadlines import DECLARATION, Within
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.metrics import Metric, measure
from crisisdesk.domain.outcomes import StepOutcome, lasted, promise_outcomes, step_outcomes
from crisisdesk.domain.runbook import state_of
from crisisdesk.domain.sensitivity import kept_closer
from crisisdesk.domain.text import name_key, one_line
from crisisdesk.domain.timeline import Reading, read
from crisisdesk.domain.times import instant, stamp

ENOUGH = 3
"""Runs from which something is proposed: one late night is a night, three are a pattern."""
HALF = 0.5
"""The share of runs from which late, skipped or held up is the usual case, and the target is what is wrong."""
EASY = 1 / 3
"""A step that was never late and whose median is under this share of its target could promise more."""
MOST_REASONS = 3
_UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}


class StepRun(NamedTuple):
    """How one step fared in one incident. ``took`` and ``target`` are None where no time was set or none was recorded."""

    id: str
    title: str
    state: str
    took: timedelta | None
    target: timedelta | None
    late: bool
    because: str


class Wait(NamedTuple):
    """How long a role took to approve a version of a statement; ``took`` is None where it never did."""

    role: str
    took: timedelta | None
    late: bool


class Run(NamedTuple):
    """One incident, as far as it says something about its playbook. ``declared_at`` is a stored instant."""

    label: str
    playbook: str
    title: str
    declared_at: str
    drill: bool
    closed: bool
    steps: tuple[StepRun, ...]
    added: tuple[str, ...]
    """Titles of steps somebody had to add."""
    waits: tuple[Wait, ...]
    metrics: tuple[Metric, ...]


class StepLearned(NamedTuple):
    """A step over all runs in which it applied."""

    id: str
    title: str
    runs: int
    done: int
    late: int
    skipped: int
    target: timedelta | None
    took: timedelta | None
    """The medians, of the runs in which it had a time and was done."""
    reasons: tuple[tuple[str, int], ...]
    """Why it was skipped, the commonest first."""


class RoleLearned(NamedTuple):
    """How long a role took to approve."""

    role: str
    asked: int
    late: int
    took: timedelta | None
    longest: timedelta | None


class MetricOverTime(NamedTuple):
    """A metric from run to run, the oldest first; None where it was not recorded."""

    name: str
    anchor: str
    values: tuple[tuple[str, "timedelta | float | None"], ...]


class Proposal(NamedTuple):
    """What to weigh in a playbook; ``step`` is empty where it is about the whole of it."""

    step: str
    words: str
    weigh: str


class PlaybookLearned(NamedTuple):
    """A playbook over all its runs; those still open are counted and not measured."""

    name: str
    title: str
    runs: tuple[str, ...]
    """Labels of the closed incidents, the oldest first."""
    still_open: int
    steps: tuple[StepLearned, ...]
    roles: tuple[RoleLearned, ...]
    metrics: tuple[MetricOverTime, ...]
    proposals: tuple[Proposal, ...]


class Insights(NamedTuple):
    """What was learned, by playbook; rehearsals apart."""

    real: tuple[PlaybookLearned, ...]
    drills: tuple[PlaybookLearned, ...]


def run_of(entries: Iterable[Entry], state: Incident, now: datetime) -> Run:
    """Return what one incident says about its playbook."""
    written = tuple(entries)
    readings = read(written)
    outcomes = step_outcomes(state, readings, now)
    closer = kept_closer(written)
    promises = promise_outcomes(readings, now)
    return Run(
        state.label, state.playbook.name, state.playbook.title, state.declared_at, state.drill, state.status == "closed",
        tuple(_step(state, one, closer) for one in outcomes if not one.added and not state.steps[one.id].round_of),
        tuple(one_line(one.title, 80) for one in outcomes if one.added and one.seq not in closer),
        tuple(_waits(readings, stamp(now))), measure(state, readings, outcomes, promises, now),
    )  # fmt: skip


def _step(state: Incident, one: StepOutcome, closer: dict[int, str]) -> StepRun:
    level, step = state.policy.levels.get(state.severity), state.steps[one.id].step
    target = _target(state, step.within_at(level) if level else step.within)
    late = one.difference is not None and one.difference > timedelta(0)
    took = target + one.difference if target is not None and one.difference is not None else None
    because = "(kept closer)" if one.seq in closer else one_line(one.because, 80)
    return StepRun(one.id, one.title, state_of(state, state.steps[one.id]), took, target, late, because)


def _target(state: Incident, within: Within | None) -> timedelta | None:
    """Return the time a step had, stretched by the level's pace where it counts from the declaration; None where it is counted in days."""
    if within is None or within.unit not in _UNITS:
        return None
    level = state.policy.levels.get(state.severity) if within.anchor == DECLARATION else None
    return within.amount * _UNITS[within.unit] * (level.pace if level else 1.0)


def _waits(readings: Sequence[Reading], now: str) -> Iterator[Wait]:
    asked: dict[str, tuple[str, log.StatementSubmitted]] = {}
    given: dict[tuple[str, str], str] = {}
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.StatementSubmitted):
            asked.setdefault(event.text_hash, (r.occurred_at, event))
        elif isinstance(event, log.StatementApproved):
            given.setdefault((event.text_hash, event.role), r.occurred_at)
    newest = {(event.statement, event.channel, event.language): text for text, (_, event) in asked.items()}
    for text_hash, (since, event) in asked.items():
        replaced = newest[event.statement, event.channel, event.language] != text_hash
        for role in event.approvers:
            at = given.get((text_hash, role), "")
            if at or not replaced:  # nobody waits for a version that gave way to another
                took = instant(at) - instant(since) if at else None
                yield Wait(role, took, bool(event.due_at) and (at or now) > event.due_at)


def insights(runs: Iterable[Run]) -> Insights:
    """Return what runs say together, playbooks in the order of how often they ran."""
    every = sorted(runs, key=lambda run: (run.declared_at, run.label))
    return Insights(
        _learned([run for run in every if not run.drill]), _learned([run for run in every if run.drill])
    )


def _learned(runs: Sequence[Run]) -> tuple[PlaybookLearned, ...]:
    names = Counter(run.playbook for run in runs)
    return tuple(
        _playbook(name, [run for run in runs if run.playbook == name]) for name, _ in names.most_common()
    )


def _playbook(name: str, runs: Sequence[Run]) -> PlaybookLearned:
    closed = [run for run in runs if run.closed]
    steps = _steps(closed)
    roles = _roles(closed)
    learned = PlaybookLearned(
        name, runs[-1].title, tuple(run.label for run in closed), len(runs) - len(closed), steps, roles, _metrics(closed), (),
    )  # fmt: skip
    return learned._replace(proposals=tuple(_proposals(learned, closed)))


def _steps(runs: Sequence[Run]) -> tuple[StepLearned, ...]:
    found: dict[str, list[StepRun]] = {}
    for run in runs:
        for step in run.steps:
            if step.state != "not applicable":
                found.setdefault(step.id, []).append(step)
    return tuple(_step_learned(id_, some) for id_, some in found.items())


def _step_learned(id_: str, some: Sequence[StepRun]) -> StepLearned:
    skipped = [one for one in some if one.state == "skipped"]
    timed = [one for one in some if one.took is not None]
    reasons = Counter(one.because or "no reason given" for one in skipped)
    return StepLearned(
        id_, some[-1].title, len(some), sum(one.state == "done" for one in some), sum(one.late for one in some), len(skipped),
        middle([one.target for one in timed]), middle([one.took for one in timed]), tuple(reasons.most_common(MOST_REASONS)),
    )  # fmt: skip


def _roles(runs: Sequence[Run]) -> tuple[RoleLearned, ...]:
    found: dict[str, list[Wait]] = {}
    for run in runs:
        for wait in run.waits:
            found.setdefault(wait.role, []).append(wait)
    return tuple(
        RoleLearned(
            role, len(some), sum(one.late for one in some), middle([one.took for one in some]),
            max((one.took for one in some if one.took is not None), default=None),
        )
        for role, some in sorted(found.items())
    )  # fmt: skip


def _metrics(runs: Sequence[Run]) -> tuple[MetricOverTime, ...]:
    names = dict.fromkeys((metric.name, metric.anchor) for run in runs for metric in run.metrics)
    found = []
    for name, anchor in names:
        values = []
        for run in runs:
            one = next((m for m in run.metrics if (m.name, m.anchor) == (name, anchor)), None)
            values.append((run.label, _number(one)))
        if any(value is not None for _, value in values):
            found.append(MetricOverTime(name, anchor, tuple(values)))
    return tuple(found)


def _number(metric: Metric | None) -> "timedelta | float | None":
    value = metric.value if metric else None
    if value is None or isinstance(value, timedelta):
        return value
    if isinstance(value, tuple):
        return value.part / value.whole if value.whole else None
    return float(value)


def _proposals(learned: PlaybookLearned, runs: Sequence[Run]) -> Iterator[Proposal]:
    """Yield what to weigh, once there are enough runs."""
    if len(runs) < ENOUGH:
        return
    for step in learned.steps:
        yield from _of_step(step)
    for role in learned.roles:
        if role.asked >= ENOUGH and role.late >= HALF * role.asked:
            took = (
                f"; median {lasted(role.took)}, longest {lasted(role.longest)}"
                if role.took and role.longest
                else ""
            )
            yield Proposal(
                "", f"approval by {role.role}: after its limit in {role.late} of {role.asked}{took}",
                "Is the limit right? Has this role a stand-in at night, and are words cleared beforehand?",
            )  # fmt: skip
    for title, count in _added(runs):
        yield Proposal("", f"“{title}” was added by hand in {count} of {len(runs)} runs", "Does it belong into the playbook?")  # fmt: skip


def _of_step(step: StepLearned) -> Iterator[Proposal]:
    if step.runs < ENOUGH:
        return
    times = (
        f"; target {lasted(step.target)}, median {lasted(step.took)}"
        if step.target and step.took is not None
        else ""
    )
    if step.late >= HALF * step.runs:
        yield Proposal(step.id, f"late in {step.late} of {step.runs}{times}", "Is the target right, or did the step wait for somebody?")  # fmt: skip
    if step.skipped >= HALF * step.runs:
        why, count = step.reasons[0]
        yield Proposal(step.id, f"skipped in {step.skipped} of {step.runs}; most often because: {why} ({count})", "Does it need a condition (only-if), or may it go?")  # fmt: skip
    if (
        step.late == 0
        and step.done >= ENOUGH
        and step.target
        and step.took is not None
        and step.took < step.target * EASY
    ):
        yield Proposal(step.id, f"never late in {step.runs}{times}", "Could its target be shorter?")  # fmt: skip


def _added(runs: Sequence[Run]) -> list[tuple[str, int]]:
    """Return steps that were added by hand more than once, under about the same words."""
    words: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for run in runs:
        for key, title in {name_key(title): title for title in run.added}.items():
            words.setdefault(key, title)
            counted[key] += 1
    return [(words[key], count) for key, count in counted.most_common() if count > 1]


def middle(spans: Iterable[timedelta | None]) -> timedelta | None:
    """Return the median of the spans that are known; None of none."""
    known = [span.total_seconds() for span in spans if span is not None]
    return timedelta(seconds=median(known)) if known else None
