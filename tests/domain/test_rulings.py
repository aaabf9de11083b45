"""Every intent: what it gives when it makes sense, and why it is refused when it does not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.decide import _AFTER_CLOSING, _RULES, Refused, rule_of
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.statements import version_hash
from tests.domain.sample import (
    CHANGED,
    COMMS,
    DECLARE,
    HURT,
    LEAD,
    OTHER,
    POLICY,
    START,
    STREAM,
    Log,
    declared,
)

LINK = {"link": "https://post.example/1"}
DRAFT = want.DraftStatement("holding", "x", text="We know of it.")
HASH = version_hash(STREAM, "holding", "x", "", "We know of it.")
PUBLISH = want.PublishStatement(
    "holding", "x", version=HASH[:8], link="https://x.example/1", already=True, because="it was out"
)
FREEZE = want.FreezeQueue("Scheduler", "@harbour", "7", "news")
ENQUIRY = want.LogEnquiry("Dee", "who is it?", "Evening paper", START + timedelta(minutes=40))
COUNSEL = want.TakeRole("counsel", LEAD)
SOON, AGO = START + timedelta(minutes=30), START - timedelta(minutes=30)
CAPTURE: Intent = want.CompleteStep("capture-post", LINK)
CHOOSE = want.Decide("choose-line", "Answer now", because="true")


def night(*before: Intent) -> Log:
    """An incident declared at a level nobody confirmed yet, after some intents of its lead."""
    log = declared("")
    for intent in before:
        log.do(intent)
    return log


ACCEPTED: list[tuple[list[Intent], Intent, str, dict[str, str]]] = [
    ([], want.AnswerFact("injured", " YES "), "FactAnswered", {}),
    ([], want.AnswerFact("regions", "UK, ie"), "FactAnswered", {}),
    ([], want.AnswerFact("reach", "1,200"), "FactAnswered", {}),
    ([], want.SetSeverity("SEV2"), "SeveritySet", {}),
    ([], want.SetSeverity("sev3", "small town"), "SeveritySet", {"because": "small town"}),
    ([], want.TakeRole("Comms Lead", COMMS), "RoleTaken", {}),
    ([], want.ReleaseRole("incident-lead", "tired"), "RoleReleased", {"because": "tired"}),
    ([], want.StartStep("pause-posts"), "StepStarted", {}),
    ([COUNSEL], want.StartClock("regulator", AGO), "ClockStarted", {}),
    ([COUNSEL], want.DismissClock("reg", "nobody hurt"), "ClockDismissed", {"because": "nobody hurt"}),
    ([COUNSEL, want.StartClock("regulator", AGO)], want.SubmitClock("regulator"), "ClockSubmitted", {}),
    ([], want.TypeFigure("mentions", "1,200", "the tool"), "FigureTyped", {"source": "the tool"}),
    ([], want.AddPlaybook(HURT, "h" * 64, "an ambulance"), "PlaybookAdded", {"because": "an ambulance"}),
    (
        [],
        want.BringIn(CHANGED, "b" * 64, POLICY, "p" * 64, "mended"),
        "PlaybookBroughtIn",
        {"because": "mended"},
    ),
    ([], DRAFT, "StatementDrafted", {"text": "We know of it."}),
    ([DRAFT], want.SubmitStatement("holding"), "StatementSubmitted", {}),
    ([DRAFT], want.AskChanges("holding", (HASH,), "too cold"), "ChangesAsked", {"because": "too cold"}),
    ([DRAFT], PUBLISH, "StatementPublished", {"because": "it was out", "link": "https://x.example/1"}),
    (
        [DRAFT, PUBLISH],
        want.WithdrawStatement("holding", because="wrong"),
        "StatementWithdrawn",
        {"because": "wrong"},
    ),
    (
        [],
        want.HandOver("incident-lead", OTHER, "shift change"),
        "HandoverOffered",
        {"because": "shift change"},
    ),
    ([], want.JudgeClaim("unconfirmed", "It was staged"), "ClaimAdded", {"text": "It was staged"}),
    ([], FREEZE, "QueueFrozen", {"because": "news"}),
    ([FREEZE], want.ReleaseQueue("scheduler", binned=True), "QueueReleased", {}),
    ([], ENQUIRY, "EnquiryLogged", {"who": "Dee", "outlet": "Evening paper", "question": "who is it?"}),
    ([ENQUIRY], want.AnswerEnquiry(3, "we name nobody"), "EnquiryAnswered", {"line": "we name nobody"}),
    ([], want.KeepSilent("few have seen it", SOON), "SilenceChosen", {"because": "few have seen it"}),
    (
        [],
        want.RaiseSensitivity(1, "hr", because="names a colleague"),
        "SensitivityRaised",
        {"because": "names a colleague"},
    ),
    ([want.SetHold("a claim")], want.ReleaseHold("settled"), "HoldReleased", {"because": "settled"}),
    ([], want.SetHold("a claim is likely"), "HoldSet", {"because": "a claim is likely"}),
    ([], want.StartStep("pau"), "StepStarted", {}),
    ([], CAPTURE, "StepDone", {"record: link": LINK["link"]}),
    ([], want.CompleteStep("pause-posts", note="all 3"), "StepDone", {"note": "all 3"}),
    (
        [],
        want.CompleteStep("tell-counsel", {"who-was-told": "Dee"}),
        "StepDone",
        {"record: who was told": "Dee"},
    ),
    ([want.Tell("Dee", "phone", reached=True, step="tell")], want.CompleteStep("tell"), "StepDone", {}),
    ([], want.SkipStep("pause-posts", "nothing planned"), "StepSkipped", {"because": "nothing planned"}),
    ([want.StartStep("pause")], want.BlockStep("pause", "no key"), "StepBlocked", {"because": "no key"}),
    ([want.BlockStep("pause", "no key")], want.UnblockStep("pause"), "StepUnblocked", {}),
    ([want.SkipStep("pause", "x")], want.ReopenStep("pause", "wrong"), "StepReopened", {"because": "wrong"}),
    ([], want.AssignStep("pause", COMMS), "StepAssigned", {}),
    ([], want.AddStep("Ring", "counsel", "2 working days"), "StepAdded", {"title": "Ring"}),
    ([CAPTURE], CHOOSE, "DecisionMade", {"choice": "Answer now", "because": "true"}),
    (
        [CAPTURE],
        want.Decide("choose-line", other="Delete", because="wrong"),
        "DecisionMade",
        {"choice": "Delete", "because": "wrong"},
    ),
    ([], want.LogNote("heard", "radio", "pause"), "NoteLogged", {"text": "heard", "source": "radio"}),
    (
        [],
        want.Attach(link="https://a.example", note="n"),
        "EvidenceAttached",
        {"link": "https://a.example", "note": "n"},
    ),
    ([], want.Tell("Dee", "phone", reached=False), "PersonTold", {"who": "Dee", "how": "phone"}),
    (
        [want.LogNote("a")],
        want.Correct(3, None, "b", because="typo"),
        "EntryCorrected",
        {"text": "b", "because": "typo"},
    ),
    ([], want.PromiseUpdate(SOON, "more"), "UpdatePromised", {"text": "more"}),
    ([], want.SendUpdate("said", SOON), "UpdateSent", {"text": "said"}),
    ([], want.StandDown("quiet"), "StoodDown", {"because": "quiet"}),
    ([], want.Close("over"), "IncidentClosed", {"because": "over"}),
    ([want.Close("over")], want.Reopen("again"), "IncidentReopened", {"because": "again"}),
    ([want.StandDown("quiet")], want.Reopen("again"), "IncidentReopened", {"because": "again"}),
    ([want.Close("over")], want.MarkMoment(1), "KeyMomentMarked", {}),
    (
        [want.Close("over")],
        want.WriteFinding("lucky", "It was quiet", (1,)),
        "FindingWritten",
        {"text": "It was quiet"},
    ),
    (
        [want.WriteFinding("did not", "slow")],
        want.WithdrawFinding(3, "wrong"),
        "FindingWithdrawn",
        {"because": "wrong"},
    ),
    (
        [want.Close("over")],
        want.RateObjective("answer", "m", "no time"),
        "ObjectiveRated",
        {"because": "no time"},
    ),
    (
        [want.Close("over")],
        want.AddFollowUp("Train", "Ben", SOON, verification="a drill"),
        "FollowUpAdded",
        {"text": "Train", "verification": "a drill"},
    ),
    ([want.AddFollowUp("Train", "Ben", SOON)], want.ChangeFollowUp(3, "done"), "FollowUpChanged", {}),
    (
        [want.Close("over")],
        want.WriteParagraph("It began at nine."),
        "ParagraphWritten",
        {"text": "It began at nine."},
    ),
    ([want.Close("over")], want.SignSummary("a" * 64, "Head", "night.docx"), "SummarySigned", {}),
]


@pytest.mark.parametrize(("before", "intent", "event", "words"), ACCEPTED)
def test_an_intent_that_makes_sense_gives_its_entry(
    before: list[Intent], intent: Intent, event: str, words: dict[str, str]
) -> None:
    """One intent gives one entry of its kind, with what the person said as its words."""
    log = night(*before)
    written = len(log.entries)
    log.do(intent)
    assert len(log.entries) == written + 1
    assert type(log.last).__name__ == event
    assert log.entries[-1].words == words


def kind(name: str) -> type[Intent]:
    """Return an intent's class by its name."""
    found: type[Intent] = getattr(want, name)
    return found


