"""Entries around the steps: posting queues that are frozen, people who ask, silence that was chosen, words to be kept close."""

from typing import NamedTuple


class QueueFrozen(NamedTuple):
    """A posting queue on an account was paused; ``held`` posts wait in it, -1 when nobody counted. Words: because, may post."""

    queue: str
    account: str
    held: int = -1


class QueueReleased(NamedTuple):
    """A frozen queue was let go: its posts ``restored`` or ``binned``. Words: because."""

    queue: str
    account: str
    outcome: str


class EnquiryLogged(NamedTuple):
    """Somebody asks: media, partner, regulator. Words: who, outlet, question."""

    due_at: str = ""
    """Their deadline, as a stored instant; empty when they named none."""


class EnquiryAnswered(NamedTuple):
    """An enquiry was answered. Words: line, by."""

    enquiry: int


class SilenceChosen(NamedTuple):
    """It was decided to say nothing in public for now, and when to look again. Words: because."""

    revisit_at: str


class SensitivityRaised(NamedTuple):
    """An earlier entry holds more than everybody should read. Words: because."""

    entry: int
    level: str
