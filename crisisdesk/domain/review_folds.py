"""How the entries of the review change an incident's state."""

from collections.abc import Callable
from typing import Any

from crisisdesk.domain import entries as log
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.review import FollowUpState, Review


def reviewed(review: Review, entry: Entry) -> Review:
    """Return the review after one more entry of it."""
    return _FOLDS[type(entry.event)](review, entry.event, entry)


def _moment(review: Review, event: log.KeyMomentMarked, _: Entry) -> Review:
    one = frozenset({event.entry})
    return review._replace(moments=review.moments | one if event.marked else review.moments - one)


def _finding(review: Review, event: log.FindingWritten, entry: Entry) -> Review:
    return review._replace(findings={**review.findings, entry.seq: event.sort})


def _withdrawn(review: Review, event: log.FindingWithdrawn, _: Entry) -> Review:
    return review._replace(
        findings={seq: sort for seq, sort in review.findings.items() if seq != event.finding}
    )


def _rated(review: Review, event: log.ObjectiveRated, _: Entry) -> Review:
    return review._replace(ratings={**review.ratings, event.phase: event.rating})


def _added(review: Review, event: log.FollowUpAdded, entry: Entry) -> Review:
    added = FollowUpState(event.owner, event.due_at)
    return review._replace(follow_ups={**review.follow_ups, entry.seq: added})


def _changed(review: Review, event: log.FollowUpChanged, _: Entry) -> Review:
    known = review.follow_ups.get(event.follow_up)
    if known is None:
        return review
    now = FollowUpState(event.owner or known.owner, event.due_at or known.due_at, event.standing)
    return review._replace(follow_ups={**review.follow_ups, event.follow_up: now})


def _paragraph(review: Review, _: log.ParagraphWritten, entry: Entry) -> Review:
    return review._replace(paragraph=entry.seq)


def _signed(review: Review, event: log.SummarySigned, entry: Entry) -> Review:
    return review._replace(signed=event.version, signed_in=entry.seq)


_FOLDS: dict[type, Callable[[Review, Any, Entry], Review]] = {
    log.KeyMomentMarked: _moment,
    log.FindingWritten: _finding,
    log.FindingWithdrawn: _withdrawn,
    log.ObjectiveRated: _rated,
    log.FollowUpAdded: _added,
    log.FollowUpChanged: _changed,
    log.ParagraphWritten: _paragraph,
    log.SummarySigned: _signed,
}
