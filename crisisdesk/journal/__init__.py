"""The journal: append, read, watch. The only room that knows there is a database.

Promises every engine keeps: an append is one transaction over all its streams; it returns when the entries are on
disk and not before; entries are never changed or removed; numbers are gapless; a writer whose entries do not follow
the head is told so (:class:`Conflict`) and nothing is written.
"""

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from crisisdesk.domain.chain import GENESIS, Fault
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.rows import DueRow, IncidentRow, Rows, StepRow

__all__ = ["Conflict", "Head", "Journal", "JournalTrouble", "Pin", "open_journal"]


class Head(NamedTuple):
    """The last entry of a stream: its number and hash; 0 and 64 zeros for a stream not yet begun."""

    seq: int = 0
    hash: str = GENESIS


class Pin(NamedTuple):
    """A policy or playbook as it was used: compiled canonical JSON (its SHA-256 is the key) and the exact bytes of its files."""

    hash: str
    kind: str
    name: str
    compiled: str
    sources: Mapping[str, bytes]


class Conflict(Exception):  # noqa: N818 - not an error: somebody was first, and the desk decides again
    """Somebody else wrote first: read what is new and decide again. Nothing was written."""


class JournalTrouble(Exception):  # noqa: N818 - the word people read
    """The journal cannot be read or written; ``sentence`` says what and ``remedy`` what to do. Nothing was lost."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


class Journal(Protocol):
    """What every engine offers. One object belongs to one thread."""

    path: Path
    """The file, or for another engine a file that stands for it: what is kept beside the journal lies there."""

    def head(self, stream: str) -> Head:
        """Return the last number and hash of a stream."""

    def read(
        self, stream: str, after: int = 0, limit: int = 0, *, words: bool = True, kinds: Sequence[str] = ()
    ) -> list[Entry]:
        """Return the entries of a stream numbered above ``after``, in order, perhaps only of some kinds; ``limit`` 0 for all."""

    def read_some(self, stream: str, seqs: Sequence[int], *, words: bool = True) -> list[Entry]:
        """Return some entries of a stream by their numbers, in the order of the numbers."""

    def order(self, stream: str, kinds: Sequence[str]) -> "tuple[array[int], list[int]]":
        """Return the numbers of a stream's entries in the order things happened as first written, and those of some kinds."""

    def words(self, stream: str, seqs: Sequence[int]) -> dict[int, Mapping[str, str]]:
        """Return the words of some entries; erased or empty ones are missing."""

    def of_intent(self, intent: str) -> list[Entry]:
        """Return the entries an intent has already written (ids ``INTENT:1``, ``INTENT:2``, …), in order."""

    def append(
        self,
        entries: Sequence[Entry],
        rows: Sequence[Rows],
        pins: Sequence[Pin] = (),
        files: Mapping[str, bytes] | None = None,
    ) -> list[Entry]:
        """Write sealed entries of one or more streams, their read-model rows, pins, and evidence by SHA-256.

        Returns them with their positions. Raises Conflict when a stream's head is not the first entry's
        ``prev_hash`` or an intent was written before, JournalTrouble when the disk or the database refuses.
        """

    def pin(self, hash_: str) -> Pin:
        """Return what was pinned under a hash; raises JournalTrouble when it is missing."""

    def compiled(self, hash_: str) -> str:
        """Return only the compiled form of a pin: the hot path."""

    def file(self, sha256: str) -> bytes:
        """Return the bytes of a piece of evidence; raises JournalTrouble when they are not there."""

    def incidents(self) -> list[IncidentRow]:
        """Return the ``incidents`` read model, newest first."""

    def steps(self, stream: str = "") -> list[StepRow]:
        """Return the ``steps`` read model of one incident, or of all that are not closed."""

    def dues(self, after: str = "", until: str = "~", limit: int = 0, *, stream: str = "") -> list[DueRow]:
        """Return the ``dues`` read model, of one incident or of all, soonest first: due after one instant and up to another.

        ``limit`` 0 for all.
        """

    def frozen(self) -> dict[str, int]:
        """Return how many posting queues are frozen in each incident that has one, by stream."""

    def strays(self) -> list[str]:
        """Return the read models that hold rows of an incident whose log is not here, each by name."""

    def unfilled(self) -> bool:
        """Tell whether an older file was brought up to date and its newer read models are still to be written."""

    def table(self, name: str, stream: str) -> list[dict[str, str | int]]:
        """Return the rows of a read model of ``rows.TABLES``, by the entries they began with; ``stream`` empty for all incidents'."""

    def find(self, key: str) -> IncidentRow | None:
        """Return the incident with a label (any case), or with a unique beginning of its UUID."""

    def verify(self, stream: str = "") -> list[Fault]:
        """Walk one chain or all, bodies and evidence against their hashes too, and the database's own integrity check."""

    def streams(self) -> list[str]:
        """Return all streams, the desk's first."""

    def warnings(self) -> list[str]:
        """Return a sentence for each thing that puts the journal at risk; to be shown, and no reason to stop."""

    def replace_rows(self, rows: Sequence[Rows]) -> None:
        """Throw the read models away and write these. Raises Conflict when a log has grown since they were made."""

    def changed(self) -> bool:
        """Tell whether another connection wrote since the last call: cheap, made for polling. Own appends do not count."""

    def backup(self, to: Path) -> None:
        """Copy the whole journal, safely while others write, to a file that does not exist yet."""

    def owns(self, path: Path) -> bool:
        """Tell whether a path is the journal's file, or one that it keeps beside it."""

    def close(self) -> None:
        """Let go of the file."""


def open_journal(path: Path) -> Journal:
    """Open the journal at ``path``, made private to the user when it is new. Raises JournalTrouble with a sentence."""
    from crisisdesk.journal.sqlite import SqliteJournal

    return SqliteJournal(path)
