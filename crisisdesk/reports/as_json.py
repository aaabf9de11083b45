"""JSON: the summary and the log whole, people's words byte for byte; what a verifier needs is in it.

ASCII escapes only, so that control characters, lone surrogates and NUL survive, and do nothing on a terminal.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from crisisdesk.domain.entries import Entry, Header
from crisisdesk.domain.metrics import Metric, Share
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.timeline import Item

FORM = "summary/1"


def summary_json(summary: Summary) -> bytes:
    """Return a summary as JSON. Its ``timeline`` carries every entry's hashed header, words, salt and hash."""
    told = {
        name: plain(value)
        for name, value in summary._asdict().items()
        if name not in ("items", "entries", "metrics")
    }
    told["metrics"] = [_metric(metric) for metric in summary.metrics]
    head = _text({"crisisdesk": FORM, **told})
    lines = ",\n".join(_lines(summary))
    return f'{head[:-1]},\n"timeline": [{lines}]}}\n'.encode("ascii")


_text = json.JSONEncoder(ensure_ascii=True, separators=(",\n", ": ")).encode
_AT_ONCE = 250
"""Lines made at a time: ten thousand at once would keep Python's garbage collector busier than the JSON."""


def _lines(summary: Summary) -> Iterator[str]:
    written = {entry.header.seq: entry for entry in summary.entries}
    for start in range(0, len(summary.items), _AT_ONCE):
        some = [_line(item, written[item.seq]) for item in summary.items[start : start + _AT_ONCE]]
        yield _text(some)[1:-1]


def timeline_json(items: Sequence[Item], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return the timeline as plain data, in reading order, each line with the entry it comes from.

    ``occurred_at`` and ``text`` are as corrected. ``header`` is what was hashed, name by name in the order of
    hashing, as first written; with ``words`` and ``salt`` it lets anybody recompute ``body_hash`` and ``hash``.
    """
    written = {entry.header.seq: entry for entry in entries}
    return [_line(item, written[item.seq]) for item in items]


_ITEM, _HEADER = Item._fields, Header._fields


def _line(item: Item, entry: Entry) -> dict[str, Any]:
    header = entry.header
    return {
        **dict(zip(_ITEM, item, strict=True)),
        "data": header.data,
        "prev_hash": header.prev_hash,
        "hash": entry.hash,
        "header": dict(zip(_HEADER, header, strict=True)),
        "words": dict(entry.words),
        "salt": entry.salt,
    }


def _metric(metric: Metric) -> dict[str, Any]:
    recorded = {"recorded": metric.value is not None}
    return {**{name: plain(value) for name, value in metric._asdict().items()}, **recorded}


def plain(value: object) -> Any:
    """Return records as objects and spans in seconds; what is unknown stays null."""
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, Share):
        return {"part": value.part, "whole": value.whole}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    return value