def test_every_intent_is_accepted_somewhere() -> None:
    """The table leaves out only the declaration, which begins each case, and what needs another author (test_statements, test_people)."""
    by_others = {want.Declare, want.ApproveStatement, want.ApproveStep, want.AcceptRole, want.ConfirmRelay}
    assert {type(intent) for _, intent, _, _ in ACCEPTED} | by_others == {kind(name) for name in _RULES}


@pytest.mark.parametrize("intent_type", [kind(name) for name in sorted(_RULES)])
def test_every_rule_of_the_table_is_there(intent_type: type[Intent]) -> None:
    """The table names files and functions as text; each is found and says what it does."""
    assert rule_of(intent_type).__doc__


DONE: list[Intent] = [CAPTURE]
REFUSED: dict[str, tuple[list[Intent], Intent, dict[str, Any], str, str]] = {
    "done twice": (DONE, CAPTURE, {}, "already done at 21:00 by Ada Okafor", "reopen INC-0001 capture-post"),
    "done after skipped": ([want.SkipStep("pause", "x")], want.CompleteStep("pause"), {}, "skipped by Ada", "reopen"),
    "started twice": ([want.StartStep("pause")], want.StartStep("pause"), {}, "started already at 21:00 by Ada", ""),
    "blocked twice": ([want.BlockStep("pause", "x")], want.BlockStep("pause", "y"), {}, "is blocked already", ""),
    "not blocked": ([], want.UnblockStep("pause"), {}, "is not blocked", ""),
    "reopened while open": ([], want.ReopenStep("pause", "x"), {}, "is open", ""),
    "assigned twice": ([want.AssignStep("pause", COMMS)], want.AssignStep("pause", COMMS.upper()), {}, "owns 'Pause", ""),
    "unknown step, near": ([], want.CompleteStep("capture-pots"), {}, "no step 'capture-pots'", "Did you mean 'capture-post'?"),
    "unknown step, far": ([], want.StartStep("zzz"), {}, "no step 'zzz'", "crisisdesk show INC-0001"),
    "two steps begin so": ([], want.StartStep("c"), {}, "capture-post or choose-line or call-director", "more of its name"),
    "no step named": ([], want.StartStep(""), {}, "no step ''", "show"),
    "note on unknown step": ([], want.LogNote("x", step="nope-zz"), {}, "no step", ""),
    "attached to unknown step": ([], want.Attach(link="l", step="zz"), {}, "no step", ""),
    "told about unknown step": ([], want.Tell("a", "b", reached=True, step="zz"), {}, "no step", ""),
    "skipped without reason": ([], want.SkipStep("pause", "  "), {}, "Why is 'Pause planned posts' skipped?", "--because"),
    "blocked without reason": ([], want.BlockStep("pause"), {}, "What blocks", "--because"),
    "reopened without reason": (DONE, want.ReopenStep("capture"), {}, "opened again?", "--because"),
    "decided without reason": (DONE, want.Decide("choose", "Answer now"), {}, "Why this choice?", "--because"),
    "stood down without reason": ([], want.StandDown(), {}, "No new posts for two hours.", "--because"),
    "stood down twice": ([want.StandDown("x")], want.StandDown("x"), {}, "stood down already", ""),
    "value missing": ([], want.CompleteStep("capture"), {}, "asks for: link", '--record "link=…"'),
    "value empty": ([], want.CompleteStep("capture", {"link": "  "}), {}, "asks for: link", "--already"),
    "value misnamed": ([], want.CompleteStep("capture", {"lnik": "x"}), {}, "does not ask for 'lnik'", "'link'"),
    "nobody told": ([], want.CompleteStep("tell"), {}, "asks for: who was told", ""),
    "out of order": ([], want.CompleteStep("say-holding"), {}, "comes after 'Choose the line', 'Tell counsel'", "--already"),
    "started out of order": ([], want.StartStep("say-holding"), {}, "comes after", "--already"),
    "decided out of order": ([], CHOOSE, {}, "comes after 'Capture the post'", "--already"),
    "already, but why": ([], want.CompleteStep("say-holding", already=True), {}, "comes after", "--because"),
    "does not apply": (
        [want.AnswerFact("injured", "no")], want.StartStep("tell"), {}, "only if injured is yes; injured is no", "--already",
    ),
    "done is no choice": (DONE, want.CompleteStep("choose"), {}, "is a decision", "crisisdesk decide INC-0001 choose-line"),
    "no decision": ([], want.Decide("pause", "x", because="y"), {}, "is not a decision", "crisisdesk done"),
    "no such option": (DONE, want.Decide("choose", "Sue", because="y"), {}, "not one of the options", "Answer now; Wait an hour"),
    "no option": (DONE, want.Decide("choose", because="y"), {}, "What was chosen?", "--other"),
    "revisit passed": (DONE, want.Decide("choose", "Wait", because="y", revisit=AGO), {}, "has passed", "to come"),
    "owner nobody": ([], want.AssignStep("pause", " "), {}, "Who owns it?", ""),
    "added without title": ([], want.AddStep(" ", "counsel"), {}, "What is to be done?", "add-step"),
    "added for no role": ([], want.AddStep("x", "councel"), {}, "no role 'councel'", "'counsel'"),
    "added with no time": ([], want.AddStep("x", "counsel", "soon"), {}, "'soon' is not a time", "30 minutes"),
    "added with an anchor": ([], want.AddStep("x", "counsel", "2 hours of closing"), {}, "not a time to count", ""),
    "no such fact, near": ([], want.AnswerFact("injred", "yes"), {}, "'injred'", "Did you mean 'injured'?"),
    "no such fact, far": ([], want.AnswerFact("zzz", "yes"), {}, "'zzz'", "injured, regions, reach"),
    "no such answer": ([], want.AnswerFact("injured", "maybe"), {}, "no answer 'maybe'", "yes, no"),
    "no such name": ([], want.AnswerFact("regions", "uk, mars"), {}, "no answer 'mars'", "uk, ie"),
    "no name": ([], want.AnswerFact("regions", " , "), {}, "no answer", "uk, ie"),
    "no number": ([], want.AnswerFact("reach", "many"), {}, "'many' is not a number", ""),
    "not a number": ([], want.AnswerFact("reach", "nan"), {}, "'nan' is not a number", ""),
    "endless": ([], want.AnswerFact("reach", "1e999"), {}, "is not a number", ""),
    "answered the same": ([want.AnswerFact("reach", "2")], want.AnswerFact("reach", "2.0"), {}, "reach is 2 already", ""),
    "unknown already": ([], want.AnswerFact("reach", "Unknown"), {}, "unknown already", ""),
    "no such level": ([], want.SetSeverity("sev9"), {}, "no level 'sev9'", "sev1, sev2, sev3"),
    "level not advised": ([], want.SetSeverity("sev1"), {}, "speak for sev2 (sev2: usual", "--because"),
    "level against an override": (
        [want.AnswerFact("injured", "yes")], want.SetSeverity("sev2"), {}, "speak for sev1 (sev1: somebody is hurt", "--because",
    ),
    "level set already": ([want.SetSeverity("sev2")], want.SetSeverity("sev2"), {}, "is sev2 already", ""),
    "no such role": ([], want.TakeRole("coms-lead"), {}, "no role 'coms-lead'", "'comms-lead'"),
    "role held": ([want.TakeRole("comms-lead", COMMS)], want.TakeRole("comms-lead", OTHER), {}, "Ben Marsh has been comms lead since 21:00", "--because"),
    "role held by oneself": ([want.TakeRole("deputy", LEAD)], want.TakeRole("deputy", LEAD.lower()), {}, "is deputy already", ""),
    "role of nobody released": ([], want.ReleaseRole("deputy"), {}, "Nobody holds the role deputy", ""),
    "no such role released": ([], want.ReleaseRole("king"), {}, "no role 'king'", ""),
    "empty note": ([], want.LogNote(" \n"), {}, "note is empty", "crisisdesk note INC-0001"),
    "nothing attached": ([], want.Attach("a.png"), {}, "nothing to attach", ""),
    "attached too much": ([], want.Attach("a.mov", "f" * 64, 1_000_001), {}, "the policy allows 1 MB", "smaller copy"),
    "told nobody": ([], want.Tell(" ", "phone", reached=True), {}, "Who was told?", ""),
    "told nohow": ([], want.Tell("Dee", "", reached=True), {}, "How was Dee told?", "--by"),
    "no such entry": ([], want.Correct(9, None, "x", because="y"), {}, "no entry #9", "timeline"),
    "entry zero": ([], want.Correct(0, None, "x", because="y"), {}, "no entry #0", ""),
    "correction corrected": (
        [want.Correct(1, None, "x", because="y")], want.Correct(3, None, "z", because="y"), {}, "itself a correction of #1", "#1 again",
    ),
    "nothing corrected": ([], want.Correct(1, None, because="y"), {}, "What is right instead?", "--occurred"),
    "corrected without reason": ([], want.Correct(1, None, "x"), {}, "Why is #1 corrected?", "--because"),
    "corrected to the future": ([], want.Correct(1, None, happened=SOON, because="y"), {}, "still to come", "has passed"),
    "promised for the past": ([], want.PromiseUpdate(AGO, "x"), {}, "That time has passed", "to come"),
    "promised for now": ([], want.PromiseUpdate(START, "x"), {}, "has passed", ""),
    "promised nothing": ([], want.PromiseUpdate(SOON, ""), {}, "What was promised?", ""),
    "sent nothing": ([], want.SendUpdate(""), {}, "What did the update say?", ""),
    "next update in the past": ([], want.SendUpdate("x", AGO), {}, "has passed", "to come"),
    "closed with open steps": ([], want.Close(), {}, "9 steps are still open", "--because"),
    "closed as a duplicate, why": ([], want.Close(duplicate_of="INC-0002"), {}, "Why is it a duplicate?", ""),
    "a duplicate of itself": ([], want.Close("x", "inc-0001"), {}, "duplicate of itself", ""),
    "reopened while open incident": ([], want.Reopen("x"), {}, "INC-0001 is open", ""),
    "reopened, why": ([want.Close("x")], want.Reopen(), {}, "opened again?", "--because"),
    "closed by another": ([], want.Close("x"), {"author": OTHER}, "Ada Okafor is incident lead", "role take"),
    "closed by nobody": ([want.ReleaseRole("incident-lead")], want.Close("x"), {}, "nobody is incident lead", "role take"),
    "declared twice": ([], DECLARE, {}, "INC-0001 is declared already", ""),
    "author unnamed": ([], want.LogNote("x"), {"author": "  "}, "Nobody is named as the author", "--as NAME"),
    "happens later": ([], want.LogNote("x"), {"occurred": SOON}, "still to come", "has passed"),
    "relayed nohow": ([], want.LogNote("x"), {"on_behalf_of": COMMS}, "How did Ben Marsh say so?", "--by"),
    "author looks alike": ([], want.LogNote("x"), {"author": "Ada Okafer"}, "'Ada Okafer' looks like 'Ada Okafor'", "--new-name"),
    "person looks alike": ([], want.TakeRole("deputy", "Ada Okaffor"), {}, "looks like 'Ada Okafor'", "'Ada Okafor' if"),
    "owner looks alike": ([], want.StartStep("pause", "Ad Okafor"), {}, "looks like", ""),
    "author is no text": ([], want.LogNote("x"), {"author": "A\ud800"}, "not text", ""),
    "person is no text": ([], want.TakeRole("deputy", "A\0"), {}, "not text", ""),
    "reason late is no text": ([], want.LogNote("x"), {"late_because": "A\0"}, "not text", ""),
    "moment of nothing": ([], want.MarkMoment(9), {}, "no entry #9", "timeline"),
    "moment twice": ([want.MarkMoment(1)], want.MarkMoment(1), {}, "#1 is a key moment already", ""),
    "no moment": ([], want.MarkMoment(1, marked=False), {}, "not a key moment", ""),
    "no sort of finding": ([], want.WriteFinding("bad", "x"), {}, "no sort of finding 'bad'", "went well, did not"),
    "found nothing": ([], want.WriteFinding("lucky", " "), {}, "What was found?", ""),
    "finding about nothing": ([], want.WriteFinding("lucky", "x", (1, 9)), {}, "no entry #9", ""),
    "no finding": ([], want.WithdrawFinding(2, "x"), {}, "#2 is not a finding", "No finding is written"),
    "finding withdrawn, why": ([want.WriteFinding("lucky", "x")], want.WithdrawFinding(3), {}, "Why does #3", "--because"),
    "no such phase": ([], want.RateObjective("zzz", "P"), {}, "no phase 'zzz'", "first-hour"),
    "no such rating": ([], want.RateObjective("answer", "A"), {}, "no rating 'A'", "P: performed without"),
    "rated badly, why": ([], want.RateObjective("answer", "U"), {}, "Why U", "--because"),
    "follow-up of nothing": ([], want.AddFollowUp(" ", "Ben", SOON), {}, "What is to be done?", ""),
    "follow-up of nobody": ([], want.AddFollowUp("x", "", SOON), {}, "Who sees to it?", "--owner"),
    "follow-up at no time": ([], want.AddFollowUp("x", "Ben"), {}, "By when?", "--due"),
    "follow-up ends before": ([], want.AddFollowUp("x", "Ben", AGO, SOON), {}, "due before it begins", ""),
    "follow-up of yesterday": ([], want.AddFollowUp("x", "Ben", AGO), {}, "That day has passed already.", "Name a day to come"),
    "no such follow-up": ([], want.ChangeFollowUp(2, "done"), {}, "#2 is not a follow-up", "follow-up list"),
    "no such standing": ([want.AddFollowUp("x", "Ben", SOON)], want.ChangeFollowUp(3, "gone"), {}, "never 'gone'", "verified"),
    "dropped, why": ([want.AddFollowUp("x", "Ben", SOON)], want.ChangeFollowUp(3, "dropped"), {}, "Why is #3 dropped", "--because"),
    "open already": ([want.AddFollowUp("x", "Ben", SOON)], want.ChangeFollowUp(3, "open"), {}, "#3 is open already", ""),
    "put off, why": (
        [want.AddFollowUp("x", "Ben", SOON)], want.ChangeFollowUp(3, "open", due=SOON + timedelta(days=1)), {}, "put off", "--because",
    ),
    "no paragraph": ([], want.WriteParagraph(" "), {}, "What does the summary open with?", ""),
    "signed too early": ([], want.SignSummary("a" * 64, "Head"), {}, "is not closed", "Close it first"),
    "signed as nothing": ([want.Close("x")], want.SignSummary("a" * 64, " "), {}, "In which role", "--role"),
    "signed nothing": ([want.Close("x")], want.SignSummary("abc", "Head"), {}, "not a document", ""),
    "twin is no text": ([], want.Close("x", "A\ud800"), {}, "not text", ""),
}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "intent", "circumstances", "sentence", "remedy"), REFUSED.values(), ids=list(REFUSED)
)
def test_what_makes_no_sense_is_refused_with_reason_and_remedy(
    before: list[Intent], intent: Intent, circumstances: dict[str, Any], sentence: str, remedy: str
) -> None:
    """A refusal says why in plain words, and what to do instead."""
    refused = night(*before).refusal(intent, **circumstances)
    assert sentence in refused.sentence
    assert remedy in refused.remedy
    assert "None" not in refused.sentence + refused.remedy


