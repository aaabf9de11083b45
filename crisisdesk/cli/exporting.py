"""The summary as a file."""

from pathlib import Path

import click

from crisisdesk.cli.options import incident
from crisisdesk.cli.session import Stop, print_text, session_of


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
    data = render(summarise(session.desk.entries(case), case.state, session.desk.now()), format_)
    if to == "-":
        click.echo(data.decode(), nl=False)
        return
    try:
        write(Path(to).expanduser(), data, force=force)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
    print_text(f"{case.state.label}: written to {Path(to).absolute()}")
    print_text(f"Head: {case.state.head}")
