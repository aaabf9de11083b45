"""The review: planned against happened, decisions, what is left open; and the file to send."""

from datetime import timedelta
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crisisdesk.desk import Case
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.metrics import value_words
from crisisdesk.domain.summary import Summary, summarise
from crisisdesk.ui.command import REVIEW
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.screens.base import IncidentView, bindings, marks
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, lines, stacked


class ReviewScreen(IncidentView):
    """One incident's summary, to read."""

    NAME = REVIEW
    BINDINGS = bindings(REVIEW)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._summary: Summary | None = None

    def compose(self) -> ComposeResult:
        """Lay out the head and the summary."""
        yield Static("", id="head")
        with VerticalScroll(id="summary"):
            yield Static("", id="told")
        yield Static("", id="keys")

    async def reload(self) -> None:
        """Make the summary anew."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        entries = await self.desk_app.ask(lambda desk: desk.entries(found))
        self._case, self._summary = found, summarise(entries, found.state, self.now)
        interim = ("  interim: still open", WARN) if self._summary.interim else ""
        head = join((f"{self._key}  Review", STRONG), interim)
        self.query_one("#head", Static).update(Content("  ").join([head, *marks(found, self.now)]))
        self.query_one("#told", Static).update(stacked(told(self._summary, found)))
        self.query_one("#summary").focus()
        self.show_keys()

    async def action_go_copy(self) -> None:
        """Copy the whole summary as Markdown, and save it."""
        from crisisdesk.reports import render

        if self._summary:
            interim = "interim " if self._summary.interim else ""
            text = render(self._summary, "md").decode("utf-8", "surrogatepass")
            await self.hand_over(f"{self._key}-{interim}summary.md", text, f"{interim}summary".capitalize())

    async def action_go_export(self) -> None:
        """Ask for a file and write the summary into it."""
        fields = [
            Field("to", "File, ending in .md, .json or .csv", required=True, value=f"{self._key}.md"),
            Field(
                "force",
                "If it is there already",
                "choice",
                value="no",
                choices=(Choice("no", "Leave it"), Choice("yes", "Replace it")),
            ),
        ]
        await self.ask_in_form(
            ("export", self._key, ""), join("Write the summary to a file"), fields, self._write
        )

    async def _write(self, values: Values) -> Refused | None:
        return await self.desk_app.ask(lambda _: self._written(values))

    def _written(self, values: Values) -> Refused | None:
        from crisisdesk.reports import FORMATS, NotWritten, format_of, render, write

        path = Path(values["to"].strip()).expanduser()
        ending = format_of(path.name)
        if self._summary is None or not ending:
            return Refused(
                "Which kind of file?", f"End its name in one of: {', '.join('.' + name for name in FORMATS)}."
            )
        try:
            write(path, render(self._summary, ending), force=values["force"] == "yes")
        except NotWritten as trouble:
            return Refused(trouble.sentence, trouble.remedy)
        self.app.call_from_thread(self.notify, f"Written to {path.absolute()}", timeout=6, markup=False)
        return None


def told(summary: Summary, case: Case) -> list[Content]:
    """Return the summary as lines to read on a screen."""
    rows = [line(case.title, STRONG), Content("")]
    rows.append(join(("Figures", "bold $text-accent")))
    rows += [
        join(
            line(metric.name),
            ": ",
            line(value_words(metric.value), STRONG),
            (f"  counted from {metric.anchor}", QUIET),
        )
        for metric in summary.metrics
    ]
    rows += [Content(""), join(("Planned against happened", "bold $text-accent"))]
    for step in summary.steps:
        late = step.difference is not None and step.difference > timedelta(0)
        rows.append(
            join(
                line(step.title),
                "  ",
                line(step.verdict, WARN if late else STRONG),
                "  ",
                line(step.owner, QUIET),
            )
        )
    rows += [Content(""), join(("Decisions", "bold $text-accent"))]
    rows += [
        join(line(taken.title), ": ", line(taken.choice, STRONG), "\n  because ", lines(taken.because))
        for taken in summary.decisions
    ] or [Content("No decision is recorded.")]
    rows += [Content(""), join(("Left open", "bold $text-accent"))]
    rows += [
        join(line(item.title), line(f"  {item.kind}, {item.owner or 'nobody'}", QUIET))
        for item in summary.open_items
    ] or [Content("Nothing is left open.")]
    rows += [Content(""), join(("Head ", QUIET), case.state.head)]
    return rows
