"""How a statement is shown by commands: a line, plain data, warnings, and its exact text in a file."""

from collections.abc import Mapping
from pathlib import Path

from crisisdesk.cli.session import Session, Stop, complain, print_text
from crisisdesk.desk import Case
from crisisdesk.desk.claims import fact_sheet
from crisisdesk.domain.claims import carried
from crisisdesk.domain.incident import Draft
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.statements import SHORT, approvers_of, lacking, protected_words, standing
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant, left


def hand_out(case: Case, found: list[Draft], texts: Mapping[int, str], to: str) -> None:
    """Write the exact text of one variant into a file; the desk itself never posts."""
    from crisisdesk.reports import NotWritten, write

    if len(found) != 1 or found[0].seq not in texts:
        many = ", ".join(f"{one.statement} for {one.channel}" for one in found)
        raise Stop(
            "Which text goes into the file?", f"Name one, with --channel: {many or 'nothing is drafted'}."
        )
    try:
        write(Path(to).expanduser(), texts[found[0].seq].encode("utf-8", "surrogatepass"))
    except NotWritten as trouble:
        raise Stop(trouble.sentence, "Choose another name.") from None
    one = found[0]
    print_text(
        f"Written to {Path(to).absolute()}: version {one.version} ({one.text_hash[:SHORT]}), {standing(case.state, one)}. The desk posts nothing."
    )


def warn_of(session: Session, case: Case, text: str) -> None:
    """Say on standard error which words of a text are not used lightly, and which claims it carries that are not confirmed."""
    for claim in carried(text, fact_sheet(session.desk, case)):
        complain(
            f"This carries claim #{claim.seq}, which is {claim.standing.upper()}: {one_line(claim.text)}"
        )
    for word, reason in protected_words(case.state, text):
        complain(f"'{one_line(word)}' is not used lightly: {one_line(reason)}")


def told(case: Case, one: Draft, session: Session) -> str:
    """Return a draft on one line: its version and hash, how it stands, who is waited for until when, its length."""
    state = case.state
    roles = lacking(state, one)
    wait = f", waits for {' and '.join(roles)}" if roles and not one.published_at else ""
    due = (
        f" until {full(instant(one.due_at), zone(state.policy))}, {left(instant(one.due_at), session.desk.now())}"
        if wait and one.due_at
        else ""
    )
    limit = state.policy.channels[one.channel].limit if one.channel in state.policy.channels else 0
    size = f"{one.length} of {limit}" if limit else str(one.length)
    blanks = f", blanks: {', '.join(one.holes)}" if one.holes else ""
    language = f" in {one.language}" if one.language else ""
    return f"{one_line(one.statement)} for {one.channel}{language}, version {one.version} {one.text_hash[:SHORT]}: {standing(state, one)}{wait}{due}; {size}{blanks}"


def as_data(case: Case, one: Draft) -> dict[str, object]:
    """Return a draft for programs."""
    return {
        "statement": one.statement, "channel": one.channel, "language": one.language, "version": one.version, "hash": one.text_hash,
        "state": standing(case.state, one), "author": one.author, "holes": list(one.holes), "length": one.length,
        "approvals": [
            {"role": role, "person": one.approvals[role].person if role in one.approvals else ""} for role in approvers_of(case.state, one)
        ],
        "waits_for": list(lacking(case.state, one)), "submitted": one.submitted_at, "due": one.due_at,
        "published": one.published_at, "deviation": one.deviation, "withdrawn": one.withdrawn_at, "entry": one.seq,
    }  # fmt: skip
