"""How each entry changes an incident's state.

``evolve`` reads headers only, never a body, a clock or a file; it never refuses: what is written has happened.
"""

from collections.abc import Callable, Iterable
from typing import Any

from crisisdesk.domain import entries as log
from crisisdesk.domain import word_folds
from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import (
    ClockState,
    Enquiry,
    Frozen,
    Hold,
    Holding,
    Incident,
    Layer,
    Offer,
    Promise,
    queue_key,
)
from crisisdesk.domain.layers import as_layer, refit, relaid, with_layer
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.step_folds import (
    added,
    approved,
    assigned,
    attached,
    decided,
    doer,
    done,
    progress,
    skipped,
    spoke,
    told,
    unblocked,
    with_dues,
    with_step,
)
from crisisdesk.domain.text import name_key


def replay(start: Incident, written: Iterable[Entry]) -> Incident:
    """Fold entries over a state, in order."""
    state = start
    for entry in written:
        state = evolve(state, entry)
    return state


def evolve(state: Incident, entry: Entry) -> Incident:
    """Return the state after one more entry."""
    header, event = entry.header, entry.event
    state = state._replace(seq=header.seq, head=entry.hash)
    if isinstance(event, log.UnknownKind):
        return state._replace(newer=event.kind)
    state = _meet(state, header.author, header.on_behalf_of, header.owner)
    fold = _FOLDS.get(type(event))
    return fold(state, event, entry) if fold else state


def _meet(state: Incident, *names: str) -> Incident:
    new = {name_key(name): name for name in names if name and name_key(name) not in state.people}
    return state._replace(people={**state.people, **new}) if new else state


def _declared(state: Incident, event: log.IncidentDeclared, entry: Entry) -> Incident:
    facts: dict[str, Fact] = dict.fromkeys(state.questions, UNKNOWN)
    state = state._replace(
        status="open",
        label=event.label,
        hashes={"policy": event.policy, event.playbook_name: event.playbook},
        drill=bool(entry.header.drill),
        severity=event.severity,
        confirmed=event.confirmed,
        declared_at=entry.header.occurred_at,
        happened_at=event.happened_at,
        detected_at=event.detected_at,
        aware_at=event.aware_at,
        first_word_by=event.first_word_by,
        facts={**facts, **event.facts},
        answered={fact: entry.header.occurred_at for fact, value in event.facts.items() if value != UNKNOWN},
    )
    return with_dues(state, event.due, appeared=event.shown)


def _fact(state: Incident, event: log.FactAnswered, entry: Entry) -> Incident:
    answered = {**state.answered, event.fact: entry.header.occurred_at}
    if event.value == UNKNOWN:
        answered.pop(event.fact)
    state = state._replace(facts={**state.facts, event.fact: event.value}, answered=answered)
    return with_dues(state, event.due, event.appeared, event.left)


def _severity(state: Incident, event: log.SeveritySet, _: Entry) -> Incident:
    state = state._replace(
        severity=event.level, confirmed=True, first_word_by=event.first_word_by or state.first_word_by
    )
    return with_dues(state, event.due, event.appeared, event.left)


def _role_taken(state: Incident, event: log.RoleTaken, entry: Entry) -> Incident:
    holding = Holding(event.person, entry.header.occurred_at, entry.seq, event.acting)
    state = _without_offer(state, event.role)
    return _meet(state._replace(roles={**state.roles, event.role: holding}), event.person)


def _role_released(state: Incident, event: log.RoleReleased, _: Entry) -> Incident:
    state = _without_offer(state, event.role)
    return state._replace(roles={role: held for role, held in state.roles.items() if role != event.role})


def _offered(state: Incident, event: log.HandoverOffered, entry: Entry) -> Incident:
    offer = Offer(event.to, entry.header.occurred_at, entry.seq)
    return _meet(state._replace(offers={**state.offers, event.role: offer}), event.to)


def _without_offer(state: Incident, role: str) -> Incident:
    if role not in state.offers:
        return state
    return state._replace(offers={one: offer for one, offer in state.offers.items() if one != role})


def _relay_confirmed(state: Incident, event: log.RelayConfirmed, entry: Entry) -> Incident:
    """Keep that it was confirmed, and mark the approval that was relayed, if the entry was one."""
    state = state._replace(confirmed_relays=state.confirmed_relays | {event.entry})
    for step, known in state.steps.items():
        for role, approval in known.approvals.items():
            if approval.seq == event.entry:
                confirmed = {**known.approvals, role: approval._replace(confirmed=entry.seq)}
                return with_step(state, step, approvals=confirmed)
    return word_folds.relay_confirmed(state, event, entry)


