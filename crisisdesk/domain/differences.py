"""What differs between two forms of a playbook, or of the policy, in words: for changed files and for newer versions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from crisisdesk.domain.comparing import (
    OVER_TIME,
    Difference,
    Labels,
    Sides,
    changed,
    fields,
    mapping,
    quoted,
    said,
)
from crisisdesk.domain.playbook import Phase, Playbook, Statement, Step
from crisisdesk.domain.policy import Override, Policy
from crisisdesk.domain.text import name_key

__all__ = ["OVER_TIME", "OWN_AND_SHIPPED", "Difference", "Sides", "differences", "policy_differences"]

OWN_AND_SHIPPED = Sides("yours", "the shipped one")
"""For a folder of one's own (old) against the files CrisisDesk comes with (new)."""

STEP_LABELS = Labels(
    {
        "id": "its id", "kind": "its verb", "title": "", "who": "owner", "within": "due within", "why": "the why", "how": "the how",
        "record": "to record:", "confirmed_by": "confirmed by", "read_back": "read back:", "if_blocked": "if blocked:", "options": "options:",
        "revisit": "looked at again after", "on": "published on", "only_if": "only if", "starts_clock": "clocks it asks for:",
        "repeat": "repeated", "publish_first": "publish first:", "add_playbook": "lays on top", "common": "made from the common step",
        "conduct": "conduct shown with it:", "unless_level_says": "unless the level says its",
    },
    frozenset({"why", "how", "if_blocked", "read_back", "protects"}),
)  # fmt: skip
PHASE_LABELS = Labels(
    {"id": "its id", "title": "", "goal": "its goal", "done_when": "done when", "steps": ""},
    frozenset({"goal", "done_when"}),
)
PLAYBOOK_LABELS = Labels(
    {
        "name": "the file's name", "title": "title", "use_when": "use when", "words": "words it is found by,", "usually": "usual level",
        "stand_down_when": "stand down when", "questions": "", "phases": "", "statements": "",
    },
    frozenset({"title", "use_when", "stand_down_when"}),
)  # fmt: skip
QUESTION_LABELS = Labels(
    {"ask": "it asks", "kind": "kind of answer", "answers": "answers:"}, frozenset({"ask"})
)
STATEMENT_LABELS = Labels({"text": "its text", "title": "its title", "variants": "", "pre_cleared": "pre-cleared:"}, frozenset({"text", "title"}))  # fmt: skip
POLICY_LABELS = Labels(
    {
        "time_zone": "time zone", "hours": "working hours", "review_every": "reviewed every", "largest_file": "largest file, in bytes,",
        **dict.fromkeys(("regions", "roles", "channels", "levels", "overrides", "facts", "approvals", "clocks", "protected_words", "conduct", "divisions", "audiences"), ""),
    },
    frozenset({"title", "purpose", "scope"}),
)  # fmt: skip
PART_LABELS = Labels(
    {
        "must_not": "must not", "title": "called", "limit": "longest text", "counts": "counted in", "choose_when": "chosen when",
        "because": "because", "within": "time given", "approvals": "approved by", "advice": "local advice", "level": "raised to",
        "times_usual": "times the usual mentions", "relayed_approvals": "approvals by phone:", "not_with": "not together with", "never_with": "never together with", "source_kind": "how sure the source is:",
    },
    frozenset({"title", "duty", "must_not", "choose_when", "because", "tell", "deadline", "anchor_text", "source", "advice", "ask", "say"}),
)  # fmt: skip
PARTS = {
    "regions": "region", "divisions": "division", "roles": "role", "channels": "channel", "levels": "level", "facts": "fact",
    "approvals": "rule of approval", "clocks": "clock", "conduct": "conduct", "audiences": "audience",
}  # fmt: skip
"""The policy's maps, and what one thing in each is called."""

Key = tuple[str, int]
"""An id, and which of several with that id: files have each once, but nothing here relies on it."""


class _Placed(NamedTuple):
    """A step with the phase it stands in and that phase's key."""

    step: Step
    phase: Phase
    at: Key


def differences(old: Playbook, new: Playbook, sides: Sides = OVER_TIME) -> tuple[Difference, ...]:
    """Return what differs, in the new form's order: the whole, phases, steps, questions, statements. Empty only when equal."""
    if old == new:
        return ()
    phases = _phase_pairs(old, new)
    found = (
        *fields("The playbook", "", old, new, PLAYBOOK_LABELS, sides),
        *_phases(old, new, phases, sides),
        *_steps(old, new, phases, sides),
        *mapping("question", old.questions, new.questions, QUESTION_LABELS, sides),
        *_statements(old.statements, new.statements, sides),
    )
    return found or (Difference("changed", "", "The playbook differs in a way there are no words for"),)


