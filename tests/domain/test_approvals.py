"""Whose word a step needs: approvals, second persons, publishing first, holds, kinds of values; and what figures speak for."""

from datetime import timedelta

import pytest

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.approvals import approvers, missing, to_ratify
from crisisdesk.domain.playbook import Option, Phase, Record, Step
from crisisdesk.domain.runbook import state_of, why_waiting
from crisisdesk.domain.severity import advised, recommend
from crisisdesk.domain.times import stamp
from tests.domain.sample import COMMS, LEAD, OTHER, PLAYBOOK, POLICY, Log, within

STEPS = (
    Step("choose", "decide", "Choose", "comms-lead", approved_by=("counsel", "deputy"), options=(Option("Speak", "x"), Option("Wait", "y"))),
    Step("publish", "say", "Publish", "comms-lead", approved_by=("counsel",)),
    Step("warn", "say", "Warn", "comms-lead", approved_by=("counsel",), publish_first="ratify within 15 minutes"),
    Step("reclaim", "do", "Reclaim", "comms-lead", confirmed_by="another person", read_back="the handle"),
    Step("check", "do", "Check", "comms-lead", confirmed_by="deputy"),
    Step("delete", "do", "Delete it", "comms-lead", protects="no deletion while a legal hold is on"),
    Step("count", "do", "Count", "comms-lead", record=(Record("held", "number"), Record("seen", "link"), Record("at", "time"), Record("ours", "yes-no"))),
)  # fmt: skip
TELLER = {"relayed_by": "phone"}


def desk() -> Log:
    """An incident of these steps: Ada leads, Ben is counsel, the third person is deputy."""
    log = Log(playbook=PLAYBOOK._replace(phases=(Phase("one", "One", "One.", "", STEPS),)))
    levels = {name: level._replace(approvals=()) for name, level in POLICY.levels.items()}
    log.start = log.state = log.start._replace(policy=POLICY._replace(levels=levels))
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    log.do(want.TakeRole("counsel", COMMS))
    log.do(want.TakeRole("deputy", OTHER))
    return log


def test_a_decision_needs_every_approval_for_exactly_its_option() -> None:
    log = desk()
    speak = want.Decide("choose", "Speak", because="true")
    assert "needs the approval of counsel and deputy" in log.refusal(speak).sentence
    log.do(want.ApproveStep("choose", "Speak"), COMMS)
    log.do(want.ApproveStep("choose", "Wait"), OTHER)
    assert "needs the approval of deputy" in log.refusal(speak).sentence
    log.do(want.ApproveStep("choose", "Speak"), OTHER)
    log.do(want.TakeRole("comms-lead", LEAD))
    log.do(speak)
    assert log.state.steps["choose"].deviation == ""


def test_the_author_does_not_count_as_an_approver() -> None:
    log = desk()
    log.do(want.ApproveStep("publish"), COMMS)
    assert "whoever records it does not count" in log.refusal(want.CompleteStep("publish"), COMMS).sentence
    log.do(want.CompleteStep("publish"))


def test_nobody_approves_what_they_own() -> None:
    log = desk()
    log.do(want.AssignStep("publish", COMMS))
    assert (
        "nobody approves what is their own"
        in log.refusal(want.ApproveStep("publish"), COMMS.upper()).sentence
    )


def test_one_person_in_two_roles_counts_once() -> None:
    log = desk()
    log.do(want.TakeRole("deputy", COMMS, "the other left"))
    log.do(want.ApproveStep("choose", "Speak"), COMMS)
    log.do(want.ApproveStep("choose", "Speak"), COMMS) if missing(log.state, log.state.steps["choose"]) == (
        "deputy",
    ) else None
    assert missing(log.state, log.state.steps["choose"], option="Speak") == ("deputy",)


def test_a_relayed_approval_counts_and_says_so() -> None:
    log = desk()
    log.do(want.ApproveStep("publish"), LEAD, on_behalf_of=COMMS, **TELLER)
    approval = log.state.steps["publish"].approvals["counsel"]
    assert (approval.person, approval.relayed) == (COMMS, True)
    assert "holds none of the roles" in log.refusal(want.ApproveStep("publish"), LEAD).sentence


def test_opening_a_step_again_voids_its_approvals() -> None:
    log = desk()
    log.do(want.ApproveStep("publish"), COMMS)
    log.do(want.CompleteStep("publish"))
    log.do(want.ReopenStep("publish", "a word was wrong"))
    assert missing(log.state, log.state.steps["publish"]) == ("counsel",)


def test_what_went_out_without_approval_is_a_deviation_and_can_be_approved_later() -> None:
    log = desk()
    log.do(want.CompleteStep("publish", already=True, because="it was out before we met"))
    assert log.state.steps["publish"].deviation == "not approved"
    log.do(want.ApproveStep("publish"), COMMS)
    assert "not approved afterwards" not in str(log.last)


def test_a_notice_goes_out_first_and_is_approved_within_its_time() -> None:
    log = desk()
    log.do(want.CompleteStep("warn"))
    known = log.state.steps["warn"]
    assert (known.deviation, known.ratify_by) == ("", stamp(log.now + timedelta(minutes=15)))
    assert [one.step.id for one in to_ratify(log.state)] == ["warn"]
    log.do(want.ApproveStep("warn"), COMMS)
    assert to_ratify(log.state) == []


