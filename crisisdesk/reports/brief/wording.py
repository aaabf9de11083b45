"""What a brief says, section by section, in plain sentences. Words of people are in them as they are: who draws them makes them safe."""

from datetime import datetime, tzinfo
from typing import NamedTuple

from crisisdesk.domain.brief import (
    ApprovalAwaited,
    Asked,
    Brief,
    ClockOpen,
    Decided,
    Published,
    StepToDo,
)
from crisisdesk.domain.claims import STANDINGS
from crisisdesk.domain.clocks import ADVICE
from crisisdesk.domain.outcomes import NOT_RECORDED, PromiseOutcome
from crisisdesk.domain.runbook import said
from crisisdesk.domain.summary.parts import EnquiryMade, QueuePaused, RoleHeld
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import clock, full, instant, left, spell

LONGEST = 400
"""Characters of one person's words; what is longer ends in an ellipsis and stands whole in the timeline."""


class Row(NamedTuple):
    """One point of a section, and the lines under it; ``loud`` for what must not be overlooked."""

    text: str
    below: tuple[str, ...] = ()
    loud: bool = False


class Section(NamedTuple):
    """One section of the brief; ``none`` is said where there is nothing."""

    title: str
    rows: tuple[Row, ...]
    none: str = "none"


def quoted(words: str) -> str:
    """Return somebody's words on one line, and *not recorded* where there are none."""
    return one_line(words, LONGEST) or NOT_RECORDED


def heading(brief: Brief) -> str:
    """Return the brief's title."""
    return f"{'DRILL: ' if brief.drill else ''}Brief of {brief.label}: {quoted(brief.title)}"


def sections(brief: Brief) -> tuple[Section, ...]:
    """Return everything the brief says, in the order a person who takes over needs it."""
    page = _Page(brief)
    return (
        page.happened(), page.next_and_late(), page.approvals(), page.promises(), page.clocks(), page.freeze(), page.enquiries(),
        page.hold(), page.silence(), page.decisions(), page.statements(), page.fact_sheet(), page.facts(), page.roles(), page.changes(), page.proof(),
    )  # fmt: skip


