"""How wide words are in a plain sans-serif, roughly, and where a line of them breaks; in units of the drawing."""

import unicodedata

_NARROW, _WIDE = set("iljtfrI.,:;|!'()[] `/\\-"), set("mwMW@%&—…")
_ROOM = 1.06
"""Fonts differ from machine to machine; a box that is a little too large hurts nobody."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is at a size."""
    return sum(_share(char) for char in text) * size * _ROOM * (1.14 if bold else 1)


def _share(char: str) -> float:
    if char in _NARROW:
        return 0.33
    if char in _WIDE:
        return 0.9
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.68 if char.isupper() else 0.55


def broken(text: str, room: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """Break a text into at most ``most`` lines that fit ``room``; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        for part in _parts(word, room, size, bold=bold):
            longer = f"{lines[-1]} {part}".strip()
            if width(longer, size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    lines = [line for line in lines if line]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(f"{last}…", size, bold=bold) > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _parts(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """Cut a word that is wider than a line."""
    parts, rest = [], word
    while width(rest, size, bold=bold) > room and len(rest) > 1:
        cut = len(rest) - 1
        while cut > 1 and width(rest[:cut], size, bold=bold) > room:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]
