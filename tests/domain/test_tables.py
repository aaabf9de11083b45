"""The tables of what is said, decided, asked and kept: made entry by entry, and the same from the whole log."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain import intents as want
from crisisdesk.domain.rows import NUMBERS, TABLES, Change, Put
from crisisdesk.domain.tables import effects, rows_of
from crisisdesk.domain.times import stamp
from tests.domain.sample import COMMS, DECLARE, LEAD, OTHER, START, Log

ACTS: tuple[tuple[want.Intent, str], ...] = (
    (want.TakeRole("comms-lead", COMMS), COMMS),
    (want.HandOver("incident-lead", OTHER), LEAD),
    (want.AcceptRole("incident-lead"), OTHER),
    (want.ReleaseRole("comms-lead"), COMMS),
    (want.FreezeQueue("Scheduler", "@ours", "14", may_post="Ben"), COMMS),
    (want.ReleaseQueue("scheduler"), LEAD),
    (want.LogEnquiry("A \x1b[31mreporter", "who?"), COMMS),
    (want.AnswerEnquiry(4, "we name nobody"), COMMS),
    (want.JudgeClaim("unconfirmed", "It was staged"), LEAD),
    (want.Tell("A partner", "phone", reached=False), COMMS),
    (want.Attach(link="https://x.example/1", tool="browser"), LEAD),
    (want.TypeFigure("mentions", "340", "monitor"), LEAD),
    (want.DraftStatement("holding", "x", text="We know."), COMMS),
    (want.DraftStatement("holding", "x", text="We know it."), LEAD),
    (want.SubmitStatement("holding"), COMMS),
    (want.PublishStatement("holding", "x", already=True, because="it is out"), COMMS),
    (want.WithdrawStatement("holding", because="wrong"), COMMS),
    (want.Decide("choose-line", "Wait", because="x", already=True), LEAD),
    (want.ReopenStep("choose-line", "new facts"), LEAD),
    (want.Correct(3, None, text="other", because="wrong"), LEAD),
    (want.KeepSilent("few have seen it", START + timedelta(hours=9)), LEAD),
    (want.SetHold("a claim"), LEAD),
    (want.ReleaseHold("settled"), LEAD),
    (want.LogNote("a note"), LEAD),
)


@given(st.lists(st.sampled_from(ACTS), max_size=25))
def test_entry_by_entry_gives_what_the_whole_log_gives(acts: list[tuple[want.Intent, str]]) -> None:
    log = Log()
    log.do(DECLARE)
    for intent, author in acts:
        log.write(log.ask(intent, author), want.Act(log.now, author))
        log.wait(minutes=1)
    kept: dict[str, list[dict[str, str | int]]] = {name: [] for name in TABLES}
    for entry in log.entries:
        for effect in effects(entry, log.state.label):
            if isinstance(effect, Put):
                kept[effect.table].append(effect.row)
            else:
                for row in kept[effect.table]:
                    if effect.where.items() <= row.items():
                        row.update(effect.values)
    assert kept == rows_of(log.entries, log.state.label)
    for name, rows in kept.items():
        assert len({(row["stream"], row["seq"]) for row in rows}) == len(rows), "one row an entry"
        for row in rows:
            assert tuple(row) == ("stream", "incident", "seq", *TABLES[name])
            assert all(isinstance(value, int) is (column in NUMBERS) for column, value in row.items())


def test_who_was_lead_at_a_time_can_be_queried() -> None:
    log = Log()
    log.do(DECLARE)
    log.wait(minutes=30).do(want.HandOver("incident-lead", OTHER))
    log.wait(minutes=5).do(want.AcceptRole("incident-lead"), OTHER)
    held = rows_of(log.entries, log.state.label)["role_intervals"]
    assert [(row["person"], row["until"] != "") for row in held] == [(LEAD, True), (OTHER, False)]
    assert held[0]["until"] == held[1]["since"]


def test_nothing_that_comes_from_outside_reaches_a_table_unsafe() -> None:
    log = Log()
    log.do(DECLARE)
    log.do(want.LogEnquiry("\x1b[31mred", "\u202eevil"))
    row = rows_of(log.entries, log.state.label)["enquiries"][0]
    assert "\x1b" not in str(row["who"])
    assert "\u202e" not in str(row["question"])


def test_what_an_entry_changes_is_only_its_own_incident() -> None:
    log = Log()
    log.do(DECLARE)
    log.do(want.LogEnquiry("Dee", "who?"))
    log.do(want.AnswerEnquiry(log.state.seq, "nobody"))
    (change,) = effects(log.entries[-1], "INC-0001")
    assert isinstance(change, Change)
    assert change.where["stream"] == log.state.stream


def test_what_a_correction_says_stands_in_the_tables_too() -> None:
    log = Log()
    log.do(DECLARE)
    log.wait(hours=2)
    right = START + timedelta(minutes=90)
    for intent, correction in (
        (want.Attach(link="https://x.example/1"), want.Correct(0, None, happened=right, because="x")),
        (want.TypeFigure("mentions", "340"), want.Correct(0, None, text="240", because="x")),
        (
            want.Tell("Inez", "phone", reached=True),
            want.Correct(0, None, record={"reached": "no", "who": "Ines"}, because="x"),
        ),
    ):
        log.do(intent)
        log.do(correction._replace(seq=log.entries[-1].seq))
    log.do(want.DraftStatement("holding", "x", text="We know."))
    log.do(want.PublishStatement("holding", "x", already=True, because="it is out"))
    log.do(want.Correct(log.entries[-1].seq, None, happened=right, because="the clock of the post"))
    rows = rows_of(log.entries, "INC-0001")
    assert rows["evidence_kept"][0]["captured_at"] == stamp(right)
    assert rows["figures"][0]["value"] == "240"
    assert (rows["tellings"][0]["who"], rows["tellings"][0]["reached"]) == ("Ines", 0)
    assert rows["statements"][0]["published_at"] == stamp(right)
    assert next(iter(log.state.statements.values())).published_at == stamp(right)
