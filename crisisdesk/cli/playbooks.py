"""Playbooks: list and check them (``paper`` shows and draws one); and ``init``, which copies the shipped ones to a folder of one's own."""

from pathlib import Path

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.paper import graph, show
from crisisdesk.cli.session import Stop, print_json, print_text, session_of


@click.group()
def playbook() -> None:
    """List, show, draw and check playbooks."""


playbook.add_command(show)
playbook.add_command(graph)


@playbook.command("list")
@as_json
@click.pass_context
def list_(context: click.Context, /, json_: bool) -> None:
    """All playbooks of the folder, with the number of problems in each."""
    library = session_of(context).desk.library()
    names = sorted({*library.playbooks, *library.problems} - {"policy", "common", "people"})
    found = []
    for name in names:
        loaded = library.playbooks.get(name)
        problems = [problem.render() for problem in library.problems.get(name, ())]
        found.append({"name": name, "title": loaded.value.title if loaded else "", "problems": problems})
    if json_:
        print_json("playbooks", {"playbooks": found})
        return
    for each in found:
        loaded = library.playbooks.get(str(each["name"]))
        count = len(library.problems.get(str(each["name"]), ()))
        sample = " (sample, not adopted)" if loaded and loaded.value.adopted.startswith("not yet") else ""
        print_text(
            f"{each['name']:<22} {each['title'] or 'cannot be used'}{sample}"
            + (f", {count} problems" if count else "")
        )


@playbook.command("check")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@as_json
@click.pass_context
def check(context: click.Context, /, files: tuple[str, ...], json_: bool) -> None:
    """Check playbook files: all problems at once, each with its place and what to write instead."""
    from crisisdesk.desk.playbooks import check_files, shipped_folder

    folder = session_of(context).settings.playbooks or shipped_folder()
    paths = [Path(file).expanduser() for file in files] or sorted(folder.glob("*.yaml"))
    if not paths:
        raise Stop(f"There are no playbooks in {folder}.", "Make some with: crisisdesk init DIR")
    problems = check_files(paths)
    errors = [problem for problem in problems if problem.is_error]
    if json_:
        print_json(
            "check",
            {"files": [str(path) for path in paths], "problems": [problem.as_data() for problem in problems]},
        )
    else:
        for problem in problems:
            print_text(problem.render())
        print_text(f"{len(paths)} files, {len(errors)} problems, {len(problems) - len(errors)} warnings.")
    context.exit(1 if errors else 0)


@click.command()
@click.argument("folder", metavar="DIR")
def init(folder: str) -> None:
    """Copy the shipped policy, playbooks and schemas to a folder of your own; nothing there is overwritten."""
    from crisisdesk.desk.playbooks import copy_shipped

    target = Path(folder).expanduser()
    try:
        copied, kept = copy_shipped(target)
    except OSError as trouble:
        raise Stop(f"'{target}' cannot be written: {trouble.strerror}.", "Choose another folder.") from None
    print_text(
        f"{len(copied)} files copied to {target.absolute()}"
        + (f"; {len(kept)} were there already and stay as they are." if kept else ".")
    )
    print_text(
        f"Use them with: crisisdesk --playbooks {target} …, CRISISDESK_PLAYBOOKS, or playbooks in the settings file."
    )
