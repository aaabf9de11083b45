"""When things fall due: pace, appearing, anchors, working days, clock changes, months."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crisisdesk.domain import intents as want
from crisisdesk.domain.deadlines import Calendar, Hours, Within, due_at, is_working_day, parse_within
from crisisdesk.domain.runbook import is_late
from tests.domain.sample import DECLARE, PLAYBOOK, POLICY, START, Log, declared, within

LONDON = Calendar(ZoneInfo("Europe/London"), Hours(), frozenset({"2026-12-25", "2026-12-28"}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 minutes", Within(10, "minutes")),
        ("1 minute", Within(1, "minutes")),
        ("5 min", Within(5, "minutes")),
        ("5 mins", Within(5, "minutes")),
        ("1 hour", Within(1, "hours")),
        ("24 Hours of Detection", Within(24, "hours", "detection")),
        ("3 days", Within(3, "days")),
        ("1 calendar day", Within(1, "days")),
        ("2 working days of take-down", Within(2, "working days", "take-down")),
        ("1 working day of closing", Within(1, "working days", "closing")),
        ("6 months", Within(6, "months")),
        ("  6   month ", Within(6, "months")),
        ("10 minutes of declaration", Within(10, "minutes")),
        ("ten minutes", None),
        ("10", None),
        ("10 seconds", None),
        ("-1 hours", None),
        ("10000 hours", None),
        ("1 hour of", None),
        ("1 hour after closing", None),
        ("1 hours of 'x'", None),
        ("", None),
    ],
)
def test_durations_are_read_in_words(text: str, expected: Within | None) -> None:
    """A duration is a number, a unit and perhaps an anchor; anything else is none."""
    assert parse_within(text) == expected


@pytest.mark.parametrize(
    "words", ["1 minute", "10 minutes", "1 working day of closing", "6 months", "24 hours of detection"]
)
def test_durations_are_said_as_they_are_written(words: str) -> None:
    """Reading what was said gives the same duration."""
    assert within(words).words() == words


@pytest.mark.parametrize(
    ("words", "anchor", "expected"),
    [
        ("1 working day", "2026-11-20T21:00+00:00", "2026-11-23T17:00+00:00"),
        ("1 working day", "2026-11-22T10:00+00:00", "2026-11-23T17:00+00:00"),
        ("1 working day", "2026-11-23T03:00+00:00", "2026-11-24T17:00+00:00"),
        ("3 working days", "2026-12-24T10:00+00:00", "2026-12-31T17:00+00:00"),
        ("0 working days", "2026-11-23T10:00+00:00", "2026-11-23T17:00+00:00"),
        ("1 working day", "2026-07-01T23:30+00:00", "2026-07-03T16:00+00:00"),
        ("1 day", "2026-03-28T20:00+00:00", "2026-03-29T19:00+00:00"),
        ("24 hours", "2026-03-28T20:00+00:00", "2026-03-29T20:00+00:00"),
        ("1 day", "2026-10-24T19:00+00:00", "2026-10-25T20:00+00:00"),
        ("24 hours", "2026-10-24T19:00+00:00", "2026-10-25T19:00+00:00"),
        ("90 minutes", "2026-10-25T00:00+00:00", "2026-10-25T01:30+00:00"),
        ("1 month", "2026-01-31T12:00+00:00", "2026-02-28T12:00+00:00"),
        ("1 month", "2028-01-31T12:00+00:00", "2028-02-29T12:00+00:00"),
        ("2 months", "2026-11-15T12:00+00:00", "2027-01-15T12:00+00:00"),
        ("13 months", "2026-11-30T12:00+00:00", "2027-12-30T12:00+00:00"),
        ("6 months", "2026-01-15T12:00+00:00", "2026-07-15T11:00+00:00"),
    ],
)
def test_due_times_over_weekends_holidays_and_clock_changes(words: str, anchor: str, expected: str) -> None:
    """Days and months keep the local time of day; working days end with the office; hours are hours."""
    found = due_at(within(words), datetime.fromisoformat(anchor), 4.0 if "day" in words else 1.0, LONDON)
    assert found == datetime.fromisoformat(expected)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("words", "pace", "minutes"),
    [
        ("10 minutes", 1.0, 10),
        ("10 minutes", 2.5, 25),
        ("1 hours", 4.0, 240),
        ("1 hours of detection", 4.0, 60),
        ("10 minutes of take-down", 4.0, 10),
        ("1 day", 4.0, 1440),
    ],
)
def test_pace_stretches_minutes_and_hours_from_declaration_only(
    words: str, pace: float, minutes: int
) -> None:
    """Neither another anchor nor a day moves with the level."""
    assert due_at(within(words), START, pace, LONDON) == START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-12-24", True), ("2026-12-25", False), ("2026-12-26", False), ("2026-12-28", False)],
)
def test_the_office_works_on_its_days_but_for_holidays(day: str, works: bool) -> None:
    """Weekends and listed holidays are no working days."""
    assert is_working_day(datetime.fromisoformat(day).date(), LONDON.hours, LONDON.holidays) is works


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("sev1", (10, 30, 15, 20)), ("sev2", (20, 60, 30, 40)), ("sev3", (40, 120, 60, None))],
)
def test_declaring_fixes_due_times_at_the_level_s_pace(
    severity: str, expected: tuple[float | None, ...]
) -> None:
    """`within` is the figure for the worst level; a step that does not apply has no due time."""
    log = declared(severity)
    names = ("capture-post", "choose-line", "pause-posts", "call-director")
    assert tuple(log.due(name) for name in names) == expected


def test_an_unsaid_level_is_the_playbook_s_usual_one() -> None:
    """Declared without a level, the usual one sets the pace and waits for confirmation."""
    log = declared("")
    assert (log.state.severity, log.state.confirmed, log.due("capture-post")) == ("sev2", False, 20)


def test_declared_later_than_it_was_counts_from_when_it_was() -> None:
    """A declaration written down late counts from when it was made."""
    log = Log().wait(minutes=30)
    log.do(DECLARE._replace(severity="sev1"), occurred=START)
    assert log.due("capture-post") == 10


def test_detection_is_an_anchor_of_its_own() -> None:
    """What counts from detection counts from when it was noticed, and has no due time when nobody said."""
    assert declared(detected=START - timedelta(hours=1), facts={"reach": "5000"}).due("watch-echo") == 23 * 60
    assert declared().due("watch-echo") is None


def test_raising_takes_the_earlier_of_old_and_new() -> None:
    """Raised at minute five: now + within, unless the old due time is sooner."""
    log = declared("sev3").wait(minutes=5)
    log.do(want.SetSeverity("sev1", "a minister called"))
    assert [log.due(name) for name in ("capture-post", "choose-line", "pause-posts")] == [15, 35, 20]
    log = declared("sev2").wait(minutes=15)
    log.do(want.SetSeverity("sev1", "a minister called"))
    assert [log.due(name) for name in ("capture-post", "choose-line", "pause-posts")] == [20, 45, 30]


def test_late_stays_late() -> None:
    """Raising the level gives a late step no new time."""
    log = declared("sev2").wait(minutes=25)
    assert is_late(log.step("capture-post"), log.now)
    log.do(want.SetSeverity("sev1", "worse"))
    assert log.due("capture-post") == 20
    assert is_late(log.step("capture-post"), log.now)


def test_lowering_moves_nothing() -> None:
    """A milder level leaves every due time where it is."""
    log = declared("sev1").wait(minutes=5)
    before = {name: step.due for name, step in log.state.steps.items()}
    log.do(want.SetSeverity("sev3", "a misunderstanding"))
    assert {name: step.due for name, step in log.state.steps.items()} == before


def test_raising_moves_neither_done_nor_anchored_nor_added_steps() -> None:
    """Only what is still to do, counted from declaration, moves."""
    log = declared("sev3", detected=START)
    log.do(want.AddStep("Ring the printer", "counsel", "3 hours"))
    log.do(want.SkipStep("pause-posts", "none planned"))
    before = {name: log.due(name) for name in ("added-1", "pause-posts", "watch-echo", "ask-ireland")}
    log.do(want.SetSeverity("sev1", "worse"))
    assert {name: log.due(name) for name in before} == before


def test_a_step_that_appears_later_counts_from_its_appearance() -> None:
    """Raised at minute seven, what only the worse level asks counts from there; a fact does the same."""
    log = declared("sev3").wait(minutes=7)
    log.do(want.SetSeverity("sev2", ""))
    assert log.due("call-director") == 47
    log = declared(facts={"regions": "uk"})
    assert not log.step("ask-ireland").applies
    log.do(want.AnswerFact("regions", "uk, ie"))
    assert log.step("ask-ireland").due == "2026-11-25T17:00:00.000Z"  # Tuesday is a holiday in Ireland


def test_a_step_that_comes_back_keeps_its_due_time() -> None:
    """Falling away and coming back gives no new time."""
    log = declared("sev2")
    log.do(want.SetSeverity("sev3", "small"))
    assert not log.step("call-director").applies
    log.wait(minutes=30).do(want.SetSeverity("sev2"))
    assert (log.step("call-director").applies, log.due("call-director")) == (True, 40)


def test_a_step_anchored_to_another_counts_from_when_that_was_done() -> None:
    """An hour after the choice is an hour after it was made, whatever the level and whenever it was logged."""
    log = declared("sev3", facts={"injured": "yes"}).wait(minutes=20)
    assert log.due("tell-counsel") is None
    log.do(want.CompleteStep("capture-post", {"link": "https://example.com/1"}))
    log.do(want.Decide("choose-line", "wait", because="y"), occurred=START + timedelta(minutes=15))
    assert log.due("tell-counsel") == 75


def test_a_step_appearing_after_its_anchor_counts_from_the_anchor() -> None:
    """Who learns late that counsel must be told is told from when the hour began."""
    log = declared(facts={"injured": "no"})
    log.do(want.CompleteStep("capture-post", {"link": "https://example.com/1"}))
    log.do(want.Decide("choose-line", "wait", because="y"))
    log.wait(minutes=30).do(want.AnswerFact("injured", "yes"))
    assert log.due("tell-counsel") == 60


def test_closing_is_an_anchor() -> None:
    """Two working days after a Friday night's closing is Tuesday evening."""
    log = declared()
    assert log.due("review-night") is None
    log.do(want.Close("over"))
    assert log.step("review-night").due == "2026-11-24T17:00:00.000Z"