UNDECLARED: dict[str, tuple[Intent, str]] = {
    "anything but a declaration": (want.LogNote("x"), "no such incident"),
    "no title": (DECLARE._replace(title=" "), "What happened?"),
    "no such level": (DECLARE._replace(severity="sev9"), "no level 'sev9'"),
    "no such fact": (DECLARE._replace(facts={"injred": "yes"}), "injred"),
    "no such answer": (DECLARE._replace(facts={"injured": "maybe"}), "no answer 'maybe'"),
    "no such role": (DECLARE._replace(roles={"king": OTHER}), "no role 'king'"),
    "role for nobody": (DECLARE._replace(roles={"deputy": " "}), "Who takes the role deputy?"),
    "happens later": (DECLARE._replace(happened=SOON), "happened at a time that is still to come"),
    "noticed later": (DECLARE._replace(detected=SOON), "noticed at a time that is still to come"),
    "two spellings": (DECLARE._replace(roles={"deputy": "Ada Okafer"}), "'Ada Okafer' looks like 'Ada Okafor'"),
    "role holder is no text": (DECLARE._replace(roles={"deputy": "A\ud800"}), "not text"),
}  # fmt: skip


@pytest.mark.parametrize(("intent", "sentence"), UNDECLARED.values(), ids=list(UNDECLARED))
def test_a_declaration_that_makes_no_sense_is_refused(intent: Intent, sentence: str) -> None:
    """Nothing is declared until title, level, facts, roles and times can be read."""
    assert sentence in Log().refusal(intent).sentence


