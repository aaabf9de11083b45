"""Statements: draft, show, edit, submit, approve, ask for changes, publish, correct, withdraw."""

import sys
from pathlib import Path

import click

from crisisdesk.cli.options import already, as_json, because, incident, writes
from crisisdesk.cli.session import Session, Stop, complain, pairs, print_json, print_text, session_of
from crisisdesk.cli.statements_shown import as_data, hand_out, told, warn_of
from crisisdesk.desk import JournalTrouble, Saved
from crisisdesk.domain import intents
from crisisdesk.domain.incident import Draft
from crisisdesk.domain.text import file_name, same_name, shown

name = click.argument("name")
channel = click.option("--channel", metavar="C", default="", help="The channel it is for.")
language = click.option(
    "--language", metavar="L", default="", help="The language it is in; the first one when left out."
)
version = click.option(
    "--version",
    "versions",
    metavar="N|HASH",
    multiple=True,
    help="The version, by its number or the beginning of its hash; repeat for more.",
)
text_file = click.option(
    "--text-file", metavar="F", help="A file that holds the text; - reads it from standard input."
)
values = click.option(
    "--value", "values_", metavar="NAME=WORDS", multiple=True, help="What fills a blank; repeat for more."
)
link = click.option("--link", metavar="URL", default="", help="Where it can be seen.")


@click.group()
def statement() -> None:
    """Draft, approve for exactly one text, and log what was published. The desk never posts."""


@statement.command("draft")
@incident
@name
@channel
@language
@click.option(
    "--from",
    "source",
    metavar="STATEMENT",
    default="",
    help="The playbook's statement to begin with; the same name when left out.",
)
@text_file
@values
@writes
@click.pass_context
def draft(
    context: click.Context, /, incident: str, name: str, channel: str, language: str, source: str, text_file: str | None,
    values_: tuple[str, ...], **how: str | bool | None,
) -> None:  # fmt: skip
    """Write a version: the playbook's words with their blanks filled, or a text of one's own."""
    session = session_of(context)
    words = _text(text_file)
    intent = intents.DraftStatement(name, channel, language, words, source, pairs(values_, "--value"))
    _said(session, session.write(incident, intent, how), name, channel)


@statement.command("edit")
@incident
@name
@channel
@language
@text_file
@writes
@click.pass_context
def edit(
    context: click.Context, /, incident: str, name: str, channel: str, language: str, text_file: str | None, **how: str | bool | None
) -> None:  # fmt: skip
    """Change the newest version, in $EDITOR or by --text-file; every edit voids the approvals."""
    session = session_of(context)
    one, before = _one(session, incident, name, channel, language)
    words = _text(text_file) if text_file else (click.edit(before) or "")
    if not words.strip():
        raise Stop("Nothing was changed.", "Save the text in the editor, or give it with --text-file.")
    intent = intents.DraftStatement(
        one.statement, one.channel, one.language, words.strip(), base=one.text_hash
    )
    try:
        saved = session.write(incident, intent, how)
    except (Stop, JournalTrouble):
        if not text_file:
            _keep(session, one, words)
        raise
    _said(session, saved, name, one.channel)


def _keep(session: Session, one: Draft, words: str) -> None:
    """Keep what was typed in the editor and could not be saved, and say where."""
    kept = session.desk.beside.hand_out(
        file_name(f"not-saved-{one.statement}-{session.desk.new_intent_id()}.txt"), words
    )
    complain(
        f"Your words are kept in {kept}."
        if kept
        else f"Your words could not be kept; here they are:\n{words}"
    )


@statement.command("show")
@incident
@click.argument("name", default="")
@channel
@language
@click.option(
    "--to",
    "to",
    metavar="FILE",
    default="",
    help="Write the exact text of one into a file, to be posted by a person.",
)
@as_json
@click.pass_context
def show(
    context: click.Context, /, incident: str, name: str, channel: str, language: str, to: str, json_: bool
) -> None:
    """Show the newest versions: the exact text, its hash, how it stands, and who has not approved."""
    session = session_of(context)
    case = session.case(incident)
    found = [
        one
        for one in case.state.statements.values()
        if name in ("", one.statement)
        and channel in ("", one.channel)
        and (not language or language == one.language)
    ]
    texts = session.desk.words(case, [one.seq for one in found])
    if to:
        hand_out(case, found, texts, to)
        return
    if json_:
        listed = [{**as_data(case, one), "text": texts.get(one.seq, "")} for one in found]
        print_json("statements", {"incident": case.state.label, "statements": listed})
        return
    for one in found:
        print_text(told(case, one, session))
        print_text(shown(texts.get(one.seq, "(words erased)")))
        warn_of(session, case, texts.get(one.seq, ""))
    if not found:
        known = ", ".join(
            dict.fromkeys(name for playbook in case.state.playbooks for name in playbook.statements)
        )
        print_text(f"Nothing is drafted. The playbook prepares: {known or 'nothing'}.")


