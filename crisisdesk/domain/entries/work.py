"""Entries of the work: steps, decisions, approvals, and what was seen, kept, said and corrected."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.entries.course import Dues


class StepStarted(NamedTuple):
    """Work on a step began."""

    step: str
    owner_role: str
    owner: str


class StepDone(NamedTuple):
    """A step was done. ``deviation`` names the rule passed over. Words: note, because, read back, ``record: NAME`` values."""

    step: str
    owner_role: str
    owner: str
    due: Dues
    deviation: str = ""
    confirmed_by: str = ""
    """The second person who looked and said what they saw."""
    next_round: str = ""
    """The id of the round that follows, for a step that repeats."""
    left: tuple[str, ...] = ()
    """Rounds that ran only until this step, and fall away."""
    ratify_by: str = ""
    """Published first: until when its approvals must follow."""


class StepSkipped(NamedTuple):
    """A step was left out; one that repeats comes again all the same. Words: because."""

    step: str
    owner_role: str
    owner: str
    due: Mapping[str, str] = {}
    next_round: str = ""
    left: tuple[str, ...] = ()


class StepBlocked(NamedTuple):
    """A step cannot go on. Words: because."""

    step: str
    owner_role: str
    owner: str


class StepUnblocked(NamedTuple):
    """A blocked step can go on. Words: because, note."""

    step: str
    owner_role: str
    owner: str


class StepReopened(NamedTuple):
    """A done or skipped step is open again. Words: because."""

    step: str
    owner_role: str
    owner: str


class StepAssigned(NamedTuple):
    """A step got a person as its owner. Words: because."""

    step: str
    owner_role: str
    owner: str
    previous: str = ""


class StepAdded(NamedTuple):
    """A step that no playbook foresaw. Words: title, because."""

    step: str
    owner_role: str
    owner: str
    phase: str
    within: str
    due: Dues


class DecisionMade(NamedTuple):
    """A choice was made. ``option`` is the playbook's, or empty for another, in words.

    Words: choice, because, known, unknown, consulted, dissent.
    """

    step: str
    owner_role: str
    owner: str
    option: str
    revisit_at: str
    due: Dues
    deviation: str = ""
    next_round: str = ""
    left: tuple[str, ...] = ()
    reverses: int = 0
    """Seq of the earlier choice this one takes the place of; that one stays as it was written."""


class StepApproved(NamedTuple):
    """A person who holds the role approved a step, for a decision exactly this option. Words: because."""

    step: str
    owner_role: str
    owner: str
    role: str
    option: str = ""


class NoteLogged(NamedTuple):
    """Something observed or said. Words: text, source."""

    step: str = ""


class EvidenceAttached(NamedTuple):
    """A file (kept by its SHA-256) or a link (``sha256`` empty), captured when the entry says it happened.

    Words: name, link, note, original author, original time, tool.
    """

    sha256: str
    size: int
    media_type: str
    step: str = ""


class PersonTold(NamedTuple):
    """An attempt to tell somebody. Words: who, how, promised."""

    reached: bool
    step: str = ""


class RelayConfirmed(NamedTuple):
    """Somebody whose word was relayed says themselves that it was so. Words: because."""

    entry: int


class EntryCorrected(NamedTuple):
    """An earlier entry is wrong: this says what is right. Words: text, because, ``record: NAME`` values."""

    corrects: int
    happened_at: str = ""
    step: str = ""
    value: float | None = None
    """The right number, where a figure is corrected; None when its number stands."""
