"""What a person can want of the work: steps, decisions, approvals, notes, evidence, tellings, corrections."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain.entries import Header


class StartStep(NamedTuple):
    """Begin a step. ``already`` logs what has happened in spite of a rule, with ``because``."""

    step: str
    owner: str = ""
    already: bool = False
    because: str = ""


class CompleteStep(NamedTuple):
    """Record that a step is done, with what it asks to record."""

    step: str
    record: Mapping[str, str] = {}
    note: str = ""
    owner: str = ""
    already: bool = False
    because: str = ""
    confirmed_by: str = ""
    read_back: str = ""


class SkipStep(NamedTuple):
    """Leave a step out, with the reason."""

    step: str
    because: str = ""
    owner: str = ""


class BlockStep(NamedTuple):
    """Say that a step cannot go on, and why."""

    step: str
    because: str = ""
    owner: str = ""


class UnblockStep(NamedTuple):
    """Say that a blocked step can go on."""

    step: str
    because: str = ""
    owner: str = ""


class ReopenStep(NamedTuple):
    """Open a done or skipped step again, with the reason."""

    step: str
    because: str = ""


class AssignStep(NamedTuple):
    """Make a person the owner of a step."""

    step: str
    person: str
    because: str = ""


class AddStep(NamedTuple):
    """Add a step that no playbook foresaw; ``within`` in words, from now."""

    title: str
    who: str
    within: str = ""
    owner: str = ""
    because: str = ""


class Decide(NamedTuple):
    """Make the choice a step asks for: one of its options, or ``other`` in words."""

    step: str
    option: str = ""
    other: str = ""
    because: str = ""
    unknown: str = ""
    revisit: datetime | None = None
    already: bool = False
    known: str = ""
    consulted: str = ""
    dissent: str = ""


class ApproveStep(NamedTuple):
    """Approve a step in a role one holds; a decision for exactly one option."""

    step: str
    option: str = ""
    other: str = ""
    because: str = ""


class LogNote(NamedTuple):
    """Log something observed or said."""

    text: str
    source: str = ""
    step: str = ""


class Attach(NamedTuple):
    """Attach a file (its bytes kept under ``sha256``) or a link (``link``, no bytes)."""

    name: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    link: str = ""
    step: str = ""
    note: str = ""
    original_author: str = ""
    original_time: str = ""
    tool: str = ""


class ConfirmRelay(NamedTuple):
    """Say oneself what somebody else wrote down for one; ``target`` is that entry's header as read from the log."""

    seq: int
    target: Header | None = None
    because: str = ""


class Tell(NamedTuple):
    """Log an attempt to tell somebody."""

    who: str
    how: str
    reached: bool
    promised: str = ""
    step: str = ""


class Correct(NamedTuple):
    """Correct an entry by a new one; ``target`` is its header as read from the log."""

    seq: int
    target: Header | None
    text: str = ""
    record: Mapping[str, str] = {}
    happened: datetime | None = None
    because: str = ""
