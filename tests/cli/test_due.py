"""What is due on the desk, as a command: the same things, the same order."""

import json

from tests.cli.conftest import Run


def test_nothing_is_due_on_an_empty_desk(crisisdesk: Run) -> None:
    assert crisisdesk("due").out == "Nothing is due.\n"


def test_it_names_what_to_do_who_is_asked_and_the_time(declared: Run) -> None:
    listed = declared("due").out.splitlines()
    assert listed
    assert all("INC-0001" in each for each in listed)
    assert any("nobody yet: " in each and " left" in each for each in listed)
    assert declared("due", "INC-0001").out.splitlines() == listed


def test_mine_is_what_i_own(declared: Run) -> None:
    assert declared("--as", "Ada Okoro", "due", "--mine").out == "Nothing is due to Ada Okoro.\n"
    declared("--as", "Ada Okoro", "role", "take", "INC-0001", "incident-lead")
    mine = declared("--as", "Ada Okoro", "due", "--mine").out.splitlines()
    assert mine
    assert all("Ada Okoro" in each for each in mine)


def test_the_json_is_soonest_first_in_utc(declared: Run) -> None:
    told = json.loads(declared("due", "--json").out)
    found = told["due"]
    assert [one["due"] for one in found] == sorted(one["due"] for one in found)
    assert {"incident", "kind", "what", "title", "to_do", "due", "late", "asked", "role", "mine", "waits", "drill"} <= set(
        found[0]
    )  # fmt: skip
    assert all(one["due"].endswith("Z") for one in found)


def test_an_unknown_incident_is_a_sentence(crisisdesk: Run) -> None:
    ended = crisisdesk("due", "INC-0009")
    assert ended.code == 1
    assert "INC-0009" in ended.err
