"""A second playbook on a running incident, and changed files: what changed, and bringing it in."""

import click

from crisisdesk.cli.options import as_json, because, incident, writes
from crisisdesk.cli.session import print_json, print_text, session_of


@click.command("add-playbook")
@incident
@click.argument("name", metavar="PLAYBOOK")
@because
@writes
@click.pass_context
def add_playbook(
    context: click.Context, /, incident: str, name: str, because: str, **how: str | bool | None
) -> None:
    """Lay a second playbook on a running incident; steps both share are not asked twice."""
    session = session_of(context)
    manner = session.manner(incident, how)
    saved = session.saved(
        lambda m: session.desk.add_playbook(incident, name, because, session.speaker, m), manner
    )
    asked = [question for question in saved.case.state.questions if question.startswith(f"{name}/")]
    if asked:
        print_text(
            f"It asks: {', '.join(asked)}. Answer with: crisisdesk fact {saved.case.state.label} {asked[0]}=…"
        )


@click.command()
@incident
@as_json
@click.pass_context
def changes(context: click.Context, /, incident: str, json_: bool) -> None:
    """Show what the playbook files say now and the running incident does not; it keeps its own copy."""
    session = session_of(context)
    case = session.case(incident)
    found = session.given(session.desk.changes(case))
    if json_:
        lists = {name: [one._asdict() for one in some] for name, some in found.items()}
        print_json("changes", {"incident": case.state.label, "changes": lists})
        return
    for name, some in found.items():
        print_text(f"{name}: {len(some)} {'change' if len(some) == 1 else 'changes'}")
        for one in some:
            print_text(f"  {one.sentence}")
    bring = f'To bring them in: crisisdesk bring-in {case.state.label} --because "…"'
    print_text(bring if found else f"The files say what {case.state.label} runs by.")


@click.command("bring-in")
@incident
@click.argument("name", metavar="PLAYBOOK", default="")
@because
@writes
@click.pass_context
def bring_in(
    context: click.Context, /, incident: str, name: str, because: str, **how: str | bool | None
) -> None:
    """Bring changed playbook files into a running incident, by an entry; what is done stays done."""
    session = session_of(context)
    manner = session.manner(incident, how)
    session.saved(lambda m: session.desk.bring_in(incident, name, because, session.speaker, m), manner)
