"""Statements that went out, by a person and never by the desk; and those that were taken back."""

from crisisdesk.domain.approvals import ratification
from crisisdesk.domain.deadlines import due_at
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.decide.versions import drafts_named, place_of, version_named
from crisisdesk.domain.entries import (
    StatementPublished,
    StatementWithdrawn,
)
from crisisdesk.domain.incident import LEAD, Draft, Incident, StepState, statement_key
from crisisdesk.domain.intents import (
    Act,
    PublishStatement,
    WithdrawStatement,
)
from crisisdesk.domain.runbook import calendar, waits_for, why_waiting
from crisisdesk.domain.statements import (
    SHORT,
    is_version,
    lacking,
    nobody_answered,
    out_beside,
    says,
    too_long,
    version_hash,
)
from crisisdesk.domain.text import same_name
from crisisdesk.domain.times import stamp

FALLBACK = "cleared words, nobody answered in time"
"""The deviation by which the lead may let words out that were cleared beforehand, when approvers and stand-ins are silent."""


_SAY_SO = 'If it is out already, say so: --already --because "…" (kept as a deviation).'


def publish(state: Incident, intent: PublishStatement, act: Act) -> Ruling:
    """Log that a version went out; the desk itself never posts. Past a rule it is a deviation, openly."""
    one = _went_out(state, intent)
    if isinstance(one, Refused):
        return one
    if intent.correction and out_beside(state, one) is None:
        return Refused(
            f"Nothing of '{one.statement}' is out on {one.channel}, so there is nothing to correct.",
            f"Log that it went out: crisisdesk statement publish {state.label} {one.statement} --version {one.text_hash[:SHORT]}",
        )
    passed = _rules_passed(state, one, intent, act)
    if passed and not (intent.already and intent.because.strip()) and not _fallback(passed, intent):
        return passed[0][1]
    event = StatementPublished(
        one.statement, one.channel, one.language, one.text_hash, ", ".join(name for name, _ in passed),
        _ratify_by(state, one, act) if not passed else "", one.version,
    )  # fmt: skip
    sent = intent.text if intent.text.strip() else ""
    return (Proposed(event, words(link=intent.link.strip(), because=intent.because.strip(), text=sent)),)


def _went_out(state: Incident, intent: PublishStatement) -> Draft | Refused:
    """Return the version that is said to have gone out: the newest one, or an earlier one that is named or has these words."""
    found = drafts_named(state, intent.statement, intent.channel, intent.language)
    if isinstance(found, Refused):
        return found
    named = [one for one in found if is_version(one, intent.version)]
    if len(found) > 1 and len(named) == 1:
        found = named
    if len(found) > 1:
        places = ", ".join(place_of(one) for one in found)
        return Refused(
            "Which one went out?", f"Add --channel, or --version with the beginning of its hash: {places}."
        )
    newest = found[0]
    if is_version(newest, intent.version):
        return newest
    place = (newest.statement, newest.channel, newest.language)
    for one in reversed(state.versions[statement_key(*place)]):
        if is_version(one, intent.version) or (
            intent.text.strip() and version_hash(state.stream, *place, intent.text) == one.text_hash
        ):
            return one
    return newest


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
    named, passed = version_named(one), []
    newest = state.statements[statement_key(one.statement, one.channel, one.language)]
    if not is_version(one, intent.version):
        text = (
            f"The newest is {named}." if intent.version else f"Which version went out? The newest is {named}."
        )
        passed.append(
            ("another version", Refused(text, f"Name it: --version {one.text_hash[:SHORT]}. {_SAY_SO}"))
        )
    elif one.seq != newest.seq:
        text = f"{named} is not the newest. The newest is {version_named(newest)}."
        passed.append(("an earlier version", Refused(text, _SAY_SO)))
    if one.is_out:
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
    return passed + _unapproved(state, one, act) + _too_soon(state, one, act) + _out_of_order(state, one)


def _unapproved(state: Incident, one: Draft, act: Act) -> list[tuple[str, Refused]]:
    """Return that approvals are missing, unless a step lets these words out first; the lead has one way out."""
    roles = lacking(state, one)
    if not roles or _goes_first(state, one):
        return []
    text = f"{version_named(one)} is not approved by {' and '.join(roles)}."
    if one.cleared and nobody_answered(state, one, act.moment) and same_name(state.holder(LEAD), act.person):
        remedy = (
            'Nobody answered in time: as incident lead you may let these cleared words out. Add --because "…"'
        )
        return [(FALLBACK, Refused(text, remedy))]
    remedy = f"They approve with: crisisdesk statement approve {state.label} {one.statement} --version {one.text_hash[:SHORT]}"
    return [("not approved", Refused(text, f"{remedy}. {_SAY_SO}"))]


def _too_soon(state: Incident, one: Draft, act: Act) -> list[tuple[str, Refused]]:
    """Return that it went out before it was written or approved, where no step lets it."""
    moment = stamp(act.moment)
    early = [approval.person for approval in one.approvals.values() if approval.at > moment]
    if moment < one.written_at:
        text = f"{version_named(one)} was not written yet at that time."
    elif early and not _goes_first(state, one):
        text = f"At that time {version_named(one)} was not approved yet by {' and '.join(early)}."
    else:
        return []
    return [("before approval", Refused(text, f"Correct the time. {_SAY_SO}"))]


def _out_of_order(state: Incident, one: Draft) -> list[tuple[str, Refused]]:
    """Return that a step that says these words here still waits for earlier ones, such as partners to be told first."""
    steps = [
        known
        for known in state.steps.values()
        if known.applies and _says_it(known, one) and (not known.step.on or one.channel in known.step.on)
    ]
    if not steps or not all(not known.settled and waits_for(state, known) for known in steps):
        return []
    text = f"{version_named(one)} goes out {why_waiting(state, steps[0])}."
    return [("out of order", Refused(text, f"Finish or skip that first. {_SAY_SO}"))]


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
    return says(known.step.statement, one)


def withdraw(state: Incident, intent: WithdrawStatement, _: Act) -> Ruling:
    """Log that what was published was taken back; its history stays."""
    found = drafts_named(state, intent.statement, intent.channel, intent.language)
    if isinstance(found, Refused):
        return found
    out = [one for one in found if out_beside(state, one)]
    if not out:
        return Refused(f"'{intent.statement}' is not published.")
    if not intent.because.strip():
        return Refused("Why is it withdrawn?", 'Add the reason: --because "…"')
    said = words(because=intent.because.strip(), link=intent.link.strip())
    return tuple(Proposed(StatementWithdrawn(one.statement, one.channel, one.language), said) for one in out)
