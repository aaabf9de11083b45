"""Plain values out of nodes whose shape is already checked, and checks of names against what is declared."""

from collections.abc import Collection, Iterable, Mapping

from crisisdesk.domain.deadlines import Within, parse_within
from crisisdesk.domain.text import nearest
from crisisdesk.loading.events import Field, Fields, Items, Text
from crisisdesk.loading.problems import Problem
from crisisdesk.loading.shapes import ENOUGH


def text(fields: Fields, name: str, default: str = "") -> str:
    """Return a field's text without the blank lines around it."""
    found = node(fields, name)
    return found.value.strip() if found else default


def line(fields: Fields, name: str, default: str = "") -> str:
    """Return a field's text on one line."""
    return " ".join(text(fields, name, default).split())


def node(fields: Fields, name: str) -> Text | None:
    """Return a field's text with its place, or None."""
    found = fields.fields.get(name)
    return found.value if found and isinstance(found.value, Text) else None


def nodes(fields: Fields, name: str) -> list[Text]:
    """Return a list's texts with their places; a single text is a list of one."""
    found = fields.fields.get(name)
    if found is None:
        return []
    given: Iterable[object] = found.value.items if isinstance(found.value, Items) else (found.value,)
    return [one for one in given if isinstance(one, Text)]


def texts(fields: Fields, name: str) -> tuple[str, ...]:
    """Return a list's texts, each on one line."""
    return tuple(" ".join(one.value.split()) for one in nodes(fields, name))


def blocks(fields: Fields, name: str) -> list[Fields]:
    """Return a list's blocks."""
    found = fields.fields.get(name)
    items = found.value.items if found and isinstance(found.value, Items) else ()
    return [one for one in items if isinstance(one, Fields)]


def named(fields: Fields, name: str) -> Mapping[str, Field]:
    """Return a block's fields by name, none when it is not there."""
    found = fields.fields.get(name)
    return found.value.fields if found and isinstance(found.value, Fields) else {}


def named_blocks(fields: Fields, name: str) -> dict[str, Fields]:
    """Return a block's blocks by name."""
    return {key: one.value for key, one in named(fields, name).items() if isinstance(one.value, Fields)}


def named_texts(fields: Fields, name: str) -> dict[str, str]:
    """Return a block's texts by name."""
    return {
        key: one.value.value.strip()
        for key, one in named(fields, name).items()
        if isinstance(one.value, Text)
    }


def within(fields: Fields, name: str) -> Within | None:
    """Return a field's duration, or None when it is not there."""
    return parse_within(line(fields, name).removeprefix("every "))


def known(one: Text | None, names: Collection[str], code: str, what: str, problems: list[Problem]) -> str:
    """Return a name, after reporting one that is not declared; ``what`` is 'role', 'channel' and so on."""
    if one is None:
        return ""
    value = " ".join(one.value.split())
    if value not in names:
        fix = suggestion(value, names) if len(problems) < ENOUGH else ""
        problems.append(one.place.problem(code, f"There is no {what} '{value[:60]}'.", fix))
    return value


def all_known(
    given: Iterable[Text], names: Collection[str], code: str, what: str, problems: list[Problem]
) -> tuple[str, ...]:
    """Return a list of names, after reporting those that are not declared."""
    return tuple(known(one, names, code, what, problems) for one in given)


def suggestion(value: str, names: Collection[str]) -> str:
    """Return what to write instead of an unknown name."""
    near = nearest(value[:80], names)
    if near:
        return f"Did you mean '{near}'?"
    if not names:
        return "None is declared yet."
    listed = list(names)
    return f"Known here: {', '.join(listed[:12])}{', …' if len(listed) > 12 else ''}."
