"""Steps that come again, a second playbook on top, and changed files brought in."""

from datetime import timedelta

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.evolve import replay
from crisisdesk.domain.playbook import Phase, Step
from crisisdesk.domain.runbook import current_phase, in_order, state_of
from crisisdesk.domain.times import stamp
from tests.domain.sample import CHANGED, HURT, PLAYBOOK, POLICY, Log, declared, within

LINK = {"link": "https://post.example/1"}
LAY = want.AddPlaybook(HURT, "h" * 64, "an ambulance")
BRING = want.BringIn(CHANGED, "b" * 64, POLICY, "p" * 64, "mended")
CARE = "somebody-hurt/check-on-them"


def hurt() -> Log:
    """An incident at sev2 with the second playbook laid on top."""
    log = declared()
    log.do(LAY)
    return log


def repeating(until: str) -> Log:
    """An incident whose playbook has one step that comes every hour until something."""
    again = Step(
        "look-again", "do", "Look again", "comms-lead", within("1 hour"), repeat=f"every 1 hour until {until}"
    )
    phase = Phase(
        "watch", "Watch", "Watch.", "", (again, Step("say-enough", "do", "Say enough", "comms-lead"))
    )
    log = Log(playbook=PLAYBOOK._replace(phases=(phase,)))
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    return log


def test_a_round_follows_a_round_by_the_pace_of_the_level() -> None:
    log = repeating("stand-down")
    for number in (2, 3):
        log.wait(minutes=10).do(want.CompleteStep("look-again"))
        known = log.state.steps[f"look-again-{number}"]
        assert (known.step.title, known.applies) == (f"Look again (round {number})", True)
        assert known.due == stamp(log.now + timedelta(hours=2))  # the hour of the worst level, twice at sev2
    log.do(want.SetSeverity("sev1", "worse"))
    assert log.state.steps["look-again-3"].due == stamp(log.now + timedelta(hours=1))


def test_a_skipped_round_comes_again_too() -> None:
    log = repeating("closing")
    log.do(want.SkipStep("look-again", "asleep"))
    assert log.state.steps["look-again-2"].applies


def test_rounds_fall_away_with_their_end_and_come_back_when_it_is_opened_again() -> None:
    log = repeating("stand-down")
    log.do(want.StandDown("quiet"))
    assert log.last == log_of.StoodDown(2, ("look-again",))
    assert not log.state.steps["look-again"].applies
    log.do(want.Reopen("not quiet"))
    assert log.state.steps["look-again"].applies


def test_a_round_ends_with_the_step_it_runs_until() -> None:
    log = repeating("say-enough")
    log.do(want.CompleteStep("look-again"))
    log.do(want.CompleteStep("say-enough"))
    assert isinstance(log.last, log_of.StepDone)
    assert log.last.left == ("look-again-2",)
    assert state_of(log.state, log.state.steps["look-again-2"]) == "not applicable"


def test_a_layer_brings_its_own_steps_and_shares_the_common_ones() -> None:
    log = hurt()
    assert isinstance(log.last, log_of.PlaybookAdded)
    assert log.last.shared == {"capture-post": "capture-post"}
    assert "somebody-hurt/capture-post" not in log.state.steps
    assert log.last.due["capture-post"] == stamp(
        log.now + timedelta(minutes=10)
    )  # 5 minutes at sev2, sooner than before
    assert "runs the playbook 'somebody-hurt' already" in log.refusal(LAY).sentence
    assert "already" in log.refusal(want.AddPlaybook(PLAYBOOK, "b" * 64)).sentence


def test_a_layers_steps_wait_for_the_shared_ones_and_ask_their_own_facts() -> None:
    log = hurt()
    ring = log.state.steps["somebody-hurt/ring-family"]
    assert ring.step.after == ("capture-post",)
    assert state_of(log.state, ring) == "waiting"
    log.do(want.AnswerFact("at-work", "no"))
    assert log.state.facts["somebody-hurt/at-work"] == "no"
    assert not log.state.steps["somebody-hurt/tell-inspector"].applies


def test_a_layers_step_is_named_without_the_layer_and_its_newest_round_is_meant() -> None:
    log = hurt()
    log.do(want.CompleteStep("check-on-them"))
    log.do(want.CompleteStep("check-on-them"))
    assert [step for step in log.state.steps if step.startswith(CARE)] == [CARE, f"{CARE}-2", f"{CARE}-3"]
    log.do(want.CompleteStep("capture-post", LINK))
    log.do(want.CompleteStep("ring-family"))
    assert not log.state.steps[f"{CARE}-3"].applies


def test_a_layers_phases_stand_after_the_one_that_was_current() -> None:
    log = hurt()
    assert [phase.id for phase, _ in in_order(log.state)] == [
        "first-hour",
        "somebody-hurt/care",
        "answer",
        "after",
    ]
    assert current_phase(log.state) == "first-hour"


def test_the_step_that_asks_for_a_playbook_is_done_by_laying_it() -> None:
    asks = Step(
        "call-help", "do", "Lay the other playbook on top", "incident-lead", add_playbook="somebody-hurt"
    )
    log = Log(playbook=PLAYBOOK._replace(phases=(PLAYBOOK.phases[0]._replace(steps=(asks,)),)))
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    assert "add-playbook INC-0001 somebody-hurt" in log.refusal(want.CompleteStep("call-help")).remedy
    log.do(LAY)
    assert [type(entry.event).__name__ for entry in log.entries[-2:]] == ["PlaybookAdded", "StepDone"]
    assert log.state.steps["call-help"].progress == "done"


def test_what_is_done_stays_done_when_changed_files_come_in() -> None:
    log = declared()
    log.do(want.CompleteStep("pause-posts", note="all"))
    log.do(want.StartStep("call-director"))
    log.do(BRING)
    assert log.state.playbook.version == "4"
    assert log.state.steps["pause-posts"].progress == "done"
    assert log.state.steps["pause-posts"].step.title == "Pause everything"
    assert (
        log.state.steps["call-director"].progress == "started"
    )  # begun, so it stays though the file has it no more
    assert log.state.steps["write-letter"].due == stamp(log.now + timedelta(minutes=80))


def test_an_open_step_that_is_gone_from_the_file_falls_away_and_a_sooner_time_counts() -> None:
    log = declared()
    log.wait(minutes=10).do(BRING)
    assert "call-director" not in log.state.steps
    assert log.state.steps["pause-posts"].due == stamp(log.now + timedelta(minutes=10))


def test_layers_and_rounds_survive_changed_files() -> None:
    log = hurt()
    log.do(want.CompleteStep("check-on-them"))
    log.do(BRING)
    assert log.state.steps[f"{CARE}-2"].applies
    assert log.state.layers["somebody-hurt"].after_phase == "first-hour"


def test_every_prefix_folds_to_the_same_state() -> None:
    log = hurt()
    for intent in (want.CompleteStep("check-on-them"), BRING, want.StandDown("quiet"), want.Reopen("no")):
        log.do(intent)
    for cut in range(len(log.entries) + 1):
        assert replay(replay(log.start, log.entries[:cut]), log.entries[cut:]) == log.state


def test_bringing_in_needs_a_reason_and_a_playbook_that_runs() -> None:
    log = declared()
    assert "Why are the changes brought in?" in log.refusal(BRING._replace(because="")).sentence
    assert "does not run the playbook" in log.refusal(BRING._replace(playbook=HURT)).sentence
