"""What reviewers can want of an incident."""

from datetime import datetime
from typing import NamedTuple


class MarkMoment(NamedTuple):
    """Choose an entry as a key moment, or, with ``marked`` false, choose it no longer."""

    entry: int
    marked: bool = True


class WriteFinding(NamedTuple):
    """Write what went well, what did not, what was lucky, or what contributed; ``about`` names the entries it rests on."""

    sort: str
    text: str
    about: tuple[int, ...] = ()


class WithdrawFinding(NamedTuple):
    """Say that a finding, by its entry, no longer stands, and why."""

    finding: int
    because: str = ""


class RateObjective(NamedTuple):
    """Say how a phase's goal was met."""

    phase: str
    rating: str
    because: str = ""


class AddFollowUp(NamedTuple):
    """Ask for something to be done: what, by whom, from when, until when, and how one will see that it helped."""

    text: str
    owner: str = ""
    due: datetime | None = None
    start: datetime | None = None
    verification: str = ""
    about: tuple[int, ...] = ()


class ChangeFollowUp(NamedTuple):
    """Say how a follow-up, by its entry, stands now; perhaps with another owner or due time."""

    follow_up: int
    standing: str
    owner: str = ""
    due: datetime | None = None
    because: str = ""


class WriteParagraph(NamedTuple):
    """Write the opening paragraph oneself; an empty text goes back to the one put together from entries."""

    text: str


class SignSummary(NamedTuple):
    """Stand by a document, by its bytes' SHA-256, in a role."""

    sha256: str
    role: str
    name: str = ""