def _corrected(state: Incident, event: log.EntryCorrected, _: Entry) -> Incident:
    """Move what happened to its corrected time, and put a figure right; words are the timeline's business."""
    state = _figure_corrected(state, event)
    if not event.happened_at:
        return state
    if event.corrects == 1:
        return state._replace(declared_at=event.happened_at)
    for clock, one in state.clocks.items():
        if one.submitted == event.corrects:
            return state._replace(
                clocks={**state.clocks, clock: one._replace(submitted_at=event.happened_at)}
            )
    known = state.steps.get(event.step)
    if known is None or known.last != event.corrects:
        return word_folds.corrected(state, event)
    field = {"done": "done_at", "started": "started_at"}.get(known.progress)
    return with_step(state, event.step, **{field: event.happened_at}) if field else state


def _promised(state: Incident, event: log.UpdatePromised, entry: Entry) -> Incident:
    return state._replace(promises={**state.promises, event.internal: Promise(event.due_at, entry.seq)})


def _update_sent(state: Incident, event: log.UpdateSent, entry: Entry) -> Incident:
    promises = {
        internal: promise for internal, promise in state.promises.items() if internal != event.internal
    }
    if event.next_at:
        promises[event.internal] = Promise(event.next_at, entry.seq)
    state = state._replace(promises=promises)
    return state if event.internal else spoke(state._replace(silence=""), entry)


def _stood_down(state: Incident, event: log.StoodDown, entry: Entry) -> Incident:
    state = state._replace(status="stood down", stood_down_at=entry.header.occurred_at)
    return with_dues(state, event.due, left=event.left)


def _closed(state: Incident, event: log.IncidentClosed, entry: Entry) -> Incident:
    state = state._replace(
        status="closed",
        closed_at=entry.header.occurred_at,
        duplicate_of=event.duplicate_of,
        review_due=event.review_due,
    )
    return with_dues(state, event.due, left=event.left)


def _reopened(state: Incident, event: log.IncidentReopened, _: Entry) -> Incident:
    state = state._replace(status="open", stood_down_at="", closed_at="", duplicate_of="", review_due="")
    return with_dues(state, event.due, event.appeared)


def _figure(state: Incident, event: log.FigureTyped, entry: Entry) -> Incident:
    """Keep the latest reading; one that is typed later and was read earlier does not stand for now."""
    at = entry.header.occurred_at
    if at < state.figures_from.get(event.figure, ("", 0))[0]:
        return state
    return state._replace(
        figures={**state.figures, event.figure: float(event.value)},
        figures_from={**state.figures_from, event.figure: (at, entry.seq)},
    )


def _figure_corrected(state: Incident, event: log.EntryCorrected) -> Incident:
    """Put the right number and time where the latest of a figure was wrong."""
    for figure, (at, seq) in state.figures_from.items():
        if seq == event.corrects:
            value = state.figures[figure] if event.value is None else float(event.value)
            return state._replace(
                figures={**state.figures, figure: value},
                figures_from={**state.figures_from, figure: (event.happened_at or at, seq)},
            )
    return state


def _playbook_added(state: Incident, event: log.PlaybookAdded, _: Entry) -> Incident:
    playbook = state.pinned.get(event.playbook)
    if not isinstance(playbook, Playbook):
        return state._replace(newer="playbook-added")
    own = as_layer(playbook, event.shared)
    state = with_layer(state, Layer(own, event.after_phase, event.playbook, event.shared))
    facts: dict[str, Fact] = dict.fromkeys(own.questions, UNKNOWN)
    hashes = {**state.hashes, event.playbook_name: event.playbook}
    return with_dues(state._replace(facts={**facts, **state.facts}, hashes=hashes), event.due, event.shown)


def _brought_in(state: Incident, event: log.PlaybookBroughtIn, _: Entry) -> Incident:
    playbook, policy = state.pinned.get(event.playbook), state.pinned.get(event.policy)
    if not isinstance(playbook, Playbook) or not isinstance(policy, Policy):
        return state._replace(newer="playbook-brought-in")
    state = refit(
        state,
        event.playbook_name,
        playbook,
        policy,
        relaid(state, event.playbook_name, playbook, event.playbook),
    )
    facts: dict[str, Fact] = dict.fromkeys(state.questions, UNKNOWN)
    hashes = {**state.hashes, "policy": event.policy, event.playbook_name: event.playbook}
    return with_dues(
        state._replace(facts={**facts, **state.facts}, hashes=hashes), event.due, event.appeared, event.left
    )


def _clock_started(state: Incident, event: log.ClockStarted, entry: Entry) -> Incident:
    started = ClockState(event.anchor_at, event.due_at, seq=entry.seq)
    return state._replace(clocks={**state.clocks, event.clock: started})


def _clock_dismissed(state: Incident, event: log.ClockDismissed, entry: Entry) -> Incident:
    return state._replace(clocks={**state.clocks, event.clock: ClockState(dismissed=True, seq=entry.seq)})


