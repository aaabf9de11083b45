"""Adopting, comparing, explaining: what a playbook's authors type, in real processes."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(crisisdesk: Run, tmp_path: Path) -> Path:
    """A folder of one's own, made by init."""
    folder = tmp_path / "own" / "playbooks"
    assert crisisdesk("init", str(folder)).code == 0
    return folder


def replace(file: Path, old: str, new: str, times: int = -1) -> None:
    """Change a file's text; the old text must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, times), encoding="utf-8")


def test_adopting_asks_what_must_be_answered_first(crisisdesk: Run, own: Path) -> None:
    before = (own / "policy.yaml").read_bytes()
    answer = crisisdesk("--playbooks", str(own), "playbook", "adopt", "policy", "--by", "Jo, Sam")
    assert answer.code == 1
    assert "The organisation is still called 'Example Organisation'." in answer.out
    assert "Counsel has not dated" in answer.out
    assert (own / "policy.yaml").read_bytes() == before


def test_adopting_writes_one_line_and_no_other_byte(crisisdesk: Run, own: Path) -> None:
    file = own / "employee-post.yaml"
    text = file.read_bytes().replace(b"\n", b"\r\n")
    before = text.replace(b"adopted: not yet", b"adopted: not yet  # soon")
    file.write_bytes(before)
    words = ("playbook", "adopt", "employee-post", "--by", "Jo Example, Sam: legal", "--date", "2026-11-23")
    assert crisisdesk("--playbooks", str(own), *words).code == 1
    answer = crisisdesk("--playbooks", str(own), *words, "--anyway", "--because", "rehearsal")
    assert answer.code == 0, answer.err
    wanted = b'adopted: "2026-11-23 by Jo Example, Sam: legal in spite of open questions, rehearsal"  # soon'
    assert file.read_bytes() == before.replace(b"adopted: not yet  # soon", wanted)
    assert crisisdesk("--playbooks", str(own), "playbook", "check").code == 0
    declared = crisisdesk("--playbooks", str(own), "--as", "Ada", "declare", "A post", "-p", "employee-post")
    assert "sample" not in declared.out


def test_the_shipped_playbooks_are_not_adopted_in_place(crisisdesk: Run) -> None:
    words = ("playbook", "adopt", "employee-post", "--by", "Jo", "--anyway", "--because", "x")
    answer = crisisdesk(*words)
    assert (answer.code, "init DIR" in answer.err) == (1, True)


def test_an_answered_policy_and_playbook_are_adopted(crisisdesk: Run, own: Path) -> None:
    policy = own / "policy.yaml"
    for old, new in (
        ("checked-on: not yet", "checked-on: 2026-11-01"), ("Example Organisation", "Harbour Works"), ("@example-org", "@harbour"),
        ("intranet.example.org", "intranet.harbour"), ("www.example.org", "harbour.works"),
    ):  # fmt: skip
        replace(policy, old, new)
    for name in ("policy", "employee-post"):
        answer = crisisdesk("--playbooks", str(own), "playbook", "adopt", name, "--by", "Jo Example")
        assert answer.code == 0, answer.out
    assert "adopted: 2" in (own / "employee-post.yaml").read_text(encoding="utf-8")


def test_the_newer_shipped_version_is_told_in_words(crisisdesk: Run, own: Path) -> None:
    assert crisisdesk("playbook", "diff").code == 1
    same = crisisdesk("--playbooks", str(own), "playbook", "diff")
    assert (same.code, "employee-post: the same as shipped" in same.out) == (0, True)
    replace(own / "employee-post.yaml", "within: 25 minutes", "within: 40 minutes", 1)
    told = crisisdesk("--playbooks", str(own), "playbook", "diff", "employee-post")
    assert "due within 25 minutes, was 40 minutes" in told.out
    listed = crisisdesk("--playbooks", str(own), "playbook", "diff", "--json").json()["differences"]
    assert len(listed["employee-post"]) == 1


def test_a_review_that_was_never_held_or_is_overdue_is_listed(crisisdesk: Run, own: Path) -> None:
    listed = crisisdesk("--playbooks", str(own), "playbook", "list", "--json").json()["playbooks"]
    assert {each["review"] for each in listed} == {"never reviewed"}
    replace(own / "employee-post.yaml", "reviewed: not yet", "reviewed: 2020-01-31 by legal")
    assert "review overdue since 2020-07-31" in crisisdesk("--playbooks", str(own), "playbook", "list").out


def test_a_code_is_explained_and_schemas_are_written(crisisdesk: Run, tmp_path: Path) -> None:
    assert "misspelt" in crisisdesk("explain", "e010").out
    assert crisisdesk("playbook", "explain", "E010").out == crisisdesk("explain", "e010").out
    refused = crisisdesk("explain", "E0100")
    assert (refused.code, "There is no code" in refused.err) == (1, True)
    assert crisisdesk("schema", str(tmp_path / "s")).code == 0
    written = (tmp_path / "s" / "playbook.schema.json").read_bytes()
    assert written == (ROOT / "schema" / "playbook.schema.json").read_bytes()
    assert crisisdesk("schema", "/dev/null/x").code == 1
