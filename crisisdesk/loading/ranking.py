"""Which playbook fits what somebody typed: plain words met in plain places, with the reasons shown."""

from typing import NamedTuple

from crisisdesk.domain.text import name_key
from crisisdesk.loading.library import Library

_SMALL = frozenset(
    word
    for line in (
        "a about after all an and any are as at be because been before being but by can could did do does for from get gets",
        "go goes going had has have he her here him his how i if in into is it its just like made make makes may me more my new",
        "no not now of off on one or our out over people s said say saying says see she since so some somebody someone something",
        "t than that the their them then there these they this those to up us very was we went were what when where which",
        "while who will with work would you your",
    )
    for word in line.split()
)
"""Words that stand in every sentence: met or not, they say nothing of which playbook fits."""
_PLACES = ((4, "name"), (3, "words"), (2, "title"), (1, "use-when"))


class Rank(NamedTuple):
    """How well a playbook fits; ``reasons`` say which word was met where. Score 0 is no word met."""

    name: str
    score: int
    reasons: tuple[str, ...]


def rank(library: Library, typed: str) -> list[Rank]:
    """Return every playbook of a library, the best fit for the typed words first."""
    asked = _words(typed)
    return sorted(
        (_rank(library, name, asked) for name in library.playbooks), key=lambda one: (-one.score, one.name)
    )


def _rank(library: Library, name: str, asked: list[str]) -> Rank:
    playbook = library.playbooks[name].value
    places = {
        "name": _words(name),
        "words": _words(" ".join(playbook.words)),
        "title": _words(playbook.title),
        "use-when": _words(playbook.use_when),
    }
    score, reasons = 0, []
    for word in asked:
        met = next(
            (
                (weight, place)
                for weight, place in _PLACES
                if any(_same(word, other) for other in places[place])
            ),
            None,
        )
        if met:
            score += met[0]
            reasons.append(f"“{word}” is in its {met[1]}")
    return Rank(name, score, tuple(reasons))


def _words(text: str) -> list[str]:
    plain = "".join(char if char.isalnum() else " " for char in name_key(text))
    return list(dict.fromkeys(word for word in plain.split() if word not in _SMALL))


def _same(one: str, other: str) -> bool:
    """Tell whether two words are one word, or one begins as the other does: ``hack`` and ``hacked``."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 4 and long.startswith(short))
