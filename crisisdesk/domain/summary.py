"""The summary: everything the log says of one incident, as data. Every export is drawn from it and from nothing else."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.metrics import (
    Metric,
    PromiseOutcome,
    StepOutcome,
    measure,
    promise_outcomes,
    step_outcomes,
)
from crisisdesk.domain.playbook import Option
from crisisdesk.domain.runbook import gaps
from crisisdesk.domain.timeline import CORRECTION, ERASED, Item, Reading, build, read, step_titles
from crisisdesk.domain.times import stamp


class PlaybookUsed(NamedTuple):
    """The playbook as it was pinned. ``adopted`` is ``not yet`` or says when and by whom."""

    name: str
    title: str
    version: str
    adopted: str
    hash: str

    @property
    def is_sample(self) -> bool:
        """Whether nobody has adopted it."""
        return not self.adopted or self.adopted.casefold() == "not yet"


class PolicyUsed(NamedTuple):
    """The policy as it was pinned."""

    title: str
    version: str
    adopted: str
    organisation: str
    hash: str


class SeverityChange(NamedTuple):
    """A level, from when, by whom and why; ``confirmed`` is false for the one it was declared at unasked."""

    at: str
    level: str
    previous: str
    recommended: str
    confirmed: bool
    by: str
    because: str
    seq: int


class FactKnown(NamedTuple):
    """A fact as it was last answered; ``at`` is empty when nobody answered since the declaration."""

    fact: str
    ask: str
    value: Fact
    at: str
    by: str
    seq: int


class RoleHeld(NamedTuple):
    """Who held a role, from when until when; ``until`` is empty when they hold it still."""

    role: str
    title: str
    person: str
    since: str
    until: str
    acting: bool
    because: str
    seq: int


class DecisionTaken(NamedTuple):
    """A choice: what was offered, chosen, why, what was not known, and when to look again."""

    at: str
    step: str
    title: str
    offered: tuple[Option, ...]
    choice: str
    because: str
    unknown: str
    corrected: str
    by: str
    relayed_by: str
    revisit_at: str
    deviation: str
    seq: int


class Telling(NamedTuple):
    """One attempt to tell somebody."""

    at: str
    who: str
    how: str
    reached: bool
    promised: str
    corrected: str
    step: str
    by: str
    seq: int


class Evidence(NamedTuple):
    """A file or link that was kept; ``sha256`` is empty for a link."""

    at: str
    name: str
    link: str
    note: str
    sha256: str
    size: int
    media_type: str
    step: str
    by: str
    seq: int


class Deviation(NamedTuple):
    """A rule that was passed, openly, and why."""

    at: str
    rule: str
    title: str
    because: str
    by: str
    seq: int


class OpenItem(NamedTuple):
    """Something left to do: a step, a promise, a role nobody holds, a decision to look at again."""

    kind: str
    title: str
    owner: str
    due: str
    late: bool


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
    promises: tuple[PromiseOutcome, ...]
    evidence: tuple[Evidence, ...]
    deviations: tuple[Deviation, ...]
    open_items: tuple[OpenItem, ...]
    corrections: int
    metrics: tuple[Metric, ...]
    seq: int
    head: str
    items: tuple[Item, ...]
    """The timeline, correcting entries included."""
    entries: tuple[Entry, ...]
    """The log, in the order written, with its words: what a verifier needs."""


def summarise(entries: Iterable[Entry], state: Incident, now: datetime) -> Summary:
    """Return the summary of an incident from its entries, with their words, and the state they fold to."""
    written = tuple(entries)
    readings = read(written)
    steps = step_outcomes(state, readings, now)
    promises = promise_outcomes(readings, now)
    born = next((r for r in readings if isinstance(r.entry.event, log.IncidentDeclared)), None)
    return Summary(
        stream=state.stream,
        label=state.label,
        title=born.words.get("title", ERASED) if born else ERASED,
        drill=state.drill,
        status=state.status,
        interim=state.status != "closed",
        written_at=stamp(now),
        zone=state.policy.time_zone,
        playbook=_playbook(state, born),
        policy=_policy(state, born),
        severity=state.severity,
        severity_confirmed=state.confirmed,
        happened_at=state.happened_at,
        detected_at=state.detected_at,
        declared_at=state.declared_at,
        stood_down_at=_last(readings, log.StoodDown) if state.status != "open" else "",
        closed_at=_last(readings, log.IncidentClosed) if state.status == "closed" else "",
        duplicate_of=state.duplicate_of,
        newer=state.newer,
        severities=_severities(readings),
        facts=_facts(state, readings),
        roles=_roles(state, readings),
        steps=steps,
        decisions=_decisions(state, readings),
        tellings=_tellings(state, readings),
        promises=promises,
        evidence=_evidence(state, readings),
        deviations=_deviations(state, readings),
        open_items=_open_items(state, steps, promises, now),
        corrections=sum(reading.entry.header.kind == CORRECTION for reading in readings),
        metrics=measure(state, readings, steps, promises, now),
        seq=state.seq,
        head=state.head,
        items=tuple(build(written, state)),
        entries=written,
    )


def _playbook(state: Incident, born: Reading | None) -> PlaybookUsed:
    used = state.playbook
    event = born.entry.event if born else None
    pinned = event.playbook if isinstance(event, log.IncidentDeclared) else ""
    return PlaybookUsed(used.name, used.title, used.version, used.adopted, pinned)


def _policy(state: Incident, born: Reading | None) -> PolicyUsed:
    used = state.policy
    event = born.entry.event if born else None
    pinned = event.policy if isinstance(event, log.IncidentDeclared) else ""
    return PolicyUsed(used.title, used.version, used.adopted, used.organisation, pinned)


def _last(readings: Sequence[Reading], kind: type[log.Event]) -> str:
    times = [reading.occurred_at for reading in readings if isinstance(reading.entry.event, kind)]
    return times[-1] if times else ""


def _word(reading: Reading, name: str) -> str:
    """Return one of an entry's words, or that it was erased; empty when it never was said."""
    return reading.words.get(name, ERASED if reading.erased else "")


