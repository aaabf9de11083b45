"""What is due across incidents: soonest first, whose it is, and when the countdowns are drawn again."""

from datetime import UTC, datetime, timedelta

import pytest

from crisisdesk.domain.agenda import agenda, next_paint, what_to_do
from crisisdesk.domain.rows import DueRow
from crisisdesk.domain.times import clock, left, stamp

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def row(minutes: float, kind: str = "step", **fields: object) -> DueRow:
    """A thing due in so many minutes."""
    made = DueRow(
        "s1", "INC-0001", 1, kind, "call-partner", "Call the partner", "ready" if kind == "step" else "", "comms-lead", "Ada Okoro", "", "",
        stamp(NOW + timedelta(minutes=minutes)), 0, 0,
    )  # fmt: skip
    return made._replace(**fields)  # type: ignore[arg-type]


def test_the_late_come_first_then_the_soonest() -> None:
    shown = agenda([row(30), row(-5), row(2, "clock"), row(-50)], "", NOW)
    assert [due.row.due for due in shown] == sorted(due.row.due for due in shown)
    assert shown[0].row.due == stamp(NOW - timedelta(minutes=50))


@pytest.mark.parametrize(("speaker", "mine"), [("  ada  OKORO", True), ("Ben Lindqvist", False), ("", False)])
def test_mine_is_what_my_name_owns_however_it_is_spelt(speaker: str, mine: bool) -> None:
    assert agenda([row(5)], speaker, NOW)[0].mine is mine


def test_nobodys_is_nobodys() -> None:
    assert not agenda([row(5, owner="")], "", NOW)[0].mine


def test_once_the_time_has_passed_the_stand_in_is_asked() -> None:
    waiting = row(
        5, "approval", owner_role="legal", owner="Mira Chen", stand_in_role="dpo", stand_in="Ben Lindqvist"
    )
    before, after = (
        agenda([waiting], "Ben Lindqvist", NOW)[0],
        agenda([waiting], "Ben Lindqvist", NOW + timedelta(minutes=6))[0],
    )
    assert (before.person, before.role, before.mine) == ("Mira Chen", "legal", False)
    assert (after.person, after.role, after.mine) == ("Ben Lindqvist", "dpo", True)
    nobody = agenda([waiting._replace(owner="")], "", NOW)[0]
    assert nobody.person == "Ben Lindqvist"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "step", "state": "ready"}, "do 'Call the partner'"),
        ({"kind": "step", "state": "blocked"}, "see what blocks 'Call the partner'"),
        ({"kind": "clock"}, "submit 'Call the partner'"),
        ({"kind": "update", "what": "internal", "title": ""}, "send the promised internal update"),
        ({"kind": "first word"}, "say the first public word, or decide to say none"),
        ({"kind": "enquiry", "title": "Dee, Daily"}, "answer Dee, Daily"),
        ({"kind": "review"}, "finish the review"),
    ],
)
def test_everything_says_what_to_do(fields: dict[str, object], said: str) -> None:
    assert what_to_do(agenda([row(5)._replace(**fields)], "", NOW)[0]) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "seconds"),
    [([], 15), ([-5], 15), ([30], 15), ([2 + 10 / 60], 10), ([1.5], 1), ([30, 0.5], 1), ([2], 1), ([0], 1)],
)
def test_the_countdowns_are_drawn_as_often_as_they_change(minutes: list[float], seconds: int) -> None:
    assert next_paint(agenda([row(one) for one in minutes], "", NOW), NOW) == timedelta(seconds=seconds)


def test_a_countdown_is_counted_from_utc_through_a_change_of_the_clocks() -> None:
    """London's clocks go back at 01:00 UTC: 00:30 to 02:30 on the wall is three hours, and the hour that comes twice has its zone's name."""
    from zoneinfo import ZoneInfo

    london = ZoneInfo("Europe/London")
    evening, due = datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    assert (f"{evening.astimezone(london):%H:%M %Z}", f"{due.astimezone(london):%H:%M %Z}") == (
        "00:30 BST",
        "02:30 GMT",
    )
    assert left(due, evening) == "3 h left"
    assert left(due.astimezone(london), evening.astimezone(london)) == "3 h left"
    assert clock(due, london, evening) == "02:30"


def test_a_jump_of_the_clock_is_only_another_time_of_looking() -> None:
    """A laptop that slept for two hours says so at the next paint."""
    [due] = agenda([row(1.5)], "", NOW)
    awake = NOW + timedelta(hours=2)
    assert left(NOW + timedelta(minutes=1.5), NOW) == "90 s left"
    assert left(NOW + timedelta(minutes=1.5), awake) == "late 1 h 58 min"
    assert next_paint([due], awake) == timedelta(seconds=15)
