"""Two versions of one statement side by side: what went, what came, who wrote each, and what became of it."""

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crisisdesk.desk import Case, Desk
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import Draft, statement_key
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.statements import SHORT, lacking, relayed, standing, too_long
from crisisdesk.domain.times import full, instant
from crisisdesk.domain.wording import Run, changes
from crisisdesk.ui.case_words import zone_name
from crisisdesk.ui.command import VERSIONS
from crisisdesk.ui.screens.base import IncidentView, bindings
from crisisdesk.ui.screens.heads import marks, show_head
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines, stacked

BESIDE = 100
"""Columns from which on the two stand side by side; under each other below."""
ERASED = "(words erased)"
_COUNTED = {
    "characters": "characters",
    "utf-16": "UTF-16 units",
    "graphemes": "characters as read",
    "x-weighted": "as X counts",
}
_SIGNS = {"gone": ("[-", "-]", "$text-error", "strike"), "new": ("{+", "+}", "$text-success", "underline")}


class VersionsScreen(IncidentView):
    """Every version of one statement for one channel and language, two at a time."""

    NAME = VERSIONS
    BINDINGS = bindings(VERSIONS)

    def __init__(self, key: str, draft: Draft) -> None:
        """Take the incident's key and the statement; it opens at that version and the one before it."""
        super().__init__(key)
        self._place = statement_key(draft.statement, draft.channel, draft.language)
        self._versions: tuple[Draft, ...] = ()
        self._texts: dict[int, str] = {}
        self._newer = draft.version - 1
        self._back = 1
        """How many versions the older one is before the newer one."""

    def compose(self) -> ComposeResult:
        """Lay out the head, and the two versions, which scroll as one."""
        yield Static("", id="head")
        with VerticalScroll(id="both"), Container(id="pair"):
            yield Static("", id="older")
            yield Static("", id="newer")
        yield Static("", id="keys")

    async def on_resize(self) -> None:
        """Put them side by side where there is room."""
        self.set_class(self.size.width >= BESIDE, "-beside")
        await super().on_resize()

    async def reload(self) -> None:
        """Load every version with its words; which two are shown stays."""
        found = await self.desk_app.ask(self._load)
        if isinstance(found, Refused):
            return
        self._case = found
        self._versions = found.state.versions.get(self._place, ())
        self._show()
        self.query_one("#both").focus()
        self.show_keys()

    def _load(self, desk: Desk) -> Case | Refused:
        found, self.now = desk.case(self._key), desk.now()
        if not isinstance(found, Refused):
            self._texts = desk.words(found, [one.seq for one in found.state.versions.get(self._place, ())])
        return found

    @property
    def shown(self) -> tuple[Draft | None, Draft] | None:
        """The two versions: the older one is missing beside the first."""
        if not self._versions:
            return None
        newer = max(0, min(self._newer, len(self._versions) - 1))
        older = newer - self._back
        return (self._versions[older] if older >= 0 else None), self._versions[newer]

    def _show(self) -> None:
        case, pair = self._case, self.shown
        if case is None or pair is None:
            return
        older, newer = pair
        language = f" in {newer.language}" if newer.language else ""
        said = f" for {newer.channel}{language}, {len(self._versions)} {'version' if len(self._versions) == 1 else 'versions'}"
        head = join(
            (f"{self._key}  ", STRONG),
            line(newer.statement, STRONG),
            said,
            (f"  times in {zone_name(case, self.now)}", QUIET),
        )
        signs = join(
            ("[-gone-]", "$text-error"), "  ", ("{+new+}", "$text-success"), ("  ↵ a line ends", QUIET)
        )
        show_head(self, [[head, *marks(case, self.now)], [signs]])
        before = self._texts.get(older.seq, ERASED) if older else ""
        after = self._texts.get(newer.seq, ERASED)
        erased = ERASED in (before, after)
        runs = changes(before, after) if older and not erased else [Run("same", after)]
        told = about(case, older) if older else [join(("Before the first version there is none.", QUIET))]
        words = lines(before) if erased else drawn(runs, "gone")
        left = [*told, Content(""), words] if older else told
        self.query_one("#older", Static).update(stacked(left))
        same = [join(("No word differs.", WARN))] if older and before == after and not erased else []
        self.query_one("#newer", Static).update(
            stacked([*about(case, newer), *same, Content(""), drawn(runs, "new")])
        )

    def action_go_earlier(self) -> None:
        """Go one version back."""
        self._turn(-1)

    def action_go_later(self) -> None:
        """Go one version on."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        wanted = max(0, min(self._newer, len(self._versions) - 1)) + by
        if 0 <= wanted < len(self._versions):
            self._newer, self._back = wanted, 1
            self._show()
        else:
            self.notify("That is the newest version." if by > 0 else "That is the first version.", timeout=3)

    def action_go_against(self) -> None:
        """Compare with the version before that, and so on; from the first one round again."""
        newer = max(0, min(self._newer, len(self._versions) - 1))
        self._back = self._back + 1 if self._back < newer else 1
        self._show()

    async def action_go_copy(self) -> None:
        """Copy the newer one of the two, word for word."""
        pair = self.shown
        if self._case and pair and (text := self._texts.get(pair[1].seq)):
            name, title, warn = copy_of(self._case, pair[1])
            await self.hand_over(name, text, title, warn=warn)


def about(case: Case, one: Draft) -> list[Content]:
    """Say of a version whose it is, since when, how long, by which hash it is known, who approved it, whether it went out."""
    state = case.state
    channel = state.policy.channels.get(one.channel)
    limit = f" of {channel.limit}" if channel and channel.limit else ""
    over = too_long(state, one)
    size = f"{one.length}{limit}{' TOO LONG' if over else ''}"
    rows = [
        join(
            (f"Version {one.version}  ", STRONG), (f"hash {one.text_hash[:SHORT]}  ", QUIET),
            (size, LATE if over else STRONG), (f" {counted_as(case, one)}", QUIET),
        ),
        join(("by ", QUIET), line(one.author), (f", {_moment(case, one.written_at)}, #{one.seq}", QUIET)),
    ]  # fmt: skip
    newest = one in state.versions.get(statement_key(one.statement, one.channel, one.language), ())[-1:]
    replaced = not newest and not one.published_at
    stands = "replaced before it went out" if replaced else standing(state, one)
    nobody = "; nobody approved it" if replaced and not one.approvals else ""
    nobody += f"; changes asked in #{one.changes_asked}" if replaced and one.changes_asked else ""
    rows.append(join((stands.capitalize() + nobody, "$text-success" if one.is_out else WARN)))
    rows += [
        join((f"✓ {role} ", "$text-success"), line(approval.person), (relayed(approval), QUIET))
        for role, approval in one.approvals.items()
    ]
    waits = lacking(state, one) if newest else ()
    rows += [join((f"… not approved by {', '.join(waits)}", WARN))] if waits else []
    if one.published_at:
        out = f"Went out {_moment(case, one.published_at)}, #{one.published}"
        rows.append(join((out, "$text-success" if one.is_out else QUIET)))
    elif not replaced:
        rows.append(join(("Not gone out", QUIET)))
    return rows


def counted_as(case: Case, one: Draft) -> str:
    """Say in which units a statement's length is counted: its channel's."""
    channel = case.state.policy.channels.get(one.channel)
    return _COUNTED.get(channel.counts, channel.counts) if channel else _COUNTED["characters"]


def drawn(runs: list[Run], side: str) -> Content:
    """Return one side: what both have, and what only this one has between its signs, in its colour."""
    before, after, colour, face = _SIGNS[side]
    parts = [
        lines(run.text)
        if run.kind == "same"
        else join((before, colour), lines(run.text.replace("\n", "↵\n"), f"{colour} {face}"), (after, colour))
        for run in runs
        if run.kind in ("same", side)
    ]
    return join(*parts)


def copy_of(case: Case, one: Draft) -> tuple[str, str, bool]:
    """Return the name of the file a version is copied into, the message's title, and whether it warns: it is not approved."""
    language = f"-{one.language}" if one.language else ""
    fit = standing(case.state, one).startswith(("approved", "published"))
    warning = "" if fit else "NOT-APPROVED-"
    place = f"{case.state.label}-{warning}{one.statement}-{one.channel}{language}"
    name = f"{place}-version-{one.version}-{one.text_hash[:SHORT]}.txt"
    return name, "Not posted: a person does that" if fit else "NOT APPROVED, and not posted", not fit


def _moment(case: Case, stored: str) -> str:
    return full(instant(stored), zone(case.state.policy)) if stored else "not recorded"
