"""The timeline for Timesketch, read back as it would be read there."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import shown
from crisisdesk.reports.timesketch import COLUMNS, timesketch_csv, timesketch_jsonl
from tests.reports.outgoing import HOSTILE, hostile, night, said_long


def table(summary: Summary) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(timesketch_csv(summary).decode(), newline=""), strict=True))


def lines(summary: Summary) -> list[dict[str, Any]]:
    return [json.loads(line) for line in timesketch_jsonl(summary).splitlines()]


def test_the_columns_timesketch_asks_for_come_first() -> None:
    assert timesketch_csv(night()).startswith(
        b'"message","datetime","timestamp_desc","author","entry","kind",'
    )
    assert all(tuple(line) == COLUMNS for line in lines(night()))


def test_an_entry_written_late_has_a_second_row_and_others_have_one() -> None:
    found = table(night())
    rows: dict[str, list[tuple[str, str]]] = {}
    for row in found:
        rows.setdefault(row["entry"], []).append((row["datetime"], row["timestamp_desc"]))
    assert rows["13"] == [
        ("2026-11-22T22:10:00.000+00:00", "Happened"),
        ("2026-11-22T22:30:00.000+00:00", "Written"),
    ]
    assert len(rows) == len(night().items)
    assert {seq for seq, moments in rows.items() if len(moments) > 1} == {"13"}


def test_exactly_five_minutes_is_not_yet_late() -> None:
    summary = night()
    item = summary.items[0]._replace(
        occurred_at="2026-11-22T21:00:00.000Z", recorded_at="2026-11-22T21:05:00.000Z"
    )
    assert len(table(summary._replace(items=(item,)))) == 1
    later = item._replace(recorded_at="2026-11-22T21:05:00.001Z")
    assert len(table(summary._replace(items=(later,)))) == 2


def test_both_forms_say_the_same_and_times_are_utc() -> None:
    for row, line in zip(table(night()), lines(night()), strict=True):
        assert row == {name: str(value) for name, value in line.items()}
        moment = datetime.fromisoformat(line["datetime"])
        assert moment.tzinfo == UTC
    assert isinstance(lines(night())[0]["entry"], int)


def test_every_row_has_the_hash_of_its_entry_and_says_what_is_kept_closer() -> None:
    hashes = {entry.seq: entry.hash for entry in night().entries}
    assert all(line["hash"] == hashes[line["entry"]] for line in lines(night()))
    assert [line["sensitivity"] for line in lines(night()) if line["sensitivity"] != "normal"] == ["personal"]


def test_a_drill_says_so_in_every_row() -> None:
    found = lines(night(drill=True, closed=False))
    assert all(line["message"].startswith("DRILL: ") and line["drill"] == "DRILL" for line in found)


def test_what_happened_at_an_unknown_time_is_not_told_as_if_it_were_known() -> None:
    summary = night()
    item = summary.items[0]._replace(precision="unknown")
    told = lines(summary._replace(items=(item, item._replace(precision="approximate"))))
    assert [line["timestamp_desc"] for line in told] == [
        "Written, time of happening not recorded", "Happened, about",
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_one_line_and_no_formula(text: str) -> None:
    summary = hostile(text)
    rows = table(summary)
    assert len(rows) == len(lines(summary)) >= len(summary.items)
    for row in rows:
        assert None not in row
        for value in row.values():
            assert shown(value, lines=False) == value
            assert value[:1] not in set("=+-@")
    for line in lines(summary):
        for value in line.values():
            assert shown(str(value), lines=False) == str(value)


def test_twenty_thousand_characters_are_whole() -> None:
    for told in (table(said_long("x" * 20_000)), lines(said_long("x" * 20_000))):
        assert any("x" * 20_000 in row["message"] for row in told)
