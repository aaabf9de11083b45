"""The summary as a file, and the one way any page of an incident becomes one."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from crisisdesk.desk import Case
    from crisisdesk.domain.summary.parts_review import LeftOut
    from crisisdesk.reports import Fill

from crisisdesk.cli.options import force, incident
from crisisdesk.cli.session import Session, Stop, complain, print_text, session_of


@click.command()
@incident
@click.option(
    "--to",
    "to",
    metavar="FILE",
    required=True,
    help="A file; its ending says which kind: .docx, .pdf, .html, .md, .xlsx, .json, .csv, .svg, .ics, .ics-214.docx, .timesketch.csv, .slack.txt, …; .zip is a bundle of everything; - prints Markdown.",
)
@click.option(
    "--audience",
    metavar="NAME",
    default="",
    help="Who reads it: internal (the usual), executive, public or legal, as the policy has them.",
)
@force
@click.pass_context
def export(context: click.Context, /, incident: str, to: str, audience: str, force: bool) -> None:
    """Write the summary; an open incident's is marked interim."""
    from crisisdesk.desk.summaries import summary_of
    from crisisdesk.reports import FORMATS, NotWritten, format_of, render

    session = session_of(context)
    if to.casefold().endswith(".zip"):
        from crisisdesk.cli.bundling import write_bundle_of

        context.exit(write_bundle_of(session, incident, to, audience, force=force))
    format_ = "md" if to == "-" else format_of(to) or ending(to, FORMATS)
    case = session.case(incident)
    not_our_own(session, to, "summary")
    if (
        format_ == "csv"
        and (code := _page_by_page(session, case, to, audience or "internal", force=force)) is not None
    ):
        context.exit(code)
    summary = session.given(summary_of(session.desk, case, audience or "internal", session.speaker.author))
    try:
        data = render(summary, format_)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
    warn_of(summary.faults)
    if to == "-":
        click.echo(data.decode(), nl=False)
    else:
        put(to, data, force=force)
        _told(case, to, summary.left_out)
    context.exit(1 if summary.faults else 0)


def _page_by_page(session: Session, case: "Case", to: str, audience: str, *, force: bool) -> int | None:
    """Write the timeline's table without ever holding it whole; None where this copy takes the whole log to make."""
    from crisisdesk.desk.long_timeline import long_timeline
    from crisisdesk.reports.as_csv import csv_pages

    found = long_timeline(session.desk, case, audience)
    if found is None:
        return None
    faults = session.given(session.desk.verify(case.state.label))
    warn_of(fault.sentence for fault in faults)

    def fill(out: BinaryIO) -> None:
        out.writelines(csv_pages(found.pages, case.state.policy.time_zone))

    put(to, fill, force=force)
    _told(case, to, found.left_out)
    return 1 if faults else 0


def _told(case: "Case", to: str, left_out: "Iterable[LeftOut]") -> None:
    print_text(f"{case.state.label}: written to {Path(to).absolute()}")
    for one in left_out:
        print_text(f"Left out: {one.number} {'entry' if one.number == 1 else 'entries'}, {one.why}")
    print_text(f"Head: {case.state.head}")


def ending(to: str, known: Iterable[str]) -> str:
    """Return which kind of file a name asks for, or stop with those there are."""
    found = Path(to).suffix.lstrip(".").lower()
    if found not in known:
        raise Stop(
            f"'{to}' does not say which kind of file.",
            f"End its name in one of: {', '.join('.' + name for name in known)}.",
            2,
        )
    return found


def not_our_own(session: Session, to: str, page: str) -> None:
    """Stop where a page would be written over the desk's own file."""
    if to != "-" and session.desk.owns(Path(to).expanduser()):
        raise Stop(f"'{to}' is the desk's own file.", f"Choose another name for the {page}.")


def warn_of(faults: Iterable[str]) -> None:
    """Say on standard error, in sentences, what does not fit in the log a page is drawn from."""
    for fault in faults:
        complain(f"THE LOG DOES NOT VERIFY: {fault}", "See all with: crisisdesk verify")


def put(to: str, data: "bytes | Fill", *, force: bool) -> None:
    """Write a file whole or not at all, or stop with the reason."""
    from crisisdesk.reports import NotWritten, write

    try:
        write(Path(to).expanduser(), data, force=force)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
