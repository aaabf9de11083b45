"""Questions and the conditions that depend on their answers, every word checked."""

from collections.abc import Mapping

from crisisdesk.domain.conditions import (
    UNKNOWN,
    Clause,
    Condition,
    Fact,
    NotACondition,
    holds,
    parse_condition,
)
from crisisdesk.domain.policy import Question
from crisisdesk.loading import reading as r
from crisisdesk.loading.events import Fields, Text
from crisisdesk.loading.problems import Problem

_MOST = 20

YES_NO = ("yes", "no", UNKNOWN)
SEVERITY = "severity"
"""The one answer that is not asked but set."""


def question(name: str, fields: Fields, sources: Mapping[str, tuple[str, ...]]) -> Question:
    """Return a question; ``sources`` gives the names a list may be answered with, by part of the policy.

    Without answers, a kind or a source it is answered yes, no or unknown.
    """
    source, answers = r.line(fields, "from"), r.texts(fields, "answers")
    kind = r.line(fields, "kind", "list" if source else "choice")
    if source:
        answers = sources.get(source, ())
    elif kind == "choice" and not answers:
        answers = YES_NO
    return Question(name, r.line(fields, "ask"), answers, kind)


def condition(
    one: Text | None, asked: Mapping[str, Question], levels: tuple[str, ...], problems: list[Problem]
) -> Condition | None:
    """Read a condition and report every word in it that is not declared."""
    if one is None:
        return None
    read = parse_condition(one.value)
    if isinstance(read, NotACondition):
        problems.append(
            one.place.problem("E036", read.sentence, "Write: dms-read is not no and regions includes eu")
        )
        return None
    if len(read.clauses) > _MOST:
        text = f"This condition has {len(read.clauses)} parts."
        problems.append(
            one.place.problem("E036", text, f"Write one of at most {_MOST}; a person reads three.")
        )
        return None
    found = [wrong for clause in read.clauses if (wrong := _wrong(clause, asked, levels))]
    problems += [one.place.problem("E037", *wrong) for wrong in found]
    if not found and (word := _contradiction(read, asked, levels)):
        text = f"No answer to '{word}' makes this true, so it could never apply."
        problems.append(one.place.problem("E043", text, "Take out one of the parts, or join them with 'or'."))
    return read


def _wrong(clause: Clause, asked: Mapping[str, Question], levels: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what is wrong with a clause and what to write instead."""
    if clause.answer == SEVERITY:
        return _wrong_word(clause, levels) if clause.operator != "includes" else _misfit(clause, "at least")
    about = asked.get(clause.answer)
    if about is None:
        return f"'{clause.answer}' is not a question that is asked.", r.suggestion(
            clause.answer, [*asked, SEVERITY]
        )
    if clause.operator in ("at least", "at most"):
        return None if about.kind != "choice" and _is_number(clause.value) else _misfit(clause, "is")
    if clause.operator == "includes" and about.kind != "list":
        return _misfit(clause, "is")
    if about.kind == "number":
        return (
            None
            if _is_number(clause.value) or clause.value == UNKNOWN
            else (f"'{clause.value}' is not a number.", "Write a number.")
        )
    return _wrong_word(clause, (*about.answers, UNKNOWN)) if about.answers else None


def _wrong_word(clause: Clause, answers: tuple[str, ...]) -> tuple[str, str] | None:
    if clause.value in answers:
        return None
    return f"'{clause.answer}' cannot be answered '{clause.value}'.", r.suggestion(
        clause.value, dict.fromkeys(answers)
    )


def _misfit(clause: Clause, instead: str) -> tuple[str, str]:
    return (
        f"'{clause.operator}' does not fit the answers of '{clause.answer}'.",
        f"Write: {clause.answer} {instead} …",
    )


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False


def _contradiction(read: Condition, asked: Mapping[str, Question], levels: tuple[str, ...]) -> str | None:
    """Return an answer that the parts of a condition want to be two things at once."""
    if read.joiner == "or":
        return None
    for word in dict.fromkeys(clause.answer for clause in read.clauses):
        about = asked.get(word)
        answers: tuple[Fact, ...] = (
            levels if word == SEVERITY else about.answers if about and about.kind == "choice" else ()
        )
        part = Condition("and", tuple(clause for clause in read.clauses if clause.answer == word))
        if answers and not any(holds(part, {word: answer}, levels) for answer in (*answers, UNKNOWN)):
            return word
    return None
