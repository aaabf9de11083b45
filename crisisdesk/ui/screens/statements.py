"""Statements: what is drafted for which channel, its exact text and length, whose approval it waits for."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crisisdesk.desk import Case
from crisisdesk.desk.claims import fact_sheet
from crisisdesk.domain.claims import STANDINGS, Claim, carried
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import Draft
from crisisdesk.domain.statements import (
    SHORT,
    asked_now,
    current,
    lacking,
    protected_words,
    relayed,
    standing,
    too_long,
)
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.command import STATEMENTS
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.screens.versions import VersionsScreen, copy_of, counted_as
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines, stacked, time_left
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.widgets.options import Options

WIDE = 120
"""Columns from which on the text stands beside the list."""


class StatementsScreen(IncidentView):
    """The newest version of every statement of one incident."""

    NAME = STATEMENTS
    BINDINGS = bindings(STATEMENTS)

    def __init__(self, key: str, version: str = "") -> None:
        """Take the incident's key, and perhaps the version to open it at: ``statement|channel|language|version``."""
        super().__init__(key)
        self._drafts: list[Draft] = []
        self._open_at = version
        self._texts: dict[int, str] = {}
        self._claims: list[Claim] = []

    @property
    def _selected(self) -> Draft | None:
        place = self.query_one("#drafts", OptionList).highlighted
        return self._drafts[place] if place is not None and place < len(self._drafts) else None

    def subject(self) -> Subject:
        """Return the incident with the selected draft and its text."""
        one = self._selected
        text = self._texts.get(one.seq, "") if one else ""
        return super().subject()._replace(draft=one, text=text, claims=tuple(self._claims))

    def compose(self) -> ComposeResult:
        """Lay out the head, the drafts, and the selected one's exact text."""
        yield Static("", id="head")
        with Container(id="body"):
            yield Options(id="drafts", markup=False)
            with VerticalScroll(id="draft", can_focus=False):
                yield Static("", id="text")
            with VerticalScroll(id="facts", can_focus=False):
                yield Static("", id="sheet")
        yield Static("", id="keys")

    async def tick(self, now: datetime) -> None:  # noqa: ARG002 - it is loaded with the time of loading
        """Count the time left anew."""
        await self.reload()

    async def on_resize(self) -> None:
        """Use the width there is: the list and the fact sheet on the left, the text on the right."""
        self.set_class(self.size.width >= WIDE, "-wide")
        await super().on_resize()

    async def reload(self) -> None:
        """Load the drafts with their texts."""
        found, self.now = await self.desk_app.ask(lambda desk: (desk.case(self._key), desk.now()))
        if isinstance(found, Refused):
            return
        self._case, self._drafts = found, current(found.state)
        seqs = [one.seq for one in self._drafts]
        self._texts, self._claims = await self.desk_app.ask(
            lambda desk: (desk.words(found, seqs), fact_sheet(desk, found))
        )
        shown = self.query_one("#drafts", OptionList)
        named = [f"{one.statement}|{one.channel}|{one.language}|{one.version}" for one in self._drafts]
        place, self._open_at = (
            named.index(self._open_at) if self._open_at in named else shown.highlighted or 0,
            "",
        )
        shown.clear_options()
        shown.add_options([Option(self._row(found, one)) for one in self._drafts])
        if not self._drafts:
            shown.add_option(
                Option("Nothing is drafted. Press n to begin with the playbook's words.", disabled=True)
            )
        shown.highlighted = min(place, len(self._drafts) - 1) if self._drafts else None
        shown.focus()
        head = join((f"{self._key}  Statements  ", STRONG), (f"times in {zone_name(found, self.now)}", QUIET))
        show_head(self, [[head, *marks(found, self.now)]])
        sheet = self._fact_sheet()
        self.query_one("#sheet", Static).update(stacked(sheet))
        self.query_one("#facts").display = bool(sheet)
        self._show_draft()
        self.show_keys()

    def _row(self, case: Case, one: Draft) -> Content:
        language = f" in {one.language}" if one.language else ""
        roles = lacking(case.state, one)
        stands = standing(case.state, one)
        for_whom = (
            "of" if stands == "waiting for approval" else "waits for"
        )  # said once is enough at 80 columns
        waits = f"  {for_whom} {', '.join(roles)}, " if roles and not one.published_at else ""
        style = "$text-success" if stands in ("approved", "published") else WARN
        return join((f"{stands:<20} ", style), line(one.statement, STRONG), f" for {one.channel}{language}, version {one.version}", (waits, QUIET),
                    time_left(one.due_at, self.now) if waits else "")  # fmt: skip

    @on(OptionList.OptionHighlighted, "#drafts")
    def _show_draft(self) -> None:
        one, case = self._selected, self._case
        if one is None or case is None:
            self.query_one("#text", Static).update("")
            return
        text = self._texts.get(one.seq, "(words erased)")
        limit = (
            case.state.policy.channels[one.channel].limit if one.channel in case.state.policy.channels else 0
        )
        size = f"{one.length} of {limit}" if limit else f"{one.length}"
        over = too_long(case.state, one)
        beyond = (
            f"  {one.length - limit} TOO MANY" if over else f"  {limit - one.length} left" if limit else ""
        )
        rows = [
            join(
                (size, LATE if over else STRONG),
                (f"{beyond} {counted_as(case, one)}  ", LATE if over else QUIET),
                (f"hash {one.text_hash[:SHORT]}  written by ", QUIET),
                line(one.author),
                (f", #{one.seq}", QUIET),
            ),
            lines(text),
        ]
        if one.holes:
            rows.append(
                join(("Blanks to fill: ", LATE), line(", ".join(one.holes)), ("  b fills them", QUIET))
            )
        rows += [
            join((f"'{word}' is not used lightly: ", WARN), line(because))
            for word, because in protected_words(case.state, text)
        ]
        rows += [
            join((f"Carries claim #{claim.seq}, {claim.standing.upper()}: ", LATE), line(claim.text))
            for claim in carried(text, self._claims)
        ]
        self.query_one("#text", Static).update(stacked([*rows, *self._approvals(case, one)]))

    def _approvals(self, case: Case, one: Draft) -> list[Content]:
        """Return whose approval there is, who is asked now, and where it went out."""
        rows = [Content("")]
        rows += [
            join(
                (f"✓ {role} ", "$text-success"),
                line(approval.person),
                (relayed(approval), QUIET),
            )
            for role, approval in one.approvals.items()
        ]
        for asked in asked_now(case.state, one, self.now):
            instead = f"{asked.stand_in}, {asked.stand_in_person or 'nobody yet'}" if asked.stand_in else ""
            rows.append(
                join(
                    (f"… {asked.role} ", WARN), line(asked.person or "nobody yet"), "  ", time_left(one.due_at, self.now),
                    ("  the stand-in is asked: " if instead else "", WARN), line(instead),
                )
            )  # fmt: skip
        if one.published_at:
            rows.append(
                join(
                    ("Published ", "$text-success"),
                    at(one.published_at, case, self.now),
                    (f"  deviation: {one.deviation}" if one.deviation else "", LATE),
                    (
                        f"  to be approved by {at(one.ratify_by, case, self.now)}" if one.ratify_by else "",
                        WARN,
                    ),
                )
            )
        return rows

    def _fact_sheet(self) -> list[Content]:
        """Return the fact sheet, what is not to be said first."""
        quiet: list[Content] = []
        if self._case and self._case.state.silence:
            again = self._case.state.silence
            quiet = [
                join(
                    ("We say nothing for now; look again at ", WARN),
                    at(again, self._case, self.now),
                    "  ",
                    time_left(again, self.now),
                ),
            ]
        if not self._claims:
            return quiet
        styles = {"confirmed": "$text-success", "unconfirmed": WARN, "do not say": LATE}
        by_weight = sorted(self._claims, key=lambda claim: -STANDINGS.index(claim.standing))
        rows = [
            join(
                (f"{claim.standing.upper():<12} ", styles[claim.standing]),
                line(claim.text),
                (f"  #{claim.seq}", QUIET),
            )
            for claim in by_weight
        ]
        return [*quiet, join(("Fact sheet", STRONG)), *rows]

    async def action_go_copy(self) -> None:
        """Hand the exact text over: to the clipboard, and in a file; a person posts it, never the desk."""
        one, text = self._selected, self.subject().text
        if self._case and one and text:
            name, title, warn = copy_of(self._case, one)
            await self.hand_over(name, text, title, warn=warn)

    async def action_go_versions(self) -> None:
        """Show every version of the selected statement, two at a time."""
        if one := self._selected:
            await self.app.push_screen(VersionsScreen(self._key, one))
