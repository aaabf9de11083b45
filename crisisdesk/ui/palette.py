"""Finding a command by its words: what can be done here, what cannot and why, what another screen can, and who is who."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from crisisdesk.domain.text import name_key
from crisisdesk.ui.command import BRIEF, CALLS, CLOCKS, REVIEW, RUNBOOK, STATEMENTS, TIMELINE, name_of
from crisisdesk.ui.commands import COMMANDS
from crisisdesk.ui.leaving_once import LeavesOnce
from crisisdesk.ui.screens.base import DeskView
from crisisdesk.ui.showing import QUIET, line

_ROOMS = {
    TIMELINE: "timeline",
    REVIEW: "review",
    CLOCKS: "clocks",
    STATEMENTS: "statements",
    CALLS: "call-list",
    BRIEF: "brief",
}
"""Which command of the runbook opens a screen."""


class Offer(NamedTuple):
    """One line of the palette."""

    title: str
    help: str
    carry_out: Callable[[], None]
    grey: bool = False
    verbs: str = ""

    @property
    def shown(self) -> Content:
        """The title as it is shown; what cannot be done now is quiet."""
        return line(self.title, QUIET if self.grey else "")


class Palette(CommandPalette, LeavesOnce[None]):
    """Textual's palette, which may be clicked away twice, and paged through while its list is still being made."""

    def _action_command_list(self, action: str) -> None:
        with suppress(
            KeyError
        ):  # its list has no lines yet for what has just been found: the key comes too early
            super()._action_command_list(action)


class DeskCommands(Provider):
    """The commands of the registry, and the people of the incident."""

    async def discover(self) -> Hits:
        """Offer what can be done here, before anything is typed."""
        for offer in self._offers():
            if not offer.grey:
                yield DiscoveryHit(offer.shown, offer.carry_out, text=offer.title, help=offer.help)

    async def search(self, query: str) -> Hits:
        """Offer what has all the words that were typed, in its name first."""
        for offer in self._offers():
            if score := fit(query, offer):
                yield Hit(score, offer.shown, offer.carry_out, text=offer.title, help=offer.help)

    def _offers(self) -> Iterator[Offer]:
        view = self.screen
        if isinstance(view, DeskView):
            yield from _here(view)
            yield from _elsewhere(view)
            yield from _people(view)
        yield Offer(
            "Leave  (ctrl+q)", "Close the desk; everything is saved.",
            lambda: _later(view, "app.leave"), verbs="quit exit close end",
        )  # fmt: skip


def fit(query: str, offer: Offer) -> float:
    """Return how well an offer fits what was typed, 0 when a word of it is nowhere; its own name counts most."""
    total = 0.0
    title, verbs, told = (name_key(text) for text in (offer.title, offer.verbs, offer.help))
    for word in name_key(query).split():
        found = [weight for text, weight in ((title, 3.0), (verbs, 2.0), (told, 1.0)) if _begins(word, text)]
        if not found:
            return 0.0
        total += found[0]
    return total / (2 if offer.grey else 1) if total else 0.0


def _begins(word: str, text: str) -> bool:
    return any(each.startswith(word) for each in text.replace("(", " ").replace(":", " ").split())


def _here(view: DeskView) -> Iterator[Offer]:
    subject = view.subject()
    for command in view.commands:
        why = command.why_not(subject)
        yield Offer(
            f"{command.title}  ({name_of(command)})",
            f"Not now: {why}" if why else command.help,
            _doing(view, command.id),
            grey=bool(why),
            verbs=command.verbs,
        )


def _elsewhere(view: DeskView) -> Iterator[Offer]:
    """Offer what another screen of the incident can do: choosing it goes there."""
    if view.NAME != RUNBOOK:
        return
    for command in COMMANDS:
        room = next((screen for screen in command.screens if screen in _ROOMS), "")
        if room and RUNBOOK not in command.screens and not command.go:
            yield Offer(
                f"{command.title}: on the {room} screen", command.help, _doing(view, _ROOMS[room]), verbs=command.verbs
            )  # fmt: skip


def _people(view: DeskView) -> Iterator[Offer]:
    case = view.case
    if case is None:
        return
    for role in case.state.policy.roles.values():
        holder = case.state.holder(role.id) or "nobody"
        yield Offer(
            f"Who is {role.title}: {holder}",
            "The people of this incident.",
            _doing(view, "people"),
            verbs=role.id,
        )


def _doing(view: DeskView, command: str) -> Callable[[], None]:
    return lambda: _later(view, f"screen.command('{command}')")


def _later(view: object, action: str) -> None:
    """Run an action once the palette has gone."""
    if isinstance(view, DeskView):
        view.app.call_later(view.app.run_action, action)
