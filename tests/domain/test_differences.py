"""Differences between two forms of a playbook or policy, in words."""

import pytest

from crisisdesk.domain.differences import differences, policy_differences
from crisisdesk.domain.playbook import Record, Step
from tests.domain.sample import CHANGED, PLAYBOOK, POLICY, when, within

OTHER: dict[str, object] = {
    "kind": "tell", "title": "Another", "who": "deputy", "within": within("3 hours"), "why": "For another reason.", "how": "Otherwise.",
    "mode": "read-do", "record": (Record("link", "link"),), "confirmed_by": "another person", "read_back": "the name", "if_blocked": "Ring.", "options": (),
    "revisit": within("9 hours"), "on": ("y",), "approved_by": ("counsel",), "after": ("pause-posts",), "only_if": when("reach at least 7"),
    "starts_clock": ("regulator",), "statement": "another", "repeat": "every 1 hour", "publish_first": "ratify within 15 minutes",
    "protects": "no deletion", "add_playbook": "leak", "common": "another", "conduct": ("Tone",),
}  # fmt: skip


def test_equal_forms_have_no_difference() -> None:
    assert differences(PLAYBOOK, PLAYBOOK) == () == policy_differences(POLICY, POLICY)


@pytest.mark.parametrize("field", [name for name in Step._fields if name != "id"])
def test_every_field_of_a_step_is_told(field: str) -> None:
    """A changed field of the decision gives a difference that names the step; no field of a step is left out."""
    first = PLAYBOOK.phases[0]
    step = first.steps[1]._replace(**{field: OTHER[field]})  # type: ignore[arg-type]  # the table has the right types
    new = PLAYBOOK._replace(
        phases=(first._replace(steps=(first.steps[0], step, *first.steps[2:])), *PLAYBOOK.phases[1:])
    )
    found = differences(PLAYBOOK, new)
    assert [one.where for one in found] == ["choose-line"]
    assert ", was " in found[0].sentence


def test_changed_files_are_told_step_by_step() -> None:
    said = [one.sentence for one in differences(PLAYBOOK, CHANGED)]
    assert "The version: 4, was 3" in said
    assert "'Pause everything': when it is due: 5 minutes, was 15 minutes" in said
    assert "New step in 'After': Write a letter (deputy, within 40 minutes)" in said
    assert "Step taken out of 'First hour': Call the director" in said


def test_a_step_moved_to_another_phase_is_told_as_moved() -> None:
    first, second, *rest = PLAYBOOK.phases
    new = PLAYBOOK._replace(
        phases=(
            first._replace(steps=first.steps[:-1]),
            second._replace(steps=(*second.steps, first.steps[-1])),
            *rest,
        )
    )
    assert [(one.kind, one.where) for one in differences(PLAYBOOK, new)] == [("moved", "call-director")]


def test_a_long_text_is_shown_from_where_it_differs() -> None:
    why = "The same long beginning that nobody needs to read again, and again, and again, until it differs"
    first = PLAYBOOK.phases[0]

    def told(end: str) -> tuple[Step, ...]:
        return (first.steps[0]._replace(why=f"{why} {end}"), *first.steps[1:])

    old, new = (
        PLAYBOOK._replace(phases=(first._replace(steps=told(end)), *PLAYBOOK.phases[1:]))
        for end in ("here", "there")
    )
    (found,) = differences(old, new)
    assert (found.old, found.new) == ("…differs here", "…differs there")


def test_the_policy_is_told_part_by_part() -> None:
    levels = {**POLICY.levels, "sev1": POLICY.levels["sev1"]._replace(pace=0.5)}
    roles = {name: role for name, role in POLICY.roles.items() if name != "counsel"}
    said = [
        one.sentence
        for one in policy_differences(POLICY, POLICY._replace(levels=levels, roles=roles, version="9"))
    ]
    assert "Level sev1, pace: 0.5, was 1.0" in said
    assert "Taken out, role: counsel" in said
    assert any(one.startswith("The policy: version") for one in said)
