"""The closed condition language: reading it, and its three answers."""

import pytest

from crisisdesk.domain.conditions import Condition, Fact, NotACondition, holds, parse_condition
from tests.domain.sample import when

LEVELS = ("sev1", "sev2", "sev3")
FACTS: dict[str, Fact] = {
    "hurt": "yes",
    "staff": "no",
    "silent": "unknown",
    "reach": 1200.0,
    "regions": ("uk", "ie"),
    "one": ("uk",),
    "none": (),
    "severity": "sev2",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hurt is yes", True),
        ("hurt is no", False),
        ("hurt is unknown", False),
        ("hurt is not yes", False),
        ("hurt is not no", True),
        ("silent is yes", None),
        ("silent is not yes", None),
        ("silent is unknown", True),
        ("silent is not unknown", False),
        ("never-asked is yes", None),
        ("never-asked is unknown", True),
        ("silent at least sev2", None),
        ("silent includes uk", None),
        ("severity at least sev1", False),
        ("severity at least sev2", True),
        ("severity at least sev3", True),
        ("severity at most sev1", True),
        ("severity at most sev2", True),
        ("severity at most sev3", False),
        ("reach at least 1200", True),
        ("reach at least 1200.5", False),
        ("reach at most 1200", True),
        ("reach at most 10", False),
        ("reach is 1200", True),
        ("reach is not 1200", False),
        ("reach is many", False),
        ("reach at least many", None),
        ("hurt at least 3", None),
        ("regions includes ie", True),
        ("regions includes de", False),
        ("none includes uk", False),
        ("hurt includes yes", True),
        ("one is uk", True),
        ("regions is uk", False),
        ("regions at least 2", True),
        ("none at most 0", True),
    ],
)
def test_a_clause_is_true_false_or_nobody_knows(text: str, expected: bool | None) -> None:
    """Each operator on words, levels, numbers, lists, and on what nobody knows."""
    assert holds(when(text), FACTS, LEVELS) is expected


WORDS = {True: "hurt is yes", False: "hurt is no", None: "silent is yes"}
AND = {
    (True, True): True, (True, False): False, (True, None): None, (False, True): False, (False, False): False,
    (False, None): False, (None, True): None, (None, False): False, (None, None): None,
}  # fmt: skip
OR = {
    (True, True): True, (True, False): True, (True, None): True, (False, True): True, (False, False): False,
    (False, None): None, (None, True): True, (None, False): None, (None, None): None,
}  # fmt: skip


@pytest.mark.parametrize(("joiner", "table"), [("and", AND), ("or", OR)])
def test_joined_clauses_follow_the_truth_table(
    joiner: str, table: dict[tuple[bool | None, bool | None], bool | None]
) -> None:
    """What decides wins over what nobody knows; otherwise nobody knows."""
    for (one, other), expected in table.items():
        assert holds(when(f"{WORDS[one]} {joiner} {WORDS[other]}"), FACTS, LEVELS) is expected


def test_no_condition_always_holds() -> None:
    """A step without a condition shows."""
    assert holds(None, {}, LEVELS) is True


@pytest.mark.parametrize(
    "text",
    ["", "hurt", "hurt yes", "hurt = yes", "Hurt is yes", "a is b and c is d or e is f", "a is b and", "and a is b", "is yes"],
)  # fmt: skip
def test_what_is_no_condition_is_said_so(text: str) -> None:
    """Anything but clauses joined by one word is refused with how to write it."""
    found = parse_condition(text)
    assert isinstance(found, NotACondition)
    assert found.sentence.endswith(("value.", "both."))


def test_a_condition_says_itself() -> None:
    """Reading what a condition says gives the condition, with spaces in order."""
    found = when("  hurt   is not yes and   reach at least 10 ")
    assert isinstance(found, Condition)
    assert found.sentence() == "hurt is not yes and reach at least 10"
    assert when(found.sentence()) == found
