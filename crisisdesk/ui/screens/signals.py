"""The forms for signals: handing one in, and saying what becomes of it."""

from typing import TYPE_CHECKING

from textual.content import Content

from crisisdesk.desk import NO_MANNER, Signal
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.entries import Entry
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.showing import QUIET, join, line, lines

if TYPE_CHECKING:
    from crisisdesk.ui.screens.base import DeskView

_DECLARE, _DISMISS = "declare", "dismiss"


async def ask_for_signal(view: "DeskView") -> None:
    """Ask what was noticed, in one line."""
    speaker = view.desk_app.speaker

    async def save(values: Values) -> Refused | None:
        written = await view.desk_app.ask(
            lambda desk: desk.signals.hand_in(values["text"], values["link"], speaker, NO_MANNER)
        )
        return await _shown(view, written, "Handed to the desk.")

    fields = [
        Field("text", "What did you notice? You need not be sure", required=True),
        Field("link", "Where it can be seen"),
    ]
    await view.ask_in_form(("signal", "", ""), line("A signal, before anybody declares"), fields, save)


async def ask_what_becomes_of(view: "DeskView", signal: Signal) -> None:
    """Ask whether a signal is declared, merged into an incident, or dismissed with a reason."""
    rows = await view.desk_app.ask(lambda desk: desk.incidents())
    running = [row for row in rows if row.status != "closed"]
    choices = (
        Choice(_DECLARE, "Declare an incident with it"),
        *(Choice(row.key, f"Merge it into {row.key}: {row.title}") for row in running),
        Choice(_DISMISS, "Dismiss it, with the reason below"),
    )
    fields = [
        Field("outcome", "What becomes of it", "choice", required=True, choices=choices),
        Field("because", "Why"),
    ]
    speaker = view.desk_app.speaker

    async def save(values: Values) -> Refused | None:
        chosen = values["outcome"]
        if chosen == _DECLARE:
            view.call_later(_declare, view, signal)
            return None
        outcome, incident = ("dismissed", "") if chosen == _DISMISS else ("merged", chosen)
        written = await view.desk_app.ask(
            lambda desk: desk.signals.settle(
                signal.seq, outcome, incident, values["because"], speaker, NO_MANNER
            )
        )
        return await _shown(view, written, f"Signal {outcome}.")

    intro: Content = join(("From ", QUIET), line(signal.author), "  ", line(signal.link, QUIET))
    await view.ask_in_form(("settle", "", str(signal.seq)), lines(signal.text), fields, save, intro)


async def _declare(view: "DeskView", signal: Signal) -> None:
    from crisisdesk.ui.screens.declare import DeclareScreen

    await view.app.push_screen(DeclareScreen(signal))


async def _shown(view: "DeskView", written: Entry | Refused, said: str) -> Refused | None:
    if isinstance(written, Refused):
        return written
    await view.reload()
    view.notify(said, timeout=3, markup=False)
    return None
