"""The runbook: one phase at a time, the current step large, the rest small."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.playbook import Phase
from crisisdesk.domain.runbook import (
    current_phase,
    current_step,
    gaps,
    in_order,
    progress,
    required,
    title_of,
    why_waiting,
)
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import instant, spell
from crisisdesk.ui.commands import RUNBOOK, Subject, hidden_reasons
from crisisdesk.ui.screens.base import DeskView, bindings, marks
from crisisdesk.ui.screens.desk import REPAINT
from crisisdesk.ui.showing import (
    GLYPHS,
    LATE,
    QUIET,
    STRONG,
    WARN,
    at,
    join,
    line,
    lines,
    stacked,
    state_words,
    time_left,
    zone_name,
)

WIDE = 110
MODES = {"read-do": "READ-DO: read a line, do it", "do-confirm": "DO-CONFIRM: do it, then check the list"}


class RunbookScreen(DeskView):
    """One incident's runbook."""

    NAME = RUNBOOK
    BINDINGS = [
        *bindings(RUNBOOK),
        Binding("left", "phase(-1)", "Phase before", show=False, id="previous-phase"),
        Binding("right", "phase(1)", "Next phase", show=False, id="next-phase"),
    ]

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__()
        self._key = key
        self._case: Case | None = None
        self._phase = ""
        self._step = ""
        self._resumed = False

    @property
    def key(self) -> str:
        """The incident."""
        return self._key

    @property
    def case(self) -> Case | None:
        """The incident as last loaded."""
        return self._case

    def subject(self) -> Subject:
        """Return the incident with the selected step."""
        step = self._case.state.steps.get(self._step) if self._case else None
        return super().subject()._replace(step=step)

    def compose(self) -> ComposeResult:
        """Lay out the head, the ribbon of phases, the step and the list."""
        yield Static("", id="head")
        yield Static("", id="ribbon")
        with Container(id="body"):
            with VerticalScroll(id="step", can_focus=False):
                yield Static("", id="large")
            yield OptionList(id="steps", markup=False)
        yield Static("", id="keys")

    async def on_mount(self) -> None:
        """Keep the countdowns true."""
        self.set_interval(REPAINT, self.reload)

    async def on_resize(self) -> None:
        """Use the width there is."""
        self.set_class(self.size.width >= WIDE, "-wide")
        await super().on_resize()
        if self._case:
            self._show(self._case)

    async def reload(self) -> None:
        """Load the incident and show it; at first, and after a step is settled, at the step that is next."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            self.notify(found.sentence, severity="error", markup=False)
            return
        before = self._case.state.steps.get(self._step) if self._case else None
        self._case = found
        after = found.state.steps.get(self._step)
        if after is None or (before and not before.settled and after.settled):
            self._go_to_current(found.state)
        self._show(found)

    def _go_to_current(self, state: Incident) -> None:
        current = current_step(state)
        self._phase = current.phase if current else current_phase(state)
        self._step = current.step.id if current else ""

    def _show(self, case: Case) -> None:
        self.query_one("#head", Static).update(stacked(_head(case, self.now)))
        self.query_one("#ribbon", Static).update(_ribbon(case.state, self._phase, self.size.width))
        self._list(case)
        self._large(case)
        self.show_keys()

    def _list(self, case: Case) -> None:
        shown = self.query_one("#steps", OptionList)
        steps = self._steps_of_phase(case.state)
        shown.clear_options()
        shown.add_options([Option(_small(case, known, self.now), id=known.step.id) for known in steps])
        hidden = len(hidden_reasons(case))
        if hidden:
            shown.add_option(
                Option(
                    join(
                        (
                            f"{GLYPHS['not applicable']} {hidden} {'step does' if hidden == 1 else 'steps do'} not apply now; l lists them",
                            QUIET,
                        )
                    ),
                    disabled=True,
                )
            )
        places = [place for place, known in enumerate(steps) if known.step.id == self._step]
        shown.highlighted = places[0] if places else (0 if steps else None)
        shown.focus()

    def _steps_of_phase(self, state: Incident) -> list[StepState]:
        for phase, steps in in_order(state):
            if phase.id == self._phase:
                return [known for known in steps if known.applies or known.settled]
        return []

    def _large(self, case: Case) -> None:
        known = case.state.steps.get(self._step)
        content = stacked(_step(case, known, self.now)) if known else join(_nothing(case.state))
        self.query_one("#large", Static).update(content)
        self.query_one("#step").scroll_home(animate=False)

    @on(OptionList.OptionHighlighted, "#steps")
    def select(self, event: OptionList.OptionHighlighted) -> None:
        """Show the highlighted step large."""
        if event.option_id and event.option_id != self._step and self._case:
            self._step = event.option_id
            self._large(self._case)

    @on(OptionList.OptionSelected, "#steps")
    async def act(self) -> None:
        """Enter does what the step asks for."""
        known = self.subject().step
        await self.action_command("reopen-step" if known and known.settled else "done")

    def action_phase(self, by: int) -> None:
        """Open the phase before or after."""
        if self._case is None:
            return
        state = self._case.state
        ids = [phase.id for phase, _ in in_order(state)]
        place = ids.index(self._phase) if self._phase in ids else 0
        self._phase = ids[max(0, min(place + by, len(ids) - 1))]
        steps = self._steps_of_phase(state)
        open_ones = [known for known in steps if not known.settled]
        self._step = (open_ones or steps)[0].step.id if steps else ""
        self._show(self._case)

    async def action_go_facts(self) -> None:
        """Open the facts."""
        from crisisdesk.ui.screens.facts import FactsScreen

        await self.app.push_screen(FactsScreen(self._key))

    async def action_go_hidden(self) -> None:
        """List the steps that do not apply, with the reason."""
        from crisisdesk.ui.screens.reading import ReadingScreen

        if self._case:
            rows = [
                join(line(title, STRONG), "\n    ", line(why, QUIET))
                for title, why in hidden_reasons(self._case)
            ]
            await self.app.push_screen(
                ReadingScreen("Steps that do not apply now", rows or [Content("Every step applies.")])
            )


def _head(case: Case, now: datetime) -> list[Content]:
    state = case.state
    sure = "" if state.confirmed else " not confirmed"
    done, applicable = progress(state)
    age = spell(now - instant(state.declared_at))
    first = join(
        (f"{state.label} ", STRONG), (f"{state.severity}{sure}  ", WARN), f"{state.status}  ", f"{done}/{applicable} steps  ",
        (f"{age} old  ", QUIET), ("lead ", QUIET), line(state.holder("incident-lead") or "nobody", width=24),
        (f"  {at(f'{now:%Y-%m-%dT%H:%M:%S}.000Z', case, now)} {zone_name(case, now)}", QUIET),
    )  # fmt: skip
    rows = [first, Content("  ").join([line(case.title, STRONG), *marks(case)])]
    for internal, promise in state.promises.items():
        who = "Inside" if internal else "The public"
        rows.append(
            join(
                (f"{who} is promised more by {at(promise.due_at, case, now)} {zone_name(case, now)}: ", WARN),
                time_left(promise.due_at, now),
            )
        )
    if missing := gaps(state):
        rows.append(join(("Nobody is: ", WARN), ", ".join(gap.title.lower() for gap in missing)))
    if state.newer:
        rows.append(join(("Written by a newer CrisisDesk: it can only be read here.", LATE)))
    return rows


def _ribbon(state: Incident, open_phase: str, width: int) -> Content:
    """Return the phases on one line: all titles where they fit, else the open one's only; then its completion line."""
    whole = [
        _phase_mark(place, phase, steps, open_phase)
        for place, (phase, steps) in enumerate(in_order(state), 1)
    ]
    if sum(content.cell_length + 1 for content in whole) > width - 2:
        whole = [
            _phase_mark(
                place, phase if phase.id == open_phase else phase._replace(title=""), steps, open_phase
            )
            for place, (phase, steps) in enumerate(in_order(state), 1)
        ]
    return join(Content(" ").join(whole), "\n", _goal(state, open_phase))


