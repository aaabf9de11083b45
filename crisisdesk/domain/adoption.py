"""Adopting a playbook or the policy: what must be answered first; and whether a review is due. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from crisisdesk.domain.deadlines import Calendar, Hours, Within, due_at, parse_within
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.times import instant

NOT_YET = "not yet"
EXAMPLE = re.compile(r"example|beispiel|muster", re.IGNORECASE)
FEWEST = 2
"""People a role should have in people.yaml: one of them sleeps."""


class Open(NamedTuple):
    """One thing that is not answered: a sentence, in which file, and whether it stands in the way or is only a remark."""

    sentence: str
    file: str
    blocks: bool = True


def is_adopted(adopted: str) -> bool:
    """Tell whether ``adopted`` carries a date and names."""
    return bool(adopted.strip()) and not adopted.startswith(NOT_YET)


def policy_questions(policy: Policy) -> list[Open]:
    """Return what is open in the policy: whose it is, its accounts, and clocks nobody has read the source of."""
    found = []
    if EXAMPLE.search(policy.organisation):
        found.append(Open(f"The organisation is still called '{policy.organisation}'.", "policy"))
    samples = [channel.id for channel in policy.channels.values() if EXAMPLE.search(channel.account)]
    if samples:
        found.append(
            Open(
                f"The accounts of {', '.join(samples)} are still samples; give each its own, or take it out.",
                "policy",
            )
        )
    undated = [
        channel.id
        for channel in policy.channels.values()
        if channel.limit and not is_adopted(channel.checked_on)
    ]
    if undated:
        found.append(
            Open(f"Nobody has dated the text limits of {', '.join(undated)}.", "policy", blocks=False)
        )
    unread = [clock.id for clock in policy.clocks.values() if not is_adopted(clock.checked_on)]
    if unread:
        text = f"Counsel has not dated {len(unread)} of {len(policy.clocks)} clocks: read each source, date it, or take it out: {', '.join(unread)}."
        found.append(Open(text, "policy"))
    return found


def playbook_questions(playbook: Playbook, policy: Policy, people: Mapping[str, int] | None) -> list[Open]:
    """Return what is open before a playbook is adopted. ``people`` counts them by role; None where there is no people file."""
    steps = [step for _, step in playbook.steps()]
    found = []
    if not is_adopted(policy.adopted):
        found.append(
            Open(
                "The policy it rests on is not adopted; adopt that first: crisisdesk playbook adopt policy",
                "policy",
            )
        )
    channels = dict.fromkeys(name for step in steps for name in step.on)
    samples = [
        name for name in channels if name in policy.channels and EXAMPLE.search(policy.channels[name].account)
    ]
    if samples:
        found.append(
            Open(f"It publishes on {', '.join(samples)}, whose accounts are still samples.", "policy")
        )
    clocks = dict.fromkeys(name for step in steps for name in step.starts_clock)
    unread = [
        name for name in clocks if name in policy.clocks and not is_adopted(policy.clocks[name].checked_on)
    ]
    if unread:
        found.append(
            Open(f"It asks for clocks whose source counsel has not dated: {', '.join(unread)}.", "policy")
        )
    uncleared = [one.id for one in playbook.statements.values() if not is_adopted(one.pre_cleared)]
    if uncleared:
        text = f"Not cleared beforehand, so each needs every approval at night: {', '.join(uncleared)}."
        found.append(Open(text, playbook.name, blocks=False))
    return [*found, *_staffing(playbook, people)]


def _staffing(playbook: Playbook, people: Mapping[str, int] | None) -> list[Open]:
    if people is None:
        return [Open("There is no people.yaml: nobody is named for any role.", "people", blocks=False)]
    roles = dict.fromkeys(role for _, step in playbook.steps() for role in (step.who, *step.approved_by))
    thin = [role for role in roles if people.get(role, 0) < FEWEST]
    return (
        [Open(f"Fewer than {FEWEST} people are named for: {', '.join(thin)}.", "people", blocks=False)]
        if thin
        else []
    )


def review_state(reviewed: str, every: str, today: date) -> str:
    """Say whether a review is due: ``never reviewed``, ``review overdue since 2026-04-02``, or nothing.

    ``reviewed`` begins with a date (``2026-10-02 by comms, legal``) or is ``not yet``; ``every`` is a duration.
    """
    if not is_adopted(reviewed):
        return "never reviewed"
    within = parse_within(every) if every else None
    due = _after(reviewed[:10], within) if within else None
    return f"review overdue since {due.isoformat()}" if due and due < today else ""


def _after(day: str, within: Within) -> date | None:
    from datetime import UTC

    try:
        start = instant(f"{day}T00:00:00.000Z")
    except ValueError:
        return None
    return due_at(within, start, 1, Calendar(UTC, Hours())).date()