@pytest.mark.parametrize("intent_type", [kind(name) for name in sorted(set(_RULES) - _AFTER_CLOSING)])
def test_a_closed_incident_asks_to_be_opened_again(intent_type: type[Intent]) -> None:
    """After closing, whatever changes the incident is refused, with the way to open it."""
    intent = next((intent for _, intent, _, _ in ACCEPTED if isinstance(intent, intent_type)), None)
    intent = intent or want.AcceptRole("incident-lead")
    refused = night(want.Close("x")).refusal(intent)
    assert "INC-0001 is closed" in refused.sentence
    assert "crisisdesk reopen INC-0001" in refused.remedy


@pytest.mark.parametrize(
    "intent",
    [
        want.StartStep("pause"), want.CompleteStep("pause"), want.SkipStep("pause", "x"), want.BlockStep("pause", "x"),
        want.UnblockStep("call"), want.ReopenStep("capture", "x"), want.AssignStep("pause", OTHER), CHOOSE,
        want.CompleteStep("pause", already=True),
    ],
)  # fmt: skip
def test_steps_of_a_closed_incident_are_closed(intent: Intent) -> None:
    """After closing, only steps anchored to closing move."""
    log = night(CAPTURE, want.BlockStep("call", "x"), want.Close("x"))
    assert "INC-0001 is closed" in log.refusal(intent).sentence


