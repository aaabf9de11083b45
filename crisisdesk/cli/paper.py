"""A playbook on paper: the runbook it would give, on the terminal or in a file; and its steps as a picture."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.session import Session, Stop, pairs, print_json, print_text, session_of

if TYPE_CHECKING:
    from crisisdesk.domain.conditions import Fact
    from crisisdesk.domain.paper import Plan
    from crisisdesk.domain.policy import Policy

_WIDTH = 79
"""Columns where there is no terminal to ask."""

_force = click.option("--force", is_flag=True, help="Replace a file that is there.")


@click.command("show")
@click.argument("name")
@click.option(
    "--fact", "fact_", metavar="NAME=VALUE", multiple=True, help="A fact to assume; repeat for more."
)
@click.option(
    "--severity", metavar="LEVEL", default="", help="The level to assume. Default: what the facts speak for."
)
@click.option(
    "--to",
    metavar="FILE",
    default="-",
    help="FILE.txt, FILE.md, FILE.html, FILE.docx or FILE.pdf; - prints it.",
)
@_force
@as_json
@click.pass_context
def show(
    context: click.Context,
    /,
    name: str,
    fact_: tuple[str, ...],
    severity: str,
    to: str,
    force: bool,
    json_: bool,
) -> None:
    """One playbook (or policy) as it would run: steps, owners, times, approvals, statements and legal clocks, to sign off on paper."""
    from crisisdesk.domain.paper import playbook_paper, policy_paper
    from crisisdesk.reports import NotWritten
    from crisisdesk.reports.paper import FORMATS, draw

    session = session_of(context)
    format_ = _format(to, tuple(FORMATS)) if to != "-" else "txt"
    if name == "policy":
        paper = policy_paper(_policy(session))
        if json_:
            print_json("policy", {"title": paper.title, "version": paper.version, "status": paper.status})
            return
    else:
        plan = _plan(session, name, pairs(fact_, "--fact"), severity)
        if json_:
            print_json("playbook", _data(plan))
            return
        paper = playbook_paper(plan)
    if to == "-":
        click.echo(draw(paper, "txt", _columns()).decode(), nl=False)
        return
    try:
        data = draw(paper, format_)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
    _written(session, to, data, force=force)


@click.command("graph")
@click.argument("name")
@click.option("--to", metavar="FILE", required=True, help="FILE.svg.")
@_force
@click.pass_context
def graph(context: click.Context, /, name: str, to: str, force: bool) -> None:
    """Draw a playbook's phases and steps, who owns them and what waits for what."""
    from crisisdesk.reports.graph import svg

    _format(to, ("svg",))
    session = session_of(context)
    plan = _plan(session, name, {}, "")
    _written(session, to, svg(plan).encode(), force=force)


def _format(to: str, known: tuple[str, ...]) -> str:
    """Return the format a file's name asks for, or stop: wrong use."""
    ending = Path(to).suffix.lstrip(".").lower()
    if ending not in known:
        endings = ", ".join(f".{one}" for one in known)
        raise Stop(f"'{to}' does not say which kind of file.", f"End its name in one of: {endings}.", 2)
    return ending


def _policy(session: Session) -> "Policy":
    library = session.desk.library()
    if library.policy is None:
        raise Stop("The policy cannot be used.", "See what is wrong with: crisisdesk playbook check")
    return library.policy.value


def _plan(session: Session, name: str, typed: dict[str, str], severity: str) -> "Plan":
    """Return a playbook under the facts and the level assumed, or stop with what is not known and what is."""
    from crisisdesk.desk.playbooks import usable
    from crisisdesk.domain.decide import Refused
    from crisisdesk.domain.decide.facts import read_answer
    from crisisdesk.domain.incident import begin
    from crisisdesk.domain.paper import Plan
    from crisisdesk.domain.severity import recommend

    policy, loaded = session.given(usable(session.settings.playbooks, name))
    nothing_yet = begin("", policy.value, loaded.value)
    facts: dict[str, Fact] = {}
    for fact, value in typed.items():
        answer = read_answer(nothing_yet, fact, value)
        if isinstance(answer, Refused):
            raise Stop(answer.sentence, answer.remedy)
        facts[fact] = answer
    advised = recommend(policy.value, loaded.value.usually, facts).level
    level = _level(severity, tuple(policy.value.levels)) if severity else advised
    return Plan(loaded.value, policy.value, facts, level)


def _level(typed: str, known: tuple[str, ...]) -> str:
    from crisisdesk.domain.text import nearest

    level = typed.strip().casefold()
    if level not in known:
        near = nearest(level, known)
        fix = f"Did you mean '{near}'? " if near else ""
        raise Stop(f"There is no level '{typed}'.", f"{fix}Levels are: {', '.join(known)}.")
    return level


def _columns() -> int:
    """Return the terminal's width; 79 where the output goes elsewhere."""
    from crisisdesk.cli.session import interactive

    return shutil.get_terminal_size((_WIDTH, 24)).columns if interactive() else _WIDTH


def _written(session: Session, to: str, data: bytes, *, force: bool) -> None:
    if session.settings.db.exists() and session.desk.owns(Path(to).expanduser()):
        raise Stop(f"'{to}' is the desk's own file.", "Choose another name.")
    from crisisdesk.reports import NotWritten, write

    try:
        write(Path(to).expanduser(), data, force=force)
    except NotWritten as trouble:
        raise Stop(trouble.sentence, trouble.remedy) from None
    print_text(f"Written to {Path(to).expanduser().absolute()}")


def _data(plan: "Plan") -> dict[str, object]:
    """Return a playbook for programs: its steps, and whether each would apply."""
    playbook = plan.playbook
    steps = [
        {
            "id": step.id, "title": step.title, "phase": phase.title, "kind": step.kind, "owner_role": step.who,
            "within": step.within.words() if step.within else "",
            "only_if": step.only_if.sentence() if step.only_if else "", "applies": plan.shows(step),
        }
        for phase, step in playbook.steps()
    ]  # fmt: skip
    return {
        "name": playbook.name,
        "title": playbook.title,
        "version": playbook.version,
        "adopted": playbook.adopted,
        "severity": plan.level,
        "facts": {name: plan.facts.get(name, "unknown") for name in plan.questions},
        "steps": steps,
    }
