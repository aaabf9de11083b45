"""Every shipped playbook at every level under every combination of the facts it looks at: no runbook has a dead end.

Each prints a line: how many combinations, whether all of them or a set in which every pair of answers meets, and how long.
"""

import re
import time
from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product

import pytest

from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.counting import count
from crisisdesk.domain.incident import Incident, StepState, begin
from crisisdesk.domain.playbook import Playbook, Statement
from crisisdesk.domain.policy import Policy, Question
from crisisdesk.domain.runbook import applying, state_of
from crisisdesk.loading import load_library, shipped_folder

LIBRARY = load_library(shipped_folder())
ALL = 4096
"""Combinations up to which all are tried; beyond, every pair of answers meets at least once."""

Facts = dict[str, Fact]


def answers(question: Question, values: set[str]) -> list[Fact]:
    """Return the answers that can make a difference: each one, and for lists and numbers those around what is asked."""
    if question.kind == "list":
        named = sorted(values & set(question.answers)) or list(question.answers[:1])
        others = [name for name in question.answers if name not in named][:1]
        return [
            UNKNOWN,
            *((name,) for name in named),
            tuple(dict.fromkeys([*named, *others])),
            *((name,) for name in others),
        ]
    if question.kind == "number":
        bounds = sorted({float(value) for value in values if value.replace(".", "").isdigit()})
        return [UNKNOWN, *(bound + by for bound in bounds for by in (-1, 0, 1))]
    return list(dict.fromkeys([*question.answers, UNKNOWN]))


def looked_at(policy: Policy, playbook: Playbook) -> dict[str, list[Fact]]:
    """Return the facts that conditions mention, each with its answers."""
    values: dict[str, set[str]] = {}
    for _, step in playbook.steps():
        for clause in step.only_if.clauses if step.only_if else ():
            values.setdefault(clause.answer, set()).add(clause.value)
    asked = {**policy.facts, **playbook.questions}
    return {name: answers(asked[name], found) for name, found in values.items() if name in asked}


def every(choices: Mapping[str, list[Fact]]) -> tuple[list[Facts], str]:
    """Return all combinations, or where they are too many a set in which every pair of answers meets."""
    size = 1
    for some in choices.values():
        size *= len(some)
    if size <= ALL:
        return [dict(zip(choices, values, strict=True)) for values in product(*choices.values())], "all"
    return list(pairwise(choices)), "pairwise"


def pairwise(choices: Mapping[str, list[Fact]]) -> Iterator[Facts]:
    """Yield combinations until every pair of answers to two facts has met: each takes the answer with most new pairs."""
    left = {
        ((one, a), (two, b)) for one, two in combinations(choices, 2) for a in choices[one] for b in choices[two]
    }  # fmt: skip
    while left:
        (one, a), (two, b) = min(left, key=str)
        facts: Facts = {one: a, two: b}
        for name, some in choices.items():
            if name not in facts:
                facts[name] = max(
                    some, key=lambda answer: sum(pair in left for pair in pairs(facts, name, answer, choices))
                )
        ordered = {name: facts[name] for name in choices}
        left -= {((x, ordered[x]), (y, ordered[y])) for x, y in combinations(choices, 2)}
        yield ordered


def pairs(
    facts: Facts, name: str, answer: Fact, choices: Mapping[str, list[Fact]]
) -> Iterator[tuple[tuple[str, Fact], tuple[str, Fact]]]:
    """Yield the pairs an answer would make with those chosen, in the order of the facts."""
    place = list(choices).index
    for other, value in facts.items():
        first, second = (
            ((other, value), (name, answer))
            if place(other) < place(name)
            else ((name, answer), (other, value))
        )
        yield first, second


def runbook(policy: Policy, playbook: Playbook, facts: Facts, level: str) -> Incident:
    """Return an open incident with these facts at this level, everything that applies still to do."""
    state = begin("s", policy, playbook)._replace(status="open", severity=level, facts=facts)
    shown = applying(state, facts, level)
    return state._replace(
        steps={name: known._replace(applies=name in shown) for name, known in state.steps.items()}
    )


def run_through(state: Incident) -> Incident:
    """Settle whatever is ready until nothing is, then close and do the same with what waited for that."""
    for status in ("open", "closed"):
        state = state._replace(status=status)
        while ready := [known for known in state.steps.values() if state_of(state, known) == "ready"]:
            done: dict[str, StepState] = {known.step.id: known._replace(progress="done") for known in ready}
            state = state._replace(steps={**state.steps, **done})
    return state


