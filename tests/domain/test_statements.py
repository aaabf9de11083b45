"""Statements: blanks, versions, approval of exactly one text, publishing by the rules or openly past them."""

from datetime import timedelta

import pytest

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.decide.ruling import Refused
from crisisdesk.domain.playbook import Phase, Statement, Step
from crisisdesk.domain.statements import current, lacking, protected_words, standing, version_hash
from crisisdesk.domain.summary import summarise
from crisisdesk.domain.tables import rows_of
from crisisdesk.domain.times import stamp
from tests.domain.sample import COMMS, LEAD, OTHER, PLAYBOOK, POLICY, STREAM, Log

SAY = Step(
    "publish",
    "say",
    "Publish",
    "comms-lead",
    approved_by=("counsel", "deputy"),
    statement="holding",
    on=("x",),
)
WORDS = Statement(
    "holding",
    "Holding",
    "{{organisation}} knows. More by {{next update, time}}. {{reason}}",
    {"in de": "Wir wissen es. {{Grund}}"},
)
DRAFT = want.DraftStatement("holding", "x", text="We know.")


def desk(words: Statement = WORDS) -> Log:
    """An incident that says something: Ada writes, Ben is counsel, the third person deputy."""
    log = Log(
        playbook=PLAYBOOK._replace(
            phases=(Phase("one", "One", "One.", "", (SAY,)),), statements={"holding": words}
        )
    )
    levels = {name: level._replace(approvals=()) for name, level in POLICY.levels.items()}
    log.start = log.state = log.start._replace(
        policy=POLICY._replace(levels=levels, approvals={"time-limit": "30 minutes"})
    )
    log.do(want.Declare("A post", "INC-0001", "p" * 64, "b" * 64, "sev2"))
    log.do(want.TakeRole("counsel", COMMS))
    log.do(want.TakeRole("deputy", OTHER))
    return log


def approve(log: Log, *people: str, version: str = "") -> None:
    """Let people approve the newest version."""
    for person in people:
        newest = next(iter(log.state.statements.values())).text_hash
        log.do(want.ApproveStatement("holding", (version or newest[:8],)), person)


def publish(log: Log, **more: object) -> want.PublishStatement:
    """What logs the newest version as published."""
    newest = next(iter(log.state.statements.values())).text_hash
    return want.PublishStatement("holding", "x", version=newest[:8], **more)  # type: ignore[arg-type]  # fields of the intent


def test_blanks_are_filled_from_what_is_known_and_the_rest_is_named() -> None:
    log = desk()
    log.do(want.PromiseUpdate(log.now + timedelta(hours=1), "more"))
    log.do(want.DraftStatement("holding", "x"))
    assert isinstance(log.last, log_of.StatementDrafted)
    assert log.entries[-1].words["text"] == f"{POLICY.organisation} knows. More by 22:00 GMT. {{{{reason}}}}"
    assert list(log.last.holes) == ["reason"]
    assert "has blanks: reason" in log.refusal(want.SubmitStatement("holding")).sentence
    log.do(want.DraftStatement("holding", "x", values={"Reason": "A post."}))
    drafted = log.entries[-1].event
    assert isinstance(drafted, log_of.StatementDrafted)
    assert (list(drafted.holes), drafted.version) == ([], 2)


def test_a_language_takes_its_own_words() -> None:
    log = desk()
    log.do(want.DraftStatement("holding", "x", "de", values={"Grund": "Ein Beitrag."}))
    assert log.entries[-1].words["text"] == "Wir wissen es. Ein Beitrag."


def test_approval_is_bound_to_incident_statement_channel_language_and_text() -> None:
    hashes = {
        version_hash(stream, statement, channel, language, text)
        for stream in (STREAM, "other") for statement in ("a", "b") for channel in ("x", "y") for language in ("", "de") for text in ("t", "u")
    }  # fmt: skip
    assert len(hashes) == 32


def test_every_approver_is_asked_at_once_with_the_policys_time() -> None:
    log = desk()
    log.do(DRAFT)
    log.do(want.SubmitStatement("holding"))
    assert isinstance(log.last, log_of.StatementSubmitted)
    assert (log.last.approvers, log.last.due_at) == (
        ("counsel", "deputy"),
        stamp(log.now + timedelta(minutes=30)),
    )


