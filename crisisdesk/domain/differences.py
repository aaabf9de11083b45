"""What differs between two forms of a playbook, or of a policy, in words: for changed files and for newer versions."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from crisisdesk.domain.conditions import Condition
from crisisdesk.domain.deadlines import Within
from crisisdesk.domain.playbook import Option, Phase, Playbook, Record, Statement, Step
from crisisdesk.domain.policy import Policy

_LONGEST = 60


class Difference(NamedTuple):
    """One change: ``added``, ``removed``, ``moved`` or ``changed``; where it is, and in words. ``old`` and ``new`` are shortened."""

    kind: str
    where: str
    sentence: str
    old: str = ""
    new: str = ""


_STEP_WORDS = {
    "kind": "its verb", "title": "its title", "who": "its owner", "within": "when it is due", "why": "why", "how": "how",
    "mode": "the mode", "record": "what to record", "confirmed_by": "who confirms it", "read_back": "what is read back",
    "if_blocked": "what to do when blocked", "options": "the options", "revisit": "when to look again", "on": "the channels",
    "approved_by": "who approves it", "after": "what comes before it", "only_if": "when it applies", "starts_clock": "the clocks it asks for",
    "statement": "its statement", "repeat": "how often it comes again", "publish_first": "publishing first", "protects": "what it protects",
    "add_playbook": "the playbook it lays on top", "common": "the common step it is made from", "conduct": "the conduct shown with it",
}  # fmt: skip
_PLAYBOOK_WORDS = {
    "title": "The title", "version": "The version", "adopted": "Who adopted it", "reviewed": "Who reviewed it", "use_when": "When to use it",
    "words": "The words it is found by", "usually": "The usual level", "stand_down_when": "When it stands down",
}  # fmt: skip


def differences(old: Playbook, new: Playbook) -> tuple[Difference, ...]:
    """Return what the new form changes, in its order: the whole, phases, steps, questions, statements. Empty when equal."""
    return (
        *_fields("", old, new, _PLAYBOOK_WORDS, ""),
        *_phases(old, new),
        *_steps(old, new),
        *_parts("question", old.questions, new.questions),
        *_statements(old.statements, new.statements),
    )


def policy_differences(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """Return what the new policy changes, part by part. Empty when equal."""
    parts = ("regions", "divisions", "roles", "channels", "levels", "facts", "clocks")
    found: list[Difference] = []
    for name in Policy._fields:
        was, now = getattr(old, name), getattr(new, name)
        if name in parts:
            found += _parts(name.removesuffix("s"), was, now)
        elif name in ("approvals", "conduct"):
            found += _parts(name, was, now)
        elif was != now:
            found.append(_changed(name, f"The policy: {name.replace('_', ' ')}", was, now))
    return tuple(found)


def _phases(old: Playbook, new: Playbook) -> Iterator[Difference]:
    was, now = ({phase.id: phase for phase in one.phases} for one in (old, new))
    for name, phase in now.items():
        if name not in was:
            yield Difference("added", name, f"New phase: {phase.title}", "", phase.title)
        else:
            words = {"title": "its title", "goal": "its goal", "done_when": "when it is done"}
            yield from _fields(name, was[name], phase, words, f"Phase '{phase.title}': ")
    for name, phase in was.items():
        if name not in now:
            yield Difference("removed", name, f"Phase taken out: {phase.title}", phase.title)
    both = [name for name in was if name in now]
    if both != [name for name in now if name in was]:
        yield Difference(
            "moved", "", f"The phases stand in another order: {', '.join(now[name].title for name in now)}"
        )


def _steps(old: Playbook, new: Playbook) -> Iterator[Difference]:
    was, now = ({step.id: (phase, step) for phase, step in one.steps()} for one in (old, new))
    for name, (phase, step) in now.items():
        if name not in was:
            within = f", within {step.within.words()}" if step.within else ""
            text = f"New step in '{phase.title}': {step.heading} ({step.who}{within})"
            yield Difference("added", name, text, "", step.heading)
            continue
        before, earlier = was[name]
        if before.id != phase.id:
            text = f"'{step.heading}' moved to '{phase.title}', was in '{before.title}'"
            yield Difference("moved", name, text, before.title, phase.title)
        yield from _fields(name, earlier, step, _STEP_WORDS, f"'{step.heading}': ")
    for name, (phase, step) in was.items():
        if name not in now:
            yield Difference(
                "removed", name, f"Step taken out of '{phase.title}': {step.heading}", step.heading
            )
    for phase in new.phases:
        yield from _order(phase, {step: before.id for step, (before, _) in was.items()}, list(was))


def _order(phase: Phase, places: Mapping[str, str], before: list[str]) -> Iterator[Difference]:
    stayed = [step.id for step in phase.steps if places.get(step.id) == phase.id]
    if stayed != [step for step in before if step in stayed]:
        yield Difference("moved", phase.id, f"The steps of '{phase.title}' stand in another order")


def _statements(old: Mapping[str, Statement], new: Mapping[str, Statement]) -> Iterator[Difference]:
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            verb, kind = ("New statement", "added") if now else ("Statement taken out", "removed")
            yield Difference(kind, name, f"{verb}: {name}")
            continue
        yield from _fields(
            name,
            was,
            now,
            {"title": "its title", "text": "its text", "pre_cleared": "who cleared it"},
            f"Statement '{name}': ",
        )
        yield from _parts(f"statement '{name}'", was.variants, now.variants)


def _parts(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys([*new, *old]):
        if name not in old:
            yield Difference("added", name, f"New {what}: {name}", "", _said(new[name]))
        elif name not in new:
            yield Difference("removed", name, f"Taken out, {what}: {name}", _said(old[name]))
        elif old[name] != new[name]:
            yield from _inside(what, name, old[name], new[name])
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Difference("moved", "", f"Another order, {what}: {', '.join(new)}")


def _inside(what: str, name: str, old: Any, new: Any) -> Iterator[Difference]:
    """Yield the fields of a part that differ; a text differs as a whole."""
    fields = getattr(new, "_fields", ())
    if not fields:
        yield _changed(name, f"{what.capitalize()} {name}", old, new)
    for field in fields:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield _changed(name, f"{what.capitalize()} {name}, {field.replace('_', ' ')}", was, now)


def _fields(where: str, old: Any, new: Any, words: Mapping[str, str], lead: str) -> Iterator[Difference]:
    for field, about in words.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield _changed(where, f"{lead}{about}", was, now)


def _changed(where: str, about: str, old: Any, new: Any) -> Difference:
    was, now = (
        (_apart(old, new), _apart(new, old))
        if isinstance(old, str) and isinstance(new, str)
        else (_said(old), _said(new))
    )
    return Difference("changed", where, f"{about}: {now or 'nothing'}, was {was or 'nothing'}", was, now)


def _apart(text: str, other: str) -> str:
    """Return a text from the word before it begins to differ, when it is too long to be shown whole."""
    words, others = text.split(), other.split()
    same = next((place for place, (one, two) in enumerate(zip(words, others, strict=False)) if one != two), 0)
    if len(text) <= _LONGEST or same < 2:
        return _short(" ".join(words))
    return _short("…" + " ".join(words[same - 1 :]))


_SAY: dict[type, Callable[[Any], str]] = {
    Within: lambda value: str(value.words()),
    Condition: lambda value: str(value.sentence()),
    Option: lambda value: f"{value.title}: {value.consequence}",
    Record: lambda value: f"{value.name} ({'optional ' if value.optional else ''}{value.kind})",
    Step: lambda value: str(value.heading),
}


def _said(value: Any) -> str:
    """Say a value in a few words; a longer text is shortened."""
    if type(value) in _SAY:
        return _SAY[type(value)](value)
    if isinstance(value, Mapping):
        return _short("; ".join(f"{name}: {_said(one)}" for name, one in value.items()))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _short(", ".join(filter(None, map(_said, value))))
    if isinstance(value, tuple):
        return "; ".join(_said(one) for one in value)
    return _short(" ".join(str("" if value is None else value).split()))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