@pytest.mark.parametrize(
    "intent",
    [
        want.StartStep("review"), want.CompleteStep("review"), want.SkipStep("review", "x"), want.BlockStep("review", "x"),
        want.AssignStep("review", OTHER), want.LogNote("x"), want.Attach(link="x"), want.Correct(1, None, "x", because="y"),
    ],
)  # fmt: skip
def test_what_a_closed_incident_still_hears(intent: Intent) -> None:
    """After closing: notes, evidence, corrections, and the steps that begin with closing."""
    night(want.Close("x")).do(intent)


DEVIATIONS: dict[str, tuple[list[Intent], Intent, str]] = {
    "out of order": ([], want.CompleteStep("say-holding", already=True, because="it went out"), "out of order, no statement published"),
    "chosen out of order": ([], CHOOSE._replace(already=True), "out of order"),
    "record missing": ([], want.CompleteStep("capture", already=True, because="gone"), "record missing"),
    "not applicable": (
        [want.AnswerFact("injured", "no"), want.Tell("Dee", "phone", reached=True, step="tell")],
        want.CompleteStep("tell", already=True, because="told her"), "not applicable",
    ),
    "after closing": (
        [want.Close("x")], want.CompleteStep("pause", already=True, because="before closing"), "after closing",
    ),
    "two at once": (
        [want.AnswerFact("injured", "no")], want.CompleteStep("tell", already=True, because="x"), "not applicable, record missing",
    ),
    "no rule passed over": ([], want.CompleteStep("pause", already=True, because="x"), ""),
}  # fmt: skip