def policy_differences(old: Policy, new: Policy, sides: Sides = OVER_TIME) -> tuple[Difference, ...]:
    """Return what differs in the policy, part by part; levels also by their order, which says which is worse."""
    found = list(fields("The policy", "", old, new, POLICY_LABELS, sides))
    for part, what in PARTS.items():
        found += mapping(what, getattr(old, part), getattr(new, part), PART_LABELS, sides)
    found += _order("levels", "", list(old.levels), list(new.levels), "; worst first")
    overrides = [dict(_keyed(form.overrides, _when)) for form in (old, new)]
    found += _list("override when", overrides[0], overrides[1], sides)
    words = [{key: one[1] for key, one in _keyed(form.protected_words, lambda word: word[0])} for form in (old, new)]  # fmt: skip
    found += _list("protected word", words[0], words[1], sides)
    if found or old == new:
        return tuple(found)
    return (Difference("changed", "", "The policy differs in a way there are no words for"),)


def _when(override: Override) -> str:
    return override.when.sentence()


def _list(what: str, old: dict[Key, Any], new: dict[Key, Any], sides: Sides) -> Iterator[Difference]:
    """Yield the differences of two lists whose items have a name, and of their order."""
    was, now = ({_numbered(key): one for key, one in some.items()} for some in (old, new))
    yield from mapping(what, was, now, PART_LABELS._replace(names={**PART_LABELS.names, "when": ""}), sides)
    yield from _order(f"{what}s" if what.endswith("word") else "overrides", "", list(was), list(now))


def _numbered(key: Key) -> str:
    return key[0] if key[1] == 1 else f"{key[0]} ({key[1]})"


def _keyed(items: Iterable[Any], name: Any) -> Iterator[tuple[Key, Any]]:
    """Yield items with their name and which of that name each is."""
    met: Counter[str] = Counter()
    for one in items:
        met[name(one)] += 1
        yield (name(one), met[name(one)]), one


def _order(what: str, where: str, old: list[Any], new: list[Any], note: str = "") -> Iterator[Difference]:
    """Yield a difference when what both have stands in another order."""
    was, now = [one for one in old if one in new], [one for one in new if one in old]
    if was != now:
        first, second = (", ".join(_numbered(one) if isinstance(one, tuple) else one for one in some) for some in (was, now))  # fmt: skip
        yield Difference("moved", where, f"The {what} stand in another order{note}", first, second)


def _phase_pairs(old: Playbook, new: Playbook) -> dict[Key, Key]:
    """Return each new phase's key with the old one's that it is: by its id, else by its goal or most of its steps."""
    was, now = (dict(_keyed(form.phases, lambda phase: phase.id)) for form in (old, new))
    pairs = {key: key for key in now if key in was}
    left = [key for key in was if key not in now]
    for key, phase in now.items():
        match = next((other for other in left if key not in pairs and _same_phase(was[other], phase)), None)
        if match:
            pairs[key] = match
            left.remove(match)
    return pairs


def _same_phase(old: Phase, new: Phase) -> bool:
    ids, others = ({step.id for step in phase.steps} for phase in (old, new))
    return (bool(new.goal) and name_key(old.goal) == name_key(new.goal)) or 2 * len(ids & others) > max(
        len(ids), len(others)
    )


def _phases(old: Playbook, new: Playbook, pairs: Mapping[Key, Key], sides: Sides) -> Iterator[Difference]:
    was, now = (dict(_keyed(form.phases, lambda phase: phase.id)) for form in (old, new))
    for key, phase in now.items():
        if key not in pairs:
            yield Difference("added", phase.id, sides.came(f"phase {quoted(phase.title)}"), "", phase.title)
            continue
        before = was[pairs[key]]
        yield from _renamed("phase ", phase.id, before.title, phase.title, sides)
        yield from fields(f"The phase {quoted(phase.title)}", phase.id, before, phase, PHASE_LABELS, sides)
    for key, phase in was.items():
        if key not in pairs.values():
            yield Difference("removed", phase.id, sides.gone(f"phase {quoted(phase.title)}"), phase.title)
    yield from _order("phases", "", list(was), [pairs.get(key, ("", 0)) for key in now])


