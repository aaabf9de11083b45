"""The hash chain: each entry commits to the one before it, so a changed or missing entry shows.

Written down for others in ``docs/log-format.md``; change neither without the other, and never for a written format.
The chain proves order and integrity, not the time of day, and cannot see a cut tail: compare the head.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crisisdesk.domain.entries import FORMAT, KIND_OF, Entry, Event, Header, columns_of, event_of
from crisisdesk.domain.text import canonical_json

ENTRY_TAG = b"crisisdesk entry 1\n"
BODY_TAG = b"crisisdesk body 1\n"
GENESIS = "0" * 64


class Facing(NamedTuple):
    """What the log says of an entry beside its event: who, when, on whose behalf. All text; times stored instants."""

    id: str
    recorded_at: str
    occurred_at: str
    precision: str
    late_because: str
    author: str
    author_from: str
    on_behalf_of: str
    relayed_by: str
    system_user: str
    host: str
    sensitivity: str
    drill: bool


class Fault(NamedTuple):
    """The first place where a chain does not fit."""

    stream: str
    seq: int
    sentence: str


def body_text(words: Mapping[str, str]) -> str:
    """Write words as the bodies table keeps them."""
    return canonical_json(dict(words))


def body_hash(salt: str, text: str) -> str:
    """Hash a body; the salt keeps a short erased word from being guessed back."""
    return hashlib.sha256(BODY_TAG + salt.encode() + b"\n" + text.encode()).hexdigest()


def entry_hash(header: Header) -> str:
    """Hash a header: SHA-256 over the tag, the previous hash, and the header's canonical JSON as a list in column order."""
    text = canonical_json(list(header))
    return hashlib.sha256(ENTRY_TAG + header.prev_hash.encode() + b"\n" + text.encode()).hexdigest()


def seal(
    stream: str, seq: int, prev_hash: str, event: Event, words: Mapping[str, str], salt: str, facing: Facing
) -> Entry:
    """Make the entry that follows ``prev_hash``."""
    columns, data = columns_of(event)
    header = Header(
        stream=stream,
        seq=seq,
        kind=KIND_OF[type(event)],
        step=str(columns["step"]),
        owner_role=str(columns["owner_role"]),
        owner=str(columns["owner"]),
        corrects=int(columns["corrects"]),
        data=canonical_json(data),
        format=FORMAT,
        body_hash=body_hash(salt, body_text(words)),
        prev_hash=prev_hash,
        **{**facing._asdict(), "drill": int(facing.drill)},
    )
    return Entry(header, event, entry_hash(header), dict(words), salt)


def unseal(
    header: Header, entry_hash_: str, words: Mapping[str, str], salt: str = "", position: int = 0
) -> Entry:
    """Decode a stored entry."""
    return Entry(header, event_of(header, json.loads(header.data)), entry_hash_, words, salt, position)


def first_fault(entries: Iterable[Entry], stream: str) -> Fault | None:
    """Walk a stream and name the first entry that does not fit: a gap, a changed header, a broken link."""
    prev = GENESIS
    for seq, entry in enumerate(entries, 1):
        header = entry.header
        if header.seq != seq:
            return Fault(stream, seq, f"Entry #{seq} is missing: #{header.seq} follows #{seq - 1}.")
        if header.prev_hash != prev:
            return Fault(
                stream, seq, f"Entry #{seq} does not follow entry #{seq - 1}: their hashes do not link."
            )
        if entry_hash(header) != entry.hash:
            return Fault(
                stream, seq, f"Entry #{seq} was changed after it was written: it does not fit its hash."
            )
        prev = entry.hash
    return None
