"""Figures over time: the points, the line that shows them, and what they recommend."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain import intents as want
from crisisdesk.domain.entries import Entry, FigureTyped
from crisisdesk.domain.figures import BLOCKS, PLAIN, Series, crossings, figures_read, series, sparkline
from crisisdesk.domain.severity import advised
from crisisdesk.domain.timeline import build, read
from crisisdesk.domain.times import stamp
from tests.domain.sample import POLICY, Log, declared

VALUES = st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=40)
WIDTHS = st.integers(-3, 30)
WATCHED = POLICY._replace(
    levels={
        **POLICY.levels,
        "sev1": POLICY.levels["sev1"]._replace(times_usual=10),
        "sev2": POLICY.levels["sev2"]._replace(times_usual=3),
    }
)


def night(*typed: tuple[str, str], **circumstances: Any) -> Log:
    """A log on which these figures were typed, five minutes apart."""
    log = declared("sev3")
    log.state = log.state._replace(policy=WATCHED)
    for name, value in typed:
        log.wait(minutes=5).do(want.TypeFigure(name, value, "the tool"), **circumstances)
    return log


def of(log: Log) -> dict[str, Series]:
    """The series of a log, by figure."""
    return {one.figure: one for one in series(figures_read(read(log.entries)))}


def test_a_series_holds_each_reading_with_its_time_source_and_entry() -> None:
    log = night(("mentions", "340"), ("usual-mentions", "100"), ("mentions", "120"))
    mentions = of(log)["mentions"]
    assert list(mentions.values) == [340, 120]
    assert (mentions.first.value, mentions.last.value, mentions.highest.seq) == (340, 120, mentions.first.seq)
    assert (mentions.last.at, mentions.last.source) == (stamp(log.now), "the tool")
    assert list(of(log)) == ["mentions", "usual-mentions"]


def test_a_figure_nobody_typed_has_no_series() -> None:
    assert of(declared()) == {}


def test_a_corrected_time_moves_the_point_and_says_so() -> None:
    log = night(("mentions", "340"), ("mentions", "120"))
    seq = log.state.seq
    earlier = log.now - timedelta(minutes=8)
    log.do(want.Correct(seq, None, "", {}, earlier, "wrong time"))
    points = of(log)["mentions"].points
    assert [point.value for point in points] == [120, 340]
    assert (points[0].at, points[0].corrected_by, points[0].first_typed) == (stamp(earlier), seq + 1, None)


def test_a_corrected_number_takes_the_place_of_the_wrong_one() -> None:
    log = night(("usual-mentions", "100"), ("mentions", "3,400"), ("reach", "7"))
    log.do(want.Correct(log.state.seq - 1, None, "340", because="a nought too many"))
    (point,) = of(log)["mentions"].points
    assert (point.value, point.first_typed, point.corrected_by) == (340, 3400, log.state.seq)
    assert (log.state.figures["mentions"], advised(log.state).level) == (340, "sev2")
    first, correction = [
        item for item in build(log.entries, log.state) if item.seq in {point.seq, log.state.seq}
    ]
    assert (first.title, first.original_text) == (
        "Figure: 340 mentions per hour",
        "Figure: 3,400 mentions per hour",
    )
    assert correction.title == f"Correction of #{point.seq}: the figure is 340"
    log.wait(minutes=1).do(want.TypeFigure("mentions", "90"))
    log.do(want.Correct(point.seq, None, "350", because="looked again"))
    assert log.state.figures["mentions"] == 90
    assert of(log)["mentions"].values == (350, 90)


def test_a_figure_is_corrected_by_a_number_only() -> None:
    log = night(("sentiment", "40"))
    seq = log.state.seq
    assert "is not a number" in log.refusal(want.Correct(seq, None, "less", because="x")).sentence
    assert "no share" in log.refusal(want.Correct(seq, None, "140", because="x")).sentence


def test_crossing_a_threshold_is_said_and_the_level_stays() -> None:
    log = night(
        ("usual-mentions", "100"),
        ("mentions", "120"),
        ("mentions", "340"),
        ("mentions", "350"),
        ("mentions", "90"),
    )
    up, down = crossings(WATCHED, figures_read(read(log.entries)))
    assert (
        up.sentence
        == "340 mentions per hour, 3.4 times the usual 100 an hour (from 3 times): recommends sev2"
    )
    assert (up.level, down.level) == ("sev2", "")
    assert "speak for no level" in down.sentence
    assert log.state.severity == "sev3"


def test_a_figure_typed_later_and_read_earlier_does_not_stand_for_now() -> None:
    log = night(("usual-mentions", "100"), ("mentions", "1,200"))
    before = crossings(WATCHED, figures_read(read(log.entries)))
    log.do(want.TypeFigure("mentions", "110"), occurred=log.now - timedelta(minutes=4))
    assert log.state.figures["mentions"] == 1200
    assert crossings(WATCHED, figures_read(read(log.entries))) == before
    assert of(log)["mentions"].values == (110, 1200)


TYPED = st.tuples(st.sampled_from(["mentions", "usual-mentions"]), st.integers(0, 2000), st.integers(0, 3))


@given(st.lists(TYPED, max_size=12))
def test_the_last_crossing_is_what_the_desk_recommends(typed: list[tuple[str, int, int]]) -> None:
    log = night()
    seqs: list[int] = []
    for name, value, back in typed:
        log.wait(minutes=5).do(want.TypeFigure(name, str(value)))
        seqs.append(log.state.seq)
        if 0 < back <= len(seqs):
            log.do(want.Correct(seqs[-back], None, str(value // 2), because="read again"))
    found = crossings(WATCHED, figures_read(read(log.entries)))
    last = found[-1].level if found else ""
    usual = log.state.playbook.usually
    assert advised(log.state).level == (WATCHED.worse(last, usual) if last else usual)


@given(VALUES, WIDTHS, st.booleans())
def test_a_line_has_one_mark_for_each_of_the_newest_values_and_never_more_than_fit(
    values: list[float], width: int, ascii_: bool
) -> None:
    line = sparkline(values, width, ascii=ascii_)
    assert len(line) == min(len(values), max(width, 0))
    assert set(line) <= set(PLAIN if ascii_ else BLOCKS)


@given(VALUES, st.booleans())
def test_a_higher_value_never_stands_lower(values: list[float], ascii_: bool) -> None:
    marks = PLAIN if ascii_ else BLOCKS
    rungs = [marks.index(mark) for mark in sparkline(values, len(values), ascii=ascii_)]
    pairs = sorted(zip(values, rungs, strict=True))
    assert [rung for _, rung in pairs] == sorted(rungs)
    if len(set(values)) > 1:
        assert (min(rungs), max(rungs)) == (0, len(marks) - 1)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 20))
def test_values_that_do_not_change_are_flat_and_one_is_one_mark(value: float, many: int) -> None:
    assert sparkline([value] * many, 30) == "▄" * many


def test_negative_numbers_stand_below_zero() -> None:
    assert sparkline([-100, 0, 100], 10) == "▁▅█"
    assert sparkline([-100, 0, 100], 10, ascii=True) == ".=#"
    assert sparkline([-1e308, 1e308], 10) == "▁█"


def test_a_figure_of_a_newer_program_is_kept_under_its_own_name() -> None:
    log = night(("mentions", "3"))
    entry = log.entries[-1]
    strange = Entry(entry.header, FigureTyped("weather", -4.5), entry.hash, {})
    (one,) = series(figures_read(read([strange])))
    assert (one.figure, one.about, one.values) == ("weather", "weather", (-4.5,))
