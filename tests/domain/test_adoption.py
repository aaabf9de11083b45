"""What must be answered before a file is adopted, and when a review is due."""

from collections.abc import Mapping
from datetime import date

import pytest

from crisisdesk.domain.adoption import (
    Open,
    Signing,
    names_in,
    playbook_questions,
    policy_questions,
    review_of,
    review_state,
    startable,
)
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy
from tests.domain.sample import FIRST, PLAYBOOK, when
from tests.domain.sample import POLICY as SAMPLE

POLICY = SAMPLE._replace(
    clocks={"regulator": SAMPLE.clocks["regulator"]},
    regions={**SAMPLE.regions, "ie": SAMPLE.regions["ie"]._replace(clocks=("regulator",))},
)
"""The sample policy with one clock, which is dated."""

TWO = Signing(("Jo Example", "Sam Example"), {"legal": ("Sam Example",)}, confirmed=True)


def with_clocks(**changes: Mapping[str, object]) -> Policy:
    """The sample policy with more clocks, made from its one: ``regulator``."""
    one = POLICY.clocks["regulator"]
    more = {name: one._replace(id=name, **change) for name, change in changes.items()}  # type: ignore[arg-type]  # fields as given
    return POLICY._replace(clocks={**POLICY.clocks, **more})


def blocking(found: list[Open]) -> list[str]:
    return [one.sentence for one in found if one.blocks]


def remarks(found: list[Open]) -> str:
    return " ".join(one.sentence for one in found if not one.blocks)


def test_an_answered_policy_has_no_open_question() -> None:
    assert policy_questions(POLICY, TWO) == []


def test_the_sample_organisation_is_asked_about_with_its_place() -> None:
    (found,) = policy_questions(POLICY._replace(organisation="EXAMPLE  organisation"), TWO)
    assert (found.blocks, found.file, found.path) == (True, "policy", ("organisation",))
    assert policy_questions(POLICY._replace(organisation="Examplia Mustermann"), TWO) == []


def test_time_zone_and_regions_wait_for_somebody_to_confirm_them() -> None:
    (found,) = policy_questions(POLICY, TWO._replace(confirmed=False))
    assert (found.blocks, found.path) == (True, ("time-zone",))
    assert "Europe/London" in found.sentence
    assert "uk, ie" in found.sentence


def test_a_playbook_rests_on_an_adopted_policy() -> None:
    found = playbook_questions(PLAYBOOK, POLICY._replace(adopted="not yet"), TWO)
    assert "playbook adopt policy" in blocking(found)[0]
    assert blocking(playbook_questions(PLAYBOOK, POLICY, TWO)) == []


@pytest.mark.parametrize("account", ["@example-org", "example.org", "www.example.org/news", "@x.example.org"])
def test_a_sample_account_blocks_only_where_the_playbook_publishes(account: str) -> None:
    x = POLICY.channels["x"]
    channels = {"x": x._replace(account=account), "web": x._replace(id="web", account="www.example.org")}
    found = [
        one for one in playbook_questions(PLAYBOOK, POLICY._replace(channels=channels), TWO) if one.blocks
    ]
    assert [one.path for one in found] == [("channels", "x", "account")]
    assert [one.blocks for one in policy_questions(POLICY._replace(channels=channels), TWO)] == [False]


@pytest.mark.parametrize("account", ["@example-organics", "myexample.org", "@harbour", "example.orgs"])
def test_an_account_that_only_resembles_a_sample_is_ours(account: str) -> None:
    channels = {"x": POLICY.channels["x"]._replace(account=account)}
    assert blocking(playbook_questions(PLAYBOOK, POLICY._replace(channels=channels), TWO)) == []


def test_clocks_that_a_step_a_region_or_another_clock_can_start_must_be_dated() -> None:
    unread = {"checked_on": "not yet", "ask_when": None}
    policy = with_clocks(
        by_step=unread,
        by_region={**unread, "ask_when": when("regions includes ie")},
        after_it={**unread, "chained_on": "by_step"},
        after_that={"checked_on": "", "ask_when": None, "chained_on": "after_it"},
        never=unread,
    )
    step = FIRST[0]._replace(starts_clock=("by_step",))
    phase = PLAYBOOK.phases[0]._replace(steps=(step, *FIRST[1:]))
    plan = PLAYBOOK._replace(phases=(phase, *PLAYBOOK.phases[1:]))
    found = [one for one in playbook_questions(plan, policy, TWO) if one.blocks]
    assert [one.path[1] for one in found] == ["by_step", "by_region", "after_it", "after_that"]
    assert all(
        one.path[0] == "clocks" and "counsel must read its source (a law)" in one.sentence for one in found
    )
    assert startable(
        policy._replace(clocks={name: policy.clocks[name] for name in ("by_step", "by_region", "never")})
    ) == ["by_region"]


