"""Evidence: what was kept, and its bytes again, checked against their hash."""

from collections.abc import Mapping
from pathlib import Path

import click

from crisisdesk.cli.options import as_json, incident
from crisisdesk.cli.session import Session, Stop, print_json, print_text, session_of
from crisisdesk.desk import Case
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.text import file_name, one_line
from crisisdesk.domain.times import full, instant


@click.group()
def evidence() -> None:
    """List what was kept as evidence, and write its bytes out again. To add: crisisdesk attach."""


@evidence.command("list")
@incident
@as_json
@click.pass_context
def list_(context: click.Context, /, incident: str, json_: bool) -> None:
    """Show every file and link with its entry, hash, and where it came from."""
    session = session_of(context)
    case = session.case(incident)
    rows = session.desk.table(case, "evidence_kept")
    if json_:
        print_json("evidence", {"incident": case.state.label, "evidence": rows})
        return
    tz = zone(case.state.policy)
    for row in rows:
        what = f"{row['name']} ({row['size']:,} bytes)" if row["sha256"] else str(row["link"])
        print_text(
            f"#{row['seq']} {one_line(what)}, captured {full(instant(str(row['captured_at'])), tz)} by {one_line(str(row['captured_by']))}"
        )
        parts = (("step ", "step"), ("SHA-256 ", "sha256"), ("original by ", "original_author"), ("original of ", "original_time"),
                 ("with ", "tool"), ("", "note"))  # fmt: skip
        told = "; ".join(f"{before}{row[name]}" for before, name in parts if row[name])
        if told:
            print_text(f"    {one_line(told)}")
    if not rows:
        print_text(f"No evidence is attached. Attach: crisisdesk attach {case.state.label} FILE --step STEP")


@evidence.command("extract")
@incident
@click.argument("number", metavar="[SEQ]", default="")
@click.option(
    "--to", "to", metavar="DIR", required=True, help="The folder to write to; made when it is not there."
)
@click.pass_context
def extract(context: click.Context, /, incident: str, number: str, to: str) -> None:
    """Write the kept files to a folder, each checked against its SHA-256; one only, when its entry is named."""
    session = session_of(context)
    case = session.case(incident)
    rows = [row for row in session.desk.table(case, "evidence_kept") if row["sha256"]]
    if number:
        rows = [row for row in rows if str(row["seq"]) == number.removeprefix("#")]
    if not rows:
        what = (
            f"#{number.removeprefix('#')} is no file of {case.state.label}."
            if number
            else f"{case.state.label} holds no file."
        )
        raise Stop(what, f"See them with: crisisdesk evidence list {case.state.label}")
    folder = Path(to).expanduser()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise Stop(f"'{to}' cannot be made: {trouble.strerror}.", "Name another folder.") from None
    for row in rows:
        print_text(str(_written(session, case, row, folder)))


def _written(session: Session, case: Case, row: Mapping[str, str | int], folder: Path) -> Path:
    """Write one file; one that is there already with the same bytes is left as it is."""
    from crisisdesk.reports import NotWritten, write

    content = session.given(session.desk.kept_file(str(row["sha256"])))
    path = folder / f"{case.state.label}-{row['seq']}-{file_name(str(row['name']))}"
    try:
        if not (path.is_file() and path.read_bytes() == content):
            write(path, content)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, "Name another folder.") from None
    except OSError as trouble:
        raise Stop(f"'{path}' cannot be read: {trouble.strerror}.", "Name another folder.") from None
    return path
