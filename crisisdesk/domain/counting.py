"""How long a text is, as the platform that will carry it counts.

X counts by weight (developer.x.com, "Counting characters", version 3): most Latin text weighs one, most other
text two, an emoji two however it is put together, a link 23. Bluesky counts graphemes, LinkedIn UTF-16 units.
"""

import re
import unicodedata
from collections.abc import Iterator

COUNTS = ("characters", "utf-16", "graphemes", "x-weighted")
"""The ways of counting a channel may name."""

_LINK_WEIGHT = 23
_LINK = re.compile(
    r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"
    r"|(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|info|io|app|gov|edu|eu|uk|de|at|ch|fr|es|it|nl|be|pl|se|dk|no|fi|ie|us|ca|au)\b(?:/[^\s]*)?",
    re.IGNORECASE,
)
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_JOINER, _REGIONAL, _TONES = 0x200D, range(0x1F1E6, 0x1F200), range(0x1F3FB, 0x1F400)
_ALL_LIGHT = re.compile("[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in _LIGHT) + "]*")
"""Texts of nothing but light characters: no emoji is among them, so each counts one."""
_EACH_ITS_OWN = re.compile(r"[\x00-\x0c\x0e-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Texts of which every character is a cluster of its own."""


def count(text: str, counts: str) -> int:
    """Return a text's length in units of ``counts``, one of :data:`COUNTS`; raises ValueError on another."""
    match counts:
        case "characters":
            return len(text)
        case "utf-16":
            return len(text) + sum(ord(char) > 0xFFFF for char in text)
        case "graphemes":
            return len(text) if _EACH_ITS_OWN.fullmatch(text) else sum(1 for _ in graphemes(text))
        case "x-weighted":
            return _weight(unicodedata.normalize("NFC", text))
    raise ValueError(counts)


def graphemes(text: str) -> Iterator[str]:
    """Yield what a reader takes for single characters: marks, emoji sequences, flags and Hangul kept together.

    Close to Unicode's extended grapheme clusters (UAX 29), without its tables for Indic conjuncts.
    """
    start = 0
    for index in range(1, len(text)):
        if not _goes_on(text, start, index):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _goes_on(text: str, start: int, index: int) -> bool:
    before, here = ord(text[index - 1]), ord(text[index])
    if text[index - 1] in "\r\n":
        return before == 0x0D and here == 0x0A
    if here == _JOINER or here in _TONES or 0xE0020 <= here <= 0xE007F:
        return True
    if unicodedata.category(text[index]) in ("Mn", "Me", "Mc"):
        return True
    if before == _JOINER:
        return here >= 0x2190
    if here in _REGIONAL and before in _REGIONAL:
        return (index - start) % 2 == 1
    return _hangul_goes_on(before, here)


def _hangul_goes_on(before: int, here: int) -> bool:
    if 0x1100 <= before <= 0x115F:
        return 0x1100 <= here <= 0x11A7 or 0xAC00 <= here <= 0xD7A3
    if 0x1160 <= before <= 0x11A7 or (0xAC00 <= before <= 0xD7A3 and (before - 0xAC00) % 28 == 0):
        return 0x1160 <= here <= 0x11FF
    return (0x11A8 <= before <= 0x11FF or 0xAC00 <= before <= 0xD7A3) and 0x11A8 <= here <= 0x11FF


def _weight(text: str) -> int:
    total, end = 0, 0
    for link in _LINK.finditer(text):
        total += _plain_weight(text[end : link.start()]) + _LINK_WEIGHT
        end = link.end()
    return total + _plain_weight(text[end:])


def _plain_weight(text: str) -> int:
    if _ALL_LIGHT.fullmatch(text):
        return len(text)
    total = 0
    for cluster in graphemes(text):
        if _is_emoji(cluster):
            total += 2
        else:
            total += sum(
                1 if any(low <= ord(char) <= high for low, high in _LIGHT) else 2 for char in cluster
            )
    return total


def _is_emoji(cluster: str) -> bool:
    return ord(cluster[0]) >= 0x1F000 or "\ufe0f" in cluster or "\u20e3" in cluster