def test_it_is_published_with_every_approval_of_exactly_this_text() -> None:
    log = desk()
    log.do(DRAFT)
    assert "is not approved by counsel and deputy" in log.refusal(publish(log)).sentence
    approve(log, COMMS)
    assert "is not approved by deputy" in log.refusal(publish(log)).sentence
    approve(log, OTHER)
    log.do(publish(log, link="https://x.example/1", text="We know."))
    assert log.last == log_of.StatementPublished(
        "holding", "x", "", version_hash(STREAM, "holding", "x", "", "We know."), version=1
    )
    assert standing(log.state, next(iter(log.state.statements.values()))) == "published"
    log.do(want.CompleteStep("publish"))  # the step asks for no second approval


def test_one_edit_voids_every_approval() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    log.do(DRAFT._replace(text="We know now."))
    draft = next(iter(log.state.statements.values()))
    assert lacking(log.state, draft) == ("counsel", "deputy")
    stale = want.ApproveStatement("holding", (version_hash(STREAM, "holding", "x", "", "We know.")[:8],))
    assert "is not the newest version" in log.refusal(stale, COMMS).sentence


@pytest.mark.parametrize("author", [LEAD, LEAD.upper(), " ada  okafor "])
def test_nobody_approves_their_own_words_under_any_spelling(author: str) -> None:
    log = desk()
    log.do(DRAFT, LEAD)
    log.do(want.TakeRole("counsel", LEAD, "alone here"))
    newest = next(iter(log.state.statements.values())).text_hash[:8]
    assert (
        "nobody approves their own words"
        in log.refusal(want.ApproveStatement("holding", (newest,)), author).sentence
    )
    relayed = log.ask(
        want.ApproveStatement("holding", (newest,)), OTHER, on_behalf_of=author, relayed_by="phone"
    )
    assert isinstance(relayed, Refused)


def test_one_person_in_two_roles_counts_once_and_a_stranger_not_at_all() -> None:
    log = desk()
    log.do(DRAFT)
    log.do(want.TakeRole("deputy", COMMS, "the other left"))
    approve(log, COMMS)
    draft = next(iter(log.state.statements.values()))
    assert lacking(log.state, draft) == ("deputy",)
    approve(log, COMMS)
    draft = next(iter(log.state.statements.values()))
    assert lacking(log.state, draft) == ("deputy",)
    assert (
        "holds none of the roles"
        in log.refusal(want.ApproveStatement("holding", (draft.text_hash[:8],)), OTHER).sentence
    )


def test_an_approval_by_phone_is_relayed_and_counts() -> None:
    log = desk()
    log.do(DRAFT)
    newest = next(iter(log.state.statements.values())).text_hash[:8]
    log.do(want.ApproveStatement("holding", (newest,)), OTHER, on_behalf_of=COMMS, relayed_by="phone")
    assert next(iter(log.state.statements.values())).approvals["counsel"].relayed


def test_what_is_out_already_is_logged_and_reads_deviation_everywhere() -> None:
    log = desk()
    log.do(want.DraftStatement("holding", "x"))
    out = publish(log, already=True, because="it went out at nine", text="Other words.")
    assert isinstance(log.ask(out._replace(because="")), Refused)
    log.do(out)
    assert isinstance(log.last, log_of.StatementPublished)
    assert log.last.deviation == "with blanks, other words, not approved"
    assert log.entries[-1].words["text"] == "Other words."
    assert (
        "deviation" in standing(log.state, next(iter(log.state.statements.values())))
        or "not approved" in log.last.deviation
    )


def test_a_text_over_the_limit_is_neither_submitted_nor_published() -> None:
    log = desk()
    log.do(DRAFT._replace(text="x" * 281))
    assert "has 281; x takes 280" in log.refusal(want.SubmitStatement("holding")).sentence
    approve(log, COMMS, OTHER)
    assert "x takes 280" in log.refusal(publish(log)).sentence


def test_changes_are_asked_with_a_reason_and_a_new_version_begins_anew() -> None:
    log = desk()
    log.do(DRAFT)
    newest = next(iter(log.state.statements.values())).text_hash[:8]
    assert "What should change?" in log.refusal(want.AskChanges("holding", (newest,)), COMMS).sentence
    log.do(want.AskChanges("holding", (newest,), "name nobody"), COMMS)
    assert standing(log.state, next(iter(log.state.statements.values()))) == "changes asked"
    log.do(DRAFT._replace(text="We know it."))
    assert standing(log.state, next(iter(log.state.statements.values()))) == "draft"


