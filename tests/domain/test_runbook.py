"""Questions asked of an incident: what applies, what is next, what waits, which roles are missing."""

import pytest

from crisisdesk.domain import intents as want
from crisisdesk.domain.conditions import Fact
from crisisdesk.domain.runbook import (
    calendar,
    current_phase,
    current_step,
    gaps,
    next_steps,
    progress,
    rows,
    said,
    stands,
    state_of,
    wanted_words,
    why_not,
    why_waiting,
)
from crisisdesk.domain.severity import recommend
from tests.domain.sample import COMMS, LEAD, OTHER, POLICY, Log, declared, words_of


def names(log: Log, person: str = "") -> list[str]:
    """The ids of the next steps."""
    return [known.step.id for known in next_steps(log.state, person)]


def test_next_is_started_then_earliest_due_then_blocked() -> None:
    """What is under way comes first, then what falls due first, then what cannot go on; the waiting are absent."""
    log = declared("sev1")
    assert names(log) == [
        "capture-post", "pause-posts", "call-director", "ask-ireland", "tell-counsel", "watch-echo", "thank-team",
    ]  # fmt: skip
    log.do(want.StartStep("thank-team"))
    log.do(want.BlockStep("capture-post", "no network"))
    assert names(log)[0] == "thank-team"
    assert names(log)[-1] == "capture-post"


def test_next_of_one_person_is_what_that_person_owns() -> None:
    """A person's list holds the steps of their roles and those assigned to them."""
    log = declared(roles={"comms-lead": COMMS})
    log.do(want.AssignStep("pause-posts", OTHER))
    assert names(log, COMMS.upper()) == ["capture-post", "watch-echo"]
    assert names(log, OTHER) == ["pause-posts"]
    assert names(log, "Nobody") == []


def test_the_current_step_is_the_first_of_the_current_phase() -> None:
    """The step to show large stays in the phase under way, blocked ones aside."""
    log = declared("sev1")
    step = current_step(log.state)
    assert step is not None
    assert (current_phase(log.state), step.step.id) == ("first-hour", "capture-post")
    for known in log.state.steps.values():
        if known.phase == "first-hour" and known.applies:
            log.do(want.SkipStep(known.step.id, "x"))
    assert current_phase(log.state) == "answer"


def test_when_all_is_settled_there_is_no_current_step() -> None:
    """A finished runbook has nothing to show large, and its last phase is the current one."""
    log = declared()
    for known in log.state.steps.values():
        if known.applies:
            log.do(want.SkipStep(known.step.id, "x"))
    assert (current_step(log.state), current_phase(log.state)) == (None, "after")
    assert progress(log.state) == (10, 10)


@pytest.mark.parametrize(
    ("before", "step", "state", "waiting"),
    [
        ([], "choose-line", "waiting", "after 'Capture the post'"),
        ([want.SkipStep("capture", "x")], "choose-line", "ready", ""),
        ([], "review-night", "waiting", "until the incident is closed"),
        ([want.Close("x")], "review-night", "ready", ""),
        ([], "say-holding", "waiting", "after 'Choose the line', 'Tell counsel'"),
        ([want.AnswerFact("injured", "no")], "say-holding", "waiting", "after 'Choose the line'"),
        ([want.AnswerFact("injured", "no")], "tell-counsel", "not applicable", ""),
        ([want.BlockStep("pause", "x")], "pause-posts", "blocked", ""),
        ([want.StartStep("pause")], "pause-posts", "started", ""),
        ([want.SkipStep("tell", "x"), want.AnswerFact("injured", "no")], "tell-counsel", "skipped", ""),
    ],
)
def test_a_step_s_state_and_what_it_waits_for(
    before: list[want.Intent], step: str, state: str, waiting: str
) -> None:
    """Steps that do not apply hold nobody up; what is settled stays so though it no longer applies."""
    log = declared()
    for intent in before:
        log.do(intent)
    assert state_of(log.state, log.step(step)) == state
    assert why_waiting(log.state, log.step(step)) == waiting


def test_unknown_shows_a_step_and_false_takes_it_away() -> None:
    """A step shows unless its condition is false, and the reason it does not is said."""
    log = declared("sev3", facts={"reach": "999"})
    shown = {name for name, step in log.state.steps.items() if step.applies}
    assert {"tell-counsel", "ask-ireland"} <= shown
    assert not {"watch-echo", "call-director"} & shown
    assert why_not(log.state, log.step("watch-echo")) == "only if reach at least 1000; reach is 999"
    assert why_not(log.state, log.step("call-director")) == "only if severity at least sev2; severity is sev3"
    assert why_not(log.state, log.step("pause-posts")) == ""


