"""What holds of every log, whatever people try: sensible acts and nonsense in any order."""

from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisisdesk.domain import intents as want
from crisisdesk.domain.chain import first_fault, unseal
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.entries import StatementApproved, StatementDrafted, StatementPublished
from crisisdesk.domain.evolve import replay
from crisisdesk.domain.incident import statement_key
from crisisdesk.domain.intents import Act, Intent
from crisisdesk.domain.runbook import STATES, current_step, gaps, next_steps, progress, rows, state_of
from crisisdesk.domain.statements import lacking, version_hash
from crisisdesk.domain.text import name_key, storable
from tests.domain.sample import (
    CHANGED,
    COMMS,
    DECLARE,
    HURT,
    LEAD,
    OTHER,
    PLAYBOOK,
    POLICY,
    START,
    STREAM,
    Log,
    words_of,
)

quick = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Try(NamedTuple):
    """Somebody tries something some minutes later."""

    intent: Intent
    author: str
    minutes: int
    circumstances: dict[str, Any]


ANY = st.text(st.characters(exclude_categories=()), max_size=12)
WORDS = st.one_of(*[st.sampled_from(["because", "it went out"])] * 4, st.just(""), ANY)
STEPS = st.one_of(*[st.sampled_from(["capture-post", "choose-line", "pau", "tell-counsel"])] * 4,
                  st.sampled_from([step.id for _, step in PLAYBOOK.steps()] + ["added-1", "c", "", "check-on-them", "somebody-hurt/ring-family", "ring"]), ANY)  # fmt: skip
PEOPLE = st.sampled_from([LEAD, LEAD, LEAD, COMMS, COMMS, OTHER, LEAD.upper(), "Ada Okafer", "\ud800"])
OWNERS = st.one_of(*[st.just("")] * 4, PEOPLE)
MOMENTS = st.integers(-600, 600).map(lambda minutes: START + timedelta(minutes=minutes))
TIMES = st.none() | MOMENTS
ROLES = st.sampled_from(["incident-lead", "Comms lead", "deputy", "counsel", "king"])
FACTS = st.sampled_from(["injured", "regions", "reach", "weather"])
ANSWERS = st.one_of(
    st.sampled_from(["yes", "no", "unknown", "uk, ie", "ie", "12", "1e400", "nan", "-3.5"]), ANY
)
CLOCKS = st.sampled_from(["regulator", "final-report", "final", "sundial"])
SAID = st.sampled_from(["holding", "holding", "other", "a|b", ""])
HASHES = st.sampled_from(
    [version_hash(STREAM, "holding", "x", "", text)[:8] for text in ("because", "it went out", "We know.")]
    + ["1", ""]
)
LEVELS = st.sampled_from(["sev1", "sev2", "SEV3", "sev9"])
RECORDS = st.dictionaries(st.one_of(st.sampled_from(["link", "shares", "lnik", "who was told"]), ANY), WORDS, max_size=2)  # fmt: skip

