"""Statements: drafted, submitted, approved for exactly one text, published by a person, withdrawn."""

from crisisdesk.domain.approvals import ratification
from crisisdesk.domain.deadlines import due_at, parse_within
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import (
    ChangesAsked,
    StatementApproved,
    StatementDrafted,
    StatementPublished,
    StatementSubmitted,
    StatementWithdrawn,
)
from crisisdesk.domain.incident import LEAD, Draft, Incident, StepState, statement_key
from crisisdesk.domain.intents import (
    Act,
    ApproveStatement,
    AskChanges,
    DraftStatement,
    PublishStatement,
    SubmitStatement,
    WithdrawStatement,
)
from crisisdesk.domain.playbook import Statement
from crisisdesk.domain.runbook import calendar
from crisisdesk.domain.statements import (
    SHORT,
    approvers_of,
    fill,
    is_version,
    lacking,
    length_on,
    nobody_answered,
    prepared,
    stand_in_for,
    time_to_approve,
    too_long,
    version_hash,
    words_for,
)
from crisisdesk.domain.text import nearest, same_name, storable
from crisisdesk.domain.times import stamp

FALLBACK = "cleared words, nobody answered in time"
"""The deviation by which the lead may let words out that were cleared beforehand, when approvers and stand-ins are silent."""

_SAY_SO = 'If it is out already, say so: --already --because "…" (kept as a deviation).'


def draft(state: Incident, intent: DraftStatement, act: Act) -> Ruling:
    """Write a version: words of one's own, or the playbook's with their blanks filled."""
    if refusal := _place(state, intent):
        return refusal
    own = prepared(state, intent.source or intent.statement)
    if not intent.text.strip() and own is None:
        known = [name for playbook in state.playbooks for name in playbook.statements]
        return Refused(
            f"The playbook has no statement '{intent.source or intent.statement}'.",
            f"It has: {', '.join(known)}. Or give the text.",
        )
    text = (
        intent.text if intent.text.strip() else words_for(own, intent.channel, intent.language) if own else ""
    )
    filled, holes = fill(text, state, intent.channel, intent.values, act.now)
    before = state.statements.get(statement_key(intent.statement, intent.channel, intent.language))
    event = StatementDrafted(
        statement=intent.statement,
        channel=intent.channel,
        language=intent.language,
        version=before.version + 1 if before else 1,
        text_hash=version_hash(state.stream, intent.statement, intent.channel, intent.language, filled),
        holes=holes,
        length=length_on(state, intent.channel, filled),
        cleared=_cleared(state, intent, before, own),
    )
    if before and before.text_hash == event.text_hash:
        return Refused(f"These are the words of version {before.version} already.")
    return (Proposed(event, {"text": filled}),)


def _cleared(state: Incident, intent: DraftStatement, before: Draft | None, own: Statement | None) -> bool:
    """Tell whether these are words cleared beforehand: the playbook's, or the version before with only its blanks filled."""
    if not intent.text.strip():
        return own is not None and own.pre_cleared not in ("", "not yet")
    place = (state.stream, intent.statement, intent.channel, intent.language)
    return before is not None and before.cleared and version_hash(*place, intent.text) == before.text_hash


def _place(state: Incident, intent: DraftStatement) -> Refused | None:
    if (
        not intent.statement.strip()
        or not storable(intent.statement + intent.language)
        or "|" in intent.statement
    ):
        return Refused("A statement needs a short name.", "Such as: holding")
    if intent.channel not in state.policy.channels:
        near = nearest(intent.channel, state.policy.channels)
        known = f"Channels are: {', '.join(state.policy.channels)}."
        return Refused(
            f"The policy has no channel '{intent.channel}'.", f"Did you mean '{near}'?" if near else known
        )
    return None


def submit(state: Incident, intent: SubmitStatement, act: Act) -> Ruling:
    """Put drafts before all their approvers at once; each has the policy's time."""
    found = _drafts(state, intent.statement, intent.channel, intent.language)
    if isinstance(found, Refused):
        return found
    for one in found:
        if refusal := _not_ready(state, one):
            return refusal
    limit = parse_within(time_to_approve(state))
    due = stamp(due_at(limit, act.moment, 1, calendar(state.policy, state.facts))) if limit else ""
    return tuple(
        Proposed(
            StatementSubmitted(
                one.statement, one.channel, one.language, one.text_hash, approvers_of(state, one), due
            )
        )
        for one in found
    )


def approve(state: Incident, intent: ApproveStatement, act: Act) -> Ruling:
    """Approve the versions named, and no others: in a role that is asked for, never one's own words."""
    found = _versions(state, intent)
    if isinstance(found, Refused):
        return found
    proposed = []
    for one in found:
        found_role = _role(state, one, act)
        if isinstance(found_role, Refused):
            return found_role
        role, stand_in = found_role
        event = StatementApproved(one.statement, one.channel, one.language, one.text_hash, role, stand_in)
        proposed.append(Proposed(event, words(because=intent.because.strip())))
    return tuple(proposed)


