"""Playbooks: list and check them (``paper`` shows and draws one); and ``init``, which copies the shipped ones to a folder of one's own."""

from pathlib import Path

import click

from crisisdesk.cli.adopting import adopt, diff
from crisisdesk.cli.options import as_json
from crisisdesk.cli.paper import graph, show
from crisisdesk.cli.session import Stop, complain, print_json, print_text, session_of


@click.group()
def playbook() -> None:
    """List, show, draw, check, compare and adopt playbooks."""


for command in (show, graph, adopt, diff):
    playbook.add_command(command)


@playbook.command("list")
@as_json
@click.pass_context
def list_(context: click.Context, /, json_: bool) -> None:
    """All playbooks of the folder, with the number of problems in each."""
    from crisisdesk.desk.playbooks import WHOLE
    from crisisdesk.domain.adoption import review_state
    from crisisdesk.domain.runbook import zone

    desk = session_of(context).desk
    library = desk.library()
    today = desk.now().astimezone(zone(library.policy.value) if library.policy else None).date()
    every = library.policy.value.review_every if library.policy else ""
    if whole := library.problems.get(WHOLE):
        raise Stop(f"{library.folder}: {whole[0].text}", whole[0].fix)
    if library.policy is None:
        complain(
            "The policy cannot be used, so no playbook can.",
            "See what is wrong with: crisisdesk playbook check",
        )
    names = sorted({*library.playbooks, *library.problems} - {"policy", "common", "people"})
    found = []
    for name in names:
        loaded = library.playbooks.get(name)
        problems = [problem.render() for problem in library.problems.get(name, ())]
        review = review_state(loaded.value.reviewed, every, today) if loaded else ""
        title = loaded.value.title if loaded else ""
        found.append({"name": name, "title": title, "problems": problems, "review": review})
    if json_:
        print_json("playbooks", {"playbooks": found})
        context.exit(0 if library.policy else 1)
    for each in found:
        loaded = library.playbooks.get(str(each["name"]))
        count = len(library.problems.get(str(each["name"]), ()))
        sample = " (sample, not adopted)" if loaded and loaded.value.adopted.startswith("not yet") else ""
        print_text(
            f"{each['name']:<22} {each['title'] or 'cannot be used'}{sample}"
            + (f", {each['review']}" if each["review"] else "")
            + (f", {count} problems" if count else "")
        )
    context.exit(0 if library.policy else 1)


@playbook.command("check")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--watch", "watch_", is_flag=True, help="Check again whenever a file is saved.")
@as_json
@click.pass_context
def check(context: click.Context, /, files: tuple[str, ...], watch_: bool, json_: bool) -> None:
    """Check playbook files: all problems at once, each with its place and what to write instead."""
    from crisisdesk.desk.playbooks import shipped_folder

    if watch_ and json_:
        raise click.UsageError("--watch is for reading along; for programs use --json alone.")
    folder = session_of(context).settings.playbooks or shipped_folder()

    def paths() -> list[Path]:
        return [Path(file).expanduser() for file in files] or [folder]

    def watched() -> list[Path]:
        return [Path(file).expanduser() for file in files] or sorted(folder.glob("*.yaml"))

    if not watched():
        raise Stop(f"There are no playbooks in {folder}.", "Make some with: crisisdesk init DIR")
    if watch_:
        from crisisdesk.cli.watching import watch

        watch(watched, lambda: _checked(paths(), json_=json_))
        return
    context.exit(1 if _checked(paths(), json_=json_) else 0)


def _checked(paths: list[Path], *, json_: bool) -> int:
    """Print every problem of some files; return how many keep a file from being used."""
    from crisisdesk.desk.playbooks import check_files

    problems = check_files(paths)
    errors = sum(problem.is_error for problem in problems)
    if json_:
        listed = [problem.as_data() for problem in problems]
        print_json("check", {"files": [str(path) for path in paths], "problems": listed})
        return errors
    for problem in problems:
        print_text(problem.render())
    files = sum(len(list(path.glob("*.yaml"))) if path.is_dir() else 1 for path in paths)
    counted = (_many(files, "file"), _many(errors, "problem"), _many(len(problems) - errors, "warning"))
    print_text(f"{', '.join(counted)}.")
    return errors


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say more about a problem's code, such as E010."""
    from crisisdesk.desk.playbooks import codes
    from crisisdesk.desk.playbooks import explain as meaning
    from crisisdesk.domain.text import nearest

    said = meaning(code)
    if said is None:
        near = nearest(code.upper(), codes())
        raise Stop(
            f"There is no code '{code}'.",
            f"Did you mean '{near}'?" if near else f"Codes are: {', '.join(codes())}.",
        )
    print_text(f"{code.strip().upper()}  {said}")


playbook.add_command(explain)


@click.command()
@click.argument("folder", metavar="DIR")
def schema(folder: str) -> None:
    """Write the JSON Schemas to a folder, for an editor with the YAML language server."""
    from crisisdesk.desk.playbooks import copy_schemas

    target = Path(folder).expanduser()
    try:
        written = copy_schemas(target)
    except OSError as trouble:
        raise Stop(f"'{target}' cannot be written: {trouble.strerror}.", "Choose another folder.") from None
    print_text(
        f"{len(written)} schemas written to {target.absolute()}: {', '.join(path.name for path in written)}."
    )
    print_text(
        "A playbook names its own in its first line: # yaml-language-server: $schema=../schema/playbook.schema.json"
    )


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
