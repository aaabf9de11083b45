"""Statements: what is said where, in versions; blanks filled; approval bound to one exact text. Pure questions."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from crisisdesk.domain.approvals import counts
from crisisdesk.domain.conditions import UNKNOWN
from crisisdesk.domain.counting import count
from crisisdesk.domain.deadlines import parse_within
from crisisdesk.domain.incident import Approval, Draft, Incident, statement_key
from crisisdesk.domain.playbook import Statement
from crisisdesk.domain.runbook import said, zone
from crisisdesk.domain.text import canonical_json, name_key
from crisisdesk.domain.times import instant

TAG = b"crisisdesk statement 1\n"
SHORT = 8
"""Characters of a version's hash that people type and read."""

_LEAST = 4

_BLANK = re.compile(r"\{\{\s*([^{},]{1,80}?)\s*(?:,\s*([^{}]{1,40}?)\s*)?\}\}")
_FORMS = {"time": "%H:%M %Z", "date": "%-d %B %Y", "date and time": "%-d %B, %H:%M %Z"}


def version_hash(stream: str, statement: str, channel: str, language: str, text: str) -> str:
    """Return what approval is bound to: SHA-256 over incident, statement, channel, language and the exact text."""
    bound = canonical_json([stream, statement, channel, language, text])
    return sha256(TAG + bound.encode()).hexdigest()


def is_version(draft: Draft, named: str) -> bool:
    """Tell whether a draft's version is the one named: by its number, or by at least four characters of its hash."""
    wanted = named.strip().casefold()
    return wanted == str(draft.version) or (len(wanted) >= _LEAST and draft.text_hash.startswith(wanted))


def prepared(state: Incident, name: str) -> Statement | None:
    """Return the playbook's own words for a statement; one of a layer may be named without the layer."""
    for playbook in state.playbooks:
        for known, statement in playbook.statements.items():
            if name in (known, known.rpartition("/")[2]):
                return statement
    return None


def words_for(statement: Statement, channel: str, language: str) -> str:
    """Return the words prepared for a channel and a language, the nearest there are."""
    wanted = (
        (f"on {channel} in {language}", f"in {language}", f"on {channel}") if language else (f"on {channel}",)
    )
    return next(
        (statement.variants[key] for key in wanted if key in statement.variants), statement.text
    ).strip()


def fill(
    text: str, state: Incident, channel: str, values: Mapping[str, str], now: datetime
) -> tuple[str, tuple[str, ...]]:
    """Fill a text's blanks from what the incident knows and from ``values``; return it with the names still missing."""
    holes: list[str] = []

    def filled(found: re.Match[str]) -> str:
        name, form = " ".join(found[1].split()), " ".join((found[2] or "").split())
        value = _value(name, form, state, channel, values, now)
        if not value:
            holes.append(name)
            return found[0]
        return value

    full = _BLANK.sub(filled, text)
    holes += [
        " ".join(found[1].split()) for found in _BLANK.finditer(full)
    ]  # a value may have blanks of its own
    return full, tuple(dict.fromkeys(holes))


def _value(
    name: str, form: str, state: Incident, channel: str, values: Mapping[str, str], now: datetime
) -> str:
    typed = next((value for key, value in values.items() if name_key(key) == name_key(name)), "")
    if typed.strip():
        return typed.strip()
    promise = state.promises.get(False)
    moments = {
        "occurred": state.happened_at, "detected": state.detected_at, "declared": state.declared_at,
        "next update": promise.due_at if promise else "",
    }  # fmt: skip
    if name in moments or name == "now":
        moment = now if name == "now" else instant(moments[name]) if moments[name] else None
        return _moment(moment, form, state) if moment else ""
    known = state.policy.channels.get(channel)
    plain = {
        "organisation": state.policy.organisation, "severity": state.severity, "incident": state.label,
        "channel": known.title if known else "", "account": known.account if known else "",
    }  # fmt: skip
    fact = state.facts.get(name, UNKNOWN)
    return plain.get(name, "") or ("" if fact == UNKNOWN else said(fact))


def _moment(moment: datetime, form: str, state: Incident) -> str:
    local = moment.astimezone(zone(state.policy))
    return local.strftime(_FORMS.get(form, _FORMS["date and time"]).replace("%-d", str(local.day)))


def length_on(state: Incident, channel: str, text: str) -> int:
    """Return a text's length as its channel counts it."""
    known = state.policy.channels.get(channel)
    return count(text, known.counts if known else "characters")


def too_long(state: Incident, draft: Draft) -> bool:
    """Tell whether a draft's channel would not take it."""
    known = state.policy.channels.get(draft.channel)
    return bool(known and known.limit and draft.length > known.limit)


def protected_words(state: Incident, text: str) -> list[tuple[str, str]]:
    """Return the policy's words that are not used lightly and stand in a text, each with the reason."""
    lowered = text.casefold()
    return [
        (word, because) for word, because in state.policy.protected_words
        if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", lowered)
    ]  # fmt: skip


