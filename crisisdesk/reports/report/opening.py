"""The first page: what it is, how it stands, the paragraph of facts, the case at a glance, and the moments that mattered."""

from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.paper import Block, Line, Section, Words
from crisisdesk.domain.summary import Summary
from crisisdesk.reports.marks import left_out, warnings
from crisisdesk.reports.report.page import Page, entries, said_by, section

PRIVILEGE = (
    "Marking an entry as legally privileged only says who should read it. It does not protect it: whether anything is "
    "privileged is for counsel and the courts to say."
)
"""In *Capital One* (E.D. Va. 2020) a report was ordered produced because it would have been made anyway and was shared for business."""


def title(summary: Summary) -> str:
    """Return the document's title."""
    drill = "DRILL: " if summary.drill else ""
    return f"{drill}Summary of {summary.label}: {summary.title}"


def status(page: Page) -> str:
    """Say how the document stands: interim or final, signed by whom, for whom."""
    s = page.summary
    valid = [one for one in s.signatures if not one.changed_since]
    drill = ("DRILL, a rehearsal",) if s.drill else ()
    stands = "interim" if s.interim else f"signed by {valid[-1].by}" if valid else "not signed"
    return ", ".join((*drill, stands, s.audience_title))


def in_short(page: Page) -> tuple[Section, ...]:
    """Return the first section: what nobody may miss, the paragraph, and the case at a glance."""
    blocks: list[Block] = [
        *(Words(text, "warning") for text in warnings(page.summary)),
        *_paragraph(page),
        *_left_out(page),
        *_glance(page),
    ]
    return (Section("In short", tuple(blocks)),)


def _paragraph(page: Page) -> list[Words]:
    s = page.summary
    told = " ".join(
        f"{one.text.removesuffix('.')} ({entries(one.entries)})." if one.entries else one.text
        for one in s.paragraph
    )
    if not told:
        return []
    by = f"Written by {s.paragraph_by}." if s.paragraph_by else "Put together from the entries named."
    return [Words(told), Words(by, "note")]


def _left_out(page: Page) -> list[Words]:
    told = [Words(text, "note") for text in left_out(page.summary)]
    return (
        [*told, Words(PRIVILEGE, "note")]
        if any("privileged" in one.why for one in page.summary.left_out)
        else told
    )


def _glance(page: Page) -> list[Line]:
    s = page.summary
    level = s.policy.named(s.severity) + ("" if s.severity_confirmed else ", not confirmed")
    twin = f", a duplicate of {s.duplicate_of}" if s.duplicate_of else ""
    pairs = (
        ("Incident", s.label),
        ("Organisation", s.policy.organisation or NOT_RECORDED),
        ("Status", s.status + twin),
        ("Severity", level),
        ("Happened", page.time(s.happened_at)),
        ("Detected", page.time(s.detected_at)),
        ("Declared", page.time(s.declared_at)),
        ("Stood down", page.time(s.stood_down_at)),
        ("Closed", page.time(s.closed_at, "not closed")),
        ("Playbook", _used(s.playbook.title or s.playbook.name, s.playbook.version, s.playbook.adopted)),
        ("Policy", _used(s.policy.title, s.policy.version, s.policy.adopted)),
        ("Times", f"all in {s.zone}"),
        ("Written", page.time(s.written_at) + (f" by {s.made_by}" if s.made_by else "")),
        ("Signed", _signed(page)),
    )
    return [Line(name, text) for name, text in pairs]


def _signed(page: Page) -> str:
    if not page.summary.signatures:
        return "not signed"
    return "\n".join(
        f"version {one.version} by {one.by}, {one.role}, {page.time(one.at)} (#{one.seq})"
        + ("; more was written since" if one.changed_since else "")
        for one in page.summary.signatures
    )


def _used(name: str, version: str, adopted: str) -> str:
    return f"{name}, version {version or NOT_RECORDED}, adopted {adopted or 'not yet'}"


def key_moments(page: Page) -> tuple[Section, ...]:
    """Return the entries that the review chose."""
    chosen = set(page.summary.key_moments)
    rows = [
        (
            page.time(item.occurred_at),
            item.title,
            item.text or "—",
            said_by(item.on_behalf_of or item.author, item.seq),
        )
        for item in page.summary.items
        if item.seq in chosen
    ]
    return section("Key moments", ("When", "What", "In words", "Who, entry"), rows, "")
