"""What each kind of entry is, said in a short sentence: the one table for every screen and export."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.runbook import said
from crisisdesk.domain.severity import FIGURES, number
from crisisdesk.domain.times import full, instant


class Naming(NamedTuple):
    """What the sentences name things by."""

    state: Incident
    steps: Mapping[str, str]
    tz: tzinfo

    def step(self, step: str) -> str:
        """Return a step's title, or its id."""
        return self.steps.get(step, step)

    def role(self, role: str) -> str:
        """Return a role's title, or its id."""
        known = self.state.policy.roles.get(role)
        return known.title if known else role

    def time(self, moment: str) -> str:
        """Return a stored instant as people read it, with its zone."""
        return full(instant(moment), self.tz)


def title_of(event: log.Event | log.UnknownKind, naming: Naming) -> str:
    """Say in a short sentence what an entry is, without the words people wrote in it."""
    if isinstance(event, log.UnknownKind):
        return f"An entry of a newer version ({event.kind})"
    make = _TITLES.get(type(event))
    return make(event, naming) if make else log.KIND_OF[type(event)].replace("-", " ").capitalize()


def _severity(event: log.SeveritySet, _: Naming) -> str:
    advised = f"; {event.recommended} was recommended" if event.recommended not in (event.level, "") else ""
    if event.level == event.previous:
        return f"Severity {event.level} confirmed{advised}"
    return f"Severity set to {event.level} (was {event.previous}{advised})"


def _role_taken(event: log.RoleTaken, naming: Naming) -> str:
    if event.acting:
        return f"{naming.role(event.role)}, acting: {event.person}"
    if event.handover:
        return f"{naming.role(event.role)} accepted by {event.person}, handed over by {event.previous or 'nobody'} in #{event.handover}"
    return f"{naming.role(event.role)} is now {event.person}" + (
        f" (was {event.previous})" if event.previous else ""
    )


def _decision(event: log.DecisionMade, naming: Naming) -> str:
    return f"Decided: {naming.step(event.step)}" + (f": {event.option}" if event.option else "")


def _evidence(event: log.EvidenceAttached, naming: Naming) -> str:
    what = (
        f"File attached ({event.size:,} bytes, SHA-256 {event.sha256})" if event.sha256 else "Link attached"
    )
    return what + (f" to: {naming.step(event.step)}" if event.step else "")


def _told(event: log.PersonTold, naming: Naming) -> str:
    what = "Somebody told, reached" if event.reached else "Tried to tell somebody, not reached"
    return what + (f": {naming.step(event.step)}" if event.step else "")


def _correction(event: log.EntryCorrected, naming: Naming) -> str:
    moved = f": it happened {naming.time(event.happened_at)}" if event.happened_at else ""
    right = "" if event.value is None else f": the figure is {number(event.value)}"
    return f"Correction of #{event.corrects}{right}{moved}"


def _audience(internal: bool) -> str:  # noqa: FBT001 - as the entry keeps it
    return "Internal" if internal else "Public"


def _update_sent(event: log.UpdateSent, naming: Naming) -> str:
    answer = f", as promised in #{event.kept}" if event.kept else ""
    following = f"; the next promised for {naming.time(event.next_at)}" if event.next_at else ""
    return f"{_audience(event.internal)} update sent{answer}{following}"


def _clock(event: Any, naming: Naming) -> str:
    known = naming.state.policy.clocks.get(event.clock)
    return known.title if known else event.clock


def _clock_started(event: log.ClockStarted, naming: Naming) -> str:
    due = f", due {naming.time(event.due_at)}" if event.due_at else ", without a number of hours"
    return f"Clock started: {_clock(event, naming)}, counted from {naming.time(event.anchor_at)}{due}"


def _clock_restated(event: log.ClockRestated, naming: Naming) -> str:
    due = f", due {naming.time(event.due_at)}" if event.due_at else ""
    return f"Clock restated: {_clock(event, naming)}, now counted from {naming.time(event.anchor_at)}{due}"


def _step_done(event: log.StepDone, naming: Naming) -> str:
    confirmed = f", confirmed by {event.confirmed_by}" if event.confirmed_by else ""
    ratify = f"; published first, to be approved by {naming.time(event.ratify_by)}" if event.ratify_by else ""
    return f"Step done: {naming.step(event.step)}{confirmed}{ratify}"


