"""The screen. Imported only when it is opened; imports neither journal nor loading."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from signal import SIG_IGN, SIGINT, signal
from typing import TYPE_CHECKING

from crisisdesk.desk import Desk, Speaker
from crisisdesk.ui.preferences import DEFAULT, Preferences

if TYPE_CHECKING:
    from crisisdesk.ui.beginning import FirstRun

__all__ = ["TRY_SAMPLE", "run"]

TRY_SAMPLE = -1
"""What :func:`run` returns when the person wants the sample incident, and their own desk after it."""


def run(
    open_desk: Callable[[], Desk],
    speaker: Speaker,
    *,
    open_at: str = "",
    role: str = "",
    first_run: "FirstRun | None" = None,
    sample: bool = False,
    environment: Mapping[str, str] | None = None,
    preferences: Preferences = DEFAULT,
) -> int:
    """Open the desk on this terminal, perhaps at one incident, and return the exit code or :data:`TRY_SAMPLE`.

    ``open_desk`` is called on the desk's own thread: the journal it opens belongs to that thread. ``role`` is the one
    this person usually takes; ``first_run`` is what a new desk asks before it opens; ``sample`` marks every screen as
    one of a throw-away desk; ``environment`` says which terminal and which tools a text can be copied with; ``preferences`` how it looks and sounds.
    """
    from crisisdesk.ui.desk_thread import DeskThread

    with suppress(ValueError):  # not the main thread: then it is somebody else's to say
        signal(
            SIGINT, SIG_IGN
        )  # ctrl+c is a signal while the screen opens or closes, and stops nothing there
    desk = DeskThread(open_desk)
    if first_run is None:
        desk.soon(lambda _: None)  # it opens while the screen is loaded
    from crisisdesk.ui.app import DeskApp

    app = DeskApp(
        desk,
        speaker,
        open_at=open_at,
        role=role,
        first_run=first_run,
        sample=sample,
        environment=environment,
        preferences=preferences,
    )
    app.run()
    return TRY_SAMPLE if app.return_value == TRY_SAMPLE else app.return_code or 0