def _phase_mark(place: int, phase: Phase, steps: list[StepState], open_phase: str) -> Content:
    counted = [known for known in steps if known.applies or known.settled]
    done = sum(known.settled for known in counted)
    mark = "✓" if counted and done == len(counted) else f"{done}/{len(counted)}"
    style = "bold reverse" if phase.id == open_phase else QUIET
    return join((" ".join(part for part in (f" {place}", one_line(phase.title), f"{mark} ") if part), style))


def _goal(state: Incident, open_phase: str) -> Content:
    found: Phase | None = next((phase for phase, _ in in_order(state) if phase.id == open_phase), None)
    if found is None:
        return Content("")
    return join(("Done when: ", QUIET), line(found.done_when or found.goal, QUIET, 150))


def _small(case: Case, known: StepState, now: datetime) -> Content:
    who = case.state.owner_of(known) or f"nobody: {known.step.who}"
    due = Content("") if known.settled or not known.due else join(time_left(known.due, now), "  ")
    late = " (deviation)" if known.deviation else ""
    return join(
        state_words(case, known),
        "  ",
        due,
        line(title_of(known, case.words)),
        (late, WARN),
        "  ",
        line(who, QUIET, 22),
    )


def _step(case: Case, known: StepState, now: datetime) -> list[Content]:
    step, state = known.step, case.state
    who = state.owner_of(known) or "nobody yet"
    role = state.policy.roles[step.who].title if step.who in state.policy.roles else step.who
    rows = [
        join(line(title_of(known, case.words), "bold $text-accent"), "  ", (step.id, QUIET)),
        join(state_words(case, known), ("  owner ", QUIET), line(who), (f" ({role.lower()})  ", QUIET),
             *(() if not known.due or known.settled else (time_left(known.due, now), (f", due {at(known.due, case, now)}", QUIET)))),
    ]  # fmt: skip
    if known.settled:
        rows.append(_settled(case, known, now))
    if why := why_waiting(state, known):
        rows.append(join((f"Waits {why}", WARN)))
    if known.progress == "blocked":
        rows.append(join(("Blocked: ", LATE), lines(case.words.get(known.last, {}).get("because", ""))))
    return rows + _guidance(known)


