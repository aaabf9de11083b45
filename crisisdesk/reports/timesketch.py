"""The timeline for Timesketch, beside what machines logged: CSV, or JSON line by line.

What was written long after it happened has two rows, so that both moments stand in their place among the others.
"""

import csv
import io
import json
from collections.abc import Iterator

from crisisdesk.domain.metrics import LATE_AFTER
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import one_line, shown
from crisisdesk.domain.timeline import ERASED, Item
from crisisdesk.domain.times import instant
from crisisdesk.reports.as_csv import cell

COLUMNS = (
    "message", "datetime", "timestamp_desc", "author", "entry", "kind", "step", "sensitivity", "source", "hash",
    "incident", "drill",
)  # fmt: skip
"""The first three are those Timesketch asks for."""

WRITTEN = "Written"
_HAPPENED = {"approximate": "Happened, about", "unknown": "Written, time of happening not recorded"}
_BREAK = " ⏎ "


def timesketch_csv(summary: Summary) -> bytes:
    """Return the timeline as CSV in UTF-8, without the mark that would become part of the first column's name."""
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    for row in _rows(summary):
        rows.writerow([cell(str(value)) for value in row])
    return out.getvalue().encode()


def timesketch_jsonl(summary: Summary) -> bytes:
    """Return the timeline as JSON, one object a line, in ASCII."""
    lines = (json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in _rows(summary))
    return "".join(lines).encode("ascii")


def _rows(summary: Summary) -> Iterator[tuple[str | int, ...]]:
    hashes = {entry.seq: entry.hash for entry in summary.entries}
    for item in summary.items:
        happened, written = instant(item.occurred_at), instant(item.recorded_at)
        moments = [(happened, _HAPPENED.get(item.precision, "Happened"))]
        if abs(written - happened) > LATE_AFTER:
            moments.append((written, WRITTEN))
        for moment, what in moments:
            yield (
                _message(item), moment.isoformat(timespec="milliseconds"), what, _line(item.author), item.seq, item.kind,
                _line(item.step), item.sensitivity, _line(item.source), hashes.get(item.seq, ""), _line(summary.label),
                "DRILL" if summary.drill else "",
            )  # fmt: skip


def _message(item: Item) -> str:
    """Return an entry whole on one line: what it is, the words, and what sets it apart."""
    words = item.text or (ERASED if item.erased else "")
    marks = [
        f"for {item.on_behalf_of}, by {item.relayed_by}" if item.on_behalf_of else "",
        f"deviation: {item.deviation}" if item.deviation else "",
        f"corrected by #{item.corrected_by}" if item.corrected_by else "",
        f"corrects #{item.corrects}" if item.corrects else "",
    ]
    head = f"{'DRILL: ' if item.drill else ''}{item.title}" + (f": {words}" if words else "")
    return _line(head + "".join(f" ({mark})" for mark in marks if mark))


def _line(text: str) -> str:
    return one_line(_BREAK.join(line.strip() for line in shown(text).splitlines() if line.strip()))
