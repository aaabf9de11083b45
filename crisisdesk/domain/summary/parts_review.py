"""The parts of a summary that the review adds, frozen. Times are stored instants (UTC), empty for *not recorded*."""

from typing import NamedTuple

from crisisdesk.domain.review import Sentence

__all__ = ["Finding", "FollowUp", "LeftOut", "Objective", "Sentence", "Signature"]


class Objective(NamedTuple):
    """A phase's goal, and how it was met; ``rating`` is empty while nobody rated it."""

    phase: str
    title: str
    goal: str
    rating: str
    meaning: str
    because: str
    by: str
    seq: int


class Finding(NamedTuple):
    """What was found: its sort, the words, and the entries it rests on."""

    sort: str
    text: str
    about: tuple[int, ...]
    by: str
    seq: int


class FollowUp(NamedTuple):
    """What is to be done so that it goes better, and what became of it."""

    text: str
    owner: str
    start_at: str
    due_at: str
    verification: str
    standing: str
    changed_at: str
    because: str
    late: bool
    about: tuple[int, ...]
    seq: int


class Signature(NamedTuple):
    """Somebody stands by a document: which version, up to which entry, and its SHA-256."""

    at: str
    by: str
    role: str
    version: int
    upto: int
    sha256: str
    name: str
    changed_since: bool
    """Something was written after it: this is a newer version than the one signed."""
    seq: int


class LeftOut(NamedTuple):
    """So many entries were left out, or their words, and why."""

    why: str
    number: int
