"""What every command shares: the settings, the desk opened late, times read as typed, answers printed one way."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

import click

from crisisdesk.cli.settings import Settings, read_settings, system_user
from crisisdesk.desk import Case, Desk, JournalTrouble, Machine, Manner, Saved, Speaker, When
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.entries import Sensitivity
from crisisdesk.domain.text import one_line, shown
from crisisdesk.domain.times import NotATime, Toward, clock, full, instant, left, read_time

if TYPE_CHECKING:
    from crisisdesk.domain.intents import Intent

T = TypeVar("T")
How = Mapping[str, str | bool | None]
"""The options every write has, as click hands them over."""


class Stop(Exception):  # noqa: N818 - not an error of the program: a refusal on its way to the person
    """The command ends with a sentence and an exit code."""

    def __init__(self, sentence: str, remedy: str = "", code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence, self.remedy, self.code = sentence, remedy, code


class Session:
    """One run of one command."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        """Take the settings; ``now`` replaces the clock for demos and tests."""
        self.settings = settings
        self._now = now
        self._desk: Desk | None = None
        self.begun = False
        """Whether this run made the desk's file: perhaps its name was mistyped."""

    @property
    def desk(self) -> Desk:
        """The desk, opened when a command first needs it."""
        if self._desk is None:
            self._desk = self.open_desk()
        return self._desk

    def open_desk(self) -> Desk:
        """Open a desk of one's own: the screen does so on its worker thread."""
        machine = Machine(
            system_user(), os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
        )
        self.begun = not self.settings.db.exists()
        return Desk.open(self.settings.db, machine, playbooks=self.settings.playbooks, now=self._now)

    def close(self) -> None:
        """Let go of the journal."""
        if self._desk is not None:
            self._desk.journal.close()

    def now(self) -> datetime:
        """Return the time, in UTC, without opening the desk: authors of playbooks need not have one."""
        return self._now() if self._now else datetime.now(UTC)

    @property
    def speaker(self) -> Speaker:
        """Who acts."""
        said = self.settings
        return Speaker(said.author, said.author_from, said.on_behalf_of, said.relayed_by)

    def case(self, incident: str) -> Case:
        """Return an incident, or stop with a sentence."""
        return self.given(self.desk.case(incident))

    def warn(self) -> None:
        """Say on standard error what is not as it should be with the file; for whoever reads."""
        for warning in self.desk.warnings():
            complain(warning)

    def given(self, answer: T | Refused) -> T:
        """Return the answer, or stop with the refusal's sentence."""
        if isinstance(answer, Refused):
            raise Stop(answer.sentence, answer.remedy)
        return answer

    def at(self, incident: str, typed: str | None, toward: Toward) -> datetime | None:
        """Read a time as typed, in the incident's own zone; None when nothing was typed."""
        if typed is None:
            return None
        return self.moment(typed, toward, self.case(incident).state.policy.time_zone)

    def moment(self, typed: str, toward: Toward, zone_name: str) -> datetime:
        """Read a time as typed in a named zone, or stop with a sentence."""
        from zoneinfo import ZoneInfo

        found = read_time(typed, self.desk.now(), ZoneInfo(zone_name), toward)
        if isinstance(found, NotATime):
            raise Stop(found.sentence, code=2)
        return found

    def manner(self, incident: str, how: How) -> Manner:
        """Return how an intent is put, from the options every write has."""
        occurred = how.get("occurred")
        when = When(
            self.at(incident, str(occurred), "past") if occurred is not None else None,
            late_because=str(how.get("late_because") or ""),
        )
        return Manner(
            str(how.get("id_") or ""),
            when,
            cast("Sensitivity", how.get("sensitivity") or "normal"),
            bool(how.get("new_name")),
        )

    def write(self, incident: str, intent: "Intent", how: How) -> Saved:
        """Carry an intent out and print ``INC-0001 #17`` and what follows."""
        manner = self.manner(incident, how)
        return self.saved(lambda m: self.desk.act(incident, intent, self.speaker, m), manner)

    def saved(self, attempt: Callable[[Manner], Saved | Refused], manner: Manner) -> Saved:
        """Make an attempt with an id of its own and print the answer."""
        retry = manner.intent_id or self.desk.new_intent_id()
        saved = self.unclear(retry, lambda: attempt(manner._replace(intent_id=retry)))
        self.answer(saved)
        return saved

    def unclear(self, retry: str, attempt: Callable[[], Saved | Refused]) -> Saved:
        """Make an attempt; when it fails so that nobody can tell whether it was saved, say how to repeat it safely."""
        try:
            return self.given(attempt())
        except JournalTrouble as trouble:
            if "othing was saved" in trouble.sentence or "othing will be written" in trouble.remedy:
                raise
            again = f"If you are not sure it was saved, repeat the command with --id {retry}: it is never written twice."
            remedy = (
                trouble.remedy
                if trouble.remedy.endswith((".", "!")) or not trouble.remedy
                else f"{trouble.remedy} ."
            )
            raise JournalTrouble(trouble.sentence, f"{remedy} {again}".strip()) from None

    def answer(self, saved: Saved) -> None:
        """Print where it was written, and what comes next."""
        from crisisdesk.domain.runbook import zone

        state = saved.case.state
        _SAVED.append(
            f"It is saved, as {state.label} #{saved.entries[-1].seq}; only the answer could not be printed."
        )
        click.echo(
            f"{state.label} #{saved.entries[-1].seq}"
            + (" (was saved before; nothing was written twice)" if saved.repeated else "")
        )
        last = saved.entries[-1]
        if last.header.occurred_at != last.header.recorded_at:
            click.echo(f"Happened {full(instant(last.header.occurred_at), zone(state.policy))}.")
        self._tell_more(saved)
        click.echo(following(saved.case, self.desk.now()))

    def _tell_more(self, saved: Saved) -> None:
        """Print what a person should not overlook in what was just written: a time as it was read, a deviation, a claim."""
        from crisisdesk.domain.runbook import zone

        tz = zone(saved.case.state.policy)
        for entry in saved.entries:
            for name in ("due_at", "next_at", "revisit_at"):
                if moment := getattr(entry.event, name, ""):
                    click.echo(f"By {full(instant(moment), tz)}.")
            if deviation := getattr(entry.event, "deviation", ""):
                print_text(f"Deviation: {deviation}.")
            said = entry.words.get("text", "") or entry.words.get("line", "")
            if saved.case.state.claims and entry.header.kind in ("update-sent", "enquiry-answered"):
                self._beware(saved.case, said)

    def _beware(self, case: Case, said: str) -> None:
        from crisisdesk.desk.claims import fact_sheet
        from crisisdesk.domain.claims import carried

        for claim in carried(said, fact_sheet(self.desk, case)):
            complain(
                f"This carries claim #{claim.seq}, which is {claim.standing.upper()}: {one_line(claim.text)}"
            )


