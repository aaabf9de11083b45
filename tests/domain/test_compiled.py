"""The compiled form of policy and playbook, which an incident pins."""

import json

import pytest

from crisisdesk.domain.compiled import playbook_text, policy_text, read_playbook, read_policy
from crisisdesk.domain.playbook import Playbook
from tests.domain.sample import PLAYBOOK, POLICY


def test_a_policy_is_read_back_whole() -> None:
    """Compiled and read, a policy is the same, the order of its maps included."""
    found = read_policy(policy_text(POLICY))
    assert found == POLICY
    for name in ("levels", "roles", "regions", "facts"):
        assert list(getattr(found, name)) == list(getattr(POLICY, name))


def test_a_playbook_is_read_back_whole() -> None:
    """Compiled and read, a playbook is the same, step for step and type for type."""
    found = read_playbook(playbook_text(PLAYBOOK))
    assert found == PLAYBOOK
    assert isinstance(found, Playbook)
    assert playbook_text(found) == playbook_text(PLAYBOOK)


def test_empty_fields_are_left_out() -> None:
    """A field added later, empty by default, changes no hash of what was compiled before."""
    steps = json.loads(playbook_text(PLAYBOOK))["phases"][2]["steps"]
    assert set(steps[0]) == {"id", "kind", "title", "who"}


@pytest.mark.parametrize(
    "text", ["[]", "{}", "{", '{"crisisdesk":"policy/2"}', '{"crisisdesk":"policy/1"}', '{"crisisdesk":"playbook/1"}']
)  # fmt: skip
def test_another_text_is_refused(text: str) -> None:
    """What this program did not write is not taken for a policy or a playbook."""
    for read in (read_policy, read_playbook):
        with pytest.raises(ValueError):
            read(text)
