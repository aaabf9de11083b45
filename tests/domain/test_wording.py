"""The difference of two texts, word by word: nothing is lost, and what a person would say has changed is what it says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain.wording import MOST, Run, changes

PIECES = st.lists(
    st.sampled_from(
        [
            "we",
            "know",
            " ",
            " ",
            "\n",
            "\r\n",
            "\t",
            "\u2028",
            "Zoë",
            "Zoe\u0308",
            "知",
            "道",
            "ไม่",
            "नमस्ते",
            "👩\u200d👧",
            "é",
            ".",
            "\ud800",
            "\x1b[0m",
            "\x00",
        ]
    )
).map("".join)
TEXTS = st.text() | PIECES | st.text(st.characters(exclude_categories=()))


def joined(runs: list[Run], *kinds: str) -> str:
    """Return the text of some kinds of runs."""
    return "".join(run.text for run in runs if run.kind in kinds)


@given(TEXTS, TEXTS)
def test_both_texts_are_there_whole_and_no_two_runs_of_a_kind_follow_each_other(
    older: str, newer: str
) -> None:
    runs = changes(older, newer)
    assert joined(runs, "same", "gone") == older
    assert joined(runs, "same", "new") == newer
    assert all(run.text for run in runs)
    assert all(one.kind != other.kind for one, other in pairwise(runs))


@given(TEXTS)
def test_a_text_that_did_not_change_is_one_run(text: str) -> None:
    assert changes(text, text) == ([Run("same", text)] if text else [])


@pytest.mark.parametrize(
    ("older", "newer", "runs"),
    [
        (
            "We know it.",
            "We know that.",
            [("same", "We know "), ("gone", "it"), ("new", "that"), ("same", ".")],
        ),
        ("the old cat sat", "a new cat sat", [("gone", "the old"), ("new", "a new"), ("same", " cat sat")]),
        ("One.\nTwo.", "One.\n\nTwo.", [("same", "One.\n"), ("new", "\n"), ("same", "Two.")]),
        ("我们知道了", "我们不知道", [("same", "我们"), ("new", "不"), ("same", "知道"), ("gone", "了")]),
        ("नमस्ते दुनिया", "नमस्ते सब", [("same", "नमस्ते "), ("gone", "दुनिया"), ("new", "सब")]),
        (
            "see 👩\u200d👧",
            "see 👩\u200d👦",
            [("same", "see "), ("gone", "👩\u200d👧"), ("new", "👩\u200d👦")],
        ),
        ("So.", "So.\nMore.", [("same", "So."), ("new", "\nMore.")]),
        ("", "all new", [("new", "all new")]),
        ("all gone", "", [("gone", "all gone")]),
    ],
)
def test_words_are_what_changes(older: str, newer: str, runs: list[tuple[str, str]]) -> None:
    assert [(run.kind, run.text) for run in changes(older, newer)] == runs


def test_a_long_text_is_compared_by_lines_first_and_by_words_where_they_changed() -> None:
    lines = [f"Line {number} says this and that." for number in range(2000)]
    changed = [
        line.replace("this", "something") if number == 700 else line for number, line in enumerate(lines)
    ]
    older, newer = "\n".join(lines), "\n".join([*changed, "The end."])
    assert len(lines) ** 2 > MOST
    runs = changes(older, newer)
    assert joined(runs, "same", "gone") == older
    assert joined(runs, "same", "new") == newer
    assert Run("gone", "this") in runs
    assert Run("new", "something") in runs


def test_a_long_text_of_one_line_and_another_are_said_to_be_two_texts() -> None:
    older, newer = "a b " * 20_000, "b c " * 20_000
    runs = changes(older, newer)
    assert joined(runs, "same", "gone") == older
    assert joined(runs, "same", "new") == newer
