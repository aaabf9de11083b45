"""What a person can want to say, and of what stands around the steps: statements, the freeze, enquiries, silence."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from crisisdesk.domain.entries import Header


class DraftStatement(NamedTuple):
    """Write a version of a statement for a channel: ``text`` of one's own, or the playbook's (``source``), blanks filled with ``values``."""

    statement: str
    channel: str
    language: str = ""
    text: str = ""
    source: str = ""
    values: Mapping[str, str] = {}
    base: str = ""
    """The hash of the version it was made from; when another was written meanwhile, it is refused."""


class SubmitStatement(NamedTuple):
    """Put the newest drafts of a statement before all their approvers."""

    statement: str
    channel: str = ""
    language: str = ""


class ApproveStatement(NamedTuple):
    """Approve exactly the versions named, each by the beginning of its hash, or the one by its number."""

    statement: str
    versions: tuple[str, ...] = ()
    because: str = ""
    channel: str = ""
    language: str = ""


class AskChanges(NamedTuple):
    """Ask for changes to the versions named, with the reason."""

    statement: str
    versions: tuple[str, ...] = ()
    because: str = ""
    channel: str = ""
    language: str = ""


class PublishStatement(NamedTuple):
    """Log that a version went out; ``text`` when what went out is at hand, so that it can be compared."""

    statement: str
    channel: str = ""
    language: str = ""
    version: str = ""
    link: str = ""
    text: str = ""
    already: bool = False
    because: str = ""
    correction: bool = False
    """It takes the place of what is out."""


class WithdrawStatement(NamedTuple):
    """Log that what was published was taken back."""

    statement: str
    channel: str = ""
    language: str = ""
    link: str = ""
    because: str = ""


class JudgeClaim(NamedTuple):
    """Put a claim on the fact sheet with its ``standing``, or change the one that entry ``claim`` added.

    ``retracted`` takes it off. ``text`` is the claim's own; the shell finds ``claim`` by it or by its number.
    """

    standing: str
    text: str = ""
    claim: int = 0
    source: str = ""
    because: str = ""


class FreezeQueue(NamedTuple):
    """Log that a posting queue on an account is paused; ``held`` is how many posts wait, as typed."""

    queue: str
    account: str
    held: str = ""
    because: str = ""
    may_post: str = ""
    """Who may still post there meanwhile."""


class ReleaseQueue(NamedTuple):
    """Log that a frozen queue was released, its posts restored or binned."""

    queue: str
    account: str = ""
    binned: bool = False
    because: str = ""


class LogEnquiry(NamedTuple):
    """Log that somebody asks, and by when they want an answer."""

    who: str
    question: str
    outlet: str = ""
    due: datetime | None = None


class AnswerEnquiry(NamedTuple):
    """Log the line an enquiry was answered with; ``seq`` is the entry that logged it."""

    seq: int
    line: str


class KeepSilent(NamedTuple):
    """Decide to say nothing in public for now, why, and when to look again."""

    because: str
    revisit: datetime | None = None


class RaiseSensitivity(NamedTuple):
    """Say that an earlier entry is to be kept closer; ``target`` is its header as read from the log."""

    seq: int
    level: str
    target: Header | None = None
    because: str = ""
