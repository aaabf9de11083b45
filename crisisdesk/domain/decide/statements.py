"""Statements: drafted, submitted, approved for exactly one text, published by a person, withdrawn."""

from crisisdesk.domain.deadlines import due_at, parse_within
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.decide.versions import drafts_named, version_named
from crisisdesk.domain.entries import (
    ChangesAsked,
    StatementApproved,
    StatementDrafted,
    StatementSubmitted,
)
from crisisdesk.domain.incident import Draft, Incident, statement_key
from crisisdesk.domain.intents import (
    Act,
    ApproveStatement,
    AskChanges,
    DraftStatement,
    SubmitStatement,
)
from crisisdesk.domain.playbook import Statement
from crisisdesk.domain.runbook import calendar
from crisisdesk.domain.statements import (
    SHORT,
    approvers_of,
    current,
    fill,
    is_version,
    lacking,
    length_on,
    prepared,
    stand_in_for,
    time_to_approve,
    too_long,
    version_hash,
    words_for,
)
from crisisdesk.domain.text import looks_like, nearest, same_name, shown, storable
from crisisdesk.domain.times import stamp


def draft(state: Incident, intent: DraftStatement, act: Act) -> Ruling:
    """Write a version: words of one's own, or the playbook's with their blanks filled."""
    if refusal := _place(state, intent):
        return refusal
    name = _known_name(state, intent.statement, act)
    if isinstance(name, Refused):
        return name
    intent = intent._replace(statement=name)
    own = prepared(state, intent.source or name)
    if not intent.text.strip() and own is None:
        known = [name for playbook in state.playbooks for name in playbook.statements]
        return Refused(
            f"The playbook has no statement '{intent.source or name}'.",
            f"It has: {', '.join(known)}. Or give the text.",
        )
    before = state.statements.get(statement_key(name, intent.channel, intent.language))
    if before and intent.base and before.text_hash != intent.base:
        return Refused(
            f"Meanwhile {before.author} wrote version {before.version}; yours was made from an earlier one.",
            f"Read it: crisisdesk statement show {state.label} {name}. Save again to put your words in its place.",
        )
    text = (
        intent.text if intent.text.strip() else words_for(own, intent.channel, intent.language) if own else ""
    )
    filled, holes = fill(text, state, intent.channel, intent.values, act.now)
    event = StatementDrafted(
        statement=name,
        channel=intent.channel,
        language=intent.language,
        version=before.version + 1 if before else 1,
        text_hash=version_hash(state.stream, name, intent.channel, intent.language, filled),
        holes=holes,
        length=length_on(state, intent.channel, filled),
        cleared=_cleared(state, intent, before, own),
        source=_source(intent, before),
    )
    if before and before.text_hash == event.text_hash:
        return Refused(f"These are the words of version {before.version} already.")
    return (Proposed(event, {"text": filled}),)


def _known_name(state: Incident, typed: str, act: Act) -> str | Refused:
    """Return a statement's name as it is known already, however it is spelt; one that looks like it asks."""
    known = {one.statement for one in state.statements.values()}
    for playbook in state.playbooks:
        for name in playbook.statements:
            known |= {name, name.rpartition("/")[2]}
    wanted = " ".join(typed.split())
    same = next(
        (name for name in sorted(known) if same_name(name.replace("-", " "), wanted.replace("-", " "))), ""
    )
    if same:
        return same
    near = looks_like(wanted, known)
    if near and not act.new_name:
        return Refused(
            f"'{wanted}' looks like the statement '{near}'.",
            f"Write '{near}' if it is that one, or add --new-name if it is another.",
        )
    return wanted


def _source(intent: DraftStatement, before: Draft | None) -> str:
    """Return the playbook's statement the words were begun with, where it has another name; a later version keeps it."""
    if intent.source and intent.source != intent.statement:
        return intent.source
    return before.source if before else ""


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
        or shown(intent.statement, lines=False) != intent.statement
        or "|" in intent.statement
    ):
        return Refused("A statement needs a short name that can be read.", "Such as: holding")
    if intent.channel not in state.policy.channels:
        near = nearest(intent.channel, state.policy.channels)
        known = f"Channels are: {', '.join(state.policy.channels)}."
        return Refused(
            f"The policy has no channel '{intent.channel}'.", f"Did you mean '{near}'?" if near else known
        )
    return None


