"""The workbook, read back by the library that reads workbooks."""

import builtins
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from crisisdesk.domain.summary import LeftOut, Summary
from crisisdesk.domain.text import shown
from crisisdesk.reports import NotWritten
from crisisdesk.reports.as_xlsx import CUT, LONGEST, summary_xlsx
from tests.reports.outgoing import HOSTILE, busy, hostile, night, said_long

SHEETS = ["Summary", "Timeline", "Steps", "Decisions", "Statements", "People", "Evidence", "Metrics"]


def book(summary: Summary) -> Workbook:
    return load_workbook(BytesIO(summary_xlsx(summary)))


def wall(moment: str) -> datetime:
    """A date as a workbook keeps it, which knows no zone."""
    return datetime.fromisoformat(moment)


def head_of(page: Worksheet) -> int:
    """The row with the names of the columns: the one above the first that moves."""
    assert isinstance(page.freeze_panes, str)
    return int(page.freeze_panes.removeprefix("A")) - 1


def rows(page: Worksheet) -> list[dict[str, Any]]:
    names, *below = page.iter_rows(min_row=head_of(page), values_only=True)
    return [dict(zip(map(str, names), row, strict=True)) for row in below]


def test_the_sheets_have_names_that_stay_in_sight_filters_and_widths() -> None:
    told = book(busy())
    assert told.sheetnames == SHEETS
    for page in told.worksheets:
        head = head_of(page)
        assert page.auto_filter.ref.startswith(f"A{head}:")
        names = [cell for cell in page[head] if cell.value]
        assert all(cell.font.bold for cell in names)
        assert all(page.column_dimensions[cell.column_letter].width >= 8 for cell in names)
        assert page.print_title_rows == f"$1:${head}"


def test_times_are_dates_and_the_zone_is_named_in_the_header() -> None:
    timeline = rows(book(night())["Timeline"])
    assert len(timeline) == len(night().items)
    assert timeline[1]["Happened (Europe/London)"] == wall("2026-11-22 21:40")
    about = {row["What"]: row["Value, times in (Europe/London)"] for row in rows(book(night())["Summary"])}
    assert about["Declared"] == wall("2026-11-22 21:40")
    assert about["Happened"] == "not recorded"


def test_in_summer_the_date_is_what_the_wall_said() -> None:
    summary = night()
    item = summary.items[0]._replace(occurred_at="2026-07-01T21:30:00.000Z")
    told = rows(book(summary._replace(items=(item,)))["Timeline"])[0]
    assert told["Happened (Europe/London)"] == wall("2026-07-01 22:30")
    assert told["Happened, UTC"] == "2026-07-01T21:30:00.000Z"


def test_a_time_no_spreadsheet_can_count_stays_as_it_is_kept() -> None:
    old = night()._replace(happened_at="1850-01-01T00:00:00.000Z")
    about = {row["What"]: row["Value, times in (Europe/London)"] for row in rows(book(old)["Summary"])}
    assert about["Happened"] == "1850-01-01T00:00:00.000Z"


def test_the_night_is_told_whole() -> None:
    told = book(night())
    steps = {row["Step"]: row for row in rows(told["Steps"])}
    assert steps["Capture the originals"]["Minutes late (minus: early)"] == -4
    assert steps["Pause scheduled posts"]["Minutes blocked"] == 15
    decision = rows(told["Decisions"])[0]
    assert (decision["Chosen"], decision["Relayed by"]) == ("Reactive line", "phone")
    assert decision["To be looked at again (Europe/London)"] == wall("2026-11-23 07:40")
    people = [(row["What"], row["Person"], row["Outcome"]) for row in rows(told["People"])]
    assert ("told", "City Council", "not reached") in people
    assert rows(told["Evidence"])[0]["SHA-256"] == "c" * 64
    metrics = {row["Metric"]: row for row in rows(told["Metrics"])}
    assert (metrics["Detect"]["Value"], metrics["Detect"]["Number"]) == ("not recorded", None)
    assert (metrics["Resolve"]["Number"], metrics["Resolve"]["Unit"]) == (310, "minutes")
    assert rows(book(busy())["Statements"])[0]["Text"] == "We know."


def test_what_must_not_be_missed_is_in_the_first_rows_of_every_sheet() -> None:
    for page in book(night(drill=True, closed=False)).worksheets:
        above = [page.cell(row, 1).value for row in range(1, head_of(page))]
        assert above == [
            "DRILL. This was a rehearsal.",
            "Interim: DRILL-0001 is open. This is how it stood 2026-11-23 08:40 GMT.",
            "The playbook is a sample, not adopted.",
        ]
    adopted = night()._replace(playbook=night().playbook._replace(adopted="2026-10-01 by the board"))
    assert all(head_of(page) == 1 for page in book(adopted).worksheets)
    broken = adopted._replace(faults=("Entry 3 was changed.",))
    assert book(broken)["Metrics"]["A1"].value == "The log does not verify: Entry 3 was changed."
    copy = adopted._replace(left_out=(LeftOut("personal data", 1), LeftOut("legally privileged", 2)))
    assert book(copy)["People"]["A1"].value == (
        "Left out of this copy: 1 entry: personal data; 2 entries: legally privileged."
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_text_and_nothing_is_hidden(text: str) -> None:
    told = book(hostile(text))
    seen = 0
    for page in told.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d"}
                assert cell.hyperlink is None
                if cell.data_type == "s":
                    assert shown(str(cell.value)) == cell.value
                    seen += 1
                    if str(cell.value)[:1] in set("=+-@"):
                        assert cell.quotePrefix
    assert seen > 100
    note = next(row for row in rows(told["Timeline"]) if row["Kind"] == "note-logged")
    assert str(note["First written"]).replace("_x005F_", "_") == shown(text)


def test_a_word_that_looks_like_the_code_of_a_letter_is_not_read_as_the_letter() -> None:
    with ZipFile(BytesIO(summary_xlsx(hostile("_x0041_")))) as packed:
        kept = packed.read("xl/worksheets/sheet2.xml")
    assert b"_x005F_x0041_" in kept
    assert b">_x0041_" not in kept


@pytest.mark.parametrize("letter", ["x", "🎉", "_x0041_"])
def test_what_no_cell_can_hold_is_cut_and_says_so(letter: str) -> None:
    told = rows(book(said_long(letter * 40_000))["Timeline"])
    note = next(str(row["Words"]) for row in told if row["Entry"] == len(told))
    assert note.endswith(CUT)
    assert LONGEST - 8 < len(note.encode("utf-16-le")) // 2 <= LONGEST
    whole = rows(book(said_long("x" * LONGEST))["Timeline"])
    assert next(row["Words"] for row in whole if row["Entry"] == len(whole)) == "x" * LONGEST


def test_the_same_summary_is_the_same_bytes_and_says_when_it_was_written() -> None:
    assert summary_xlsx(busy()) == summary_xlsx(busy())
    about = book(night()).properties
    assert about.created == about.modified == wall("2026-11-23 08:40")
    assert about.title == "INC-0001: A team member's post names us"


def test_without_its_library_the_workbook_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "openpyxl":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(NotWritten, match="needs openpyxl, which is not installed") as refused:
        summary_xlsx(night())
    assert refused.value.remedy.startswith("Install it with: pip install 'crisisdesk[xlsx]'.")
