"""The call list: who is in line for a role, whom to call next, and how soon people answered."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain import intents as want
from crisisdesk.domain.calling import ANSWER_WITHIN, Attempt, Call, answer_words, answered, calls, heard
from crisisdesk.domain.people import Person
from crisisdesk.domain.timeline import ERASED, read
from crisisdesk.domain.times import stamp
from tests.domain.sample import COMMS, LEAD, OTHER, START, Log, declared

DEE, EVE, FIN = "Dee Ray", "Eve Lund", "Fin Oda"
PEOPLE = (
    Person(DEE, ("comms-lead",), {"phone": "020 1", "email": "dee@example.org"}),
    Person(EVE, ("comms-lead", "deputy"), {}),
    Person(FIN, ("deputy",), {"phone": "020 3"}),
)


def listed(log: Log, people: tuple[Person, ...] = PEOPLE) -> dict[str, Call]:
    """The call list of a log, by role or step."""
    found = calls(log.state, heard(read(log.entries)), people, log.now)
    return {one.id: one for one in found}


def tried(log: Log, who: str, *, reached: bool = False, step: str = "") -> Log:
    """Log an attempt by phone."""
    log.do(want.Tell(who, "phone", reached, "", step))
    return log


def test_a_role_nobody_holds_is_worked_down_from_the_first_name_to_the_stand_ins() -> None:
    log = declared()
    comms = listed(log)["comms-lead"]
    assert [(one.name, one.why) for one in comms.line] == [
        (DEE, "named for the role"),
        (EVE, "named for the role"),
        (FIN, "stand-in: named as Deputy"),
    ]
    assert (comms.next, comms.line[0].reach, comms.line[1].reach) == (
        DEE,
        "phone 020 1, email dee@example.org",
        "",
    )


def test_whoever_holds_a_role_is_called_first() -> None:
    log = declared()
    log.do(want.TakeRole("comms-lead", EVE))
    log.do(want.TakeRole("deputy", OTHER))
    assert [one.name for one in listed(log)["comms-lead"].line] == [EVE, DEE, OTHER, FIN]
    assert listed(log, ())["comms-lead"].next == EVE


def test_after_the_time_to_answer_the_next_in_line_is_called() -> None:
    log = tried(declared(), DEE)
    comms = listed(log)["comms-lead"]
    assert (comms.next, comms.line[0].standing) == (DEE, "may still answer")
    assert comms.line[0].until == stamp(log.now + ANSWER_WITHIN)
    log.wait(minutes=14, seconds=59)
    assert listed(log)["comms-lead"].next == DEE
    log.wait(seconds=1)
    assert listed(log)["comms-lead"].next == EVE
    tried(log, EVE).wait(minutes=15)
    assert listed(log)["comms-lead"].next == FIN
    tried(log, f"{FIN}, on the ferry").wait(minutes=15)
    assert listed(log)["comms-lead"].next == DEE
    tried(log, DEE)
    assert listed(log)["comms-lead"].next == EVE


def test_who_was_reached_is_not_called_again() -> None:
    log = tried(tried(declared(), DEE), "dee  ray", reached=True)
    comms = listed(log)["comms-lead"]
    assert (comms.next, comms.reached, comms.is_open) == ("", DEE, False)


def test_a_stand_in_counts_only_when_those_before_were_tried() -> None:
    log = declared()
    log.do(want.TakeRole("comms-lead", DEE))
    tried(log, FIN, reached=True)
    assert listed(log)["comms-lead"].next == DEE
    tried(log, DEE)
    assert listed(log)["comms-lead"].next == DEE
    tried(log, EVE)
    assert listed(log)["comms-lead"].reached == FIN


def test_who_writes_in_the_log_or_was_heard_by_phone_knows() -> None:
    log = declared()
    assert listed(log)["incident-lead"].reached == LEAD
    log.do(want.TakeRole("comms-lead", COMMS))
    assert listed(log)["comms-lead"].next == COMMS
    log.do(want.LogNote("Ready."), on_behalf_of=COMMS, relayed_by="phone")
    assert listed(log)["comms-lead"].reached == COMMS


def test_a_role_without_any_name_can_be_called_by_its_title() -> None:
    log = declared()
    comms = listed(log, ())["comms-lead"]
    assert (comms.next, comms.line[0].why) == ("Comms lead", "nobody is named for it")
    assert listed(tried(log, "comms lead", reached=True), ())["comms-lead"].reached == "Comms lead"


def test_only_roles_of_this_level_and_of_telling_steps_are_listed() -> None:
    assert list(listed(declared("sev3"))) == ["incident-lead", "counsel", "tell-counsel"]
    log = declared("sev2")
    assert list(listed(log)) == ["incident-lead", "comms-lead", "counsel", "tell-counsel"]
    log.do(want.AnswerFact("injured", "no"))
    assert list(listed(log)) == ["incident-lead", "comms-lead"]


def test_a_telling_step_lists_those_its_attempts_name_until_it_is_done() -> None:
    log = declared()
    assert (listed(log)["tell-counsel"].line, listed(log)["tell-counsel"].next) == ((), "")
    tried(log, "Partner north", step="tell-counsel", reached=True)
    tried(log, "Partner south", step="tell-counsel")
    log.do(want.AssignStep("tell-counsel", FIN))
    step = listed(log)["tell-counsel"]
    assert [(one.name, one.standing) for one in step.line] == [
        ("Partner north", "reached"),
        ("Partner south", "may still answer"),
    ]
    assert (step.next, step.owner, step.is_open) == ("Partner south", FIN, True)
    log.do(want.CompleteStep("tell-counsel"))
    assert "tell-counsel" not in listed(log)


def test_a_closed_incident_has_nobody_to_call() -> None:
    log = declared()
    log.do(want.Close("done"))
    assert listed(log) == {}


def test_how_soon_somebody_answered_is_counted_from_the_first_attempt() -> None:
    log = tried(declared(), DEE)
    log.wait(minutes=6)
    tried(tried(log, "DEE RAY", reached=True), EVE)
    one, other = answered(heard(read(log.entries)).attempts)
    assert answer_words(one) == "reached after 6 min, at the second attempt"
    assert answer_words(other) == "not reached, 1 attempt"
    log.do(want.Correct(3, None, "", {}, START - timedelta(minutes=4), "wrong clock"))
    assert answered(heard(read(log.entries)).attempts)[0].took == timedelta(minutes=10)


def test_what_is_not_recorded_is_not_measured() -> None:
    tries = [
        Attempt("", DEE, "phone", False, "", "", 3),
        Attempt(stamp(START), DEE, "phone", True, "", "", 4),
    ]
    (one,) = answered(tries)
    assert (one.took, answer_words(one)) == (
        None,
        "reached at a time that is not recorded, at the second attempt",
    )
    assert len(answered([tries[0]._replace(who=ERASED), tries[1]._replace(who=ERASED)])) == 2


ATTEMPTS = st.lists(
    st.tuples(st.sampled_from([DEE, EVE, FIN, LEAD, "X"]), st.booleans(), st.integers(0, 30)), max_size=12
)


@given(ATTEMPTS)
def test_the_next_to_call_is_in_line_and_not_reached(tries: list[tuple[str, bool, int]]) -> None:
    log = declared()
    for who, reached, minutes in tries:
        tried(log.wait(minutes=minutes), who, reached=reached)
        for one in listed(log).values():
            assert one.kind == "step" or bool(one.next) == one.is_open
            assert all(each.standing != "reached" for each in one.line if each.name == one.next)
            assert not one.next or one.next in [each.name for each in one.line]
    for person in answered(heard(read(log.entries)).attempts):
        assert person.took is None or person.took >= timedelta(0)
        assert person.attempts >= 1
