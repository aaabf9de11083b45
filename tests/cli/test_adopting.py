"""Adopting, comparing, explaining: what a playbook's authors type, in real processes."""

from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Run

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


DATED = ("checked-on: not yet", "checked-on: 2026-11-01")
OURS = (
    ("Example Organisation", "Harbour Works"), ("@example-org", "@harbour"), ("intranet.example.org", "intranet.harbour"),
    ("www.example.org", "harbour.works"),
)  # fmt: skip


def answer_all(own: Path) -> None:
    """Answer every question of the shipped policy."""
    for old, new in (DATED, *OURS):
        replace(own / "policy.yaml", old, new)


def adopt(crisisdesk: Run, own: Path, name: str, *words: str) -> Answer:
    return crisisdesk("--playbooks", str(own), "playbook", "adopt", name, *words)


BY = ("--by", "Jo Example, Sam Example")


def test_adopting_asks_what_must_be_answered_first_with_its_line(crisisdesk: Run, own: Path) -> None:
    before = (own / "policy.yaml").read_bytes()
    answer = adopt(crisisdesk, own, "policy", *BY)
    assert answer.code == 1
    rows = before.decode().split("\n")
    named = {
        line: rows[int(line.rstrip(")").rpartition(":")[2]) - 1].strip()
        for line in answer.out.splitlines()
        if line.startswith("Open")
    }
    told = dict(zip(named.values(), named, strict=False))
    assert (
        "The organisation is still called 'Example Organisation'."
        in told["organisation: Example Organisation"]
    )
    assert "Europe/London" in told["time-zone: Europe/London"]
    assert [line for line, row in named.items() if row == "checked-on: not yet" and "'gdpr-33'" in line]
    assert f"{len(named)} questions are open" in answer.err
    assert (own / "policy.yaml").read_bytes() == before


def test_a_playbook_waits_for_the_policy_its_accounts_and_its_clocks(crisisdesk: Run, own: Path) -> None:
    before = (own / "account-takeover.yaml").read_bytes()
    answer = adopt(crisisdesk, own, "account-takeover", *BY)
    assert answer.code == 1
    for said in (
        "playbook adopt policy",
        "whose account is still '@example-org'",
        "The clock 'us-state-breach'",
    ):
        assert said in answer.out
    notes = [line for line in answer.out.splitlines() if line.startswith("Note")]
    assert any("statement 'holding'" in note and "account-takeover.yaml:" in note for note in notes)
    assert any("people.yaml" in note for note in notes)
    assert (own / "account-takeover.yaml").read_bytes() == before


def test_adopting_writes_one_value_and_no_other_byte(crisisdesk: Run, own: Path) -> None:
    answer_all(own)
    policy, file = own / "policy.yaml", own / "employee-post.yaml"
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n").replace(
        b"adopted: not yet", b"adopted: not yet  # soon"
    )
    file.write_bytes(before)
    told = policy.read_bytes()
    answer = adopt(crisisdesk, own, "policy", *BY, "--date", "2026-11-20", "--confirm")
    assert answer.code == 0, answer.out + answer.err
    value = b"adopted: 2026-11-20 by Jo Example, Sam Example"
    assert policy.read_bytes() == told.replace(b"adopted: not yet", value)
    answer = adopt(
        crisisdesk, own, "employee-post", "--by", 'Jo Example, Sam: "legal"', "--date", "2026-11-20"
    )
    assert answer.code == 0, answer.out + answer.err
    wanted = b'adopted: "2026-11-20 by Jo Example, Sam: \\"legal\\""  # soon'
    assert file.read_bytes() == before.replace(b"adopted: not yet  # soon", wanted)
    assert crisisdesk("--playbooks", str(own), "playbook", "check").code == 0
    declared = crisisdesk("--playbooks", str(own), "--as", "Ada", "declare", "A post", "-p", "employee-post")
    assert "sample" not in declared.out


