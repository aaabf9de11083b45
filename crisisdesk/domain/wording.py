"""What changed between two texts, word by word; joined again, each text is there byte for byte."""

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["same", "gone", "new"]

MOST = 400_000
"""Words of the one text times words of the other that are compared word by word; beyond it lines are compared first."""

_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese. There each sign stands alone."""


class Run(NamedTuple):
    """A stretch of text that stands in both versions, only in the older one, or only in the newer one."""

    kind: Kind
    text: str


def changes(older: str, newer: str) -> list[Run]:
    """Return the runs that lead from one text to the other.

    ``same`` and ``new`` joined are the newer text, ``same`` and ``gone`` the older one. Runs of one kind never follow each
    other, and a space between two changed words belongs to the change.
    """
    return _tidied(_by_words(older, newer))


def _by_words(older: str, newer: str) -> Iterator[Run]:
    before, after = list(_words(older)), list(_words(newer))
    if len(before) * len(after) <= MOST:
        yield from _compared(before, after)
        return
    # Long texts: whole lines first, and words only inside the stretch of lines that changed, where that is short enough.
    gone: list[str] = []
    new: list[str] = []
    for run in [
        *_compared(older.splitlines(keepends=True), newer.splitlines(keepends=True)),
        Run("same", ""),
    ]:
        if run.kind == "same":
            yield from _inside("".join(gone), "".join(new))
            gone, new = [], []
            yield run
        else:
            (gone if run.kind == "gone" else new).append(run.text)


def _inside(gone: str, new: str) -> Iterator[Run]:
    before, after = list(_words(gone)), list(_words(new))
    if len(before) * len(after) <= MOST:
        yield from _compared(before, after)
    else:
        yield Run("gone", gone)
        yield Run("new", new)


def _compared(before: list[str], after: list[str]) -> Iterator[Run]:
    """Compare two lists of pieces; what they begin and end with alike is not searched."""
    start, short = 0, min(len(before), len(after))
    while start < short and before[start] == after[start]:
        start += 1
    end = 0
    while end < short - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if not any(piece[:1].isalnum() for piece in before[len(before) - end :]):
        end = 0  # a full stop alone is no common end: it may belong to a sentence before
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield Run("same", "".join(before[:start]))
    # Signs that stand everywhere (spaces, in a long text) are not searched one by one: that is what makes it slow.
    for tag, i, j, k, m in SequenceMatcher(
        None, old, new, autojunk=len(old) * len(new) > MOST // 40
    ).get_opcodes():
        if tag == "equal":
            yield Run("same", "".join(old[i:j]))
        else:
            yield Run("gone", "".join(old[i:j]))
            yield Run("new", "".join(new[k:m]))
    yield Run("same", "".join(before[len(before) - end :]))


def _tidied(runs: Iterator[Run]) -> list[Run]:
    """Join what belongs together: between two kept stretches there is at most one gone and one new."""
    kept = [run for run in runs if run.text]
    tidy: list[Run] = []
    gone = new = ""
    for place, run in enumerate(kept):
        between = 0 < place < len(kept) - 1 and bool(gone or new) and kept[place + 1].kind != "same"
        if run.kind == "same" and not (between and run.text.isspace() and "\n" not in run.text):
            tidy += [Run("gone", gone), Run("new", new), run]
            gone = new = ""
        else:
            gone += run.text if run.kind != "new" else ""
            new += run.text if run.kind != "gone" else ""
    tidy += [Run("gone", gone), Run("new", new)]
    return _merged(run for run in tidy if run.text)


def _merged(runs: Iterator[Run]) -> list[Run]:
    return [
        Run(kind, "".join(run.text for run in group))
        for kind, group in groupby(runs, key=lambda run: run.kind)
    ]


def _words(text: str) -> Iterator[str]:
    """Cut a text into words, spaces and single signs; a combining mark stays with what it is written on."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _belongs(text[place - 1], text[place]):
            yield text[start:place]
            start = place


def _belongs(before: str, after: str) -> bool:
    if after in "\u200d\ufe0e\ufe0f" or before == "\u200d" or unicodedata.category(after)[0] == "M":
        return not before.isspace()
    one, other = _sort(before), _sort(after)
    return one == other and one in ("word", "space")


def _sort(char: str) -> str:
    if char == "\n":
        return "line"
    if char.isspace():
        return "space"
    if any(low <= ord(char) <= high for low, high in _WITHOUT_SPACES):
        return "sign"
    return "word" if char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M" else "sign"
