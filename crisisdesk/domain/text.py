"""Text from people: compared as people mean it, shown so that it can only be read, kept byte for byte."""

import json
import unicodedata
from collections.abc import Iterable

_JOINER = "\u200d"
_CHANGES_NOTHING_BUT_LOOKS = {"\ufe0e", "\ufe0f"}
_LONGEST, _ENDING = 80, 12
_FALSE_FRIENDS = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


def canonical_json(value: object) -> str:
    """Write a value as the one JSON text the hashes are made of.

    Sorted keys, no spaces, ASCII escapes only, so that lone surrogates and NUL survive any storage.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings name one person: case, width, and spaces do not matter."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """Return what a name is compared by: NFKC, case-folded, spaces collapsed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def storable(text: str) -> bool:
    """Tell whether text can stand in a column of its own: no lone surrogates, no NUL. Bodies take anything."""
    return "\0" not in text and not any(0xD800 <= ord(char) < 0xE000 for char in text)


def looks_like(name: str, known: Iterable[str]) -> str | None:
    """Return a known name that this new one may be a slip of, or None; an equal name is no slip."""
    key, keys = name_key(name), {name_key(other): other for other in known}
    if key in keys:
        return None
    return next((keys[other] for other in keys if _likeness(key, other, 0.84) >= 0.84), None)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to a misspelt one, for "did you mean", or None."""
    best, found = 0.0, None
    for other in known:
        ratio = _likeness(word.casefold(), other.casefold(), max(best, 0.6))
        if ratio > best:
            best, found = ratio, other
    return found if best >= 0.6 else None


def _likeness(one: str, other: str, least: float) -> float:
    """Return how alike two words are, from 0 to 1; 0 without a closer look when they cannot be alike at least so much."""
    both = len(one) + len(other)
    if not both or 2 * min(len(one), len(other)) < least * both:
        return 0.0
    if 2 * sum(map(set(other).__contains__, one)) < least * both:
        return 0.0  # too few letters in common, whatever their order
    from difflib import SequenceMatcher  # only when a word did not fit: one-line commands start without it

    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0


def shown(text: str, *, lines: bool = True) -> str:
    r"""Make text from people safe to show: it can be read and can do nothing else.

    Control characters, escapes, C1, bidirectional overrides, zero-width and unassigned characters become
    visible (``\u202e`` as ``⟨202E⟩``); joiners inside emoji sequences and variation selectors stay.
    ``lines=False`` also turns line breaks and tabs into spaces, for places that have one line.
    """
    if text.isprintable():
        return text  # nothing in it but what is seen: nearly every text there is
    out: list[str] = []
    for index, char in enumerate(text):
        if char in "\n\t":
            out.append(char if lines else " ")
        elif char == "\r":
            out.append("" if text[index + 1 : index + 2] == "\n" else ("\n" if lines else " "))
        elif char == _JOINER and _joins_emoji(text, index):
            out.append(char)
        elif char in _CHANGES_NOTHING_BUT_LOOKS or unicodedata.category(char) not in _FALSE_FRIENDS:
            out.append(char)
        else:
            out.append(f"⟨{ord(char):02X}⟩")
    return "".join(out)


def one_line(text: str, width: int = 0) -> str:
    """Return the text on one safe line; longer than ``width`` (in characters, 0 for any) ends in an ellipsis."""
    line = " ".join(shown(text, lines=False).split())
    return line[: width - 1] + "…" if width and len(line) > width else line


def file_name(text: str) -> str:
    """Return a name that any system takes for a file, of what people called it: letters, digits, dots, hyphens; at most 80."""
    plain = unicodedata.normalize("NFKC", text.replace("\\", "/").rpartition("/")[2])
    kept = "".join(char if char.isalnum() or char in "._-" else "-" for char in plain).strip(".-")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) < _ENDING:
        return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}"
    return kept[:_LONGEST] or "file"


def _joins_emoji(text: str, index: int) -> bool:
    before = text[index - 1 : index]
    after = text[index + 1 : index + 2]
    return (
        bool(before and after)
        and ord(after) >= 0x2190
        and (ord(before) >= 0x2190 or before in _CHANGES_NOTHING_BUT_LOOKS)
    )
