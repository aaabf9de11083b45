"""The summary: everything the log says of one incident, as data. Every export is drawn from it and from nothing else."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.calling import Answered, answered, heard
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.figures import Crossing, FigureRead, crossings, figures_read
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.metrics import Metric, measure
from crisisdesk.domain.outcomes import PromiseOutcome, StepOutcome, promise_outcomes, step_outcomes
from crisisdesk.domain.review import as_written
from crisisdesk.domain.summary import collect, collect_review, collect_words
from crisisdesk.domain.summary.paragraph import opening
from crisisdesk.domain.summary.parts import (
    ApprovalGiven,
    ClaimHeld,
    ClockOutcome,
    DecisionTaken,
    Deviation,
    EnquiryMade,
    Evidence,
    FactKnown,
    OpenItem,
    PlaybookChange,
    PlaybookUsed,
    PolicyUsed,
    QueuePaused,
    RoleHeld,
    SeverityChange,
    SilenceKept,
    StatementTold,
    Telling,
)
from crisisdesk.domain.summary.parts_review import (
    Finding,
    FollowUp,
    LeftOut,
    Objective,
    Sentence,
    Signature,
)
from crisisdesk.domain.timeline import CORRECTION, ERASED, Item, Reading, build, read
from crisisdesk.domain.times import stamp

__all__ = [
    "Answered",
    "ApprovalGiven",
    "ClaimHeld",
    "ClockOutcome",
    "Crossing",
    "DecisionTaken",
    "Deviation",
    "EnquiryMade",
    "Evidence",
    "FactKnown",
    "FigureRead",
    "Finding",
    "FollowUp",
    "LeftOut",
    "Objective",
    "OpenItem",
    "PlaybookChange",
    "PlaybookUsed",
    "PolicyUsed",
    "QueuePaused",
    "RoleHeld",
    "Sentence",
    "SeverityChange",
    "Signature",
    "SilenceKept",
    "StatementTold",
    "Summary",
    "Telling",
    "summarise",
]


class Summary(NamedTuple):
    """One incident, whole. Times are stored instants, empty for *not recorded*."""

    stream: str
    label: str
    title: str
    drill: bool
    status: str
    interim: bool
    """Not closed yet: more may come."""
    written_at: str
    zone: str
    playbook: PlaybookUsed
    policy: PolicyUsed
    severity: str
    severity_confirmed: bool
    happened_at: str
    detected_at: str
    declared_at: str
    stood_down_at: str
    closed_at: str
    duplicate_of: str
    newer: str
    """The kind of an entry of a newer program, which this summary cannot tell of; else empty."""
    severities: tuple[SeverityChange, ...]
    facts: tuple[FactKnown, ...]
    roles: tuple[RoleHeld, ...]
    steps: tuple[StepOutcome, ...]
    decisions: tuple[DecisionTaken, ...]
    tellings: tuple[Telling, ...]
    answered: tuple[Answered, ...]
    """How soon each person who was called was reached."""
    promises: tuple[PromiseOutcome, ...]
    evidence: tuple[Evidence, ...]
    deviations: tuple[Deviation, ...]
    clocks: tuple[ClockOutcome, ...]
    approvals: tuple[ApprovalGiven, ...]
    figures: tuple[FigureRead, ...]
    """Every reading, in the order written; ``figures.series`` puts them in the order they were read."""
    crossings: tuple[Crossing, ...]
    """Where the figures began to speak for another level, by the policy's thresholds."""
    playbook_changes: tuple[PlaybookChange, ...]
    statements: tuple[StatementTold, ...]
    claims: tuple[ClaimHeld, ...]
    """The fact sheet."""
    frozen_queues: tuple[QueuePaused, ...]
    enquiries: tuple[EnquiryMade, ...]
    silences: tuple[SilenceKept, ...]
    open_items: tuple[OpenItem, ...]
    corrections: int
    metrics: tuple[Metric, ...]
    seq: int
    head: str
    items: tuple[Item, ...]
    """The timeline, correcting entries included."""
    entries: tuple[Entry, ...]
    """The log, in the order written, with its words: what a verifier needs."""
    paragraph: tuple[Sentence, ...] = ()
    """How the summary opens: put together from entries, or as a person wrote it."""
    paragraph_by: str = ""
    """Who wrote it; empty when it was put together."""
    objectives: tuple[Objective, ...] = ()
    findings: tuple[Finding, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    key_moments: tuple[int, ...] = ()
    """Entries the review chose."""
    signatures: tuple[Signature, ...] = ()
    version: int = 1
    """Counted from 1; a signed one is followed by the next as soon as anything is written."""
    audience: str = "internal"
    audience_title: str = "for use inside the organisation"
    tells: tuple[str, ...] = ()
    """The parts this copy tells, by the names of ``audience.PARTS``; empty for all of them."""
    left_out: tuple[LeftOut, ...] = ()
    """What this copy does not tell, and why."""
    made_by: str = ""
    faults: tuple[str, ...] = ()
    """What does not fit in the log this was drawn from, in sentences; empty when it verifies."""


def summarise(entries: Iterable[Entry], state: Incident, now: datetime) -> Summary:
    """Return the summary of an incident from its entries, with their words, and the state they fold to."""
    written = tuple(entries)
    readings = read(written)
    steps = step_outcomes(state, readings, now)
    promises = promise_outcomes(readings, now)
    typed = figures_read(readings)
    born = next((r for r in readings if isinstance(r.entry.event, log.IncidentDeclared)), None)
    whole = Summary(
        stream=state.stream, label=state.label, drill=state.drill, status=state.status, interim=state.status != "closed",
        title=born.words.get("title", ERASED) if born else ERASED,
        written_at=stamp(now), zone=state.policy.time_zone,
        playbook=collect.playbook(state, born),
        policy=collect.policy(state, born),
        severity=state.severity, severity_confirmed=state.confirmed,
        happened_at=state.happened_at,
        detected_at=state.detected_at, declared_at=state.declared_at,
        stood_down_at=collect.last(readings, log.StoodDown) if state.status != "open" else "",
        closed_at=collect.last(readings, log.IncidentClosed) if state.status == "closed" else "",
        duplicate_of=state.duplicate_of,
        newer=state.newer,
        severities=collect.severities(readings),
        facts=collect.facts(state, readings),
        roles=collect.roles(state, readings),
        steps=steps,
        decisions=collect_words.decisions(state, readings),
        tellings=collect.tellings(state, readings),
        answered=answered(heard(readings).attempts),
        promises=promises,
        evidence=collect.evidence(state, readings),
        deviations=collect.deviations(state, readings),
        clocks=collect.clock_outcomes(state, readings),
        approvals=collect_words.approvals(state, readings),
        figures=typed,
        crossings=crossings(state.policy, typed),
        playbook_changes=collect.playbook_changes(state, readings),
        statements=collect_words.statements(state, readings),
        claims=collect_words.claims(readings),
        frozen_queues=collect_words.frozen_queues(readings),
        enquiries=collect_words.enquiries(readings),
        silences=collect_words.silences(readings),
        open_items=collect.open_items(state, steps, promises, now),
        corrections=sum(reading.entry.header.kind == CORRECTION for reading in readings),
        metrics=measure(state, readings, steps, promises, now),
        seq=state.seq,
        head=state.head,
        items=tuple(build(written, state)),
        entries=written,
    )  # fmt: skip
    return _opened(_reviewed(whole, state, readings, now), state, readings)


def _reviewed(summary: Summary, state: Incident, readings: Sequence[Reading], now: datetime) -> Summary:
    """Add what the review chose, found, rated, asked for and signed."""
    return summary._replace(
        objectives=collect_review.objectives(state, readings),
        findings=collect_review.findings(state, readings),
        follow_ups=collect_review.follow_ups(state, readings, now),
        key_moments=tuple(sorted(state.review.moments)),
        signatures=collect_review.signatures(state, readings),
        version=collect_review.version(state),
    )


def _opened(summary: Summary, state: Incident, readings: Sequence[Reading]) -> Summary:
    """Put the opening paragraph before the rest: a person's, where one wrote it."""
    written = collect_review.written_paragraph(state, readings)
    if not written:
        return summary._replace(paragraph=opening(summary, state))
    by = next((r.person for r in readings if r.entry.seq == state.review.paragraph), "")
    return summary._replace(paragraph=as_written(written), paragraph_by=by)
