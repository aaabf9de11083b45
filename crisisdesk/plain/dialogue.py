"""Saying and asking: lines that fit, one question at a time. No control sequence ever leaves here."""

import signal
import sys
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import TextIO

from crisisdesk.domain.text import shown

WIDTH = 76
"""Columns of a line; a word longer than that (an address) is never cut."""
PROMPT = "> "


class Left(Exception):  # noqa: N818 - not an error: the end of what is typed, or a closed window
    """Nobody types any more."""


class Stopped(Exception):  # noqa: N818 - not an error: somebody pressed ctrl+c
    """The question is not to be answered."""


class Dialogue:
    """One person at one terminal, or a file of what they would type."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Take where answers come from and where words go."""
        self._source, self._sink = source, sink
        for stream in (source, sink):
            if hasattr(stream, "reconfigure"):
                with suppress(ValueError, OSError):
                    stream.reconfigure(errors="backslashreplace" if stream is sink else "surrogateescape")
        if sys.platform != "win32":
            for name in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, _leave)

    def say(self, *paragraphs: str, indent: str = "") -> None:
        """Print paragraphs, wrapped by words; people's line breaks stay, what a terminal would obey is made visible."""
        for paragraph in paragraphs:
            for line in shown(paragraph).splitlines() or [""]:
                for row in textwrap.wrap(
                    line,
                    WIDTH,
                    initial_indent=indent,
                    subsequent_indent=indent + "  ",
                    break_long_words=False,
                    break_on_hyphens=False,
                ) or [""]:
                    self._sink.write(row + "\n")
        self._sink.flush()

    def choose(self, rows: Sequence[str]) -> None:
        """Print numbered lines."""
        for number, row in enumerate(rows, 1):
            self.say(f"{number}. {row}")

    def ask(self, question: str = "") -> str:
        """Ask, and return the answer as typed. Raises Left at the end of the input, Stopped at ctrl+c."""
        if question:
            self.say(question)
        try:
            self._sink.write(PROMPT)
            self._sink.flush()
            answer = self._source.readline()
        except KeyboardInterrupt:
            self._sink.write("\n")
            raise Stopped from None
        except OSError:
            raise Left from None
        if not answer:
            raise Left
        return answer.rstrip("\r\n")


def _leave(_: int, __: FrameType | None) -> None:
    raise Left
