"""CSV: the timeline as a table that a spreadsheet opens, in which no cell can be a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import shown
from crisisdesk.domain.timeline import Item
from crisisdesk.domain.times import instant

COLUMNS = (
    "seq", "happened", "time zone", "happened (UTC)", "written (UTC)", "precision", "late because", "author",
    "on behalf of", "relayed by", "owner role", "owner", "kind", "step", "title", "text", "source", "corrects",
    "corrected by", "original text", "original time (UTC)", "sensitivity", "deviation", "drill", "words erased",
    "id", "hash",
)  # fmt: skip

_SIGNS = "=+-@"
_AFTER_BREAK = re.compile(r"([;\t\n][ \"']*)([=+\-@＝＋－＠﹢﹣﹦﹫])")
"""Where a program that takes ``;`` or a tab for the separator would begin a new cell with a formula."""


def timeline_csv(summary: Summary) -> bytes:
    """Return the timeline: UTF-8 with its mark, so that Excel reads the letters, every cell quoted."""
    hashes = {entry.header.seq: entry.hash for entry in summary.entries}
    return b"".join(csv_pages([[(item, hashes.get(item.seq, "")) for item in summary.items]], summary.zone))


def csv_pages(pages: Iterable[Iterable[tuple[Item, str]]], zone_name: str) -> Iterator[bytes]:
    """Yield the same table a page at a time, from lines with the hashes of their entries: a long log never lies in memory whole."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(zone_name)
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    out.write("\ufeff")
    rows.writerow(COLUMNS)
    for page in pages:
        for item, hash_ in page:
            local = instant(item.occurred_at).astimezone(zone)
            times = (f"{local:%Y-%m-%d %H:%M:%S}", f"{zone_name} ({local:%Z})", item.occurred_at)
            rows.writerow([cell(text) for text in (str(item.seq), *times, *_rest(item), hash_)])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def _rest(item: Item) -> tuple[str, ...]:
    return (
        item.recorded_at, item.precision, item.late_because, item.author, item.on_behalf_of, item.relayed_by,
        item.owner_role, item.owner, item.kind, item.step, item.title, item.text, item.source,
        _seq(item.corrects), _seq(item.corrected_by), item.original_text, item.original_occurred_at, item.sensitivity,
        item.deviation, "DRILL" if item.drill else "", "yes" if item.erased else "", item.id,
    )  # fmt: skip


def _seq(number: int) -> str:
    return str(number) if number else ""


def cell(text: str) -> str:
    """Return text as a cell that can only be read: an apostrophe goes before what might begin a formula."""
    safe = _AFTER_BREAK.sub(r"\1'\2", shown(text))
    first = unicodedata.normalize("NFKC", safe[:1])
    return f"'{safe}" if first and (first in _SIGNS or safe[:1].isspace() or text[:1].isspace()) else safe