def _clock_submitted(state: Incident, event: log.ClockSubmitted, entry: Entry) -> Incident:
    known = state.clocks.get(event.clock, ClockState(seq=entry.seq))
    known = known._replace(submitted_at=entry.header.occurred_at, submitted=entry.seq, dismissed=False)
    return state._replace(clocks={**state.clocks, event.clock: known})


def _clock_restated(state: Incident, event: log.ClockRestated, _: Entry) -> Incident:
    known = state.clocks.get(event.clock)
    if known is None:
        return state
    moved = known._replace(anchor_at=event.anchor_at, due_at=event.due_at)
    return state._replace(clocks={**state.clocks, event.clock: moved})


def _hold_set(state: Incident, _: log.HoldSet, entry: Entry) -> Incident:
    return state._replace(hold=Hold(entry.header.occurred_at, entry.seq))


def _hold_released(state: Incident, _: log.HoldReleased, __: Entry) -> Incident:
    return state._replace(hold=None)


def _frozen(state: Incident, event: log.QueueFrozen, entry: Entry) -> Incident:
    frozen = Frozen(event.queue, event.account, event.held, doer(entry), entry.header.occurred_at, entry.seq)
    return state._replace(freeze={**state.freeze, queue_key(event.queue, event.account): frozen})


def _released(state: Incident, event: log.QueueReleased, _: Entry) -> Incident:
    gone = queue_key(event.queue, event.account)
    return state._replace(freeze={key: frozen for key, frozen in state.freeze.items() if key != gone})


def _asked(state: Incident, event: log.EnquiryLogged, entry: Entry) -> Incident:
    return state._replace(enquiries={**state.enquiries, entry.seq: Enquiry(event.due_at, entry.seq)})


def _answered(state: Incident, event: log.EnquiryAnswered, _: Entry) -> Incident:
    left = {seq: enquiry for seq, enquiry in state.enquiries.items() if seq != event.enquiry}
    return state._replace(enquiries=left)


def _silent(state: Incident, event: log.SilenceChosen, entry: Entry) -> Incident:
    return spoke(state._replace(silence=event.revisit_at), entry)


def _reviewed(state: Incident, _: log.Event, entry: Entry) -> Incident:
    from crisisdesk.domain.review_folds import reviewed  # a night's note need not load the review

    return state._replace(review=reviewed(state.review, entry))


_FOLDS: dict[type, Callable[[Incident, Any, Entry], Incident]] = {
    log.IncidentDeclared: _declared,
    log.FactAnswered: _fact,
    log.SeveritySet: _severity,
    log.RoleTaken: _role_taken,
    log.RoleReleased: _role_released,
    log.HandoverOffered: _offered,
    log.RelayConfirmed: _relay_confirmed,
    log.StepStarted: progress("started"),
    log.StepDone: done,
    log.StepSkipped: skipped,
    log.StepApproved: approved,
    log.StepBlocked: progress("blocked"),
    log.StepUnblocked: unblocked,
    log.StepReopened: progress("open"),
    log.StepAssigned: assigned,
    log.StepAdded: added,
    log.DecisionMade: decided,
    log.EvidenceAttached: attached,
    log.PersonTold: told,
    log.EntryCorrected: _corrected,
    log.UpdatePromised: _promised,
    log.UpdateSent: _update_sent,
    log.StoodDown: _stood_down,
    log.IncidentClosed: _closed,
    log.IncidentReopened: _reopened,
    log.FigureTyped: _figure,
    log.PlaybookAdded: _playbook_added,
    log.PlaybookBroughtIn: _brought_in,
    log.ClockStarted: _clock_started,
    log.ClockDismissed: _clock_dismissed,
    log.ClockSubmitted: _clock_submitted,
    log.ClockRestated: _clock_restated,
    log.HoldSet: _hold_set,
    log.HoldReleased: _hold_released,
    log.StatementDrafted: word_folds.drafted,
    log.StatementSubmitted: word_folds.submitted,
    log.StatementApproved: word_folds.approved,
    log.ChangesAsked: word_folds.changes_asked,
    log.StatementPublished: word_folds.published,
    log.StatementWithdrawn: word_folds.withdrawn,
    log.ClaimAdded: word_folds.claim_added,
    log.ClaimJudged: word_folds.claim_judged,
    log.QueueFrozen: _frozen,
    log.QueueReleased: _released,
    log.EnquiryLogged: _asked,
    log.EnquiryAnswered: _answered,
    log.SilenceChosen: _silent,
    **dict.fromkeys(
        (
            log.KeyMomentMarked, log.FindingWritten, log.FindingWithdrawn, log.ObjectiveRated, log.FollowUpAdded,
            log.FollowUpChanged, log.ParagraphWritten, log.SummarySigned,
        ),
        _reviewed,
    ),
}  # fmt: skip