STEP_INTENTS = st.one_of(
    st.builds(want.StartStep, STEPS, OWNERS, st.booleans(), WORDS),
    st.builds(want.CompleteStep, STEPS, RECORDS, WORDS, OWNERS, st.booleans(), WORDS),
    st.builds(want.SkipStep, STEPS, WORDS, OWNERS),
    st.builds(want.BlockStep, STEPS, WORDS, OWNERS),
    st.builds(want.UnblockStep, STEPS, WORDS, OWNERS),
    st.builds(want.ReopenStep, STEPS, WORDS),
    st.builds(want.AssignStep, STEPS, PEOPLE, WORDS),
    st.builds(want.AddStep, WORDS, ROLES, st.sampled_from(["", "20 minutes", "2 working days", "9999 months", "soon"]), OWNERS, WORDS),
    st.builds(
        want.Decide, STEPS, st.sampled_from(["", "Answer", "wait an hour", "Sue"]), OWNERS, WORDS, WORDS, TIMES, st.booleans(), WORDS, WORDS, WORDS
    ),
)  # fmt: skip
OTHER_INTENTS = st.one_of(
    st.builds(want.AnswerFact, FACTS, ANSWERS),
    st.builds(want.SetSeverity, LEVELS, WORDS),
    st.builds(want.TakeRole, ROLES, OWNERS, WORDS),
    st.builds(want.ReleaseRole, ROLES, WORDS),
    st.builds(want.ApproveStep, STEPS, st.sampled_from(["", "Answer"]), WORDS, WORDS),
    st.builds(want.StartClock, CLOCKS, TIMES, WORDS),
    st.builds(want.DismissClock, CLOCKS, WORDS),
    st.builds(want.SubmitClock, CLOCKS, WORDS),
    st.builds(want.TypeFigure, st.sampled_from(["mentions", "usual-mentions", "reach", "luck"]), ANSWERS, WORDS),
    st.builds(want.AddPlaybook, st.just(HURT), st.just("h" * 64), WORDS),
    st.builds(want.BringIn, st.just(CHANGED), st.just("b" * 64), st.just(POLICY), st.just("p" * 64), WORDS),
    st.builds(want.DraftStatement, SAID, st.sampled_from(["x", "y"]), st.sampled_from(["", "de"]), WORDS, SAID),
    st.builds(want.SubmitStatement, SAID),
    st.builds(want.ApproveStatement, SAID, st.lists(HASHES, max_size=2).map(tuple), WORDS),
    st.builds(want.AskChanges, SAID, st.lists(HASHES, max_size=2).map(tuple), WORDS),
    st.builds(want.PublishStatement, SAID, st.just("x"), st.just(""), HASHES, WORDS, WORDS, st.booleans(), WORDS),
    st.builds(want.WithdrawStatement, SAID, st.just("x"), st.just(""), WORDS, WORDS),
    st.builds(want.FreezeQueue, OWNERS, OWNERS, ANSWERS, WORDS, WORDS),
    st.builds(want.HandOver, ROLES, PEOPLE, WORDS),
    st.builds(want.AcceptRole, ROLES),
    st.builds(want.ConfirmRelay, st.integers(-1, 12), st.none(), WORDS),
    st.builds(want.JudgeClaim, st.sampled_from(["confirmed", "unconfirmed", "do not say", "retracted", "maybe"]), WORDS, st.integers(0, 12), WORDS, WORDS),
    st.builds(want.ReleaseQueue, OWNERS, OWNERS, st.booleans(), WORDS),
    st.builds(want.LogEnquiry, WORDS, WORDS, WORDS, TIMES),
    st.builds(want.AnswerEnquiry, st.integers(-1, 12), WORDS),
    st.builds(want.KeepSilent, WORDS, TIMES),
    st.builds(want.RaiseSensitivity, st.integers(-1, 12), st.sampled_from(["hr", "normal", "secret"]), st.none(), WORDS),
    st.builds(want.SetHold, WORDS),
    st.builds(want.ReleaseHold, WORDS),
    st.builds(want.LogNote, WORDS, WORDS, STEPS),
    st.builds(want.Attach, WORDS, st.sampled_from(["", "f" * 64]), st.integers(0, 2_000_000), WORDS, WORDS, STEPS, WORDS),
    st.builds(want.Tell, WORDS, WORDS, st.booleans(), WORDS, STEPS),
    st.builds(want.Correct, st.integers(-1, 12), st.none(), WORDS, RECORDS, TIMES, WORDS),
    st.builds(want.PromiseUpdate, MOMENTS, WORDS, st.booleans()),
    st.builds(want.SendUpdate, WORDS, TIMES, st.booleans()),
    st.builds(want.StandDown, WORDS),
    st.builds(want.Close, WORDS, st.sampled_from(["", "INC-0001", "INC-0002"])),
    st.builds(want.Reopen, WORDS),
    st.builds(
        want.Declare, WORDS, st.just("INC-0001"), st.just("p"), st.just("b"), LEVELS,
        st.dictionaries(FACTS, ANSWERS, max_size=2), st.dictionaries(ROLES, PEOPLE, max_size=2), TIMES, TIMES, TIMES,
    ),
)  # fmt: skip
CIRCUMSTANCES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    *[st.just({})] * 3,
    st.fixed_dictionaries({
        "on_behalf_of": OWNERS,
        "relayed_by": st.sampled_from(["", "phone", "phone"]),
        "occurred": st.none() | st.integers(-600, 60).map(lambda minutes: START + timedelta(minutes=minutes)),
        "precision": st.sampled_from(["exact", "approximate", "unknown"]),
        "late_because": WORDS,
        "sensitivity": st.sampled_from(["normal", "hr"]),
        "new_name": st.booleans(),
    }),
)  # fmt: skip
ONE = st.builds(Try, STEP_INTENTS | OTHER_INTENTS, PEOPLE, st.integers(0, 90), CIRCUMSTANCES)
STORIES: tuple[tuple[Intent, ...], ...] = (
    (want.BlockStep("pause-posts", "no key"), want.UnblockStep("pause-posts"), want.StartStep("pause-posts")),
    (want.StartStep("call-director"), want.BlockStep("call-director", "busy"), want.UnblockStep("call-director")),
    (want.SkipStep("capture-post", "gone"), want.ReopenStep("capture-post", "found"), want.CompleteStep("capture-post", {"link": "https://example.com/1"})),
    (want.CompleteStep("capture-post", {"link": "https://example.com/1"}), want.Decide("choose-line", "Answer", because="true"), want.ReopenStep("choose-line", "false")),
    (want.AnswerFact("injured", "no"), want.AnswerFact("injured", "yes"), want.SetSeverity("sev1")),
    (want.AnswerFact("regions", "uk"), want.AnswerFact("regions", "uk, ie"), want.AnswerFact("reach", "1200")),
    (want.AddPlaybook(HURT, "h" * 64, "x"), want.CompleteStep("check-on-them"), want.CompleteStep("check-on-them")),
    (want.AddPlaybook(HURT, "h" * 64, "x"), want.CompleteStep("check-on-them"), want.CompleteStep("ring", already=True, because="x")),
    (want.TakeRole("counsel", LEAD), want.StartClock("regulator", START, "x"), want.SubmitClock("regulator", "late")),
    (want.SubmitClock("regulator", "by post"), want.TakeRole("counsel", LEAD), want.StartClock("final-report")),
    (want.StartStep("pause-posts"), want.BringIn(CHANGED, "b" * 64, POLICY, "p" * 64, "x"), want.CompleteStep("pause-posts")),
    (want.StandDown("quiet"), want.Reopen("not quiet"), want.SetSeverity("sev3", "small")),
    (want.TakeRole("incident-lead", LEAD), want.Close("over"), want.CompleteStep("review-night")),
)  # fmt: skip
STORY = st.builds(
    lambda story, waits: [Try(intent, LEAD, wait, {}) for intent, wait in zip(story, waits, strict=True)],
    st.sampled_from(STORIES), st.lists(st.integers(0, 90), min_size=3, max_size=3),
)  # fmt: skip
TRIES = st.lists(STORY | ONE.map(lambda one: [one]), max_size=20).map(lambda parts: [one for part in parts for one in part])  # fmt: skip


