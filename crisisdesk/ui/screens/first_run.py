"""The first time: three questions, each with an answer that stands there already, then where to begin."""

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.domain.decide import Refused
from crisisdesk.ui.beginning import Answers, FirstRun, roles_of
from crisisdesk.ui.fields import Choice
from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.showing import LATE, QUIET, STRONG, Part, join, key_row, line, lines
from crisisdesk.ui.widgets.options import Choices

KEY = "bold $text-accent"
NOT_SAID = Choice("", "Not said: I take a role when something happens")
ORDER = ("name", "role", "playbooks")


class FirstRunScreen(LeavesOnce[Answers | None]):
    """Three questions; gives the answers back, or None when they were passed over."""

    BINDINGS = [
        Binding("escape", "skip", "Skip all three; nothing is written", show=False, id="first-run-skip"),
        Binding("ctrl+s", "keep", "Done: keep the answers", show=False, id="first-run-keep"),
    ]

    def __init__(self, first: FirstRun) -> None:
        """Take what stands in the fields."""
        super().__init__()
        self._first = first
        self._roles: tuple[Choice, ...] = (NOT_SAID,)

    def compose(self) -> ComposeResult:
        """Lay the questions under each other."""
        known = self._first.default
        yield Static(join(("CrisisDesk", STRONG), "  three questions, then your desk"), id="head")
        with VerticalScroll(id="asked", can_focus=False):
            yield Static(join(("What stands there is good enough: press enter three times.", QUIET)))
            yield Static(_question(1, "Your name", "the log says it beside everything you write"))
            yield Input(placeholder=known.name, id="name", max_length=100)
            yield Static(_question(2, "The role you usually take", "↑ ↓ or its first letter"))
            yield Choices(Option(NOT_SAID.label), id="role", markup=False)
            yield Static(_question(3, "The folder your playbooks are in", "stays empty if you have none yet"))
            yield Input(
                known.playbooks,
                placeholder="the ones that come with CrisisDesk",
                id="playbooks",
                select_on_focus=False,
            )
            yield Static("", id="refusal")
        keys = key_row(
            ("enter", "Next", "app.focus_next"), ("shift+tab", "Back", "app.focus_previous"), ("ctrl+s", "Done", "screen.keep"),
            ("esc", "Skip all three", "screen.skip"), ("f1", "Help", "app.explain"),
        )  # fmt: skip
        yield Static(keys, id="keys")

    async def on_mount(self) -> None:
        """Put the cursor into the first answer, and fetch the roles."""
        self.query_one("#role", OptionList).highlighted = 0  # enter works before the roles are read
        self.query_one("#name", Input).focus()
        found = await asyncio.to_thread(roles_of, self._first.default.playbooks)
        if not isinstance(found, Refused):
            self._show_roles(found)

    def _show_roles(self, roles: tuple[Choice, ...]) -> None:
        chosen = self._role()
        self._roles = (NOT_SAID, *roles)
        shown = self.query_one("#role", OptionList)
        shown.clear_options()
        shown.add_options([Option(line(role.label)) for role in self._roles])
        places = [place for place, role in enumerate(self._roles) if role.value == chosen]
        shown.highlighted = places[0] if places else 0

    def _role(self) -> str:
        place = self.query_one("#role", OptionList).highlighted or 0
        return self._roles[place].value if place < len(self._roles) else ""

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def next_question(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        """Go to the next question; from the last one, keep the answers."""
        widget = event.input if isinstance(event, Input.Submitted) else event.option_list
        place = ORDER.index(str(widget.id))
        if place + 1 < len(ORDER):
            self.query_one(f"#{ORDER[place + 1]}").focus()
        else:
            self.action_keep()

    @work(exclusive=True)
    async def action_keep(self) -> None:
        """Give the answers back when the folder can be used; else say what is wrong with it."""
        folder = self.query_one("#playbooks", Input).value.strip()
        found = await asyncio.to_thread(roles_of, folder)
        if isinstance(found, Refused):
            self._say(found, "playbooks")
            return
        role = self._role()
        if role and role not in {one.value for one in found}:
            self._show_roles(found)
            self._say(
                Refused("The policy in that folder has other roles.", "Choose yours again, or none."), "role"
            )
            return
        name = " ".join(self.query_one("#name", Input).value.split())
        self.leave_for_good(Answers(name or self._first.default.name, role, folder))

    def _say(self, refused: Refused, field: str) -> None:
        self.query_one(f"#{field}").focus()
        shown = self.query_one("#refusal", Static)
        shown.update(join(lines(refused.sentence, LATE), " ", lines(refused.remedy, QUIET)))
        self.call_after_refresh(self.query_one("#asked", VerticalScroll).scroll_end, animate=False)

    def action_skip(self) -> None:
        """Pass the questions over: nothing is written, and the desk opens."""
        self.dismiss(None)


class WhereToBegin(ModalScreen[bool], LeavesOnce[bool]):
    """After the questions: the sample incident, or the empty desk. Gives True for the sample."""

    BINDINGS = [
        Binding("t", "choose(True)", "Try", show=False, id="try-sample"),
        Binding("enter,escape", "choose(False)", "Begin", show=False, id="begin"),
    ]

    def __init__(self, answers: Answers, place: str, trouble: str) -> None:
        """Take the answers, where they are kept, and why they are not, if so."""
        super().__init__()
        self._answers, self._place, self._trouble = answers, place, trouble

    def compose(self) -> ComposeResult:
        """Say what was kept, and the two ways on."""
        kept: list[Part] = (
            [lines(self._trouble, LATE), ("\nThe desk opens all the same.", QUIET)]
            if self._trouble
            else [("Kept in ", QUIET), line(self._place, QUIET), ("\nChange it there at any time.", QUIET)]
        )
        yield Static(join(("CrisisDesk", STRONG), "  ready"), id="head")
        yield Static(
            join(
                ("Ready, ", STRONG), line(self._answers.name, STRONG), (".\n\n", STRONG), *kept,
                "\n\n\n", ("t", KEY), "      Try the sample incident first\n",
                ("       A made-up night, half-way through, on a throw-away desk.\n", QUIET),
                ("       Press what you like: nothing there is real. Leave it with ctrl+q.\n\n", QUIET),
                ("enter", KEY), "  Begin with your own desk\n",
                ("       It is empty. When something happens, press n there.", QUIET),
            ), id="begin",
        )  # fmt: skip
        keys = key_row(
            ("t", "Try the sample", "screen.choose(True)"), ("enter", "Begin", "screen.choose(False)")
        )
        yield Static(keys, id="keys")

    def action_choose(self, sample: bool) -> None:  # noqa: FBT001 - Textual hands the action's argument over
        """Go on."""
        self.dismiss(sample)


def _question(number: int, asked: str, more: str) -> Content:
    return join((f"\n{number}  {asked}", STRONG), (f": {more}", QUIET))
