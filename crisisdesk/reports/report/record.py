"""The record: what was kept as evidence, every entry in the order it happened, and the proof."""

from crisisdesk.domain.metrics import LATE_AFTER
from crisisdesk.domain.outcomes import NOT_RECORDED, lasted
from crisisdesk.domain.paper import Section, Table, Words
from crisisdesk.domain.summary import Evidence
from crisisdesk.domain.timeline import ERASED, Item
from crisisdesk.domain.times import instant
from crisisdesk.reports.report.page import NONE, Page, joined, labelled, section

_SOURCES = {
    "as-recorded": "desk",
    "exact": "author",
    "approximate": "author, about",
    "unknown": NOT_RECORDED,
}
"""Where an item's time comes from, by its precision."""


def evidence(page: Page) -> tuple[Section, ...]:
    """Tell what was kept, with its hash: the number of an entry is the key of what is attached to it."""
    rows = [
        (
            f"#{e.seq}", joined(e.name, e.link), e.sha256 or "a link, no hash", f"{e.size:,} bytes" if e.sha256 else NONE,
            joined(e.step, _provenance(e)), f"{page.time(e.at)}, {e.by}",
        )
        for e in page.summary.evidence
    ]  # fmt: skip
    names = ("Entry", "Name or link", "SHA-256", "Size", "About", "Kept")
    return section("Evidence", names, rows, "No evidence is attached.")


def _provenance(one: Evidence) -> str:
    """Return what is said of a piece of evidence: the note, and where it came from."""
    said_of = (("", one.note), ("by ", one.original_author), ("of ", one.original_time), ("with ", one.tool))
    return "\n".join(f"{before}{text}" for before, text in said_of if text)


def timeline(page: Page) -> tuple[Section, ...]:
    """Tell every entry in the order things happened, with the source of its time."""
    s = page.summary
    rows = tuple(_item(page, item) for item in s.items)
    intro = Words(
        f"In the order things happened, corrections applied and marked. All times in {s.zone}; "
        "the clock is the desk's, or the author's where somebody typed the time."
    )
    names = ("When", "Clock", "Entry", "What", "Words", "Who")
    return (Section("Timeline", (intro, Table(names, rows))),) if rows else ()


def _item(page: Page, item: Item) -> tuple[str, ...]:
    when = page.time(item.occurred_at)
    source = _SOURCES.get(item.precision, item.precision)
    what = joined(
        item.title,
        labelled("deviation", item.deviation),
        f"corrected by #{item.corrected_by}" if item.corrected_by else "",
        item.sensitivity if item.sensitivity != "normal" else "",
        "DRILL" if item.drill else "",
    )
    text = joined(
        item.text or (ERASED if item.erased else ""),
        _late(page, item),
        labelled("Source", item.source),
        f"First written with the time {page.time(item.original_occurred_at)}" if item.original_occurred_at else "",
        labelled("First written", item.original_text),
    )  # fmt: skip
    who = (
        f"{item.on_behalf_of}, by {item.relayed_by}, written by {item.author}"
        if item.on_behalf_of
        else item.author
    )
    return (when, source, f"#{item.seq}", what, text, who)


def _late(page: Page, item: Item) -> str:
    lag = instant(item.recorded_at) - instant(item.occurred_at)
    if lag <= LATE_AFTER:
        return ""
    return f"Written {page.time(item.recorded_at)}, {lasted(lag)} later: {item.late_because or 'no reason given'}"


def proof(page: Page) -> tuple[Section, ...]:
    """Tell up to which entry this is, and the hash that proves the log."""
    s = page.summary
    corrected = f", of which {s.corrections} correct another" if s.corrections else ", none a correction"
    whole = (
        f"The log of {s.label} has {s.seq} entries{corrected}. The hash of the last, #{s.seq}, is the head:"
    )
    held = (
        "Whoever holds the log can show that no entry was changed, and that none before the head is missing."
    )
    return (Section("Proof", (Words(whole), Words(s.head, "quote"), Words(held))),)
