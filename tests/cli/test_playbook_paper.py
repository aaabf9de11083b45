"""``playbook show`` and ``playbook graph``, as a person would type them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"


def test_a_playbook_is_printed_with_what_is_assumed(crisisdesk: Run) -> None:
    answer = crisisdesk("playbook", "show", "employee-post")
    assert answer.code == 0, answer.err
    assert "! Sample, not adopted." in answer.out
    assert "employee-involved: unknown" in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 79


def test_facts_raise_the_level_and_ask_for_clocks(crisisdesk: Run) -> None:
    answer = crisisdesk(
        "playbook", "show", "employee-post", "--fact", "personal-data=yes", "--fact", "regions=eu,uk"
    )
    assert "Level:        sev1" in answer.out
    assert "UK GDPR, notice to the ICO [uk-gdpr-33]" in answer.out
    assert "Not legal advice: have counsel check." in answer.out


def test_a_level_given_is_the_level_assumed(crisisdesk: Run) -> None:
    found = crisisdesk(
        "playbook", "show", "employee-post", "--severity", "SEV2", "--fact", "safety-risk=yes", "--json"
    )
    assert found.json()["severity"] == "sev2"
    steps = {step["id"]: step["applies"] for step in found.json()["steps"]}
    assert steps["publish-holding"] is False
    assert steps["pause-posts"] is True


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx"])
def test_every_format_is_written_whole_and_replaced_only_when_told(
    crisisdesk: Run, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"paper.{ending}"
    words = ("playbook", "show", "employee-post", "--to", str(path))
    assert crisisdesk(*words).code == 0
    first = path.read_bytes()
    again = crisisdesk(*words, "--severity", "sev1")
    assert again.code == 1
    assert "is there already" in again.err
    assert path.read_bytes() == first
    assert crisisdesk(*words, "--severity", "sev1", "--force").code == 0
    assert path.read_bytes() != first


def test_the_picture_is_written_and_replaced_only_when_told(crisisdesk: Run, tmp_path: Path) -> None:
    path = tmp_path / "steps.svg"
    words = ("playbook", "graph", "employee-post", "--to", str(path))
    assert crisisdesk(*words).code == 0
    assert path.read_text("utf-8").startswith("<svg ")
    assert crisisdesk(*words).code == 1
    assert crisisdesk(*words, "--force").code == 0


@pytest.mark.parametrize(
    ("command", "name"), [("show", "paper.odt"), ("show", "paper"), ("graph", "steps.png")]
)
def test_an_unknown_format_is_wrong_use(crisisdesk: Run, tmp_path: Path, command: str, name: str) -> None:
    answer = crisisdesk("playbook", command, "employee-post", "--to", str(tmp_path / name))
    assert answer.code == 2
    assert "End its name in" in answer.err
    assert list(tmp_path.glob(name)) == []


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (("employe-post",), "employee-post"),
        (("employee-post", "--fact", "personl-data=yes"), "personal-data"),
        (("employee-post", "--severity", "sve1"), "sev1"),
    ],
)
def test_a_name_that_is_not_known_asks_did_you_mean(
    crisisdesk: Run, options: tuple[str, ...], near: str
) -> None:
    answer = crisisdesk("playbook", "show", *options)
    assert answer.code == 1
    assert answer.out == ""
    assert f"Did you mean '{near}'?" in answer.err


def test_a_fact_without_a_value_is_wrong_use(crisisdesk: Run) -> None:
    assert crisisdesk("playbook", "show", "employee-post", "--fact", "personal-data").code == 2


def test_an_answer_that_is_not_one_says_which_there_are(crisisdesk: Run) -> None:
    answer = crisisdesk("playbook", "show", "employee-post", "--fact", "personal-data=perhaps")
    assert answer.code == 1
    assert "Answer with: yes, no, unknown." in answer.err


def test_showing_a_playbook_makes_no_desk(crisisdesk: Run, tmp_path: Path) -> None:
    assert crisisdesk("playbook", "show", "employee-post").code == 0
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx"])
def test_hostile_words_of_a_file_are_only_read(crisisdesk: Run, tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "own"
    assert crisisdesk("init", str(folder)).code == 0
    file = folder / "employee-post.yaml"
    hostile = "title: \"<script>alert(1)</script> [/b] =cmd|'/C calc'!A0\""
    file.write_text(
        file.read_text("utf-8").replace("title: Employee's personal post", hostile, 1), encoding="utf-8"
    )
    answer = crisisdesk("--playbooks", str(folder), "playbook", "show", "employee-post", "--to", str(tmp_path / f"p.{ending}"))  # fmt: skip
    assert answer.code == 0, answer.err
    if ending in ("md", "html"):
        assert b"<script" not in (tmp_path / f"p.{ending}").read_bytes()
