"""The brief: what the next person needs to know, drawn from the log at any time, in the order they need it.

Nothing here is kept or invented: it is one pure question asked of an incident's state and its entries.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from crisisdesk.domain import entries as log
from crisisdesk.domain.brief import collect
from crisisdesk.domain.brief.parts import (
    ApprovalAwaited,
    Asked,
    Brief,
    Change,
    Changes,
    ClockOpen,
    Decided,
    Drafted,
    HoldStands,
    Offered,
    Published,
    RoleGap,
    Silence,
    StepToDo,
)
from crisisdesk.domain.conditions import UNKNOWN
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import LEAD, Incident
from crisisdesk.domain.outcomes import promise_outcomes
from crisisdesk.domain.runbook import progress
from crisisdesk.domain.sensitivity import kept_closer, withheld
from crisisdesk.domain.severity import advised
from crisisdesk.domain.summary import collect as told
from crisisdesk.domain.summary import collect_words as told_words
from crisisdesk.domain.summary.parts import SeverityChange
from crisisdesk.domain.timeline import ERASED, Item, build, read, step_titles
from crisisdesk.domain.times import stamp

__all__ = [
    "ApprovalAwaited",
    "Asked",
    "Brief",
    "Change",
    "Changes",
    "ClockOpen",
    "Decided",
    "Drafted",
    "HoldStands",
    "Offered",
    "Published",
    "RoleGap",
    "Silence",
    "StepToDo",
    "brief",
]


def brief(state: Incident, entries: Iterable[Entry], now: datetime, author: str, *, since: int = 0) -> Brief:
    """Return the brief of an incident from its state and its entries with their words.

    ``since`` names the entry after which to tell what changed; 0 for the one by which the lead was last taken.
    """
    original = tuple(entries)
    closer = kept_closer(original)
    written = withheld(original, closer)
    readings = read(written)
    titles = step_titles(state, readings)
    steps = collect.steps_to_do(state, readings, titles, now)
    promises = [one for one in promise_outcomes(readings, now) if not one.answered_by]
    roles = tuple(held for held in told.roles(state, readings) if not held.until)
    facts = told.facts(state, readings)
    born = next((r for r in readings if isinstance(r.entry.event, log.IncidentDeclared)), None)
    level = _since(told.severities(readings))
    done, applicable = progress(state)
    return Brief(
        label=state.label, title=born.words.get("title", ERASED) if born else ERASED, drill=state.drill,
        status=state.status, duplicate_of=state.duplicate_of, newer=state.newer, faults=(), zone=state.policy.time_zone,
        severity=state.severity, confirmed=state.confirmed,
        recommended="" if state.confirmed or state.status == "closed" else advised(state).level,
        severity_since=level.at if level else "", severity_by=level.by if level else "",
        happened_at=state.happened_at, detected_at=state.detected_at, declared_at=state.declared_at,
        declared_by=born.person if born else "",
        lead=next((held for held in roles if held.role == LEAD), None),
        playbooks=tuple(one.title for one in state.playbooks),
        sample=any(not one.adopted or one.adopted.startswith("not yet") for one in state.playbooks),
        done=done, applicable=applicable,
        late=tuple(sorted((one for one in steps if one.late is not None), key=lambda one: one.due)),
        ready=tuple(one for one in steps if one.late is None and one.state != "blocked"),
        blocked=tuple(one for one in steps if one.late is None and one.state == "blocked"),
        waiting=collect.waiting(state),
        approvals=collect.approvals(state, titles, now),
        first_word_by=state.first_word_by if state.status == "open" and not state.first_word_at else "",
        public=tuple(one for one in promises if not one.internal),
        internal=tuple(one for one in promises if one.internal),
        clocks=collect.clocks(state),
        freeze=tuple(one for one in told_words.frozen_queues(readings) if not one.released_at),
        enquiries=tuple(one for one in told_words.enquiries(readings) if not one.answered_at),
        hold=collect.hold(state, readings), silence=collect.silence(state, readings),
        decisions=collect.decisions(state, readings),
        published=collect.published(state, readings, titles), drafts=collect.drafts(state),
        known=tuple(fact for fact in facts if fact.value != UNKNOWN),
        unknown=tuple(fact.fact for fact in facts if fact.value == UNKNOWN),
        claims=collect.claims(readings), roles=roles, offers=collect.offers(state), gaps=collect.role_gaps(state) if state.status != "closed" else (),
        changes=collect.changes(readings, _items(written, state, closer), since),
        seq=state.seq, head=state.head, written_at=stamp(now), written_by=author,
    )  # fmt: skip


def _since(levels: Sequence[SeverityChange]) -> SeverityChange | None:
    """Return the change that brought the level that stands; confirming it later does not make it younger."""
    first = None
    for change in levels:
        if first is None or change.level != first.level:
            first = change
    return first


def _items(entries: Sequence[Entry], state: Incident, closer: dict[int, str]) -> list[Item]:
    """Return the timeline; what stands for withheld words is said once, not once for every word."""
    return [
        item._replace(text=closer[item.seq] if item.text else "", sensitivity="normal")
        if item.seq in closer
        else item
        for item in build(entries, state)
    ]