@pytest.mark.parametrize(("before", "intent", "deviation"), DEVIATIONS.values(), ids=list(DEVIATIONS))
def test_what_has_already_happened_is_logged_as_a_deviation(
    before: list[Intent], intent: Intent, deviation: str
) -> None:
    """With --already and a reason nothing that happened is refused; the log names the rules passed over."""
    log = night(*before)
    log.do(intent)
    assert isinstance(log.last, log_of.StepDone | log_of.DecisionMade)
    assert log.last.deviation == deviation == log.step(log.last.step).deviation
    assert log.entries[-1].words["because"]


def test_the_acting_lead_gives_way_without_a_reason() -> None:
    """Whoever declared leads until someone takes it: no reason needed, also from oneself."""
    for person in (OTHER, LEAD):
        log = declared()
        log.do(want.TakeRole("incident-lead"), person)
        assert log.last == log_of.RoleTaken("incident-lead", person, LEAD)
        assert not log.state.roles["incident-lead"].acting


def test_a_held_role_is_taken_with_a_reason_and_the_log_names_both() -> None:
    """A reason moves a held role; the entry says from whom."""
    log = night(want.TakeRole("deputy", COMMS))
    log.do(want.TakeRole("deputy", OTHER, "asleep"))
    assert log.last == log_of.RoleTaken("deputy", OTHER, COMMS)


