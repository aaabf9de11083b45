"""People, as the people file names them: personal data, so never pinned with an incident and never in its log."""

from collections.abc import Mapping
from typing import NamedTuple


class Person(NamedTuple):
    """Somebody the people file names; ``contacts`` maps a way to reach them to its address or number."""

    name: str
    roles: tuple[str, ...]
    contacts: Mapping[str, str]
    languages: tuple[str, ...] = ()
    time_zone: str = ""
    note: str = ""

    @property
    def reach(self) -> str:
        """How to reach them, in the order of the file: ``phone 123, email a@b``; empty when nothing is named."""
        return ", ".join(f"{way} {address}" for way, address in self.contacts.items())