def test_words_cleared_beforehand_need_one_approval() -> None:
    log = desk(WORDS._replace(pre_cleared="legal, 2026-09-30", text="We know."))
    log.do(want.DraftStatement("holding", "x"))
    approve(log, COMMS)
    log.do(publish(log))
    assert isinstance(log.last, log_of.StatementPublished)


def test_a_version_must_be_named_and_a_published_one_can_be_withdrawn() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    assert "Which version went out?" in log.refusal(publish(log)._replace(version="")).sentence
    assert "The newest is" in log.refusal(publish(log)._replace(version="0000")).sentence
    assert "is not published" in log.refusal(want.WithdrawStatement("holding", because="x")).sentence
    log.do(publish(log))
    log.do(want.WithdrawStatement("holding", because="a name was in it"))
    assert standing(log.state, next(iter(log.state.statements.values()))) == "withdrawn"


def test_words_that_are_not_used_lightly_are_found_whole() -> None:
    state = desk().state
    assert protected_words(state, "It is Alleged that") == [("alleged", "nothing is proven")]
    assert protected_words(state, "allegedly") == []


CLEARED = WORDS._replace(pre_cleared="legal, 2026-09-30", text="We know.")


def test_when_the_time_has_passed_the_stand_in_is_asked() -> None:
    log = desk()
    roles = {**POLICY.roles, "counsel": POLICY.roles["counsel"]._replace(stand_in="comms-lead")}
    log.state = log.state._replace(policy=log.state.policy._replace(roles=roles))
    log.do(want.TakeRole("comms-lead", "Dee Ruiz"))
    log.do(DRAFT)
    log.do(want.SubmitStatement("holding"))
    named = want.ApproveStatement("holding", (next(iter(log.state.statements.values())).text_hash[:8],))
    assert "holds none of the roles" in log.refusal(named, "Dee Ruiz").sentence
    log.wait(minutes=31).do(named, "Dee Ruiz")
    assert isinstance(log.last, log_of.StatementApproved)
    assert (log.last.role, log.last.stand_in) == ("counsel", "comms-lead")
    assert lacking(log.state, next(iter(log.state.statements.values()))) == ("deputy",)


def test_the_author_never_stands_in() -> None:
    log = desk()
    roles = {**POLICY.roles, "counsel": POLICY.roles["counsel"]._replace(stand_in="incident-lead")}
    log.state = log.state._replace(policy=log.state.policy._replace(roles=roles))
    log.do(DRAFT, LEAD)
    log.do(want.SubmitStatement("holding"))
    named = want.ApproveStatement("holding", (next(iter(log.state.statements.values())).text_hash[:8],))
    assert "nobody approves their own words" in log.wait(minutes=31).refusal(named, LEAD).sentence


def test_when_nobody_answers_the_lead_may_let_cleared_words_out_as_a_deviation() -> None:
    log = desk(CLEARED)
    log.do(want.DraftStatement("holding", "x"))
    log.do(want.SubmitStatement("holding"))
    out = publish(log, because="no answer from anybody")
    assert "is not approved" in log.wait(minutes=31).refusal(out).sentence, "the stand-in has its own time"
    log.wait(minutes=31)
    assert "is not approved" in log.refusal(out, COMMS).sentence, "only the lead may"
    assert "Nobody answered in time" in log.refusal(out._replace(because="")).remedy
    log.do(out)
    assert isinstance(log.last, log_of.StatementPublished)
    assert log.last.deviation == "cleared words, nobody answered in time"


def test_words_that_were_not_cleared_wait_however_long_it_takes() -> None:
    log = desk()
    log.do(DRAFT)
    log.do(want.SubmitStatement("holding"))
    assert "is not approved" in log.wait(hours=9).refusal(publish(log, because="nobody answers")).sentence


