"""Promised updates: "we will say more by 22:30", to the public or inside."""

from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import UpdatePromised, UpdateSent
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act, PromiseUpdate, SendUpdate
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.times import full, instant, stamp


def promise(state: Incident, intent: PromiseUpdate, act: Act) -> Ruling:
    """Promise more by a time. An open promise to the same audience is replaced only when that is meant; the log shows both."""
    if intent.due <= act.moment:
        return Refused("That time has passed.", "Promise a time that is still to come.")
    if not intent.text.strip():
        return Refused("What was promised?", f'Write: crisisdesk promise {state.label} 22:30 "More by 22:30"')
    known = state.promises.get(intent.internal)
    if known and not intent.replace and known.due_at != stamp(intent.due):
        whom = "An internal update" if intent.internal else "A public update"
        when = full(instant(known.due_at), zone(state.policy))
        return Refused(
            f"{whom} is promised for {when} already (#{known.seq}).",
            f'Send it first: crisisdesk update {state.label} "…". If the new one takes its place, add --replace.',
        )
    return (Proposed(UpdatePromised(stamp(intent.due), intent.internal), words(text=intent.text)),)


def send(state: Incident, intent: SendUpdate, act: Act) -> Ruling:
    """Log an update that went out. It answers the open promise to the same audience, kept or late."""
    if not intent.text.strip():
        return Refused("What did the update say?", f'Write: crisisdesk update {state.label} "What was said"')
    if intent.next and intent.next <= act.moment:
        return Refused(
            "The next update is promised for a time that has passed.", "Name a time that is still to come."
        )
    open_promise = state.promises.get(intent.internal)
    event = UpdateSent(
        intent.internal,
        next_at=stamp(intent.next) if intent.next else "",
        kept=open_promise.seq if open_promise else 0,
    )
    return (Proposed(event, words(text=intent.text)),)
