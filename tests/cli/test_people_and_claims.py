"""Roles handed over, relays confirmed, the fact sheet, evidence out again, and tables to query: in real processes."""

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crisisdesk.domain.rows import TABLES
from tests.cli.conftest import Run, run_command
from tests.cli.test_statements import by_phone, newest, staffed

__all__ = ["staffed"]
ADA = ("--as", "Ada")


def number(answer_out: str) -> str:
    """The entry's number that a write printed."""
    return answer_out.splitlines()[0].rpartition("#")[2]


def test_a_role_is_handed_over_and_accepted_by_name(declared: Run) -> None:
    assert declared(*ADA, "role", "hand-over", "1", "incident-lead", "--to", "Gus Teller").code == 0
    assert "offered to Gus Teller" in declared("show", "1").out
    assert declared("show", "1", "--json").json()["handovers"] == {"incident-lead": "Gus Teller"}
    refused = declared("--as", "Eli Novak", "role", "accept", "1", "incident-lead")
    assert (refused.code, "offered to Gus Teller" in refused.err) == (1, True)
    assert declared("--as", "Gus Teller", "role", "accept", "1", "incident-lead").code == 0
    listed = declared("role", "list", "1", "--json").json()
    assert [row["person"] for row in listed["roles"] if not row["until"]] == ["Gus Teller"]
    assert "handed over in #" in declared("role", "list", "1").out
    assert "Gus Teller" in declared("export", "1", "--to", "-").out


def test_who_was_lead_at_a_time_is_answerable(declared: Run) -> None:
    take = ("role", "take", "1", "incident-lead", "Eli Novak", "--occurred", "1 minute ago")
    assert declared(*ADA, *take).code == 0
    then = declared("role", "list", "1", "--at", "2026-01-01 10:00")
    assert (then.code, "Nobody held a role then." in then.out) == (0, True)