def test_what_may_go_out_first_is_ratified_after() -> None:
    log = desk()
    first = SAY._replace(publish_first="ratify within 15 minutes")
    log.state = log.state._replace(steps={"publish": log.step("publish")._replace(step=first)})
    log.do(DRAFT)
    log.do(publish(log))
    assert isinstance(log.last, log_of.StatementPublished)
    assert (log.last.deviation, log.last.ratify_by) == ("", stamp(log.now + timedelta(minutes=15)))
    draft = next(iter(log.state.statements.values()))
    assert standing(log.state, draft) == "published, to be ratified"
    approve(log, COMMS, OTHER)
    assert standing(log.state, next(iter(log.state.statements.values()))) == "published"


def test_what_is_out_stays_out_while_a_new_version_is_written_and_can_be_withdrawn() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    log.do(publish(log))
    assert "is published already" in log.refusal(publish(log)).sentence
    log.do(DRAFT._replace(text="We know more."))
    draft = next(iter(log.state.statements.values()))
    assert standing(log.state, draft) == "draft; version 1 is out"
    log.do(want.CompleteStep("publish"))  # its words are out, and were approved
    log.do(want.WithdrawStatement("holding", because="a name was in it"))
    assert "is not published" in log.refusal(want.WithdrawStatement("holding", because="x")).sentence


def test_whoever_asks_for_changes_takes_back_their_own_approval() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    newest = next(iter(log.state.statements.values())).text_hash[:8]
    log.do(want.AskChanges("holding", (newest,), "on reading it again"), COMMS)
    assert lacking(log.state, next(iter(log.state.statements.values()))) == ("counsel",)
    assert "is not approved by counsel" in log.refusal(publish(log)).sentence


def test_the_summary_tells_every_version_that_went_out_with_its_approvers() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    log.do(publish(log, link="https://x.example/1"))
    log.do(DRAFT._replace(text="We knew."))
    log.do(DRAFT._replace(text="We know more."))
    log.do(publish(log, already=True, because="in a hurry", text="We know it all."))
    told = summarise(log.entries, log.state, log.now).statements
    assert [(one.version, one.standing, one.text) for one in told] == [
        (1, "published, then replaced", "We know."),
        (3, "published (deviation: other words, not approved)", "We know more."),
    ]
    assert [who.partition(" (")[0] for who in told[0].approved_by] == [
        "Ben Marsh as counsel",
        "Cleo Tan as deputy",
    ]
    assert (told[0].link, told[1].went_out, told[1].approved_by) == (
        "https://x.example/1",
        "We know it all.",
        (),
    )


def test_what_is_withdrawn_is_the_version_that_was_out() -> None:
    log = desk()
    log.do(DRAFT)
    log.do(publish(log, already=True, because="it is out"))
    log.do(DRAFT._replace(text="We know more."))
    log.do(want.WithdrawStatement("holding", because="wrong"))
    told = summarise(log.entries, log.state, log.now).statements
    assert [(one.version, bool(one.withdrawn_at)) for one in told] == [(1, True), (2, False)]
    rows = rows_of(log.entries, "INC-0001")["statements"]
    assert [(row["version"], bool(row["withdrawn_at"]), row["is_out"]) for row in rows] == [
        (1, True, 0),
        (2, False, 0),
    ]


def test_cleared_words_stay_cleared_when_only_their_blanks_are_filled() -> None:
    log = desk(WORDS._replace(pre_cleared="legal, 2026-09-30", text="We know. {{reason}}"))
    log.do(want.DraftStatement("holding", "x"))
    log.do(DRAFT._replace(text="We know. {{reason}}", values={"reason": "It rained."}))
    assert next(iter(log.state.statements.values())).cleared
    log.do(DRAFT._replace(text="We know. It poured."))
    assert not next(iter(log.state.statements.values())).cleared


def test_where_the_level_says_so_a_word_by_phone_counts_only_when_it_is_confirmed() -> None:
    log = desk()
    levels = {
        name: level._replace(relayed_approvals="confirm") for name, level in log.state.policy.levels.items()
    }
    log.state = log.state._replace(policy=log.state.policy._replace(levels=levels))
    log.do(DRAFT)
    newest = next(iter(log.state.statements.values())).text_hash[:8]
    log.do(want.ApproveStatement("holding", (newest,)), OTHER, on_behalf_of=COMMS, relayed_by="phone")
    relayed = log.entries[-1].seq
    approve(log, OTHER)
    assert lacking(log.state, next(iter(log.state.statements.values()))) == ("counsel",)
    assert "is not approved by counsel" in log.refusal(publish(log)).sentence
    log.do(want.ConfirmRelay(relayed), COMMS)
    log.do(publish(log))
    assert isinstance(log.last, log_of.StatementPublished)
    assert log.last.deviation == ""


