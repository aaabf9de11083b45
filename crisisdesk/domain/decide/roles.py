"""Taking and releasing roles."""

from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import RoleReleased, RoleTaken
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act, ReleaseRole, TakeRole
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.text import nearest, same_name
from crisisdesk.domain.times import clock, instant


def read_role(state: Incident, named: str) -> str | Refused:
    """Return the id of a role as typed (``comms-lead``, ``Comms lead``), or a refusal with the nearest."""
    wanted = named.strip().casefold().replace(" ", "-")
    if wanted in state.policy.roles:
        return wanted
    near = nearest(wanted, state.policy.roles)
    return Refused(
        f"The policy has no role '{named}'.",
        f"Did you mean '{near}'?" if near else f"Roles are: {', '.join(state.policy.roles)}.",
    )


def take(state: Incident, intent: TakeRole, act: Act) -> Ruling:
    """Take a role; one that is held needs a reason, but for a lead who only declared."""
    role = read_role(state, intent.role)
    if isinstance(role, Refused):
        return role
    person = intent.person.strip() or act.person
    held = state.roles.get(role)
    if held and same_name(held.person, person) and not held.acting:
        return Refused(f"{held.person} is {state.policy.roles[role].title.lower()} already.")
    if held and not held.acting and not intent.because.strip():
        since = clock(instant(held.since), zone(state.policy), act.now)
        return Refused(
            f"{held.person} has been {state.policy.roles[role].title.lower()} since {since}.",
            'To take the role all the same, say why: --because "…".',
        )
    event = RoleTaken(role, person, previous=held.person if held else "")
    return (Proposed(event, words(because=intent.because.strip())),)


def release(state: Incident, intent: ReleaseRole, _: Act) -> Ruling:
    """Give up a role; the gap shows until somebody takes it."""
    role = read_role(state, intent.role)
    if isinstance(role, Refused):
        return role
    held = state.roles.get(role)
    if held is None:
        return Refused(f"Nobody holds the role {state.policy.roles[role].title.lower()}.")
    if intent.person.strip() and not same_name(held.person, intent.person):
        title = state.policy.roles[role].title.lower()
        return Refused(
            f"{intent.person.strip()} is not {title}; {held.person} is.",
            "Name who gives it up, or leave the name out.",
        )
    return (Proposed(RoleReleased(role, held.person), words(because=intent.because.strip())),)
