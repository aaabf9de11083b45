"""The summary as a file."""

from pathlib import Path

import click

from crisisdesk.cli.options import incident
from crisisdesk.cli.session import Stop, complain, print_text, session_of


@click.command()
@incident
@click.option(
    "--to", "to", metavar="FILE", required=True, help="FILE.md, FILE.json or FILE.csv; - prints Markdown."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_context
def export(context: click.Context, /, incident: str, to: str, force: bool) -> None:
    """Write the summary; an open incident's is marked interim."""
    from crisisdesk.domain.summary import summarise
    from crisisdesk.reports import FORMATS, NotWritten, render, write

    session = session_of(context)
    format_ = "md" if to == "-" else Path(to).suffix.lstrip(".").lower()
    if format_ not in FORMATS:
        raise Stop(
            f"'{to}' does not say which kind of file.",
            f"End its name in one of: {', '.join('.' + name for name in FORMATS)}.",
            2,
        )
    case = session.case(incident)
    if to != "-" and session.desk.owns(Path(to).expanduser()):
        raise Stop(f"'{to}' is the desk's own file.", "Choose another name for the summary.")
    faults = session.given(session.desk.verify(incident))
    summary = summarise(session.desk.entries(case), case.state, session.desk.now())
    summary = summary._replace(faults=tuple(fault.sentence for fault in faults))
    data = render(summary, format_)
    for fault in faults:
        complain(f"THE LOG DOES NOT VERIFY: {fault.sentence}", "See all with: crisisdesk verify")
    if to == "-":
        click.echo(data.decode(), nl=False)
        context.exit(1 if faults else 0)
    try:
        write(Path(to).expanduser(), data, force=force)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
    print_text(f"{case.state.label}: written to {Path(to).absolute()}")
    print_text(f"Head: {case.state.head}")
    context.exit(1 if faults else 0)
