"""The facts: three keys each, and the recommended level with its reasons. May be left and come back to."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import NO_MANNER, Case
from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.figures import Series
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import AnswerFact, SetSeverity, TypeFigure
from crisisdesk.domain.policy import Question
from crisisdesk.domain.runbook import said
from crisisdesk.domain.severity import FIGURES, IF_UNSURE, advised, number
from crisisdesk.ui.case_words import run_of
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.remedies import for_screen
from crisisdesk.ui.screens.base import IncidentView
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, key_row, line
from crisisdesk.ui.widgets.options import Options

FIGURE, CONFIRM = "figure:", "confirm:"
MARKS = 16
"""Marks that the run of a figure takes at most."""


class FactsScreen(IncidentView):
    """Every fact with its answer: ``y`` yes, ``n`` no, ``u`` unknown, ``enter`` for names."""

    BINDINGS = [
        Binding("y", "answer('yes')", "Yes", show=False, id="fact-yes"),
        Binding("n", "answer('no')", "No", show=False, id="fact-no"),
        Binding("u", "answer('unknown')", "Unknown", show=False, id="fact-unknown"),
        Binding("v", "confirm", "Confirm the level", show=False, id="fact-level"),
        Binding("escape", "go_back", "To the runbook", show=False, id="facts-done"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the level on top, the facts below it."""
        yield Static("", id="head")
        yield Options(id="facts", markup=False)
        yield Static("", id="keys")

    async def reload(self) -> None:
        """Show the facts and what they speak for."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        self._case = found
        state = found.state
        over_time = await self.desk_app.ask(lambda desk: desk.figures(state.stream, state.seq))
        runs = {one.figure: one for one in over_time}
        shown = self.query_one("#facts", OptionList)
        place = shown.highlighted or 0
        shown.clear_options()
        shown.add_options(
            [
                Option(_fact(found.state, name, question), id=name)
                for name, question in found.state.questions.items()
            ]
        )
        shown.add_options(
            [Option(self._figure(state, name, runs.get(name)), id=FIGURE + name) for name in FIGURES]
        )
        shown.add_option(Option(_confirming(found.state), id=CONFIRM))
        shown.highlighted = place
        shown.focus()
        self._head(found)
        self.show_keys()

    def _figure(self, state: Incident, name: str, run: Series | None) -> Content:
        """Show a figure: its latest value, what it is, and where there is room for it the run of it."""
        value = state.figures.get(name)
        typed = number(value) if value is not None else "not typed"
        told = join(
            (f"{typed:<10.10} ", QUIET if value is None else STRONG), line(FIGURES[name].capitalize())
        )
        if run is None:
            return told
        whole = join(told, "  ", run_of(run, self.now, MARKS))
        return whole if whole.cell_length <= self.size.width - 4 else told

    def _head(self, case: Case) -> None:
        state = case.state
        speaks = advised(state)
        sure = "confirmed" if state.confirmed else "not confirmed"
        why = "; ".join(speaks.reasons).rstrip(".")
        first = join((f"{state.label}  Facts", STRONG), f"   now {state.severity}, {sure}")
        advice = join((f"Recommended: {speaks.level}. ", WARN), line(f"{why}."), (f" {IF_UNSURE}", QUIET))
        show_head(self, [[first, *marks(case, self.now)], [advice]])

    def show_keys(self) -> None:
        """Say which keys work here."""
        keys = key_row(
            ("y", "Yes", "screen.answer('yes')"), ("n", "No", "screen.answer('no')"), ("u", "Unknown", "screen.answer('unknown')"),
            ("enter", "Names", "screen.ask"), ("v", "Confirm level", "screen.confirm"), ("esc", "To the runbook", "screen.go_back"),
        )  # fmt: skip
        self.query_one("#keys", Static).update(keys)

    def action_ask(self) -> None:
        """Ask for what the highlighted line takes."""
        self.query_one("#facts", OptionList).action_select()

    async def action_answer(self, answer: str) -> None:
        """Answer the highlighted fact and go to the next."""
        shown = self.query_one("#facts", OptionList)
        if self._case is None or shown.highlighted is None:
            return
        place = shown.highlighted
        name = shown.get_option_at_index(place).id or ""
        question = self._case.state.questions.get(name)
        if question is None:
            self.notify("Press enter here.", markup=False)
            return
        answers = ("unknown",) if question.kind != "choice" else question.answers
        if answer not in answers:
            self.notify(f"Answer with: {', '.join(question.answers)}. Press enter.", markup=False)
            return
        if said(self._case.state.facts.get(name, UNKNOWN)) != answer:
            await self._say(await self._written(name, answer))
        shown.highlighted = min(place + 1, shown.option_count - 1)

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for names, a number, or another answer."""
        name = event.option_id or ""
        if name == CONFIRM:
            await self.action_confirm()
        elif name.startswith(FIGURE):
            await self._ask_figure(name.removeprefix(FIGURE))
        if self._case is None or name not in self._case.state.questions:
            return
        question = self._case.state.questions[name]
        value = _typed(self._case.state.facts.get(name, UNKNOWN))
        choices = tuple(Choice(answer, answer) for answer in question.answers)
        if question.kind == "list":  # several at once: typed, beginning with those said before
            names = f": {', '.join(question.answers)}" if question.answers else ""
            field = Field("value", f"Answer, with a comma between them{names}", required=True, value=value)
        else:
            kind = "choice" if choices else "line"
            field = Field("value", "Answer", kind, required=True, value=value, choices=choices)

        async def save(values: Values) -> Refused | None:
            return await self._written(name, values["value"])

        await self.ask_in_form(("fact", self._key, name), line(question.ask), [field], save)

    async def _ask_figure(self, name: str) -> None:
        """Ask for a figure; it may change what is recommended, and never the level itself."""
        fields = [Field("value", "The number", required=True), Field("source", "Where you read it")]
        key, speaker = self._key, self.desk_app.speaker

        async def save(values: Values) -> Refused | None:
            intent = TypeFigure(name, values["value"], values["source"])
            saved = await self.desk_app.ask(lambda desk: desk.act(key, intent, speaker, NO_MANNER))
            await self.reload()
            return saved if isinstance(saved, Refused) else None

        await self.ask_in_form(("figure", key, name), line(FIGURES[name].capitalize()), fields, save)

    async def _written(self, name: str, answer: str) -> Refused | None:
        key, speaker = self._key, self.desk_app.speaker
        saved = await self.desk_app.ask(
            lambda desk: desk.act(key, AnswerFact(name, answer), speaker, NO_MANNER)
        )
        await self.reload()
        return saved if isinstance(saved, Refused) else None

    async def action_confirm(self) -> None:
        """Confirm the recommended level with one key."""
        if self._case is None:
            return
        state = self._case.state
        level = advised(state).level
        key, speaker = self._key, self.desk_app.speaker
        saved = await self.desk_app.ask(lambda desk: desk.act(key, SetSeverity(level), speaker, NO_MANNER))
        await self.reload()
        await self._say(saved if isinstance(saved, Refused) else None)

    async def _say(self, refused: Refused | None) -> None:
        if refused:
            refused = for_screen(refused)
            self.notify(f"{refused.sentence} {refused.remedy}", severity="warning", markup=False)


def _fact(state: Incident, name: str, question: Question) -> Content:
    answer = said(state.facts.get(name, UNKNOWN))
    style = QUIET if answer == UNKNOWN else STRONG
    return join((f"{answer:<10.10} ", style), line(question.ask))


def _confirming(state: Incident) -> Content:
    return join(("Confirm  ", WARN), f"{advised(state).level}, as recommended (enter, a click, or v)")


def _typed(fact: Fact) -> str:
    """Return an answer as it would be typed; nothing where none was given."""
    return "" if fact == UNKNOWN else said(fact)
