"""The fact sheet's claims, and which of them a text carries. Pure questions.

Nothing here understands language. A claim is found in a text when the text says it in the claim's own words, in any
order within one sentence; a warning that comes once too often costs a look, one that never comes may cost a court case.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

STANDINGS = ("confirmed", "unconfirmed", "do not say")
"""How a claim may stand on the sheet."""

RETRACTED = "retracted"
"""How a claim leaves the sheet."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?\n]+(?:\s|$)")
_SHORT = 3
"""Words of up to this many characters count only when they are numbers: *the*, *was*, *und*."""


class Claim(NamedTuple):
    """One claim of the sheet with its words, by the entry that added it."""

    seq: int
    standing: str
    text: str
    source: str = ""


def carried(text: str, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that are not confirmed and that a text carries, those not to be said first."""
    sentences = [frozenset(_words(sentence)) for sentence in _SENTENCE.split(text)]
    found = []
    for claim in claims:
        wanted = frozenset(_telling(claim.text))
        if claim.standing != STANDINGS[0] and wanted and any(wanted <= said for said in sentences):
            found.append(claim)
    return sorted(found, key=lambda claim: (-STANDINGS.index(claim.standing), claim.seq))


def same_claim(one: str, other: str) -> bool:
    """Tell whether two texts are the same claim but for case, punctuation and spaces."""
    return _words(one) == _words(other)


def _telling(text: str) -> list[str]:
    """Return the words of a claim that say something; all of them where only short ones are left."""
    words = _words(text)
    return [word for word in words if len(word) > _SHORT or word.isdigit()] or words


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
