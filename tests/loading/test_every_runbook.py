"""Every shipped playbook at every level under every combination of the facts it looks at: no runbook has a dead end.

Each prints a line: how many combinations, whether all of them or a set in which every pair of answers meets.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product

import pytest

from crisisdesk.domain.conditions import UNKNOWN, Fact
from crisisdesk.domain.counting import count
from crisisdesk.domain.incident import Incident, StepState, begin
from crisisdesk.domain.playbook import Playbook
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
    tried, how = every(looked_at(policy, playbook))
    fewest = len(list(playbook.steps()))
    for level, facts in product(policy.levels, tried):
        ended = run_through(runbook(policy, playbook, facts, level))
        stuck = [known.step.id for known in ended.steps.values() if known.applies and not known.settled]
        assert stuck == [], f"{name} at {level} with {facts}: never ready: {stuck}"
        fewest = min(fewest, sum(known.applies for known in ended.steps.values()))
    with capsys.disabled():
        steps = len(list(playbook.steps()))
        print(
            f"\n{name}: {steps} steps, at least {fewest} apply, {len(policy.levels)} levels x {len(tried)} combinations ({how}), no dead end"
        )


@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_every_owner_and_approver_is_a_role_of_the_policy(name: str) -> None:
    assert LIBRARY.policy is not None
    policy, playbook = LIBRARY.policy.value, LIBRARY.playbooks[name].value
    named = {role for _, step in playbook.steps() for role in (step.who, *step.approved_by)}
    assert named <= set(policy.roles)
    assert all(len(phase.steps) < 10 for phase in playbook.phases)


@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_no_statement_is_over_its_channels_limit(name: str) -> None:
    """Counted as the channel counts, with placeholders filled as long as they usually are."""
    assert LIBRARY.policy is not None
    policy, playbook = LIBRARY.policy.value, LIBRARY.playbooks[name].value
    for _, step in playbook.steps():
        statement = playbook.statements.get(step.statement)
        for channel in (policy.channels[one] for one in step.on if statement):
            assert statement is not None
            variants = [
                text for key, text in statement.variants.items() if key.startswith(f"on {channel.id}")
            ]
            for text in variants or [statement.text]:
                filled = text.replace("{{organisation}}", policy.organisation).replace(
                    "{{next update, time}}", "22:30 CET"
                )
                assert not channel.limit or count(filled, channel.counts) <= channel.limit, (
                    step.id,
                    channel.id,
                )


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