@pytest.mark.parametrize(
    ("author", "circumstances"),
    [(LEAD, {}), ("ada  OKAFOR", {}), (COMMS, {}), (OTHER, {"on_behalf_of": LEAD, "relayed_by": "phone"})],
    ids=["lead", "lead, spelt otherwise", "deputy", "relayed"],
)
def test_lead_deputy_and_their_messenger_close(author: str, circumstances: dict[str, str]) -> None:
    """Closing needs the role, in person or relayed."""
    log = night(want.TakeRole("deputy", COMMS))
    assert log.do(want.Close("over"), author, **circumstances).status == "closed"


def test_with_nothing_open_closing_needs_no_reason() -> None:
    """When every step is settled no reason is asked; an unsent promise asks for one."""
    log = declared()
    for step in log.state.steps.values():
        if step.applies and step.step.id != "review-night":
            log.do(want.SkipStep(step.step.id, "x"))
    log.do(want.PromiseUpdate(SOON, "more"))
    assert "a promised update was not sent" in log.refusal(want.Close()).sentence
    log.do(want.SendUpdate("more"))
    log.do(want.Close())
    assert log.last == log_of.IncidentClosed(
        "", {"review-night": "2026-11-24T17:00:00.000Z"}, 0, review_due="2026-11-27T17:00:00.000Z"
    )