def _guidance(known: StepState) -> list[Content]:
    step = known.step
    rows = []
    if step.why:
        rows.append(join(("Why: ", QUIET), lines(step.why.strip())))
    if step.mode:
        rows.append(join((MODES.get(step.mode, step.mode), STRONG)))
    if step.how:
        rows.append(lines(step.how.rstrip()))
    rows += [
        join("  ", line(each.title, STRONG), ": ", line(each.consequence, QUIET)) for each in step.options
    ]
    asked = step.record or required(known)
    if asked and not known.settled:
        wanted = ", ".join(f"{record.name}{' (optional)' if record.optional else ''}" for record in asked)
        rows.append(join(("Record: ", QUIET), line(wanted)))
    for label, text in (
        ("Approved by", ", ".join(step.approved_by)), ("On", ", ".join(step.on)), ("Confirmed by", step.confirmed_by),
        ("Read back", step.read_back), ("If blocked", step.if_blocked), ("Again", step.repeat), ("Protects", step.protects),
        ("Words", step.statement),
    ):  # fmt: skip
        if text:
            rows.append(join((f"{label}: ", QUIET), lines(text.strip())))
    return rows


def _settled(case: Case, known: StepState, now: datetime) -> Content:
    words = case.words.get(known.last, {})
    values = [
        f"{name.removeprefix('record: ')}: {value}"
        for name, value in words.items()
        if name.startswith("record: ")
    ]
    said = [words.get("choice", ""), *values, words.get("note", ""), words.get("because", "")]
    when = f" at {at(known.done_at, case, now)}" if known.done_at else ""
    return join(
        (f"{known.progress.capitalize()} by {known.by}{when}. ", "$text-success"),
        lines("; ".join(part for part in said if part)),
    )


def _nothing(state: Incident) -> str:
    if state.status == "closed":
        return "Closed. w opens the review."
    return "Nothing is ready now."
