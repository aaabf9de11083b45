"""When the countdowns are drawn again, and what is told when things fall due: banner, toast, one sound, desktop notification.

Asked four times a second with the desk's own time, so that a laptop that slept, or a clock that was set, shows the
truth at once. Looking writes nothing to the log.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crisisdesk.domain.agenda import CALM, LAST, STATEMENT_MARK, Due, agenda, next_paint
from crisisdesk.domain.times import stamp

if TYPE_CHECKING:
    from crisisdesk.domain.attention import Alert, Told
    from crisisdesk.ui.app import DeskApp

STAYS = 15.0
"""Seconds a toast stays."""

_LEADS: dict[str, tuple[str, ...]] = {
    "step": ("done",),
    "clock": ("clocks", "clock-submitted"),
    "update": ("update",),
    "first word": ("statements",),
    "approval": ("statements", "approve-draft"),
    "enquiry": ("answer",),
    "look again": ("reopen-step",),
    "review": ("review",),
    "follow-up": ("review",),
}
"""Commands that lead from an incident's runbook to what is due."""


def way_to(due: Due) -> tuple[str, ...]:
    """Return the commands that lead from the runbook to what is to be done."""
    row = due.row
    if row.kind == "approval" and STATEMENT_MARK not in row.what:
        return ("approve",)
    if row.kind == "look again" and not row.what:
        return ("silence",)
    if row.kind == "step" and row.state == "blocked":
        return ("unblock",)
    return _LEADS.get(row.kind, ())


def keys_to(due: Due) -> str:
    """Return the keys that lead there: ``D, A``."""
    from crisisdesk.ui.commands import BY_ID

    return ", ".join(BY_ID[name].key for name in way_to(due))


class Attention:
    """What one desk on one terminal has told its person, and when it draws again."""

    def __init__(self, app: "DeskApp") -> None:
        """Take the app to speak through; the preferences say whether it begins with sound."""
        self._app = app
        self.sound = app.preferences.sound
        self._told: Told | None = None
        self._dues: list[Due] = []
        self._painted: datetime | None = None
        self._wait = timedelta(0)

    def begin(self, now: datetime) -> None:
        """Begin with the desk's first picture: what is late on it was not told, and is not told later."""
        if self._told is None:
            from crisisdesk.domain.attention import Told

            self._told, self._painted = Told(now), now

    async def look(self, now: datetime) -> bool:
        """Tell what fell due; returns whether the countdowns are to be drawn again."""
        painted = self._painted
        if self._told is None or painted is None or painted <= now < painted + self._wait:
            return False
        from crisisdesk.domain.attention import attend

        since, until = stamp(self._told.since), stamp(now + LAST + CALM)
        rows = await self._app.ask(lambda desk: desk.dues(since, until))
        self._dues = agenda(rows, self._app.speaker.author, now)
        self._painted, self._wait = now, next_paint(self._dues, now)
        self._told, alert = attend(self._told, self._dues, now, keys_to)
        if alert:
            self._tell(alert)
        return True

    def soon(self) -> None:
        """Look at the next chance: something was written."""
        self._wait = timedelta(0)

    def banner(self, dues: Sequence[Due], now: datetime) -> str:
        """Return what the desk says at its top of what is still to do; empty for nothing."""
        if self._told is None:
            return ""
        from crisisdesk.domain.attention import banner

        return banner(self._told, dues, now, keys_to)

    def _tell(self, alert: "Alert") -> None:
        from crisisdesk.ui.screens.desk import IncidentsScreen

        if not isinstance(self._app.screen, IncidentsScreen):
            self._app.notify(
                alert.text.replace("\n", "; "), title="Due", severity="warning", timeout=STAYS, markup=False
            )
        if alert.sound and self.sound:
            self._app.bell()
        if self._app.preferences.notify and self._app.preferences.desktop:
            from crisisdesk.ui.notifying import sequence

            self._app.to_terminal(sequence(self._app.preferences.desktop, alert.outside))
