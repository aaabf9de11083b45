"""The screen. Imported only when it is opened; imports neither journal nor loading."""

from collections.abc import Callable

from crisisdesk.desk import Desk, Speaker

__all__ = ["run"]


def run(open_desk: Callable[[], Desk], speaker: Speaker, *, open_at: str = "") -> int:
    """Open the desk on this terminal, perhaps at one incident, and return the exit code.

    ``open_desk`` is called on the desk's own thread: the journal it opens belongs to that thread.
    """
    from crisisdesk.ui.app import DeskApp

    app = DeskApp(open_desk, speaker, open_at=open_at)
    app.run()
    return app.return_code or 0
