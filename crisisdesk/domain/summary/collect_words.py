"""Collecting what was decided, said, asked and held back, from an incident's entries, corrections applied."""

from collections.abc import Sequence

from crisisdesk.domain import entries as log
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.statements import SHORT, standing
from crisisdesk.domain.summary.parts import (
    ApprovalGiven,
    ClaimHeld,
    DecisionTaken,
    EnquiryMade,
    QueuePaused,
    SilenceKept,
    StatementTold,
)
from crisisdesk.domain.timeline import Reading, step_titles, word


def decisions(state: Incident, readings: Sequence[Reading]) -> tuple[DecisionTaken, ...]:
    """Return every choice, with what was offered."""
    titles = step_titles(state, readings)
    found = []
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.DecisionMade):
            known = state.steps.get(event.step)
            found.append(DecisionTaken(
                at=r.occurred_at, step=event.step, title=titles.get(event.step, event.step),
                offered=known.step.options if known else (), choice=event.option or word(r, "choice"),
                because=word(r, "because"), known=word(r, "known"), unknown=word(r, "unknown"),
                consulted=word(r, "consulted"), dissent=word(r, "dissent"), reverses=event.reverses, corrected=r.words.get("corrected", ""),
                by=r.person, relayed_by=r.entry.header.relayed_by, revisit_at=event.revisit_at,
                deviation=event.deviation, seq=r.entry.seq,
            ))  # fmt: skip
    return tuple(found)


def approvals(state: Incident, readings: Sequence[Reading]) -> tuple[ApprovalGiven, ...]:
    """Return every approval, in the order written."""
    titles = step_titles(state, readings)
    confirmed = {
        r.entry.event.entry: r.entry.seq for r in readings if isinstance(r.entry.event, log.RelayConfirmed)
    }
    found = []
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.StepApproved):
            what, title, option = event.step, titles.get(event.step, event.step), event.option
        elif isinstance(event, log.StatementApproved):
            language = f" in {event.language}" if event.language else ""
            what, option = event.statement, f"version {event.version} ({event.text_hash[:SHORT]})"
            title = f"{event.statement} for {event.channel}{language}"
        else:
            continue
        found.append(ApprovalGiven(
            r.occurred_at, what, title, option, event.role, r.person, r.entry.header.relayed_by,
            word(r, "because") if r.words else "", r.entry.seq, confirmed.get(r.entry.seq, 0),
        ))  # fmt: skip
    return tuple(found)


def statements(state: Incident, readings: Sequence[Reading]) -> tuple[StatementTold, ...]:
    """Return the newest version of every statement and each earlier one that went out, with the text as it was hashed."""
    newest = {one.seq for one in state.statements.values()}
    every = {one.seq: one for versions in state.versions.values() for one in versions}
    found: dict[int, StatementTold] = {}
    places: dict[tuple[str, str, str, int], int] = {}
    out: dict[tuple[str, str, str], int] = {}
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.StatementDrafted):
            places[event.statement, event.channel, event.language, event.version] = r.entry.seq
            known = every.get(r.entry.seq)
            found[r.entry.seq] = StatementTold(
                event.statement, event.channel, event.language, event.version, event.text_hash, word(r, "text"),
                standing(state, known) if known else "", r.person, (), "", "", "", r.entry.seq,
            )  # fmt: skip
        elif isinstance(event, _OF_A_VERSION):
            key = (event.statement, event.channel, event.language)
            if isinstance(event, log.StatementWithdrawn):
                place = out[key]
            else:
                place = places[(*key, event.version or max(one[3] for one in places if one[:3] == key))]
            out[key] = place
            found[place] = _happened(found[place], event, r)
    confirmed = {r.entry.event.entry for r in readings if isinstance(r.entry.event, log.RelayConfirmed)}
    told = [one for seq, one in found.items() if seq in newest or one.published_at]
    return tuple(one._replace(approved_by=_approvers(one, readings, confirmed)) for one in told)


_OfAVersion = log.StatementPublished | log.StatementWithdrawn
_OF_A_VERSION = (log.StatementPublished, log.StatementWithdrawn)