def approvers_of(state: Incident, draft: Draft) -> tuple[str, ...]:
    """Return the roles that must approve a draft: the level's, and those of the steps that say it.

    Words cleared beforehand need their blanks looked at by one of them.
    """
    steps = [
        role
        for known in state.steps.values()
        if says(known.step.statement, draft)
        for role in known.step.approved_by
    ]
    roles = tuple(dict.fromkeys((*steps, *state.policy.levels[state.severity].approvals)))
    return roles[:1] if draft.cleared else roles


def says(statement: str, draft: Draft) -> bool:
    """Tell whether a step's statement is this draft's, or the one it was begun with; a layer's may be named without the layer."""
    names = (draft.statement, draft.source or draft.statement)
    return bool(statement) and (statement in names or statement.rpartition("/")[2] in names)


def lacking(state: Incident, draft: Draft) -> tuple[str, ...]:
    """Return the roles whose approval of exactly this version is missing; the author never counts, one person once."""
    counted, left = set(map(name_key, (draft.author, *draft.authors))), []
    for role in approvers_of(state, draft):
        approval = draft.approvals.get(role)
        if approval is None or not counts(state, approval) or name_key(approval.person) in counted:
            left.append(role)
        else:
            counted.add(name_key(approval.person))
    return tuple(left)


def stand_in_for(state: Incident, draft: Draft, role: str, now: datetime) -> str:
    """Return the role that may approve in another's place: its stand-in.

    Once the time for the approval has passed; at once where nobody holds the role, or whoever does wrote the words.
    """
    known, holder = state.policy.roles.get(role), state.holder(role)
    expired = bool(draft.due_at) and instant(draft.due_at) < now
    cannot = not holder or name_key(holder) in map(name_key, draft.authors)
    return known.stand_in if known and (expired or cannot) and role in lacking(state, draft) else ""


class Asked(NamedTuple):
    """Somebody whose approval is waited for: the role, who holds it, and who is asked in their place once its time has passed."""

    role: str
    person: str
    stand_in: str
    stand_in_person: str


def asked_now(state: Incident, draft: Draft, now: datetime) -> list[Asked]:
    """Return who is asked for an approval that a submitted draft still lacks."""
    waits_first = draft.submitted_at and not draft.published_at and not draft.holes
    if not waits_first and not (draft.is_out and draft.ratify_by):
        return []
    found = []
    for role in lacking(state, draft):
        stand_in = stand_in_for(state, draft, role, now)
        found.append(Asked(role, state.holder(role), stand_in, state.holder(stand_in) if stand_in else ""))
    return found


def nobody_answered(state: Incident, draft: Draft, now: datetime) -> bool:
    """Tell whether the stand-in's time has passed as well: it is as long as the time of those who were asked first."""
    if not draft.due_at or not draft.submitted_at:
        return False
    asked, due = instant(draft.submitted_at), instant(draft.due_at)
    return now > due + (due - asked) and bool(lacking(state, draft))


def time_to_approve(state: Incident) -> str:
    """Return the policy's time limit for approvals, as written; twenty minutes where it has none."""
    said_limit = state.policy.approvals.get("time-limit", "")
    return said_limit if parse_within(said_limit) else "20 minutes"


def standing(state: Incident, draft: Draft) -> str:
    """Say how a version stands, in a word or two; and which other one is out in its place."""
    if draft.is_out:
        if draft.deviation:
            return f"published (deviation: {draft.deviation})"
        return "published, to be ratified" if draft.ratify_by and lacking(state, draft) else "published"
    if draft.withdrawn_at:
        return "withdrawn"
    if draft.published_at:
        return "published, then replaced"
    out = out_beside(state, draft)
    return _stands(state, draft) + (f"; version {out.version} is out" if out else "")


def out_beside(state: Incident, draft: Draft) -> Draft | None:
    """Return the version that is out on the draft's channel in its language, this one or another."""
    versions = state.versions.get(statement_key(draft.statement, draft.channel, draft.language), ())
    return next((one for one in versions if one.is_out), None)


def current(state: Incident) -> list[Draft]:
    """Return the newest version of everything, and each other version that is out and waits for its approvals."""
    newest = list(state.statements.values())
    late = [
        one
        for versions in state.versions.values()
        for one in versions[:-1]
        if one.is_out and one.ratify_by and lacking(state, one)
    ]
    return newest + late


def _stands(state: Incident, draft: Draft) -> str:
    if draft.holes:
        return "has blanks"
    if draft.changes_asked:
        return "changes asked"
    if not lacking(state, draft):
        by_phone = any(one.relayed and not one.confirmed for one in draft.approvals.values())
        return "approved, in part relayed" if by_phone else "approved"
    return "waiting for approval" if draft.submitted_at else "draft"


def relayed(approval: Approval) -> str:
    """Say how an approval reached the log, when somebody else wrote it down."""
    if not approval.relayed:
        return ""
    return f", relayed and confirmed in #{approval.confirmed}" if approval.confirmed else ", relayed"
