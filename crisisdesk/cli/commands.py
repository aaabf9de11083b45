"""The command group: one table of names, where each is found, and a line of help; nothing is imported before it is asked for."""

from importlib import import_module

import click

from crisisdesk import __version__

_SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Before anybody declares": {
        "signal": ("signals:signal", "Hand something you noticed to the desk, in one line."),
        "signals": ("signals:signals", "What was handed in and not settled yet."),
        "settle": ("signals:settle", "Merge a signal into an incident, or dismiss it."),
    },
    "During an incident": {
        "declare": ("lifecycle:declare", "Declare an incident: one line, what happened."),
        "next": ("reading:next_", "What is next, in one incident or in all."),
        "due": ("due:due", "What falls due, soonest first, and who is asked."),
        "show": ("showing:show", "One incident: level, roles, facts, every step."),
        "start": ("steps:start", "Begin a step."),
        "done": ("steps:done", "Record that a step is done."),
        "skip": ("steps:skip", "Leave a step out, with the reason."),
        "block": ("steps:block", "Say that a step cannot go on, and why."),
        "unblock": ("steps:unblock", "Say that a blocked step can go on."),
        "assign": ("steps:assign", "Make a person the owner of a step."),
        "add-step": ("steps:add_step", "Add a step that no playbook foresaw."),
        "decide": ("steps:decide", "Make the choice a step asks for."),
        "approve": ("steps:approve", "Approve a step in a role you hold."),
        "clock": ("legal:clock", "Legal clocks: start, dismiss, submitted, list."),
        "hold": ("legal:hold", "Set or release a legal hold."),
        "statement": (
            "statements:statement",
            "What is said: draft, show, submit, approve, publish, withdraw.",
        ),
        "freeze": ("around:freeze", "Pause a posting queue, or release it."),
        "enquiry": ("around:enquiry", "Who asks what by when; the line used."),
        "silence": ("around:silence", "Decide to say nothing for now, and when to look again."),
        "sensitivity": ("around:sensitivity", "Keep an earlier entry closer."),
        "figure": ("lifecycle:figure", "Log a figure: mentions, usual-mentions, reach, sentiment."),
        "add-playbook": ("layering:add_playbook", "Lay a second playbook on a running incident."),
        "changes": ("layering:changes", "What the playbook files say now, and this incident does not."),
        "bring-in": ("layering:bring_in", "Bring changed playbook files into a running incident."),
        "note": ("observing:note", "Log something observed or said."),
        "attach": ("observing:attach", "Attach a file or a link as evidence."),
        "tell": ("observing:tell", "Log an attempt to tell somebody."),
        "call-list": (
            "calling:call_list",
            "Who is still to be told, stand-ins after them, and whom to call next.",
        ),
        "correct": ("observing:correct", "Correct an entry by a new one."),
        "fact": ("lifecycle:fact", "Answer a fact."),
        "severity": ("lifecycle:severity", "Confirm or change the level."),
        "role": ("roles:role", "Take a role, hand it over, accept, release; who held which when."),
        "confirm": ("observing:confirm", "Confirm yourself what was relayed for you."),
        "claim": ("claims:claim", "The fact sheet: confirmed, unconfirmed, not to be said."),
        "promise": ("lifecycle:promise", "Promise more by a time."),
        "update": ("lifecycle:update", "Log an update that went out."),
        "stand-down": ("lifecycle:stand_down", "End the acute part."),
        "close": ("lifecycle:close", "Close the incident."),
        "reopen": ("lifecycle:reopen", "Open an incident, or one step, again."),
    },
    "Reading": {
        "list": ("reading:list_", "All incidents."),
        "timeline": ("reading:timeline", "Everything, in the order it happened."),
        "brief": ("briefing:brief", "What the next person needs to know, to read, send or paste."),
        "evidence": ("evidence:evidence", "What was kept as evidence, and its bytes again."),
        "figures": ("figures:figures", "Figures over time, and the level they speak for."),
        "export": (
            "exporting:export",
            "Write the summary: Word, PDF, HTML, workbook, JSON, calendar, …; or a bundle",
        ),
        "import": (
            "bundling:import_",
            "Take a bundle into this desk: one incident whole, checked and unchanged",
        ),
        "verify": ("reading:verify", "Prove that no entry was changed or is missing."),
        "people": ("people:people", "Who can take which role, and how to reach them."),
        "where": ("reading:where", "Where everything is kept."),
    },
    "After it": {
        "review": (
            "reviewing:review",
            "Key moments, findings, ratings, the opening paragraph, the signature.",
        ),
        "follow-up": (
            "reviewing:follow_up",
            "What is to be done, by whom, until when; and what became of it.",
        ),
    },
    "Playbooks": {
        "insights": (
            "insights:insights",
            "What the incidents so far say about the playbooks, and what to weigh.",
        ),
        "playbook": ("playbooks:playbook", "List, show, draw, check, compare and adopt playbooks."),
        "explain": ("playbooks:explain", "Say more about a problem's code."),
        "schema": ("playbooks:schema", "Write the JSON Schemas to a folder, for an editor."),
        "init": ("playbooks:init", "Copy the shipped playbooks to a folder of your own."),
    },
    "To try": {"demo": ("demo:demo", "The sample night, in a throw-away place.")},
}
COMMANDS = {name: found for section in _SECTIONS.values() for name, found in section.items()}


class CommandTable(click.Group):
    """A group that knows its commands by name and loads only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or stop with the nearest name."""
        if cmd_name not in COMMANDS:
            from crisisdesk.domain.text import nearest

            near = nearest(cmd_name, COMMANDS)
            hint = f" Did you mean '{near}'?" if near else " See: crisisdesk --help"
            raise click.UsageError(f"There is no command '{cmd_name}'.{hint}", ctx)
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(f"crisisdesk.cli.{module}"), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the table is ours; a test walks it
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands by what they are for, without importing them."""
        for section, commands in _SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, line) for name, (_, line) in commands.items()])


@click.command(
    cls=CommandTable, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--db",
    metavar="FILE",
    help="The desk's file. Default: CRISISDESK_DB, the settings file, your data folder.",
)
@click.option(
    "--playbooks",
    metavar="DIR",
    help="The playbook folder. Default: CRISISDESK_PLAYBOOKS, settings, the shipped ones.",
)
@click.option(
    "--as", "as_", metavar="NAME", help="Who you are. Default: CRISISDESK_NAME, settings, your login."
)
@click.option("--for", "for_", metavar="NAME", help="On whose behalf you write; needs --by.")
@click.option("--by", metavar="HOW", help="How their word reached you: phone, mail, in person.")
@click.option(
    "--plain",
    is_flag=True,
    help="Talk line by line: for screen readers and slow links. Also CRISISDESK_PLAIN=1.",
)
@click.version_option(__version__, prog_name="crisisdesk")
@click.pass_context
def crisisdesk(context: click.Context, /, **_: str | bool | None) -> None:
    """Guide a social media crisis: who does what next, by when, and a log that stands up.

    Without a command it opens the desk.
    """
    if context.invoked_subcommand is None:
        from crisisdesk.cli.opening import open_desk

        context.exit(open_desk(context))