def test_one_open_step_is_one_step() -> None:
    """The refusal counts in grammar."""
    log = declared()
    for step in log.state.steps.values():
        if step.applies and step.step.id not in ("review-night", "thank-team"):
            log.do(want.SkipStep(step.step.id, "x"))
    assert "1 step is still open" in log.refusal(want.Close()).sentence


def test_a_promise_made_earlier_may_be_due_by_now() -> None:
    """What was promised at nine for ten can still be written down at eleven."""
    log = declared().wait(hours=2)
    log.do(want.PromiseUpdate(START + timedelta(hours=1), "more"), occurred=START)
    assert log.state.promises[False].due_at < "2026-11-20T23"


def test_an_update_names_the_promise_it_keeps() -> None:
    """An update answers the open promise to its own audience, or none."""
    log = night(want.PromiseUpdate(SOON, "more"))
    log.do(want.SendUpdate("staff", internal=True))
    assert log.last == log_of.UpdateSent(internal=True)
    log.do(want.SendUpdate("public", SOON))
    assert log.last == log_of.UpdateSent(internal=False, next_at=log.state.promises[False].due_at, kept=3)


@pytest.mark.parametrize("name", ["Ada Okafor", "ADA OKAFOR", " Ada   Okafor ", "Ａda Okafor", "Zoë Ray"])
def test_equal_and_different_names_pass(name: str) -> None:
    """The same name however spaced, cased or wide, and a name unlike all others, need no word more."""
    declared().do(want.LogNote("x"), name)


def test_a_new_name_is_taken_when_the_person_says_so() -> None:
    """Two people may have names alike."""
    log = declared()
    log.do(want.LogNote("x"), "Ada Okafer", new_name=True)
    assert set(log.state.people.values()) == {LEAD, "Ada Okafer"}


OWNERS: dict[str, tuple[Callable[[Log], object], str, str]] = {
    "named": (lambda log: None, OTHER, OTHER),
    "assigned": (lambda log: log.do(want.AssignStep("pause", COMMS)), "", COMMS),
    "of the role": (lambda log: log.do(want.TakeRole("comms-lead", COMMS)), "", COMMS),
    "nobody's": (lambda log: None, "", LEAD),
}


@pytest.mark.parametrize(("before", "owner", "expected"), OWNERS.values(), ids=list(OWNERS))
def test_anyone_records_a_step_and_its_owner_stands_beside(
    before: Callable[[Log], object], owner: str, expected: str
) -> None:
    """The owner is the one named, else assigned, else the role's holder, else whoever did it."""
    log = declared()
    before(log)
    log.do(want.CompleteStep("pause", owner=owner))
    assert log.last == log_of.StepDone("pause-posts", "comms-lead", expected, {})


def test_a_refusal_is_a_value() -> None:
    """Refusing raises nothing and leaves the state as it was."""
    log = declared()
    before = log.state
    assert isinstance(log.ask(want.CompleteStep("zzz")), Refused)
    assert log.state is before