def test_a_gap_is_a_role_the_level_or_a_step_needs() -> None:
    """Roles nobody holds count when the level asks for them or a step waits for them, with who could stand in."""
    log = declared(roles={"deputy": OTHER})
    assert [(gap.role, gap.stand_in_person) for gap in gaps(log.state)] == [
        ("comms-lead", OTHER),
        ("counsel", ""),
    ]
    log.do(want.TakeRole("counsel", COMMS))
    log.do(want.TakeRole("comms-lead", COMMS))
    assert gaps(log.state) == []
    log.do(want.ReleaseRole("incident-lead"))
    assert [gap.role for gap in gaps(log.state)] == ["incident-lead"]


@pytest.mark.parametrize(
    ("usually", "facts", "level", "first"),
    [
        ("sev2", {}, "sev2", "sev2: usual for this playbook"),
        ("sev2", {"injured": "no"}, "sev2", "sev2: usual for this playbook"),
        ("sev2", {"injured": "unknown"}, "sev2", "sev2: usual for this playbook"),
        ("sev3", {"injured": "yes"}, "sev1", "sev1: somebody is hurt (injured is yes)"),
        ("sev1", {"injured": "yes"}, "sev1", "sev1: usual for this playbook"),
    ],
)
def test_the_recommended_level_is_the_worst_that_holds(
    usually: str, facts: dict[str, Fact], level: str, first: str
) -> None:
    """Overrides only raise, and only when they are known to hold."""
    found = recommend(POLICY, usually, facts)
    assert (found.level, found.reasons[0]) == (level, first)


@pytest.mark.parametrize(
    ("fact", "words"),
    [("yes", "yes"), (3.0, "3"), (2.5, "2.5"), (1_234_567.0, "1234567"), (("uk", "ie"), "uk, ie"), ((), "none")],
)  # fmt: skip
def test_an_answer_is_said_in_words(fact: Fact, words: str) -> None:
    """Numbers are said whole, lists with commas."""
    assert said(fact) == words


@pytest.mark.parametrize(
    ("regions", "holidays"),
    [
        ("unknown", {"2026-12-25", "2026-12-28"}),
        (("ie",), {"2026-11-24"}),
        (("uk", "ie"), {"2026-11-24", "2026-12-25", "2026-12-28"}),
        (("mars",), {"2026-12-25", "2026-12-28"}),
    ],
)
def test_holidays_are_those_of_the_incident_s_regions(regions: Fact, holidays: set[str]) -> None:
    """The regions named, or the policy's first, say which days are holidays."""
    assert calendar(POLICY, {"regions": regions}).holidays == holidays


def test_rows_picture_the_fold() -> None:
    """The rows say what the state says, with the words of the last change, safe to show."""
    log = declared(roles={"comms-lead": COMMS}, title="A post\x1b names us")
    log.do(want.CompleteStep("capture-post", {"link": "https://a", "seen by": "me"}, note="saved"), COMMS)
    log.do(want.SkipStep("pause-posts", "none \x1bplanned"))
    log.do(want.AddStep("Ring the printer", "counsel", "10 minutes"))
    table = rows(log.state, words_of(log))
    assert table.incident[1:8] == ("INC-0001", "A post⟨1B⟩ names us", "open", "sev2", 1, LEAD, "angry-post")
    assert (table.incident.entries, table.incident.head) == (6, log.state.head)
    assert (table.incident.next_due, table.incident.steps_done, table.incident.steps_applicable) == (
        "2026-11-20T21:10:00.000Z",
        2,
        11,
    )
    by = {row.id: row for row in table.steps}
    assert [row.place for row in table.steps] == list(range(1, 12))
    assert (by["capture-post"].outcome, by["capture-post"].owner) == (
        "link: https://a; seen by: me; saved",
        COMMS,
    )
    assert (by["pause-posts"].state, by["pause-posts"].reason) == ("skipped", "none ⟨1B⟩planned")
    assert (by["added-1"].title, by["added-1"].phase, by["added-1"].place) == (
        "Ring the printer",
        "First hour",
        6,
    )


def test_rows_need_only_the_words_they_name() -> None:
    """The words asked for are enough for the same rows; without any, the rows say they are erased."""
    log = declared()
    log.do(want.LogNote("not needed"))
    log.do(want.AddStep("Ring", "counsel"))
    log.do(want.CompleteStep("pause-posts", note="all"))
    words = words_of(log)
    assert rows(log.state, {seq: words[seq] for seq in wanted_words(log.state)}) == rows(log.state, words)
    assert 3 not in wanted_words(log.state)
    assert rows(log.state, {}).incident.title == "(words erased)"


def test_what_was_closed_over_is_left_open_until_it_is_opened_again() -> None:
    log = declared()
    log.do(want.Close("over"))
    stood = {known.step.id: stands(log.state, known) for known in log.state.steps.values() if known.applies}
    assert stood.pop("review-night") == "ready"
    assert set(stood.values()) == {"left open"}
    assert [known.step.id for known in next_steps(log.state)] == ["review-night"]
    assert current_phase(log.state) == log.state.steps["review-night"].phase
    log.do(want.Reopen("not over"))
    assert "left open" not in {stands(log.state, known) for known in log.state.steps.values()}
