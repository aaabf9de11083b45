"""What a person can want of the incident as a whole: declare, facts, level, roles, clocks, layers, promises, its end."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy


class Declare(NamedTuple):
    """Declare an incident; ``hash`` fields name the pinned policy and playbook."""

    title: str
    label: str
    policy_hash: str
    playbook_hash: str
    severity: str = ""
    facts: Mapping[str, str] = {}
    roles: Mapping[str, str] = {}
    happened: datetime | None = None
    detected: datetime | None = None
    aware: datetime | None = None


class AnswerFact(NamedTuple):
    """Answer a fact, or change its answer; ``value`` as typed."""

    fact: str
    value: str


class SetSeverity(NamedTuple):
    """Confirm or change the level."""

    level: str
    because: str = ""


class TakeRole(NamedTuple):
    """Take a role, or give it to somebody; a held one needs a reason."""

    role: str
    person: str = ""
    because: str = ""


class HandOver(NamedTuple):
    """Offer a role one holds to somebody, who accepts it by name."""

    role: str
    person: str
    because: str = ""


class AcceptRole(NamedTuple):
    """Accept a role that was offered."""

    role: str


class ReleaseRole(NamedTuple):
    """Give up a role; ``person``, when given, must be who holds it."""

    role: str
    because: str = ""
    person: str = ""


class StartClock(NamedTuple):
    """Start a legal clock, counted from ``at`` (or from the moment the log knows already)."""

    clock: str
    at: datetime | None = None
    because: str = ""


class DismissClock(NamedTuple):
    """Say that a legal clock does not apply, with the reason."""

    clock: str
    because: str = ""


class SubmitClock(NamedTuple):
    """Log that what a clock asks for was submitted."""

    clock: str
    because: str = ""


class TypeFigure(NamedTuple):
    """Log a figure as somebody read it; ``value`` as typed."""

    figure: str
    value: str
    source: str = ""


class AddPlaybook(NamedTuple):
    """Lay a playbook on top; the shell gives it with the hash of its pinned form."""

    playbook: Playbook
    hash: str
    because: str = ""


class BringIn(NamedTuple):
    """Bring the changed files of a playbook in, with the policy they were made for."""

    playbook: Playbook
    hash: str
    policy: Policy
    policy_hash: str
    because: str = ""


class SetHold(NamedTuple):
    """Order that nothing concerned is deleted."""

    because: str = ""


class ReleaseHold(NamedTuple):
    """Lift the hold."""

    because: str = ""


class PromiseUpdate(NamedTuple):
    """Promise more by a time."""

    due: datetime
    text: str
    internal: bool = False
    replace: bool = False
    """It takes the place of one that is open."""


class SendUpdate(NamedTuple):
    """Log that an update went out, perhaps naming the next."""

    text: str
    next: datetime | None = None
    internal: bool = False


class StandDown(NamedTuple):
    """End the acute part."""

    because: str = ""


class Close(NamedTuple):
    """Close the incident, perhaps as a duplicate of another (its label)."""

    because: str = ""
    duplicate_of: str = ""


class Reopen(NamedTuple):
    """Open a closed or stood-down incident again, with the reason."""

    because: str = ""
