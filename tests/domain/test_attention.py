"""What is told when things fall due: an owner and an action each, merged, never twice; one sound; a flood is one."""

from datetime import timedelta

from crisisdesk.domain.agenda import Due, agenda
from crisisdesk.domain.attention import Told, attend, banner
from tests.domain.test_agenda import NOW, row

SINCE = NOW - timedelta(minutes=30)


def keys(due: Due) -> str:
    """Keys for the tests."""
    return f"press {due.row.kind[0]}"


def test_one_thing_names_who_and_what_and_the_keys() -> None:
    mira = row(
        0,
        "approval",
        owner_role="legal",
        owner="Mira Chen",
        title="'holding' for x, version 2",
        what="holding|x||2",
    )
    told, alert = attend(Told(SINCE), agenda([mira], "", NOW), NOW, keys)
    assert alert is not None
    assert alert.text == "Mira Chen, legal: approve 'holding' for x, version 2 of INC-0001, due now: press a"
    assert not alert.sound
    assert attend(told, agenda([mira], "", NOW), NOW + timedelta(minutes=3), keys) == (told, None), (
        "not twice"
    )


def test_only_a_clock_or_a_step_at_the_worst_level_sounds() -> None:
    for due, sound in ((row(0), False), (row(0, loud=1), True), (row(0, "clock", loud=1), True)):
        alert = attend(Told(SINCE), agenda([due], "", NOW), NOW, keys)[1]
        assert alert is not None
        assert alert.sound is sound


def test_what_is_not_due_what_waits_and_what_was_late_before_is_not_told() -> None:
    quiet = [row(1), row(0, state="waiting"), row(-40)]
    assert attend(Told(SINCE), agenda(quiet, "", NOW), NOW, keys) == (Told(SINCE), None)


def test_several_at_once_are_one() -> None:
    several = [row(-n, what=f"step-{n}", title=f"Step {n}") for n in range(5)]
    told, alert = attend(Told(SINCE), agenda(several, "", NOW), NOW, keys)
    assert alert is not None
    assert alert.text.count("\n") == 3
    assert alert.text.endswith("and 2 more on the desk.")
    assert len(told.at) == 5


def test_more_than_ten_in_ten_minutes_are_one() -> None:
    many = [row(-n / 2, what=f"step-{n}", loud=1) for n in range(14)]
    told, alert = attend(Told(SINCE), agenda(many, "", NOW), NOW, keys)
    assert alert is not None
    assert alert.text == alert.outside == "14 things fell due in the last ten minutes; see the desk."
    again = [*many, row(1, what="one more", loud=1)]
    told, alert = attend(told, agenda(again, "", NOW), NOW + timedelta(minutes=1), keys)
    assert alert is None, "a flood is told once"
    assert banner(told, agenda(again, "", NOW), NOW + timedelta(minutes=1), keys).startswith("15 things")


def test_ten_one_after_the_other_are_told_and_the_eleventh_is_the_flood() -> None:
    told, texts = Told(SINCE), []
    rows = [row(n / 2, what=f"step-{n}") for n in range(12)]
    for n in range(12):
        moment = NOW + timedelta(seconds=30 * n)
        told, alert = attend(told, agenda(rows, "", moment), moment, keys)
        texts.append(alert.text if alert else "")
    assert all("Ada Okoro" in text for text in texts[:10])
    assert texts[10].startswith("11 things")
    assert texts[11] == ""


def test_the_banner_stands_ten_minutes_or_until_it_is_done() -> None:
    due = agenda([row(0)], "", NOW)
    told, _ = attend(Told(SINCE), due, NOW, keys)
    assert "late 9 min" in banner(told, due, NOW + timedelta(minutes=9), keys)
    assert banner(told, [], NOW, keys) == ""
    assert banner(told, due, NOW + timedelta(minutes=10), keys) == ""


def test_after_a_sleep_what_fell_due_meanwhile_is_told_once() -> None:
    due = [row(20, what="a"), row(50, what="b")]
    awake = NOW + timedelta(hours=2)
    told, alert = attend(Told(SINCE), agenda(due, "", awake), awake, keys)
    assert alert is not None
    assert "late 1 h 40 min" in alert.text
    assert attend(told, agenda(due, "", awake), awake, keys)[1] is None


def test_the_desktop_learns_no_words_and_a_drill_says_so() -> None:
    secret = row(0, title="Suspend Jo Park", drill=1, incident="DRILL-0001", owner="\x1b]0;x\x07 Ada")
    alert = attend(Told(SINCE), agenda([secret], "", NOW), NOW, keys)[1]
    assert alert is not None
    assert alert.outside == "DRILL DRILL-0001: step due"
    assert alert.text.startswith("DRILL: ")
    assert "\x1b" not in alert.text
