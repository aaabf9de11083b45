"""The brief: what it tells, in which order, and what it never says."""

from datetime import timedelta

import pytest

from crisisdesk.domain import intents as want
from crisisdesk.domain.brief import brief
from crisisdesk.domain.brief.collect import MOST
from crisisdesk.domain.playbook import Phase, Step
from crisisdesk.domain.sensitivity import kept_closer, withheld
from crisisdesk.domain.timeline import ERASED
from crisisdesk.domain.times import stamp
from tests.domain.brief_night import HELD_BACK, MORNING, brief_of, full_night
from tests.domain.sample import COMMS, DECLARE, LEAD, OTHER, PLAYBOOK, POLICY, START, Log, declared
from tests.domain.test_statements import DRAFT, desk


def test_an_incident_just_declared_invents_nothing() -> None:
    log = Log()
    log.do(DECLARE)
    told = brief_of(log)
    assert (told.recommended, told.severity_since) == ("sev2", stamp(START))
    assert (told.label, told.title, told.severity, told.confirmed) == (
        "INC-0001",
        "A post names us",
        "sev2",
        False,
    )
    assert (told.happened_at, told.detected_at, told.declared_by) == ("", "", LEAD)
    assert not any((
        told.late, told.blocked, told.approvals, told.public, told.internal, told.clocks, told.freeze, told.enquiries, told.hold,
        told.silence, told.decisions, told.published, told.drafts, told.known,
    ))  # fmt: skip
    assert set(told.unknown) == {"injured", "regions", "reach"}
    assert [gap.title for gap in told.gaps] == ["Deputy", "Comms lead", "Counsel"]
    assert told.lead is not None
    assert (told.lead.person, told.lead.acting) == (LEAD, True)


def test_the_level_is_told_since_it_stands_and_not_since_it_was_confirmed() -> None:
    log = declared("sev1")
    log.wait(minutes=9).do(want.SetSeverity("sev1", "as things stand"))
    assert (brief_of(log).severity_since, brief_of(log).confirmed) == (stamp(START), True)
    log.wait(minutes=9).do(want.SetSeverity("sev2", "smaller than we thought"), COMMS)
    assert (brief_of(log).severity_since, brief_of(log).severity_by) == (stamp(log.now), COMMS)


def test_late_steps_come_first_then_ready_ones_then_blocked_ones_with_the_reason() -> None:
    log = full_night()
    early = brief_of(log)
    assert early.late == ()
    assert [(one.id, one.because) for one in early.blocked] == [("pause-posts", "no access to the queue")]
    log.now = START + timedelta(minutes=22)
    late = brief_of(log)
    found = [(one.id, one.state, one.late) for one in late.late]
    assert found == [
        ("pause-posts", "blocked", timedelta(minutes=6)),
        ("call-director", "ready", timedelta(minutes=1)),
    ]
    assert late.late[0].because == "no access to the queue"
    assert late.late[0].owner == ("Comms lead", COMMS)
    assert late.blocked == ()


def test_approvals_name_the_exact_version_who_is_waited_for_and_until_when() -> None:
    log = full_night()
    draft = next(iter(log.state.statements.values()))
    statement = brief_of(log).approvals[0]
    assert (statement.kind, statement.version, statement.due) == ("statement", 1, draft.due_at)
    assert draft.text_hash.startswith(statement.hash)
    assert len(statement.hash) == 8
    assert ("Incident lead", LEAD) in statement.missing
    log.do(want.ApproveStatement("holding", (statement.hash,)), LEAD)
    assert ("Incident lead", LEAD) not in [
        role for one in brief_of(log).approvals for role in one.missing if one.kind == "statement"
    ]


def test_a_draft_nobody_was_asked_about_waits_for_nobody_but_is_told() -> None:
    log = declared()
    log.do(want.DraftStatement("holding", "x", text="We know."), COMMS)
    told = brief_of(log)
    assert not [one for one in told.approvals if one.kind == "statement"]
    assert [(one.what, one.standing) for one in told.drafts] == [("holding", "draft")]


def test_promises_clocks_freeze_enquiries_hold_are_told_with_their_times() -> None:
    told = brief_of(full_night())
    assert [one.text for one in told.public] == ["More by ten"]
    assert [one.text for one in told.internal] == ["A word to all staff"]
    assert [(one.title, one.standing) for one in told.clocks] == [("Tell the regulator", "running")]
    assert told.clocks[0].due == stamp(START - timedelta(minutes=5) + timedelta(hours=72))
    assert [(one.queue, one.held, one.by) for one in told.freeze] == [("Scheduler", 7, COMMS)]
    assert [(one.who, one.outlet, one.question) for one in told.enquiries] == [
        ("Dee Hart", "Evening paper", "Who is it?")
    ]
    assert told.hold is not None
    assert (told.hold.because, told.hold.by) == ("a claim is threatened", OTHER)


