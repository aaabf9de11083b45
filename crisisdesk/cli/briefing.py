"""The brief: what the next person needs to know, at any time."""

from pathlib import Path

import click

from crisisdesk.cli.exporting import ending, not_our_own, put, warn_of
from crisisdesk.cli.options import as_json, force, incident
from crisisdesk.cli.session import Session, Stop, entry_number, print_json, print_text, session_of
from crisisdesk.domain.brief import Brief


@click.command()
@incident
@click.option("--to", "to", metavar="FILE", default="", help="FILE.md or FILE.txt; - prints Markdown.")
@click.option(
    "--for-chat", is_flag=True, help="Short, to paste into Slack or Teams; a file of it ends in .txt."
)
@click.option(
    "--since", metavar="SEQ", default="", help="What changed after this entry, not since the lead was taken."
)
@force
@as_json
@click.pass_context
def brief(
    context: click.Context, /, incident: str, to: str, for_chat: bool, since: str, force: bool, json_: bool
) -> None:
    """Write the brief: what is next, late, waiting, promised, frozen, decided and why, and what changed.

    Without --to it prints plain text. Words kept closer than normal are replaced by the number of their entry.
    """
    from crisisdesk.reports.brief import ENDINGS, as_chat, as_markdown, as_text
    from crisisdesk.reports.brief import as_json as as_object

    if json_ and (to or for_chat):
        raise click.UsageError("--json is printed as it is: leave out --to and --for-chat.")
    if for_chat and to == "-":
        raise click.UsageError("--for-chat is printed as it is: leave out --to -.")
    session = session_of(context)
    kinds = ["txt"] if for_chat else list(ENDINGS)
    format_ = "md" if to == "-" else ending(to, kinds) if to else "txt"
    if to:
        not_our_own(session, to, "brief")
    page, broken = _drawn(session, incident, since)
    if json_:
        print_json("brief", as_object(page))
        context.exit(1 if broken else 0)
    text = as_chat(page) if for_chat else as_markdown(page) if format_ == "md" else as_text(page)
    if to and to != "-":
        put(to, text.encode("utf-8", "backslashreplace"), force=force)
        print_text(f"{page.label}: written to {Path(to).absolute()}")
        print_text(f"Head: {page.head}")
    else:
        click.echo(text, nl=False)
    context.exit(1 if broken else 0)


def _drawn(session: Session, incident: str, since: str) -> tuple[Brief, bool]:
    """Return the brief, and whether the log it is drawn from does not verify."""
    from crisisdesk.domain.brief import brief as draw

    case = session.case(incident)
    after = entry_number(since) if since else 0
    if after > case.state.seq:
        raise Stop(f"{case.state.label} has no entry #{after}; its last is #{case.state.seq}.")
    faults = session.given(session.desk.verify(incident))
    warn_of(fault.sentence for fault in faults)
    entries, author = session.desk.entries(case), session.speaker.author
    page = draw(case.state, entries, session.desk.now(), author, since=after)
    return page._replace(faults=tuple(fault.sentence for fault in faults)), bool(faults)