def _role(state: Incident, one: Draft, act: Act) -> tuple[str, str] | Refused:
    """Return the role somebody approves in, and the one in which they stand in for it once its time has passed."""
    named = _named(one)
    if same_name(one.author, act.person) or (act.on_behalf_of and same_name(one.author, act.on_behalf_of)):
        return Refused(
            f"{act.person} wrote {named}, and nobody approves their own words.",
            "Ask another holder, or the stand-in.",
        )
    wanted = approvers_of(state, one)
    held = [role for role in wanted if same_name(state.holder(role), act.person)]
    if not held:
        for role in lacking(state, one):
            stand_in = stand_in_for(state, one, role, act.moment)
            if stand_in and same_name(state.holder(stand_in), act.person):
                return role, stand_in
        who = ", ".join(f"{role} ({state.holder(role) or 'nobody yet'})" for role in wanted)
        return Refused(
            f"{act.person} holds none of the roles that approve {named}: {who or 'none is needed'}."
        )
    left = [role for role in held if role in lacking(state, one)]
    return (left[0], "") if left else Refused(f"{act.person} has approved {named} already.")


def ask_changes(state: Incident, intent: AskChanges, act: Act) -> Ruling:
    """Ask for changes, with the reason; the version stays, and a new one is approved anew."""
    found = _versions(state, intent)
    if isinstance(found, Refused):
        return found
    if not intent.because.strip():
        return Refused("What should change?", 'Say it: --because "…"')
    role = next(
        (role for role in approvers_of(state, found[0]) if same_name(state.holder(role), act.person)), ""
    )
    return tuple(
        Proposed(
            ChangesAsked(one.statement, one.channel, one.language, one.text_hash, role),
            words(because=intent.because.strip()),
        )
        for one in found
    )


def publish(state: Incident, intent: PublishStatement, act: Act) -> Ruling:
    """Log that a version went out; the desk itself never posts. Past a rule it is a deviation, openly."""
    found = _drafts(state, intent.statement, intent.channel, intent.language)
    if isinstance(found, Refused):
        return found
    if len(found) > 1:
        return Refused("Which one went out?", f"Add --channel: {', '.join(one.channel for one in found)}.")
    one = found[0]
    passed = _rules_passed(state, one, intent, act)
    if passed and not (intent.already and intent.because.strip()) and not _fallback(passed, intent):
        return passed[0][1]
    went_out = intent.text if intent.text.strip() else ""
    event = StatementPublished(
        one.statement,
        one.channel,
        one.language,
        one.text_hash,
        ", ".join(name for name, _ in passed),
        _ratify_by(state, one, act) if not passed else "",
    )
    return (Proposed(event, words(link=intent.link.strip(), because=intent.because.strip(), text=went_out)),)


def _fallback(passed: list[tuple[str, Refused]], intent: PublishStatement) -> bool:
    """Tell whether the only rule passed is the lead's own way out, and the reason is given."""
    return [name for name, _ in passed] == [FALLBACK] and bool(intent.because.strip())


def _ratify_by(state: Incident, one: Draft, act: Act) -> str:
    """Return until when approvals must follow words that a step lets out first."""
    if not lacking(state, one):
        return ""
    for known in state.steps.values():
        within = ratification(known)
        if within and known.applies and _says_it(known, one):
            return stamp(due_at(within, act.moment, 1, calendar(state.policy, state.facts)))
    return ""


def _rules_passed(
    state: Incident, one: Draft, intent: PublishStatement, act: Act
) -> list[tuple[str, Refused]]:
    """Return every rule that this version's going out would pass over: its name in the log, and the refusal."""
    named, passed = _named(one), []
    if not is_version(one, intent.version):
        text = (
            f"The newest is {named}." if intent.version else f"Which version went out? The newest is {named}."
        )
        passed.append(
            ("another version", Refused(text, f"Name it: --version {one.text_hash[:SHORT]}. {_SAY_SO}"))
        )
    if one.out_version == one.version:
        text = f"{named} is published already."
        passed.append(
            ("published again", Refused(text, f"A link to add: crisisdesk note {state.label}. {_SAY_SO}"))
        )
    if one.holes:
        text = f"{named} has blanks: {', '.join(one.holes)}."
        passed.append(("with blanks", Refused(text, f"Fill them with a new draft. {_SAY_SO}")))
    if too_long(state, one):
        text = f"{named} has {one.length}; {one.channel} takes {state.policy.channels[one.channel].limit}."
        passed.append(("too long", Refused(text, f"Shorten it. {_SAY_SO}")))
    bound = version_hash(state.stream, one.statement, one.channel, one.language, intent.text)
    if intent.text.strip() and bound != one.text_hash:
        text = f"These are not the words of {named}."
        passed.append(("other words", Refused(text, f"Draft them, and have them approved. {_SAY_SO}")))
    if state.hold and _protected(state, one):
        text = f"A legal hold is on, and {named} waits until legal releases it."
        passed.append(("under legal hold", Refused(text, _SAY_SO)))
    return passed + _unapproved(state, one, act)