def test_a_relayed_approval_is_confirmed_by_the_person(staffed: Run, tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("We know.", encoding="utf-8")
    assert (
        staffed(
            *ADA,
            "statement",
            "draft",
            "1",
            "holding",
            "--channel",
            "x",
            "--text-file",
            str(tmp_path / "w.txt"),
        ).code
        == 0
    )
    relayed = staffed(*by_phone("Carla Mendes"), "statement", "approve", "1", "holding", "--version", "1")
    assert relayed.code == 0, relayed.err
    refused = staffed(*ADA, "confirm", "1", number(relayed.out))
    assert (refused.code, "Only Carla Mendes can confirm" in refused.err) == (1, True)
    assert staffed("--as", "Carla Mendes", "confirm", "1", f"#{number(relayed.out)}").code == 0
    assert "relayed and confirmed (#" in staffed("export", "1", "--to", "-").out.replace("\\", "")


def test_a_draft_that_carries_a_claim_warns(declared: Run, tmp_path: Path) -> None:
    added = declared(*ADA, "claim", "add", "1", "The post was written by Ms Hale", "--source", "a caller")
    assert (
        declared(
            *ADA, "claim", "do-not-say", "1", "the POST was written by ms hale", "--because", "names a person"
        ).code
        == 0
    )
    sheet = declared("claim", "list", "1", "--json").json()["claims"]
    assert [(str(row["seq"]), row["standing"]) for row in sheet] == [(number(added.out), "do not say")]
    (tmp_path / "w.txt").write_text("It is true: this post was written by Ms Hale.", encoding="utf-8")
    drafted = declared(
        *ADA, "statement", "draft", "1", "holding", "--channel", "x", "--text-file", str(tmp_path / "w.txt")
    )
    assert (drafted.code, "which is DO NOT SAY" in drafted.err) == (0, True)
    assert declared(*ADA, "claim", "confirm", "1", number(added.out), "--source", "she says so").code == 0
    assert "DO NOT SAY" not in declared("statement", "show", "1").err
    assert declared(*ADA, "claim", "retract", "1", number(added.out)).code == 1
    assert declared(*ADA, "claim", "retract", "1", number(added.out), "--because", "never claimed").code == 0
    assert "Nothing is on the fact sheet" not in declared("claim", "list", "1").out


def test_evidence_is_listed_and_comes_out_byte_for_byte(declared: Run, tmp_path: Path) -> None:
    name = "../../bild \u202e\u00e4 [/b].png"
    picture = tmp_path / "in" / name.replace("/", "\u2215")
    picture.parent.mkdir()
    picture.write_bytes(bytes(range(256)))
    told = (
        "--original-author",
        "@someone",
        "--original-time",
        "20:02",
        "--tool",
        "Browser",
        "--step",
        "capture",
    )
    assert declared(*ADA, "attach", "1", str(picture), *told).code == 0
    assert declared(*ADA, "attach", "1", "https://x.example/1").code == 0
    listed = declared("evidence", "list", "1", "--json").json()["evidence"]
    assert [row["original_author"] for row in listed] == ["@someone", ""]
    assert listed[0]["sha256"] == hashlib.sha256(bytes(range(256))).hexdigest()
    out = tmp_path / "out"
    for _ in range(2):
        assert declared("evidence", "extract", "1", "--to", str(out)).code == 0
    (file,) = out.iterdir()
    assert file.read_bytes() == bytes(range(256))
    assert file.name.isprintable()
    assert "\u202e" not in file.name
    file.write_bytes(b"something else")
    refused = declared("evidence", "extract", "1", "--to", str(out))
    assert (refused.code, "is there already" in refused.err) == (1, True)
    assert file.read_bytes() == b"something else"
    assert declared("evidence", "extract", "1", "99", "--to", str(out)).code == 1


def test_evidence_that_was_changed_behind_our_back_is_not_handed_out(declared: Run, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"a picture")
    assert declared(*ADA, "attach", "1", str(tmp_path / "a.png")).code == 0
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        db.execute("DROP TRIGGER evidence_no_update")
        db.execute("UPDATE evidence SET bytes = x'612070696374757266'")
    refused = declared("evidence", "extract", "1", "--to", str(tmp_path / "out"))
    assert (refused.code, "their hash differs" in refused.err) == (1, True)
    assert not list((tmp_path / "out").glob("*.png"))


def test_every_table_of_what_was_said_can_be_queried_and_is_proved(staffed: Run, tmp_path: Path) -> None:
    for words in (
        ("freeze", "pause", "1", "Scheduler", "--account", "@ours", "--may-post", "Ben"),
        ("silence", "1", "--because", "few have seen it", "--revisit", "in 2 hours"),
        ("hold", "set", "1", "--because", "a claim is likely"),
        ("enquiry", "add", "1", "Dee", "--question", "who?"),
        ("claim", "add", "1", "It was staged"),
        ("tell", "1", "A partner", "--by", "phone", "--reached", "no"),
        ("attach", "1", "https://x.example/1"),
        ("figure", "1", "mentions=340", "--source", "monitor"),
        ("statement", "draft", "1", "values", "--channel", "x"),
        ("follow-up", "add", "1", "Train stand-ins", "--owner", "Ben", "--due", "in 9 days"),
        ("decide", "1", "choose-line", "Silence", "--because", "x", "--already", "--dissent", "Ben: speak"),
    ):
        answer = staffed(*ADA, *words)
        assert answer.code == 0, answer.err
    assert (
        staffed(*by_phone("Carla Mendes"), "statement", "approve", "1", "values", "--version", "1").code == 0
    )
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        for table in TABLES:
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= 1, table
        assert db.execute("SELECT may_post FROM queues").fetchone() == ("Ben",)
        assert db.execute("SELECT dissent FROM decisions").fetchone() == ("Ben: speak",)
    assert staffed("verify").code == 0
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        db.execute("UPDATE enquiries SET who = 'Nobody'")
    assert "in 'enquiries' differs from the log" in staffed("verify").out + staffed("verify").err


@pytest.mark.parametrize("person", ["Carla Mendes"])
def test_two_approvals_in_the_same_instant_count_once(staffed: Run, tmp_path: Path, person: str) -> None:
    (tmp_path / "w.txt").write_text("We know.", encoding="utf-8")
    assert (
        staffed(
            *ADA,
            "statement",
            "draft",
            "1",
            "values",
            "--channel",
            "x",
            "--text-file",
            str(tmp_path / "w.txt"),
        ).code
        == 0
    )
    version = newest(staffed)["hash"][:8]
    command = [sys.executable, "-m", "crisisdesk", "--db", str(tmp_path / "desk" / "desk.db"), "--as"]
    approve = ["statement", "approve", "1", "values", "--version", version]
    people = [person, person.upper(), "Dana Weiss", "Dana Weiss"]
    begun = [
        subprocess.Popen(
            [*command, who, *approve],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for who in people
    ]
    for process in begun:
        process.communicate(timeout=60)
    ended = [process.returncode for process in begun]
    assert sorted(ended) == [0, 0, 1, 1], "each counts, and once"
    one = newest(staffed)
    assert one["waits_for"] == ["incident-lead"]
    assert {each["role"]: each["person"].casefold() for each in one["approvals"]} == {
        "legal": "carla mendes", "hr": "dana weiss", "incident-lead": "",
    }  # fmt: skip
    assert run_command(tmp_path, "verify").code == 0
