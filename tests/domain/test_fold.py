"""What each kind of entry makes of the state."""

from datetime import timedelta

import pytest

from crisisdesk.domain import intents as want
from crisisdesk.domain.chain import GENESIS
from crisisdesk.domain.entries import UnknownKind
from crisisdesk.domain.evolve import evolve, replay
from crisisdesk.domain.incident import Promise
from crisisdesk.domain.times import stamp
from tests.domain.sample import COMMS, DECLARE, LEAD, OTHER, START, Log, declared

LINK = {"link": "https://post.example/1"}


def captured() -> Log:
    """A night on which the post is captured."""
    log = declared()
    log.do(want.CompleteStep("capture-post", LINK), COMMS)
    return log


def test_nothing_is_declared_before_the_first_entry() -> None:
    """The state before the first entry has the runbook and nothing else."""
    state = Log().state
    assert (state.status, state.seq, state.head, state.severity) == ("undeclared", 0, GENESIS, "")
    assert not any(step.applies for step in state.steps.values())


def test_declaring_opens_and_makes_the_declarer_acting_lead() -> None:
    """A declaration sets label, level, facts and times; whoever declares is acting lead."""
    log = Log()
    state = log.do(DECLARE._replace(detected=START - timedelta(minutes=20), facts={"injured": "No"}))
    assert (state.status, state.label, state.severity, state.confirmed) == ("open", "INC-0001", "sev2", False)
    assert state.facts == {"injured": "no", "regions": "unknown", "reach": "unknown"}
    assert (state.declared_at, state.detected_at) == (stamp(START), stamp(START - timedelta(minutes=20)))
    assert state.roles["incident-lead"][:4] == (LEAD, stamp(START), 2, True)


def test_a_named_lead_is_not_acting() -> None:
    """A lead given at declaration holds the role in earnest, and there is no acting one."""
    state = Log().do(DECLARE._replace(roles={"Incident lead": OTHER, "comms-lead": COMMS}))
    assert {role: (held.person, held.acting) for role, held in state.roles.items()} == {
        "incident-lead": (OTHER, False),
        "comms-lead": (COMMS, False),
    }


def test_done_keeps_who_when_and_owner() -> None:
    """A done step knows who did it, when it happened, whose it is, and which entry says so."""
    log = declared().wait(minutes=9)
    log.do(want.CompleteStep("capture-post", LINK), COMMS, occurred=START + timedelta(minutes=4))
    step = log.step("capture-post")
    assert (step.progress, step.by, step.owner, step.done_at, step.last) == (
        "done",
        COMMS,
        COMMS,
        stamp(START + timedelta(minutes=4)),
        3,
    )


def test_relayed_work_is_by_the_person_it_is_done_for() -> None:
    """What is logged on somebody's behalf is that person's act."""
    log = declared()
    log.do(want.StartStep("pause-posts"), LEAD, on_behalf_of=COMMS, relayed_by="phone")
    assert (log.step("pause-posts").by, log.step("pause-posts").progress) == (COMMS, "started")
    assert set(log.state.people.values()) == {LEAD, COMMS}


def test_blocked_goes_back_to_where_it_was() -> None:
    """An unblocked step is started again if it was, and open if it was not."""
    log = declared()
    log.do(want.StartStep("pause-posts"))
    for step, after in (("pause-posts", "started"), ("call-director", "open")):
        log.do(want.BlockStep(step, "no access"))
        assert log.step(step).progress == "blocked"
        log.do(want.UnblockStep(step))
        assert log.step(step).progress == after


def test_reopened_forgets_that_it_was_done_and_keeps_when_it_began() -> None:
    """A reopened step has no end, but its first start stands."""
    log = declared()
    log.do(want.StartStep("pause-posts"))
    log.wait(minutes=1).do(want.CompleteStep("pause-posts"))
    log.wait(minutes=1).do(want.ReopenStep("pause-posts", "one account forgotten"))
    step = log.step("pause-posts")
    assert (step.progress, step.done_at, step.started_at) == ("open", "", stamp(START))
    log.wait(minutes=1).do(want.StartStep("pause-posts"))
    assert log.step("pause-posts").started_at == stamp(START)


def test_a_decision_keeps_option_and_when_to_look_again() -> None:
    """A decision is revisited after the playbook's time, unless another is named."""
    log = captured()
    log.do(want.Decide("choose-line", "answer", because="it is true"))
    assert log.step("choose-line").option == "Answer now"
    assert log.state.revisits == {"choose-line": stamp(START + timedelta(hours=2))}


def test_an_added_step_applies_in_the_open_phase_and_counts_from_now() -> None:
    """A step that nobody foresaw lands in the phase under way with its own time, not stretched by the level."""
    log = declared("sev3").wait(minutes=5)
    log.do(want.AddStep("Ring the printer", "Comms lead", "30 minutes", OTHER), COMMS)
    step = log.step("added-1")
    assert (step.applies, step.phase, step.owner, step.step.who) == (True, "first-hour", OTHER, "comms-lead")
    assert log.due("added-1") == 35


def test_tellings_and_evidence_are_counted_on_their_step() -> None:
    """A step knows how often somebody was told and how much was attached."""
    log = declared()
    log.do(want.Tell("Counsel", "phone", reached=False, step="tell-counsel"))
    log.do(want.Attach("a.png", "f" * 64, 10, "image/png", step="tell"))
    log.do(want.Tell("The mayor", "mail", reached=True))
    assert (log.step("tell-counsel").told, log.step("tell-counsel").evidence) == (1, 1)