class _Page:
    """One brief on its way to words: what every section needs to say a time."""

    def __init__(self, brief: Brief) -> None:
        from zoneinfo import ZoneInfo

        self.brief = brief
        self.zone: tzinfo = ZoneInfo(brief.zone)
        self.now: datetime = instant(brief.written_at)

    def time(self, moment: str, none: str = NOT_RECORDED) -> str:
        if not moment:
            return none
        local = instant(moment)
        return f"{clock(local, self.zone)} {local.astimezone(self.zone):%Z}"

    def due(self, moment: str, none: str = "no due time") -> str:
        return f"due {self.time(moment)}, {left(instant(moment), self.now)}" if moment else none

    def happened(self) -> Section:
        b = self.brief
        rows = [Row("DRILL. This is a rehearsal.", loud=True)] if b.drill else []
        rows += [Row(f"The log does not verify: {fault}", loud=True) for fault in b.faults]
        if b.newer:
            rows.append(
                Row(f"Part of the log is of a newer version ({b.newer}) and is not told here.", loud=True)
            )
        advice = f", the facts speak for {b.recommended}" if b.recommended else ""
        sure = "confirmed" if b.confirmed else f"not confirmed{advice}"
        by = f", by {b.severity_by}" if b.severity_by else ""
        twin = f", a duplicate of {b.duplicate_of}" if b.duplicate_of else ""
        lead = f"{_holder(b.lead)}, since {self.time(b.lead.since)}" if b.lead else "nobody"
        sample = " (sample, not adopted)" if b.sample else ""
        rows += [
            Row(f"What happened: {quoted(b.title)}"),
            Row(f"Level: {b.severity} since {self.time(b.severity_since)}{by}; {sure}"),
            Row(f"Status: {b.status}{twin}, {b.done} of {b.applicable} steps settled"),
            Row(f"Happened: {self.time(b.happened_at)}. Detected: {self.time(b.detected_at)}."),
            Row(f"Declared: {self.time(b.declared_at)}, by {b.declared_by or NOT_RECORDED}"),
            Row(f"Incident lead: {lead}", loud=b.lead is None),
            Row(f"Playbook: {', '.join(b.playbooks)}{sample}"),
        ]
        return Section("What happened", tuple(rows))

    def next_and_late(self) -> Section:
        b = self.brief
        rows = [self._step(one) for group in (b.late, b.ready, b.blocked) for one in group]
        if b.waiting:
            rows.append(Row(f"{b.waiting} more {'step is' if b.waiting == 1 else 'steps are'} waiting."))
        return Section("What is next, and what is late", tuple(rows), "No step is ready.")

    def _step(self, one: StepToDo) -> Row:
        late = f"LATE by {spell(one.late)}, was due {self.time(one.due)}" if one.late is not None else ""
        stands = "" if one.state == "ready" else f"{one.state}: "
        below = (f"Blocked because: {quoted(one.because)}",) if one.state == "blocked" else ()
        text = f"{stands}{quoted(one.title)} [{one.id}] · {_asked(one.owner)} · {late or self.due(one.due)}"
        return Row(text, below, loud=one.late is not None or one.state == "blocked")

    def approvals(self) -> Section:
        rows = tuple(self._approval(one) for one in self.brief.approvals)
        return Section("Approvals waiting", rows)

    def _approval(self, one: ApprovalAwaited) -> Row:
        version = f", version {one.version} ({one.hash})" if one.hash else ""
        first = "published first, still to be approved: " if one.kind == "published first" else ""
        asked = "; changes are asked for" if one.changes_asked else ""
        waits = " and ".join(_asked(role) for role in one.missing)
        instead = (
            f"; in their place is asked {' and '.join(_asked(role) for role in one.stand_ins)}"
            if one.stand_ins
            else ""
        )
        late = bool(one.due) and instant(one.due) < self.now
        text = f"{first}{quoted(one.what)}{version} · waits for {waits} · {self.due(one.due)}{instead}{asked}"
        return Row(text, loud=late or one.kind == "published first")

    def promises(self) -> Section:
        b = self.brief
        rows = []
        if b.first_word_by:
            rows.append(
                self._timed(
                    f"First public word, or a decision for none: {self.due(b.first_word_by)}",
                    b.first_word_by,
                )
            )
        rows += [self._promise("Public", one) for one in b.public] or [Row("Public: none is open.")]
        rows += [self._promise("Internal", one) for one in b.internal] or [Row("Internal: none is open.")]
        return Section("Promises", tuple(rows))

    def _promise(self, to: str, one: PromiseOutcome) -> Row:
        return self._timed(f"{to}: {quoted(one.text)} · {self.due(one.due)} (#{one.seq})", one.due)

    def _timed(self, text: str, due: str) -> Row:
        return Row(text, loud=bool(due) and instant(due) < self.now)

    def clocks(self) -> Section:
        rows = [self._clock(one) for one in self.brief.clocks]
        return Section("Legal clocks", (*rows, Row(ADVICE)) if rows else ())

    def _clock(self, one: ClockOpen) -> Row:
        roles = " or ".join(one.decided_by)
        if one.standing == "asked":
            return Row(f"{one.title} · asked for; {roles} must start or dismiss it", loud=True)
        return self._timed(
            f"{one.title} · running · {self.due(one.due, one.deadline or 'no number of hours')}", one.due
        )

    def freeze(self) -> Section:
        rows = tuple(self._queue(one) for one in self.brief.freeze)
        return Section("Freeze", rows, "No queue is frozen.")

    def _queue(self, one: QueuePaused) -> Row:
        held = f"{one.held} {'post' if one.held == 1 else 'posts'} held" if one.held >= 0 else ""
        return Row(
            f"FROZEN: {quoted(one.queue)} on {quoted(one.account)} · {held or f'posts held: {NOT_RECORDED}'} · by {one.by}, since {self.time(one.frozen_at)}",
            loud=True,
        )

    def enquiries(self) -> Section:
        rows = tuple(self._enquiry(one) for one in self.brief.enquiries)
        return Section("Open enquiries", rows)

    def _enquiry(self, one: EnquiryMade) -> Row:
        outlet = f" for {quoted(one.outlet)}" if one.outlet else ""
        due = self.due(one.due, "no deadline named")
        return self._timed(f"{quoted(one.who)}{outlet} · {due} (#{one.seq})", one.due)._replace(
            below=(f"Asks: {quoted(one.question)}",)
        )

    def hold(self) -> Section:
        stands = self.brief.hold
        rows = (
            (Row(f"LEGAL HOLD since {self.time(stands.since)}, by {stands.by}: nothing concerned is deleted.",
                 (f"Because: {quoted(stands.because)}",), loud=True),)
            if stands else ()
        )  # fmt: skip
        return Section("Legal hold", rows)

    def silence(self) -> Section:
        kept = self.brief.silence
        rows = (
            (self._timed(f"We say nothing for now; to be looked at again: {self.due(kept.revisit_at)}", kept.revisit_at)
             ._replace(below=(f"Because: {quoted(kept.because)} ({kept.by}, {self.time(kept.at)})",)),)
            if kept else ()
        )  # fmt: skip
        return Section("Silence", rows, "No silence was chosen that still stands.")

    def decisions(self) -> Section:
        rows = tuple(self._decision(one) for one in self.brief.decisions)
        return Section("What is decided, and why", rows, "No decision is recorded.")

    def _decision(self, one: Decided) -> Row:
        d = one.taken
        by = d.by + (f" (relayed, by {d.relayed_by})" if d.relayed_by else "")
        again = " · opened again since, not decided now" if one.reopened else ""
        below = [
            f"Because: {quoted(d.because)}",
            f"Not known then: {quoted(d.unknown)}",
            f"To be looked at again: {self.due(one.revisit, 'no time named')}",
        ]
        below += [f"Saw it otherwise: {quoted(d.dissent)}"] if d.dissent else []
        below += [f"Corrected: {quoted(d.corrected)}"] if d.corrected else []
        below += [f"DEVIATION: {quoted(d.deviation)}"] if d.deviation else []
        title = quoted(d.title)
        colon = "" if title.endswith("?") else ":"
        text = f"{title}{colon} {quoted(d.choice)} · {by}, {self.time(d.at)} (#{d.seq}){again}"
        late = bool(one.revisit) and instant(one.revisit) < self.now
        return Row(text, tuple(below), loud=late or one.reopened or bool(d.deviation))

    def statements(self) -> Section:
        b = self.brief
        rows = [self._published(one) for one in b.published] or [Row("None is recorded as published.")]
        rows += [
            Row(f"Not out: {one.what} for {one.channel}, version {one.version} ({one.hash}): {one.standing}")
            for one in b.drafts
        ]
        return Section("Statements", tuple(rows))

    def _published(self, one: Published) -> Row:
        where = f" on {one.channel}" if one.channel else ""
        hashed = f" ({one.hash})" if one.hash else ", recorded with its step"
        below = [f"Link: {quoted(one.link)}"]
        below += [f"Corrected: {quoted(one.corrected)}"] if one.corrected else []
        below += [f"DEVIATION: {quoted(one.deviation)}"] if one.deviation else []
        below += [f"Withdrawn: {self.time(one.withdrawn_at)}"] if one.withdrawn_at else []
        text = f"{quoted(one.what)}{where}{hashed} · {self.time(one.at)}, by {one.by}"
        return Row(text, tuple(below), loud=bool(one.deviation))

    def fact_sheet(self) -> Section:
        rows = [
            Row(
                f"{one.standing.upper()}: {quoted(one.text)} (#{one.seq})"
                + (f" · source: {quoted(one.source)}" if one.source else "")
                + (f" · because {quoted(one.because)}" if one.because else ""),
                loud=one.standing == STANDINGS[-1],
            )
            for one in self.brief.claims
        ]
        return Section("Fact sheet", tuple(rows), "No claim is on it.")

    def facts(self) -> Section:
        b = self.brief
        rows = [
            Row(
                f"{fact.fact}: {quoted(said(fact.value))}"
                + (f" ({fact.by}, {self.time(fact.at)})" if fact.at else "")
            )
            for fact in b.known
        ] or [Row("Known: none")]
        return Section("Facts", (*rows, Row(f"Unknown: {', '.join(b.unknown) or 'none'}")))

    def roles(self) -> Section:
        rows = [
            Row(f"{held.title}: {_holder(held)}, since {self.time(held.since)}") for held in self.brief.roles
        ]
        rows += [
            Row(
                f"{one.role} is offered to {quoted(one.to)} since {self.time(one.since)} (#{one.seq}), who accepts by name; until then {one.holder} holds it.",
                loud=True,
            )
            for one in self.brief.offers
        ]
        for gap in self.brief.gaps:
            stands_in = (
                f"; stand-in is {gap.stand_in}, {gap.stand_in_person or 'nobody'}" if gap.stand_in else ""
            )
            rows.append(Row(f"Nobody is {gap.title.lower()}{stands_in}.", loud=True))
        return Section("Roles", tuple(rows), "No role was taken.")

    def changes(self) -> Section:
        told = self.brief.changes
        since = f"entry #{told.since}" if told.since else "the beginning"
        if told.taken_by:
            since = f"{told.taken_by} took the lead, {self.time(told.taken_at)} (#{told.since})"
        rows = [Row(f"{self.time(one.at)} · #{one.seq} · {one.by}: {one.sentence}") for one in told.newest]
        if told.more:
            rows.append(Row(f"and {told.more} more before these, see the timeline"))
        return Section(f"What changed since {since}", tuple(rows), "Nothing was written since.")

    def proof(self) -> Section:
        b = self.brief
        return Section("This brief", (
            Row(f"Made {full(self.now, self.zone)} by {b.written_by}; times in {b.zone}"),
            Row(f"Drawn from {b.seq} entries. Head: {b.head}"),
        ))  # fmt: skip


def _asked(one: Asked) -> str:
    return f"{one.role}, {one.person or 'nobody'}"


def _holder(held: RoleHeld) -> str:
    return held.person + (" (acting)" if held.acting else "")
