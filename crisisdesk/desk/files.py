"""Files that people name: attached ones are read up to the policy's size, and never waited for; signed ones are hashed."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from crisisdesk.desk.values import Saved
from crisisdesk.domain.decide import Refused

if TYPE_CHECKING:
    from crisisdesk.domain.intents import Intent

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A device or a pipe that has nothing to give says so at once."""


def bytes_of(path: Path, limit: int) -> bytes | Refused:
    """Read a file up to ``limit`` bytes; a larger one is refused before it is read."""
    try:
        if not path.exists():
            return Refused(f"There is no file '{path}'.", "Check the name, or attach a link.")
        if not path.is_file():
            return Refused(f"'{path}' is not an ordinary file.", "Attach a file, or a link to it.")
        size = path.stat().st_size
        if size <= limit:
            with os.fdopen(os.open(path, _FLAGS), "rb") as opened:
                content = opened.read(limit + 1)
            size = len(content)
    except OSError as trouble:
        return Refused(f"'{path}' cannot be read: {trouble.strerror}.", "Check who may read it.")
    if size > limit:
        return Refused(
            f"'{path.name}' has {size / 1e6:.1f} MB; the policy allows {limit / 1e6:.0f} MB.",
            "Attach a smaller copy, or the link to where it is kept, and note who keeps the original.",
        )
    return content


def hash_of_file(name: str) -> str | Refused:
    """Return the SHA-256 of an exported document, for its signature; or say why it cannot be read."""
    from hashlib import file_digest

    try:
        path = Path(name.strip()).expanduser()
        if not path.is_file():
            return Refused(f"There is no document '{name}'.", "Write it first, read it, then sign that file.")
        with path.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError, RuntimeError) as trouble:
        why = getattr(trouble, "strerror", None) or "not a name a file can have"
        return Refused(f"'{name}' cannot be read: {why}.", "Name the file that was exported.")


def same_file(earlier: Saved, intent: "Intent") -> bool:
    """Tell whether what was saved before holds the bytes of this try: a file that changed since is another one."""
    from crisisdesk.domain.intents import Attach

    if not isinstance(intent, Attach):
        return True
    return all(getattr(entry.event, "sha256", intent.sha256) == intent.sha256 for entry in earlier.entries)
