"""The summary: planned against happened, promises, roles, decisions, and metrics that are never invented."""

from datetime import timedelta

from crisisdesk.domain import entries as log
from crisisdesk.domain.metrics import Metric, Share, value_words
from crisisdesk.domain.summary import Summary, summarise
from tests.reports.sample_night import EVENING, Log, at, whole_night


def summary_of(night: Log, minutes: float = 660) -> Summary:
    return summarise(night.entries, night.state(), EVENING + timedelta(minutes=minutes))


def metric(summary: Summary, name: str) -> Metric:
    return next(metric for metric in summary.metrics if metric.name == name)


def test_the_header_says_what_the_log_says_and_nothing_else() -> None:
    summary = summary_of(whole_night())
    assert (summary.label, summary.status, summary.interim, summary.drill) == (
        "INC-0001",
        "closed",
        False,
        False,
    )
    assert (summary.detected_at, summary.declared_at, summary.closed_at) == (at(-2), at(0), at(310))
    assert summary.happened_at == ""
    assert summary.playbook.is_sample
    assert (summary.seq, summary.head) == (22, summary.entries[-1].hash)
    assert summary.corrections == 1


def test_a_level_is_told_with_its_title_where_it_has_one() -> None:
    night = whole_night()
    told = summary_of(night)
    assert told.policy.named("sev2") == "sev2"
    assert told.policy.named("sev9") == "sev9"
    titled = told.policy._replace(levels={"sev1": "Crisis", "sev2": "Major"})
    assert titled.named("sev2") == "sev2 (Major)"
    assert tuple(told.policy.levels) == ("sev1", "sev2", "sev3")


def test_an_open_incident_is_interim_and_a_reopened_one_too() -> None:
    night = whole_night(closed=False)
    assert summary_of(night).interim
    closed = whole_night()
    closed.write(400, log.IncidentReopened(), {"because": "again"})
    summary = summary_of(closed)
    assert summary.interim
    assert summary.closed_at == ""
    assert metric(summary, "Resolve").value is None


def test_steps_are_planned_against_happened_with_corrections_applied() -> None:
    steps = {step.id: step for step in summary_of(whole_night()).steps}
    assert steps["capture"].verdict == "4 min early"
    assert steps["capture"].difference == timedelta(minutes=-4)
    assert steps["pause"].verdict == "late by 6 min"
    assert steps["pause"].blocked == timedelta(minutes=15)
    assert steps["partners"].verdict == "on time"
    assert steps["line"].verdict == "done, no due time"
    assert (steps["staff"].verdict, steps["staff"].because) == ("skipped", "HR does it on Monday.")
    assert steps["police"].verdict == "not applicable"
    assert steps["police"].why_not == "only if severity is sev1; severity is sev2"


def test_a_step_done_at_an_unknown_time_is_neither_early_nor_on_time() -> None:
    night = Log()
    night.declare()
    night.write(5, log.StepDone("capture", "comms-lead", "Ada", {}), precision="unknown")
    summary = summary_of(night, 6)
    assert summary.steps[0].verdict == "done, time not recorded"
    assert summary.steps[0].happened == ""
    assert metric(summary, "On-time steps").value is None


def test_an_open_step_is_late_only_by_the_time_of_looking() -> None:
    night = Log()
    night.declare()
    assert summary_of(night, 9).steps[0].verdict == "open"
    assert summary_of(night, 14).steps[0].verdict == "open, late by 4 min"


def test_a_step_blocked_still_counts_until_now_or_until_closing() -> None:
    night = Log()
    night.declare()
    night.write(5, log.StepBlocked("pause", "comms-lead", "Bo"), {"because": "no key"})
    step = summary_of(night, 25).steps[1]
    assert (step.verdict, step.because, step.blocked) == (
        "blocked, late by 5 min",
        "no key",
        timedelta(minutes=20),
    )
    night.write(15, log.IncidentClosed("", {}, 1), {"because": "x"})
    assert summary_of(night, 25).steps[1].blocked == timedelta(minutes=10)