def test_what_is_answered_released_sent_or_lifted_is_gone() -> None:
    log = full_night()
    asked = brief_of(log).enquiries[0].seq
    log.do(want.AnswerEnquiry(asked, "We name nobody."))
    log.do(want.ReleaseQueue("Scheduler"))
    log.do(want.ReleaseHold("withdrawn"), LEAD)
    log.do(want.SendUpdate("We have spoken to her."))
    told = brief_of(log)
    assert (told.enquiries, told.freeze, told.hold, told.public) == ((), (), None, ())
    assert [one.text for one in told.internal] == ["A word to all staff"]


def test_a_decision_is_told_with_why_and_what_was_not_known_until_it_is_opened_again() -> None:
    log = full_night()
    (one,) = brief_of(log).decisions
    assert (one.taken.choice, one.taken.because, one.taken.unknown) == (
        "Answer now",
        "it is out",
        "who took the picture",
    )
    assert one.revisit == stamp(START + timedelta(minutes=125))
    assert not one.reopened
    log.do(want.ReopenStep("choose-line", "new facts"))
    (again,) = brief_of(log).decisions
    assert (again.reopened, again.revisit) == (True, "")


def test_a_silence_is_told_until_a_public_word() -> None:
    log = declared()
    again = log.now + timedelta(hours=2)
    log.do(want.KeepSilent("few have seen it", again))
    kept = brief_of(log).silence
    assert kept is not None
    assert (kept.because, kept.revisit_at) == ("few have seen it", stamp(again))
    log.do(want.SendUpdate("We know."))
    assert brief_of(log).silence is None


def test_what_went_out_is_told_with_its_deviation_even_when_a_new_version_is_drafted() -> None:
    log = full_night()
    version = next(iter(log.state.statements.values())).text_hash[:8]
    log.do(
        want.PublishStatement(
            "holding", "x", version=version, link="https://x.example/9", already=True, because="it was out"
        ),
        COMMS,
    )
    log.do(want.DraftStatement("holding", "x", text="We know more."), COMMS)
    told = brief_of(log)
    (out,) = told.published
    assert (out.channel, out.link, out.hash, out.by) == ("x", "https://x.example/9", version, COMMS)
    assert "not approved" in out.deviation
    assert [one.version for one in told.drafts] == [2]


def test_words_that_went_out_only_with_a_step_are_told_too() -> None:
    log = declared("sev3")
    log.do(want.CompleteStep("say-holding", {}, "Said.", already=True, because="it was out"), COMMS)
    (out,) = brief_of(log).published
    assert (out.what, out.channel, out.hash, out.link) == ("Say the holding line", "x", "", "")
    assert out.deviation


def test_corrections_are_applied() -> None:
    log = declared()
    note = log.do(want.BlockStep("capture-post", "no acess")).seq
    log.do(want.Correct(note, None, "no access", because="a slip"))
    assert brief_of(log).blocked[0].because == "no access"


def test_what_changed_counts_from_when_the_lead_was_last_taken() -> None:
    log = declared()
    log.do(want.LogNote("before"))
    taken = log.do(want.TakeRole("incident-lead", OTHER)).seq
    assert brief_of(log).changes == (taken, OTHER, stamp(log.now), (), 0)
    log.do(want.LogNote("after"))
    (change,) = brief_of(log).changes.newest
    assert (change.seq, change.sentence) == (taken + 1, "Note · after")
    named = brief_of(log, since=1).changes
    assert (named.since, named.taken_by, [one.seq for one in named.newest]) == (
        1,
        "",
        list(range(2, taken + 2)),
    )


def test_of_many_changes_the_newest_are_told_and_the_others_counted() -> None:
    log = declared()
    for number in range(MOST + 12):
        log.wait(minutes=1).do(want.LogNote(f"note {number}"))
    told = brief_of(log).changes
    assert (len(told.newest), told.more) == (MOST, 12)
    assert told.newest[-1].sentence == f"Note · note {MOST + 11}"


def test_the_head_and_who_made_it_are_told() -> None:
    log = full_night()
    told = brief_of(log, COMMS)
    assert (told.seq, told.head, told.written_by, told.written_at) == (
        len(log.entries), log.entries[-1].hash, COMMS, stamp(log.now),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("level", "said"),
    [("personal", "personal data"), ("hr", "HR matter"), ("privileged", "legally privileged")],
)
def test_words_kept_closer_are_nowhere_but_their_number_is(level: str, said: str) -> None:
    log = declared()
    step = log.do(want.BlockStep("capture-post", HELD_BACK), sensitivity=level).seq
    told = brief_of(log)
    assert HELD_BACK not in repr(told)
    assert told.blocked[0].because == f"({said}, entry {step})"
    assert told.changes.newest[-1].sentence.endswith(f"({said}, entry {step})")


def test_words_raised_later_and_their_corrections_are_kept_as_close() -> None:
    log = declared()
    note = log.do(want.LogNote("first words")).seq
    right = log.do(want.Correct(note, None, "second words", because="a slip")).seq
    raised = log.do(want.RaiseSensitivity(note, "personal", because="a phone number")).seq
    assert kept_closer(log.entries) == {
        note: f"(personal data, entry {note})",
        right: f"(personal data, entry {right})",
    }
    told = repr(brief_of(log))
    assert not {"first words", "second words"} & {
        word for word in ("first words", "second words") if word in told
    }
    assert "a phone number" in told
    assert [entry.words for entry in withheld(log.entries, kept_closer(log.entries)) if entry.seq == raised]


