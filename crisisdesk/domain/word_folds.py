"""How the entries of what we say change an incident: drafts, approvals of exactly one text, publications."""

from crisisdesk.domain import entries as log
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Approval, Draft, Incident, statement_key
from crisisdesk.domain.step_folds import doer, spoke
from crisisdesk.domain.text import same_name

_Said = (
    log.StatementSubmitted | log.StatementApproved | log.ChangesAsked | log.StatementPublished
)  # fmt: skip


def drafted(state: Incident, event: log.StatementDrafted, entry: Entry) -> Incident:
    """Add a new version: nothing that was said of the one before passes on to it."""
    place = statement_key(event.statement, event.channel, event.language)
    before = state.versions.get(place, ())
    same = [name for one in before if one.text_hash == event.text_hash for name in one.authors]
    new = Draft(
        event.statement, event.channel, event.language, event.version, event.text_hash, doer(entry), entry.seq,
        event.holes, event.length, event.cleared, written_at=entry.header.occurred_at, source=event.source,
        authors=tuple(dict.fromkeys((doer(entry), entry.header.author, *same))),
    )  # fmt: skip
    return state._replace(versions={**state.versions, place: (*before, new)})


def submitted(state: Incident, event: log.StatementSubmitted, entry: Entry) -> Incident:
    """Keep when a version was put before its approvers, and until when."""
    return _changed(state, event, submitted_at=entry.header.occurred_at, due_at=event.due_at)


def approved(state: Incident, event: log.StatementApproved, entry: Entry) -> Incident:
    """Keep an approval of exactly this version under its role."""
    known = _named(state, event)
    header = entry.header
    approval = Approval(doer(entry), entry.seq, "", bool(header.on_behalf_of), at=header.occurred_at)
    return _changed(state, event, approvals={**known.approvals, event.role: approval}) if known else state


def changes_asked(state: Incident, event: log.ChangesAsked, entry: Entry) -> Incident:
    """Keep that somebody wants this version changed; what they approved of it before is theirs no longer."""
    known = _named(state, event)
    kept = known.approvals if known else {}
    left = {role: one for role, one in kept.items() if not same_name(one.person, doer(entry))}
    return _changed(state, event, changes_asked=entry.seq, approvals=left)


def published(state: Incident, event: log.StatementPublished, entry: Entry) -> Incident:
    """Keep when a version went out, in the place of whatever was out there: a public word was said."""
    place = statement_key(event.statement, event.channel, event.language)
    known = _named(state, event)
    if known:
        others = tuple(one._replace(is_out=False) for one in state.versions[place])
        state = state._replace(versions={**state.versions, place: others})
        state = _changed(
            state, event, published_at=entry.header.occurred_at, deviation=event.deviation, ratify_by=event.ratify_by,
            withdrawn_at="", is_out=True, published=entry.seq,
        )  # fmt: skip
    return spoke(state._replace(silence=""), entry)


def withdrawn(state: Incident, event: log.StatementWithdrawn, entry: Entry) -> Incident:
    """Keep when what was out was taken back."""
    place = statement_key(event.statement, event.channel, event.language)
    left = tuple(
        one._replace(withdrawn_at=entry.header.occurred_at, is_out=False) if one.is_out else one
        for one in state.versions.get(place, ())
    )
    return state._replace(versions={**state.versions, place: left})


def corrected(state: Incident, event: log.EntryCorrected) -> Incident:
    """Move when a version went out, or was approved, to its corrected time."""
    for versions in state.versions.values():
        for one in versions:
            if one.published == event.corrects:
                return _kept(state, one._replace(published_at=event.happened_at))
            for role, approval in one.approvals.items():
                if approval.seq == event.corrects:
                    moved = {**one.approvals, role: approval._replace(at=event.happened_at)}
                    return _kept(state, one._replace(approvals=moved))
    return state


def relay_confirmed(state: Incident, event: log.RelayConfirmed, entry: Entry) -> Incident:
    """Mark an approval that was relayed as confirmed by the person themselves."""
    for versions in state.versions.values():
        for draft in versions:
            for role, approval in draft.approvals.items():
                if approval.seq == event.entry:
                    marked = {**draft.approvals, role: approval._replace(confirmed=entry.seq)}
                    return _kept(state, draft._replace(approvals=marked))
    return state


def claim_added(state: Incident, event: log.ClaimAdded, entry: Entry) -> Incident:
    """Put a claim on the fact sheet."""
    return state._replace(claims={**state.claims, entry.seq: event.standing})


def claim_judged(state: Incident, event: log.ClaimJudged, _: Entry) -> Incident:
    """Change a claim's standing, or take it off the sheet."""
    claims = {**state.claims, event.claim: event.standing}
    if event.standing == "retracted":
        del claims[event.claim]
    return state._replace(claims=claims)


def _named(state: Incident, event: _Said) -> Draft | None:
    """Return the version an entry is about: that of its number, or of an older program the newest with its hash."""
    place = statement_key(event.statement, event.channel, event.language)
    found = [
        one
        for one in state.versions.get(place, ())
        if one.text_hash == event.text_hash and event.version in (0, one.version)
    ]
    return found[-1] if found else None


def _changed(state: Incident, event: _Said, **changes: object) -> Incident:
    known = _named(state, event)
    return _kept(state, known._replace(**changes)) if known else state  # type: ignore[arg-type]  # field names are checked by the tests of every fold


def _kept(state: Incident, draft: Draft) -> Incident:
    place = statement_key(draft.statement, draft.channel, draft.language)
    versions = tuple(draft if one.seq == draft.seq else one for one in state.versions[place])
    return state._replace(versions={**state.versions, place: versions})
