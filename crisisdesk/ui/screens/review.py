"""The review: the summary, to go through, to add to, to write into a file, and to sign."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case, Desk
from crisisdesk.desk.summaries import summary_of
from crisisdesk.domain.audience import INTERNAL
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.summary.parts_review import Objective
from crisisdesk.domain.timeline import Item
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.command import REVIEW
from crisisdesk.ui.fields import Values
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.screens.review_rows import Row, rows
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, stacked
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.widgets.options import Options
from crisisdesk.ui.widgets.text_pane import TextPane


class ReviewScreen(IncidentView):
    """One incident's summary."""

    NAME = REVIEW
    BINDINGS = bindings(REVIEW)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._summary: Summary | None = None
        self._rows: list[Row] = []
        self._made = ""
        """The head of the log the summary was made from."""
        self._written = ""
        """The document that was written last, here."""

    def compose(self) -> ComposeResult:
        """Lay out the head, the summary line by line, and the selected line whole."""
        yield Static("", id="head")
        yield Options(id="review", markup=False)
        yield TextPane(id="part")
        yield Static("", id="keys")

    @property
    def _row(self) -> Row | None:
        place = self.query_one("#review", OptionList).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def subject(self) -> Subject:
        """Return the incident with what is selected of its review."""
        row = self._row
        found = super().subject()._replace(summary=self._summary)
        return found._replace(part=row.part, item=row.item) if row else found

    async def undone(self) -> Item | None:
        """Return the selected entry, where one is."""
        return self._row.item if self._row else None

    def given(self, name: str) -> Mapping[str, str]:
        """Answer which objective is rated, and which document is signed."""
        part = self._row.part if self._row else None
        if name == "rate" and isinstance(part, Objective):
            return {"phase": part.phase} | ({"rating": part.rating} if part.rating else {})
        return {"file": self._written} if name == "sign" and self._written else {}

    async def reload(self) -> None:
        """Make the summary anew where something was written since."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        self._case = found
        if self._summary is None or self._made != found.state.head:
            made = await self.desk_app.ask(lambda desk: self._make(desk, found, INTERNAL))
            if isinstance(made, Refused):
                self.notify(f"{made.sentence} {made.remedy}", severity="error", timeout=10, markup=False)
                return
            self._summary, self._made = made, found.state.head
            self._show(made, found)
        show_head(self, [head(self._summary, found, self.now)])
        self.query_one("#review").focus()
        self.show_keys()

    def _make(self, desk: Desk, case: Case, audience: str) -> Summary | Refused:
        return summary_of(desk, case, audience, self.desk_app.speaker.author)

    def _show(self, summary: Summary, case: Case) -> None:
        """Show the lines; stay where one was, or where it would be."""
        shown, before = self.query_one("#review", OptionList), self._row
        place = shown.highlighted
        self._rows = rows(summary, case, self.now)
        shown.clear_options()
        shown.add_options([Option(row.told, disabled=not row.key) for row in self._rows])
        same = [at_ for at_, row in enumerate(self._rows) if before and row.key == before.key]
        wanted = same[0] if same else min(place or 1, len(self._rows) - 1)
        shown.highlighted = next((one for one in range(wanted, len(self._rows)) if self._rows[one].key), 1)
        self._show_part()

    @on(OptionList.OptionHighlighted, "#review")
    def _show_part(self) -> None:
        row = self._row
        self.query_one("#part", TextPane).update(stacked(list(row.whole)) if row else Content(""))

    @on(OptionList.OptionSelected, "#review")
    async def act(self) -> None:
        """Enter does what the line asks for, or shows it whole."""
        row = self._row
        if row is None or self._case is None:
            return
        if row.command:
            await self.action_command(row.command)
            return
        from crisisdesk.ui.screens.reading import ReadingScreen

        found = ReadingScreen(f"{self._key}  Review", list(row.whole), marks(self._case, self.now))
        await self.app.push_screen(found)

    async def action_go_copy(self) -> None:
        """Copy the whole summary as Markdown, and save it."""
        from crisisdesk.reports import render

        if self._summary:
            interim = "interim " if self._summary.interim else ""
            text = render(self._summary, "md").decode("utf-8", "surrogatepass")
            await self.hand_over(f"{self._key}-{interim}summary.md", text, f"{interim}summary".capitalize())

    async def action_go_export(self) -> None:
        """Ask for a file and a reader, and write the summary into it."""
        from crisisdesk.ui.asking_review import export_fields

        title = join("Write the summary to a file")
        about = ("export", self._key, "")
        await self.ask_in_form(about, title, export_fields(self.subject()), self._write)

    async def _write(self, values: Values) -> Refused | None:
        return await self.desk_app.ask(lambda desk: self._written_to(desk, values))

    def _written_to(self, desk: Desk, values: Values) -> Refused | None:
        from crisisdesk.reports import FORMATS, NotWritten, format_of, render, write

        case = desk.case(self._key)
        path = Path(values["to"].strip()).expanduser()
        ending = format_of(path.name)
        if not ending:
            return Refused(
                "Which kind of file?", f"End its name in one of: {', '.join('.' + name for name in FORMATS)}."
            )
        if desk.owns(path):
            return Refused(f"'{path}' is the desk's own file.", "Choose another name for the summary.")
        if values["force"] != "yes" and path.is_file():
            return Refused(f"'{path}' is there already.", "Choose another name, or Replace it below.")
        made = case if isinstance(case, Refused) else self._make(desk, case, values["audience"])
        if isinstance(made, Refused):
            return made
        try:
            write(path, render(made, ending), force=values["force"] == "yes")
        except NotWritten as trouble:
            return Refused(trouble.sentence, trouble.remedy)
        self._written = str(path.absolute())
        said = [
            f"Written to {self._written}",
            *(f"left out: {one.number}, {one.why}" for one in made.left_out),
        ]
        self.app.call_from_thread(self.notify, "; ".join(said), timeout=8, markup=False)
        return None  # fmt: skip


def head(summary: Summary, case: Case, now: datetime) -> list[Content]:
    """Return the parts of the line on top: which version, whether somebody signed it, when the review is due, what does not verify."""
    signed = summary.signatures[-1] if summary.signatures else None
    version = f"  version {summary.version}" if summary.signatures else ""
    parts = [join((f"{case.state.label}  Review", STRONG), (version, QUIET))]
    if summary.interim:
        parts.append(join(("interim: still open", WARN)))
    elif signed is not None and not signed.changed_since:
        parts.append(join((f"✓ signed by {signed.by}", "$text-success")))
    elif case.state.review_due and not case.state.review.signed:
        parts.append(_due("review", case.state.review_due, summary, case, now))
    parts += [
        _due("hot debrief", known.due, summary, case, now)
        for known in case.state.steps.values()
        if _debrief(known)
    ]
    if summary.faults:
        parts.append(join(("! THE LOG DOES NOT VERIFY", LATE)))
    parts.append(join((f"times in {zone_name(case, now)}", QUIET)))
    return [*parts, *marks(case, now)]


def _debrief(known: StepState) -> bool:
    """Tell whether a step is the level's hot debrief, due and not held yet."""
    return (
        known.step.unless_level_says == "debrief-due"
        and known.applies
        and not known.settled
        and bool(known.due)
    )


def _due(what: str, due: str, summary: Summary, case: Case, now: datetime) -> Content:
    late = due < summary.written_at
    return join((f"{'! ' if late else ''}{what} due {at(due, case, now)}", LATE if late else WARN))
