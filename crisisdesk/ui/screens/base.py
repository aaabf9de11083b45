"""What every screen of the desk shares: its commands, their keys, one form for all of them, and reloading."""

from asyncio import to_thread
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, cast

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import Static

from crisisdesk.desk import JournalTrouble
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.text import file_name, name_key, one_line
from crisisdesk.ui.command import Command, name_of, of_screen
from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.saying import Message, SaidLine
from crisisdesk.ui.showing import WARN, join, line, pressable
from crisisdesk.ui.subject import Subject

if TYPE_CHECKING:
    from crisisdesk.desk import Case
    from crisisdesk.domain.timeline import Item
    from crisisdesk.ui.app import DeskApp
    from crisisdesk.ui.fields import Field, Values
    from crisisdesk.ui.forms import Save

SAMPLE = "SAMPLE DESK: throw-away, nothing here is real"
"""What stands on top of every screen of a throw-away desk."""


def bindings(screen: str) -> list[BindingType]:
    """Return the key bindings of a screen from the registry, each with an id."""
    return [Binding(c.key, f"command('{c.id}')", c.title, show=False, id=c.id) for c in of_screen(screen)]


ALWAYS = ("back", "help")
"""Commands whose keys are named on the narrowest screen: whoever is lost needs them."""

RECENT = 300
"""Entries in which one's own last one is looked for."""


