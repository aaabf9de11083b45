"""Adopting a file: the value of its ``adopted`` line is written anew, and every other byte stays as it is."""

import os
import re
from pathlib import Path

from crisisdesk.loading.events import Fields, Text, read_yaml
from crisisdesk.loading.library import shipped_folder

_LINE = re.compile(rb"^(?P<key>adopted:[ \t]*)(?P<value>.*?)(?P<comment>[ \t]+#.*)?$")
_PLAIN = re.compile(r"^[^\s'\"#:{}\[\],&*!|>%@`-][^'\"#:{}\[\]]*$")


class CannotAdopt(Exception):  # noqa: N818 - a sentence on its way to the person
    """The file cannot be changed; the sentence says why, and what to do."""


def adopt(path: Path, adopted: str) -> None:
    """Write ``adopted`` (``2026-11-23 by Jo, Sam``) into a file, whole or not at all.

    Raises CannotAdopt for a shipped file, one that is no plain file, and one whose ``adopted`` is not on one line;
    OSError when it cannot be written.
    """
    if path.absolute().parent == shipped_folder().absolute():
        raise CannotAdopt(
            "These are the playbooks CrisisDesk comes with. Make them yours first: crisisdesk init DIR, then --playbooks DIR."
        )
    if path.is_symlink() or not path.is_file():
        raise CannotAdopt(f"'{path}' is not an ordinary file.")
    if not adopted.isprintable():
        raise CannotAdopt("A name holds a character that cannot be written on one line.")
    source = path.read_bytes()
    _write(path, _adopted(source, _place(source, path), adopted))


def _place(source: bytes, path: Path) -> int:
    """Return the line of the ``adopted`` value, from 0."""
    root = read_yaml(source, str(path)).root
    found = root.fields.get("adopted") if isinstance(root, Fields) else None
    if found is None or not isinstance(found.value, Text):
        raise CannotAdopt(f"'{path.name}' has no line 'adopted: not yet'. Add one below its version.")
    if found.key.place.line != found.value.place.line:
        raise CannotAdopt(f"Write adopted: not yet on one line in '{path.name}' first.")
    return found.key.place.line - 1


def _adopted(source: bytes, place: int, adopted: str) -> bytes:
    lines = source.splitlines(keepends=True)
    ending = lines[place][len(lines[place].rstrip(b"\r\n")) :]
    bom = b"\xef\xbb\xbf" if place == 0 and source.startswith(b"\xef\xbb\xbf") else b""
    found = _LINE.match(lines[place].rstrip(b"\r\n").removeprefix(bom))
    if found is None:
        raise CannotAdopt("The line 'adopted: not yet' is written in an unusual way. Write it as plain text.")
    value = (
        adopted if _PLAIN.match(adopted) else '"' + adopted.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
    lines[place] = bom + found["key"].rstrip() + b" " + value.encode() + (found["comment"] or b"") + ending
    return b"".join(lines)


def _write(path: Path, content: bytes) -> None:
    """Write aside, flush to disk, and put into place: nobody ever meets half a file."""
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        aside.chmod(path.stat().st_mode & 0o777)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
