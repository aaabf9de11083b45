"""What goes into the desk and comes out of it: who acts, when, in which manner; the case, and what was saved."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crisisdesk.domain.entries import Entry, Precision, Sensitivity
    from crisisdesk.domain.incident import Incident
    from crisisdesk.domain.runbook import Words


class Machine(NamedTuple):
    """What the system says of who sits here; kept in every entry beside the author."""

    system_user: str
    host: str


class Speaker(NamedTuple):
    """Who acts: the author, how the desk knows the name, and on whose behalf by which means."""

    author: str
    author_from: str = "named"
    on_behalf_of: str = ""
    relayed_by: str = ""


class When(NamedTuple):
    """When it happened, if that is not now, and why it is written late."""

    occurred: datetime | None = None
    precision: "Precision" = "exact"
    late_because: str = ""


class Manner(NamedTuple):
    """How an intent is put: its id (made here unless a retry names it), its time, its sensitivity."""

    intent_id: str = ""
    when: When = When()
    sensitivity: "Sensitivity" = "normal"
    new_name: bool = False
    seen: int = 0
    """The last entry the person saw when deciding; 0 when unknown."""


class Case(NamedTuple):
    """An incident as screens, commands and exports take it: the state, and the words the runbook shows."""

    state: "Incident"
    words: "Words"

    @property
    def title(self) -> str:
        """What happened, in one line, as declared."""
        return self.words.get(1, {}).get("title", "(words erased)")


class Saved(NamedTuple):
    """It is on disk: the entries, the case after them, and what others wrote since the person last looked."""

    entries: "tuple[Entry, ...]"
    case: Case
    meanwhile: "tuple[Entry, ...]" = ()
    repeated: bool = False
    """The same intent had been saved before; nothing was written twice."""


class Signal(NamedTuple):
    """One notice. ``outcome`` is empty while nobody settled it; times are stored instants."""

    seq: int
    noticed_at: str
    author: str
    text: str
    link: str
    outcome: str = ""
    incident: str = ""
    because: str = ""
    settled_by: str = ""


NO_MANNER = Manner()
"""Now, normal, first try."""
