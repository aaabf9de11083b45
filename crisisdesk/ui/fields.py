"""What a command asks for: fields, choices and what was typed into them. Nothing here draws."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

Values = dict[str, str]


class Choice(NamedTuple):
    """One answer of a choice: what is kept, what is shown, and what follows from it."""

    value: str
    label: str
    consequence: str = ""


class Field(NamedTuple):
    """One thing a form asks: ``line``, ``text`` (several lines) or ``choice``; ``hidden`` is kept with what is typed and not asked."""

    name: str
    label: str
    kind: str = "line"
    required: bool = False
    value: str = ""
    choices: tuple[Choice, ...] = ()
    watch: Callable[[str], str] | None = None
    """What is said under the field of what stands in it, at every key."""


SENSITIVITY = "sensitivity"
"""The name under which a form keeps who may read it later."""


def records(values: Mapping[str, str]) -> Values:
    """Return the recorded values among a form's values."""
    return {
        name.removeprefix("record: "): value
        for name, value in values.items()
        if name.startswith("record: ") and value.strip()
    }
