"""Collecting the parts of a brief from an incident's state and its readings: corrections applied, words kept close withheld."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crisisdesk.domain import entries as log
from crisisdesk.domain.approvals import missing, to_ratify
from crisisdesk.domain.brief.parts import (
    ApprovalAwaited,
    Asked,
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
from crisisdesk.domain.claims import STANDINGS
from crisisdesk.domain.clocks import open_clocks
from crisisdesk.domain.incident import LEAD, Draft, Incident, StepState
from crisisdesk.domain.playbook import Step
from crisisdesk.domain.runbook import gaps, is_late, next_steps, state_of
from crisisdesk.domain.statements import SHORT, asked_now, current, lacking, standing
from crisisdesk.domain.summary import collect_words
from crisisdesk.domain.summary.parts import ClaimHeld
from crisisdesk.domain.timeline import RECORD, Item, Reading, sentence, word
from crisisdesk.domain.times import instant

MOST = 30
"""Entries told of what changed; the timeline has them all."""


def title_of_role(state: Incident, role: str) -> str:
    """Return a role's title, or its id."""
    known = state.policy.roles.get(role)
    return known.title if known else role


def asked(state: Incident, roles: Sequence[str]) -> tuple[Asked, ...]:
    """Return roles by their titles, each with who holds it."""
    return tuple(Asked(title_of_role(state, role), state.holder(role)) for role in roles)


def steps_to_do(
    state: Incident, readings: Sequence[Reading], titles: Mapping[str, str], now: datetime
) -> tuple[StepToDo, ...]:
    """Return the steps that are started, ready or blocked, in the order to do them."""
    by_seq = {reading.entry.seq: reading for reading in readings}
    found = []
    for known in next_steps(state):
        stands, last = state_of(state, known), by_seq.get(known.last)
        found.append(StepToDo(
            known.step.id, titles.get(known.step.id, known.step.id), stands,
            Asked(title_of_role(state, known.step.who), state.owner_of(known)), known.due,
            now - instant(known.due) if is_late(known, now) else None,
            word(last, "because") if last and stands == "blocked" else "",
        ))  # fmt: skip
    return tuple(found)


def waiting(state: Incident) -> int:
    """Return how many steps wait for others."""
    return sum(state_of(state, known) == "waiting" for known in state.steps.values())


def stand_ins(state: Incident, one: Draft, now: datetime) -> tuple[Asked, ...]:
    """Return who is asked in place of those whose time has passed."""
    late = [role.stand_in for role in asked_now(state, one, now) if role.stand_in]
    return asked(state, late)


def offers(state: Incident) -> tuple[Offered, ...]:
    """Return the roles that are being handed over and not accepted yet."""
    return tuple(
        Offered(title_of_role(state, role), state.holder(role), offer.to, offer.since, offer.seq)
        for role, offer in state.offers.items()
    )


def claims(readings: Sequence[Reading]) -> tuple[ClaimHeld, ...]:
    """Return the fact sheet as it stands, what is not to be said first."""
    standing_now = [one for one in collect_words.claims(readings) if one.standing in STANDINGS]
    return tuple(sorted(standing_now, key=lambda one: -STANDINGS.index(one.standing)))


def approvals(state: Incident, titles: Mapping[str, str], now: datetime) -> tuple[ApprovalAwaited, ...]:
    """Return what waits for somebody's approval: statements first, then steps, then what went out before it."""
    found = [
        ApprovalAwaited(
            "published first" if one.ratify_by else "statement", what(one), one.version, one.text_hash[:SHORT], asked(state, left),
            one.ratify_by or one.due_at, bool(one.changes_asked), stand_ins(state, one, now),
        )
        for one in current(state)
        if ((one.is_out and one.ratify_by) or (one.submitted_at and not one.published_at)) and (left := lacking(state, one))
    ]  # fmt: skip
    pending: list[tuple[str, StepState, str, str]] = [
        ("step", known, known.due, "") for known in next_steps(state)
    ]
    pending += [("published first", known, known.ratify_by, known.by) for known in to_ratify(state)]
    found += [
        ApprovalAwaited(kind, titles.get(known.step.id, known.step.id), 0, "", asked(state, left), due, changes_asked=False)
        for kind, known, due, author in pending
        if (left := missing(state, known, author))
    ]  # fmt: skip
    return tuple(found)


def what(one: Draft) -> str:
    """Say which statement a draft is: its name, channel and language."""
    return f"{one.statement} for {one.channel}" + (f" in {one.language}" if one.language else "")


def clocks(state: Incident) -> tuple[ClockOpen, ...]:
    """Return the legal clocks that run or are asked for, soonest due first."""
    return tuple(
        ClockOpen(
            view.clock.title, view.standing, view.due_at, view.clock.deadline,
            tuple(title_of_role(state, role) for role in view.clock.decided_by),
        )
        for view in open_clocks(state)
    )  # fmt: skip


