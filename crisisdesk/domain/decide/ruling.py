"""What ``decide`` answers: entries to write, or a refusal in plain words."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.entries import Event


class Refused(NamedTuple):
    """It makes no sense in this state: why, and what to do instead. A value, not an exception."""

    sentence: str
    remedy: str = ""


class Proposed(NamedTuple):
    """An entry to write: its event and the words that go into its body."""

    event: Event
    words: Mapping[str, str] = {}


Ruling = tuple[Proposed, ...] | Refused


def words(**said: str) -> dict[str, str]:
    """Keep only the words that were said."""
    return {name: text for name, text in said.items() if text}


def recorded(record: Mapping[str, str]) -> dict[str, str]:
    """Name recorded values as a body keeps them."""
    return {f"record: {name}": value for name, value in record.items()}