def test_promises_are_kept_late_missed_replaced_or_open() -> None:
    night = Log()
    night.declare()
    w = night.write
    kept = w(1, log.UpdatePromised(at(20), internal=False), {"text": "a"})
    w(19, log.UpdateSent(internal=False, next_at=at(40), kept=kept), {"text": "b"})
    late = w(22, log.UpdatePromised(at(30), internal=True), {"text": "c"})
    w(31, log.UpdateSent(internal=True, kept=late), {"text": "d"})
    w(35, log.UpdatePromised(at(50), internal=False), {"text": "e"})
    w(60, log.UpdatePromised(at(90), internal=False), {"text": "f"})
    promises = summary_of(night, 70).promises
    assert [promise.state for promise in promises] == ["kept", "replaced", "late", "missed", "open"]
    assert promises[0].difference == timedelta(minutes=-1)
    assert [promise.state for promise in summary_of(night, 91).promises][-1] == "missed"
    cadence = metric(summary_of(night, 70), "Cadence adherence")
    assert cadence.value == Share(1, 3)
    assert cadence.inputs == "1 late; 1 missed; 1 replaced before due; 1 still open"


def test_roles_are_intervals() -> None:
    night = Log()
    night.declare()
    night.write(1, log.RoleTaken("comms-lead", "Ada"))
    night.write(5, log.RoleTaken("comms-lead", "Bo", "Ada"), {"because": "shift change"})
    night.write(9, log.RoleReleased("comms-lead", "Bo"))
    held = [(role.person, role.since, role.until, role.because) for role in summary_of(night).roles]
    assert held == [("Ada", at(1), at(5), ""), ("Bo", at(5), at(9), "shift change")]


def test_decisions_show_what_was_offered_and_who_decided() -> None:
    decision = summary_of(whole_night()).decisions[0]
    assert [option.title for option in decision.offered] == ["Silence", "Reactive line"]
    assert (decision.choice, decision.by, decision.relayed_by) == ("Reactive line", "Cem Aydin", "phone")
    assert decision.unknown == "Who else saw it."


def test_metrics_have_anchors_and_what_was_not_recorded_is_not_zero() -> None:
    night = Log()
    night.declare()
    summary = summary_of(night, 1)
    figures = {m.name: m for m in summary.metrics}
    names = (
        "Detect", "Declare", "First public response", "On-time steps", "Cadence adherence", "Contact reach",
        "Evidence-first", "Deviations", "Late entries with a reason", "Decide", "Contain", "Resolve",
    )  # fmt: skip
    for name in names:
        assert figures[name].value is None, name
        assert value_words(figures[name].value) == "not recorded"
    assert all(m.anchor and (m.value is not None or m.inputs) for m in summary.metrics)


def test_metrics_of_the_night() -> None:
    summary = summary_of(whole_night())
    assert metric(summary, "Declare").value == timedelta(minutes=2)
    assert metric(summary, "Detect").value is None
    assert metric(summary, "First public response").value == timedelta(minutes=58)
    assert metric(summary, "On-time steps").value == Share(3, 4)
    assert metric(summary, "Contact reach").value == Share(1, 2)
    assert metric(summary, "Late entries with a reason").value == Share(1, 1)
    assert metric(summary, "Log lag").value == timedelta(0)
    assert metric(summary, "Deviations").value == 1
    assert metric(summary, "Resolve").value == timedelta(minutes=310)


def test_what_is_left_open_is_listed() -> None:
    night = Log()
    night.declare()
    night.write(1, log.UpdatePromised(at(5), internal=False), {"text": "more soon"})
    opened = {(item.kind, item.title): item for item in summary_of(night, 12).open_items}
    assert opened["step", "Capture the originals"].late
    assert not opened["step", "Pause scheduled posts"].late
    assert opened["promise", "more soon"].late
    assert ("role nobody holds", "Comms lead") in opened
    assert ("step", "Call the police") not in opened


def test_a_public_word_inside_only_is_no_public_response() -> None:
    night = Log()
    night.declare()
    night.write(4, log.UpdateSent(internal=True), {"text": "inside"})
    assert metric(summary_of(night), "First public response").value is None
    night.write(7, log.UpdateSent(internal=False), {"text": "outside"})
    assert metric(summary_of(night), "First public response").value == timedelta(minutes=7)


def test_erased_words_read_as_erased_in_every_section() -> None:
    night = whole_night()
    night.entries = [entry._replace(words={}, salt="") for entry in night.entries]
    summary = summary_of(night)
    assert summary.title == "(words erased)"
    assert summary.tellings[0].who == "(words erased)"
    assert summary.decisions[0].because == "(words erased)"
    assert summary.promises[0].text == "(words erased)"
    assert summary.deviations[0].because == "(words erased)"
