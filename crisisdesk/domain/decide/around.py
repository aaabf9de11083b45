"""The freeze, enquiries, chosen silence, and the sensitivity of what was written."""

from typing import get_args

from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import (
    EnquiryAnswered,
    EnquiryLogged,
    QueueFrozen,
    QueueReleased,
    Sensitivity,
    SensitivityRaised,
    SilenceChosen,
)
from crisisdesk.domain.incident import Frozen, Incident, queue_key
from crisisdesk.domain.intents import (
    Act,
    AnswerEnquiry,
    FreezeQueue,
    KeepSilent,
    LogEnquiry,
    RaiseSensitivity,
    ReleaseQueue,
)
from crisisdesk.domain.text import name_key, storable
from crisisdesk.domain.times import stamp

LEVELS: tuple[str, ...] = get_args(Sensitivity)
"""From what everybody may read to what fewest may."""


def freeze(state: Incident, intent: FreezeQueue, _: Act) -> Ruling:
    """Log a paused queue; it is shown on every screen of the incident until it is released."""
    queue, account = intent.queue.strip(), intent.account.strip()
    if not queue or not account:
        return Refused(
            "Which queue, on which account?",
            f'Write: crisisdesk freeze pause {state.label} "Scheduler" --account "@ours"',
        )
    if not storable(queue + account):
        return Refused("The name of a queue holds bytes that are not text.", "Type it again.")
    if queue_key(queue, account) in state.freeze:
        return Refused(f"'{queue}' on {account} is frozen already.")
    held = _count(intent.held)
    if isinstance(held, Refused):
        return held
    return (
        Proposed(
            QueueFrozen(queue, account, held),
            words(because=intent.because.strip(), **{"may post": intent.may_post.strip()}),
        ),
    )


def _count(typed: str) -> int | Refused:
    text = typed.strip().replace(",", "")
    if not text:
        return -1
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return Refused(
            f"'{typed.strip()}' is not a number of posts.", "Write a whole number, or leave it out."
        )
    return int(text)


def release(state: Incident, intent: ReleaseQueue, _: Act) -> Ruling:
    """Log that a queue was released: restored, or binned."""
    frozen = _frozen(state, intent.queue, intent.account)
    if isinstance(frozen, Refused):
        return frozen
    outcome = "binned" if intent.binned else "restored"
    event = QueueReleased(frozen.queue, frozen.account, outcome)
    return (Proposed(event, words(because=intent.because.strip())),)


def _frozen(state: Incident, queue: str, account: str) -> Frozen | Refused:
    wanted, on = name_key(queue), name_key(account)
    found = [
        one
        for one in state.freeze.values()
        if name_key(one.queue) == wanted and on in ("", name_key(one.account))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        return Refused(
            f"'{queue}' is frozen on {' and '.join(one.account for one in found)}.",
            "Add the one you mean: --account NAME",
        )
    known = "; ".join(f"{one.queue} on {one.account}" for one in state.freeze.values())
    return Refused(f"No queue '{queue}' is frozen.", f"Frozen are: {known}." if known else "")


def enquire(state: Incident, intent: LogEnquiry, act: Act) -> Ruling:
    """Log who asks what, and by when."""
    if not intent.who.strip():
        return Refused(
            "Who asks?", f'Write: crisisdesk enquiry add {state.label} "NAME" --question "What they ask"'
        )
    if not intent.question.strip():
        return Refused(f"What does {intent.who.strip()} ask?", 'Add --question "What they ask".')
    if intent.due and intent.due <= act.moment:
        return Refused(
            "Their deadline is a time that is still to come.", "Name it as 23:15, or leave it out."
        )
    said = words(who=intent.who.strip(), outlet=intent.outlet.strip(), question=intent.question)
    return (Proposed(EnquiryLogged(stamp(intent.due) if intent.due else ""), said),)


def answer(state: Incident, intent: AnswerEnquiry, _: Act) -> Ruling:
    """Log the line used; an enquiry is answered once, more is a note."""
    if intent.seq not in state.enquiries:
        known = ", ".join(f"#{seq}" for seq in state.enquiries)
        return Refused(
            f"#{intent.seq} is not an open enquiry.", f"Open are: {known}." if known else "None is open."
        )
    if not intent.line.strip():
        return Refused(
            "Which line was used?", 'Add it: --line "What was said". Or: --line "no answer", with the reason.'
        )
    return (Proposed(EnquiryAnswered(intent.seq), words(line=intent.line)),)


def keep_silent(state: Incident, intent: KeepSilent, act: Act) -> Ruling:
    """Decide to say nothing for now: a choice too, with a reason and a time to look again."""
    if not intent.because.strip():
        return Refused("Why do we say nothing?", 'Add the reason: --because "…"')
    if intent.revisit is None or intent.revisit <= act.moment:
        return Refused(
            "When is the silence looked at again?",
            f'Add a time to come: crisisdesk silence {state.label} --revisit 23:30 --because "…"',
        )
    return (Proposed(SilenceChosen(stamp(intent.revisit)), words(because=intent.because.strip())),)


def raise_sensitivity(state: Incident, intent: RaiseSensitivity, _: Act) -> Ruling:
    """Keep an earlier entry closer; what was once kept close is never opened up here."""
    target = intent.target
    if target is None:
        return Refused(
            f"{state.label} has no entry #{intent.seq}.", f"See them with: crisisdesk timeline {state.label}"
        )
    if intent.level not in LEVELS:
        return Refused(f"There is no sensitivity '{intent.level}'.", f"Write one of: {', '.join(LEVELS)}.")
    if LEVELS.index(intent.level) <= LEVELS.index(target.sensitivity):
        return Refused(f"#{intent.seq} is {target.sensitivity} already; it can only be raised.")
    if not intent.because.strip():
        return Refused(f"Why is #{intent.seq} {intent.level}?", 'Add the reason: --because "…"')
    return (Proposed(SensitivityRaised(intent.seq, intent.level), words(because=intent.because.strip())),)