def test_a_correction_that_is_kept_closer_takes_what_it_corrects_with_it() -> None:
    log = declared()
    note = log.do(want.BlockStep("capture-post", "no access")).seq
    log.do(want.Correct(note, None, HELD_BACK, because="x"), sensitivity="hr")
    assert HELD_BACK not in repr(brief_of(log))


def test_erased_words_are_said_to_be_erased() -> None:
    log = full_night()
    log.entries = [entry._replace(words={}) for entry in log.entries]
    told = brief_of(log)
    assert told.title == ERASED
    assert told.blocked[0].because == ERASED
    assert told.enquiries[0].who == ERASED
    assert told.decisions[0].taken.because == ERASED


def test_the_whole_night_at_six_holds_the_number_and_not_the_words() -> None:
    log = full_night()
    told = brief_of(log, now=START + MORNING)
    assert HELD_BACK not in repr(told)
    assert "the family" not in repr(told)
    assert f"(personal data, entry {len(log.entries)})" in repr(told)
    assert [one.id for one in told.late] == ["pause-posts", "call-director", "tell-counsel"]


def test_a_closed_incident_has_no_gaps_and_says_whose_twin_it_is() -> None:
    log: Log = declared("sev3")
    log.do(want.Close("as INC-0002", duplicate_of="INC-0002"))
    told = brief_of(log)
    assert (told.status, told.duplicate_of, told.gaps, told.first_word_by) == ("closed", "INC-0002", (), "")


def test_what_was_taken_back_says_when() -> None:
    log = full_night()
    version = next(iter(log.state.statements.values())).text_hash[:8]
    log.do(want.PublishStatement("holding", "x", version=version, already=True, because="it was out"), COMMS)
    assert brief_of(log).published[0].withdrawn_at == ""
    log.wait(minutes=7).do(want.WithdrawStatement("holding", "x", because="a wrong name"), COMMS)
    assert brief_of(log).published[0].withdrawn_at == stamp(log.now)


def test_a_step_whose_statement_went_out_is_not_told_as_a_second_publication() -> None:
    log = full_night()
    version = next(iter(log.state.statements.values())).text_hash[:8]
    log.do(want.PublishStatement("holding", "x", version=version, already=True, because="it was out"), COMMS)
    log.do(want.CompleteStep("say-holding", {}, "Said.", already=True, because="it was out"), COMMS)
    assert [one.hash for one in brief_of(log).published] == [version]


def test_what_went_out_before_its_approval_waits_for_it_until_its_time() -> None:
    say = Step(
        "warn",
        "say",
        "Warn everybody",
        "comms-lead",
        approved_by=("counsel",),
        publish_first="ratify within 30 minutes",
    )
    log = Log(playbook=PLAYBOOK._replace(phases=(Phase("one", "One", "One.", "", (say,)),)))
    log.do(DECLARE._replace(severity="sev2"))
    log.do(want.TakeRole("counsel", OTHER))
    log.do(want.CompleteStep("warn", {}, "Out."), COMMS)
    (one,) = brief_of(log).approvals
    assert (one.kind, one.what, one.due) == (
        "published first",
        "Warn everybody",
        stamp(START + timedelta(minutes=30)),
    )
    assert one.missing[0] == ("Counsel", OTHER)
    log.do(want.ApproveStep("warn"), OTHER)
    assert ("Counsel", OTHER) not in [role for left in brief_of(log).approvals for role in left.missing]


def test_a_published_link_that_was_wrong_stands_with_what_is_right() -> None:
    log = full_night()
    version = next(iter(log.state.statements.values())).text_hash[:8]
    out = log.do(
        want.PublishStatement(
            "holding", "x", version=version, link="https://x.example/9", already=True, because="it was out"
        ),
        COMMS,
    ).seq
    log.do(want.Correct(out, None, "https://x.example/10", because="a slip"))
    assert brief_of(log).published[0].corrected == "https://x.example/10"


def test_a_handover_the_fact_sheet_and_who_is_asked_instead_are_told() -> None:
    log = desk()
    roles = {**POLICY.roles, "counsel": POLICY.roles["counsel"]._replace(stand_in="comms-lead")}
    log.state = log.state._replace(policy=log.state.policy._replace(roles=roles))
    log.do(want.TakeRole("comms-lead", "Dee Ruiz"))
    log.do(DRAFT)
    log.do(want.SubmitStatement("holding"))
    log.do(want.JudgeClaim("do not say", "his name", because="a person"))
    log.do(want.HandOver("incident-lead", OTHER))
    told = brief(log.state, log.entries, log.wait(minutes=40).now, LEAD)
    assert [(one.holder, one.to) for one in told.offers] == [(LEAD, OTHER)]
    assert [(one.standing, one.text) for one in told.claims] == [("do not say", "his name")]
    assert [(each.role, each.person) for each in told.approvals[0].stand_ins] == [("Comms lead", "Dee Ruiz")]
