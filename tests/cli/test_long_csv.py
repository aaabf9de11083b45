"""The timeline's table, written a page at a time: byte for byte the one made from the summary, whoever it is for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisisdesk.desk import Case, Desk, Machine
from crisisdesk.desk.long_timeline import PAGE, long_timeline
from crisisdesk.desk.summaries import summary_of
from crisisdesk.domain.summary import Summary
from crisisdesk.reports.as_csv import csv_pages, timeline_csv
from tests.big_desk import one
from tests.cli.conftest import Run


def opened(path: Path) -> tuple[Desk, Case]:
    """Open a desk and its first incident."""
    desk = Desk.open(path, Machine("t", "h"), now=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    case = desk.case("1")
    assert isinstance(case, Case)
    return desk, case


@pytest.mark.parametrize("audience", ["internal", "legal"])
def test_page_by_page_is_the_same_table(declared: Run, tmp_path: Path, audience: str) -> None:
    for words in (
        ("note", "1", "=1+1 Grüße\nzwei"), ("note", "1", "for HR only", "--sensitivity", "hr"), ("correct", "1", "3", "right", "--because", "typo"),
        ("add-step", "1", "a step of HR's", "--who", "hr", "--sensitivity", "hr"), ("done", "1", "added-1"), ("note", "1", "later raised"),
        ("sensitivity", "1", "8", "privileged", "--because", "counsel"), ("note", "1", "earlier", "--occurred", "5 minutes ago"),
        ("correct", "1", "9", "kept closer", "--because", "x", "--sensitivity", "hr"),
    ):  # fmt: skip
        answer = declared("--as", "Ada", *words)
        assert answer.code == 0, (words, answer.err)
    desk, case = opened(tmp_path / "desk" / "desk.db")
    found = long_timeline(desk, case, audience)
    summary = summary_of(desk, case, audience)
    assert found is not None
    assert isinstance(summary, Summary)
    assert b"".join(csv_pages(found.pages, summary.zone)) == timeline_csv(summary)
    assert found.left_out == summary.left_out
    file = tmp_path / "t.csv"
    answer = declared("export", "1", "--to", str(file), "--audience", audience)
    assert answer.code == 0, answer.err
    assert file.read_bytes() == timeline_csv(summary)
    assert answer.out.count("Left out: ") == len(summary.left_out)
    assert long_timeline(desk, case, "executive") is None


def test_a_long_log_goes_by_in_pages(tmp_path: Path) -> None:
    one(tmp_path, 3 * PAGE + 7)
    desk, case = opened(tmp_path / "desk.db")
    found = long_timeline(desk, case, "internal")
    assert found is not None
    sizes = [len(page) for page in found.pages]
    assert (max(sizes), sum(sizes)) == (PAGE, 3 * PAGE + 7)