def _severities(readings: Sequence[Reading]) -> tuple[SeverityChange, ...]:
    found = []
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.IncidentDeclared):
            found.append(SeverityChange(
                r.occurred_at, event.severity, "", "", event.confirmed, r.person, "", r.entry.seq
            ))  # fmt: skip
        elif isinstance(event, log.SeveritySet):
            found.append(SeverityChange(
                r.occurred_at, event.level, event.previous, event.recommended, True,  # noqa: FBT003 - a person set it
                r.person, _word(r, "because") or r.words.get("corrected", ""), r.entry.seq,
            ))  # fmt: skip
    return tuple(found)


def _facts(state: Incident, readings: Sequence[Reading]) -> tuple[FactKnown, ...]:
    answered: dict[str, Reading] = {}
    for reading in readings:
        event = reading.entry.event
        if isinstance(event, log.FactAnswered):
            answered[event.fact] = reading
        elif isinstance(event, log.IncidentDeclared):
            answered |= {fact: reading for fact, value in event.facts.items() if value != UNKNOWN}
    questions = state.questions
    found = []
    for fact, value in state.facts.items():
        r = answered.get(fact)
        ask = questions[fact].ask if fact in questions else ""
        at, by, seq = (r.occurred_at, r.person, r.entry.seq) if r else ("", "", 0)
        found.append(FactKnown(fact, ask, value, at, by, seq))
    return tuple(found)


