"""Narrowing a timeline to what somebody looks for: words, a person, a step, a kind of entry."""

from typing import NamedTuple

from crisisdesk.domain.text import name_key
from crisisdesk.domain.timeline import Item

PREFIXES = ("by:", "step:", "kind:")


class Narrowed(NamedTuple):
    """What must be in an entry; everything empty fits all."""

    words: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return any(self[:])


def narrowed(typed: str) -> Narrowed:
    """Read what was typed: plain words are looked for everywhere, ``by:`` in people, ``step:`` and ``kind:`` in those."""
    found: dict[str, list[str]] = {"": [], **{prefix: [] for prefix in PREFIXES}}
    for word in name_key(typed).split():
        prefix = next((one for one in PREFIXES if word.startswith(one)), "")
        if rest := word.removeprefix(prefix):
            found[prefix].append(rest)
    return Narrowed(*(tuple(found[prefix]) for prefix in ("", *PREFIXES)))


def fits(item: Item, wanted: Narrowed) -> bool:
    """Tell whether an entry has every word that is asked for, each where it is asked for."""
    people = name_key(f"{item.author} {item.on_behalf_of} {item.owner}")
    if not _all_in(wanted.people, people) or not _all_in(wanted.kinds, item.kind):
        return False
    if wanted.steps and not _all_in(wanted.steps, f"{item.step} {name_key(item.title)}" if item.step else ""):
        return False
    if not wanted.words:
        return True
    marks = ("deviation" if item.deviation else "") + (" corrected" if item.corrected_by else "")
    everything = name_key(
        f"#{item.seq} {item.title} {item.text} {item.source} {item.step} {item.kind} {item.deviation} {item.original_text} {marks}"
    )
    return _all_in(wanted.words, f"{everything} {people}")


def _all_in(words: tuple[str, ...], text: str) -> bool:
    return all(word in text for word in words)
