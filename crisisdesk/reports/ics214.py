"""The activity log of the incident command system, form ICS 214, as a Word document: its eight blocks, in their order.

The form leaves the desk and is read by many: words that are kept closer give way to what they are and their number.
"""

from crisisdesk.domain.incident import LEAD
from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.paper import Block, Paper, Section, Table, Words
from crisisdesk.domain.summary import RoleHeld, Summary
from crisisdesk.domain.text import one_line
from crisisdesk.domain.timeline import ERASED, Item
from crisisdesk.domain.times import full, instant
from crisisdesk.reports.held_back import HeldBack
from crisisdesk.reports.marks import marks

_TO_SIGN = "\n\n"
"""A cell with room for a pen."""


def ics214(summary: Summary, prepared_by: str = "") -> bytes:
    """Return the form. ``prepared_by`` signs it with a pen; without a name, the name is left to the pen too."""
    from crisisdesk.reports.paper import draw

    return draw(ics214_paper(summary, prepared_by), "docx")


def ics214_paper(summary: Summary, prepared_by: str = "") -> Paper:
    """Return the form as a document that any format of the paper can draw."""
    drill = "DRILL: " if summary.drill else ""
    sections = (
        Section("Whose log this is", _blocks_1_to_5(summary)),
        Section("6. Resources assigned", (_resources(summary),)),
        Section("7. Activity log", (_activities(summary),)),
        Section("8. Prepared by", (_prepared(summary, prepared_by),)),
    )
    stands = "interim" if summary.interim else "the incident is closed"
    status = f"DRILL, a rehearsal, {stands}" if summary.drill else stands
    title = f"{drill}ICS 214 activity log of {summary.label}"
    return Paper(title, str(summary.version), status, sections, mark="DRILL" if summary.drill else "")


def _blocks_1_to_5(summary: Summary) -> tuple[Block, ...]:
    """Tell which incident, which period, and whose log it is: the lead's, who answers for it."""
    held = HeldBack(summary)
    since = min((one for one in (summary.detected_at, summary.declared_at) if one), default="")
    until = summary.closed_at or summary.written_at
    still = f" (still {summary.status})" if summary.interim else ""
    lead = _lead(summary)
    incident = Table(
        ("1. Incident name", "2. Operational period: date/time from", "2. Operational period: date/time to"),
        (
            (
                f"{summary.label}: {held.title(summary.title)}",
                _time(summary, since),
                _time(summary, until) + still,
            ),
        ),
    )
    person = Table(
        ("3. Name", "4. ICS position", "5. Home agency"),
        ((lead.person if lead else NOT_RECORDED, lead.title if lead else NOT_RECORDED, _agency(summary)),),
    )
    return (*(Words(mark, "warning") for mark in marks(summary)), incident, person)


def _lead(summary: Summary) -> RoleHeld | None:
    """Return who leads, or led last."""
    leads = [held for held in summary.roles if held.role == LEAD]
    return next((held for held in reversed(leads) if not held.until), leads[-1] if leads else None)


def _agency(summary: Summary) -> str:
    return summary.policy.organisation or NOT_RECORDED


def _time(summary: Summary, moment: str) -> str:
    from zoneinfo import ZoneInfo

    return full(instant(moment), ZoneInfo(summary.zone)) if moment else NOT_RECORDED


def _resources(summary: Summary) -> Table:
    """Tell everybody who held a role, each role once for each person."""
    found: dict[tuple[str, str], None] = {}
    for held in summary.roles:
        found[held.person, held.title + (" (acting)" if held.acting else "")] = None
    rows = tuple((person, position, _agency(summary)) for person, position in found)
    return Table(("Name", "ICS position", "Home agency"), rows or ((NOT_RECORDED, "", ""),))


def _activities(summary: Summary) -> Table:
    held = HeldBack(summary)
    rows = tuple((_time(summary, item.occurred_at), _activity(held.item(item))) for item in summary.items)
    return Table((f"Date/time, all in {one_line(summary.zone)}", "Notable activities"), rows)


def _activity(item: Item) -> str:
    """Return what happened, in the words of the log: who, the number, and what sets the entry apart."""
    by = f"{item.on_behalf_of}, relayed, by {item.relayed_by}; " if item.on_behalf_of else ""
    marks_of = [
        f"deviation: {item.deviation}" if item.deviation else "",
        f"corrected by #{item.corrected_by}" if item.corrected_by else "",
        "time approximate" if item.precision == "approximate" else "",
        f"time {NOT_RECORDED}: this is when it was written" if item.precision == "unknown" else "",
        "DRILL" if item.drill else "",
    ]
    about = "; ".join(mark for mark in (f"{by}written by {item.author}, #{item.seq}", *marks_of) if mark)
    words = item.text or (ERASED if item.erased else "")
    return f"{item.title}\n{words}\n({about})" if words else f"{item.title}\n({about})"


def _prepared(summary: Summary, name: str) -> Table:
    """Leave room for a pen: a form is signed by hand, with the time it was signed at."""
    positions = dict.fromkeys(held.title for held in summary.roles if name and held.person == name)
    row = (name or _TO_SIGN, ", ".join(positions) or _TO_SIGN, _TO_SIGN, _TO_SIGN)
    return Table(("Name", "Position", "Signature", "Date/time"), (row,))
