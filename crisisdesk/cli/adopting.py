"""Making the playbooks one's own: adopting them by name and date, and what a newer shipped version says."""

from datetime import date
from typing import TYPE_CHECKING

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.session import Session, Stop, complain, print_json, print_text, session_of

if TYPE_CHECKING:
    from crisisdesk.desk.playbooks import Library
    from crisisdesk.domain.adoption import Open
    from crisisdesk.domain.differences import Difference

POLICY = "policy"


@click.command("adopt")
@click.argument("name")
@click.option("--by", "by_", metavar="NAMES", default="", help='Who adopts it: "Jo Example, Sam Example".')
@click.option("--date", "date_", metavar="DATE", default="", help="When; today if left out: 2026-11-23.")
@click.option("--anyway", is_flag=True, help="In spite of what is open; needs --because.")
@click.option("--because", metavar="TEXT", default="", help="Why anyway.")
@click.pass_context
def adopt(context: click.Context, /, name: str, by_: str, date_: str, anyway: bool, because: str) -> None:
    """Adopt a playbook, or policy: asks what must be answered first, then dates it. Until then every screen says: sample."""
    from crisisdesk.desk.playbooks import CannotAdopt, adopt_file

    session = session_of(context)
    library = session.desk.library()
    questions = _questions(library, name)
    for one in questions:
        print_text(f"{'Open' if one.blocks else 'Note'} ({one.file}.yaml): {one.sentence}")
    _refuse(name, by_, [one for one in questions if one.blocks], anyway=anyway, because=because)
    day = _day(session, date_)
    names = " ".join(by_.split())
    reason = f" in spite of open questions, {' '.join(because.split())}" if anyway and because.strip() else ""
    try:
        adopt_file(library.folder / f"{name}.yaml", f"{day.isoformat()} by {names}{reason}")
    except CannotAdopt as why:
        raise Stop(str(why)) from None
    except OSError as trouble:
        raise Stop(
            f"'{name}.yaml' cannot be written: {trouble.strerror}.", "Check who may write it."
        ) from None
    print_text(
        f"{name} is adopted: {day.isoformat()} by {names}. Running incidents keep the copy they began with."
    )


def _refuse(name: str, by_: str, blocking: "list[Open]", *, anyway: bool, because: str) -> None:
    if blocking and not (anyway and because.strip()):
        again = 'Answer them in the files, or adopt in spite of them: --anyway --because "…".'
        raise Stop(f"{name} is not adopted: {len(blocking)} questions are open.", again)
    if not by_.strip():
        raise Stop("Who adopts it?", 'Add the names: --by "Jo Example, Sam Example".')


def _questions(library: "Library", name: str) -> "list[Open]":
    from crisisdesk.domain.adoption import playbook_questions, policy_questions

    broken = [
        problem for file in (POLICY, name) for problem in library.problems.get(file, ()) if problem.is_error
    ]
    if broken or library.policy is None:
        for problem in broken:
            complain(problem.render())
        raise Stop(
            f"{name} has problems and cannot be adopted.", "Mend them first: crisisdesk playbook check"
        )
    policy = library.policy.value
    if name == POLICY:
        return policy_questions(policy)
    plan = library.playbooks.get(name)
    if plan is None:
        raise Stop(f"There is no playbook '{name}'.", f"Playbooks are: {', '.join(library.playbooks)}.")
    counted: dict[str, int] = {}
    for person in library.people:
        for role in person.roles:
            counted[role] = counted.get(role, 0) + 1
    return playbook_questions(plan.value, policy, counted if library.people else None)


def _day(session: Session, typed: str) -> date:
    if not typed:
        return session.desk.now().date()
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Stop(f"'{typed}' is not a date.", "Write it as 2026-11-23.", 2) from None


@click.command("diff")
@click.argument("name", default="")
@as_json
@click.pass_context
def diff(context: click.Context, /, name: str, json_: bool) -> None:
    """Show in words what the shipped version says and your own does not."""
    from crisisdesk.desk.playbooks import read, shipped_folder

    session = session_of(context)
    own, shipped = session.desk.library(), read(shipped_folder())
    if own.folder.absolute() == shipped.folder.absolute():
        raise Stop(
            "You use the playbooks CrisisDesk comes with.", "Make them your own first: crisisdesk init DIR"
        )
    found = _differences(own, shipped)
    if name and name not in found:
        raise Stop(
            f"Neither your folder nor the shipped one has '{name}'.", f"There are: {', '.join(found)}."
        )
    chosen = {name: found[name]} if name else found
    if json_:
        print_json(
            "diff", {"differences": {one: [each._asdict() for each in some] for one, some in chosen.items()}}
        )
        return
    for one, some in chosen.items():
        print_text(f"{one}: {_counted(some)}")
        for each in some if name else ():
            print_text(f"  {each.sentence}")


def _counted(some: "tuple[Difference, ...]") -> str:
    if not some:
        return "the same as shipped"
    return f"{len(some)} {'difference' if len(some) == 1 else 'differences'} in the shipped version"


def _differences(own: "Library", shipped: "Library") -> "dict[str, tuple[Difference, ...]]":
    from crisisdesk.domain.differences import Difference, differences, policy_differences

    found: dict[str, tuple[Difference, ...]] = {}
    if own.policy and shipped.policy:
        found[POLICY] = policy_differences(own.policy.value, shipped.policy.value)
    for name in sorted({*own.playbooks, *shipped.playbooks}):
        mine, theirs = own.playbooks.get(name), shipped.playbooks.get(name)
        if mine and theirs:
            found[name] = differences(mine.value, theirs.value)
        elif theirs:
            found[name] = (
                Difference("added", name, f"Shipped, and not in your folder: {theirs.value.title}"),
            )
        else:
            found[name] = (Difference("removed", name, "In your folder only; none like it is shipped"),)
    return found
