"""The fact sheet: what is confirmed, what is not, and what we do not say."""

from crisisdesk.domain.claims import RETRACTED, STANDINGS
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import ClaimAdded, ClaimJudged
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act, JudgeClaim

_CONFIRMED, _UNCONFIRMED, _DO_NOT_SAY = STANDINGS


def judge(state: Incident, intent: JudgeClaim, _: Act) -> Ruling:
    """Put a claim on the sheet, or change how it stands; confirming it asks for a source, holding it back for a reason."""
    if intent.standing not in (*STANDINGS, RETRACTED):
        return Refused(
            f"A claim is not '{intent.standing}'.", f"It is {', '.join(STANDINGS)}, or {RETRACTED}."
        )
    if intent.claim and intent.claim not in state.claims:
        known = ", ".join(f"#{seq}" for seq in state.claims)
        return Refused(
            f"#{intent.claim} is not on the fact sheet.",
            f"On it are: {known}." if known else "Nothing is on it yet.",
        )
    if not intent.claim and not intent.text.strip():
        return Refused("Which claim?", f'Write: crisisdesk claim add {state.label} "What is claimed"')
    if not intent.claim and intent.standing == RETRACTED:
        return Refused(
            "This claim is not on the fact sheet.", f"See it with: crisisdesk claim list {state.label}"
        )
    if intent.standing == _CONFIRMED and not intent.source.strip():
        return Refused("How do we know?", 'A claim is confirmed with its source: --source "…"')
    if intent.standing in (_DO_NOT_SAY, RETRACTED) and not intent.because.strip():
        return Refused("Why?", 'Add the reason: --because "…"')
    if state.claims.get(intent.claim) == intent.standing:
        return Refused(f"#{intent.claim} is {intent.standing} already.")
    said = words(source=intent.source.strip(), because=intent.because.strip())
    if intent.claim:
        return (Proposed(ClaimJudged(intent.claim, intent.standing), said),)
    return (Proposed(ClaimAdded(intent.standing), {**said, "text": intent.text.strip()}),)