def attempt(log: Log, tried: Try) -> bool:
    """Try it on the log; tell whether anything was written."""
    log.wait(minutes=tried.minutes)
    ruling = log.ask(tried.intent, tried.author, **tried.circumstances)
    if isinstance(ruling, Refused):
        return False
    log.write(ruling, Act(log.now, tried.author, **tried.circumstances))
    return True


def night(tries: list[Try]) -> Log:
    """A log on which all of it was tried, after a declaration."""
    log = Log()
    log.do(DECLARE)
    for tried in tries:
        attempt(log, tried)
    return log


@quick
@given(tries=TRIES, begun=st.booleans())
def test_a_refusal_writes_nothing_and_says_why(tries: list[Try], *, begun: bool) -> None:
    """Every attempt is written whole, or refused with a sentence and nothing changed."""
    log = night([]) if begun else Log()
    for tried in tries:
        before, written = log.state, len(log.entries)
        ruling = log.wait(minutes=tried.minutes).ask(tried.intent, tried.author, **tried.circumstances)
        assert attempt(log, tried._replace(minutes=0)) == (not isinstance(ruling, Refused))
        if isinstance(ruling, Refused):
            assert ruling.sentence.strip()
            assert (log.state, len(log.entries)) == (before, written)
        else:
            assert len(log.entries) == written + len(ruling)


