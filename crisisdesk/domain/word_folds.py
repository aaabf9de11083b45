"""How the entries of what we say change an incident: drafts, approvals of exactly one text, publications."""

from crisisdesk.domain import entries as log
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Approval, Draft, Incident, statement_key
from crisisdesk.domain.step_folds import doer, spoke
from crisisdesk.domain.text import same_name

_Said = (
    log.StatementSubmitted | log.StatementApproved | log.ChangesAsked | log.StatementPublished | log.StatementWithdrawn
)  # fmt: skip


def drafted(state: Incident, event: log.StatementDrafted, entry: Entry) -> Incident:
    """Put a new version in the place of the one before: nothing that was said of that passes on."""
    new = Draft(
        event.statement, event.channel, event.language, event.version, event.text_hash, doer(entry), entry.seq,
        event.holes, event.length, event.cleared,
    )  # fmt: skip
    before = state.statements.get(statement_key(event.statement, event.channel, event.language))
    if before:  # what is out stays out until another version takes its place
        new = new._replace(out_version=before.out_version, out_deviation=before.out_deviation)
    return _kept(state, new)


def submitted(state: Incident, event: log.StatementSubmitted, entry: Entry) -> Incident:
    """Keep when a version was put before its approvers, and until when."""
    return _changed(state, event, submitted_at=entry.header.occurred_at, due_at=event.due_at)


def approved(state: Incident, event: log.StatementApproved, entry: Entry) -> Incident:
    """Keep an approval of exactly this version under its role."""
    known = state.statements.get(statement_key(event.statement, event.channel, event.language))
    if known is None or known.text_hash != event.text_hash:
        return state
    approval = Approval(doer(entry), entry.seq, "", bool(entry.header.on_behalf_of))
    return _kept(state, known._replace(approvals={**known.approvals, event.role: approval}))


def changes_asked(state: Incident, event: log.ChangesAsked, entry: Entry) -> Incident:
    """Keep that somebody wants this version changed; what they approved of it before is theirs no longer."""
    known = state.statements.get(statement_key(event.statement, event.channel, event.language))
    kept = known.approvals if known else {}
    left = {role: one for role, one in kept.items() if not same_name(one.person, doer(entry))}
    return _changed(state, event, changes_asked=entry.seq, approvals=left)


def published(state: Incident, event: log.StatementPublished, entry: Entry) -> Incident:
    """Keep when a version went out: a public word was said."""
    known = state.statements.get(statement_key(event.statement, event.channel, event.language))
    state = _changed(
        state, event, published_at=entry.header.occurred_at, deviation=event.deviation, ratify_by=event.ratify_by,
        out_version=known.version if known else 0, out_deviation=event.deviation, withdrawn_at="",
    )  # fmt: skip
    return spoke(state._replace(silence=""), entry)


def withdrawn(state: Incident, event: log.StatementWithdrawn, entry: Entry) -> Incident:
    """Keep when what was published was taken back."""
    return _changed(state, event, withdrawn_at=entry.header.occurred_at, out_version=0, out_deviation="")


def relay_confirmed(state: Incident, event: log.RelayConfirmed, entry: Entry) -> Incident:
    """Mark an approval that was relayed as confirmed by the person themselves."""
    for draft in state.statements.values():
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


def _changed(state: Incident, event: _Said, **changes: object) -> Incident:
    known = state.statements.get(statement_key(event.statement, event.channel, event.language))
    if known is None or getattr(event, "text_hash", known.text_hash) != known.text_hash:
        return state
    return _kept(state, known._replace(**changes))  # type: ignore[arg-type]  # field names are checked by the tests of every fold


def _kept(state: Incident, draft: Draft) -> Incident:
    key = statement_key(draft.statement, draft.channel, draft.language)
    return state._replace(statements={**state.statements, key: draft})
