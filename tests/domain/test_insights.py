"""What incidents say together: late against targets, skipped with reasons, added by hand, held up; proposals from three runs on."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain import intents as want
from crisisdesk.domain.insights import ENOUGH, Insights, Run, StepRun, Wait, insights, middle, run_of
from crisisdesk.reports.learned import learned
from tests.domain.brief_night import full_night

MINUTE = timedelta(minutes=1)


def step(
    took: int = 5, target: int = 10, *, state: str = "done", because: str = "", id_: str = "capture"
) -> StepRun:
    """How a step fared, in minutes."""
    done = state == "done"
    return StepRun(
        id_,
        "Capture the originals",
        state,
        took * MINUTE if done else None,
        target * MINUTE,
        done and took > target,
        because,
    )


def run(*steps: StepRun, label: str = "INC-0001", drill: bool = False, closed: bool = True, added: tuple[str, ...] = (), waits: tuple[Wait, ...] = (), day: int = 1) -> Run:  # fmt: skip
    """An incident as insights sees it."""
    return Run(
        label,
        "personal-post",
        "Personal post",
        f"2026-11-{day:02d}T21:40:00.000Z",
        drill,
        closed,
        steps,
        added,
        waits,
        (),
    )


def test_late_in_most_runs_is_proposed_with_target_and_median() -> None:
    found = insights([run(step(took), day=day) for day, took in enumerate((19, 25, 8, 15, 30), 1)])
    (one,) = found.real
    (learned_step,) = one.steps
    assert (learned_step.late, learned_step.runs, learned_step.took, learned_step.target) == (
        4,
        5,
        19 * MINUTE,
        10 * MINUTE,
    )
    assert [proposal.words for proposal in one.proposals] == ["late in 4 of 5; target 10 min, median 19 min"]
    assert one.proposals[0].step == "capture"


def test_skipped_with_its_commonest_reason_and_never_late_with_room() -> None:
    skipped = [
        run(step(state="skipped", because=why), day=day)
        for day, why in enumerate(("one region", "one region", "no time"), 1)
    ]
    (one,) = insights(skipped).real
    assert "skipped in 3 of 3; most often because: one region (2)" in one.proposals[0].words
    assert one.steps[0].reasons == (("one region", 2), ("no time", 1))
    (easy,) = insights([run(step(2), day=day) for day in (1, 2, 3)]).real
    assert [each.weigh for each in easy.proposals] == ["Could its target be shorter?"]


def test_steps_added_by_hand_and_approvals_that_held_up() -> None:
    waits = (Wait("legal", 40 * MINUTE, late=True), Wait("hr", 2 * MINUTE, late=False))
    runs = [run(step(), added=("Call the venue", f"only {day}"), waits=waits, day=day) for day in (1, 2, 3)]
    (one,) = insights([*runs, run(step(), added=("call the VENUE",), day=4)]).real
    words = [each.words for each in one.proposals]
    assert "“Call the venue” was added by hand in 4 of 4 runs" in words
    assert "approval by legal: after its limit in 3 of 3; median 40 min, longest 40 min" in words
    assert not any("hr" in each for each in words)


def test_open_incidents_are_counted_and_not_measured_and_drills_stand_apart() -> None:
    found = insights(
        [run(step(90)), run(step(), closed=False, day=2), run(step(), drill=True, label="DRILL-0001")]
    )
    assert (found.real[0].runs, found.real[0].still_open) == (("INC-0001",), 1)
    assert [one.runs for one in found.drills] == [("DRILL-0001",)]
    assert not found.real[0].proposals, "one night is no pattern"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.sampled_from(["done", "skipped", "ready", "not applicable"]), st.booleans()
        ),
        max_size=12,
    )
)
def test_counts_never_exceed_the_runs_and_order_does_not_matter(nights: list[tuple[int, str, bool]]) -> None:
    runs = [
        run(step(took, state=state), drill=drill, label=f"INC-{place:04d}", day=1 + place)
        for place, (took, state, drill) in enumerate(nights)
    ]
    found = insights(runs)
    assert found == insights(runs[::-1])
    for one in (*found.real, *found.drills):
        for each in one.steps:
            assert each.done + each.skipped <= each.runs <= len(one.runs)
            assert each.late <= each.done
        assert not one.proposals or len(one.runs) >= ENOUGH
    assert sum(len(one.runs) for one in (*found.real, *found.drills)) == len(runs)


def test_a_whole_night_says_what_its_log_says() -> None:
    log = full_night()
    log.do(want.AddStep("Call the venue", "comms-lead", "10 minutes"))
    found = run_of(log.entries, log.state, log.now)
    assert found.playbook == log.state.playbook.name
    assert found.added == ("Call the venue",)
    assert {one.role for one in found.waits}
    capture = next(one for one in found.steps if one.id == "capture-post")
    assert capture.state == "done"
    assert capture.took is not None


@pytest.mark.parametrize("width", [60, 79, 160])
def test_lines_fit_and_name_the_place(width: int) -> None:
    found = insights([run(step(19), label=f"INC-{day:04d}", day=day) for day in (1, 2, 3)])
    lines = learned(found, {"personal-post": {"capture": "playbooks/personal-post.yaml:32"}}, width)
    assert any("playbooks/personal-post.yaml:32" in line.text for line in lines)
    tables = [line.text for line in lines if line.text.startswith("  Capture")]
    assert tables
    assert all(len(line) <= width for line in tables)
    assert [line.text for line in learned(Insights((), ()), {}, width)] == [
        "There is no incident to learn from yet."
    ]


def test_the_middle_of_nothing_is_nothing() -> None:
    assert middle([None]) is None
    assert middle([MINUTE, None, 3 * MINUTE]) == 2 * MINUTE