@quick
@given(tries=TRIES)
def test_every_log_is_gapless_and_verifies(tries: list[Try]) -> None:
    """Whatever was tried, the chain fits, numbers have no gap, and the state knows its head."""
    log = night(tries)
    assert first_fault(log.entries, STREAM) is None
    assert [entry.seq for entry in log.entries] == list(range(1, len(log.entries) + 1))
    assert (log.state.seq, log.state.head) == (len(log.entries), log.entries[-1].hash)


@quick
@given(tries=TRIES)
def test_every_prefix_leads_to_the_same_state(tries: list[Try]) -> None:
    """Folding on from the state after any entry gives what folding from the start gives."""
    log = night(tries)
    assert replay(log.start, log.entries) == log.state
    for k in range(len(log.entries) + 1):
        assert replay(replay(log.start, log.entries[:k]), log.entries[k:]) == log.state


@quick
@given(tries=TRIES)
def test_entries_are_read_back_as_they_were_sealed(tries: list[Try]) -> None:
    """The stored header gives an equal event, and read without any words the log folds to the same state."""
    log = night(tries)
    for entry in log.entries:
        assert unseal(entry.header, entry.hash, entry.words, entry.salt) == entry
    assert replay(log.start, [unseal(entry.header, entry.hash, {}) for entry in log.entries]) == log.state


@quick
@given(tries=TRIES)
def test_rows_of_a_replay_are_the_rows_kept_along_the_way(tries: list[Try]) -> None:
    """The read models written entry by entry equal those rebuilt from the stored log."""
    log = night(tries)
    afresh = replay(log.start, [unseal(entry.header, entry.hash, entry.words) for entry in log.entries])
    assert rows(afresh, words_of(log)) == rows(log.state, words_of(log))


@quick
@given(tries=TRIES)
def test_what_is_kept_in_columns_can_be_stored(tries: list[Try]) -> None:
    """No column of the log or of the rows holds what a database refuses as text, whatever was pasted."""
    log = night(tries)
    table = rows(log.state, words_of(log))
    lines: list[tuple[Any, ...]] = [entry.header for entry in log.entries]
    for line in [*lines, table.incident, *table.steps]:
        assert all(storable(value) for value in line if isinstance(value, str))


@quick
@given(tries=TRIES)
def test_every_state_can_be_asked(tries: list[Try]) -> None:
    """Each question has an answer in each state, and the answers agree with each other."""
    state = night(tries).state
    following = next_steps(state)
    assert all(state_of(state, known) in STATES for known in state.steps.values())
    assert all(known.applies and not known.settled for known in following)
    assert (shown := current_step(state)) is None or shown in following
    assert not {gap.role for gap in gaps(state)} & set(state.roles)
    done, counted = progress(state)
    assert 0 <= done <= counted <= len(state.steps)
    assert (state.status == "closed") == bool(state.closed_at)


@quick
@given(tries=TRIES)
def test_nothing_is_published_without_its_approvals_unless_the_log_says_so(tries: list[Try]) -> None:
    """At the moment a statement goes out, every approval of exactly its text is there, or the entry is a deviation."""
    log = night([])
    for tried in tries:
        before = log.state
        if attempt(log, tried) and isinstance(log.entries[-1].event, StatementPublished):
            event = log.entries[-1].event
            draft = before.statements[statement_key(event.statement, event.channel, event.language)]
            assert event.deviation or (
                lacking(before, draft) == () and not draft.holes and draft.text_hash == event.text_hash
            )