def test_promises_are_kept_apart_by_audience() -> None:
    """A public update answers the public promise only, and may leave the next one."""
    log = declared()
    soon, later = START + timedelta(minutes=30), START + timedelta(minutes=60)
    log.do(want.PromiseUpdate(soon, "More soon"))
    log.do(want.PromiseUpdate(later, "Staff mail", internal=True))
    log.do(want.SendUpdate("Here it is", next=later))
    assert log.state.promises == {True: Promise(stamp(later), 4), False: Promise(stamp(later), 5)}
    log.do(want.SendUpdate("And more"))
    assert set(log.state.promises) == {True}


def test_stand_down_close_and_reopen() -> None:
    """The status moves as people say; reopening forgets the closing and the twin."""
    log = declared()
    assert log.do(want.StandDown("quiet")).status == "stood down"
    state = log.wait(minutes=5).do(want.Close("same as yesterday", "INC-0000"))
    assert (state.status, state.duplicate_of, state.closed_at) == (
        "closed",
        "INC-0000",
        stamp(START + timedelta(minutes=5)),
    )
    state = log.do(want.Reopen("not the same"))
    assert (state.status, state.duplicate_of, state.closed_at) == ("open", "", "")


def test_a_released_role_is_a_gap() -> None:
    """A role given up is held by nobody, and steps lose that owner."""
    log = declared()
    log.do(want.TakeRole("comms-lead"), COMMS)
    assert log.state.owner_of(log.step("pause-posts")) == COMMS
    log.do(want.ReleaseRole("comms lead"), COMMS)
    assert log.state.owner_of(log.step("pause-posts")) == ""


def test_an_assigned_owner_outranks_the_role() -> None:
    """The person a step was given to owns it, whoever holds the role."""
    log = declared(roles={"comms-lead": COMMS})
    log.do(want.AssignStep("pause-posts", OTHER))
    assert log.state.owner_of(log.step("pause-posts")) == OTHER


CORRECTED = stamp(START - timedelta(minutes=3))


def correct(log: Log, seq: int) -> None:
    """Say that an entry happened three minutes before the declaration."""
    log.do(want.Correct(seq, None, happened=START - timedelta(minutes=3), because="the clock was wrong"))


def test_correcting_the_declaration_moves_when_it_was_declared() -> None:
    """The first entry's corrected time is when it was declared; due times stay."""
    log = declared()
    before = log.due("capture-post")
    correct(log, 1)
    assert (log.state.declared_at, log.due("capture-post")) == (CORRECTED, before)


@pytest.mark.parametrize(
    ("intent", "field"),
    [
        (want.StartStep("pause-posts"), "started_at"),
        (want.CompleteStep("pause-posts"), "done_at"),
        (want.BlockStep("pause-posts", "x"), ""),
        (want.SkipStep("pause-posts", "x"), ""),
        (want.AssignStep("pause-posts", OTHER), ""),
        (want.LogNote("x", step="pause-posts"), ""),
    ],
)
def test_correcting_a_step_moves_only_the_time_that_the_entry_fixed(intent: want.Intent, field: str) -> None:
    """A corrected start moves the start, a corrected end the end, and nothing else moves either."""
    log = declared()
    log.do(intent)
    was = log.step("pause-posts")
    correct(log, 3)
    expected = was._replace(**{field: CORRECTED}) if field else was  # type: ignore[arg-type]  # one of the two times
    assert log.step("pause-posts") == expected


def test_correcting_an_added_step_does_not_start_it() -> None:
    """Correcting when a step was added says nothing about work on it."""
    log = declared()
    log.do(want.AddStep("Ring the printer", "comms-lead"))
    correct(log, 3)
    assert (log.step("added-1").started_at, log.step("added-1").done_at) == ("", "")


def test_correcting_an_older_change_leaves_the_newer_one() -> None:
    """The time of a step's last change is the one that counts."""
    log = captured()
    log.do(want.ReopenStep("capture-post", "wrong post"))
    log.do(want.CompleteStep("capture-post", LINK))
    correct(log, 3)
    assert log.step("capture-post").done_at == stamp(START)


def test_an_entry_of_a_newer_program_makes_the_incident_read_only() -> None:
    """An unknown kind is folded, counted, and nothing can be written after it."""
    log = declared()
    stranger = log.entries[-1]._replace(
        event=UnknownKind("oracle-asked"), header=log.entries[-1].header._replace(seq=3)
    )
    log.state = evolve(log.state, stranger)
    assert (log.state.seq, log.state.newer) == (3, "oracle-asked")
    assert "newer CrisisDesk" in log.refusal(want.LogNote("x")).sentence


def test_an_entry_about_an_unknown_step_changes_no_step() -> None:
    """The fold never fails on what it does not know: what is written has happened."""
    log = declared()
    log.do(want.StartStep("pause-posts"))
    entry = log.entries[-1]
    odd = entry._replace(event=entry.event._replace(step="gone"))  # type: ignore[call-arg]  # a started step has a step
    before = declared().state.steps
    assert replay(declared().state, [odd]).steps == before
