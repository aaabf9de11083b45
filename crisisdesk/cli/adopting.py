"""Making the playbooks one's own: adopting them by name and date, and what a newer shipped version says."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.session import Session, Stop, print_json, print_text, session_of
from crisisdesk.domain.text import one_line

if TYPE_CHECKING:
    from crisisdesk.desk.playbooks import Compared, Located


@click.command("adopt")
@click.argument("name")
@click.option("--by", "by_", metavar="NAMES", default="", help='Who adopts it: "Jo Example, Sam Example".')
@click.option("--date", "date_", metavar="DATE", default="", help="When; today if left out: 2026-11-23.")
@click.option("--confirm", is_flag=True, help="The policy's time zone and regions are ours.")
@click.option("--anyway", is_flag=True, help="In spite of what is open; needs --because.")
@click.option("--because", metavar="TEXT", default="", help="Why; kept in a comment beside it.")
@click.pass_context
def adopt(
    context: click.Context, /, name: str, by_: str, date_: str, confirm: bool, anyway: bool, because: str
) -> None:
    """Adopt a playbook, or policy: asks what must be answered first, then dates it. Until then every screen says: sample."""
    from crisisdesk.desk.playbooks import open_questions, shipped_folder
    from crisisdesk.domain.adoption import Signing, names_in

    session = session_of(context)
    names = names_in(by_)
    if names is None:
        raise Stop("A name holds a line break or a sign that cannot be seen.", "Type it anew.", 2)
    if anyway and not because.strip():
        raise Stop("Why anyway?", 'Add the reason: --because "…".', 2)
    folder = session.settings.playbooks or shipped_folder()
    found = session.given(open_questions(folder, name, Signing(names, confirmed=confirm)))
    _show(found)
    blocking = sum(one.open.blocks for one in found)
    if blocking and not anyway:
        again = 'Answer them in the files, or adopt in spite of them: --anyway --because "…".'
        raise Stop(f"{name} is not adopted, and nothing was changed: {_many(blocking)} open.", again)
    if not names:
        raise Stop("Who adopts it? Nothing was changed.", 'Add the names: --by "Jo Example, Sam Example".', 2)
    _adopt(session, folder, name, f"{_day(session, folder, date_)} by {', '.join(names)}", because, blocking)


def _show(found: "list[Located]") -> None:
    """Print what must be answered, then what is only a remark, each with its place."""
    for one in sorted(found, key=lambda one: not one.open.blocks):
        where = f" ({one.place})" if one.place else ""
        print_text(f"{'Open' if one.open.blocks else 'Note'}: {one_line(one.open.sentence)}{where}")


def _many(number: int) -> str:
    return "1 question is" if number == 1 else f"{number} questions are"


def _adopt(session: Session, folder: Path, name: str, adopted: str, because: str, blocking: int) -> None:
    from crisisdesk.desk.playbooks import adopt_file

    reason = one_line(because)
    spite = (
        f"adopted in spite of {blocking} open question{'' if blocking == 1 else 's'}"
        if blocking
        else "adopted"
    )
    try:
        refused = adopt_file(folder, name, adopted, f"{adopted[:10]}, {spite}: {reason}" if reason else "")
    except OSError as trouble:
        why = trouble.strerror or "the system refuses"
        raise Stop(f"'{name}.yaml' cannot be written: {why}.", "Check who may write there.") from None
    if refused:
        session.given(refused)
    print_text(f"{name} is adopted: {adopted}. Running incidents keep the copy they began with.")
    if reason:
        print_text(f"{spite[:1].upper()}{spite[1:]}, because: {reason}")


def _day(session: Session, folder: Path, typed: str) -> date:
    """Return the day as typed, or today where the policy is at home; a day to come is refused."""
    from crisisdesk.desk.playbooks import read
    from crisisdesk.domain.runbook import zone

    policy = read(folder).policy
    today = session.now().astimezone(zone(policy.value) if policy else None).date()
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        day = None
    if day is None or (typed and day.isoformat() != typed):
        raise Stop(f"'{typed}' is not a date.", "Write it as 2026-11-23.", 2)
    if day > today:
        raise Stop(
            f"{day} is still to come. Nothing was changed.", "Adopt it on the day, or leave --date out."
        )
    return day


@click.command("diff")
@click.argument("name", default="")
@as_json
@click.pass_context
def diff(context: click.Context, /, name: str, json_: bool) -> None:
    """Say in words where your own files and the shipped ones differ: one file, or all with the number in each."""
    from crisisdesk.desk.playbooks import compared, shipped_folder
    from crisisdesk.domain.text import nearest

    folder = session_of(context).settings.playbooks or shipped_folder()
    found = compared(folder)
    if found is not None and name and name not in found:
        near = nearest(name, found)
        known = f"There are: {', '.join(found)}."
        raise Stop(
            f"Neither {folder} nor the shipped folder has '{name}'.",
            f"Did you mean '{near}'?" if near else known,
        )
    chosen = {name: found[name]} if found and name else found or {}
    if json_:
        _print_json(folder, chosen, same=found is None)
    elif found is None:
        print_text("You use the playbooks CrisisDesk comes with, so there is nothing to compare.")
        print_text("Make them your own with: crisisdesk init DIR")
    else:
        for one, some in chosen.items():
            print_text(f"{one:<22} {_counted(some)}")
            for line in [*some.problems, *(each.sentence for each in some.differences if name)]:
                print_text(f"  {line}")
    context.exit(1 if any(one.problems for one in chosen.values()) else 0)


def _counted(some: "Compared") -> str:
    if some.problems:
        return "cannot be compared"
    if some.only_in:
        return "only in your folder" if some.only_in == "yours" else "shipped, and not in your folder"
    if not some.differences:
        return "the same as shipped"
    return f"{len(some.differences)} difference{'' if len(some.differences) == 1 else 's'}"


def _print_json(folder: Path, chosen: "dict[str, Compared]", *, same: bool) -> None:
    """Print the comparison for programs; ``old`` is yours, ``new`` the shipped one."""
    from crisisdesk.desk.playbooks import shipped_folder

    print_json("diff", {
        "folder": str(folder), "shipped": str(shipped_folder()), "same_folder": same,
        "differences": {name: [each._asdict() for each in one.differences] for name, one in chosen.items()},
        "only_in": {name: one.only_in for name, one in chosen.items() if one.only_in},
        "problems": {name: list(one.problems) for name, one in chosen.items() if one.problems},
    })  # fmt: skip
