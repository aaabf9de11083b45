"""One form for every command: what it asks, what is required, what the last refusal said. Nothing typed is lost."""

from collections.abc import Awaitable, Callable, Collection

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from crisisdesk.domain.decide import Refused
from crisisdesk.domain.text import one_line
from crisisdesk.ui.fields import SENSITIVITY, Choice, Field, Values
from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.showing import LATE, QUIET, join, key_row, line, lines, pressable
from crisisdesk.ui.widgets.options import Choices

_CLOSER = {
    "": "readers: all",
    "personal": "readers: few, PERSONAL DATA",
    "hr": "HR: log a case reference, not the matter",
    "privileged": "readers: few, PRIVILEGED",
}
"""What the line of keys says of each level; the empty one is *normal*."""

Save = Callable[[Values], Awaitable[Refused | None]]


class FormScreen(ModalScreen[bool], LeavesOnce[bool]):
    """A form over whatever is behind it; returns True when it was saved, False when it was left.

    ``draft`` belongs to the app: what is typed goes into it at every key, and stays when the form is left.
    """

    BINDINGS = [
        ("ctrl+s", "save", "Save"),
        ("f2", "closer", "Keep closer"),
        ("ctrl+n", "note", "Log what is typed as a note"),
        ("escape", "leave", "Leave, keep what is typed"),
    ]
    DEFAULT_CSS = """
    FormScreen { align: center middle; }
    FormScreen #form { width: 90%; max-width: 96; height: auto; max-height: 95%; background: $surface; border: round $primary; padding: 0 1; }
    FormScreen #title { text-style: bold; padding-bottom: 1; }
    FormScreen #fields { height: auto; max-height: 16; }
    FormScreen .asked { color: $text-muted; width: 100%; }
    FormScreen Input { border: none; height: 1; background: $panel; padding: 0 1; }
    FormScreen Input:focus { background: $primary-muted; border: none; }
    FormScreen TextArea { border: none; height: 4; background: $panel; padding: 0 1; }
    FormScreen TextArea:focus { background: $primary-muted; border: none; }
    FormScreen OptionList { border: none; height: auto; max-height: 9; background: $panel; padding: 0; }
    FormScreen OptionList:focus { background: $primary-muted; border: none; }
    FormScreen #keys { color: $text-muted; padding-top: 1; }
    """

    def __init__(
        self,
        title: Content,
        fields: list[Field],
        save: Save,
        draft: Values,
        intro: Content | None = None,
        kept: Callable[[Values], None] = lambda _: None,
        *,
        closer: bool = False,
        said: Collection[str] = (),
        note: Save | None = None,
    ) -> None:
        """Take a title, the fields, what saves them, the draft to keep, lines to read before, and who is told what was typed.

        ``closer`` lets the person say that what is written is personal data, an HR matter or privileged. ``said`` names
        the fields that the key answered already; ``note`` logs what is typed as a note, where it cannot be saved as what it
        was meant for: somebody else was first.
        """
        super().__init__()
        self._heading = title
        self._intro = intro
        self._fields = [field for field in fields if field.kind != "hidden"]
        self._hidden = [field for field in fields if field.kind == "hidden"]
        self._save = save
        self._draft = draft
        self._kept = kept
        self._closer = closer
        self._said = said
        self._note = note
        self._refused = False
        if draft.get(SENSITIVITY, "") not in _CLOSER:
            draft.pop(SENSITIVITY)

    def compose(self) -> ComposeResult:
        """Lay the fields under each other."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static(self._heading, id="title", markup=False)
            if self._intro is not None:
                yield Static(self._intro, id="intro", markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._fields:
                    yield Label(_asked(field), classes="asked", markup=False)
                    yield self._widget(field)
                    if field.watch:
                        yield Static("", id="watch-" + _id(field), classes="asked", markup=False)
            yield Static("", id="refusal", markup=False)
            yield Static(self._key_line(), id="keys")

    def _key_line(self) -> Content:
        level = self._draft.get(SENSITIVITY, "")
        closer = [("f2", _CLOSER[level], "screen.closer")] if self._closer else []
        return key_row(
            ("enter", "next", "app.focus_next"), ("ctrl+s", "save", "screen.save"), ("esc", "leave, kept", "screen.leave"), *closer,
        )  # fmt: skip

    def action_closer(self) -> None:
        """Say who may read it later: everybody, or fewer; one press goes one level closer, and round again."""
        if not self._closer:
            return
        levels = list(_CLOSER)
        level = levels[(levels.index(self._draft.get(SENSITIVITY, "")) + 1) % len(levels)]
        self._draft[SENSITIVITY] = level
        self._kept(self._draft)
        self.query_one("#keys", Static).update(self._key_line())

    def _widget(self, field: Field) -> Widget:
        typed = self._draft.get(field.name, field.value)
        if field.kind == "choice":
            shown = Choices(
                *(Option(_choice(choice)) for choice in field.choices), id=_id(field), markup=False
            )
            chosen = [place for place, choice in enumerate(field.choices) if choice.value == typed]
            shown.highlighted = (
                chosen[0] if chosen else None if field.required else 0
            )  # nobody chooses by accident
            return shown
        if field.kind == "text":
            return TextArea(typed, id=_id(field), tab_behavior="focus")
        return Input(typed, id=_id(field), select_on_focus=False)

    def on_mount(self) -> None:
        """Put the cursor where the first answer is missing."""
        empty = [
            field for field in self._fields if field.required and not self._draft.get(field.name, field.value)
        ]
        unsaid = [field for field in self._fields if field.name not in self._said]
        first = (empty or unsaid or self._fields)[:1]
        if first:
            self.query_one(f"#{_id(first[0])}").focus()
        for area in self.query(TextArea):
            if any(_id(field) == area.id and self._draft.get(field.name) for field in self._fields):
                area.move_cursor(area.document.end)  # go on where the typing stopped
        self._watch()

    def _watch(self) -> None:
        """Say under a field what is to be known of what stands in it: its length, words to beware of."""
        for field in self._fields:
            if field.watch:
                said = field.watch(self._read(field))
                self.query_one(f"#watch-{_id(field)}", Static).update(line(said))

    @property
    def values(self) -> Values:
        """What the fields hold now."""
        read = {field.name: self._draft.get(field.name, field.value) for field in self._hidden}
        read |= {field.name: self._read(field) for field in self._fields}
        return {**read, SENSITIVITY: self._draft.get(SENSITIVITY, "")} if self._closer else read

    def _read(self, field: Field) -> str:
        widget = self.query_one(f"#{_id(field)}")
        if isinstance(widget, OptionList):
            return field.choices[widget.highlighted].value if widget.highlighted is not None else ""
        return (
            widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OptionList.OptionHighlighted)
    def keep_draft(self) -> None:
        """Keep what is typed, at every key."""
        if self.is_mounted:
            self._draft.update(self.values)
            self._kept(self._draft)
            self._watch()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def next_field(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        """Go to the next field; from the last one, save."""
        widget = event.input if isinstance(event, Input.Submitted) else event.option_list
        ids = [_id(field) for field in self._fields]
        place = ids.index(str(widget.id))
        if place + 1 < len(ids):
            self.query_one(f"#{ids[place + 1]}").focus()
        else:
            self.action_save()

    @work(exclusive=True)
    async def action_save(self) -> None:
        """Save; a refusal is said here and everything typed stays."""
        missing = [
            _first_sentence(field.label)
            for field in self._fields
            if field.required and not self.values[field.name].strip()
        ]
        if missing:
            self._say(Refused(f"Still needed: {', '.join(missing)}."))
            return
        self.query_one("#refusal", Static).update(join(("Saving …", QUIET)))
        await self._saved_by(self._save)

    @work(exclusive=True)
    async def action_note(self) -> None:
        """Log what is typed as a note; offered once saving was refused."""
        if self._note and self._refused and typed_words(self._fields, self.values):
            await self._saved_by(self._note)

    async def _saved_by(self, save: Save) -> None:
        refused = await save(self.values)
        if refused is not None and self.gone:  # it was left meanwhile, with what was typed kept
            said = f"Not saved. {refused.sentence} {refused.remedy}"
            self.app.notify(one_line(said), severity="warning", timeout=8, markup=False)
        elif refused is not None:
            self._refused = True
            self._say(refused, offered=self._note is not None and save is self._save)
        else:
            self._draft.clear()
            self._kept(self._draft)
            self.leave_for_good(result=True)

    def _say(self, refused: Refused, *, offered: bool = False) -> None:
        self._draft.update(
            {field.name: field.value for field in self._hidden}
        )  # it was said; saving again is meant
        shown = self.query_one("#refusal", Static)
        offer: list[str | Content] = []
        if offered and typed_words(self._fields, self.values):
            offer = [
                "\nWhat you typed is still here. ",
                pressable("ctrl+n", "logs it as a note.", "screen.note"),
            ]
        shown.update(join(lines(refused.sentence, LATE), " ", lines(refused.remedy, QUIET), *offer))
        # On a small terminal the end of a long form is out of sight, and a refusal nobody sees is a key that does nothing.
        self.call_after_refresh(self.query_one("#form", VerticalScroll).scroll_end, animate=False)

    def action_leave(self) -> None:
        """Leave without saving; the draft is kept."""
        if self.is_mounted:
            self._draft.update(self.values)
            self._kept(self._draft)
        self.dismiss(result=False)


def typed_words(fields: list[Field], values: Values) -> str:
    """Return what a person typed into a form, each answer with what was asked; empty when nothing was typed."""
    typed = [
        (field.label, values.get(field.name, "").strip())
        for field in fields
        if field.kind in ("line", "text") and values.get(field.name, "").strip() != field.value.strip()
    ]
    return "\n".join(f"{label}: {words}" for label, words in typed if words)


def _asked(field: Field) -> Content:
    """Return what a field asks, that it is needed, and how to choose where there is more than one answer."""
    needed = (" (needed)", LATE) if field.required else ""
    how = ("  ↑ ↓ or its first letter", QUIET) if len(field.choices) > 1 else ""
    return join(line(field.label), needed, how)


def _first_sentence(label: str) -> str:
    """Return what is asked, without what is added to it: the label itself stands above its field, whole."""
    end = next(
        (
            place
            for place, char in enumerate(label)
            if char in ".?!:" and label[place + 1 : place + 2] in ("", " ")
        ),
        None,
    )
    return label if end is None else label[: end + (label[end] == "?")]


def _choice(choice: Choice) -> Content:
    more = join("\n  ", line(choice.consequence, QUIET)) if choice.consequence else Content("")
    return join(line(choice.label), more)


def _id(field: Field) -> str:
    """Return a widget id for a field's name, which may be an author's words in any script."""
    return "field-" + field.name.encode().hex()