def test_adopting_anyway_keeps_the_reason_beside_it(crisisdesk: Run, own: Path) -> None:
    file = own / "employee-post.yaml"
    before = file.read_text(encoding="utf-8")
    assert adopt(crisisdesk, own, "employee-post", *BY, "--anyway").code == 2
    words = (*BY, "--date", "2026-11-20", "--anyway", "--because", "The board wants\nit tonight: #1")
    answer = adopt(crisisdesk, own, "employee-post", *words)
    assert answer.code == 0, answer.err
    assert "because: The board wants it tonight: #1" in answer.out
    after = file.read_text(encoding="utf-8").split("\n")
    at = after.index("adopted: 2026-11-20 by Jo Example, Sam Example")
    assert after[at - 1].startswith("# 2026-11-20, adopted in spite of ")
    assert after[at - 1].endswith("open questions: The board wants it tonight: #1")
    rest = [*after[: at - 1], "adopted: not yet", *after[at + 1 :]]
    assert "\n".join(rest) == before
    assert crisisdesk("--playbooks", str(own), "playbook", "check").code == 0


def test_a_file_with_problems_is_not_even_adopted_anyway(crisisdesk: Run, own: Path) -> None:
    file = own / "employee-post.yaml"
    replace(file, "usually:", "usualy:", 1)
    before = file.read_bytes()
    answer = adopt(crisisdesk, own, "employee-post", *BY, "--anyway", "--because", "tonight")
    assert answer.code == 1
    assert "Did you mean 'usually'?" in answer.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("employe-post", *BY), 1, "Did you mean 'employee-post'?"),
        (("../employee-post", *BY), 1, "There is no playbook"),
        (("people", *BY), 1, "Only the policy and playbooks"),
        (("employee-post", "--anyway", "--because", "x"), 2, "Who adopts it?"),
        (("employee-post", "--by", "Jo\nadopted: x"), 2, "line break"),
        (("employee-post", *BY, "--date", "23.11.2026", "--anyway", "--because", "x"), 2, "is not a date"),
        (("employee-post", *BY, "--date", "20261120", "--anyway", "--because", "x"), 2, "is not a date"),
        (("employee-post", *BY, "--date", "2999-01-01", "--anyway", "--because", "x"), 1, "still to come"),
    ],
)  # fmt: skip
def test_a_refused_adoption_is_a_sentence_and_changes_nothing(
    crisisdesk: Run, own: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = {path: path.read_bytes() for path in own.iterdir()}
    answer = adopt(crisisdesk, own, *words)
    assert (answer.code, said in answer.err) == (code, True), answer.err
    assert "Traceback" not in answer.err
    assert {path: path.read_bytes() for path in own.iterdir()} == before


def test_the_shipped_playbooks_are_not_adopted_in_place(crisisdesk: Run) -> None:
    before = (ROOT / "playbooks" / "employee-post.yaml").read_bytes()
    answer = crisisdesk("playbook", "adopt", "employee-post", *BY, "--anyway", "--because", "x")
    assert (answer.code, "crisisdesk init DIR" in answer.err) == (1, True)
    assert (ROOT / "playbooks" / "employee-post.yaml").read_bytes() == before


def test_a_read_only_file_is_not_adopted(crisisdesk: Run, own: Path) -> None:
    (own / "employee-post.yaml").chmod(0o444)
    answer = adopt(crisisdesk, own, "employee-post", *BY, "--anyway", "--because", "x")
    assert (answer.code, "read-only" in answer.err) == (1, True)


def test_adopting_and_comparing_open_no_desk(crisisdesk: Run, own: Path, tmp_path: Path) -> None:
    adopt(crisisdesk, own, "policy", *BY)
    crisisdesk("--playbooks", str(own), "playbook", "diff")
    assert not (tmp_path / "desk").exists()


def test_the_shipped_folder_has_nothing_to_compare_with(crisisdesk: Run) -> None:
    answer = crisisdesk("playbook", "diff")
    assert (answer.code, "nothing to compare" in answer.out) == (0, True)
    assert crisisdesk("playbook", "diff", "--json").json()["same_folder"] is True


def test_all_files_are_compared_with_a_line_each(crisisdesk: Run, own: Path) -> None:
    (own / "viral-complaint.yaml").unlink()
    (own / "mine.yaml").write_bytes((own / "outage.yaml").read_bytes())
    replace(own / "employee-post.yaml", "within: 25 minutes", "within: 40 minutes", 1)
    replace(own / "policy.yaml", "Example Organisation", "Harbour Works", 1)
    answer = crisisdesk("--playbooks", str(own), "playbook", "diff")
    assert answer.code == 0
    told = dict(line.split(None, 1) for line in answer.out.splitlines())
    assert told["policy"] == "1 difference"
    assert told["employee-post"] == "1 difference"
    assert told["outage"] == "the same as shipped"
    assert told["viral-complaint"] == "shipped, and not in your folder"
    assert told["mine"] == "only in your folder"
    found = crisisdesk("--playbooks", str(own), "playbook", "diff", "--json").json()
    assert found["only_in"] == {"viral-complaint": "shipped", "mine": "yours"}
    assert found["differences"]["policy"][0]["old"] == "Harbour Works"


def test_one_file_is_compared_in_words_that_say_who_has_what(crisisdesk: Run, own: Path) -> None:
    replace(own / "employee-post.yaml", "within: 25 minutes", "within: 40 minutes", 1)
    replace(own / "employee-post.yaml", "      - use: legal-hold\n", "", 1)
    told = crisisdesk("--playbooks", str(own), "playbook", "diff", "employee-post")
    assert told.code == 0
    assert "due within 25 minutes in the shipped one, 40 minutes in yours" in told.out
    assert "; yours has not" in told.out
    refused = crisisdesk("--playbooks", str(own), "playbook", "diff", "employe-post")
    assert (refused.code, "Did you mean 'employee-post'?" in refused.err) == (1, True)


def test_a_broken_file_is_told_and_the_others_are_compared(crisisdesk: Run, own: Path) -> None:
    replace(own / "leak.yaml", "usually:", "usualy:", 1)
    answer = crisisdesk("--playbooks", str(own), "playbook", "diff")
    assert answer.code == 1
    assert "leak                   cannot be compared" in answer.out
    assert "Did you mean 'usually'?" in answer.out
    assert "outage                 the same as shipped" in answer.out


def test_a_review_that_was_never_held_or_is_overdue_is_listed(crisisdesk: Run, own: Path) -> None:
    listed = crisisdesk("--playbooks", str(own), "playbook", "list", "--json").json()["playbooks"]
    assert {each["review"] for each in listed} == {"never reviewed"}
    replace(own / "employee-post.yaml", "reviewed: not yet", "reviewed: 2020-01-31 by legal")
    assert "review overdue since 2020-07-31" in crisisdesk("--playbooks", str(own), "playbook", "list").out
    listed = crisisdesk("--playbooks", str(own), "playbook", "list", "--json").json()["playbooks"]
    assert "review overdue since 2020-07-31" in {each["review"] for each in listed}


def test_a_code_is_explained_and_schemas_are_written(crisisdesk: Run, tmp_path: Path) -> None:
    assert "misspelt" in crisisdesk("explain", "e010").out
    assert crisisdesk("playbook", "explain", "E010").out == crisisdesk("explain", "e010").out
    refused = crisisdesk("explain", "E0100")
    assert (refused.code, "There is no code" in refused.err) == (1, True)
    assert crisisdesk("schema", str(tmp_path / "s")).code == 0
    written = (tmp_path / "s" / "playbook.schema.json").read_bytes()
    assert written == (ROOT / "schema" / "playbook.schema.json").read_bytes()
    assert crisisdesk("schema", "/dev/null/x").code == 1
