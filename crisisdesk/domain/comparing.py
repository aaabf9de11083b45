"""How one difference is said: values in words, what a long text is shown from, and which side has what."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, takewhile
from typing import Any, NamedTuple

from crisisdesk.domain.conditions import Condition
from crisisdesk.domain.deadlines import Hours, Within
from crisisdesk.domain.playbook import Option, Record

_LONGEST = 60
_MANY = 8
"""Names from which a list is told by what was added and taken out, no longer whole."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Difference(NamedTuple):
    """One difference: its kind, where it is, and a sentence.

    ``kind`` is added, removed, moved, renamed or changed. ``where`` is the id of the step, phase, question, statement
    or part of the policy, empty for the whole. ``old`` and ``new`` are the two values in words, at their full length.
    """

    kind: str
    where: str
    sentence: str
    old: str = ""
    new: str = ""


class Sides(NamedTuple):
    """What the two forms are called in a sentence; both empty for one form that has changed over time."""

    old: str = ""
    new: str = ""

    def came(self, thing: str) -> str:
        """Say that only the new form has a thing."""
        return f"{_only(self.new, self.old, thing)}" if self.new else f"New {thing}"

    def gone(self, thing: str) -> str:
        """Say that only the old form has a thing."""
        return f"{_only(self.old, self.new, thing)}" if self.old else f"Taken out: {thing}"

    def both(self, label: str, old: str, new: str) -> str:
        """Say a labelled value as the two forms have it; an empty one is not there."""
        if not old or not new:
            return f"{self.alone(new=bool(new))}: {label}{new or old}"
        return f"{label}{new} in {self.new}, {old} in {self.old}" if self.new else f"{label}{new}, was {old}"

    def alone(self, *, new: bool) -> str:
        """Say in which form something is, of two."""
        if self.new:
            return f"only in {self.new if new else self.old}"
        return "added" if new else "taken out"


def _only(has: str, has_not: str, thing: str) -> str:
    return f"{has[:1].upper()}{has[1:]} has the {thing}; {has_not} has not"


OVER_TIME = Sides()


class Labels(NamedTuple):
    """What the fields of a record are called; those in ``prose`` hold sentences, and are quoted."""

    names: Mapping[str, str] = {}
    prose: frozenset[str] = frozenset()

    def of(self, field: str) -> str:
        """Return what a field is called."""
        return self.names.get(field, field.replace("_", " "))


def changed(
    lead: str, where: str, old: Any, new: Any, sides: Sides, label: str = "", *, prose: bool = False
) -> Difference:
    """Return the difference of two values; ``label`` is what the value is called. Long texts are shown from where they part."""
    was, now = said(old), said(new)
    called = f"{label} " if label else ""
    if isinstance(old, tuple) and isinstance(new, tuple) and _are_long_lists(old, new):
        return Difference("changed", where, f"{lead}: {called}{_lists(old, new, sides)}", was, now)
    first, second = _from_where_it_parts(was, now), _from_where_it_parts(now, was)
    if first == second:
        return Difference(
            "changed", where, f"{lead}: {called}differs only in spaces or line breaks", was, now
        )
    first, second = (f"'{one}'" if prose and one else one for one in (first, second))
    return Difference("changed", where, f"{lead}: {sides.both(called, first, second)}", was, now)


def fields(lead: str, where: str, old: Any, new: Any, labels: Labels, sides: Sides) -> Iterator[Difference]:
    """Yield the differences of two records of one kind, field by field; fields labelled '' are told elsewhere."""
    for field in type(new)._fields:
        was, now, label = getattr(old, field), getattr(new, field), labels.of(field)
        if label and was != now:
            yield changed(lead, where, was, now, sides, label, prose=field in labels.prose)


def mapping(
    what: str, old: Mapping[str, Any], new: Mapping[str, Any], labels: Labels, sides: Sides
) -> Iterator[Difference]:
    """Yield the differences of two maps of records or texts; ``what`` is role, channel, question and so on."""
    for name in dict.fromkeys([*new, *old]):
        thing = f"{what} '{_line(name)}'"
        if name not in old:
            yield Difference("added", name, sides.came(thing), "", said(new[name]))
        elif name not in new:
            yield Difference("removed", name, sides.gone(thing), said(old[name]))
        elif old[name] != new[name]:
            if isinstance(new[name], str) or not hasattr(new[name], "_fields"):
                yield changed(f"The {thing}", name, old[name], new[name], sides, prose=True)
            else:
                yield from fields(f"The {thing}", name, old[name], new[name], labels, sides)


_SAY: dict[type, Callable[[Any], str]] = {
    Within: lambda value: str(value.words()),
    Condition: lambda value: str(value.sentence()),
    Option: lambda value: f"{value.title} ({value.consequence})" if value.consequence else str(value.title),
    Record: lambda value: f"{value.name} ({'optional ' if value.optional else ''}{value.kind})",
    Hours: lambda value: f"{' '.join(_DAYS[day % 7] for day in value.days)}, {value.start} to {value.end}",
    bool: lambda value: "yes" if value else "no",
    float: lambda value: f"{value:g}",
    type(None): lambda _: "",
}


def said(value: Any) -> str:
    """Say a value in words, at its full length."""
    if say := _SAY.get(type(value)):
        return _line(say(value))
    if isinstance(value, Mapping):
        return "; ".join(f"{_line(str(name))}: {said(one)}" for name, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(filter(None, (said(one) for one in value)))
    return str(value).strip()


def quoted(text: str) -> str:
    """Return a title in quotes, on one line."""
    return f"'{_line(text)}'"


def _line(text: str) -> str:
    return " ".join(text.split())


def _from_where_it_parts(text: str, other: str) -> str:
    """Return a text on one line; a long one from the word before it begins to differ from the other, so that both look different."""
    text, other = _line(text), _line(other)
    if len(text) <= _LONGEST:
        return text
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
    word = text.rfind(" ", 0, same) + 1
    before = text.rfind(" ", 0, max(word - 1, 0)) + 1
    start = next((place for place in (before, word) if same - place < _LONGEST // 2), max(same - 5, 0))
    start = 0 if same < _LONGEST // 2 else start
    end = start + _LONGEST - 2
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _are_long_lists(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    names = all(isinstance(one, str) for one in chain(old, new))
    return names and len(old) + len(new) > _MANY and not hasattr(new, "_fields")


def _lists(old: tuple[str, ...], new: tuple[str, ...], sides: Sides) -> str:
    """Say two long lists of names by what only one of them has."""
    more, less = (
        ", ".join(_line(one) for one in some if one not in others)
        for some, others in ((new, old), (old, new))
    )
    if not more and not less:
        return "stand in another order, or one of them twice"
    parts = ((more, sides.alone(new=True)), (less, sides.alone(new=False)))
    return "; ".join(f"{how}: {names}" for names, how in parts if names)
