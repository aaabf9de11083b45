"""Roles handed over and accepted by name; two roles in one hand; a relayed word confirmed; who decides."""

from datetime import timedelta

import pytest

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.decide.ruling import Refused
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.playbook import Option, Phase, Step
from crisisdesk.domain.summary import summarise
from crisisdesk.domain.times import stamp
from tests.domain.sample import COMMS, LEAD, OTHER, PLAYBOOK, POLICY, Log

STEPS = (
    Step("choose", "decide", "Choose", "comms-lead", options=(Option("Speak", "x"), Option("Wait", "y"))),
    Step("capture", "capture", "Capture it", "comms-lead"),
    Step("publish", "say", "Publish", "comms-lead", approved_by=("counsel",), statement="holding"),
    Step("sign", "do", "Sign it", "comms-lead", approved_by=("counsel",)),
)


def desk(**roles: tuple[str, ...]) -> Log:
    """An incident whose policy keeps some roles apart: ``not_with`` and ``never_with`` of the comms lead."""
    log = Log(playbook=PLAYBOOK._replace(phases=(Phase("one", "One", "One.", "", STEPS),)))
    apart = POLICY.roles["comms-lead"]._replace(**roles)  # type: ignore[arg-type]  # the two fields named above
    log.start = log.state = log.start._replace(
        policy=POLICY._replace(roles={**POLICY.roles, "comms-lead": apart})
    )
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    return log


def test_a_role_passes_when_the_other_accepts_by_name_and_both_are_shown_until_then() -> None:
    log = desk()
    log.do(want.HandOver("incident-lead", OTHER, "shift change"))
    offered = log.entries[-1].seq
    assert log.state.holder("incident-lead") == LEAD
    assert log.state.offers["incident-lead"].to == OTHER
    log.wait(minutes=5).do(want.AcceptRole("Incident lead"), OTHER)
    assert log.last == log_of.RoleTaken("incident-lead", OTHER, LEAD, handover=offered)
    assert (log.state.holder("incident-lead"), log.state.offers) == (OTHER, {})


def test_only_the_holder_offers_and_only_the_named_one_accepts() -> None:
    log = desk()
    assert f"{LEAD} is incident lead" in log.refusal(want.HandOver("incident-lead", OTHER), COMMS).sentence
    assert "is not being handed over" in log.refusal(want.AcceptRole("incident-lead"), OTHER).sentence
    assert "holds it already" in log.refusal(want.HandOver("incident-lead", LEAD.upper())).sentence
    assert "To whom?" in log.refusal(want.HandOver("incident-lead", " ")).sentence
    assert "Nobody holds" in log.refusal(want.HandOver("deputy", OTHER)).sentence
    log.do(want.HandOver("incident-lead", OTHER))
    assert f"offered to {OTHER}" in log.refusal(want.AcceptRole("incident-lead"), COMMS).sentence
    assert "offered to" in log.refusal(want.HandOver("incident-lead", OTHER)).sentence
    log.do(want.HandOver("incident-lead", COMMS))  # another choice takes the first one's place
    assert log.state.offers["incident-lead"].to == COMMS


@pytest.mark.parametrize(
    "ending", [want.TakeRole("incident-lead", COMMS, "not to be reached"), want.ReleaseRole("incident-lead")]
)
def test_an_offer_ends_with_the_holding(ending: want.Intent) -> None:
    log = desk()
    log.do(want.HandOver("incident-lead", OTHER))
    log.do(ending)
    assert log.state.offers == {}
    assert isinstance(log.ask(want.AcceptRole("incident-lead"), OTHER), Refused)


def test_two_roles_that_do_not_go_together_are_a_deviation_from_either_side() -> None:
    log = desk(not_with=("counsel",))
    log.do(want.TakeRole("counsel", COMMS))
    log.do(want.TakeRole("comms-lead", COMMS))
    assert isinstance(log.last, log_of.RoleTaken)
    assert log.last.deviation == "held together with counsel"
    log.do(want.TakeRole("counsel", OTHER, "the other is busy"))
    assert isinstance(log.last, log_of.RoleTaken)
    assert log.last.deviation == ""


def test_two_roles_the_policy_never_puts_in_one_hand_are_refused_however_they_come() -> None:
    log = desk(never_with=("counsel",))
    log.do(want.TakeRole("comms-lead", COMMS))
    assert "never lets one person hold both" in log.refusal(want.TakeRole("counsel", COMMS.upper())).sentence
    log.do(want.TakeRole("counsel", OTHER))
    assert "never lets" in log.refusal(want.HandOver("counsel", COMMS), OTHER).sentence
    log.do(want.HandOver("counsel", LEAD), OTHER)
    log.do(want.TakeRole("comms-lead", LEAD, "the other left"))
    assert "never lets" in log.refusal(want.AcceptRole("counsel"), LEAD).sentence


def test_a_relayed_approval_is_confirmed_by_the_person_and_nobody_else() -> None:
    log = desk()
    log.do(want.TakeRole("counsel", COMMS))
    log.do(want.TakeRole("comms-lead", OTHER))
    log.do(want.ApproveStep("sign"), LEAD, on_behalf_of=COMMS, relayed_by="phone")
    relayed = log.entries[-1].seq
    assert "Only Ben Marsh can confirm" in log.refusal(want.ConfirmRelay(relayed)).sentence
    by_phone = log.ask(want.ConfirmRelay(relayed), LEAD, on_behalf_of=COMMS, relayed_by="phone")
    assert isinstance(by_phone, Refused)
    assert "was not relayed" in log.refusal(want.ConfirmRelay(1), COMMS).sentence
    assert "no entry #99" in log.refusal(want.ConfirmRelay(99), COMMS).sentence
    log.do(want.ConfirmRelay(relayed), COMMS.upper())
    assert log.step("sign").approvals["counsel"].confirmed == log.entries[-1].seq
    assert "confirmed already" in log.refusal(want.ConfirmRelay(relayed), COMMS).sentence


