"""The exports: one file for each format, each a pure function of a summary; and the one way a file is written.

A format is loaded when it is asked for. Words from people leave here so that they can only be read.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from crisisdesk.domain.summary import Summary
from crisisdesk.reports.as_json import timeline_json

__all__ = ["FORMATS", "NotWritten", "format_of", "render", "timeline_json", "write"]

FORMATS = {
    "docx": "the summary, as a Word document to read and send",
    "pdf": "the summary, as a PDF",
    "html": "the summary, as a page to read, send or print",
    "md": "the summary, as Markdown",
    "xlsx": "the summary, as a workbook of tables",
    "json": "the summary and the whole log, as JSON to verify",
    "csv": "the timeline, as a table to sort",
    "svg": "the night in one picture, to print or put on a page",
    "png": "the night in one picture, to paste",
    "ics": "clocks, promises and follow-ups, as a calendar",
    "ics-214.docx": "the activity log, as an ICS 214 form in Word",
    "timesketch.csv": "the timeline for Timesketch, as a table",
    "timesketch.jsonl": "the timeline for Timesketch, line by line",
    "slack.txt": "how it stands, to paste into Slack",
    "teams.txt": "how it stands, to paste into Teams",
}
"""The formats by the ending of a file's name, and what each is for."""


class NotWritten(Exception):  # noqa: N818 - the word people read
    """The file was not written, and whatever was there is as it was; ``sentence`` says why, ``remedy`` what to do."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


def render(summary: Summary, format_: str) -> bytes:
    """Return a summary in one of :data:`FORMATS`; raises ValueError on any other, NotWritten where one cannot be made."""
    if format_ not in FORMATS:
        raise ValueError(f"There is no format '{format_}': {', '.join(FORMATS)}.")
    if format_ in _DRAWN_AS:
        from crisisdesk.reports.paper import draw
        from crisisdesk.reports.report import report

        return draw(report(summary, _DRAWN_AS[format_]), format_)
    file, function = _MAKERS[format_].split(":")
    made = getattr(import_module(f"crisisdesk.reports.{file}"), function)(summary)
    return made.encode("utf-8", "replace") if isinstance(made, str) else bytes(made)


_DRAWN_AS = {"docx": "png", "pdf": "svg", "html": "svg", "md": ""}
"""The documents, and how each takes its picture."""
_MAKERS = {
    "svg": "lanes:lanes_svg",
    "png": "lanes:lanes_png",
    "xlsx": "as_xlsx:summary_xlsx",
    "json": "as_json:summary_json",
    "csv": "as_csv:timeline_csv",
    "ics": "as_ics:whole_calendar",
    "ics-214.docx": "ics214:ics214",
    "timesketch.csv": "timesketch:timesketch_csv",
    "timesketch.jsonl": "timesketch:timesketch_jsonl",
    "slack.txt": "chat:slack",
    "teams.txt": "chat:teams",
}
"""Where each other format is made, as ``file:function``: only what is asked for is loaded."""


def format_of(name: str) -> str:
    """Return which of :data:`FORMATS` a file's name asks for, by the longest ending that fits; empty for none."""
    found = [one for one in FORMATS if name.casefold().endswith(f".{one}")]
    return max(found, key=len, default="")


Fill = Callable[[BinaryIO], object]
"""What writes a file's bytes, a piece at a time, where they are too many to lie in memory."""


def write(path: Path, data: bytes | Fill, *, force: bool = False) -> None:
    """Write a file whole or not at all, readable by its owner only; raises NotWritten.

    The bytes are written aside and put in place when they are on disk. A file that is there is replaced only with
    ``force``; a symbolic link is neither followed nor replaced.
    """
    _check(path, force=force)
    aside = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        _write_aside(aside, data)
        if force:
            aside.replace(path)
        else:
            _place(aside, path, data)
        _settle(path.parent)
    except FileExistsError:
        raise _is_there(path) from None
    except OSError as trouble:
        raise NotWritten(
            f"'{path}' cannot be written: {trouble.strerror}.", "Choose another place."
        ) from None
    finally:
        with suppress(OSError):
            aside.unlink()


def _check(path: Path, *, force: bool) -> None:
    if "\0" in str(path):
        raise NotWritten("The name of the file holds a character no name can hold.", "Choose another name.")
    try:
        if path.is_symlink():
            raise NotWritten(f"'{path}' is a link to somewhere else.", "Choose another name.")
        if path.is_dir() or not path.name:
            raise NotWritten(f"'{path}' is a folder.", "Name a file in it.")
        if not path.parent.is_dir():
            raise NotWritten(
                f"There is no folder '{path.parent}'.", "Make it first, or choose another place."
            )
        if path.exists() and not force:
            raise _is_there(path)
    except OSError as trouble:
        raise NotWritten(f"'{path}' cannot be written: {trouble.strerror}.", "Choose another name.") from None


def _is_there(path: Path) -> NotWritten:
    return NotWritten(f"'{path}' is there already.", "Choose another name, or add --force to replace it.")


def _write_aside(aside: Path, data: bytes | Fill) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(aside, flags, 0o600), "wb") as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            data(file)
        file.flush()
        os.fsync(file.fileno())


def _place(aside: Path, path: Path, data: bytes | Fill) -> None:
    """Give the file its name, but never one that is taken: a hard link cannot replace, a rename could."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: create it under its name, which cannot replace either
        try:
            _write_aside(path, data)
        except FileExistsError:
            raise
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise


def _settle(folder: Path) -> None:
    """Put the name on disk too, where a folder can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
