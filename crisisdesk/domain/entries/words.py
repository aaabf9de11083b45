"""Entries of what we say: drafts, submissions, approvals, publications of statements. Approval belongs to one exact text."""

from typing import NamedTuple


class StatementDrafted(NamedTuple):
    """A version of a statement for one channel and language was written; an earlier one's approvals do not pass on. Words: text."""

    statement: str
    channel: str
    language: str
    version: int
    text_hash: str
    """Over incident, statement, channel, language and the exact text: what approvals are bound to."""
    holes: tuple[str, ...] = ()
    """Placeholders nobody has filled yet; with one left nothing is published."""
    length: int = 0
    """In units the channel counts by."""
    cleared: bool = False
    """Word for word a text that was cleared beforehand, but for its blanks."""
    source: str = ""
    """The playbook's statement it was begun with, when that has another name: its approvers are asked too."""


class StatementSubmitted(NamedTuple):
    """A version was put before all its approvers at once, each with the same time limit."""

    statement: str
    channel: str
    language: str
    text_hash: str
    approvers: tuple[str, ...]
    due_at: str
    version: int = 0


class StatementApproved(NamedTuple):
    """A person who holds the role approved exactly this version. Words: because."""

    statement: str
    channel: str
    language: str
    text_hash: str
    role: str
    stand_in: str = ""
    """The role in which they stood in for it, after its time had passed."""
    version: int = 0


class ChangesAsked(NamedTuple):
    """An approver wants this version changed. Words: because."""

    statement: str
    channel: str
    language: str
    text_hash: str
    role: str
    version: int = 0


class StatementPublished(NamedTuple):
    """A version went out, by a person and never by the desk. Words: link, because, and text when other words went out."""

    statement: str
    channel: str
    language: str
    text_hash: str
    deviation: str = ""
    ratify_by: str = ""
    """Out before its approvals, as a step allows: the stored instant until which they must follow."""
    version: int = 0


class StatementWithdrawn(NamedTuple):
    """What was published was taken back. Words: because, link."""

    statement: str
    channel: str
    language: str


class ClaimAdded(NamedTuple):
    """An assertion was put on the fact sheet. Words: text, source."""

    standing: str
    """``confirmed``, ``unconfirmed`` or ``do not say``."""


class ClaimJudged(NamedTuple):
    """A claim's standing changed, or it was taken off the sheet (``retracted``). Words: because, source."""

    claim: int
    standing: str