def test_texts_not_cleared_beforehand_are_only_a_remark() -> None:
    found = playbook_questions(PLAYBOOK, POLICY, TWO)
    assert blocking(found) == []
    assert ("angry-post", ("statements", "holding", "pre-cleared")) in [(one.file, one.path) for one in found]


def test_roles_with_fewer_than_two_people_are_a_remark() -> None:
    staff = {"comms-lead": ("Ada", "Ben"), "counsel": ("Cleo",), "legal": ("Sam Example",)}
    said = remarks(playbook_questions(PLAYBOOK, POLICY, TWO._replace(staff=staff)))
    assert "counsel (1)" in said
    assert "incident-lead (nobody)" in said
    assert "comms-lead" not in said
    assert "no people.yaml" in remarks(playbook_questions(PLAYBOOK, POLICY, TWO._replace(staff=None)))


@pytest.mark.parametrize(
    ("names", "staff", "missing"),
    [
        (("Jo", "Sam"), {"legal": ("SAM",)}, False),
        (("Jo", "Legal"), None, False),
        (("Jo", "Sam"), None, True),
        (("Jo", "Sam"), {"legal": ("Carla",)}, True),
    ],
)
def test_nobody_for_legal_is_a_remark(
    names: tuple[str, ...], staff: dict[str, tuple[str, ...]] | None, missing: bool
) -> None:
    found = policy_questions(POLICY, Signing(names, staff, confirmed=True))
    assert blocking(found) == []
    assert ("answer for legal" in remarks(found)) == missing


def test_one_name_alone_is_a_remark() -> None:
    assert "Only one person" in remarks(policy_questions(POLICY, TWO._replace(names=("Sam Example",))))


def test_names_are_told_apart_by_commas_and_kept_once() -> None:
    assert names_in(" Jo  Example,Sam Example, jo example,, ") == ("Jo Example", "Sam Example")
    assert names_in("") == ()
    for hostile in ("Jo\nadopted: x", "Jo\x1b[2J", "Jo\u2028Sam", "Jo\ud800", "Jo\tSam"):
        assert names_in(hostile) is None


@pytest.mark.parametrize(
    ("reviewed", "every", "today", "state", "words"),
    [
        ("not yet", "6 months", "2026-11-23", "never", "never reviewed"),
        ("", "6 months", "2026-11-23", "never", "never reviewed"),
        ("2026-10-02 by comms, legal", "6 months", "2026-11-23", "in time", ""),
        ("2026-10-02 by comms, legal", "6 months", "2027-03-18", "in time", ""),
        ("2026-10-02 by comms, legal", "6 months", "2027-03-19", "due", "review due by 2027-04-02"),
        ("2026-10-02 by comms, legal", "6 months", "2027-04-02", "due", "review due by 2027-04-02"),
        ("2026-10-02 by comms, legal", "6 months", "2027-04-03", "overdue", "review overdue since 2027-04-02"),
        ("2025-08-31", "6 months", "2026-03-01", "overdue", "review overdue since 2026-02-28"),
        ("2026-10-02", "90 days", "2027-01-05", "overdue", "review overdue since 2026-12-31"),
        ("2026-10-02", "", "2036-01-01", "in time", ""),
        ("2062-10-02", "6 months", "2026-11-23", "unclear", "reviewed on 2062-10-02, which is still to come"),
        ("last spring", "6 months", "2026-11-23", "unclear", "reviewed on no date that can be read"),
        ("9998-10-02", "9999 months", "9999-01-01", "in time", ""),
    ],
)  # fmt: skip
def test_a_review_is_in_time_due_overdue_or_was_never_held(
    reviewed: str, every: str, today: str, state: str, words: str
) -> None:
    found = review_of(reviewed, every, date.fromisoformat(today))
    assert (found.state, found.words) == (state, words)
    assert review_state(reviewed, every, date.fromisoformat(today)) == words


def test_the_questions_do_not_need_a_whole_playbook() -> None:
    empty: Playbook = PLAYBOOK._replace(phases=(), statements={})
    assert blocking(playbook_questions(empty, POLICY, TWO)) == []


def test_clocks_only_a_step_could_ask_for_are_a_remark_in_the_policy() -> None:
    found = policy_questions(with_clocks(rare={"checked_on": "not yet", "ask_when": None}), TWO)
    assert blocking(found) == []
    assert "rare" in remarks(found)
