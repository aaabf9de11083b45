"""Differences between two forms of a playbook or policy, in words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisisdesk.domain.comparing import fields
from crisisdesk.domain.differences import (
    OVER_TIME,
    OWN_AND_SHIPPED,
    PHASE_LABELS,
    PLAYBOOK_LABELS,
    differences,
    policy_differences,
)  # fmt: skip
from crisisdesk.domain.playbook import Option, Phase, Playbook, Record, Statement, Step
from crisisdesk.domain.policy import Audience, Division, Override, Policy
from tests.domain.sample import CHANGED, FIRST, PLAYBOOK, POLICY, when, within

OTHER: dict[str, Any] = {
    "id": "another-id", "kind": "tell", "title": "Another", "who": "deputy", "within": within("3 hours"), "why": "For another reason.", "how": "Otherwise.",
    "mode": "read-do", "record": (Record("link", "link"),), "confirmed_by": "another person", "read_back": "the name", "if_blocked": "Ring.", "options": (),
    "revisit": within("9 hours"), "on": ("y",), "approved_by": ("counsel",), "after": ("pause-posts",), "only_if": when("reach at least 7"),
    "starts_clock": ("regulator",), "statement": "another", "repeat": "every 1 hour", "publish_first": "ratify within 15 minutes",
    "protects": "no deletion", "add_playbook": "leak", "common": "another", "conduct": ("Tone",), "unless_level_says": "debrief-due",
}  # fmt: skip
OTHER_OF_PLAYBOOK: dict[str, Any] = {
    "name": "other", "title": "Another", "version": "9", "adopted": "not yet", "reviewed": "not yet", "use_when": "Never.",
    "words": ("quiet",), "usually": "sev3", "questions": {}, "phases": PLAYBOOK.phases[:2], "stand_down_when": "", "statements": {},
}  # fmt: skip
OTHER_OF_POLICY: dict[str, Any] = {
    **dict.fromkeys(("title", "version", "adopted", "reviewed", "organisation", "purpose", "scope", "time_zone", "review_every"), "other"),
    "regions": {}, "roles": {}, "channels": {}, "levels": {}, "facts": {}, "approvals": {}, "clocks": {}, "conduct": {},
    "hours": POLICY.hours._replace(end="18:00"), "overrides": (), "protected_words": (), "largest_file": 7,
    "divisions": {"it": Division("it", "IT", "Decides.")}, "audiences": {"board": Audience("board", "for the board")},
}  # fmt: skip

TEXTS = st.text(st.sampled_from("ab \n'é€"), max_size=90) | st.text(max_size=20)
IDS = st.lists(st.sampled_from(["x", "y", "pause-posts", "a b"]), max_size=10).map(tuple)
SPANS = st.none() | st.builds(
    type(within("1 hours")), st.integers(0, 99), st.sampled_from(["minutes", "hours", "days"])
)
CONDITIONS = st.none() | st.sampled_from([when("reach at least 7"), when("injured is no or reach at most 9")])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("within", "revisit"), SPANS),
    **dict.fromkeys(("on", "approved_by", "after", "starts_clock", "conduct"), IDS),
    "only_if": CONDITIONS,
    "record": st.lists(st.builds(Record, TEXTS, st.sampled_from(["text", "link"]), st.booleans()), max_size=3).map(tuple),
    "options": st.lists(st.builds(Option, TEXTS, TEXTS), max_size=3).map(tuple),
}  # fmt: skip
ONE_FIELD = st.sampled_from(Step._fields).flatmap(
    lambda field: st.tuples(st.just(field), VALUES.get(field, TEXTS))
)


def with_step(place: int, step: Step) -> Playbook:
    """The sample with one step of its first phase exchanged."""
    first = PLAYBOOK.phases[0]
    steps = (*first.steps[:place], step, *first.steps[place + 1 :])
    return PLAYBOOK._replace(phases=(first._replace(steps=steps), *PLAYBOOK.phases[1:]))


def said(old: Playbook, new: Playbook) -> list[str]:
    return [one.sentence for one in differences(old, new)]


def test_equal_forms_have_no_difference() -> None:
    assert differences(PLAYBOOK, PLAYBOOK) == () == policy_differences(POLICY, POLICY)


@pytest.mark.parametrize("field", Step._fields)
def test_every_field_of_a_step_is_told(field: str) -> None:
    """A changed field of the decision gives one difference that names the step; no field of a step is left out."""
    changed = with_step(1, FIRST[1]._replace(**{field: OTHER[field]}))
    (found,) = differences(PLAYBOOK, changed)
    assert found.where == ("another-id" if field == "id" else "choose-line")
    assert "Choose the line" in found.sentence or "Another" in found.sentence
    assert found.old != found.new


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(FIRST) - 1), change=ONE_FIELD)
def test_changing_one_field_of_one_step_names_the_step(place: int, change: tuple[str, Any]) -> None:
    """Whatever the value, the step is named, in both ways of saying; the same value gives no difference."""
    step = FIRST[place]._replace(**{change[0]: change[1]})
    new = with_step(place, step)
    for sides in (OVER_TIME, OWN_AND_SHIPPED):
        found = differences(PLAYBOOK, new, sides)
        assert bool(found) == (new != PLAYBOOK)
        if new != PLAYBOOK:
            assert {one.where for one in found} & {FIRST[place].id, step.id}
        assert bool(differences(new, PLAYBOOK, sides)) == (new != PLAYBOOK)


STEPS = st.builds(
    Step, st.sampled_from("abc"), st.sampled_from(["do", "tell"]), st.sampled_from("ABC"), st.just("hr")
)
PHASES = st.builds(
    Phase, st.sampled_from("pqr"), st.sampled_from("PQ"), st.sampled_from(["", "g"]), st.just(""), st.lists(STEPS, max_size=3).map(tuple)
)  # fmt: skip
STATEMENTS = st.dictionaries(
    st.sampled_from("st"),
    st.builds(Statement, st.just("s"), st.just("S"), st.sampled_from("tu"), st.dictionaries(st.sampled_from(["on x", "in de"]), st.sampled_from("vw"))),
    max_size=2,
)  # fmt: skip
PLAYBOOKS = st.builds(
    lambda phases, statements: PLAYBOOK._replace(phases=tuple(phases), statements=statements),
    st.lists(PHASES, max_size=3),
    STATEMENTS,
)


@settings(max_examples=300, deadline=None)
@given(old=PLAYBOOKS, new=PLAYBOOKS)
def test_two_playbooks_are_equal_if_and_only_if_nothing_differs(old: Playbook, new: Playbook) -> None:
    """Steps and phases taken out, doubled, moved, renamed at will: there is always something to say, and never without need."""
    found = differences(old, new)
    assert bool(found) == (old != new)
    assert not [one for one in found if "no words" in one.sentence]


@pytest.mark.parametrize("field", Playbook._fields)
def test_every_field_of_a_playbook_is_told(field: str) -> None:
    assert differences(PLAYBOOK, PLAYBOOK._replace(**{field: OTHER_OF_PLAYBOOK[field]}))


@pytest.mark.parametrize("field", Policy._fields)
def test_every_field_of_a_policy_is_told(field: str) -> None:
    found = policy_differences(POLICY, POLICY._replace(**{field: OTHER_OF_POLICY[field]}))
    assert found
    assert "no words" not in found[0].sentence


def test_every_field_without_a_label_is_told_elsewhere() -> None:
    """Fields passed over here have a rule of their own: phases, steps, questions, statements, titles."""
    skipped = {field for field in Playbook._fields if not PLAYBOOK_LABELS.of(field)}
    assert skipped == {"phases", "questions", "statements"}
    assert {field for field in Phase._fields if not PHASE_LABELS.of(field)} == {"title", "steps"}
    assert list(fields("x", "", PLAYBOOK, PLAYBOOK, PLAYBOOK_LABELS, OVER_TIME)) == []


def test_changed_files_are_told_step_by_step() -> None:
    told = said(PLAYBOOK, CHANGED)
    assert "The playbook: version 4, was 3" in told
    assert "'Pause everything': due within 5 minutes, was 15 minutes" in told
    assert "The step 'Pause planned posts' is now called 'Pause everything'" in told
    assert "New step in 'After': Write a letter (deputy, within 40 minutes)" in told
    assert "Step taken out of 'First hour': Call the director" in told


def test_what_was_not_there_before_is_added_and_what_is_gone_taken_out() -> None:
    untimed = with_step(0, FIRST[0]._replace(within=None))
    assert said(PLAYBOOK, untimed) == ["'Capture the post': taken out: due within 10 minutes"]
    assert said(untimed, PLAYBOOK) == ["'Capture the post': added: due within 10 minutes"]


def test_against_the_shipped_one_both_directions_are_clear() -> None:
    told = [one.sentence for one in differences(PLAYBOOK, CHANGED, OWN_AND_SHIPPED)]
    assert "'Pause everything': due within 5 minutes in the shipped one, 15 minutes in yours" in told
    assert "The shipped one has the step 'Write a letter' in the phase 'After'; yours has not" in told
    assert "Yours has the step 'Call the director' in the phase 'First hour'; the shipped one has not" in told
    assert "The step 'Pause planned posts' of yours is called 'Pause everything' in the shipped one" in told
    assert "The playbook: version 4 in the shipped one, 3 in yours" in told
    assert not [one for one in told if ", was " in one or " now " in one]


def test_a_step_moved_to_another_phase_is_told_as_moved() -> None:
    first, second, *rest = PLAYBOOK.phases
    new = PLAYBOOK._replace(
        phases=(
            first._replace(steps=first.steps[:-1]),
            second._replace(steps=(*second.steps, first.steps[-1])),
            *rest,
        )
    )
    (found,) = differences(PLAYBOOK, new)
    assert (found.kind, found.where) == ("moved", "call-director")
    assert found.sentence == "'Call the director' moved to the phase 'Answer', was in 'First hour'"


def test_a_renamed_phase_moves_none_of_its_steps() -> None:
    first = PLAYBOOK.phases[0]._replace(id="first-minutes", title="First minutes")
    found = differences(PLAYBOOK, PLAYBOOK._replace(phases=(first, *PLAYBOOK.phases[1:])))
    assert [(one.kind, one.where) for one in found] == [
        ("renamed", "first-minutes"),
        ("changed", "first-minutes"),
    ]


def test_a_step_whose_id_was_made_from_its_title_is_renamed_not_exchanged() -> None:
    found = differences(
        PLAYBOOK, with_step(3, FIRST[3]._replace(id="pause-everything", title="Pause everything"))
    )
    assert [one.kind for one in found] == ["renamed", "changed"]
    assert {one.where for one in found} == {"pause-everything"}


def test_steps_in_another_order_are_told_once() -> None:
    first = PLAYBOOK.phases[0]
    turned = first._replace(steps=(first.steps[1], first.steps[0], *first.steps[2:]))
    (found,) = differences(PLAYBOOK, PLAYBOOK._replace(phases=(turned, *PLAYBOOK.phases[1:])))
    assert found.sentence == "The steps of the phase 'First hour' stand in another order"
    assert found.new.startswith("choose-line, capture-post")


def test_a_long_text_is_shown_from_where_it_differs_and_kept_whole() -> None:
    why = "The same long beginning that nobody needs to read again, and again, and again, until it differs"
    old, new = (with_step(0, FIRST[0]._replace(why=f"{why} {end}")) for end in ("here", "there"))
    (found,) = differences(old, new)
    assert found.sentence == "'Capture the post': the why '…differs there', was '…differs here'"
    assert (found.old, found.new) == (f"{why} here", f"{why} there")


def test_a_text_in_which_only_line_breaks_differ_says_so() -> None:
    old, new = (with_step(0, FIRST[0]._replace(how=how)) for how in ("One.\nTwo.", "One. Two."))
    (found,) = differences(old, new)
    assert found.sentence.endswith("the how differs only in spaces or line breaks")


def test_statements_are_told_variant_by_variant() -> None:
    holding = PLAYBOOK.statements["holding"]
    changed = holding._replace(variants={"on x": "We know it.", "in de": "Wir wissen es."})
    assert said(PLAYBOOK, PLAYBOOK._replace(statements={"holding": changed})) == [
        "The statement 'holding': its text 'on x' 'We know it.', was 'We know.'",
        "New text 'in de' of the statement 'holding'",
    ]


def test_a_long_list_is_told_by_what_only_one_has() -> None:
    words = tuple(f"word{number}" for number in range(9))
    old, new = PLAYBOOK._replace(words=words), PLAYBOOK._replace(words=(*words[1:], "new"))
    assert said(old, new) == ["The playbook: words it is found by, added: new; taken out: word0"]


def test_the_policy_is_told_part_by_part() -> None:
    levels = {**POLICY.levels, "sev1": POLICY.levels["sev1"]._replace(pace=0.5)}
    roles = {name: role for name, role in POLICY.roles.items() if name != "counsel"}
    new = POLICY._replace(
        levels=levels,
        roles=roles,
        version="9",
        overrides=(Override(when("injured is yes"), "sev2", "somebody is hurt"),),
        protected_words=(("alleged", "it is not proven"), ("hack", "a cause")),
    )
    told = [one.sentence for one in policy_differences(POLICY, new)]
    assert "The level 'sev1': pace 0.5, was 1" in told
    assert "Taken out: role 'counsel'" in told
    assert "The policy: version 9, was 1" in told
    assert "The override when 'injured is yes': raised to sev2, was sev1" in told
    assert "The protected word 'alleged': 'it is not proven', was 'nothing is proven'" in told
    assert "New protected word 'hack'" in told


def test_levels_in_another_order_are_told_because_the_order_says_which_is_worse() -> None:
    turned = dict(reversed(list(POLICY.levels.items())))
    (found,) = policy_differences(POLICY, POLICY._replace(levels=turned))
    assert found.sentence == "The levels stand in another order; worst first"
