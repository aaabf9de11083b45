"""The timeline: reading order, corrections, words and titles of every kind."""

import pytest

from crisisdesk.domain import entries as log
from crisisdesk.domain.entries import EVENTS, UnknownKind
from crisisdesk.domain.timeline import build, sentence
from tests.reports.sample_night import Log, at, whole_night


def test_items_are_read_in_the_order_things_happened_and_ties_in_the_order_written() -> None:
    night = Log()
    night.declare()
    night.write(10, log.NoteLogged(), {"text": "late"}, happened=-5)
    night.write(11, log.NoteLogged(), {"text": "one"}, happened=7)
    night.write(12, log.NoteLogged(), {"text": "two"}, happened=7)
    assert [item.seq for item in build(night.entries, night.state())] == [2, 1, 3, 4]


def test_a_correction_is_applied_marked_and_keeps_the_original() -> None:
    night = whole_night()
    items = {item.seq: item for item in build(night.entries, night.state())}
    capture = items[6]
    assert capture.occurred_at == at(6)
    assert capture.original_occurred_at == at(8)
    assert capture.text == "Nine shares.\nlink: https://post.example/2"
    assert capture.original_text == "Nine shares.\nlink: https://post.example/1"
    assert capture.corrected_by == 20
    assert items[20].corrects == 6
    assert items[20].title == "Correction of #6: it happened 2026-11-22 21:46 GMT"
    assert items[7].original_text == items[7].original_occurred_at == ""


def test_correcting_entries_can_be_folded_away() -> None:
    night = whole_night()
    kinds = [item.kind for item in build(night.entries, night.state(), fold_corrections=True)]
    assert "entry-corrected" not in kinds
    assert len(kinds) == len(night.entries) - 1


def test_the_later_of_two_corrections_wins_word_by_word() -> None:
    night = Log()
    night.declare()
    note = night.write(1, log.NoteLogged(), {"text": "first"})
    night.write(2, log.EntryCorrected(note, at(0.5)), {"text": "second", "because": "x"})
    night.write(3, log.EntryCorrected(note), {"text": "third", "because": "y"})
    item = build(night.entries, night.state())[1]
    assert (item.text, item.occurred_at, item.corrected_by, item.original_text) == (
        "third",
        at(0.5),
        4,
        "first",
    )


def test_a_correcting_text_of_a_kind_with_several_words_stands_beside_them() -> None:
    night = Log()
    night.declare()
    told = night.write(1, log.PersonTold(reached=True), {"who": "City Council", "how": "phone"})
    night.write(2, log.EntryCorrected(told), {"text": "It was the mayor.", "because": "x"})
    text = build(night.entries, night.state())[1].text
    assert text == "Who: City Council\nBy: phone\nCorrected: It was the mayor."


def test_a_correction_of_an_entry_that_is_not_there_changes_nothing() -> None:
    night = Log()
    night.declare()
    night.write(2, log.EntryCorrected(99), {"text": "x", "because": "y"})
    assert [item.corrected_by for item in build(night.entries, night.state())] == [0, 0]


def test_an_entry_of_a_newer_program_is_a_line_that_says_so() -> None:
    night = Log()
    night.declare()
    night.write(1, log.NoteLogged(), {"text": "x"})
    night.entries[1] = night.entries[1]._replace(event=UnknownKind("oracle-asked"))
    item = build(night.entries, night.state())[1]
    assert item.title == "An entry of a newer version (oracle-asked)"
    assert item.text == "x"


def test_erased_words_are_told_from_no_words() -> None:
    night = Log()
    night.declare()
    night.write(1, log.NoteLogged(), {"text": "secret"})
    night.write(2, log.StepStarted("pause", "comms-lead", "Bo"))
    night.entries[1] = night.entries[1]._replace(words={}, salt="")
    items = build(night.entries, night.state())
    assert [item.erased for item in items] == [False, True, False]
    assert sentence(items[1]) == "Note · (words erased)"
    assert sentence(items[2]) == "Step started: Pause scheduled posts"


@pytest.mark.parametrize(
    ("event", "title"),
    [
        (log.FactAnswered("partner-involved", "yes", (), (), {}), "Fact partner-involved: yes"),
        (log.FactAnswered("regions", ("eu", "uk"), (), (), {}), "Fact regions: eu, uk"),
        (log.SeveritySet("sev1", "sev2", "sev1", (), (), {}), "Severity set to sev1 (was sev2)"),
        (
            log.SeveritySet("sev1", "sev2", "sev2", (), (), {}),
            "Severity set to sev1 (was sev2; sev2 was recommended)",
        ),
        (log.SeveritySet("sev2", "sev2", "sev2", (), (), {}), "Severity sev2 confirmed"),
        (log.RoleTaken("comms-lead", "Ada"), "Comms lead is now Ada"),
        (log.RoleTaken("comms-lead", "Ada", "Bo"), "Comms lead is now Ada (was Bo)"),
        (log.RoleTaken("incident-lead", "Ada", acting=True), "Incident lead, acting: Ada"),
        (log.RoleReleased("comms-lead", "Ada"), "Comms lead given up by Ada"),
        (log.StepDone("capture", "comms-lead", "Ada", {}), "Step done: Capture the originals"),
        (log.StepAssigned("capture", "comms-lead", "Ada"), "Step given to Ada: Capture the originals"),
        (log.StepSkipped("gone", "comms-lead", "Ada"), "Step skipped: gone"),
        (log.EvidenceAttached("", 0, ""), "Link attached"),
        (log.PersonTold(reached=False), "Tried to tell somebody, not reached"),
        (log.UpdatePromised(at(50), internal=True), "Internal update promised for 2026-11-22 22:30 GMT"),
        (log.UpdateSent(internal=False, kept=3), "Public update sent, as promised in #3"),
        (log.StoodDown(1), "Stood down, 1 step open"),
        (log.IncidentClosed("INC-0002", {}, 2), "Closed as a duplicate of INC-0002, 2 steps open"),
        (log.IncidentReopened(), "Opened again"),
    ],
)
def test_titles(event: log.Event, title: str) -> None:
    night = Log()
    night.declare()
    night.write(1, event, {"because": "words of a person"})
    assert build(night.entries, night.state())[1].title == title


def test_an_added_step_is_named_by_its_words_as_corrected() -> None:
    night = Log()
    night.declare()
    added = night.write(
        1, log.StepAdded("added-1", "legal", "Cem", "secure", "", {}), {"title": "Ring the landlord"}
    )
    night.write(2, log.StepDone("added-1", "legal", "Cem", {}))
    night.write(3, log.EntryCorrected(added), {"text": "Ring the tenant", "because": "slip"})
    titles = [item.title for item in build(night.entries, night.state())]
    assert titles[1:3] == ["Step added: Ring the tenant", "Step done: Ring the tenant"]


def test_every_kind_has_a_title_of_its_own() -> None:
    from crisisdesk.domain.sentences import _TITLES

    assert set(_TITLES) == set(EVENTS.values())


def test_a_sentence_is_one_safe_line_with_its_marks() -> None:
    night = Log()
    night.declare()
    night.write(
        1, log.StepDone("capture", "comms-lead", "Ada", {}, "out of order"), {"note": "a\x1b[31m\nb\u202ec"},
        on_behalf_of="Cem", relayed_by="phone", sensitivity="hr",
    )  # fmt: skip
    line = sentence(build(night.entries, night.state())[1])
    assert line == (
        "Step done: Capture the originals · a⟨1B⟩[31m b⟨202E⟩c (for Cem, by phone) (deviation: out of order) (hr)"
    )