def test_who_decides_without_the_role_deviates_and_is_not_refused() -> None:
    log = desk()
    log.do(want.Decide("choose", "Speak", because="true"), OTHER)
    assert isinstance(log.last, log_of.DecisionMade)
    assert log.last.deviation == "decided without the role"


def test_a_decision_is_reversed_by_a_new_one_that_names_it() -> None:
    log = desk()
    log.do(want.TakeRole("comms-lead", COMMS))
    first = want.Decide(
        "choose",
        "Speak",
        because="true",
        known="two calls",
        unknown="who",
        consulted="Cleo",
        dissent="Cleo: wait",
    )
    log.do(first, COMMS)
    assert log.entries[-1].words["dissent"] == "Cleo: wait"
    made = log.entries[-1].seq
    assert "already done" in log.refusal(first, COMMS).sentence
    log.do(want.ReopenStep("choose", "new facts"))
    log.do(want.Decide("choose", "Wait", because="new facts"), COMMS)
    assert isinstance(log.last, log_of.DecisionMade)
    assert (log.last.reverses, log.last.option) == (made, "Wait")


def test_a_capture_is_done_with_evidence_or_openly_without() -> None:
    log = desk()
    assert "nothing is yet" in log.refusal(want.CompleteStep("capture")).sentence
    gone = want.CompleteStep("capture", already=True, because="deleted before anybody could")
    log.do(want.Attach(link="https://x.example/1"))
    assert "nothing is yet" in log.refusal(want.CompleteStep("capture")).sentence, (
        "it was attached to no step"
    )
    log.do(gone)
    assert log.step("capture").deviation == "no evidence"
    log.do(want.ReopenStep("capture", "found in an archive"))
    log.do(
        want.Attach(link="https://a.example/1", step="capture", original_author="@someone", tool="browser")
    )
    assert log.entries[-1].words["original author"] == "@someone"
    log.do(want.CompleteStep("capture"))
    assert log.step("capture").deviation == ""


def test_a_call_is_corrected_value_by_value() -> None:
    log = desk()
    log.do(want.Tell("Inez Voss", "phone", reached=True))
    told = log.entries[-1].seq
    assert (
        "records no 'age'" in log.refusal(want.Correct(told, None, record={"age": "9"}, because="x")).sentence
    )
    assert (
        "reached or not"
        in log.refusal(want.Correct(told, None, record={"reached": "maybe"}, because="x")).sentence
    )
    log.do(
        want.Correct(
            told, None, record={"reached": "no", "who": "Ines Voss"}, because="wrong name, no answer"
        )
    )
    summary = summarise(log.entries, log.state, log.now)
    assert [(one.who, one.reached) for one in summary.tellings] == [("Ines Voss", False)]
    assert [(one.who, one.reached) for one in summary.answered] == [("Ines Voss", False)]


def test_an_open_promise_is_replaced_only_when_that_is_meant() -> None:
    log = desk()
    soon, later = log.now + timedelta(minutes=30), log.now + timedelta(hours=2)
    log.do(want.PromiseUpdate(soon, "more"))
    again = want.PromiseUpdate(later, "more")
    assert "promised for" in log.refusal(again).sentence
    log.do(again._replace(internal=True))
    log.do(again._replace(replace=True))
    assert log.state.promises[False].due_at == stamp(later)


def test_where_the_holder_wrote_the_words_the_stand_in_approves_at_once() -> None:
    log = desk()
    roles = {
        **log.state.policy.roles,
        "counsel": log.state.policy.roles["counsel"]._replace(stand_in="deputy"),
    }
    log.state = log.state._replace(policy=log.state.policy._replace(roles=roles))
    log.do(want.TakeRole("counsel", COMMS))
    log.do(want.TakeRole("deputy", OTHER))
    log.do(want.DraftStatement("holding", "x", text="We know."), COMMS)
    log.do(want.ApproveStatement("holding", ("1",)), OTHER)
    assert isinstance(log.last, log_of.StatementApproved)
    assert (log.last.role, log.last.stand_in) == ("counsel", "deputy")


def test_words_go_out_after_those_who_are_to_be_told_before() -> None:
    log = desk()
    tell = Step("tell-partners", "tell", "Tell the partners first", "comms-lead")
    says = log.step("publish")._replace(step=STEPS[2]._replace(after=("tell-partners",), approved_by=()))
    steps = {**log.state.steps, "publish": says, "tell-partners": StepState(tell, "one", applies=True)}
    levels = {name: level._replace(approvals=()) for name, level in log.state.policy.levels.items()}
    log.state = log.state._replace(steps=steps, policy=log.state.policy._replace(levels=levels))
    log.do(want.DraftStatement("holding", "x", text="We know."))
    out = want.PublishStatement("holding", "x", version="1")
    assert "Tell the partners first" in log.refusal(out).sentence
    log.do(out._replace(already=True, because="it was late"))
    assert isinstance(log.last, log_of.StatementPublished)
    assert log.last.deviation == "out of order"
