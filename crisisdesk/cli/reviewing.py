"""The review: what happened is chosen and rated, what was found is written, what is to be done is asked for, and somebody signs."""

from pathlib import Path

import click

from crisisdesk.cli.options import as_json, because, incident, owner, writes
from crisisdesk.cli.session import Session, Stop, print_json, print_text, session_of
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.review import FINDINGS, RATINGS, by_day, entry_numbers
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant

How = str | bool | None
about = click.option("--about", metavar="ENTRY,…", default="", help="The entries it rests on: 12,17.")


@click.group()
def review() -> None:
    """Review an incident: key moments, findings, ratings, the opening paragraph, the signature."""


@review.command("show")
@incident
@click.option("--audience", metavar="NAME", default="internal", help="Who reads it.")
@click.pass_context
def show(context: click.Context, /, incident: str, audience: str) -> None:
    """Show the summary as it stands."""
    from crisisdesk.desk.summaries import summary_of
    from crisisdesk.reports.paper import draw
    from crisisdesk.reports.report import report

    session = session_of(context)
    summary = session.given(
        summary_of(session.desk, session.case(incident), audience, session.speaker.author)
    )
    click.echo(draw(report(summary), "txt").decode(), nl=False)


@review.command("moment")
@incident
@click.argument("entry", type=int)
@click.option("--no", "no", is_flag=True, help="It is a key moment no longer.")
@writes
@click.pass_context
def moment(context: click.Context, /, incident: str, entry: int, no: bool, **how: How) -> None:
    """Choose an entry as a key moment: crisisdesk review moment INC-0001 42."""
    session_of(context).write(incident, intents.MarkMoment(entry, not no), how)


@review.command("finding")
@incident
@click.argument("sort", type=click.Choice(list(FINDINGS)))
@click.argument("text")
@about
@writes
@click.pass_context
def finding(context: click.Context, /, incident: str, sort: str, text: str, about: str, **how: How) -> None:
    """Write a finding: what went well, did not, was lucky, or contributed. Conditions, never who is to blame."""
    session_of(context).write(incident, intents.WriteFinding(sort, text, numbers(about)), how)


@review.command("withdraw")
@incident
@click.argument("finding", type=int)
@because
@writes
@click.pass_context
def withdraw(context: click.Context, /, incident: str, finding: int, because: str, **how: How) -> None:
    """Say that a finding no longer stands."""
    session_of(context).write(incident, intents.WithdrawFinding(finding, because), how)


@review.command(
    "rate", help=f"Rate how a phase's goal was met. {'; '.join(f'{k}: {v}' for k, v in RATINGS.items())}."
)
@incident
@click.argument("phase")
@click.argument("rating")
@because
@writes
@click.pass_context
def rate(context: click.Context, /, incident: str, phase: str, rating: str, because: str, **how: How) -> None:
    """Rate an objective."""
    session_of(context).write(incident, intents.RateObjective(phase, rating, because), how)


@review.command("paragraph")
@incident
@click.argument("text")
@writes
@click.pass_context
def paragraph(context: click.Context, /, incident: str, text: str, **how: How) -> None:
    """Write the opening paragraph yourself, a sentence a line, its entries behind it: "It ended at 06:00. (#12, #17)". "" goes back to the one put together from entries."""
    session_of(context).write(incident, intents.WriteParagraph(text), how)


@review.command("sign")
@incident
@click.argument("file")
@click.option("--role", metavar="ROLE", default="", help="In which role you sign.")
@writes
@click.pass_context
def sign(context: click.Context, /, incident: str, file: str, role: str, **how: How) -> None:
    """Stand by a document you exported: its hash goes into the log. A later change is a new version."""
    session_of(context).write(incident, intents.SignSummary(hash_of(file), role, Path(file).name), how)


@review.command("check")
@incident
@click.argument("file")
@click.pass_context
def check(context: click.Context, /, incident: str, file: str) -> None:
    """Tell whether a document is one that was signed, by whom and when."""
    from crisisdesk.desk.summaries import summary_of

    session = session_of(context)
    case = session.case(incident)
    digest = hash_of(file)
    summary = session.given(summary_of(session.desk, case))
    for one in summary.signatures:
        if one.sha256 == digest:
            since = " More was written since." if one.changed_since else ""
            when = full(instant(one.at), zone(case.state.policy))
            print_text(f"Signed: version {one.version} by {one.by}, {one.role}, {when} (#{one.seq}).{since}")
            return
    raise Stop(
        f"Nobody has signed these bytes in {case.state.label}.",
        "It may have been changed or saved again since; compare it with the copy that was signed.",
    )


