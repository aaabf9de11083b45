"""The people of an incident: who holds which role since when, who stands in, what nobody holds; taken and handed over here."""

from collections.abc import Mapping
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.policy import Role
from crisisdesk.domain.runbook import gaps
from crisisdesk.domain.text import same_name
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.command import PEOPLE
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, stacked
from crisisdesk.ui.widgets.options import Options

_Row = Mapping[str, str | int]
TITLE = 26
"""Columns of a role's title."""


class PeopleScreen(IncidentView):
    """Every role of the policy, and who holds it."""

    NAME = PEOPLE
    BINDINGS = bindings(PEOPLE)

    def __init__(self, key: str) -> None:
        """Take the incident's key."""
        super().__init__(key)
        self._held: list[dict[str, str | int]] = []

    def compose(self) -> ComposeResult:
        """Lay out the head, the roles, and who held them before."""
        yield Static("", id="head")
        yield Options(id="roles", markup=False)
        yield Static("", id="before")
        yield Static("", id="keys")

    @property
    def _role(self) -> str:
        shown = self.query_one("#roles", OptionList)
        if shown.highlighted is None:
            return ""
        return shown.get_option_at_index(shown.highlighted).id or ""

    async def reload(self) -> None:
        """Load who holds what; the roles that are missing come after those that are held."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        self._case = found
        self._held = await self.desk_app.ask(lambda desk: desk.table(found, "role_intervals"))
        shown = self.query_one("#roles", OptionList)
        chosen = self._role
        shown.clear_options()
        roles = self._in_order(found)
        shown.add_options([Option(self._row(found, role), id=role.id) for role in roles])
        places = [place for place, role in enumerate(roles) if role.id == chosen]
        shown.highlighted = places[0] if places else 0
        shown.focus()
        head = join((f"{self._key}  People  ", STRONG), (f"times in {zone_name(found, self.now)}", QUIET))
        show_head(self, [[head, *marks(found, self.now)]])
        before = [row for row in self._held if row["until"]]
        told = [join(("Before", STRONG)), *(_since(found, row, self.now) for row in before)] if before else []
        self.query_one("#before", Static).update(stacked(told))
        self.show_keys()

    def _in_order(self, case: Case) -> list[Role]:
        state = case.state
        missing = {gap.role for gap in gaps(state)}
        return sorted(
            state.policy.roles.values(), key=lambda role: (not state.holder(role.id), role.id not in missing)
        )

    def _row(self, case: Case, role: Role) -> Content:
        state = case.state
        held = next((row for row in self._held if row["role"] == role.id and not row["until"]), None)
        if held:
            return _since(case, held, self.now)
        needed = role.id in {gap.role for gap in gaps(state)}
        stand_in = state.policy.roles.get(role.stand_in)
        person = state.holder(role.stand_in) if role.stand_in else ""
        instead = f"stand-in: {stand_in.title}{f', {person}' if person else ''}" if stand_in else ""
        return join(
            (f"{role.title:<{TITLE}} ", STRONG), ("! nobody, and it is needed  ", LATE) if needed else ("nobody  ", QUIET), line(instead, QUIET),
        )  # fmt: skip

    def given(self, name: str) -> Mapping[str, str]:
        """Answer which role: the one that is selected."""
        return {"role": self._role} if name in ("role", "release", "hand-over", "accept") else {}

    @on(OptionList.OptionSelected, "#roles")
    async def act(self) -> None:
        """Enter accepts an offered role, hands over one's own, and takes any other."""
        if self._case is None:
            return
        state, role = self._case.state, self._role
        mine = same_name(state.holder(role), self.desk_app.speaker.author)
        wanted = "accept" if role in state.offers else "hand-over" if mine else "role"
        await self.action_command(wanted)


def _since(case: Case, row: _Row, now: datetime) -> Content:
    known = case.state.policy.roles.get(str(row["role"]))
    until = f" to {at(str(row['until']), case, now)}" if row["until"] else ""
    told = [
        (f"offered to {row['offered_to']}", WARN) if row["offered_to"] else ("", QUIET),
        ("acting", WARN) if row["acting"] and not row["until"] else ("", QUIET),
        (f"deviation: {row['deviation']}", LATE) if row["deviation"] else ("", QUIET),
    ]
    return join(
        (f"{known.title if known else row['role']:<{TITLE}} ", STRONG), line(str(row["person"])),
        (f"  since {at(str(row['since']), case, now)}{until}", QUIET), *(join("  ", line(text, style)) for text, style in told if text),
    )  # fmt: skip
