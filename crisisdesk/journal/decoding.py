"""Between Python's text and SQLite's: everything a person pasted goes in, and comes back the same.

SQLite keeps UTF-8. A lone surrogate (a damaged paste, a file name from an old disk) has no place in it; it is stored
as the three bytes ``surrogatepass`` makes of it, in the same column. Bodies and data are ASCII and never need this.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from crisisdesk.domain.chain import unseal
from crisisdesk.domain.entries import Entry, Header
from crisisdesk.domain.times import instant

Row = tuple[Any, ...]

_WIDTH = len(Header._fields)


class Undecodable(Exception):  # noqa: N818 - becomes a trouble or a fault, by who asked
    """A stored entry is not what this program writes; ``sentence`` says which and how."""

    def __init__(self, stream: str, seq: int, sentence: str) -> None:
        super().__init__(sentence)
        self.stream = stream
        self.seq = seq
        self.sentence = sentence


def storable(values: Iterable[object]) -> list[Any]:
    """Return what to bind: text as it is, or as bytes (the SQL casts them) where UTF-8 cannot say it."""
    return [_storable(value) for value in values]


def _storable(value: object) -> object:
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode(errors="surrogatepass")
    return value


def lenient_text(stored: bytes) -> str:
    """Read text that may hold lone surrogates; raises UnicodeDecodeError on what is no text at all."""
    return stored.decode(errors="surrogatepass")


def text_or_none(stored: bytes) -> str | None:
    """Read text for a check: None, which no column holds, for what is no text."""
    try:
        return stored.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        return None


def fetch(connection: sqlite3.Connection, sql: str, values: Iterable[object] = ()) -> list[Row]:
    """Run a query whole: a half-read one would block every writer. Raises sqlite3.Error, UnicodeDecodeError."""
    bound = storable(values)
    try:
        return connection.execute(sql, bound).fetchall()
    except sqlite3.OperationalError as exc:
        if "decode" not in str(exc):
            raise
    connection.text_factory = lenient_text
    try:
        return connection.execute(sql, bound).fetchall()
    finally:
        connection.text_factory = str


def entry_of(row: Row) -> Entry:
    """Decode the header columns, hash, position, and (None when not loaded) salt and text. Raises Undecodable."""
    header = Header._make(row[:_WIDTH])
    hash_, position, salt, text = row[_WIDTH:]
    try:
        instant(header.recorded_at), instant(header.occurred_at)
        return unseal(
            header, hash_, words_of(header.stream, header.seq, text) if text else {}, salt or "", position
        )
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as exc:
        raise Undecodable(
            header.stream, header.seq, f"Entry #{header.seq} cannot be read: its data is damaged."
        ) from exc


def words_of(stream: str, seq: int, text: str) -> Mapping[str, str]:
    """Decode a body. Raises Undecodable."""
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        words = None
    if not isinstance(words, dict) or not all(isinstance(value, str) for value in words.values()):
        raise Undecodable(stream, seq, f"Entry #{seq} cannot be read: its words are damaged.")
    return words
