"""Shapes a file's parts can have: one table that both checks nodes and gives the JSON Schema.

Checking by hand keeps every message in plain words and at its place, which a schema library's messages,
made for programmers and for Python objects, would not be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from crisisdesk.domain.text import nearest
from crisisdesk.loading.events import Broken, Field, Fields, Items, Node, Text
from crisisdesk.loading.problems import Problem

Schema = dict[str, Any]

ENOUGH = 200
"""Problems after which a file is not looked at further."""


class Shape(Protocol):
    """What a node must look like."""

    def check(self, node: Node, name: str, problems: list[Problem]) -> None:
        """Report what is wrong with a node; ``name`` is what its place is called in messages."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the same shape."""


def _is_empty(node: Node, name: str, problems: list[Problem]) -> bool:
    """Report a value that is not there; a comment where the value should be is the usual reason."""
    if not isinstance(node, Text) or node.value.strip():
        return False
    line = node.place.source.line(node.place.line)
    rest = line[node.place.column - 1 :].strip()
    fix = (
        f'Put it in quotes: "{rest}". A # begins a comment.'
        if rest.startswith("#")
        else "Write a value, or leave the line out."
    )
    problems.append(node.place.problem("E014", f"'{name}' has no value.", fix))
    return True


_IS_A = {Text: "a text", Items: "a list", Fields: "names with values"}


def _is_other(node: Node, name: str, wanted: type, fix: str, problems: list[Problem]) -> bool:
    """Report a node of the wrong kind; tell whether checking ends here."""
    if isinstance(node, wanted):
        return False
    if not isinstance(node, Broken) and not _is_empty(node, name, problems):
        text = f"'{name}' is {_IS_A[type(node)]}, where {_IS_A[wanted]} {'is' if wanted is not Fields else 'are'} expected."
        problems.append(node.place.problem("E021", text, fix))
    return True


@dataclass(frozen=True)
class Word:
    """A text that must pass a test; ``what`` and ``example`` are for messages."""

    what: str = "a text"
    example: str = ""
    test: Callable[[str], bool] = lambda _: True
    known: tuple[str, ...] = ()
    """When given, the only words allowed."""
    pattern: str = ""
    """For editors only, never shown."""

    def check(self, node: Node, name: str, problems: list[Problem]) -> None:
        """Report anything but a text that passes."""
        fix = (
            "A text that begins with [ needs quotes."
            if isinstance(node, Items)
            else "Write it after the colon, or after | on the next line."
        )
        if _is_other(node, name, Text, fix, problems) or _is_empty(node, name, problems):
            return
        assert isinstance(node, Text)  # noqa: S101 - for the type checker: anything else returned above
        value = " ".join(node.value.split())
        if self.known and value not in self.known:
            near = nearest(value[:80], self.known)
            fix = f"Did you mean '{near}'?" if near else f"Write one of: {', '.join(self.known)}."
            problems.append(node.place.problem("E022", f"'{value[:60]}' is not {self.what}.", fix))
        elif not self.test(value):
            problems.append(
                node.place.problem("E022", f"'{value[:60]}' is not {self.what}.", f"Write: {self.example}")
            )

    def schema(self) -> Schema:
        """Return a text: an editor may take 7 or true for other types, the desk does not."""
        if self.known:
            return {"enum": list(self.known)}
        schema: Schema = {"type": ["string", "number", "boolean"]}
        if self.pattern:
            schema |= {
                "pattern": self.pattern,
                "patternErrorMessage": f"This is not {self.what}. Write: {self.example}",
            }
        if self.example:
            schema["examples"] = [self.example]
        return schema


@dataclass(frozen=True)
class Many:
    """A list, or a single one where ``or_one`` allows it."""

    of: Shape
    or_one: bool = False
    example: str = "each on its own line, beginning with a hyphen"

    def check(self, node: Node, name: str, problems: list[Problem]) -> None:
        """Report anything but a list of the right things."""
        if self.or_one and isinstance(node, Text):
            self.of.check(node, name, problems)
        elif not _is_other(node, name, Items, f"Write {self.example}.", problems):
            assert isinstance(node, Items)  # noqa: S101 - for the type checker
            for item in node.items:
                self.of.check(item, name, problems)

    def schema(self) -> Schema:
        """Return an array, or the single one."""
        many: Schema = {"type": "array", "items": self.of.schema()}
        return {"anyOf": [self.of.schema(), many]} if self.or_one else many


