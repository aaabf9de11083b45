"""What was learned across incidents, as lines to read: on a terminal, on a screen, in a mail."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from crisisdesk.domain.figures import sparkline
from crisisdesk.domain.insights import ENOUGH, Insights, MetricOverTime, PlaybookLearned, StepLearned
from crisisdesk.domain.outcomes import NOT_RECORDED, lasted
from crisisdesk.domain.text import one_line

MARKS = 24
"""Marks of a line of figures at most: the newest runs."""
_COLUMNS = (("target", 12), ("median", 12), ("late", 8), ("skipped", 8))


class Said(NamedTuple):
    """One line, and how it stands: ``heading``, ``plain``, ``quiet`` or ``loud``."""

    text: str
    tone: str = "plain"


def learned(
    found: Insights, places: Mapping[str, Mapping[str, str]], width: int, *, plain: bool = False
) -> list[Said]:
    """Return the lines, none of them broken by hand longer than ``width`` columns; ``places`` are each playbook's steps' ``file:line``; with ``plain`` only ASCII marks are drawn."""
    lines = [
        line for one in found.real for line in _playbook(one, places.get(one.name, {}), width, plain=plain)
    ]
    if found.drills:
        lines += [Said(""), Said("DRILLS, counted apart", "loud")]
        lines += [
            line
            for one in found.drills
            for line in _playbook(one, places.get(one.name, {}), width, plain=plain)
        ]
    return lines or [Said("There is no incident to learn from yet.")]


def _playbook(one: PlaybookLearned, places: Mapping[str, str], width: int, *, plain: bool) -> Iterator[Said]:
    still_open = f", {one.still_open} still open" if one.still_open else ""
    count = len(one.runs)
    yield Said(
        f"{one_line(one.title)} ({one.name}): {count} {'run' if count == 1 else 'runs'} closed{still_open}",
        "heading",
    )
    if not count:
        yield Said("  Nothing is measured before an incident is closed.", "quiet")
        return
    yield from _to_weigh(one, places)
    room = max(12, width - 4 - sum(wide for _, wide in _COLUMNS))
    yield Said(f"  {'Steps':<{room}}  " + "".join(f"{name:>{wide}}" for name, wide in _COLUMNS), "quiet")
    for step in one.steps:
        yield from _step(step, room)
    yield from _approvals(one)
    yield Said(f"  From run to run, the oldest first, in {count} {'run' if count == 1 else 'runs'}", "quiet")
    for metric in one.metrics:
        yield Said(_over_time(metric, plain=plain))


def _to_weigh(one: PlaybookLearned, places: Mapping[str, str]) -> Iterator[Said]:
    if len(one.runs) < ENOUGH:
        yield Said(f"  Nothing is proposed before {ENOUGH} runs are closed.", "quiet")
        return
    yield Said(
        "  To weigh" if one.proposals else "  Nothing to weigh: targets were met, little was skipped.",
        "quiet",
    )
    for proposal in one.proposals:
        name = f"{proposal.step}: " if proposal.step else ""
        yield Said(f"  ! {name}{one_line(proposal.words)}", "loud")
        where = places.get(proposal.step, "")
        yield Said(f"      {proposal.weigh}" + (f"  {one_line(where)}" if where else ""), "quiet")


def _step(step: StepLearned, room: int) -> Iterator[Said]:
    cells = (_spell(step.target), _spell(step.took), f"{step.late} of {step.runs}", str(step.skipped))
    told = "".join(f"{cell:>{wide}}" for cell, (_, wide) in zip(cells, _COLUMNS, strict=True))
    title = one_line(step.title, room)
    yield Said(f"  {title:<{room}}  {told}")
    for why, count in step.reasons:
        yield Said(f"      skipped because: {one_line(why)} ({count})", "quiet")


def _approvals(one: PlaybookLearned) -> Iterator[Said]:
    if one.roles:
        yield Said("  Approvals of statements, by role", "quiet")
    for role in one.roles:
        took = (
            f"median {lasted(role.took)}, longest {lasted(role.longest)}"
            if role.took is not None and role.longest is not None
            else "never given"
        )
        late = f", after its limit in {role.late} of {role.asked}" if role.late else f", {role.asked} in time"
        yield Said(f"  {one_line(role.role):<27}{took}{late}")


def _over_time(metric: MetricOverTime, *, plain: bool) -> str:
    known = [value for _, value in metric.values if value is not None]
    numbers = [one.total_seconds() if isinstance(one, timedelta) else one for one in known]
    first, last = _value(known[0]), _value(known[-1])
    missing = len(metric.values) - len(known)
    gaps = f", {NOT_RECORDED} in {missing}" if missing else ""
    to = "->" if plain else "→"
    line = sparkline(numbers, MARKS, ascii=plain)
    moved = f"{first} {to} {last}" if len(known) > 1 else last
    return f"  {metric.name:<27}{line} {moved}{gaps}  (from {metric.anchor})"


def _value(value: timedelta | float) -> str:
    if isinstance(value, timedelta):
        return ("minus " if value < timedelta(0) else "") + lasted(value)
    return f"{value:.0%}" if 0 < value < 1 else f"{value:g}"


def _spell(span: timedelta | None) -> str:
    return lasted(span) if span is not None else "—"