def _happened(told: StatementTold, event: _OfAVersion, r: Reading) -> StatementTold:
    """Return a version with what became of it; the one that went out last is the one that is withdrawn."""
    if isinstance(event, log.StatementWithdrawn):
        return told._replace(withdrawn_at=r.occurred_at, withdrawn_because=word(r, "because"))
    sent = r.words.get("text", "")
    return told._replace(
        published_at=r.occurred_at, link=r.words.get("link", ""), deviation=event.deviation, went_out=sent,
        because=r.words.get("because", ""),
    )  # fmt: skip


def _approvers(told: StatementTold, readings: Sequence[Reading], confirmed: set[int]) -> tuple[str, ...]:
    """Return whose approval exactly this version has, and in which role."""
    given = []
    for r in readings:
        event = r.entry.event
        if (
            isinstance(event, log.StatementApproved)
            and event.text_hash == told.text_hash
            and event.version in (0, told.version)
        ):
            how = ", relayed" if r.entry.header.on_behalf_of else ""
            sure = " and confirmed" if r.entry.seq in confirmed else ""
            instead = f", standing in as {event.stand_in}" if event.stand_in else ""
            given.append(f"{r.person} as {event.role}{instead}{how}{sure} (#{r.entry.seq})")
    return tuple(given)


def frozen_queues(readings: Sequence[Reading]) -> tuple[QueuePaused, ...]:
    """Return every queue that was frozen, with its release."""
    found: list[QueuePaused] = []
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.QueueFrozen):
            found.append(
                QueuePaused(
                    event.queue,
                    event.account,
                    event.held,
                    r.occurred_at,
                    r.person,
                    "",
                    "",
                    "",
                    r.entry.seq,
                    r.words.get("may post", ""),
                )
            )
        elif isinstance(event, log.QueueReleased):
            places = [
                place for place, one in enumerate(found)
                if (one.queue, one.account) == (event.queue, event.account) and not one.released_at
            ]  # fmt: skip
            for place in places:
                found[place] = found[place]._replace(
                    released_at=r.occurred_at, outcome=event.outcome, released_by=r.person
                )
    return tuple(found)


def enquiries(readings: Sequence[Reading]) -> tuple[EnquiryMade, ...]:
    """Return everybody who asked, with the line they were given."""
    found: dict[int, EnquiryMade] = {}
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.EnquiryLogged):
            outlet = word(r, "outlet") if r.words.get("outlet") else ""
            asked = EnquiryMade(
                r.occurred_at,
                word(r, "who"),
                outlet,
                word(r, "question"),
                event.due_at,
                "",
                "",
                "",
                r.entry.seq,
            )
            found[r.entry.seq] = asked
        elif isinstance(event, log.EnquiryAnswered) and event.enquiry in found:
            found[event.enquiry] = found[event.enquiry]._replace(
                answered_at=r.occurred_at, line=word(r, "line"), by=r.person
            )
    return tuple(found.values())


def silences(readings: Sequence[Reading]) -> tuple[SilenceKept, ...]:
    """Return every decision to say nothing."""
    return tuple(
        SilenceKept(r.occurred_at, word(r, "because"), r.entry.event.revisit_at, r.person, r.entry.seq)
        for r in readings
        if isinstance(r.entry.event, log.SilenceChosen)
    )


def claims(readings: Sequence[Reading]) -> tuple[ClaimHeld, ...]:
    """Return every claim of the fact sheet as it stands, also those taken off it."""
    found: dict[int, ClaimHeld] = {}
    for r in readings:
        event = r.entry.event
        if isinstance(event, log.ClaimAdded):
            text, because = r.words.get("corrected") or word(r, "text"), r.words.get("because", "")
            found[r.entry.seq] = ClaimHeld(
                r.occurred_at, text, event.standing, r.words.get("source", ""), because, r.person, r.entry.seq
            )
        elif isinstance(event, log.ClaimJudged) and event.claim in found:
            known = found[event.claim]
            found[event.claim] = known._replace(
                at=r.occurred_at, standing=event.standing, by=r.person, source=r.words.get("source", "") or known.source,
                because=r.words.get("because", ""),
            )  # fmt: skip
    return tuple(found.values())