@pytest.mark.parametrize(
    ("says", "has", "due"),
    [
        ("debrief-due", "24 hours of closing", "2026-11-21T21:00:00.000Z"),
        ("debrief-due", "24 hours", "2026-11-21T21:00:00.000Z"),
        ("debrief-due", "", "2026-11-24T17:00:00.000Z"),
        ("review-due", "24 hours of closing", "2026-11-27T17:00:00.000Z"),
        ("", "24 hours of closing", "2026-11-24T17:00:00.000Z"),
    ],
)
def test_the_level_s_figure_counts_instead_where_the_step_says_so(says: str, has: str, due: str) -> None:
    """From the step's own anchor, and only where the level has the figure."""
    *before, last = PLAYBOOK.phases
    steps = tuple(
        step._replace(unless_level_says=says) if step.id == "review-night" else step for step in last.steps
    )
    levels = {
        name: one._replace(debrief_due=within(has) if has else None) for name, one in POLICY.levels.items()
    }
    playbook = PLAYBOOK._replace(phases=(*before, last._replace(steps=steps)))
    log = Log(playbook=playbook, policy=POLICY._replace(levels=levels))
    log.do(DECLARE)
    log.do(want.Close("over"))
    assert log.step("review-night").due == due


def test_waiting_never_moves_a_due_time() -> None:
    """`after` makes a step wait and leaves its time."""
    log = declared("sev1").wait(minutes=29)
    log.do(want.CompleteStep("capture-post", {"link": "https://example.com/1"}))
    assert log.due("choose-line") == 30


def test_late_is_asked_not_written() -> None:
    """A step is late only after its due time, while it applies and is open."""
    log = declared("sev1")
    step = log.step("capture-post")
    due = START + timedelta(minutes=10)
    assert not is_late(step, due)
    assert is_late(step, due + timedelta(milliseconds=1))
    assert not is_late(step._replace(progress="done"), due + timedelta(hours=1))
    assert not is_late(step._replace(applies=False), due + timedelta(hours=1))
