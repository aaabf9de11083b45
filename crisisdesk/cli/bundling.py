"""One incident whole in a zip: written, and taken into another desk."""

from pathlib import Path
from typing import BinaryIO

import click

from crisisdesk.cli.exporting import not_our_own, put, warn_of
from crisisdesk.cli.session import Session, Stop, print_text, session_of

PAGES = ("docx", "html", "md", "json", "svg")
"""The summary in a bundle: to read on any machine, and to verify."""


def write_bundle_of(session: Session, incident: str, to: str, audience: str, *, force: bool) -> int:
    """Write an incident's bundle; returns the exit code. It holds everything, so it is for no smaller audience."""
    from crisisdesk.desk import JournalTrouble
    from crisisdesk.desk.bundle.writing import write_bundle
    from crisisdesk.desk.summaries import summary_of
    from crisisdesk.domain.sensitivity import kept_closer
    from crisisdesk.reports import NotWritten, render

    case = session.case(incident)
    if audience not in ("", "legal"):
        raise Stop(
            "A bundle holds the whole log, also what was kept closer.",
            f"For an audience write a document: --to {case.state.label}.docx --audience {audience}",
            2,
        )
    not_our_own(session, to, "bundle")
    summary = session.given(summary_of(session.desk, case, "legal", session.speaker.author))
    name = f"summary-{case.state.label}"
    pages = {}
    for ending in PAGES:
        try:
            pages[f"{name}.{ending}"] = render(summary, ending)
        except NotWritten as trouble:
            raise Stop(trouble.sentence, trouble.remedy) from None

    def fill(out: BinaryIO) -> None:
        write_bundle(out, session.desk, case, pages)

    warn_of(summary.faults)
    try:
        put(to, fill, force=force)
    except JournalTrouble as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
    print_text(f"{case.state.label}: everything written to {Path(to).expanduser().absolute()}")
    closer = len(kept_closer(summary.entries))
    if closer:
        print_text(
            f"It holds {closer} entries that few may read. Give it only to whoever may read all of it."
        )
    print_text(f"Head: {case.state.head}")
    return 1 if summary.faults else 0


@click.command("import")
@click.argument("bundle", metavar="BUNDLE.zip")
@click.pass_context
def import_(context: click.Context, /, bundle: str) -> None:
    """Take a bundle into this desk: every byte is checked first, and nothing of it is changed."""
    from crisisdesk.desk.bundle.taking_in import take_in

    session = session_of(context)
    case = session.given(take_in(session.desk, Path(bundle).expanduser(), session.speaker))
    print_text(f"{case.state.label} is here, with {case.state.seq} entries, as it was: {case.title}")
    if case.state.status != "closed":
        print_text("It is not closed. Go on with it in one desk only, or its logs part.")
    print_text(f"Head: {case.state.head}")
