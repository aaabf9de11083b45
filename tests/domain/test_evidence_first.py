"""Evidence first: of what was removed, how much came after something was captured."""

from datetime import timedelta

from crisisdesk.domain import intents as want
from crisisdesk.domain.metrics import Metric, Share
from crisisdesk.domain.summary import summarise
from tests.domain.sample import Log
from tests.domain.test_approvals import desk

CAPTURED = want.Attach("post.png", "a" * 64, 12, "image/png")


def evidence_first(log: Log) -> Metric:
    """The metric as the summary tells it."""
    metrics = summarise(log.entries, log.state, log.now).metrics
    return next(one for one in metrics if one.name == "Evidence-first")


def test_without_a_removal_it_is_not_recorded_and_says_what_counts() -> None:
    log = desk()
    log.do(CAPTURED)
    assert evidence_first(log).value is None
    assert evidence_first(log).inputs == "no removal is recorded"
    assert "a legal hold would stop" in evidence_first(log).anchor


def test_captured_before_the_removal_counts() -> None:
    log = desk()
    log.do(CAPTURED)
    log.wait(minutes=2)
    log.do(want.CompleteStep("delete"))
    assert evidence_first(log).value == Share(1, 1)


def test_captured_after_the_removal_does_not() -> None:
    log = desk()
    log.do(want.CompleteStep("delete"))
    log.wait(minutes=2)
    log.do(CAPTURED)
    assert evidence_first(log).value == Share(0, 1)


def test_what_counts_is_when_it_happened_not_when_it_was_written() -> None:
    log = desk()
    log.wait(minutes=30)
    log.do(want.CompleteStep("delete"), occurred=log.now - timedelta(minutes=10))
    log.do(CAPTURED, occurred=log.now - timedelta(minutes=20))
    assert evidence_first(log).value == Share(1, 1)


def test_a_removal_at_an_unknown_time_is_not_counted_and_told() -> None:
    log = desk()
    log.do(CAPTURED)
    log.do(want.CompleteStep("delete"), occurred=log.now, precision="unknown")
    assert evidence_first(log).value is None
    assert evidence_first(log).inputs == "no removal is recorded with its time"
