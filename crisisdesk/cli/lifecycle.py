"""The incident as a whole: declare, facts, level, roles, promises, and its end."""

import click

from crisisdesk.cli.options import because, incident, writes
from crisisdesk.cli.session import Stop, pairs, print_text, session_of
from crisisdesk.cli.signals import signal_number
from crisisdesk.desk import Manner
from crisisdesk.domain import intents
from crisisdesk.domain.severity import IF_UNSURE, advised


@click.command()
@click.argument("title")
@click.option(
    "-p",
    "--playbook",
    metavar="PLAYBOOK",
    help="Which playbook; without it the best match is used and named.",
)
@click.option("--severity", metavar="LEVEL", default="", help="The level, if you are sure of it now.")
@click.option(
    "--fact", "facts", metavar="NAME=VALUE", multiple=True, help="An answer known now; repeat for more."
)
@click.option("--detected", metavar="TIME", help="When it was first noticed.")
@click.option(
    "--aware", metavar="TIME", help="When we became aware, as the law counts; legal clocks may start from it."
)
@click.option(
    "--signal", "signal_", metavar="SIGNAL", help="The signal this began with; it is settled by declaring."
)
@click.option(
    "--role", "roles", metavar="ROLE=PERSON", multiple=True, help="Who holds which role; repeat for more."
)
@click.option("--drill", is_flag=True, help="A rehearsal: marked DRILL everywhere.")
@writes
@click.pass_context
def declare(
    context: click.Context, /, title: str, playbook: str | None, severity: str, facts: tuple[str, ...], detected: str | None,
    aware: str | None, signal_: str | None, roles: tuple[str, ...], drill: bool, **how: str | bool | None,
) -> None:  # fmt: skip
    """Declare an incident. Prints its key alone on the first line. --occurred is when the thing itself happened."""
    session = session_of(context)
    library = session.desk.library()
    if library.policy is None:
        raise Stop("The policy cannot be used.", "See what is wrong with: crisisdesk playbook check")
    zone = library.policy.value.time_zone
    happened = session.moment(str(how["occurred"]), "past", zone) if how.get("occurred") is not None else None
    intent = intents.Declare(
        title=title, label="", policy_hash="", playbook_hash="", severity=severity.casefold(), facts=pairs(facts, "--fact"),
        roles=pairs(roles, "--role"), happened=happened,
        detected=session.moment(detected, "past", zone) if detected is not None else None,
        aware=session.moment(aware, "past", zone) if aware is not None else None,
    )  # fmt: skip
    name = playbook or session.desk.best_playbook(title)
    manner = session.manner("", {**how, "occurred": None})
    label = _declared(context, intent, name, manner, drill=drill)
    if signal_:
        number = signal_number(signal_)
        session.given(session.desk.signals.settle(number, "declared", label, "", session.speaker, Manner()))
        click.echo(f"Signal #{number} is settled by it.")


def _declared(
    context: click.Context, /, intent: intents.Declare, name: str, manner: Manner, *, drill: bool
) -> str:
    from crisisdesk.cli.session import following

    session = session_of(context)
    retry = manner.intent_id or session.desk.new_intent_id()
    saved = session.unclear(
        retry,
        lambda: session.desk.declare(
            intent, name, session.speaker, manner._replace(intent_id=retry), drill=drill
        ),
    )
    state = saved.case.state
    click.echo(state.label)
    if saved.repeated:
        click.echo("It was saved before; nothing was written twice.")
    how_sure = "" if state.confirmed else f", not confirmed yet: crisisdesk severity {state.label} LEVEL"
    click.echo(f"{state.playbook.title}, {state.severity}{how_sure}")
    if state.playbook.adopted.startswith("not yet"):
        click.echo("This playbook is a sample, not adopted.")
    click.echo(following(saved.case, session.desk.now()))
    return state.label


@click.command()
@incident
@click.argument("answer", metavar="NAME=VALUE")
@writes
@click.pass_context
def fact(context: click.Context, /, incident: str, answer: str, **how: str | bool | None) -> None:
    """Answer a fact: partner-involved=yes, regions=uk,eu."""
    ((name, value),) = pairs((answer,), "A fact").items()
    session_of(context).write(incident, intents.AnswerFact(name, value), how)


