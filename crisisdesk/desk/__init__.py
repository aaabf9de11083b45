"""The shell around the core: load, decide, append, and give back the new state. The one door for screens and commands."""

from crisisdesk.desk.desk import Desk
from crisisdesk.desk.values import NO_MANNER, Case, Machine, Manner, Saved, Signal, Speaker, When
from crisisdesk.journal import JournalTrouble

__all__ = [
    "NO_MANNER",
    "Case",
    "Desk",
    "JournalTrouble",
    "Machine",
    "Manner",
    "Saved",
    "Signal",
    "Speaker",
    "When",
]
