"""Adopting a playbook or the policy: what must be answered first; and whether a review is due. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from crisisdesk.domain.deadlines import Calendar, Hours, due_at, parse_within
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.text import name_key, same_name

NOT_YET = "not yet"
POLICY, PEOPLE = "policy", "people"
SAMPLE_NAME = "Example Organisation"
LEGAL = "legal"
FEWEST = 2
"""People a role should have in people.yaml, and who should adopt a file: one of them may be wrong, or asleep."""
SOON = timedelta(days=14)
"""How long before its day a review is called due."""

_SAMPLE_ACCOUNT = re.compile(r"@example-org\b|(?:^|[./@])example\.(?:org|com|net)\b", re.IGNORECASE)
_CANNOT_STAND = {"Cc", "Cs", "Zl", "Zp"}


class Open(NamedTuple):
    """One thing that is not answered.

    ``file`` is a file's name without ``.yaml``, empty for the command line; ``path`` leads through its names to the
    line to mend. One that does not block is only a remark.
    """

    sentence: str
    file: str
    path: tuple[str, ...] = ()
    blocks: bool = True


class Signing(NamedTuple):
    """Who adopts, and what is known of the people: ``staff`` names them by role, None where there is no people file."""

    names: tuple[str, ...]
    staff: Mapping[str, tuple[str, ...]] | None = None
    confirmed: bool = False
    """Somebody said that the time zone and the regions are ours: no file can show that they were looked at."""


def is_adopted(adopted: str) -> bool:
    """Tell whether ``adopted``, ``checked-on`` or ``pre-cleared`` says more than ``not yet``."""
    return bool(adopted.strip()) and not adopted.startswith(NOT_YET)


def names_in(typed: str) -> tuple[str, ...] | None:
    """Return the names of ``Jo Example, Sam Example``, each once; None when one holds what cannot stand on a line."""
    if any(unicodedata.category(char) in _CANNOT_STAND for char in typed):
        return None
    names: list[str] = []
    for name in (" ".join(part.split()) for part in typed.split(",")):
        if name and not any(same_name(name, other) for other in names):
            names.append(name)
    return tuple(names)


def policy_questions(policy: Policy, signing: Signing) -> list[Open]:
    """Return what is open in the policy: whose it is, its zone and regions, the clocks its facts ask for."""
    found = []
    if name_key(policy.organisation) == name_key(SAMPLE_NAME):
        text = f"The organisation is still called '{policy.organisation}'."
        found.append(Open(text, POLICY, ("organisation",)))
    if not signing.confirmed:
        found.append(_zone_and_regions(policy))
    asking = startable(policy)
    found += _unread(policy, asking)
    rest = [
        name for name, one in policy.clocks.items() if name not in asking and not is_adopted(one.checked_on)
    ]
    if rest:
        text = f"Nobody has checked these clocks either; a playbook whose steps ask for one waits for it: {', '.join(rest)}."
        found.append(Open(text, POLICY, ("clocks", rest[0], "checked-on"), blocks=False))
    samples = [one.id for one in policy.channels.values() if _SAMPLE_ACCOUNT.search(one.account)]
    if samples:
        text = f"These accounts are still samples, so no playbook that publishes there can be adopted: {', '.join(samples)}."
        found.append(Open(text, POLICY, ("channels", samples[0], "account"), blocks=False))
    undated = [one.id for one in policy.channels.values() if one.limit and not is_adopted(one.checked_on)]
    if undated:
        text = f"Nobody has dated the text limits of: {', '.join(undated)}."
        found.append(Open(text, POLICY, ("channels", undated[0], "checked-on"), blocks=False))
    return [*found, *_signatures(policy, signing)]


def _zone_and_regions(policy: Policy) -> Open:
    regions = f"the regions {', '.join(policy.regions)}" if policy.regions else "no region"
    text = f"Is the time zone {policy.time_zone} ours, and are {regions} ours? Mend what is not, then add --confirm."
    return Open(text, POLICY, ("time-zone",))


def playbook_questions(playbook: Playbook, policy: Policy, signing: Signing) -> list[Open]:
    """Return what is open before a playbook is adopted: the policy, its accounts and clocks, then remarks."""
    found = []
    if not is_adopted(policy.adopted):
        text = (
            "The policy it rests on is not adopted. Adopt that first: crisisdesk playbook adopt policy --by …"
        )
        found.append(Open(text, POLICY, ("adopted",)))
    if name_key(policy.organisation) == name_key(SAMPLE_NAME):
        text = f"The organisation is still called '{policy.organisation}'."
        found.append(Open(text, POLICY, ("organisation",)))
    for name in dict.fromkeys(name for _, step in playbook.steps() for name in step.on):
        channel = policy.channels.get(name)
        if channel and _SAMPLE_ACCOUNT.search(channel.account):
            text = f"It publishes on {channel.title}, whose account is still '{channel.account}'."
            found.append(Open(text, POLICY, ("channels", name, "account")))
    asked = [name for _, step in playbook.steps() for name in step.starts_clock]
    found += _unread(policy, startable(policy, asked))
    found += _uncleared(playbook)
    return [*found, *_staffing(playbook, policy, signing), *_signatures(policy, signing)]


def startable(policy: Policy, asked: Iterable[str] = ()) -> list[str]:
    """Return the clocks that can come to run, in the policy's order.

    Those ``asked`` for by steps, those that facts ask for by themselves (the regions, above all), and those chained on
    any of them. :func:`crisisdesk.domain.clocks.is_asked` is the rule during an incident.
    """
    found = {name for name in asked if name in policy.clocks}
    found |= {name for name, clock in policy.clocks.items() if clock.ask_when}
    size = -1
    while size != len(found):
        size = len(found)
        found |= {name for name, clock in policy.clocks.items() if clock.chained_on in found}
    return [name for name in policy.clocks if name in found]


def _unread(policy: Policy, clocks: Iterable[str]) -> Iterator[Open]:
    for name in clocks:
        clock = policy.clocks[name]
        if not is_adopted(clock.checked_on):
            text = f"The clock '{name}' can start, and nobody has checked it: counsel must read its source ({clock.source}) and date it."
            yield Open(text, POLICY, ("clocks", name, "checked-on"))


def _uncleared(playbook: Playbook) -> Iterator[Open]:
    for name, one in playbook.statements.items():
        if not is_adopted(one.pre_cleared):
            text = f"The statement '{name}' is not cleared beforehand, so it needs every approval at night."
            yield Open(text, playbook.name, ("statements", name, "pre-cleared"), blocks=False)


def _staffing(playbook: Playbook, policy: Policy, signing: Signing) -> Iterator[Open]:
    if signing.staff is None:
        yield Open("There is no people.yaml: nobody is named for any role.", PEOPLE, blocks=False)
        return
    steps = [step for _, step in playbook.steps()]
    approvers = [role for level in policy.levels.values() for role in level.approvals]
    named = [role for step in steps for role in (step.who, step.confirmed_by, *step.approved_by)]
    needed = [role for role in dict.fromkeys([*named, *approvers]) if role in policy.roles]
    thin = {role: len(signing.staff.get(role, ())) for role in needed}
    said = [f"{role} ({count or 'nobody'})" for role, count in thin.items() if count < FEWEST]
    if said:
        text = f"Fewer than two people are named for these roles: {', '.join(said)}."
        yield Open(text, PEOPLE, ("people",), blocks=False)


def _signatures(policy: Policy, signing: Signing) -> Iterator[Open]:
    if not signing.names:
        return
    if len(signing.names) < FEWEST:
        yield Open("Only one person adopts it; two see more than one.", "", blocks=False)
    if not _legal_among(policy, signing):
        text = "None of those who adopt it is known to answer for legal: people.yaml gives none of them that role."
        yield Open(text, PEOPLE if signing.staff is not None else "", ("people",), blocks=False)


def _legal_among(policy: Policy, signing: Signing) -> bool:
    """Tell whether one of the names is somebody of the legal division or role, or is that role's own name."""
    division = policy.divisions.get(LEGAL)
    roles = {LEGAL, *(division.roles if division else ())}
    known = [name for role in roles for name in (signing.staff or {}).get(role, ())]
    known += [LEGAL, *(policy.roles[role].title for role in roles if role in policy.roles)]
    return any(same_name(name, other) for name in signing.names for other in known)