@click.command()
@incident
@click.argument("level")
@because
@writes
@click.pass_context
def severity(
    context: click.Context, /, incident: str, level: str, because: str, **how: str | bool | None
) -> None:
    """Confirm or change the level; if unsure, take the higher."""
    session_of(context).write(incident, intents.SetSeverity(level, because), how)


@click.command()
@incident
@click.argument("time")
@click.argument("text")
@click.option("--internal", is_flag=True, help="Promised inside, not to the public.")
@click.option("--replace", is_flag=True, help="It takes the place of the one that is open.")
@writes
@click.pass_context
def promise(
    context: click.Context,
    /,
    incident: str,
    time: str,
    text: str,
    internal: bool,
    replace: bool,
    **how: str | bool | None,
) -> None:
    """Promise more by a time: crisisdesk promise INC-0001 22:30 "More by 22:30"."""
    session = session_of(context)
    due = session.at(incident, time, "future")
    assert due is not None  # noqa: S101 - click requires the argument
    session.write(incident, intents.PromiseUpdate(due, text, internal, replace), how)


@click.command()
@incident
@click.argument("text")
@click.option("--next", "next_", metavar="TIME", help="When the next one is promised.")
@click.option("--internal", is_flag=True, help="Sent inside, not to the public.")
@writes
@click.pass_context
def update(
    context: click.Context,
    /,
    incident: str,
    text: str,
    next_: str | None,
    internal: bool,
    **how: str | bool | None,
) -> None:
    """Log an update that went out."""
    session = session_of(context)
    session.write(incident, intents.SendUpdate(text, session.at(incident, next_, "future"), internal), how)


@click.command("stand-down")
@incident
@because
@writes
@click.pass_context
def stand_down(context: click.Context, /, incident: str, because: str, **how: str | bool | None) -> None:
    """End the acute part, with the reason."""
    saved = session_of(context).write(incident, intents.StandDown(because), how)
    from crisisdesk.domain.decide.lifecycle import left_waiting

    if left := left_waiting(saved.case.state):
        print_text(f"Still open: {', '.join(left)}.")


@click.command()
@incident
@click.option("--duplicate-of", metavar="INC", default="", help="It is the same thing as another incident.")
@because
@writes
@click.pass_context
def close(
    context: click.Context, /, incident: str, duplicate_of: str, because: str, **how: str | bool | None
) -> None:
    """Close the incident; with steps left open it needs a reason."""
    session = session_of(context)
    twin = session.case(duplicate_of).state if duplicate_of else None
    other = twin.label if twin else ""
    if twin and twin.duplicate_of and twin.duplicate_of == session.case(incident).state.label:
        raise Stop(
            f"{twin.label} is closed as a duplicate of {twin.duplicate_of}; one of the two must stay.",
            "Open it again first, or close this one by itself.",
        )
    session.write(incident, intents.Close(because, other), how)


@click.command()
@incident
@click.argument("step", default="")
@because
@writes
@click.pass_context
def reopen(
    context: click.Context, /, incident: str, step: str, because: str, **how: str | bool | None
) -> None:
    """Open an incident again, or one step of it, with the reason."""
    intent = intents.ReopenStep(step, because) if step else intents.Reopen(because)
    session_of(context).write(incident, intent, how)


@click.command()
@incident
@click.argument("value", metavar="NAME=NUMBER")
@click.option("--source", metavar="TEXT", default="", help="Where you read it.")
@writes
@click.pass_context
def figure(
    context: click.Context, /, incident: str, value: str, source: str, **how: str | bool | None
) -> None:
    """Log a figure as you read it: mentions=340, usual-mentions=20, reach=150000, sentiment=60."""
    ((name, number),) = pairs((value,), "A figure").items()
    session = session_of(context)
    saved = session.write(incident, intents.TypeFigure(name, number, source), how)
    speaks = advised(saved.case.state)
    if speaks.level != saved.case.state.severity:
        print_text(f"Recommended: {speaks.level}. {'; '.join(speaks.reasons)}. {IF_UNSURE}")