def test_how_long_approvals_took_is_measured_from_submitting() -> None:
    log = desk()
    log.do(DRAFT)
    log.do(want.SubmitStatement("holding"))
    log.wait(minutes=4)
    approve(log, COMMS)
    log.wait(minutes=8)
    approve(log, OTHER)
    log.do(publish(log))
    log.do(DRAFT._replace(text="We know more."))
    log.do(want.SubmitStatement("holding"))
    metrics = summarise(log.entries, log.state, log.wait(hours=1).now).metrics
    spoke = [one.value for one in metrics if (one.name, one.anchor) == ("First public response", "declared")]
    assert spoke == [timedelta(minutes=12)]
    figures = {one.name: one for one in metrics}
    assert figures["Approval turnaround"].value == timedelta(minutes=12)
    assert (
        figures["Approval turnaround"].inputs
        == "2 rounds: 1 approved; 1 not approved by all; 1 past the time limit"
    )


def test_an_author_writes_down_nobodys_approval_and_typing_is_writing() -> None:
    log = desk()
    log.do(DRAFT, LEAD, on_behalf_of="Dee Ruiz", relayed_by="phone")
    newest = ("1",)
    relay = {"on_behalf_of": COMMS, "relayed_by": "phone"}
    for author in (LEAD, "Dee Ruiz"):
        refused = log.ask(want.ApproveStatement("holding", newest), author, **relay)
        assert isinstance(refused, Refused)
        assert "writes down nobody's approval" in refused.sentence
    log.do(want.TakeRole("counsel", LEAD, "alone"))
    assert "nobody approves their own words" in log.refusal(want.ApproveStatement("holding", newest)).sentence


def test_whoever_wrote_these_words_before_is_their_author_too() -> None:
    log = desk()
    log.do(DRAFT, COMMS)
    log.do(DRAFT._replace(text="We know it."), OTHER)
    log.do(DRAFT, OTHER)
    assert "nobody approves" in log.refusal(want.ApproveStatement("holding", ("3",)), COMMS).sentence


def test_what_went_out_before_it_was_approved_reads_so() -> None:
    log = desk()
    log.do(DRAFT)
    began = log.now
    log.wait(minutes=30)
    approve(log, COMMS, OTHER)
    early = began + timedelta(minutes=5)
    refused = log.ask(publish(log), occurred=early)
    assert isinstance(refused, Refused)
    assert "was not approved yet by" in refused.sentence
    log.do(publish(log, already=True, because="in a hurry"), occurred=early)
    assert isinstance(log.last, log_of.StatementPublished)
    assert log.last.deviation == "before approval"
    late = log.ask(want.ApproveStatement("holding", ("1",)), COMMS, occurred=began - timedelta(hours=1))
    assert isinstance(late, Refused)


@pytest.mark.parametrize(
    "name", ["Holding", " holding ", "HOLDING", "hold\u200bing", "holdin", "hold\x1bing", "a|b", " "]
)
def test_a_statements_name_is_one_however_it_is_spelt(name: str) -> None:
    log = desk()
    ruling = log.ask(DRAFT._replace(statement=name))
    assert isinstance(ruling, Refused) or ruling[0].event.statement == "holding"  # type: ignore[union-attr]  # a draft


def test_words_begun_with_a_statement_have_its_approvers_under_any_name() -> None:
    log = desk()
    log.do(want.DraftStatement("late-night", "x", source="holding", text="We know."))
    log.do(want.DraftStatement("late-night", "x", text="We know it."))
    assert lacking(log.state, next(iter(log.state.statements.values()))) == ("counsel", "deputy")


def test_what_went_out_first_is_still_to_be_ratified_when_a_new_version_is_written() -> None:
    log = desk()
    first = SAY._replace(publish_first="ratify within 15 minutes")
    log.state = log.state._replace(steps={"publish": log.step("publish")._replace(step=first)})
    log.do(DRAFT)
    log.do(publish(log))
    out = log.state.statements["holding|x|"]
    log.do(DRAFT._replace(text="We know more."))
    assert [one.version for one in current(log.state)] == [2, 1]
    log.do(want.ApproveStatement("holding", (out.text_hash[:8],)), COMMS)
    log.do(want.ApproveStatement("holding", (out.text_hash[:8],)), OTHER)
    assert [one.version for one in current(log.state)] == [2]
    told = summarise(log.entries, log.state, log.now).statements
    assert [(one.version, one.standing) for one in told] == [(1, "published"), (2, "draft; version 1 is out")]