def _approved(event: log.StepApproved, naming: Naming) -> str:
    option = f": {event.option}" if event.option else ""
    return f"Approved as {naming.role(event.role)}: {naming.step(event.step)}{option}"


def _figure(event: log.FigureTyped, _: Naming) -> str:
    return f"Figure: {number(event.value)} {FIGURES.get(event.figure, event.figure)}"


def _added(event: log.PlaybookAdded, _: Naming) -> str:
    shared = f", {len(event.shared)} steps shared" if event.shared else ""
    return f"Playbook laid on top: {event.playbook_name}, {len(event.shown)} steps{shared}"


def _brought_in(event: log.PlaybookBroughtIn, _: Naming) -> str:
    return f"Changed files of {event.playbook_name} brought in, with the policy"


def _signal_settled(event: log.SignalSettled, _: Naming) -> str:
    into = (
        f" as {event.incident}"
        if event.outcome == "declared"
        else f" into {event.incident}"
        if event.incident
        else ""
    )
    return f"Signal #{event.signal} {event.outcome}{into}"


def _variant(event: Any) -> str:
    return f"{event.statement} for {event.channel}" + (f" in {event.language}" if event.language else "")


def _drafted(event: log.StatementDrafted, _: Naming) -> str:
    blanks = f", blanks: {', '.join(event.holes)}" if event.holes else ""
    return f"Drafted: {_variant(event)}, version {event.version} ({event.text_hash[:8]}){blanks}"


def _statement_approved(event: log.StatementApproved, naming: Naming) -> str:
    standing_in = f", {naming.role(event.stand_in)} standing in" if event.stand_in else ""
    return f"Approved as {naming.role(event.role)}{standing_in}: {_variant(event)} ({event.text_hash[:8]})"


def _published(event: log.StatementPublished, naming: Naming) -> str:
    ratify = f"; to be approved by {naming.time(event.ratify_by)}" if event.ratify_by else ""
    return f"Published: {_variant(event)} ({event.text_hash[:8]}){ratify}"


def _frozen(event: log.QueueFrozen, _: Naming) -> str:
    held = "" if event.held < 0 else f", {event.held} {'post' if event.held == 1 else 'posts'} held"
    return f"Queue frozen: {event.queue} on {event.account}{held}"


def _open_steps(count: int) -> str:
    return "" if not count else f", {count} {'step' if count == 1 else 'steps'} open"


def _closed(event: log.IncidentClosed, _: Naming) -> str:
    twin = f" as a duplicate of {event.duplicate_of}" if event.duplicate_of else ""
    return f"Closed{twin}{_open_steps(event.open_steps)}"


def _finding(event: log.FindingWritten, _: Naming) -> str:
    return f"Finding, {event.sort}{_about(event.about)}"


def _rated(event: log.ObjectiveRated, naming: Naming) -> str:
    phase = next((one.title for one in naming.state.phases if one.id == event.phase), event.phase)
    return f"Objective rated {event.rating}: {phase}"


def _follow_up(event: log.FollowUpAdded, naming: Naming) -> str:
    return f"Follow-up for {event.owner}, due {naming.time(event.due_at)}{_about(event.about)}"


def _follow_up_changed(event: log.FollowUpChanged, naming: Naming) -> str:
    due = f", due {naming.time(event.due_at)}" if event.due_at else ""
    return (
        f"Follow-up #{event.follow_up}: {event.standing}{f', now {event.owner}' if event.owner else ''}{due}"
    )


def _about(seqs: Sequence[int]) -> str:
    return f" (see {', '.join(f'#{seq}' for seq in seqs)})" if seqs else ""


