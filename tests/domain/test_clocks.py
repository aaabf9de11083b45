"""Legal clocks: asked for, started by who may, chained, counted in the law's own units, restated when an anchor is corrected."""

from datetime import UTC, datetime, timedelta

import pytest

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.clocks import clock_due, clocks, open_clocks
from crisisdesk.domain.deadlines import parse_within
from crisisdesk.domain.policy import Clock, Policy, Region
from crisisdesk.domain.times import instant, stamp
from tests.domain.sample import COMMS, HURT, LEAD, POLICY, START, Log, declared

AGO = START - timedelta(hours=2)


def counselled(*facts: tuple[str, str]) -> Log:
    """An incident with facts answered, where the lead's colleague is counsel."""
    log = declared()
    log.do(want.TakeRole("counsel", COMMS))
    for fact, value in facts:
        log.do(want.AnswerFact(fact, value))
    return log


def standing(log: Log) -> dict[str, str]:
    """How each clock stands."""
    return {view.clock.id: view.standing for view in clocks(log.state)}


def a_clock(within: str, *, no_later_than: str = "") -> Clock:
    """A clock of the sample policy with another time."""
    limit = parse_within(no_later_than) if no_later_than else None
    return POLICY.clocks["regulator"]._replace(within=parse_within(within), no_later_than=limit)


def due(log: Log, clock: Clock, anchor: datetime, policy: Policy = POLICY) -> datetime:
    """When a clock counted from ``anchor`` falls due."""
    found = clock_due(log.state._replace(policy=policy), clock, anchor)
    assert found is not None
    return found


def test_unknown_facts_ask_for_no_clock_and_certain_ones_do() -> None:
    log = counselled()
    assert standing(log) == {}
    log.do(want.AnswerFact("injured", "yes"))
    assert standing(log) == {"regulator": "asked"}
    log.do(want.AnswerFact("injured", "no"))
    assert standing(log) == {}


def test_a_step_asks_for_its_clock_unless_the_facts_are_false() -> None:
    log = counselled()
    log.do(want.AddPlaybook(HURT, "h" * 64))
    assert standing(log) == {"regulator": "asked"}
    assert clocks(log.state)[0].steps == ("somebody-hurt/tell-inspector",)
    log.do(want.AnswerFact("injured", "no"))
    assert standing(log) == {}


def test_a_region_that_does_not_know_the_clock_is_not_asked_by_a_step() -> None:
    log = counselled()
    log.do(want.AddPlaybook(HURT, "h" * 64))
    log.do(want.AnswerFact("regions", "uk"))
    assert standing(log) == {}
    log.do(want.AnswerFact("regions", "uk, ie"))
    assert standing(log) == {"regulator": "asked"}


def test_only_who_holds_the_role_starts_or_dismisses() -> None:
    log = counselled(("injured", "yes"))
    for intent in (want.StartClock("regulator", AGO), want.DismissClock("regulator", "nobody hurt")):
        assert f"Only counsel ({COMMS}) can" in log.refusal(intent).sentence
        assert "role take" in log.refusal(intent).remedy
    log.do(want.StartClock("regulator", AGO), LEAD, on_behalf_of=COMMS, relayed_by="phone")
    assert log.last == log_of.ClockStarted(
        "regulator", "counsel", stamp(AGO), stamp(AGO + timedelta(hours=72))
    )


def test_a_clock_without_a_known_anchor_asks_for_it_in_the_laws_words() -> None:
    log = counselled(("injured", "yes"))
    refused = log.refusal(want.StartClock("regulator"), COMMS)
    assert "counted from detection; when was that?" in refused.sentence
    assert "when it was noticed" in refused.sentence
    assert (
        "still to come" not in log.refusal(want.StartClock("regulator", START + timedelta(1)), COMMS).sentence
    )


def test_a_dismissed_clock_can_be_started_after_all() -> None:
    log = counselled(("injured", "yes"))
    log.do(want.DismissClock("regulator", "nobody hurt"), COMMS)
    assert open_clocks(log.state) == []
    log.do(want.StartClock("regulator", AGO), COMMS)
    assert standing(log)["regulator"] == "running"
    assert "runs already" in log.refusal(want.StartClock("regulator", AGO), COMMS).sentence


def test_a_chained_clock_is_asked_for_and_counted_from_the_submission() -> None:
    log = counselled(("injured", "yes"))
    assert "which is not submitted" in log.refusal(want.StartClock("final-report"), COMMS).sentence
    log.do(want.StartClock("regulator", AGO), COMMS)
    log.wait(hours=10).do(want.SubmitClock("regulator"))
    assert standing(log) == {"regulator": "submitted", "final-report": "asked"}
    log.do(want.StartClock("final-report"), COMMS)
    started = log.last
    assert isinstance(started, log_of.ClockStarted)
    assert started.anchor_at == stamp(log.now)
    assert instant(started.due_at).date() == datetime(2026, 12, 21, tzinfo=UTC).date()