def _unapproved(state: Incident, one: Draft, act: Act) -> list[tuple[str, Refused]]:
    """Return that approvals are missing, unless a step lets these words out first; the lead has one way out."""
    roles = lacking(state, one)
    if not roles or _goes_first(state, one):
        return []
    text = f"{_named(one)} is not approved by {' and '.join(roles)}."
    if one.cleared and nobody_answered(state, one, act.moment) and same_name(state.holder(LEAD), act.person):
        remedy = (
            'Nobody answered in time: as incident lead you may let these cleared words out. Add --because "…"'
        )
        return [(FALLBACK, Refused(text, remedy))]
    remedy = f"They approve with: crisisdesk statement approve {state.label} {one.statement} --version {one.text_hash[:SHORT]}"
    return [("not approved", Refused(text, f"{remedy}. {_SAY_SO}"))]


def _protected(state: Incident, one: Draft) -> bool:
    """Tell whether a step that says these words waits under a legal hold."""
    return any(
        known.applies and known.step.protects and _says_it(known, one) for known in state.steps.values()
    )


def _goes_first(state: Incident, one: Draft) -> bool:
    """Tell whether a step lets these words out first and has them approved after."""
    return any(
        known.applies and known.step.publish_first and _says_it(known, one) for known in state.steps.values()
    )


def _says_it(known: StepState, one: Draft) -> bool:
    return bool(known.step.statement) and one.statement in (
        known.step.statement,
        known.step.statement.rpartition("/")[2],
    )


def withdraw(state: Incident, intent: WithdrawStatement, _: Act) -> Ruling:
    """Log that what was published was taken back; its history stays."""
    found = _drafts(state, intent.statement, intent.channel, intent.language)
    if isinstance(found, Refused):
        return found
    out = [one for one in found if one.out_version]
    if not out:
        return Refused(f"'{intent.statement}' is not published.")
    if not intent.because.strip():
        return Refused("Why is it withdrawn?", 'Add the reason: --because "…"')
    said = words(because=intent.because.strip(), link=intent.link.strip())
    return tuple(Proposed(StatementWithdrawn(one.statement, one.channel, one.language), said) for one in out)


def _drafts(state: Incident, statement: str, channel: str, language: str) -> list[Draft] | Refused:
    known = [one for one in state.statements.values() if one.statement == statement]
    found = [
        one for one in known if channel in ("", one.channel) and (not language or language == one.language)
    ]
    if found:
        return found
    names = dict.fromkeys(one.statement for one in state.statements.values())
    near = nearest(statement, names)
    hint = (
        f"Did you mean '{near}'?"
        if near and near != statement
        else f"Draft it: crisisdesk statement draft {state.label} {statement} --channel x"
    )
    return Refused(
        f"There is no draft of '{statement}'" + (f" for {channel}." if channel and known else "."), hint
    )


def _versions(state: Incident, intent: ApproveStatement | AskChanges) -> list[Draft] | Refused:
    """Return the newest drafts that the versions name; an older one is stale, and refused by name."""
    drafts = _drafts(state, intent.statement, intent.channel, intent.language)
    if isinstance(drafts, Refused):
        return drafts
    if not intent.versions:
        newest = "; ".join(f"{one.channel}: {one.text_hash[:SHORT]}" for one in drafts)
        return Refused(
            "Which version was read?", f"Name each by the beginning of its hash: --version {newest}"
        )
    found = []
    for version in intent.versions:
        match = [one for one in drafts if is_version(one, version)]
        if len(match) != 1:
            newest = "; ".join(_named(one) for one in drafts)
            text = f"'{version}' is not the newest version of '{intent.statement}'."
            if match:
                text = f"'{version}' is the newest version of '{intent.statement}' for {' and '.join(one.channel for one in match)}."
            return Refused(
                text,
                f"Newest: {newest}. Name each by its hash; read it again: crisisdesk statement show {state.label} {intent.statement}",
            )
        found.append(match[0])
    return found


def _not_ready(state: Incident, one: Draft) -> Refused | None:
    if one.holes:
        return Refused(
            f"{_named(one)} has blanks: {', '.join(one.holes)}.",
            'Fill them with a new draft: --value "name=words".',
        )
    if too_long(state, one):
        limit = state.policy.channels[one.channel].limit
        return Refused(
            f"{_named(one)} has {one.length}; {one.channel} takes {limit}.", "Shorten it with a new draft."
        )
    if one.published_at:
        return Refused(f"{_named(one)} is published already.")
    return None


def _named(one: Draft) -> str:
    language = f" in {one.language}" if one.language else ""
    return f"'{one.statement}' for {one.channel}{language}, version {one.version} ({one.text_hash[:SHORT]})"
