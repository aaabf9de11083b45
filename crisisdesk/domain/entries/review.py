"""Entries of the review: what the reviewers choose, find, rate and ask for. What happened is never changed by them."""

from typing import NamedTuple


class KeyMomentMarked(NamedTuple):
    """An entry was chosen as a key moment, or, with ``marked`` false, is one no longer."""

    entry: int
    marked: bool = True


class FindingWritten(NamedTuple):
    """Something was found: ``sort`` is one of ``FINDINGS`` in ``review.py``, ``about`` the entries it rests on. Words: text."""

    sort: str
    about: tuple[int, ...] = ()


class FindingWithdrawn(NamedTuple):
    """A finding no longer stands. Words: because."""

    finding: int


class ObjectiveRated(NamedTuple):
    """How a phase's goal was met: P, S, M or U, as ``RATINGS`` in ``review.py`` says. Words: because."""

    phase: str
    rating: str


class FollowUpAdded(NamedTuple):
    """Something is to be done so that it goes better: by whom, from when, until when (stored instants). Words: text, verification."""

    owner: str
    due_at: str
    start_at: str = ""
    about: tuple[int, ...] = ()


class FollowUpChanged(NamedTuple):
    """A follow-up is ``open``, ``done``, ``verified`` or ``dropped`` now; another owner or due time where one is named. Words: because."""

    follow_up: int
    standing: str
    owner: str = ""
    due_at: str = ""


class ParagraphWritten(NamedTuple):
    """The opening paragraph was written by a person, in place of the one put together from entries. Words: text."""


class SummarySigned(NamedTuple):
    """A person stands by a document: its SHA-256, which version of the summary it is, and up to which entry it tells."""

    sha256: str
    version: int
    role: str
    upto: int
    head: str
    name: str = ""
    """The document's file name, without its folder."""
