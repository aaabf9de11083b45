"""Collecting the parts of a summary from an incident's entries, corrections applied."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crisisdesk.domain import entries as log
from crisisdesk.domain.approvals import missing, to_ratify
from crisisdesk.domain.clocks import clocks, open_clocks
from crisisdesk.domain.conditions import UNKNOWN
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.outcomes import PromiseOutcome, StepOutcome
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.runbook import gaps
from crisisdesk.domain.summary.parts import (
    ClockOutcome,
    Deviation,
    Evidence,
    FactKnown,
    OpenItem,
    PlaybookChange,
    PlaybookUsed,
    PolicyUsed,
    RoleHeld,
    SeverityChange,
    Telling,
)
from crisisdesk.domain.timeline import Reading, step_titles, was_reached, word
from crisisdesk.domain.times import stamp


def playbook(state: Incident, born: Reading | None) -> PlaybookUsed:
    """Return the playbook as it was pinned when the incident was declared."""
    used = state.playbook
    event = born.entry.event if born else None
    pinned = event.playbook if isinstance(event, log.IncidentDeclared) else ""
    return PlaybookUsed(used.name, used.title, used.version, used.adopted, pinned)


def policy(state: Incident, born: Reading | None) -> PolicyUsed:
    """Return the policy as it was pinned when the incident was declared."""
    used = state.policy
    event = born.entry.event if born else None
    pinned = event.policy if isinstance(event, log.IncidentDeclared) else ""
    levels = {level.id: level.title for level in used.levels.values()}
    return PolicyUsed(used.title, used.version, used.adopted, used.organisation, pinned, levels)


def last(readings: Sequence[Reading], kind: type[log.Event]) -> str:
    """Return when something last happened, or nothing."""
    times = [reading.occurred_at for reading in readings if isinstance(reading.entry.event, kind)]
    return times[-1] if times else ""


def severities(readings: Sequence[Reading]) -> tuple[SeverityChange, ...]:
    """Return every level, from when, by whom and why."""
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
                r.person, word(r, "because") or r.words.get("corrected", ""), r.entry.seq,
            ))  # fmt: skip
    return tuple(found)


def facts(state: Incident, readings: Sequence[Reading]) -> tuple[FactKnown, ...]:
    """Return every fact as it was last answered."""
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


def roles(state: Incident, readings: Sequence[Reading]) -> tuple[RoleHeld, ...]:
    """Return who held which role, from when until when."""
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
            because = word(r, "because") if r.words or event.previous else ""
            found.append(RoleHeld(
                event.role, known.title if known else event.role, event.person, r.occurred_at, "",
                event.acting, because, r.entry.seq, event.handover,
            ))  # fmt: skip
    return tuple(found)


def tellings(state: Incident, readings: Sequence[Reading]) -> tuple[Telling, ...]:
    """Return every attempt to tell somebody."""
    titles = step_titles(state, readings)
    return tuple(
        Telling(
            r.occurred_at, word(r, "who"), word(r, "how"), was_reached(r), word(r, "promised"),
            r.words.get("corrected", ""), titles.get(r.entry.event.step, ""), r.person, r.entry.seq,
        )
        for r in readings
        if isinstance(r.entry.event, log.PersonTold)
    )  # fmt: skip


def evidence(state: Incident, readings: Sequence[Reading]) -> tuple[Evidence, ...]:
    """Return every file and link that was kept."""
    titles = step_titles(state, readings)
    return tuple(
        Evidence(
            r.occurred_at, word(r, "name"), r.words.get("link", ""),
            r.words.get("corrected", "") or r.words.get("note", ""), r.entry.event.sha256,
            r.entry.event.size, r.entry.event.media_type, titles.get(r.entry.event.step, ""), r.person, r.entry.seq,
            r.words.get("original author", ""), r.words.get("original time", ""), r.words.get("tool", ""),
        )
        for r in readings
        if isinstance(r.entry.event, log.EvidenceAttached)
    )  # fmt: skip


_CanDeviate = log.StepDone | log.DecisionMade | log.ClockSubmitted | log.StatementPublished | log.RoleTaken
_CAN_DEVIATE = (log.StepDone, log.DecisionMade, log.ClockSubmitted, log.StatementPublished, log.RoleTaken)


def deviations(state: Incident, readings: Sequence[Reading]) -> tuple[Deviation, ...]:
    """Return every rule that was passed, openly, and why."""
    titles = step_titles(state, readings)
    return tuple(
        Deviation(
            r.occurred_at, r.entry.event.deviation, _about(r.entry.event, titles, state),
            word(r, "because"), r.person, r.entry.seq,
        )
        for r in readings
        if isinstance(r.entry.event, _CAN_DEVIATE) and r.entry.event.deviation
    )  # fmt: skip


def _about(
    event: _CanDeviate,
    titles: Mapping[str, str],
    state: Incident,
) -> str:
    if isinstance(event, log.RoleTaken):
        known_role = state.policy.roles.get(event.role)
        return f"{known_role.title if known_role else event.role}, {event.person}"
    if isinstance(event, log.StatementPublished):
        return f"{event.statement} for {event.channel}"
    if isinstance(event, log.ClockSubmitted):
        known = state.policy.clocks.get(event.clock)
        return known.title if known else event.clock
    return titles.get(event.step, event.step)


def clock_outcomes(state: Incident, readings: Sequence[Reading]) -> tuple[ClockOutcome, ...]:
    """Return every clock that was asked for or decided, with who decided and why."""
    by_seq = {reading.entry.seq: reading for reading in readings}
    found = []
    for view in clocks(state):
        known, clock = state.clocks.get(view.clock.id), view.clock
        r = by_seq.get((known.submitted or known.seq) if known else 0)
        found.append(ClockOutcome(
            clock.id, clock.title, clock.tell, view.standing, view.anchor_at, view.due_at, view.submitted_at, clock.deadline,
            clock.source, clock.source_kind, clock.checked_on, word(r, "because") if r and r.words else "", r.person if r else "",
            r.entry.seq if r else 0,
        ))  # fmt: skip
    return tuple(found)


def playbook_changes(state: Incident, readings: Sequence[Reading]) -> tuple[PlaybookChange, ...]:
    """Return the playbooks laid on top and the changed files brought in."""
    found = []
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.PlaybookAdded | log.PlaybookBroughtIn):
            pinned = state.pinned.get(event.playbook)
            what = "laid on top" if isinstance(event, log.PlaybookAdded) else "changed files brought in"
            version = pinned.version if isinstance(pinned, Playbook) else ""
            because = word(r, "because") if r.words else ""
            found.append(PlaybookChange(
                r.occurred_at, what, event.playbook_name, version, event.playbook, because, r.person, r.entry.seq
            ))  # fmt: skip
    return tuple(found)


def open_items(
    state: Incident, steps: Sequence[StepOutcome], promises: Sequence[PromiseOutcome], now: datetime
) -> tuple[OpenItem, ...]:
    """Return what is left to do, by whom and by when."""
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
    found += [
        OpenItem(
            "legal clock",
            view.clock.title,
            " or ".join(view.clock.decided_by),
            view.due_at,
            bool(view.due_at) and view.due_at < moment,
        )
        for view in open_clocks(state)
    ]
    found += [
        OpenItem("approval that must follow", known.step.heading, " and ".join(missing(state, known, known.by)), known.ratify_by,
                 known.ratify_by < moment)
        for known in to_ratify(state)
    ]  # fmt: skip
    found += (
        [OpenItem("legal hold", "Nothing concerned is deleted", "legal", "", late=False)]
        if state.hold
        else []
    )
    if state.status != "closed":
        found += [OpenItem("role nobody holds", gap.title, "", "", late=False) for gap in gaps(state)]
    return tuple(found)