TEXTS = st.sampled_from(["We know.", "We know it.", "We know {{reason}}."])
SPEAKERS = st.sampled_from([LEAD, COMMS, OTHER, LEAD.upper(), f" {COMMS} "])
NAMED = st.integers(0, 3)
"""Which of the versions written so far is named; the newest, an old one, or none."""
SAYING = st.one_of(
    st.tuples(st.just("draft"), SPEAKERS, TEXTS, NAMED), st.tuples(st.just("submit"), SPEAKERS, TEXTS, NAMED),
    *[st.tuples(st.just("approve"), SPEAKERS, TEXTS, NAMED)] * 3, st.tuples(st.just("publish"), SPEAKERS, TEXTS, NAMED),
    st.tuples(st.just("already"), SPEAKERS, TEXTS, NAMED), st.tuples(st.just("role"), SPEAKERS, TEXTS, NAMED),
    st.tuples(st.just("level"), SPEAKERS, TEXTS, NAMED),
)  # fmt: skip


def said(log: Log, what: str, text: str, place: int) -> Intent:
    """Return one act on a statement, that names one of the versions there have been."""
    written = [entry.event.text_hash for entry in log.entries if isinstance(entry.event, StatementDrafted)]
    named = written[-1 - place % len(written)][:8] if written else "1"
    acts: dict[str, Intent] = {
        "draft": want.DraftStatement("holding", "x", text=text),
        "submit": want.SubmitStatement("holding"),
        "approve": want.ApproveStatement("holding", (named,)),
        "publish": want.PublishStatement("holding", "x", version=named, text=text if place else ""),
        "already": want.PublishStatement("holding", "x", version=named, already=True, because="it is out"),
        "role": want.TakeRole(("incident-lead", "counsel", "deputy", "comms-lead")[place], because="shift"),
        "level": want.SetSeverity(("sev1", "sev2", "sev3", "sev2")[place], "it grows"),
    }
    return acts[what]


def speaking() -> Log:
    """A declared incident whose worse levels ask counsel too, and whose playbook asks the incident lead for these words."""
    log = Log()
    levels = {
        name: level._replace(approvals=() if name == "sev3" else ("counsel",))
        for name, level in POLICY.levels.items()
    }
    says = log.start.steps["say-holding"]
    free = says._replace(
        step=says.step._replace(after=())
    )  # only approvals are looked at here, not the order of steps
    log.start = log.state = log.start._replace(
        policy=POLICY._replace(levels=levels), steps={**log.start.steps, "say-holding": free}
    )
    log.do(DECLARE)
    return log


def test_the_acts_below_can_publish_by_the_rules() -> None:
    """What is claimed of published words is claimed of something."""
    log = speaking()
    acts = (
        ("role", COMMS, 1),
        ("draft", OTHER, 0),
        ("approve", LEAD, 0),
        ("approve", COMMS, 0),
        ("publish", OTHER, 0),
    )
    for what, person, place in acts:
        assert attempt(log, Try(said(log, what, "We know.", place), person, 1, {})), what
    assert isinstance(log.last, StatementPublished)
    assert log.last.deviation == ""


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(SAYING, min_size=4, max_size=30))
def test_however_two_people_interleave_published_words_are_the_approved_ones(
    acts: list[tuple[str, str, str, int]],
) -> None:
    """Counted from the log alone: every role that was asked approved exactly these bytes, none of them the author, none twice."""
    log = speaking()
    for what, person, text, place in acts:
        before = log.state
        if not attempt(log, Try(said(log, what, text, place), person, 1, {})):
            continue
        event = log.entries[-1].event
        if not isinstance(event, StatementPublished) or event.deviation:
            continue
        drafts = [e for e in log.entries if isinstance(e.event, StatementDrafted)]
        words = drafts[-1].words["text"]
        assert event.text_hash == version_hash(STREAM, "holding", "x", "", words)
        assert "{{" not in words
        given_by = {
            e.event.role: name_key(e.header.author)
            for e in log.entries[drafts[-1].seq :]
            if isinstance(e.event, StatementApproved) and e.event.text_hash == event.text_hash
        }
        asked = {"incident-lead", *before.policy.levels[before.severity].approvals} & set(before.policy.roles)
        assert asked <= set(given_by)
        counted = [given_by[role] for role in asked]
        assert len(set(counted)) == len(counted)
        assert name_key(drafts[-1].header.author) not in counted
