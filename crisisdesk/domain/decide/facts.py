"""Facts and severity: what steps appear, what falls away, and when things fall due."""

from collections.abc import Mapping
from math import isfinite

from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.deadlines import DECLARATION
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import FactAnswered, FigureTyped, SeveritySet, dues
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act, AnswerFact, SetSeverity, TypeFigure
from crisisdesk.domain.runbook import applying, due_for, dues_of, first_due, said
from crisisdesk.domain.severity import FIGURES, IF_UNSURE, SHARES, advised, first_word_by
from crisisdesk.domain.text import nearest
from crisisdesk.domain.times import instant, stamp


def full_name(state: Incident, name: str) -> str:
    """Return a fact's whole name: one of a layer may be named without the layer's, where that is clear."""
    asked = state.questions
    if name in asked:
        return name
    under = [one for one in asked if one.partition("/")[2] == name]
    return under[0] if len(under) == 1 else name


def read_answer(state: Incident, name: str, typed: str) -> Fact | Refused:
    """Read a fact's answer as typed: one of its answers, a number, or names separated by commas."""
    question = state.questions.get(full_name(state, name))
    if question is None:
        near = nearest(name, state.questions)
        return Refused(
            f"Nobody asks for a fact '{name}'.",
            f"Did you mean '{near}'?" if near else f"Facts are: {', '.join(state.questions)}.",
        )
    text = typed.strip()
    if text.casefold() == UNKNOWN:
        return UNKNOWN
    if question.kind == "number":
        number = _number(text)
        if number is None:
            return Refused(f"'{text}' is not a number.", f"Answer {name} with a number, or unknown.")
        return number
    if question.kind == "list":
        named = tuple(part.strip().casefold() for part in text.split(",") if part.strip())
        wrong = [part for part in named if question.answers and part not in question.answers]
        if wrong or not named:
            return Refused(
                f"{name} has no answer '{', '.join(wrong) or text}'.",
                f"Answer with: {', '.join(question.answers) or 'names'}, or unknown.",
            )
        return named
    if text.casefold() not in question.answers:
        return Refused(f"{name} has no answer '{text}'.", f"Answer with: {', '.join(question.answers)}.")
    return text.casefold()


def _number(text: str) -> float | None:
    """Read a number with or without thousands commas; what no number can be compared with is none."""
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return number if isfinite(number) else None


def answer(state: Incident, intent: AnswerFact, act: Act) -> Ruling:
    """Answer a fact; the same answer twice is refused, so that the log says when it changed."""
    value = read_answer(state, intent.fact, intent.value)
    if isinstance(value, Refused):
        return value
    fact = full_name(state, intent.fact)
    if state.facts.get(fact) == value:
        return Refused(f"{fact} is {said(value)} already.")
    facts = {**state.facts, fact: value}
    appeared, left = _moved(state, facts, state.severity)
    known = state._replace(facts=facts, answered={**state.answered, fact: stamp(act.moment)})
    due = _appearing(known, appeared, act, state.severity)
    if value != UNKNOWN:
        due = {**dues(dues_of(known, fact, act.moment)), **due}
    return (Proposed(FactAnswered(fact, value, appeared, left, due)),)


def set_severity(state: Incident, intent: SetSeverity, act: Act) -> Ruling:
    """Confirm or change the level; a level other than the recommended one needs a reason."""
    level = intent.level.casefold()
    if level not in state.policy.levels:
        return Refused(
            f"There is no level '{intent.level}'.", f"Levels are: {', '.join(state.policy.levels)}."
        )
    if state.confirmed and level == state.severity and not intent.because.strip():
        return Refused(
            f"{state.label} is {level} already.",
            'To confirm it again, as things stand now, say why: --because "…".',
        )
    speaks = advised(state)
    if level != speaks.level and not intent.because.strip():
        return Refused(
            f"The facts speak for {speaks.level} ({'; '.join(speaks.reasons)}). Why {level}?",
            f'Add the reason: --because "…". {IF_UNSURE}',
        )
    appeared, left = _moved(state, state.facts, level)
    due = _appearing(state, appeared, act, level)
    if state.policy.is_worse(level, state.severity):
        due = {**_sooner(state, act, level), **due}
    asked = state.policy.levels[level]
    event = SeveritySet(
        level=level,
        previous=state.severity,
        recommended=speaks.level,
        appeared=appeared,
        left=left,
        due=due,
        roles_needed=tuple(
            role.id for role in state.policy.roles.values()
            if role.needed_from and not state.policy.is_worse(role.needed_from, level)
        ),
        approvals=asked.approvals,
        update_every=asked.update_every.words() if asked.update_every else "",
        first_word_by=_first_word(state, level, act),
    )  # fmt: skip
    return (Proposed(event, words(because=intent.because.strip())),)


def _first_word(state: Incident, level: str, act: Act) -> str:
    """Return the earlier of the old time for the first word and the one the new level wants from now."""
    if not state.policy.is_worse(level, state.severity):
        return state.first_word_by
    word = first_word_by(state, level, act.now)
    return min(filter(None, (state.first_word_by, stamp(word) if word else "")), default="")


def type_figure(_: Incident, intent: TypeFigure, __: Act) -> Ruling:
    """Log a figure; it may change the recommended level and never the level itself."""
    name = intent.figure.strip().casefold().replace(" ", "-")
    if name not in FIGURES:
        near = nearest(name, FIGURES)
        known = "; ".join(f"{one}: {about}" for one, about in FIGURES.items())
        return Refused(
            f"There is no figure '{intent.figure}'.",
            f"Did you mean '{near}'?" if near else f"Figures are: {known}.",
        )
    value = read_figure(name, intent.value)
    if isinstance(value, Refused):
        return value
    return (Proposed(FigureTyped(name, value), words(source=intent.source.strip())),)


_MOST = 1e15
"""Figures from here on cannot be kept digit for digit."""


def read_figure(name: str, typed: str) -> float | Refused:
    """Read a figure's number as typed: not below zero, and a share not above a hundred percent."""
    value = _number(typed.strip())
    if value is None or value < 0:
        return Refused(f"'{typed}' is not a number.", f"Write: {name}=340")
    if value >= _MOST:
        return Refused(f"'{typed}' is more than can be kept exactly.", f"Write: {name}=340")
    if name in SHARES and value > 100:
        return Refused(f"'{typed}' is no share in percent.", f"{name} goes from 0 to 100.")
    return value


def _moved(state: Incident, facts: Mapping[str, Fact], level: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    after = applying(state, facts, level)
    appeared = tuple(
        step.step.id for step in state.steps.values() if step.step.id in after and not step.applies
    )
    left = tuple(step.step.id for step in state.steps.values() if step.step.id not in after and step.applies)
    return appeared, left


def _appearing(state: Incident, appeared: tuple[str, ...], act: Act, level: str) -> dict[str, str]:
    """Fix the due times of steps that appear: from now; one that had a due time and comes back keeps it."""
    found = {}
    for step in appeared:
        known = state.steps[step]
        due = None if known.due else first_due(state, known.step, act.now, level)
        if due:
            found[step] = due
    return dict(dues(found))


def _sooner(state: Incident, act: Act, level: str) -> dict[str, str]:
    """Pace: the earlier of the old due time and now + within × factor. Late stays late; lowering moves nothing."""
    found = {}
    for known in state.steps.values():
        if (
            not known.applies
            or known.settled
            or known.step.within is None
            or known.step.within.anchor != DECLARATION
        ):
            continue
        new = due_for(state, known.step, DECLARATION, act.now, level)[known.step.id]
        if not known.due or new < instant(known.due):
            found[known.step.id] = stamp(new)
    return found