_TITLES: dict[type, Callable[[Any, Naming], str]] = {
    log.IncidentBorn: lambda e, _: f"{e.label} begun at this desk",
    log.IncidentDeclared: lambda e, _: f"Incident declared: {e.severity}{'' if e.confirmed else ', not confirmed yet'}",
    log.FactAnswered: lambda e, _: f"Fact {e.fact}: {said(e.value)}",
    log.SeveritySet: _severity,
    log.RoleTaken: _role_taken,
    log.RoleReleased: lambda e, n: f"{n.role(e.role)} given up by {e.person}",
    log.HandoverOffered: lambda e, n: f"{n.role(e.role)} offered by {e.person} to {e.to}, to be accepted",
    log.RelayConfirmed: lambda e, _: f"Relayed word in #{e.entry} confirmed by the person themselves",
    log.ClaimAdded: lambda e, _: f"Claim on the fact sheet: {e.standing}",
    log.ClaimJudged: lambda e, _: f"Claim #{e.claim}: {e.standing}",
    log.StepStarted: lambda e, n: f"Step started: {n.step(e.step)}",
    log.StepDone: _step_done,
    log.StepSkipped: lambda e, n: f"Step skipped: {n.step(e.step)}",
    log.StepBlocked: lambda e, n: f"Step blocked: {n.step(e.step)}",
    log.StepUnblocked: lambda e, n: f"Step can go on: {n.step(e.step)}",
    log.StepReopened: lambda e, n: f"Step opened again: {n.step(e.step)}",
    log.StepAssigned: lambda e, n: f"Step given to {e.owner}: {n.step(e.step)}",
    log.StepAdded: lambda e, n: f"Step added: {n.step(e.step)}",
    log.DecisionMade: _decision,
    log.NoteLogged: lambda e, n: f"Note on: {n.step(e.step)}" if e.step else "Note",
    log.EvidenceAttached: _evidence,
    log.PersonTold: _told,
    log.EntryCorrected: _correction,
    log.UpdatePromised: lambda e, n: f"{_audience(e.internal)} update promised for {n.time(e.due_at)}",
    log.UpdateSent: _update_sent,
    log.StoodDown: lambda e, _: f"Stood down{_open_steps(e.open_steps)}",
    log.IncidentClosed: _closed,
    log.IncidentReopened: lambda _, __: "Opened again",
    log.StepApproved: _approved,
    log.StatementDrafted: _drafted,
    log.StatementSubmitted: lambda e, n: f"Submitted to {', '.join(e.approvers)}: {_variant(e)}" + (f", until {n.time(e.due_at)}" if e.due_at else ""),
    log.StatementApproved: _statement_approved,
    log.ChangesAsked: lambda e, _: f"Changes asked: {_variant(e)} ({e.text_hash[:8]})",
    log.StatementPublished: _published,
    log.StatementWithdrawn: lambda e, _: f"Withdrawn: {_variant(e)}",
    log.QueueFrozen: _frozen,
    log.QueueReleased: lambda e, _: f"Queue released, {e.outcome}: {e.queue} on {e.account}",
    log.EnquiryLogged: lambda e, n: "Enquiry" + (f", answer wanted by {n.time(e.due_at)}" if e.due_at else ""),
    log.EnquiryAnswered: lambda e, _: f"Enquiry #{e.enquiry} answered",
    log.KeyMomentMarked: lambda e, _: f"#{e.entry} is {'a key moment' if e.marked else 'no longer a key moment'}",
    log.FindingWritten: _finding,
    log.FindingWithdrawn: lambda e, _: f"Finding #{e.finding} no longer stands",
    log.ObjectiveRated: _rated,
    log.FollowUpAdded: _follow_up,
    log.FollowUpChanged: _follow_up_changed,
    log.ParagraphWritten: lambda _, __: "Opening paragraph written",
    log.SummarySigned: lambda e, _: f"Summary signed as {e.role}, version {e.version}, up to #{e.upto} ({e.sha256[:8]})",
    log.SilenceChosen: lambda e, n: f"Decided to say nothing for now; to be looked at again {n.time(e.revisit_at)}",
    log.SensitivityRaised: lambda e, _: f"#{e.entry} is kept closer: {e.level}",
    log.FigureTyped: _figure,
    log.PlaybookAdded: _added,
    log.PlaybookBroughtIn: _brought_in,
    log.ClockStarted: _clock_started,
    log.ClockDismissed: lambda e, n: f"Clock dismissed as not applicable: {_clock(e, n)}",
    log.ClockSubmitted: lambda e, n: f"Clock submitted: {_clock(e, n)}",
    log.ClockRestated: _clock_restated,
    log.HoldSet: lambda _, __: "Legal hold set: nothing concerned is deleted",
    log.HoldReleased: lambda _, __: "Legal hold released",
    log.SignalNoticed: lambda _, __: "Signal handed to the desk",
    log.SignalSettled: _signal_settled,
}  # fmt: skip
