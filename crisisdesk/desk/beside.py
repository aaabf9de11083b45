"""What is kept beside the journal's file: half-filled forms, texts handed out to be posted, and how far people had read.

Nothing of it is the log. A draft belongs to whoever typed it; it is one small file, written whole or not at all, and
gone when its form is saved. The folder is private to the user.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

DRAFTS, HANDED_OUT, PLACES = "drafts", "handed-out", "places"


class Beside:
    """The folder beside one journal. Writing here never raises: a full disk must not keep anybody from typing."""

    def __init__(self, journal: Path) -> None:
        """Take the journal's own path; nothing is made before something is kept."""
        self._folder = journal.with_name(f"{journal.name}.beside")

    def draft(self, *about: str) -> dict[str, str]:
        """Return what was typed into a form and not saved; ``about`` names person, command, incident and subject."""
        try:
            found = json.loads(self._draft_path(about).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            return {}
        return {str(name): value for name, value in found.items()}

    def keep_draft(self, values: Mapping[str, str], *about: str) -> bool:
        """Keep what is typed, or forget it when it is empty; tell whether that could be done."""
        path = self._draft_path(about)
        if not any(value.strip() for value in values.values()):
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return True
        return _written(path, json.dumps(dict(values), ensure_ascii=True).encode("ascii"))

    def hand_out(self, name: str, text: str) -> Path | None:
        """Keep the exact bytes of a text in a file of that name, for a person to post; None when it cannot be written."""
        path = self._folder / HANDED_OUT / name
        return path if _written(path, text.encode("utf-8", "surrogatepass")) else None

    def seen(self, *who_and_what: str) -> int:
        """Return the last entry a person had seen of an incident, or 0; after an interruption it says where to resume."""
        try:
            return int(self._path(PLACES, who_and_what).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def keep_seen(self, seq: int, *who_and_what: str) -> None:
        """Keep the last entry a person has seen of an incident."""
        _written(self._path(PLACES, who_and_what), str(seq).encode("ascii"))

    def _draft_path(self, about: tuple[str, ...]) -> Path:
        return self._path(DRAFTS, about)

    def _path(self, folder: str, about: tuple[str, ...]) -> Path:
        return self._folder / folder / (sha256(json.dumps(about).encode()).hexdigest()[:32] + ".json")


def _written(path: Path, data: bytes) -> bool:
    aside = path.with_name(f".{os.urandom(6).hex()}.part")
    try:
        path.parent.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        return False
    return True
