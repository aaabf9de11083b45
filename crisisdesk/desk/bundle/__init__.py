"""A bundle: one incident whole in a zip, to be kept, handed on, checked by anybody, and taken into another desk.

``writing`` makes one, ``checking`` reads one and names whatever does not fit, ``taking_in`` puts it into a desk.
"""

from typing import NamedTuple

__all__ = ["FORM", "LOG", "MANIFEST", "SEAL", "Contents", "Kept"]

FORM = "crisisdesk bundle 1"
MANIFEST, SEAL, LOG = "manifest.json", "manifest.sha256", "log.jsonl"


class Kept(NamedTuple):
    """A policy or playbook as it was used: the hash of its compiled form, and under which name each file lies in the bundle."""

    hash: str
    kind: str
    name: str
    files: dict[str, str]


class Contents(NamedTuple):
    """What the manifest says of a bundle. ``files`` names every other file of it with its SHA-256."""

    stream: str
    label: str
    entries: int
    head: str
    files: dict[str, str]
    evidence: dict[str, str]
    """SHA-256 of each attached file, to the name it lies under."""
    pinned: tuple[Kept, ...]
