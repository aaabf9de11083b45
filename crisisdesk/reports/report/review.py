"""What the review found and asked for. Blameless: conditions and what to change, never who is to blame."""

from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.paper import Section, Table, Words
from crisisdesk.domain.review import FINDINGS, RATINGS
from crisisdesk.reports.report.page import NONE, Page, entries, joined, labelled, said_by, section


def objectives(page: Page) -> tuple[Section, ...]:
    """Tell every phase's goal and how it was met."""
    rows = [
        (
            o.title, o.goal or NONE, f"{o.rating}: {o.meaning}" if o.rating else NOT_RECORDED, o.because or NONE,
            said_by(o.by, o.seq),
        )
        for o in page.summary.objectives
    ]  # fmt: skip
    found = section("Objectives", ("Phase", "Goal", "Rating", "Because", "Who, entry"), rows, "")
    key = Words("; ".join(f"{letter}: {meaning}" for letter, meaning in RATINGS.items()) + ".", "note")
    return tuple(one._replace(blocks=(*one.blocks, key)) for one in found)


def findings(page: Page) -> tuple[Section, ...]:
    """Tell what went well, what did not, where we were lucky, and what contributed."""
    found: list[Section] = []
    for sort, heading in FINDINGS.items():
        rows = tuple(
            (one.text, entries(one.about) or NONE, said_by(one.by, one.seq))
            for one in page.summary.findings
            if one.sort == sort
        )
        table = Table(("Finding", "Rests on", "Who, entry"), rows)
        found.append(Section(heading, (table,) if rows else (Words("Nothing is written yet."),)))
    return tuple(found)


def follow_ups(page: Page) -> tuple[Section, ...]:
    """Tell what is to be done, by whom, until when, and what became of it."""
    rows = [
        (
            f.text, f.owner, page.time(f.start_at, NONE), page.time(f.due_at), f.verification or NOT_RECORDED,
            joined(f.standing + (", late" if f.late else ""), page.time(f.changed_at, ""), f.because), entries((f.seq, *f.about)),
        )
        for f in page.summary.follow_ups
    ]  # fmt: skip
    names = ("What", "Owner", "Start", "Due", "Verified by", "Stands", "Entries")
    return section("Follow-ups", names, rows, "No follow-up is written yet.")


def open_items(page: Page) -> tuple[Section, ...]:
    """Tell what was left open."""
    rows = [
        (labelled(o.kind, o.title), o.owner or NONE, page.time(o.due, NONE), "late" if o.late else NONE)
        for o in page.summary.open_items
    ]
    return section("Left open", ("What", "Owner", "Due", "Late"), rows, "Nothing is left open.")