def _renamed(what: str, where: str, old: str, new: str, sides: Sides) -> Iterator[Difference]:
    if old != new:
        text = (
            f"The {what}{quoted(old)} of {sides.old} is called {quoted(new)} in {sides.new}"
            if sides.new
            else f"The {what}{quoted(old)} is now called {quoted(new)}"
        )
        yield Difference("renamed", where, text, old, new)


def _placed(playbook: Playbook) -> dict[Key, _Placed]:
    phases = _keyed(playbook.phases, lambda phase: phase.id)
    every = [_Placed(step, phase, at) for at, phase in phases for step in phase.steps]
    return dict(_keyed(every, lambda placed: placed.step.id))


def _step_pairs(was: Mapping[Key, _Placed], now: Mapping[Key, _Placed]) -> dict[Key, Key]:
    """Return each new step's key with the old one's that it is: by its id, else by its title or by all the rest."""
    pairs = {key: key for key in now if key in was}
    left = [key for key in was if key not in now]
    for key, placed in now.items():
        same = (other for other in left if key not in pairs and _same_step(was[other].step, placed.step))
        match = next(same, None)
        if match:
            pairs[key] = match
            left.remove(match)
    return pairs


def _same_step(old: Step, new: Step) -> bool:
    if old.kind != new.kind:
        return False
    return (bool(new.title) and name_key(old.title) == name_key(new.title)) or old._replace(
        id=new.id, title=new.title
    ) == new


def _steps(old: Playbook, new: Playbook, phases: Mapping[Key, Key], sides: Sides) -> Iterator[Difference]:
    was, now = _placed(old), _placed(new)
    pairs = _step_pairs(was, now)
    for key, placed in now.items():
        if key not in pairs:
            yield Difference(
                "added", placed.step.id, _alone(placed, sides, new=True), "", placed.step.heading
            )
        else:
            yield from _step(was[pairs[key]], placed, phases, sides)
    for key, placed in was.items():
        if key not in pairs.values():
            yield Difference("removed", placed.step.id, _alone(placed, sides, new=False), placed.step.heading)
    for at, phase in _keyed(new.phases, lambda phase: phase.id):
        before = phases.get(at)
        here = [key for key, placed in was.items() if placed.at == before]
        there = [pairs[key] for key, placed in now.items() if placed.at == at and key in pairs]
        yield from _order(f"steps of the phase {quoted(phase.title)}", phase.id, here, there)


def _alone(placed: _Placed, sides: Sides, *, new: bool) -> str:
    """Say that only one form has a step."""
    step, phase = placed.step, quoted(placed.phase.title)
    if sides.new:
        thing = f"step {quoted(step.heading)} in the phase {phase}"
        return sides.came(thing) if new else sides.gone(thing)
    if not new:
        return f"Step taken out of {phase}: {' '.join(step.heading.split())}"
    within = f", within {step.within.words()}" if step.within else ""
    return f"New step in {phase}: {' '.join(step.heading.split())} ({step.who}{within})"


def _step(before: _Placed, after: _Placed, phases: Mapping[Key, Key], sides: Sides) -> Iterator[Difference]:
    """Yield what differs in a step that both forms have."""
    old, new = before.step, after.step
    if phases.get(after.at) != before.at:
        here, there = quoted(after.phase.title), quoted(before.phase.title)
        text = (
            f"{quoted(new.heading)} stands in the phase {here} in {sides.new}, in {there} in {sides.old}"
            if sides.new
            else f"{quoted(new.heading)} moved to the phase {here}, was in {there}"
        )
        yield Difference("moved", new.id, text, before.phase.title, after.phase.title)
    yield from _renamed("step ", new.id, old.title, new.title, sides)
    yield from fields(quoted(new.heading), new.id, old, new, STEP_LABELS, sides)


def _statements(
    old: Mapping[str, Statement], new: Mapping[str, Statement], sides: Sides
) -> Iterator[Difference]:
    yield from mapping("statement", old, new, STATEMENT_LABELS, sides)
    for name in (name for name in new if name in old):
        was, now = old[name].variants, new[name].variants
        for variant in dict.fromkeys([*now, *was]):
            thing = f"text '{variant}' of the statement '{name}'"
            if variant not in was:
                yield Difference("added", name, sides.came(thing), "", said(now[variant]))
            elif variant not in now:
                yield Difference("removed", name, sides.gone(thing), said(was[variant]))
            elif was[variant] != now[variant]:
                lead = f"The statement '{name}'"
                yield changed(
                    lead, name, was[variant], now[variant], sides, f"its text '{variant}'", prose=True
                )
