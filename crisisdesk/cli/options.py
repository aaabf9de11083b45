"""Options that many commands share, each written once."""

from collections.abc import Callable
from typing import Any

import click

_Decorated = Callable[..., Any]


def writes(command: _Decorated) -> _Decorated:
    """Add what every write takes: when it happened, why it is late, its id, how sensitive it is."""
    for option in (
        click.option("--new-name", is_flag=True, help="A name that looks like a known one is somebody else."),
        click.option(
            "--sensitivity",
            type=click.Choice(["normal", "personal", "hr", "privileged"]),
            help="Who should see it later.",
        ),
        click.option(
            "--id",
            "id_",
            metavar="ID",
            help="Repeat a write that may have been saved; it is never written twice.",
        ),
        click.option("--late-because", metavar="TEXT", help="Why it is written down late."),
        click.option(
            "--occurred", metavar="TIME", help="When it happened: 21:38, 2026-11-22 21:38, 5 minutes ago."
        ),
    ):
        command = option(command)
    return command


def because(command: _Decorated) -> _Decorated:
    """Add ``--because``."""
    return click.option("--because", metavar="TEXT", default="", help="The reason.")(command)


def as_json(command: _Decorated) -> _Decorated:
    """Add ``--json``, for every read."""
    return click.option("--json", "json_", is_flag=True, help="For programs: one JSON object.")(command)


incident = click.argument("incident", metavar="INC")
force = click.option("--force", is_flag=True, help="Replace a file that is there.")
step = click.argument("step", metavar="STEP")
record = click.option(
    "--record",
    "record_",
    metavar="NAME=VALUE",
    multiple=True,
    help="A value the step asks for; repeat for more.",
)
owner = click.option("--owner", metavar="NAME", default="", help="The person answerable for it.")
already = click.option(
    "--already",
    is_flag=True,
    help="It has already happened, past a rule: kept as a deviation; needs --because.",
)