def hash_of(file: str) -> str:
    """Return the SHA-256 of a file, or stop with a sentence."""
    from crisisdesk.desk.files import hash_of_file

    found = hash_of_file(file)
    if isinstance(found, Refused):
        raise Stop(found.sentence, found.remedy)
    return found


@click.group("follow-up")
def follow_up() -> None:
    """Keep what is to be done so that it goes better: add, done, verified, dropped, put off, list."""


@follow_up.command("add")
@incident
@click.argument("text")
@owner
@click.option("--due", metavar="DAY", help="By when: 2026-12-01, or with a time.")
@click.option("--start", metavar="DAY", help="From when.")
@click.option("--verify", "verification", metavar="TEXT", default="", help="How one will see that it helped.")
@about
@writes
@click.pass_context
def add(
    context: click.Context, /, incident: str, text: str, owner: str, due: str | None, start: str | None,
    verification: str, about: str, **how: How,
) -> None:  # fmt: skip
    """Ask for something to be done: crisisdesk follow-up add INC-0001 "Train stand-ins" --owner NAME --due 2026-12-01."""
    session = session_of(context)
    intent = intents.AddFollowUp(
        text, owner, session.at(incident, by_day(due) if due else None, "future"),
        session.at(incident, start, "future"), verification, numbers(about),
    )  # fmt: skip
    session.write(incident, intent, how)


def _changed(standing: str, help_: str) -> click.Command:
    @incident
    @click.argument("follow_up", metavar="ENTRY", type=int)
    @because
    @writes
    @click.pass_context
    def command(context: click.Context, /, incident: str, follow_up: int, because: str, **how: How) -> None:
        intent = intents.ChangeFollowUp(follow_up, standing, because=because)
        session_of(context).write(incident, intent, how)

    return click.command(help=help_)(command)


follow_up.add_command(_changed("done", "Say that it is done."), "done")
follow_up.add_command(_changed("verified", "Say that somebody saw that it helped."), "verified")
follow_up.add_command(_changed("dropped", "Say that it is not done after all, with --because."), "drop")
follow_up.add_command(_changed("open", "Open it again."), "reopen")


@follow_up.command("move")
@incident
@click.argument("follow_up", metavar="ENTRY", type=int)
@click.option("--due", metavar="DAY", help="The new day; later needs --because.")
@owner
@because
@writes
@click.pass_context
def move(
    context: click.Context, /, incident: str, follow_up: int, due: str | None, owner: str, because: str, **how: How
) -> None:  # fmt: skip
    """Give it to another owner, or another day."""
    session = session_of(context)
    moment = session.at(incident, by_day(due) if due else None, "future")
    session.write(incident, intents.ChangeFollowUp(follow_up, "open", owner, moment, because), how)


@follow_up.command("list")
@click.argument("incident", metavar="[INC]", required=False, default="")
@click.option("--all", "every", is_flag=True, help="Also what is done, verified or dropped.")
@as_json
@click.pass_context
def list_(context: click.Context, /, incident: str, every: bool, json_: bool) -> None:
    """Show follow-ups, of one incident or of all, soonest due first."""
    session = session_of(context)
    stream = session.case(incident).state.stream if incident else ""
    rows = [
        row for row in session.desk.journal.table("follow_ups", stream) if every or row["standing"] == "open"
    ]
    rows.sort(key=lambda row: (str(row["due_at"]), str(row["incident"]), int(row["seq"])))
    if json_:
        print_json("follow-ups", {"follow_ups": rows})
        return
    for row in rows:
        print_text(_told(session, row))
    if not rows:
        print_text("No follow-up is open." if not every else "No follow-up is written.")


def _told(session: Session, row: dict[str, str | int]) -> str:
    case = session.case(str(row["stream"]))
    now, due = session.desk.now(), instant(str(row["due_at"]))
    stands = str(row["standing"])
    late = "LATE, " if stands == "open" and due < now else ""
    return (
        f"{row['incident']} #{row['seq']}  {late}{stands}, due {full(due, zone(case.state.policy))}, "
        f"{one_line(str(row['owner']))}: {one_line(str(row['what']))}"
    )


def numbers(typed: str) -> tuple[int, ...]:
    """Read the numbers of entries, or stop with a sentence."""
    found = entry_numbers(typed)
    if found is None:
        raise Stop(f"'{typed}' are not numbers of entries.", "Write them as 12,17.", 2)
    return found