def _roles(state: Incident, readings: Sequence[Reading]) -> tuple[RoleHeld, ...]:
    found: list[RoleHeld] = []
    holding: dict[str, int] = {}
    for r in readings:
        event = r.entry.event
        if not isinstance(event, log.RoleTaken | log.RoleReleased):
            continue
        if (place := holding.pop(event.role, None)) is not None:
            found[place] = found[place]._replace(until=r.occurred_at)
        if isinstance(event, log.RoleTaken):
            holding[event.role] = len(found)
            known = state.policy.roles.get(event.role)
            because = _word(r, "because") if r.words or event.previous else ""
            found.append(RoleHeld(
                event.role, known.title if known else event.role, event.person, r.occurred_at, "",
                event.acting, because, r.entry.seq,
            ))  # fmt: skip
    return tuple(found)


def _decisions(state: Incident, readings: Sequence[Reading]) -> tuple[DecisionTaken, ...]:
    titles = step_titles(state, readings)
    found = []
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.DecisionMade):
            known = state.steps.get(event.step)
            found.append(DecisionTaken(
                at=r.occurred_at, step=event.step, title=titles.get(event.step, event.step),
                offered=known.step.options if known else (), choice=event.option or _word(r, "choice"),
                because=_word(r, "because"), unknown=_word(r, "unknown"), corrected=r.words.get("corrected", ""),
                by=r.person, relayed_by=r.entry.header.relayed_by, revisit_at=event.revisit_at,
                deviation=event.deviation, seq=r.entry.seq,
            ))  # fmt: skip
    return tuple(found)


def _tellings(state: Incident, readings: Sequence[Reading]) -> tuple[Telling, ...]:
    titles = step_titles(state, readings)
    return tuple(
        Telling(
            r.occurred_at, _word(r, "who"), _word(r, "how"), r.entry.event.reached, _word(r, "promised"),
            r.words.get("corrected", ""), titles.get(r.entry.event.step, ""), r.person, r.entry.seq,
        )
        for r in readings
        if isinstance(r.entry.event, log.PersonTold)
    )  # fmt: skip


def _evidence(state: Incident, readings: Sequence[Reading]) -> tuple[Evidence, ...]:
    titles = step_titles(state, readings)
    return tuple(
        Evidence(
            r.occurred_at, _word(r, "name"), r.words.get("link", ""),
            r.words.get("corrected", "") or r.words.get("note", ""), r.entry.event.sha256,
            r.entry.event.size, r.entry.event.media_type, titles.get(r.entry.event.step, ""), r.person, r.entry.seq,
        )
        for r in readings
        if isinstance(r.entry.event, log.EvidenceAttached)
    )  # fmt: skip


def _deviations(state: Incident, readings: Sequence[Reading]) -> tuple[Deviation, ...]:
    titles = step_titles(state, readings)
    return tuple(
        Deviation(
            r.occurred_at, r.entry.event.deviation, titles.get(r.entry.event.step, r.entry.event.step),
            _word(r, "because"), r.person, r.entry.seq,
        )
        for r in readings
        if isinstance(r.entry.event, log.StepDone | log.DecisionMade) and r.entry.event.deviation
    )  # fmt: skip


def _open_items(
    state: Incident, steps: Sequence[StepOutcome], promises: Sequence[PromiseOutcome], now: datetime
) -> tuple[OpenItem, ...]:
    moment = stamp(now)
    found = [
        OpenItem("step", s.title, s.owner or s.owner_role, s.due, bool(s.due) and s.due < moment)
        for s in steps
        if s.state not in ("done", "skipped", "not applicable")
    ]
    found += [
        OpenItem("promise", p.text, "", p.due, p.state == "missed") for p in promises if not p.answered_by
    ]
    found += [
        OpenItem(
            "decision to look at again", known.step.heading or step, state.owner_of(known), due, due < moment
        )
        for step, due in state.revisits.items()
        if (known := state.steps.get(step)) is not None
    ]
    if state.status != "closed":
        found += [OpenItem("role nobody holds", gap.title, "", "", late=False) for gap in gaps(state)]
    return tuple(found)
