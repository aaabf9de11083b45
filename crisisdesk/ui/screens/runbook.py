"""The runbook: one phase at a time, the current step large, the rest small."""

from datetime import datetime, timedelta

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.events import Click, Key
from textual.timer import Timer
from textual.widgets import Static

from crisisdesk.desk import Case
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import current_phase, current_step, in_order
from crisisdesk.ui.command import RUNBOOK
from crisisdesk.ui.commands import BY_ID, hidden_reasons
from crisisdesk.ui.entering import entered, lays
from crisisdesk.ui.plain import step_text
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.desk import REPAINT
from crisisdesk.ui.screens.heads import marks
from crisisdesk.ui.screens.runbook_beside import (
    Beside,
    also_ready,
    lately,
    read_beside,
    resume,
    section,
    words_of,
)
from crisisdesk.ui.screens.runbook_head import head, ribbon
from crisisdesk.ui.screens.runbook_step import large, nothing, small
from crisisdesk.ui.showing import GLYPHS, QUIET, STRONG, WARN, join, line, stacked
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.widgets.line_list import LineList
from crisisdesk.ui.widgets.text_pane import TextPane

WIDE = 110
MOST_STEPS = 14
"""Rows of the list of steps where other things stand under it."""
REST = 0.12
"""Seconds without a key after which what stands around the step follows it."""
SOON = 0.3
"""Seconds after which the timeline is made ready, before anybody asks for it."""
TALL = 36
"""Rows from which a narrow screen has room for what stands beside the step."""
AWAY = timedelta(minutes=5)
"""Without a key for so long, somebody was interrupted: the screen says where to resume."""


