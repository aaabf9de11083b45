"""What was decided, approved, said, asked, promised and held back."""

from crisisdesk.domain.calling import answer_words
from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.paper import Block, Section, Table, Words
from crisisdesk.domain.paper.tree import lines
from crisisdesk.domain.summary import ApprovalGiven, DecisionTaken, StatementTold
from crisisdesk.reports.report.page import NONE, Page, difference, entries, joined, labelled, said_by, section


def decisions(page: Page) -> tuple[Section, ...]:
    """Tell every choice, with what was offered, what was known then, and who saw it otherwise."""
    found = tuple(Section(d.title, _decision(page, d)) for d in page.summary.decisions)
    if not found:
        return (Section("Decisions", (Words("No decision is recorded."),)),)
    return (Section("Decisions", sections=found),)


def _decision(page: Page, d: DecisionTaken) -> tuple[Block, ...]:
    by = d.by + (f" (by {d.relayed_by})" if d.relayed_by else "")
    in_place = f", in place of #{d.reverses}" if d.reverses else ""
    return lines(
        ("Offered", "\n".join(f"{o.title}: {o.consequence}" for o in d.offered)),
        ("Chosen", (d.choice or NOT_RECORDED) + in_place),
        ("Because", d.because or NOT_RECORDED),
        ("Known then", d.known or NOT_RECORDED),
        ("Not known then", d.unknown or NOT_RECORDED),
        ("Consulted", d.consulted),
        ("Saw it otherwise", d.dissent),
        ("Decided by", f"{by}, {page.time(d.at)} (#{d.seq})"),
        ("To be looked at again", page.time(d.revisit_at)),
        ("Corrected", d.corrected),
        ("Deviation", d.deviation),
    )


def approvals(page: Page) -> tuple[Section, ...]:
    """Tell who approved what, in which role, and how."""
    rows = [
        (page.time(a.at), a.title, a.option or NONE, f"{a.person} as {a.role}", joined(_how(a), a.remark), f"#{a.seq}")
        for a in page.summary.approvals
    ]  # fmt: skip
    names = ("When", "What", "Option or version", "Who", "How", "Entry")
    return section("Approvals", names, rows, "No approval is recorded.")


def _how(given: ApprovalGiven) -> str:
    if not given.relayed_by:
        return "in person"
    confirmed = f", confirmed in #{given.confirmed}" if given.confirmed else ", not confirmed by themselves"
    return f"relayed, by {given.relayed_by}{confirmed}"


def statements(page: Page) -> tuple[Section, ...]:
    """Tell what was drafted and what went out, word for word."""
    found = tuple(
        Section(
            f"{one.statement} for {one.channel}{f' in {one.language}' if one.language else ''}",
            _statement(page, one),
        )
        for one in page.summary.statements
    )
    if not found:
        return (Section("Statements", (Words("No statement was drafted."),)),)
    return (Section("Statements", sections=found),)


def _statement(page: Page, one: StatementTold) -> tuple[Block, ...]:
    about = lines(
        ("Stands as", f"{one.standing}, version {one.version}"),
        ("Written by", f"{one.author} (#{one.seq})"),
        ("Approved by", "\n".join(one.approved_by) or NOT_RECORDED),
        ("Published", page.time(one.published_at, "not published") + (f", {one.link}" if one.link else "")),
        ("Deviation", f"{one.deviation}; because: {one.because or NOT_RECORDED}" if one.deviation else ""),
        (
            "Withdrawn",
            f"{page.time(one.withdrawn_at)}; because: {one.withdrawn_because or NOT_RECORDED}"
            if one.withdrawn_at
            else "",
        ),
        ("Hash of the text", one.text_hash),
    )
    text: tuple[Block, ...] = (Words(one.text, "quote"),) if one.text else ()
    if "other words" in one.deviation and one.went_out:
        text += (Words("These words went out instead:", "warning"), Words(one.went_out, "quote"))
    return (*about, *text)


def silences(page: Page) -> tuple[Section, ...]:
    """Tell why nothing was said, when it was decided."""
    rows = [
        (page.time(k.at), k.because, page.time(k.revisit_at), said_by(k.by, k.seq))
        for k in page.summary.silences
    ]
    return section(
        "Silence", ("When", "Why nothing was said", "To be looked at again", "Who, entry"), rows, ""
    )


def promises(page: Page) -> tuple[Section, ...]:
    """Tell the promised updates, kept or not."""
    rows = [
        (
            page.time(p.due), "internal" if p.internal else "public", p.text, p.state, page.time(p.sent, NONE), difference(p.difference),
            entries((p.seq, p.answered_by)),
        )
        for p in page.summary.promises
    ]  # fmt: skip
    names = ("Due", "To", "Promise", "Outcome", "Sent", "Difference", "Entries")
    return section("Promised updates", names, rows, "No update was promised.")


def enquiries(page: Page) -> tuple[Section, ...]:
    """Tell who asked, and the line they were given."""
    rows = [
        (
            page.time(e.at), joined(e.who, e.outlet), e.question, page.time(e.due, "none named"), e.line or NONE,
            f"{e.by}, {page.time(e.answered_at)}" if e.answered_at else "not answered", f"#{e.seq}",
        )
        for e in page.summary.enquiries
    ]  # fmt: skip
    names = ("When", "Who", "Question", "By when", "Line used", "Answered", "Entry")
    return section("Enquiries", names, rows, "No enquiry is recorded.")


def tellings(page: Page) -> tuple[Section, ...]:
    """Tell everybody who was told, and how soon they were reached."""
    rows = [
        (
            page.time(t.at), t.who, f"{t.how}, {'reached' if t.reached else 'not reached'}",
            joined(labelled("Promised", t.promised), t.step, labelled("Corrected", t.corrected)), said_by(t.by, t.seq),
        )
        for t in page.summary.tellings
    ]  # fmt: skip
    names = ("When", "Who", "How", "What", "By, entry")
    found = section("People told", names, rows, "No attempt to tell anybody is recorded.")
    soon = tuple((one.who, answer_words(one), page.time(one.first_at)) for one in page.summary.answered)
    table = (Table(("Who", "How soon reached", "First called"), soon),) if soon else ()
    return (found[0]._replace(blocks=(*found[0].blocks, *table)),)


def frozen_queues(page: Page) -> tuple[Section, ...]:
    """Tell the queues that were frozen, and their release."""
    rows = [
        (
            f"{q.queue} on {q.account}" + (f"; {q.may_post} may still post" if q.may_post else ""),
            str(q.held) if q.held >= 0 else NOT_RECORDED, f"{page.time(q.frozen_at)}, {q.by}",
            joined(f"{page.time(q.released_at)}, {q.released_by}" if q.released_at else "still frozen", q.outcome), f"#{q.seq}",
        )
        for q in page.summary.frozen_queues
    ]  # fmt: skip
    return section("Freeze", ("Queue", "Posts held", "Frozen", "Released", "Entry"), rows, "")


def fact_sheet(page: Page) -> tuple[Section, ...]:
    """Tell what was confirmed, what was not, and what was not to be said."""
    rows = [
        (c.text, c.standing, joined(c.source or NOT_RECORDED, c.because), page.time(c.at), said_by(c.by, c.seq))
        for c in page.summary.claims
    ]  # fmt: skip
    names = ("Claim", "Stands as", "Source", "Since", "Who, entry")
    return section("Fact sheet", names, rows, "")