@dataclass(frozen=True)
class Named:
    """Names of the author's own, each with the same kind of value."""

    of: Shape
    key: Word = Word()

    def check(self, node: Node, name: str, problems: list[Problem]) -> None:
        """Report wrong names and wrong values."""
        if _is_other(node, name, Fields, "Write each as name: value on its own line, indented.", problems):
            return
        assert isinstance(node, Fields)  # noqa: S101 - for the type checker
        for one in node.fields.values():
            self.key.check(one.key, one.key.value, problems)
            self.of.check(one.value, one.key.value, problems)

    def schema(self) -> Schema:
        """Return an object with free names."""
        schema: Schema = {"type": "object", "additionalProperties": self.of.schema()}
        if self.key.pattern:
            schema["propertyNames"] = {"pattern": self.key.pattern}
        return schema


@dataclass(frozen=True)
class Part:
    """One field of a block: its shape, what it is for, whether it must be there."""

    shape: Shape
    about: str
    needed: bool = False


@dataclass(frozen=True)
class Block:
    """A block with fixed names; ``verbs`` are names of which exactly one opens it.

    ``free`` allows names that begin in a certain way, such as a statement's ``on x``.
    """

    parts: Mapping[str, Part]
    verbs: tuple[str, ...] = ()
    free: Mapping[str, Part] = field(default_factory=dict)
    what: str = ""

    def check(self, node: Node, name: str, problems: list[Problem]) -> None:
        """Report unknown names, missing names and wrong values, all of them."""
        if _is_other(node, name, Fields, "Write each as name: value on its own line, indented.", problems):
            return
        assert isinstance(node, Fields)  # noqa: S101 - for the type checker
        meant = set()
        for one in node.fields.values():
            if len(problems) >= ENOUGH:
                return
            part = self._part(one)
            if part is None:
                near = nearest(one.key.value[:80], (key for key in self.parts if key not in node.fields))
                meant.add(near)
                problems.append(self._unknown(one, near, node))
            else:
                part.shape.check(one.value, one.key.value, problems)
        if self.verbs and not meant.intersection(self.verbs):
            self._check_verb(node, problems)
        for key, part in self.parts.items():
            if (
                part.needed
                and key not in (*node.fields, *meant)
                and not (self.verbs and "use" in node.fields)
            ):
                problems.append(
                    node.place.problem(
                        "E020", f"'{key}' is missing{self._where(name)}.", f"Write {key}: {part.about}"
                    )
                )

    def _where(self, name: str) -> str:
        return f" in {self.what}" if self.what else f" in '{name}'"

    def _part(self, one: Field) -> Part | None:
        return self.parts.get(one.key.value) or next(
            (part for start, part in self.free.items() if one.key.value.startswith(start)), None
        )

    def _unknown(self, one: Field, near: str | None, node: Fields) -> Problem:
        left = [*(key for key in self.parts if key not in node.fields), *(f"{start}…" for start in self.free)]
        fix = f"Did you mean '{near}'?" if near else f"Known here: {', '.join(left)}."
        return one.key.place.problem("E010", f"'{one.key.value[:60]}' is not known here.", fix)

    def _check_verb(self, node: Fields, problems: list[Problem]) -> None:
        found = [node.fields[verb].key for verb in self.verbs if verb in node.fields]
        if not found:
            fix = f"Begin the step with one of: {', '.join(self.verbs)}."
            problems.append(node.place.problem("E023", "This step has no verb.", fix))
        for second in found[1:]:
            text = f"This step has two verbs, '{found[0].value}' and '{second.value}'."
            problems.append(
                second.place.problem(
                    "E023", text, "Make it two steps; a common step takes another title with title."
                )
            )

    def schema(self) -> Schema:
        """Return an object with fixed names."""
        schema: Schema = {
            "type": "object",
            "properties": {
                key: {**part.shape.schema(), "description": part.about} for key, part in self.parts.items()
            },
            "additionalProperties": False,
        }
        if self.free:
            schema["patternProperties"] = {
                f"^{start}": {**part.shape.schema(), "description": part.about}
                for start, part in self.free.items()
            }
        needed = [key for key, part in self.parts.items() if part.needed]
        if self.verbs:
            schema["oneOf"] = [
                {"required": [verb] if verb == "use" else [verb, *needed]} for verb in self.verbs
            ]
        elif needed:
            schema["required"] = needed
        return schema
