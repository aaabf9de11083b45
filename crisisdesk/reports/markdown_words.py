"""The Markdown of what was decided, approved, said, asked and held back."""

from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.summary import ApprovalGiven
from crisisdesk.reports.markdown_page import Page
from crisisdesk.reports.markdown_text import inline, quoted, section


def decisions(page: Page) -> list[str]:
    """Tell every choice, with what was offered and who saw it otherwise."""
    lines = ["## Decisions"]
    for d in page.summary.decisions:
        by = d.by + (f" (by {d.relayed_by})" if d.relayed_by else "")
        lines += ["", f"### {inline(d.title)}", ""]
        lines += [f"- Offered: {inline(f'{o.title}: {o.consequence}')}" for o in d.offered]
        lines += [
            f"- **Chosen: {inline(d.choice or NOT_RECORDED)}**"
            + (f", in place of #{d.reverses}" if d.reverses else ""),
            f"- Because: {inline(d.because or NOT_RECORDED)}",
            *([f"- Known then: {inline(d.known)}"] if d.known else []),
            f"- Not known then: {inline(d.unknown or NOT_RECORDED)}",
            *([f"- Consulted: {inline(d.consulted)}"] if d.consulted else []),
            *([f"- Saw it otherwise: {inline(d.dissent)}"] if d.dissent else []),
            f"- Decided by {inline(by)}, {page.time(d.at)} (#{d.seq})",
            f"- To be looked at again: {page.time(d.revisit_at)}",
        ]
        lines += [f"- Corrected: {inline(d.corrected)}"] if d.corrected else []
        lines += [f"- Deviation: {inline(d.deviation)}"] if d.deviation else []
    return lines if len(lines) > 1 else [*lines, "", "No decision is recorded."]


def approvals(page: Page) -> list[str]:
    """Tell who approved which step."""
    rows = [
        (
            page.time(a.at), a.title, a.option or "—", a.role, a.person, _how(a),
            a.remark or "—", f"#{a.seq}",
        )
        for a in page.summary.approvals
    ]  # fmt: skip
    names = ("When", "Step", "Option", "As", "Who", "How", "Remark", "Entry")
    return section("Approvals", names, rows, "No approval is recorded.")


def statements(page: Page) -> list[str]:
    """Tell what was drafted and what went out, word for word."""
    lines = ["## Statements"]
    for one in page.summary.statements:
        language = f" in {one.language}" if one.language else ""
        lines += ["", f"### {inline(one.statement)} for {inline(one.channel)}{inline(language)}", ""]
        lines += [
            f"- Version {one.version}, hash {one.text_hash}: **{inline(one.standing)}**",
            f"- Written by {inline(one.author)} (#{one.seq}); approved by {inline('; '.join(one.approved_by) or NOT_RECORDED)}",
            f"- Published: {page.time(one.published_at, 'not published')}{inline(f', {one.link}') if one.link else ''}",
            *(
                [f"- **Deviation: {inline(one.deviation)}**; because: {inline(one.because or NOT_RECORDED)}"]
                if one.deviation
                else []
            ),
            *(
                [
                    f"- Withdrawn: {page.time(one.withdrawn_at)}; because: {inline(one.withdrawn_because or NOT_RECORDED)}"
                ]
                if one.withdrawn_at
                else []
            ),
            *quoted(one.text),
            *(
                ["- **These words went out instead:**", *quoted(one.went_out)]
                if "other words" in one.deviation and one.went_out
                else []
            ),
        ]
    return lines if len(lines) > 1 else [*lines, "", "No statement was drafted."]


def frozen_queues(page: Page) -> list[str]:
    """Tell the queues that were frozen, and their release."""
    rows = [
        (
            f"{q.queue} on {q.account}" + (f"; {q.may_post} may still post" if q.may_post else ""), str(q.held) if q.held >= 0 else NOT_RECORDED, page.time(q.frozen_at), q.by,
            page.time(q.released_at, "still frozen"), q.outcome or "—", q.released_by or "—", f"#{q.seq}",
        )
        for q in page.summary.frozen_queues
    ]  # fmt: skip
    names = ("Queue", "Posts held", "Frozen", "By", "Released", "Its posts", "By", "Entry")
    return section("Freeze", names, rows, "No queue was frozen.")


def enquiries(page: Page) -> list[str]:
    """Tell who asked, and the line they were given."""
    rows = [
        (
            page.time(e.at), e.who, e.outlet or "—", e.question, page.time(e.due, "none named"), e.line or "—",
            f"{e.by}, {page.time(e.answered_at)}" if e.answered_at else "not answered", f"#{e.seq}",
        )
        for e in page.summary.enquiries
    ]  # fmt: skip
    names = ("When", "Who", "For", "Question", "By when", "Line used", "Answered", "Entry")
    return section("Enquiries", names, rows, "No enquiry is recorded.")


def silences(page: Page) -> list[str]:
    """Tell why nothing was said, when it was decided."""
    rows = [
        (page.time(k.at), k.because, page.time(k.revisit_at), k.by, f"#{k.seq}")
        for k in page.summary.silences
    ]
    names = ("When", "Why nothing was said", "To be looked at again", "By", "Entry")
    return section("Silence", names, rows, "") if rows else []


def _how(given: ApprovalGiven) -> str:
    if not given.relayed_by:
        return "in person"
    confirmed = f", confirmed in #{given.confirmed}" if given.confirmed else ", not confirmed by themselves"
    return f"relayed, by {given.relayed_by}{confirmed}"


def fact_sheet(page: Page) -> list[str]:
    """Tell what was confirmed, what was not, and what was not to be said."""
    rows = [
        (c.text, c.standing, c.source or NOT_RECORDED, c.because or "—", c.by, page.time(c.at), f"#{c.seq}")
        for c in page.summary.claims
    ]
    names = ("Claim", "Stands as", "Source", "Because", "By", "Since", "Entry")
    return section("Fact sheet", names, rows, "No claim is on the fact sheet.")
