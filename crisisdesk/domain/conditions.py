"""The closed condition language: ``answer is | is not | at least | at most | includes value``.

Clauses are joined by only *and* or only *or*. Evaluation is three-valued: a fact nobody knows makes a clause
``None``, and a step shows unless its condition is ``False``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Operator = Literal["is", "is not", "at least", "at most", "includes"]
Fact = str | float | tuple[str, ...]
"""An answer: a word (``yes``, ``unknown``, ``sev2``), a number, or a list of names."""

OPERATORS: tuple[Operator, ...] = ("is not", "at least", "at most", "includes", "is")
UNKNOWN = "unknown"
_CLAUSE = r"^\s*([a-z0-9][a-z0-9-]*)\s+(is not|at least|at most|includes|is)\s+(.+?)\s*$"


class Clause(NamedTuple):
    """One comparison of one answer with one value, both as written."""

    answer: str
    operator: Operator
    value: str


class Condition(NamedTuple):
    """Clauses joined by one word."""

    joiner: Literal["and", "or"]
    clauses: tuple[Clause, ...]

    def sentence(self) -> str:
        """Return the condition as an author would write it."""
        return f" {self.joiner} ".join(f"{c.answer} {c.operator} {c.value}" for c in self.clauses)


class NotACondition(NamedTuple):
    """Why a sentence cannot be read as a condition."""

    sentence: str


def parse_condition(text: str) -> Condition | NotACondition:
    """Read a condition sentence; words are checked against the declared questions by the loader, not here."""
    words = " ".join(text.split())
    has_and, has_or = " and " in words, " or " in words
    if has_and and has_or:
        return NotACondition("A condition joins its parts with only 'and' or only 'or'; this one has both.")
    joiner: Literal["and", "or"] = "or" if has_or else "and"
    clauses = []
    for part in words.split(f" {joiner} "):
        found = re.match(_CLAUSE, part)
        if not found or part.endswith((" and", " or")):
            return NotACondition(
                f"'{part}' is not a condition. Write: answer is | is not | at least | at most | includes value."
            )
        clauses.append(Clause(found[1], found[2], found[3]))  # type: ignore[arg-type]  # the pattern allows only these operators
    return Condition(joiner, tuple(clauses))


def holds(condition: Condition | None, facts: Mapping[str, Fact], levels: Sequence[str]) -> bool | None:
    """Evaluate a condition: True, False, or None when an answer it needs is unknown.

    ``levels`` are the severity levels, worst first: ``severity at least sev2`` is sev2 or worse.
    """
    if condition is None:
        return True
    results = [_clause(clause, facts, levels) for clause in condition.clauses]
    deciding = condition.joiner == "or"
    if deciding in results:
        return deciding
    return None if None in results else not deciding


def _clause(clause: Clause, facts: Mapping[str, Fact], levels: Sequence[str]) -> bool | None:
    known = facts.get(clause.answer, UNKNOWN)
    if known == UNKNOWN:
        return (clause.operator == "is") if clause.value == UNKNOWN else None
    if clause.operator in ("at least", "at most"):
        return _compare(clause, known, levels)
    if clause.operator == "includes":
        return clause.value in known if isinstance(known, tuple) else clause.value == str(known)
    return _equal(known, clause.value) == (clause.operator == "is")


def _equal(known: Fact, value: str) -> bool:
    if isinstance(known, tuple):
        return known == (value,)
    if isinstance(known, str):
        return known == value
    try:
        return known == float(value)
    except ValueError:
        return False


def _compare(clause: Clause, known: Fact, levels: Sequence[str]) -> bool | None:
    up = clause.operator == "at least"
    if isinstance(known, str) and known in levels and clause.value in levels:
        distance = levels.index(clause.value) - levels.index(known)
        return distance >= 0 if up else distance <= 0
    try:
        number, bound = float(len(known) if isinstance(known, tuple) else known), float(clause.value)
    except ValueError:
        return None
    return number >= bound if up else number <= bound
