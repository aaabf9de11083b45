"""What is wrong in a file: where, in plain words, and what to write instead."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from crisisdesk.domain.text import shown
from crisisdesk.loading.codes import EXPLANATIONS

_WIDTH = 100


class Problem(NamedTuple):
    """One thing wrong in a file. ``line`` and ``column`` count from 1; 0 where a file has no place to name.

    Codes are stable: ``E…`` keeps the file from being used, ``W…`` does not.
    """

    code: str
    file: str
    line: int
    column: int
    text: str
    fix: str
    source_line: str = ""

    @property
    def is_error(self) -> bool:
        """Tell whether it keeps the file from being used."""
        return self.code.startswith("E")

    @property
    def place(self) -> str:
        """Return ``file:line:column``, or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def render(self) -> str:
        """Return it as a person reads it: place, what is wrong, the line with a caret, what to write."""
        parts = [f"{self.place}  {self.code}  {shown(self.text, lines=False)}"]
        if self.source_line:
            parts += _marked(self.source_line, self.column)
        if self.fix:
            parts.append(f"    {shown(self.fix, lines=False)}")
        return "\n".join(parts)

    def as_data(self) -> dict[str, str | int]:
        """Return it for ``--json``."""
        return self._asdict()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems sorted by place, each once."""
    return tuple(sorted(set(problems), key=lambda one: (one.file, one.line, one.column, one.code, one.text)))


def explain(code: str) -> str | None:
    """Return what a code means at more length, or None for a code that does not exist."""
    return EXPLANATIONS.get(code.strip().upper())


def _marked(line: str, column: int) -> list[str]:
    """Return the line and a caret under its column, cut to a width that fits a terminal."""
    start = max(0, column - 1 - _WIDTH * 2 // 3) if len(line) > _WIDTH else 0
    before = shown(line[start : column - 1], lines=False)
    after = shown(line[column - 1 : start + _WIDTH], lines=False)
    lead, trail = "…" if start else "", "…" if len(line) > start + _WIDTH else ""
    return [f"  | {lead}{before}{after}{trail}", f"  | {' ' * (_cells(before) + len(lead))}^"]


def _cells(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