def test_a_statement_on_another_channel_does_not_stand_for_the_step() -> None:
    log = desk()
    channels = {**POLICY.channels, "intranet": POLICY.channels["x"]._replace(id="intranet", title="Intranet")}
    log.state = log.state._replace(policy=log.state.policy._replace(channels=channels))
    log.do(DRAFT._replace(channel="intranet"))
    approve(log, COMMS, OTHER)
    log.do(publish(log)._replace(channel="intranet"))
    assert "nothing of 'holding' is" in log.refusal(want.CompleteStep("publish")).sentence


def test_an_earlier_version_that_went_out_is_the_one_that_is_logged() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    log.do(DRAFT._replace(text="We know more."))
    out = want.PublishStatement("holding", "x", version="1", text="We know.")
    assert "is not the newest" in log.refusal(out).sentence
    log.do(out._replace(already=True, because="the queue had it"))
    assert isinstance(log.last, log_of.StatementPublished)
    assert (log.last.version, log.last.deviation) == (1, "an earlier version")
    rows = rows_of(log.entries, "INC-0001")["statements"]
    assert [(row["version"], row["is_out"]) for row in rows] == [(1, 1), (2, 0)]


def test_the_same_words_written_again_are_another_row_and_ask_again() -> None:
    log = desk()
    for text in ("We know.", "We know it.", "We know."):
        log.do(DRAFT._replace(text=text))
    approve(log, COMMS, OTHER)
    log.do(publish(log))
    rows = rows_of(log.entries, "INC-0001")["statements"]
    assert [(row["version"], row["is_out"]) for row in rows] == [(1, 0), (2, 0), (3, 1)]


def test_a_submission_said_to_be_earlier_gives_its_approvers_their_time_all_the_same() -> None:
    log = desk()
    log.wait(hours=3).do(DRAFT, occurred=log.now - timedelta(hours=2))
    log.do(want.SubmitStatement("holding"), occurred=log.now - timedelta(hours=1))
    assert isinstance(log.last, log_of.StatementSubmitted)
    assert log.last.due_at == stamp(log.now + timedelta(minutes=30))


def test_words_made_from_a_version_that_is_not_the_newest_any_more_are_not_saved_over_it() -> None:
    log = desk()
    log.do(DRAFT)
    base = log.state.statements["holding|x|"].text_hash
    log.do(DRAFT._replace(text="Sue's words."), OTHER)
    mine = DRAFT._replace(text="My words.", base=base)
    assert f"Meanwhile {OTHER} wrote version 2" in log.refusal(mine).sentence
    log.do(mine._replace(base=log.state.statements["holding|x|"].text_hash))


def test_a_value_with_a_blank_of_its_own_leaves_a_blank() -> None:
    log = desk()
    log.do(want.DraftStatement("holding", "x", values={"reason": "{{ somebody }}", "next update": "ten"}))
    assert isinstance(log.last, log_of.StatementDrafted)
    assert list(log.last.holes) == ["somebody"]


def test_a_variant_without_a_language_is_named_by_leaving_it_out() -> None:
    log = desk()
    log.do(DRAFT)
    log.do(DRAFT._replace(language="en", text="We know, in English."))
    log.do(want.PublishStatement("holding", "x", version="1", already=True, because="it is out"))
    assert isinstance(log.last, log_of.StatementPublished)
    assert log.last.language == ""


def test_only_what_is_out_can_be_corrected() -> None:
    log = desk()
    log.do(DRAFT)
    approve(log, COMMS, OTHER)
    assert "nothing to correct" in log.refusal(publish(log, correction=True, because="a name")).sentence


def test_changes_are_asked_by_who_is_asked() -> None:
    log = desk()
    log.do(DRAFT)
    assert (
        "holds none of the roles"
        in log.refusal(want.AskChanges("holding", ("1",), "shorter"), "Dee Ruiz").sentence
    )