def test_a_corrected_anchor_restates_the_clock_by_an_entry_of_its_own() -> None:
    log = counselled(("injured", "yes"))
    log.do(want.StartClock("regulator", AGO), COMMS)
    seq, earlier = log.state.seq, AGO - timedelta(hours=3)
    log.do(want.Correct(seq, None, happened=earlier, because="the mail says so"))
    assert log.last == log_of.ClockRestated("regulator", stamp(earlier), stamp(earlier + timedelta(hours=72)))
    assert log.state.clocks["regulator"].due_at == stamp(earlier + timedelta(hours=72))


def test_a_corrected_submission_restates_what_is_chained_on_it() -> None:
    log = counselled(("injured", "yes"))
    log.do(want.StartClock("regulator", AGO), COMMS)
    log.wait(hours=1).do(want.SubmitClock("regulator"))
    seq = log.state.seq
    log.do(want.StartClock("final-report"), COMMS)
    log.do(want.Correct(seq, None, happened=START, because="the receipt says so"))
    assert log.state.clocks["regulator"].submitted_at == stamp(START)
    assert log.state.clocks["final-report"].anchor_at == stamp(START)


def test_a_late_submission_gives_its_reasons_and_is_a_deviation() -> None:
    log = counselled(("injured", "yes"))
    log.do(want.StartClock("regulator", AGO), COMMS)
    log.wait(hours=100)
    assert "a late notice gives its reasons" in log.refusal(want.SubmitClock("regulator")).sentence
    log.do(want.SubmitClock("regulator", "nobody could be reached"))
    assert log.last == log_of.ClockSubmitted("regulator", "clock overdue")


def test_closing_over_an_open_clock_needs_a_reason_and_submitting_goes_on() -> None:
    log = counselled(("injured", "yes"))
    for step in list(log.state.steps.values()):
        if step.applies and step.step.id != "review-night":
            log.do(want.SkipStep(step.step.id, "x"))
    assert "the clock regulator is open" in log.refusal(want.Close()).sentence
    log.do(want.StartClock("regulator", AGO), COMMS)
    log.do(want.Close("counsel goes on"))
    assert isinstance(log.last, log_of.IncidentClosed)
    assert log.last.open_clocks == ("regulator",)
    log.do(want.SubmitClock("regulator"))


@pytest.mark.parametrize(
    ("within", "anchor", "wanted"),
    [
        ("72 hours of awareness", "2026-10-23T20:00:00", "2026-10-26T20:00:00"),
        ("72 hours of awareness", "2026-03-27T20:00:00", "2026-03-30T20:00:00"),
        ("72 hours of awareness", "2026-12-24T20:00:00", "2026-12-27T20:00:00"),
        ("1 month of submission", "2027-01-31T12:00:00", "2027-02-28T12:00:00"),
        ("1 month of submission", "2028-01-31T12:00:00", "2028-02-29T12:00:00"),
        ("60 days of discovery", "2026-11-22T21:00:00", "2027-01-21T21:00:00"),
    ],
    ids=[
        "clocks go back",
        "clocks go forward",
        "over holidays",
        "end of February",
        "leap year",
        "calendar days",
    ],
)
def test_a_clock_counts_elapsed_time_and_is_never_later(within: str, anchor: str, wanted: str) -> None:
    """Hours run through weekends, holidays and clock changes; a month that lacks the day ends on its last."""
    moment = datetime.fromisoformat(anchor).replace(tzinfo=UTC)
    assert due(declared(), a_clock(within), moment) == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


def test_working_days_are_those_of_the_clocks_own_region() -> None:
    """Four business days from a Friday, over Thanksgiving, end at the close of business in New York."""
    region = Region(
        "us", "United States", (), ("2026-11-26",), clocks=("regulator",), time_zone="America/New_York"
    )
    policy = POLICY._replace(regions={"us": region})
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert due(declared(), a_clock("4 working days of determination"), friday, policy) == datetime(
        2026, 11, 27, 22, tzinfo=UTC
    )


def test_the_earlier_of_two_limits_binds() -> None:
    """DORA: four hours from classification, and at most 24 from awareness."""
    log = declared()
    clock = a_clock("4 hours of classification", no_later_than="24 hours of awareness")
    aware = log.state._replace(aware_at=stamp(START - timedelta(hours=22)))
    assert clock_due(aware, clock, START) == START + timedelta(hours=2)
    assert clock_due(log.state, clock, START) == START + timedelta(hours=4)