class RunbookScreen(IncidentView):
    """One incident's runbook."""

    NAME = RUNBOOK
    BINDINGS = [
        *bindings(RUNBOOK),
        Binding("left", "phase(-1)", "Phase before", show=False, id="previous-phase"),
        Binding("right", "phase(1)", "Next phase", show=False, id="next-phase"),
        *(Binding(str(n), f"choose({n})", f"Choose {n}", show=False, id=f"choose-{n}") for n in range(1, 10)),
    ]

    def __init__(self, key: str, step: str = "") -> None:
        """Take the incident's key, and perhaps the step to open it at."""
        super().__init__(key)
        self._phase = ""
        self._step = step
        self._drawn = ""
        self._changed: list[str] = []
        self._beside = Beside()
        self._away: int | None = None
        """The last entry this person had seen when they came, or came back (0: never here); None while they are at work."""
        self._touched: datetime | None = None
        self._resting: Timer | None = None

    def subject(self) -> Subject:
        """Return the incident with the selected step."""
        step = self._case.state.steps.get(self._step) if self._case else None
        return super().subject()._replace(step=step)

    def compose(self) -> ComposeResult:
        """Lay out the head, the ribbon of phases, the step and the list."""
        yield Static("", id="head")
        yield Static("", id="ribbon")
        with Container(id="body"):
            with Container(id="now"):
                yield TextPane(id="large")
                yield TextPane(id="lately")
            with Container(id="side"):
                yield LineList(id="steps", follow=self.follow)
                yield TextPane(id="around")
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Notice when the playbook's file was changed."""
        self.set_interval(REPAINT, self._look_at_files)

    async def tick(self, now: datetime) -> None:
        """Count the time left anew, from what is loaded."""
        self.now = now
        if self._case:
            self._show(self._case)

    async def _look_at_files(self) -> None:
        case = self._case
        if (
            case
            and (changed := await self.desk_app.ask(lambda desk: desk.changed_files(case))) != self._changed
        ):
            self._changed = changed
            self._show(case)

    async def on_resize(self) -> None:
        """Use the width there is."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.height >= TALL, "-tall")
        await super().on_resize()
        if self._case:
            self._show(self._case)

    async def reload(self) -> None:
        """Load the incident and show it; at first, and after a step is settled, at the step that is next."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            self.notify(found.sentence, severity="error", markup=False)
            return
        if self._case is None:
            self.set_timer(SOON, lambda: self.desk_app.soon(lambda desk: desk.timeline(found)))
        if self._case is None or found.state.seq != self._case.state.seq:
            self._beside = await self.desk_app.ask(lambda desk: read_beside(desk, found))
        before = self._case.state.steps.get(self._step) if self._case else None
        self._case = found
        await self._place(found)
        after = found.state.steps.get(self._step)
        if after is None or (before and not before.settled and after.settled):
            self._go_to_current(found.state)
        elif not self._phase:
            self._phase = after.phase
        self._show(found)

    async def _place(self, case: Case) -> None:
        """Notice that somebody comes, or comes back after a while; remember what they have seen."""
        person, stream, seq = self.desk_app.speaker.author, case.state.stream, case.state.seq
        if self._touched is None or self.now - self._touched >= AWAY:
            self._away = await self.desk_app.ask(lambda desk: desk.beside.seen(person, stream))
            if self._touched is not None:
                self._go_to_current(case.state)
            self._touched = self.now
        if self._away is None:
            self.desk_app.soon(lambda desk: desk.beside.keep_seen(seq, person, stream))

    @on(Click)
    @on(Key)
    def somebody_is_here(self) -> None:
        """Whoever presses something is not away."""
        self._touched = self.now

    async def on_unmount(self) -> None:
        """Remember what was seen."""
        if case := self._case:
            person, stream, seq = self.desk_app.speaker.author, case.state.stream, case.state.seq
            self.desk_app.soon(lambda desk: desk.beside.keep_seen(seq, person, stream))

    def _go_to_current(self, state: Incident) -> None:
        current = current_step(state)
        self._phase = current.phase if current else current_phase(state)
        self._step = current.step.id if current else ""

    def _show(self, case: Case) -> None:
        rows = head(case, self.now, self.size.width)
        if self._changed:
            rows.append(
                join(
                    (f"Changed on disk since: {', '.join(self._changed)}. ", WARN),
                    ("B shows what, and brings it in", QUIET),
                )
            )
        self.query_one("#head", Static).update(stacked(rows))
        self.query_one("#ribbon", Static).update(ribbon(case.state, self._phase, self.size.width))
        self._list(case)
        self._large(case)
        self._around(case)
        self.show_keys()

    def _list(self, case: Case) -> None:
        shown = self.query_one(LineList)
        steps = self._steps_of_phase(case.state)
        hidden = len(hidden_reasons(case))
        many = "step does" if hidden == 1 else "steps do"
        left_out = join((f"{GLYPHS['not applicable']} {hidden} {many} not apply now; l lists them", QUIET))

        def draw(place: int) -> list[Content]:
            return [small(case, steps[place], self.now) if place < len(steps) else left_out]

        places = [place for place, known in enumerate(steps) if known.step.id == self._step]
        chosen = places[0] if places else 0 if steps else None
        shown.set_rows(len(steps) + bool(hidden), draw, highlighted=chosen, disabled=(len(steps),))
        tall = min(len(steps) + bool(hidden), MOST_STEPS)
        shown.styles.height = tall if self.has_class("-wide") or self.has_class("-tall") else "1fr"
        shown.focus()

    def _steps_of_phase(self, state: Incident) -> list[StepState]:
        for phase, steps in in_order(state):
            if phase.id == self._phase:
                return [known for known in steps if known.applies or known.settled]
        return []

    def _large(self, case: Case) -> None:
        known = case.state.steps.get(self._step)
        rows = large(case, known, self.now) if known else [join(nothing(case.state))]
        if known and not self.has_class("-wide"):
            rows += words_of(case, known, self._beside, self.now)
        begun = any(each.settled for each in case.state.steps.values())
        if self._away is not None and begun and case.state.status != "closed":
            width, person = self.query_one("#large").size.width - 2, self.desk_app.speaker.author
            rows.insert(0, resume(case, self.now, self._away, self._beside, person, width))
        self.query_one("#large", TextPane).update(stacked(rows))

    def _around(self, case: Case) -> None:
        """Show, where there is room, the step's words, what is ready besides, and what was written last."""
        wide, tall = self.has_class("-wide"), self.has_class("-tall")
        written = section("Written last", lately(case, self._beside, self.now)) if wide or tall else []
        self.query_one("#lately", TextPane).update(stacked(written if wide else []))
        if not wide and not tall:
            return
        known = case.state.steps.get(self._step)
        rows = [
            *section("The words", words_of(case, known, self._beside, self.now) if known and wide else []),
            *section("Ready besides", also_ready(case, known, self.now)),
            *([] if wide else written),
        ]
        self.query_one("#around", TextPane).update(stacked(rows))

    def _around_soon(self) -> None:
        """Show what stands around the step once the keys rest: the step itself comes first."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        if self._case is not None:
            self._around(self._case)

    def follow(self, row: int) -> None:
        """Show the highlighted step large."""
        if self._case is None:
            return
        steps = self._steps_of_phase(self._case.state)
        if row < len(steps) and steps[row].step.id != self._step:
            self._step = steps[row].step.id
            self._away = None
            self._large(self._case)
            self._around_soon()

    @on(LineList.Selected)
    async def act(self) -> None:
        """Enter does what the step asks for."""
        known = self.subject().step
        if known and self._case:
            await self.action_command(entered(self._case.state, known).command)

    async def action_choose(self, place: int) -> None:
        """Open a decision with one of its options chosen."""
        known = self.subject().step
        if known and not known.settled and place <= len(known.step.options):
            option = known.step.options[place - 1].title
            await self.perform(BY_ID["done"], self.subject(), {"option": option})

    def action_phase(self, by: int) -> None:
        """Open the phase before or after."""
        if self._case is None:
            return
        state = self._case.state
        ids = [phase.id for phase, _ in in_order(state)]
        self.action_open_phase((ids.index(self._phase) if self._phase in ids else 0) + by)

    def action_open_phase(self, place: int) -> None:
        """Open a phase by its place; the first where there is none before, the last where none comes after."""
        if self._case is None:
            return
        state = self._case.state
        ids = [phase.id for phase, _ in in_order(state)]
        self._phase = ids[max(0, min(place, len(ids) - 1))]
        steps = self._steps_of_phase(state)
        open_ones = [known for known in steps if not known.settled]
        self._step = (open_ones or steps)[0].step.id if steps else ""
        self._show(self._case)

    async def action_go_copy(self) -> None:
        """Copy the selected step as plain text."""
        if self._case and (known := self._case.state.steps.get(self._step)):
            await self.hand_over(f"{self._key}-step-{self._step}.txt", step_text(self._case, known), "Step")

    async def action_go_facts(self) -> None:
        """Open the facts."""
        from crisisdesk.ui.screens.facts import FactsScreen

        await self.app.push_screen(FactsScreen(self._key))

    async def action_go_clocks(self) -> None:
        """Open the legal clocks."""
        from crisisdesk.ui.screens.clocks import ClocksScreen

        await self.app.push_screen(ClocksScreen(self._key))

    async def action_go_statements(self) -> None:
        """Open the statements."""
        from crisisdesk.ui.screens.statements import StatementsScreen

        await self.app.push_screen(StatementsScreen(self._key))

    async def action_go_evidence(self) -> None:
        """Show what was kept."""
        from crisisdesk.ui.screens.evidence import evidence_screen

        if case := self._case:
            kept = await self.desk_app.ask(lambda desk: desk.table(case, "evidence_kept"))
            await self.app.push_screen(evidence_screen(case, kept, self.now))

    async def action_go_calls(self) -> None:
        """Open the call list."""
        from crisisdesk.ui.screens.calling import CallsScreen

        await self.app.push_screen(CallsScreen(self._key))

    async def action_go_brief(self) -> None:
        """Open the brief."""
        from crisisdesk.ui.screens.brief import BriefScreen

        await self.app.push_screen(BriefScreen(self._key))

    async def action_go_policy(self) -> None:
        """Show the policy this incident runs by: roles, conduct, levels, regions, clocks."""
        from crisisdesk.domain.paper import policy_paper
        from crisisdesk.reports.paper import draw
        from crisisdesk.ui.screens.reading import ReadingScreen

        if self._case:
            text = draw(policy_paper(self._case.state.policy), "txt", max(40, self.size.width - 4)).decode()
            await self.app.push_screen(
                ReadingScreen(
                    "The policy this incident runs by", [Content(text)], marks(self._case, self.now)
                )
            )

    async def action_go_add_playbook(self) -> None:
        """Lay a second playbook on top: the one the selected step asks for, or another."""
        from crisisdesk.ui.screens.layering import ask_for_playbook

        if self._case:
            known = self._case.state.steps.get(self._step)
            await ask_for_playbook(self, self._case, known.step.add_playbook if known else "")

    async def action_go_bring_in(self) -> None:
        """Show what changed in the files, and bring it in."""
        from crisisdesk.ui.screens.layering import ask_to_bring_in

        if self._case:
            await ask_to_bring_in(self, self._case)

    async def action_command(self, name: str) -> None:
        """Carry a command out; a step that asks for a playbook is done by laying it."""
        self._touched, self._away = self.now, None
        known = self.subject().step
        laid = name == "done" and known and self._case and lays(self._case.state, known)
        await super().action_command("add-playbook" if laid else name)

    async def action_go_hidden(self) -> None:
        """List the steps that do not apply, with the reason."""
        from crisisdesk.ui.screens.reading import ReadingScreen

        if self._case:
            rows = [
                join(line(title, STRONG), "\n    ", line(why, QUIET))
                for title, why in hidden_reasons(self._case)
            ]
            await self.app.push_screen(
                ReadingScreen(
                    "Steps that do not apply now",
                    rows or [Content("Every step applies.")],
                    marks(self._case, self.now),
                )
            )