def test_words_that_are_published_need_the_levels_approvals_too() -> None:
    log = desk()
    level = log.state.policy.levels["sev2"]._replace(approvals=("incident-lead",))
    state = log.state._replace(policy=POLICY._replace(levels={**POLICY.levels, "sev2": level}))
    assert approvers(state, state.steps["publish"]) == ("counsel", "incident-lead")
    assert approvers(state, state.steps["choose"]) == ("counsel", "deputy")


def test_a_second_person_confirms_and_reads_back() -> None:
    log = desk()
    assert (
        "counts only when another person confirms it and reads back the handle"
        in log.refusal(want.CompleteStep("reclaim")).sentence
    )
    alone = want.CompleteStep("reclaim", confirmed_by=LEAD.upper(), read_back="@harbour")
    assert "cannot be the one who confirms it" in log.refusal(alone).sentence
    assert "--read-back" in log.refusal(want.CompleteStep("reclaim", confirmed_by=COMMS)).remedy
    log.do(want.CompleteStep("reclaim", confirmed_by=COMMS, read_back="@harbour"))
    assert isinstance(log.last, log_of.StepDone)
    assert (log.last.confirmed_by, log.entries[-1].words["read back"]) == (COMMS, "@harbour")


def test_where_a_role_confirms_its_holder_does() -> None:
    log = desk()
    assert (
        "does not hold the role deputy"
        in log.refusal(want.CompleteStep("check", confirmed_by=COMMS)).sentence
    )
    log.do(want.CompleteStep("check", confirmed_by=OTHER))


def test_a_hold_stops_what_deletes_until_it_is_released() -> None:
    log = desk()
    log.do(want.SetHold("a claim is likely"))
    assert state_of(log.state, log.state.steps["delete"]) == "waiting"
    assert "until legal releases the hold" in why_waiting(log.state, log.state.steps["delete"])
    assert "A legal hold is on" in log.refusal(want.CompleteStep("delete")).sentence
    assert "is on already" in log.refusal(want.SetHold("x")).sentence
    log.do(want.ReleaseHold("settled"))
    log.do(want.CompleteStep("delete"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("held", "many", "is not a number"), ("seen", "over there", "is not a link"), ("at", "late", "is not a time"), ("ours", "maybe", "is not yes or no")],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_with_an_example(name: str, value: str, said: str) -> None:
    good = {"held": "1,200", "seen": "https://x.example/1", "at": "21:38", "ours": "Yes"}
    refused = desk().refusal(want.CompleteStep("count", {**good, name: value}))
    assert said in refused.sentence
    assert refused.remedy.startswith("Write ")
    desk().do(want.CompleteStep("count", good))


def test_figures_speak_for_a_level_only_against_the_usual() -> None:
    levels = {
        **POLICY.levels,
        "sev1": POLICY.levels["sev1"]._replace(times_usual=10),
        "sev2": POLICY.levels["sev2"]._replace(times_usual=3, reach=100_000),
    }
    policy = POLICY._replace(levels=levels)

    def level(**figures: float) -> str:
        return recommend(
            policy, "sev3", {}, {name.replace("_", "-"): value for name, value in figures.items()}
        ).level

    assert level(mentions=10_000) == "sev3"
    assert level(mentions=59, usual_mentions=20) == "sev3"
    assert level(mentions=60, usual_mentions=20) == "sev2"
    assert level(mentions=200, usual_mentions=20) == "sev1"
    assert level(mentions=5, usual_mentions=0) == "sev3"
    assert level(reach=100_000) == "sev2"


def test_a_figure_is_a_number_and_never_sets_the_level() -> None:
    log = desk()
    assert "is not a number" in log.refusal(want.TypeFigure("mentions", "-3")).sentence
    assert "Did you mean 'mentions'?" in log.refusal(want.TypeFigure("mention", "3")).remedy
    log.do(want.TypeFigure("mentions", "1,200", "the tool"))
    assert (log.state.figures, log.state.severity) == ({"mentions": 1200.0}, "sev2")
    assert advised(log.state).level == "sev2"


def test_a_time_counted_from_a_fact_begins_when_it_is_answered() -> None:
    after = Step("say-back", "do", "Say it is back", "comms-lead", within("15 minutes of injured"))
    log = Log(playbook=PLAYBOOK._replace(phases=(Phase("one", "One", "One.", "", (after,)),)))
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    assert log.state.steps["say-back"].due == ""
    log.wait(minutes=40).do(want.AnswerFact("injured", "no"))
    assert log.state.steps["say-back"].due == stamp(log.now + timedelta(minutes=15))


def test_the_first_word_is_due_by_the_level_and_comes_sooner_when_it_is_raised() -> None:
    levels = {
        name: level._replace(first_word_within=within(f"{30 * (place + 1)} minutes"))
        for place, (name, level) in enumerate(POLICY.levels.items())
    }
    log = desk()
    log.start = log.start._replace(policy=POLICY._replace(levels=levels))
    log.state = log.start
    declared_at = log.now
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    assert log.state.first_word_by == stamp(declared_at + timedelta(minutes=60))
    log.wait(minutes=10).do(want.SetSeverity("sev1", "worse"))
    assert log.state.first_word_by == stamp(log.now + timedelta(minutes=30))
    log.do(want.SetSeverity("sev3", "calmer"))
    assert log.state.first_word_by == stamp(log.now + timedelta(minutes=30))
    log.do(want.SendUpdate("We know."))
    assert log.state.first_word_at == stamp(log.now)