class DeskView(LeavesOnce[None]):
    """A screen of the desk."""

    NAME: ClassVar[str] = ""
    _asked = ""
    """The sentence of a refusal that is passed by saving again."""

    now: datetime = datetime.min.replace(tzinfo=UTC)
    """The desk's time at the last load; countdowns are counted from it."""

    async def on_mount(self) -> None:
        """Mark every screen of a throw-away desk, on top; screens with an own mount keep this one."""
        if self.desk_app.sample:
            await self.mount(Static(join((SAMPLE, WARN)), id="sample"), before=0)

    @property
    def desk_app(self) -> "DeskApp":
        """The app, by its own type."""
        return cast("DeskApp", self.app)

    @property
    def commands(self) -> list[Command]:
        """The commands of this screen."""
        return of_screen(self.NAME)

    @property
    def key(self) -> str:
        """The incident this screen is about, or nothing."""
        return ""

    @property
    def case(self) -> "Case | None":
        """The incident as last loaded."""
        return None

    def subject(self) -> Subject:
        """Return what a command would be about now."""
        app = self.desk_app
        return Subject(self.case, None, None, app.speaker.author, self.now, usual_role=app.usual_role)

    async def reload(self) -> None:
        """Load and show again."""

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Mind what loading a screen again may meet: it was left meanwhile, or the journal cannot be read just now."""
        try:
            yield
        except NoMatches:
            if self.query("#keys"):
                raise
        except JournalTrouble as trouble:
            self.notify(f"{trouble.sentence} {trouble.remedy}", severity="error", timeout=10, markup=False)

    async def tick(self, now: datetime) -> None:
        """Draw what counts time again; most screens count none."""

    def key_line(self) -> Content:
        """Return the line of keys: never more than fits, the way back always; the rest is behind the question mark."""
        parts: list[Content] = []
        hinted = [(one, len(name_of(one)) + len(one.title) + 3) for one in self.commands if one.hint]
        room = self.size.width - 2 - sum(cost for one, cost in hinted if one.id in ALWAYS)
        for one, cost in hinted:
            if one.id not in ALWAYS:
                if cost > room:
                    continue
                room -= cost
            parts.append(pressable(name_of(one), one.title, f"screen.command('{one.id}')"))
        if len("ctrl+q Leave") <= room:
            parts.append(pressable("ctrl+q", "Leave", "app.leave"))
        return Content("  ").join(parts)

    def show_keys(self) -> None:
        """Draw the line of keys."""
        self.query_one("#keys", Static).update(self.key_line())

    def show_said(self, messages: Sequence[Message]) -> None:
        """Show what the desk said lately, above the keys; a screen that is not there yet, or no more, shows nothing."""
        if not self.is_attached or not self.is_mounted or not self.query("#keys"):
            return
        shown = list(self.query(SaidLine))
        if messages and not shown:
            shown = [SaidLine(markup=False)]
            self.mount(shown[0], before="#keys")
        for said in shown:
            said.show(messages)

    async def on_screen_resume(self) -> None:
        """Show the newest whenever this screen comes to the front."""
        with self.showing():
            await self.reload()
        self.desk_app.show_said()

    async def on_resize(self) -> None:
        """Fit the line of keys to the width."""
        self.show_keys()

    async def action_command(self, name: str) -> None:
        """Carry a command of the registry out: go somewhere, or ask what it needs and save."""
        if self.key and self.case is None:
            await self.reload()  # pressed before the incident was read: the key is not lost
        from crisisdesk.ui.commands import BY_ID

        await self.perform(BY_ID[name], self.subject(), self.given(name))

    def given(self, name: str) -> Mapping[str, str]:  # noqa: ARG002 - for screens where what is selected answers already
        """Return what a command's form is answered with already, by what is selected."""
        return {}

    async def perform(
        self, command: Command, subject: Subject, said: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Go where a command goes, or ask what it needs and save; ``said`` are answers that are given already."""
        if why := command.why_not(subject):
            self.notify(why, title=command.title, severity="warning", markup=False)
        elif command.go:
            await self.run_action(f"screen.go_{command.go}")
        else:
            await self._ask_and_save(command, subject, said)

    async def _ask_and_save(self, command: Command, subject: Subject, said: Mapping[str, str]) -> None:
        from crisisdesk.ui.commands import BY_ID, heading
        from crisisdesk.ui.fields import SENSITIVITY
        from crisisdesk.ui.forms import typed_words

        fields = command.fields(subject) if command.fields else []
        if not fields:
            refused = await self._save(command, subject, {})
            if refused:
                self.notify(
                    f"{refused.sentence} {refused.remedy}",
                    title=command.title,
                    severity="warning",
                    markup=False,
                )
            return

        async def save(values: "Values") -> Refused | None:
            return await self._save(command, subject, values)

        async def note(values: "Values") -> Refused | None:
            typed = {
                "text": typed_words(fields, values),
                "source": heading(subject, command),
                SENSITIVITY: values.get(SENSITIVITY, ""),
            }
            return await self._save(BY_ID["note"], subject, typed)

        about = (command.id, self.key, subject.named)
        await self.ask_in_form(
            about,
            line(heading(subject, command)),
            fields,
            save,
            self._intro(subject, fields),
            closer=True,
            said=said,
            note=note if subject.case and command.id != "note" else None,
        )

    async def ask_in_form(
        self,
        about: tuple[str, str, str],
        title: Content,
        fields: "list[Field]",
        save: "Save",
        intro: Content | None = None,
        *,
        closer: bool = False,
        said: Mapping[str, str] = MappingProxyType({}),
        note: "Save | None" = None,
    ) -> None:
        """Open a form with what was typed into it before; what is typed is on disk at every key, until it is saved.

        ``said`` is what the key already answered; ``note`` logs what is typed as a note where saving it was refused.
        """
        from crisisdesk.ui.forms import FormScreen

        person = self.desk_app.speaker.author
        draft = await self.desk_app.ask(lambda desk: desk.beside.draft(person, *about)) | dict(said)

        def kept(values: "Values") -> None:
            typed = dict(values)
            self.desk_app.soon(lambda desk: desk.beside.keep_draft(typed, person, *about))

        await self.app.push_screen(
            FormScreen(title, fields, save, draft, intro, kept, closer=closer, said=tuple(said), note=note)
        )

    async def hand_over(self, name: str, text: str, title: str, *, warn: bool = False) -> None:
        """Give a text to the terminal, to a native tool and into a file, and say where it went; ``warn`` says it louder."""
        from crisisdesk.ui.copying import Copied, by_native_tool, fits_terminal, said_of

        fits = fits_terminal(text)
        if fits:
            self.app.copy_to_clipboard(text)
        path = await self.desk_app.ask(lambda desk: desk.beside.hand_out(file_name(name), text))
        tool = await to_thread(by_native_tool, text, self.desk_app.environment)
        said = one_line(said_of(Copied(fits, tool, path)))
        self.notify(
            said, title=title, severity="warning" if warn else "information", timeout=12, markup=False
        )

    def action_copy_text(self) -> None:
        """Copy what is marked with the mouse, the same way as every other text."""
        marked = self.get_selected_text()
        if not marked:
            raise SkipAction
        closer = self.kept_closer
        title = f"Few may read this: {closer}" if closer else "Selection"
        self.run_worker(
            self.hand_over(f"{self.key or 'desk'}-selection.txt", marked, title, warn=bool(closer))
        )

    @property
    def kept_closer(self) -> str:
        """What says that few may read what is selected here, as a brief says it; empty where everybody may."""
        return ""

    async def action_go_copy(self) -> None:
        """Copy what this screen is about."""

    def _intro(self, subject: Subject, fields: "list[Field]") -> Content | None:  # noqa: ARG002 - for screens that have one
        return None

    async def _save(self, command: Command, subject: Subject, values: "Values") -> Refused | None:
        """Save what a form holds; returns the refusal, or None when it is on disk."""
        from crisisdesk.ui.remedies import for_screen
        from crisisdesk.ui.saving import carry_out, passed_by_saving_again, said_of, warnings_of

        speaker, asked = self.desk_app.speaker, self._asked
        saved = await self.desk_app.ask(
            lambda desk: carry_out(desk, command, subject, values, speaker, asked)
        )
        if isinstance(saved, Refused):
            if not passed_by_saving_again(saved):
                return for_screen(saved)
            self._asked = saved.sentence
            return Refused(saved.sentence, "Change it, or save again if that is what you mean.")
        self._asked = ""
        self.desk_app.attention.soon()
        with self.showing():
            await self.reload()
        self.notify(said_of(saved, speaker.author), timeout=4, markup=False)
        for warning in await self.desk_app.ask(lambda desk: warnings_of(desk, saved)):
            self.notify(warning, severity="warning", timeout=10, markup=False)
        return None

    async def action_go_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss()

    async def action_go_help(self) -> None:
        """Say what this screen is for, what the step means, and the keys."""
        from crisisdesk.ui.screens.helping import help_screen

        await self.app.push_screen(help_screen(self.NAME, self.commands, self.subject(), self.size.width))

    async def action_go_sound(self) -> None:
        """Turn the one sound on or off, for this desk until it is left."""
        attention = self.desk_app.attention
        attention.sound = not attention.sound
        said = "on: for a clock, or a step of the worst level, that falls due" if attention.sound else "off"
        self.notify(f"The sound is {said}.", title="Sound", timeout=4, markup=False)
        await self.reload()

    async def action_go_timeline(self) -> None:
        """Open the timeline."""
        from crisisdesk.ui.screens.timeline import TimelineScreen

        await self.app.push_screen(TimelineScreen(self.key))

    async def action_go_review(self) -> None:
        """Open the review."""
        from crisisdesk.ui.screens.review import ReviewScreen

        await self.app.push_screen(ReviewScreen(self.key))


class IncidentView(DeskView):
    """A screen of one incident."""

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__()
        self._key = key
        self._case: Case | None = None

    @property
    def key(self) -> str:
        """The incident."""
        return self._key

    @property
    def case(self) -> "Case | None":
        """The incident as last loaded."""
        return self._case

    async def action_go_people(self) -> None:
        """Show who holds which role."""
        from crisisdesk.ui.screens.people import PeopleScreen

        await self.app.push_screen(PeopleScreen(self._key))

    async def undone(self) -> "Item | None":
        """Return the entry that is taken back: the last one this person wrote here."""
        from crisisdesk.domain.timeline import build

        case, person = self._case, name_key(self.desk_app.speaker.author)
        if case is None:
            return None
        entries = await self.desk_app.ask(lambda desk: desk.entries(case, max(0, case.state.seq - RECENT)))
        own = [item for item in build(entries, case.state) if name_key(item.author) == person]
        return max(own, key=lambda item: item.seq, default=None)

    async def action_go_undo(self) -> None:
        """Offer the way back from an entry, by name."""
        from crisisdesk.ui.commands import BY_ID
        from crisisdesk.ui.undoing import way_back

        case, item = self._case, await self.undone()
        if case is None or item is None:
            self.notify("You have written nothing here lately.", markup=False)
            return
        way = way_back(item)
        if not way.command:
            self.notify(way.words, markup=False)
            return
        step = case.state.steps.get(item.step)
        subject = self.subject()._replace(step=step, item=item)
        command = BY_ID[way.command]._replace(title=way.words, of_step=step is not None)
        await self.perform(command, subject, dict(way.said))