class Review(NamedTuple):
    """How a review stands on a day. ``due`` is its day where one can be told; ``words`` are empty when all is well."""

    state: Literal["never", "unclear", "in time", "due", "overdue"]
    due: date | None
    words: str


def review_of(reviewed: str, every: str, today: date) -> Review:
    """Tell whether a review is due on a day, in the two weeks before, or overdue.

    ``reviewed`` begins with a date (``2026-10-02 by comms, legal``) or is ``not yet``; ``every`` is a duration (``6
    months``), empty where the policy names none.
    """
    if not is_adopted(reviewed):
        return Review("never", None, "never reviewed")
    try:
        last = date.fromisoformat(reviewed[:10])
    except ValueError:
        return Review("unclear", None, "reviewed on no date that can be read")
    if last > today:
        return Review("unclear", None, f"reviewed on {last}, which is still to come")
    due = _next(last, every)
    if due is None or today < due - SOON:
        return Review("in time", due, "")
    if today > due:
        return Review("overdue", due, f"review overdue since {due}")
    return Review("due", due, f"review due by {due}")


def review_state(reviewed: str, every: str, today: date) -> str:
    """Say in words how a review stands, as :func:`review_of` tells it; nothing when all is well."""
    return review_of(reviewed, every, today).words


def _next(last: date, every: str) -> date | None:
    within = parse_within(every)
    if within is None:
        return None
    noon = datetime.combine(last, time(12), UTC)
    try:
        return due_at(within, noon, 1, Calendar(UTC, Hours())).date()
    except (ValueError, OverflowError):
        return None  # beyond the last year a calendar has
