"""The legal hold: while it is on, nothing concerned is deleted. Set by anyone in doubt, released only by legal."""

from crisisdesk.domain.decide.finding import named_person
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import HoldReleased, HoldSet
from crisisdesk.domain.incident import LEAD, Incident
from crisisdesk.domain.intents import Act, ReleaseHold, SetHold

LEGAL = "legal"


def set_hold(state: Incident, intent: SetHold, _: Act) -> Ruling:
    """Set a hold: it stops every step that protects evidence."""
    if state.hold:
        return Refused("A legal hold is on already.")
    if not intent.because.strip():
        return Refused("What must be kept, and why?", 'Add the reason: --because "…"')
    return (Proposed(HoldSet(), words(because=intent.because.strip())),)


def release_hold(state: Incident, intent: ReleaseHold, act: Act) -> Ruling:
    """Release the hold; only who holds the legal role can."""
    if not state.hold:
        return Refused("No legal hold is on.")
    who = named_person(state, _legal(state), act.person)
    if isinstance(who, Refused):
        return Refused(f"Only legal releases a hold. {who.sentence}", who.remedy)
    if not intent.because.strip():
        return Refused("Why can the hold be released?", 'Add the reason: --because "…"')
    return (Proposed(HoldReleased(), words(because=intent.because.strip())),)


def _legal(state: Incident) -> str:
    """Return the role that releases a hold: legal, or in a policy without that role the incident lead."""
    return LEGAL if LEGAL in state.policy.roles else LEAD