def submit(state: Incident, intent: SubmitStatement, act: Act) -> Ruling:
    """Put drafts before all their approvers at once; each has the policy's time."""
    found = drafts_named(state, intent.statement, intent.channel, intent.language)
    if isinstance(found, Refused):
        return found
    for one in found:
        if refusal := _not_ready(state, one):
            return refusal
    limit = parse_within(time_to_approve(state))
    # Counted from now, whenever it is said to have happened: nobody's time to answer has passed before they were asked.
    due = stamp(due_at(limit, act.now, 1, calendar(state.policy, state.facts))) if limit else ""
    return tuple(
        Proposed(
            StatementSubmitted(
                one.statement,
                one.channel,
                one.language,
                one.text_hash,
                approvers_of(state, one),
                due,
                one.version,
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
        event = StatementApproved(
            one.statement, one.channel, one.language, one.text_hash, role, stand_in, one.version
        )
        proposed.append(Proposed(event, words(because=intent.because.strip())))
    return tuple(proposed)


def _role(state: Incident, one: Draft, act: Act) -> tuple[str, str] | Refused:
    """Return the role somebody approves in, and the one in which they stand in for it once its time has passed."""
    named = version_named(one)
    if any(same_name(author, act.person) for author in one.authors):
        return Refused(
            f"{act.person} wrote {named}, and nobody approves their own words.",
            "Ask another holder, or the stand-in.",
        )
    if act.on_behalf_of and any(same_name(author, act.author) for author in one.authors):
        return Refused(
            f"{act.author} wrote {named}, and an author writes down nobody's approval of it.",
            f"Let somebody else take {act.on_behalf_of}'s call.",
        )
    if stamp(act.moment) < one.written_at:
        return Refused(f"{named} was not written yet at that time.", "Leave the time out, or correct it.")
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
    proposed = []
    for one in found:
        stand_ins = [stand_in_for(state, one, role, act.moment) for role in approvers_of(state, one)]
        asked = [*approvers_of(state, one), *filter(None, stand_ins)]
        role = next((role for role in asked if same_name(state.holder(role), act.person)), "")
        if not role:
            return Refused(
                f"{act.person} holds none of the roles that approve {version_named(one)}.",
                f'Tell its author, {one.author}, or note it: crisisdesk note {state.label} "…"',
            )
        event = ChangesAsked(one.statement, one.channel, one.language, one.text_hash, role, one.version)
        proposed.append(Proposed(event, words(because=intent.because.strip())))
    return tuple(proposed)


def _versions(state: Incident, intent: ApproveStatement | AskChanges) -> list[Draft] | Refused:
    """Return the newest drafts that the versions name; an older one is stale, and refused by name."""
    drafts = drafts_named(state, intent.statement, intent.channel, intent.language)
    if isinstance(drafts, Refused):
        return drafts
    named = {one.statement for one in drafts}
    every = [one for one in current(state) if one.statement in named and intent.channel in ("", one.channel)]
    drafts = [*drafts, *(one for one in every if one not in drafts and (one.is_out or one.language))]
    if not intent.versions:
        newest = "; ".join(f"{one.channel}: {one.text_hash[:SHORT]}" for one in drafts)
        return Refused(
            "Which version was read?", f"Name each by the beginning of its hash: --version {newest}"
        )
    found = []
    for version in intent.versions:
        match = [one for one in drafts if is_version(one, version)]
        if len(match) != 1:
            newest = "; ".join(version_named(one) for one in drafts)
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
            f"{version_named(one)} has blanks: {', '.join(one.holes)}.",
            'Fill them with a new draft: --value "name=words".',
        )
    if too_long(state, one):
        limit = state.policy.channels[one.channel].limit
        return Refused(
            f"{version_named(one)} has {one.length}; {one.channel} takes {limit}.",
            "Shorten it with a new draft.",
        )
    if one.published_at:
        return Refused(f"{version_named(one)} is published already.")
    return None
