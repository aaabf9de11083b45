"""What people and scripts do at night that must never cost a word: ids used twice, pipes that close, wrong places."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
EVIL = "x\x1b]52;c;ZXZpbA\x07\x1b[2J\u202e\x9b2J"


def texts(run: Run) -> list[str]:
    """The words of every note."""
    entries = run("timeline", "1", "--json").json()["entries"]
    return [entry["text"] for entry in entries if entry["kind"] == "note-logged"]


def shell(folder: Path, line: str) -> "subprocess.CompletedProcess[str]":
    """Run a shell line in which ``$C`` is the program on the desk of this test."""
    env = {
        **os.environ,
        "C": f"{sys.executable} -m crisisdesk --as Ada",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
    }
    env["CRISISDESK_DB"] = str(folder / "desk" / "desk.db")
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, env=env, check=False, timeout=120
    )


def test_an_id_used_again_for_other_words_swallows_nothing(declared: Run) -> None:
    for words in (("first",), ("other",), ("first",)):
        assert declared("--as", "Ada", "note", "1", *words, "--id", "K").code == 0
    assert declared("--as", "Bob", "note", "1", "first", "--id", "K").code == 0
    assert declared("--as", "Ada", "promise", "1", "in 3 hours", "more", "--id", "K").code == 0
    assert texts(declared) == [
        "first",
        "other",
        "first",
    ]  # the third try of Ada's first words was the same try
    second = declared("--as", "Ada", "declare", "A second crisis", "-p", "employee-post", "--id", "K")
    assert second.out.splitlines()[0] == "INC-0002"
    again = declared("--as", "Ada", "declare", "A second crisis", "-p", "employee-post", "--id", "K")
    assert again.out.splitlines()[:2] == ["INC-0002", "It was saved before; nothing was written twice."]


def test_an_attached_file_may_be_gone_or_changed_when_the_command_is_repeated(
    declared: Run, tmp_path: Path
) -> None:
    file = tmp_path / "shot.txt"
    file.write_text("one")
    attach = ("--as", "Ada", "attach", "1", str(file), "--id", "A")
    first = declared(*attach).out.splitlines()[0]
    file.unlink()
    assert declared(*attach).out.startswith(f"{first} (was saved before")
    file.write_text("two")
    assert declared(*attach).out.splitlines()[0] != first


def test_nothing_is_written_over_the_desks_own_file(declared: Run, tmp_path: Path) -> None:
    named = tmp_path / "desk" / "twin.md"
    (tmp_path / "desk" / "desk.db").rename(named)
    for command in (("export", "1"), ("playbook", "show", "employee-post")):
        refused = declared("--db", str(named), *command, "--to", str(named), "--force")
        assert (refused.code, "own file" in refused.err) == (1, True)
    assert declared("--db", str(named), "verify").code == 0


def test_a_role_is_given_up_only_by_who_holds_it(declared: Run) -> None:
    declared("--as", "Ada", "role", "take", "1", "deputy", "Bob")
    refused = declared("--as", "Ada", "role", "release", "1", "deputy", "Carl")
    assert (refused.code, "Carl is not deputy; Bob is." in refused.err) == (1, True)
    assert declared("--as", "Ada", "role", "take", "1", "hr", "").code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_answer_that_cannot_be_printed_does_not_look_like_a_failure(declared: Run, tmp_path: Path) -> None:
    full = shell(tmp_path, "$C note 1 full > /dev/full")
    assert (full.returncode, "It is saved, as INC-0001 #3" in full.stderr) == (0, True)
    piped = shell(tmp_path, "set -o pipefail; $C note 1 piped | true")
    assert piped.returncode == 0, piped.stderr
    read = shell(tmp_path, "$C timeline 1 > /dev/full")
    assert (read.returncode, "The system refused" in read.stderr) == (1, True)
    assert texts(declared) == ["full", "piped"]


def test_a_reader_that_leaves_early_is_no_error(declared: Run, tmp_path: Path) -> None:
    assert declared("--as", "Ada", "note", "1", "-", stdin="x" * 300_000).code == 0
    left = shell(tmp_path, "set -o pipefail; $C timeline 1 | head -c 10")
    assert left.returncode == 0, left.stderr


@pytest.mark.parametrize(
    "words",
    [(EVIL,), ("note", "1", "t", EVIL), ("done", "1", "remind", "--record", EVIL), ("fact", "1", EVIL), ("--" + EVIL,), ("export", "1", "--to", EVIL)],
)  # fmt: skip
def test_wrong_use_is_said_without_a_control_character(declared: Run, words: tuple[str, ...]) -> None:
    answer = declared(*words)
    assert answer.code == 2
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(answer.err + answer.out)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("promise", "1", "", "x"), 2, "is not a time"),
        (("note", "1", "x", "--occurred", ""), 2, "is not a time"),
        (("correct", "1", "9" * 23, "x", "--because", "y"), 1, "has no entry"),
        (("--for", "", "--by", "phone", "note", "1", "x"), 2, "belong together"),
        (("--by", "phone", "note", "1", "x"), 2, "belong together"),
        (("note", "1", "x", "--occurred", "0001-01-01 00:00"), 2, "Check the year"),
        (("promise", "1", "9999-12-31 23:59", "x"), 2, "Check the year"),
        (("decide", "1", "legal-hold", "No hold", "--other", "y", "--because", "x"), 1, "are both given"),
        (("correct", "1", "1", "--record", "nope=b", "--because", "z"), 1, "records no values"),
        (("verify", "1", "--head", "301ae6d7"), 2, "is not a head"),
        (("playbook", "check", "x" * 5000), 1, "refused"),
        (("attach", "1", "/dev/null"), 1, "is not an ordinary file"),
    ],
)
def test_slips_are_told_in_a_sentence(declared: Run, words: tuple[str, ...], code: int, said: str) -> None:
    answer = declared("--as", "Ada", *words)
    assert (answer.code, said in answer.err + answer.out) == (code, True), answer.err + answer.out


def test_two_incidents_are_not_duplicates_of_each_other(declared: Run) -> None:
    declared("--as", "Ada", "declare", "The same", "-p", "employee-post")
    assert declared("--as", "Ada", "close", "2", "--duplicate-of", "1", "--because", "same").code == 0
    refused = declared("--as", "Ada", "close", "1", "--duplicate-of", "2", "--because", "same")
    assert (refused.code, "one of the two must stay" in refused.err) == (1, True)


def test_a_changed_log_is_not_exported_in_silence(declared: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as file:
        triggers = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE bodies SET text = replace(text, 'names us', 'names YOU') WHERE seq = 1")
    answer = declared("export", "1", "--to", str(tmp_path / "s.json"))
    assert (answer.code, "THE LOG DOES NOT VERIFY" in answer.err) == (1, True)
    assert json.loads((tmp_path / "s.json").read_text())["faults"]
    assert "**The log does not verify" in declared("export", "1", "--to", "-").out


def test_a_time_that_was_damaged_is_told(declared: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE entries SET recorded_at = 'garbage' WHERE stream != 'desk'")
    for words in (("show", "1"), ("timeline", "1"), ("export", "1", "--to", "-")):
        answer = declared(*words)
        assert (answer.code, "cannot be read" in answer.err) == (1, True), answer.err


def test_a_folder_without_a_policy_is_not_called_sound(crisisdesk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "pb"
    crisisdesk("init", str(folder))
    (folder / "policy.yaml").unlink()
    checked = crisisdesk("--playbooks", str(folder), "playbook", "check")
    assert (checked.code, "There is no policy.yaml here" in checked.out) == (1, True)
    assert crisisdesk("--playbooks", str(folder), "playbook", "list").code == 1
    assert crisisdesk("--playbooks", "/nonexist", "playbook", "list").code == 1


def test_eight_tries_of_one_declaration_declare_once_and_none_says_it_failed(
    declared: Run, tmp_path: Path
) -> None:
    line = "for i in 1 2 3 4 5 6 7 8; do $C declare same -p employee-post --id R || echo FAILED & done; wait"
    answer = shell(tmp_path, line)
    assert "FAILED" not in answer.stdout, answer.stderr
    assert [row["title"] for row in declared("list", "--json").json()["incidents"]].count("same") == 1


def test_a_link_to_the_desks_file_queues_at_the_same_lock(declared: Run, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "desk" / "desk.db")
    assert declared("--db", str(link), "--as", "Ada", "note", "1", "by its other name").code == 0
    assert not (tmp_path / "link.db.lock").exists()


def test_the_documented_proof_reads_an_export(declared: Run, tmp_path: Path) -> None:
    """README: .json to verify. The script of docs/log-format.md takes that very file, and sees a changed word."""
    page = (Path(__file__).parents[2] / "docs" / "log-format.md").read_text(encoding="utf-8")
    (tmp_path / "check.py").write_text(page.partition("```python\n")[2].partition("```")[0], encoding="utf-8")
    assert declared("--as", "Ada", "note", "1", "a quiet night").code == 0
    assert declared("export", "1", "--to", str(tmp_path / "s.json")).code == 0
    check = [sys.executable, "-I", str(tmp_path / "check.py"), str(tmp_path / "s.json")]
    ended = subprocess.run(check, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert declared("show", "1", "--json").json()["head"] in ended.stdout
    told = (tmp_path / "s.json").read_text()
    (tmp_path / "s.json").write_text(told.replace("a quiet night", "a loud night"))
    assert subprocess.run(check, capture_output=True, text=True, check=False).returncode == 1
