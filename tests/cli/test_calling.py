"""The call list by one-line commands, in real processes, with a people file of one's own."""

from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Run

PEOPLE = """crisisdesk: people/1
reviewed: not yet
people:
  Dee Ray:
    roles: [legal]
    phone: 020 1
  Eve Lund:
    roles: [legal]
    email: eve@example.org
    note: "[b]never before nine"
  Fin Oda:
    roles: [exec-sponsor]
    contact: the gatehouse
"""


@pytest.fixture
def staffed(declared: Run, tmp_path: Path) -> Run:
    """The same incident, with people named for two roles."""
    folder = tmp_path / "playbooks"
    assert declared("init", str(folder)).code == 0
    (folder / "people.yaml").write_text(PEOPLE, "utf-8")

    def run(*words: str) -> Answer:
        return declared("--playbooks", str(folder), "--as", "Ada", *words)

    return run


def lines(answer: Answer) -> list[str]:
    """What a command printed, line by line."""
    assert answer.code == 0, answer.err
    return answer.out.splitlines()


def test_the_call_list_works_down_the_stand_ins(staffed: Run) -> None:
    assert "  next  Dee Ray, named for the role; phone 020 1; not called yet" in lines(
        staffed("call-list", "1")
    )
    staffed("tell", "1", "Dee Ray", "--by", "phone", "--reached", "no", "--occurred", "16 minutes ago")
    told = lines(staffed("call-list", "1"))
    assert "  next  Eve Lund, named for the role; email eve@example.org; not called yet" in told
    assert any(
        line.startswith("        Dee Ray") and line.endswith("did not answer in time") for line in told
    )
    staffed("tell", "1", "Eve Lund", "--by", "phone", "--reached", "no", "--occurred", "15 minutes ago")
    assert any(
        "next  Fin Oda, stand-in: named as Executive sponsor" in line
        for line in lines(staffed("call-list", "1"))
    )
    staffed("tell", "1", "fin oda", "--by", "phone", "--reached", "yes", "--promised", "In ten [€]\x1b")
    told = lines(staffed("call-list", "1"))
    assert not any("Dee Ray" in line for line in told if line.startswith("  next"))
    reached = next(line for line in told if line.startswith("Reached: "))
    assert "Legal counsel: Fin Oda, reached" in reached
    assert "promised: In ten [€]⟨1B⟩" in reached
    assert "Incident lead: Ada, at the desk since" in reached


def test_a_people_file_with_problems_is_said_to_be_there(declared: Run, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    declared("init", str(folder))
    (folder / "people.yaml").write_text(PEOPLE.replace("[exec-sponsor]", "[king]"), "utf-8")
    for words in (("call-list", "1"), ("people",)):
        answer = declared("--playbooks", str(folder), *words)
        assert (answer.code, "people.yaml has problems" in answer.out + answer.err) == (0, True)


def test_the_call_list_for_programs(staffed: Run) -> None:
    read = staffed("call-list", "1", "--json").json()
    assert next(iter(read.items())) == ("crisisdesk", "call-list/1")
    legal = next(one for one in read["calls"] if one["id"] == "legal")
    assert (legal["next"], legal["reached"], [one["name"] for one in legal["line"]]) == (
        "Dee Ray", "", ["Dee Ray", "Eve Lund", "Fin Oda"],
    )  # fmt: skip
    assert (legal["line"][0]["reach"], read["answer_within_minutes"]) == ("phone 020 1", 15)


def test_without_a_people_file_roles_are_called_by_their_title(declared: Run) -> None:
    assert any(
        "next  Legal counsel, nobody is named for it" in line for line in lines(declared("call-list", "1"))
    )


def test_a_telling_step_says_who_was_not_reached(staffed: Run) -> None:
    staffed(
        "tell", "1", "Partner north, Ms Hale", "--by", "phone", "--reached", "no", "--step", "notify-roles"
    )
    told = lines(staffed("call-list", "1"))
    assert any("[notify-roles], told by nobody yet" in line for line in told) or any(
        "notify" in line for line in told
    )
    assert any("next  Partner north, Ms Hale, called for this step" in line for line in told)


def test_how_soon_people_answered_stands_in_the_summary(staffed: Run) -> None:
    for reached, ago in (("no", "9 minutes ago"), ("yes", "3 minutes ago")):
        staffed("tell", "1", "Dee Ray", "--by", "phone", "--reached", reached, "--occurred", ago)
    staffed("tell", "1", "Eve Lund", "--by", "phone", "--reached", "no")
    text = staffed("export", "1", "--to", "-").out
    assert "| Dee Ray | reached after 6 min, at the second attempt | " in text
    assert "| Eve Lund | not reached, 1 attempt | " in text


def test_a_closed_incident_has_nobody_to_call(staffed: Run) -> None:
    assert staffed("close", "1", "--because", "A test").code == 0
    assert "Nobody is left to call." in lines(staffed("call-list", "1"))