_SAVED: list[str] = []
"""What this run has saved, for the case that its answer cannot be printed."""


def last_saved() -> str:
    """Say what this run saved last, or nothing."""
    return _SAVED[-1] if _SAVED else ""


def following(case: Case, now: datetime) -> str:
    """Say in one line what comes next in a runbook."""
    from crisisdesk.domain.runbook import current_step, title_of, zone

    state = case.state
    if state.status == "closed":
        return f"{state.label} is closed. Its review: crisisdesk review show {state.label}"
    step = current_step(state)
    if step is None:
        return "No step is ready now."
    who = state.owner_of(step) or f"nobody yet: {step.step.who}"
    due = ""
    if step.due:
        at, tz = instant(step.due), zone(state.policy)
        due = f", {left(at, now)} ({clock(at, tz, now)} {at.astimezone(tz):%Z})"
    return f"Next: {one_line(title_of(step, case.words))} [{step.step.id}], {one_line(who)}{due}"


def print_json(thing: str, value: Mapping[str, object]) -> None:
    """Print a read's JSON: an object whose first key names what it is; ASCII escapes keep every text byte for byte."""
    import json

    click.echo(json.dumps({"crisisdesk": f"{thing}/1", **value}, ensure_ascii=True, indent=1))


def print_text(text: str) -> None:
    """Print text that may hold people's words, made safe to show."""
    click.echo(shown(text))


def complain(sentence: str, remedy: str = "") -> None:
    """Print a refusal on standard error: the sentence, then what to do."""
    click.echo(shown(sentence), err=True)
    if remedy:
        click.echo(shown(remedy), err=True)


def pairs(typed: tuple[str, ...], flag: str) -> dict[str, str]:
    """Read ``name=value`` options; wrong use when there is no ``=``."""
    found = {}
    for item in typed:
        name, equals, value = item.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{flag} is written name=value, not '{item}'.")
        found[name.strip()] = value
    return found


def entry_number(typed: str) -> int:
    """Read an entry's number as typed: ``17`` or ``#17``."""
    number = typed.removeprefix("#")
    if not number.isdecimal() or len(number) > 9:
        raise Stop(f"'{typed}' is not the number of an entry.", "Entries are numbered: 17, or #17.", 2)
    return int(number)


def session_of(context: click.Context) -> Session:
    """Return the session of a command, made from the flags of the group."""
    root = context.find_root()
    if not isinstance(root.obj, Session):
        params = root.params
        now = root.obj if callable(root.obj) else None
        try:
            settings = read_settings(
                *(params.get(name) or "" for name in ("db", "playbooks", "as_", "for_", "by"))
            )
        except ValueError as wrong:
            raise Stop(str(wrong), "Mend or remove it.") from None
        if bool(settings.on_behalf_of.strip()) != bool(settings.relayed_by.strip()) or "" in (
            params.get("for_"),
            params.get("by"),
        ):
            raise click.UsageError('--for NAME and --by HOW belong together: --for "Dana Weiss" --by phone.')
        root.obj = Session(settings, now)
        root.call_on_close(root.obj.close)
    return root.obj


def needs_terminal() -> NoReturn:
    """Say what to use where there is no terminal."""
    raise Stop("The desk needs a terminal.", "Every action has a one-line command: crisisdesk --help", 2)


def interactive() -> bool:
    """Tell whether there is a terminal on every side; the screen is drawn on standard error."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
