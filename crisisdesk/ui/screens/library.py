"""The library: every playbook, what is wrong in its file, and what it holds; looked at again when a file is saved."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk.playbooks import Library, signature
from crisisdesk.domain.adoption import review_state
from crisisdesk.ui.command import LIBRARY
from crisisdesk.ui.screens.base import DeskView, bindings
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines, stacked
from crisisdesk.ui.widgets.options import Options

LOOK_AGAIN = 0.5
"""Seconds between looks whether a file was saved."""


class LibraryScreen(DeskView):
    """All playbooks of the folder."""

    NAME = LIBRARY
    BINDINGS = bindings(LIBRARY)

    def __init__(self) -> None:
        """Begin with nothing loaded."""
        super().__init__()
        self._library: Library | None = None
        self._names: list[str] = []
        self._signature: object = None

    def compose(self) -> ComposeResult:
        """Lay out the head, the files, and what is to be said of the selected one."""
        yield Static("", id="head")
        yield Options(id="files", markup=False)
        with VerticalScroll(id="file", can_focus=False):
            yield Static("", id="said")
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Look again when a file is saved."""
        self.set_interval(LOOK_AGAIN, self._look)

    async def _look(self) -> None:
        if self._library and signature(self._library.folder) != self._signature:
            await self.reload()

    async def reload(self) -> None:
        """Read the folder and show it."""
        library, self.now = await self.desk_app.ask(lambda desk: (desk.library(), desk.now()))
        self._library, self._signature = library, signature(library.folder)
        self._names = list(dict.fromkeys([*library.problems, *library.playbooks]))
        shown = self.query_one("#files", OptionList)
        place = shown.highlighted or 0
        shown.clear_options()
        shown.add_options([Option(_row(library, name, self.now.date())) for name in self._names])
        shown.highlighted = min(place, len(self._names) - 1) if self._names else None
        shown.focus()
        wrong = len(library.broken)
        state = (f"{wrong} cannot be used", LATE) if wrong else ("every file can be used", QUIET)
        self.query_one("#head", Static).update(
            join(("Playbooks  ", STRONG), line(str(library.folder), QUIET, 60), "  ", state)
        )
        self._show_file()
        self.show_keys()

    @on(OptionList.OptionHighlighted, "#files")
    def _show_file(self) -> None:
        place = self.query_one("#files", OptionList).highlighted
        if self._library is None or place is None or place >= len(self._names):
            return
        name = self._names[place]
        found = self._library.problems.get(name, ())
        rows = [lines(problem.render(), LATE if problem.is_error else WARN) for problem in found]
        self.query_one("#said", Static).update(stacked([*rows, *_preview(self._library, name)]))
        self.query_one("#file").scroll_home(animate=False)


def _row(library: Library, name: str, today: date) -> Content:
    found = library.problems.get(name, ())
    errors = sum(problem.is_error for problem in found)
    wrong = f"{errors} to mend" if errors else f"{len(found)} warnings" if found else "sound"
    plan = library.playbooks.get(name)
    adopted = (
        ""
        if plan is None
        else "sample, not adopted"
        if plan.value.adopted.startswith("not yet")
        else f"adopted {plan.value.adopted}"
    )
    every = library.policy.value.review_every if library.policy else ""
    review = review_state(plan.value.reviewed, every, today) if plan else ""
    return join((f"{wrong:<12} ", LATE if errors else WARN if found else "$text-success"), line(name, STRONG), "  ",
                line(plan.value.title if plan else "", width=40), "  ", (adopted, QUIET), (f"  {review}" if review else "", WARN))  # fmt: skip


def _preview(library: Library, name: str) -> list[Content]:
    """Return a playbook's phases and steps, each with its owner and its time: the runbook it gives."""
    plan = library.playbooks.get(name)
    if plan is None:
        return []
    rows = [join(("Use when: ", QUIET), line(plan.value.use_when))]
    for phase in plan.value.phases:
        rows.append(
            join((f"\n{phase.title}", STRONG), ("  done when: ", QUIET), line(phase.done_when, QUIET))
        )
        for step in phase.steps:
            within = f", within {step.within.words()}" if step.within else ""
            only = f", only if {step.only_if.sentence()}" if step.only_if else ""
            rows.append(join("  ", line(step.heading), (f"  {step.who}{within}{only}", QUIET)))
    return rows