@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_no_runbook_has_a_dead_end(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Under every level and combination each step that applies can be done, and so every phase completes."""
    assert LIBRARY.policy is not None
    policy, playbook = LIBRARY.policy.value, LIBRARY.playbooks[name].value
    begun = time.perf_counter()
    tried, how = every(looked_at(policy, playbook))
    fewest = len(list(playbook.steps()))
    for level, facts in product(policy.levels, tried):
        ended = run_through(runbook(policy, playbook, facts, level))
        stuck = [known.step.id for known in ended.steps.values() if known.applies and not known.settled]
        assert stuck == [], f"{name} at {level} with {facts}: never ready: {stuck}"
        fewest = min(fewest, sum(known.applies for known in ended.steps.values()))
    with capsys.disabled():
        print(
            f"\n{name}: {len(list(playbook.steps()))} steps, at least {fewest} apply; {len(policy.levels)} levels x "
            f"{len(tried)} combinations ({how}) in {time.perf_counter() - begun:.1f} s: no dead end"
        )


@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_every_role_a_step_names_is_one_of_the_policys(name: str) -> None:
    """Owners, approvers (of the step and of each level) and whoever confirms; and no phase is empty or too long."""
    assert LIBRARY.policy is not None
    policy, playbook = LIBRARY.policy.value, LIBRARY.playbooks[name].value
    named = {role for _, step in playbook.steps() for role in (step.who, *step.approved_by)}
    named |= {step.confirmed_by for _, step in playbook.steps()} - {"", "another person"}
    named |= {role for level in policy.levels.values() for role in level.approvals}
    assert named <= set(policy.roles)
    assert all(0 < len(phase.steps) < 10 for phase in playbook.phases)
    assert all(phase.goal and phase.done_when for phase in playbook.phases)


@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_no_step_is_kept_away_under_every_combination(name: str) -> None:
    """Each step is seen at some level under some answers: nothing is written that nobody ever reads."""
    assert LIBRARY.policy is not None
    policy, playbook = LIBRARY.policy.value, LIBRARY.playbooks[name].value
    tried, _ = every(looked_at(policy, playbook))
    state = begin("s", policy, playbook)
    seen = {step for level, facts in product(policy.levels, tried) for step in applying(state, facts, level)}
    assert set(state.steps) - seen == set()


TYPICAL = {
    "channel": "Instagram", "account": "@harbour_theatre", "severity": "sev2", "incident": "INC-0007",
    "help address": "help.harbour.org", "page address": "www.harbour.org/facts", "help phone": "+44 20 7946 0000",
    "first name of the customer": "Alexandra", "first name of ours": "Benjamin", "emergency number": "112",
    "Gefahr": "Der Griff wird heiß", "hazard": "The handle can get hot",
}  # fmt: skip
"""What a placeholder is usually filled with; one that is not here gets :data:`SOMETHING`."""
FORMS = {"time": "22:30 CET", "date": "22 November", "date and time": "22 November, 22:30 CET"}
SOMETHING = "Harbour kettle, model 12"
_PLACEHOLDER = re.compile(r"\{\{([^{},]+)(?:,([^{}]*))?\}\}")


def filled(text: str, policy: Policy) -> str:
    """Return a statement's text with every placeholder filled as long as it usually is."""

    def fill(found: re.Match[str]) -> str:
        name, form = found[1].strip(), (found[2] or "").strip()
        known = {"organisation": policy.organisation, **TYPICAL}
        return FORMS.get(form) or known.get(name, SOMETHING)

    return _PLACEHOLDER.sub(fill, text.strip())


def carried_by(channel: str, statement: Statement) -> dict[str, str]:
    """Return the texts a channel may carry, by name: its own or the general one, in every language there is."""
    own = f"on {channel}"
    texts = {own: statement.variants[own]} if own in statement.variants else {"text": statement.text}
    for key, text in statement.variants.items():
        language = key.rpartition("in ")[2] if key.startswith(("in ", f"{own} in ")) else ""
        if language and (key.startswith(own) or f"{own} in {language}" not in statement.variants):
            texts[key] = text
    return texts


@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_no_statement_is_over_the_limit_of_a_channel_it_goes_to(name: str) -> None:
    """Counted as the channel counts, in every language, with placeholders filled as long as they usually are."""
    assert LIBRARY.policy is not None
    policy, playbook = LIBRARY.policy.value, LIBRARY.playbooks[name].value
    over = []
    for _, step in playbook.steps():
        for channel in (policy.channels[one] for one in step.on if step.statement):
            for key, text in carried_by(channel.id, playbook.statements[step.statement]).items():
                length = count(filled(text, policy), channel.counts)
                if channel.limit and length > channel.limit:
                    over.append((name, step.statement, key, channel.id))
    assert over == []


def test_ten_playbooks_are_shipped_and_sound() -> None:
    assert LIBRARY.problems == {}
    assert sorted(LIBRARY.playbooks) == [
        "account-takeover", "brand-allegation", "employee-post", "impersonation", "leak", "outage", "partner-controversy",
        "staff-harassment", "viral-complaint", "wrong-post",
    ]  # fmt: skip


def test_pairs_of_answers_all_meet() -> None:
    """The set that stands in for all combinations leaves no pair of answers out."""
    choices: dict[str, list[Fact]] = {name: ["yes", "no", UNKNOWN] for name in "abcdefgh"}
    found = list(islice(pairwise(choices), 200))
    met = {((x, one[x]), (y, one[y])) for one in found for x, y in combinations(choices, 2)}
    assert len(met) == 28 * 9
    assert len(found) < 30