def hold(state: Incident, readings: Sequence[Reading]) -> HoldStands | None:
    """Return the legal hold that stands."""
    if state.hold is None:
        return None
    r = next(reading for reading in readings if reading.entry.seq == state.hold.seq)
    return HoldStands(r.occurred_at, word(r, "because"), r.person, r.entry.seq)


def silence(state: Incident, readings: Sequence[Reading]) -> Silence | None:
    """Return the silence that stands."""
    chosen = collect_words.silences(readings)
    if not state.silence or not chosen:
        return None
    last = chosen[-1]
    return Silence(last.at, last.because, state.silence, last.by, last.seq)


def decisions(state: Incident, readings: Sequence[Reading]) -> tuple[Decided, ...]:
    """Return the newest decision of every step, and whether it still stands."""
    newest = {taken.step: taken for taken in collect_words.decisions(state, readings)}
    found = []
    for step, taken in newest.items():
        known = state.steps.get(step)
        reopened = known is not None and not known.settled
        found.append(Decided(taken, reopened, "" if reopened else state.revisits.get(step, "")))
    return tuple(found)


def published(
    state: Incident, readings: Sequence[Reading], titles: Mapping[str, str]
) -> tuple[Published, ...]:
    """Return what went out, in the order written, whether as a statement or only recorded with a step."""
    events = [reading.entry.event for reading in readings]
    named = {_bare(event.statement) for event in events if isinstance(event, log.StatementPublished)}
    found: list[Published] = []
    places: dict[tuple[str, str, str], int] = {}
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.StatementPublished):
            places[event.statement, event.channel, event.language] = len(found)
            found.append(_as_statement(event, r))
        elif isinstance(event, log.StatementWithdrawn):
            place = places.get((event.statement, event.channel, event.language))
            if place is not None:
                found[place] = found[place]._replace(withdrawn_at=r.occurred_at)
        elif isinstance(event, log.StepDone):
            known = state.steps.get(event.step)
            if known and known.step.kind == "say" and _bare(known.step.statement) not in named:
                found.append(_with_step(event, known.step, r, titles))
    return tuple(found)


def _as_statement(event: log.StatementPublished, r: Reading) -> Published:
    name = event.statement + (f" in {event.language}" if event.language else "")
    return Published(
        name, event.channel, r.occurred_at, r.words.get("link", ""), r.words.get("corrected", ""), r.person,
        event.text_hash[:SHORT], event.deviation, "", r.entry.seq,
    )  # fmt: skip


def _with_step(event: log.StepDone, step: Step, r: Reading, titles: Mapping[str, str]) -> Published:
    return Published(
        titles.get(step.id, step.id), ", ".join(step.on), r.occurred_at if r.precision != "unknown" else "",
        _link(step, r), "", r.person, "", event.deviation, "", r.entry.seq,
    )  # fmt: skip


def _bare(statement: str) -> str:
    """Return a statement's name without the layer it came with."""
    return statement.rpartition("/")[2]


def _link(step: Step, reading: Reading) -> str:
    names = [RECORD + record.name for record in step.record if record.kind == "link"]
    return next((reading.words[name] for name in names if name in reading.words), "")


def drafts(state: Incident) -> tuple[Drafted, ...]:
    """Return the newest versions that are not out, and how each stands."""
    return tuple(
        Drafted(
            one.statement + (f" in {one.language}" if one.language else ""), one.channel, one.version,
            one.text_hash[:SHORT], standing(state, one),
        )
        for one in state.statements.values()
        if not one.published_at
    )  # fmt: skip


def role_gaps(state: Incident) -> tuple[RoleGap, ...]:
    """Return the roles this level or a step needs and nobody holds."""
    return tuple(
        RoleGap(gap.title, title_of_role(state, gap.stand_in) if gap.stand_in else "", gap.stand_in_person)
        for gap in gaps(state)
    )


def changes(readings: Sequence[Reading], items: Sequence[Item], since: int) -> Changes:
    """Return what was written after entry ``since``; 0 stands for the entry by which the lead was last taken."""
    taken = [
        reading
        for reading in readings
        if isinstance(reading.entry.event, log.RoleTaken) and reading.entry.event.role == LEAD
    ]
    last = taken[-1] if taken and not since else None
    start = last.entry.seq if last else since
    later = [item for item in items if item.seq > start]
    newest = tuple(Change(item.occurred_at, item.seq, item.author, sentence(item)) for item in later[-MOST:])
    person = last.entry.event.person if last and isinstance(last.entry.event, log.RoleTaken) else ""
    return Changes(start, person, last.occurred_at if last else "", newest, len(later) - len(newest))
