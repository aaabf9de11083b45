"""Roles: taken, handed over and accepted by name, released."""

from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import HandoverOffered, RoleReleased, RoleTaken
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import AcceptRole, Act, HandOver, ReleaseRole, TakeRole
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
    if never := _never_with(state, role, person):
        return never
    beside = _beside(state, role, person)
    event = RoleTaken(role, person, previous=held.person if held else "", deviation=beside)
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


def hand_over(state: Incident, intent: HandOver, act: Act) -> Ruling:
    """Offer a role one holds; the holder holds it until the other accepts."""
    role = read_role(state, intent.role)
    if isinstance(role, Refused):
        return role
    title, held, to = state.policy.roles[role].title.lower(), state.roles.get(role), intent.person.strip()
    if held is None:
        return Refused(
            f"Nobody holds the role {title}.", f"Take it: crisisdesk role take {state.label} {role} NAME"
        )
    if not same_name(held.person, act.person):
        return Refused(
            f"{held.person} is {title}, and only they hand it over.",
            f'By phone: --for "{held.person}" --by phone. Not to be reached: crisisdesk role take {state.label} {role} --because "…"',
        )
    if not to:
        return Refused("To whom?", f"Write: crisisdesk role hand-over {state.label} {role} --to NAME")
    if same_name(to, held.person):
        return Refused(f"{held.person} holds it already.")
    offer = state.offers.get(role)
    if offer and same_name(offer.to, to):
        return Refused(f"It is offered to {offer.to} already; they accept it by name.")
    never = _never_with(state, role, to)
    return never or (Proposed(HandoverOffered(role, held.person, to), words(because=intent.because.strip())),)


def accept(state: Incident, intent: AcceptRole, act: Act) -> Ruling:
    """Accept a role that was offered; from now on it is theirs."""
    role = read_role(state, intent.role)
    if isinstance(role, Refused):
        return role
    title, offer = state.policy.roles[role].title.lower(), state.offers.get(role)
    if offer is None:
        return Refused(
            f"The role {title} is not being handed over.",
            f"Its holder offers it: crisisdesk role hand-over {state.label} {role} --to NAME",
        )
    if not same_name(offer.to, act.person):
        return Refused(
            f"The role {title} is offered to {offer.to}, who accepts it by name.",
            f'Are you {offer.to}? Say so: --as "{offer.to}".',
        )
    if never := _never_with(state, role, offer.to):
        return never
    beside = _beside(state, role, offer.to)
    previous = state.holder(role)
    return (Proposed(RoleTaken(role, offer.to, previous, handover=offer.seq, deviation=beside)),)


def _held_by(state: Incident, person: str, but: str) -> list[str]:
    return [
        role
        for role, held in state.roles.items()
        if role != but and not held.acting and same_name(held.person, person)
    ]


def _never_with(state: Incident, role: str, person: str) -> Refused | None:
    """Refuse two roles in one hand where the policy says never."""
    roles = state.policy.roles
    for other in _held_by(state, person, role):
        if other in roles[role].never_with or role in roles[other].never_with:
            return Refused(
                f"{person} is {roles[other].title.lower()}, and the policy never lets one person hold both.",
                f"Name somebody else, or release the other first: crisisdesk role release {state.label} {other}",
            )
    return None


def _beside(state: Incident, role: str, person: str) -> str:
    """Name it when one person now holds two roles that do not go together: written down, and not refused."""
    roles = state.policy.roles
    others = [
        other
        for other in _held_by(state, person, role)
        if other in roles[role].not_with or role in roles[other].not_with
    ]
    return f"held together with {', '.join(others)}" if others else ""