@statement.command("submit")
@incident
@name
@channel
@language
@writes
@click.pass_context
def submit(
    context: click.Context, /, incident: str, name: str, channel: str, language: str, **how: str | bool | None
) -> None:
    """Put the newest drafts before all their approvers at once, each with the policy's time."""
    session = session_of(context)
    _said(
        session, session.write(incident, intents.SubmitStatement(name, channel, language), how), name, channel
    )


def _answered(kind: type[intents.ApproveStatement | intents.AskChanges], help_: str) -> click.Command:
    """Return a command by which an approver answers for exactly the versions named."""

    @incident
    @name
    @channel
    @language
    @version
    @because
    @writes
    @click.pass_context
    def command(
        context: click.Context, /, incident: str, name: str, channel: str, language: str, versions: tuple[str, ...], because: str,
        **how: str | bool | None,
    ) -> None:  # fmt: skip
        session = session_of(context)
        intent = kind(name, versions, because, channel, language)
        _said(session, session.write(incident, intent, how), name, "")

    return click.command(help=help_)(command)


statement.add_command(
    _answered(
        intents.ApproveStatement,
        "Approve exactly the versions named, in a role you hold. By phone: --for NAME --by phone.",
    ),
    "approve",
)
statement.add_command(
    _answered(intents.AskChanges, "Ask for changes to the versions named, with the reason."), "ask-changes"
)


def _gone_out(help_: str, *, correction: bool) -> click.Command:
    """Return a command that logs that a version went out, perhaps in the place of another."""

    @incident
    @name
    @channel
    @language
    @version
    @link
    @text_file
    @already
    @because
    @writes
    @click.pass_context
    def command(
        context: click.Context, /, incident: str, name: str, channel: str, language: str, versions: tuple[str, ...], link: str,
        text_file: str | None, already: bool, because: str, **how: str | bool | None,
    ) -> None:  # fmt: skip
        if correction and not because.strip():
            raise Stop("What was wrong with what was published?", 'Add the reason: --because "…"')
        intent = intents.PublishStatement(
            name, channel, language, _single(versions), link, _text(text_file), already, because, correction
        )
        session = session_of(context)
        _said(session, session.write(incident, intent, how), name, channel)

    return click.command(help=help_)(command)


statement.add_command(
    _gone_out(
        "Log that a version went out, where, and the link; with --text-file what went out is compared word for word.",
        correction=False,
    ),
    "publish",
)
statement.add_command(
    _gone_out(
        "Log that a corrected version took the place of what was published; draft and approve it first.",
        correction=True,
    ),
    "correct",
)


def _single(versions: tuple[str, ...]) -> str:
    if len(versions) > 1:
        raise click.UsageError("One version goes out at a time.")
    return versions[0] if versions else ""


@statement.command("withdraw")
@incident
@name
@channel
@language
@link
@because
@writes
@click.pass_context
def withdraw(
    context: click.Context,
    /,
    incident: str,
    name: str,
    channel: str,
    language: str,
    link: str,
    because: str,
    **how: str | bool | None,
) -> None:
    """Log that what was published was taken back; its history stays."""
    session = session_of(context)
    _said(
        session,
        session.write(incident, intents.WithdrawStatement(name, channel, language, link, because), how),
        name,
        channel,
    )


def _text(path: str | None) -> str:
    if not path:
        return ""
    if path == "-":
        return sys.stdin.read().strip() if sys.stdin else ""
    try:
        return Path(path).expanduser().read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        why = trouble.strerror if isinstance(trouble, OSError) else "it is not UTF-8 text"
        raise Stop(f"'{path}' cannot be read: {why}.", "Save the text as plain text (UTF-8).") from None


def _one(session: Session, incident: str, name: str, channel: str, language: str) -> tuple[Draft, str]:
    case = session.case(incident)
    found = [
        one for one in case.state.statements.values()
        if same_name(one.statement, name) and channel in ("", one.channel) and language in ("", one.language)
    ]  # fmt: skip
    if len(found) != 1:
        many = ", ".join(one.channel for one in found)
        raise Stop(
            f"Which '{name}'?" if found else f"There is no draft of '{name}'.",
            f"Add --channel: {many}." if found else "Draft it first.",
        )
    return found[0], session.desk.words(case, [found[0].seq]).get(found[0].seq, "")


def _said(session: Session, saved: Saved, name: str, channel: str) -> None:
    """Print how the statement stands after a write, version and hash with it."""
    for one in saved.case.state.statements.values():
        if same_name(one.statement, name) and channel in ("", one.channel):
            print_text(told(saved.case, one, session))
    for entry in saved.entries:
        warn_of(
            session,
            saved.case,
            entry.words.get("text", "") if entry.header.kind == "statement-drafted" else "",
        )
