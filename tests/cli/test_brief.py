"""The brief by a one-line command, in real processes: printed, written, pasted."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_commands import HOSTILE

ADA = ("--as", "Ada")


@pytest.fixture
def busy(declared: Run) -> Run:
    """INC-0001 with a lead by name, a frozen queue, an enquiry, a note kept close, and hostile words."""
    for words in (
        ("role", "take", "1", "incident-lead", "Eli Novak"), ("freeze", "pause", "1", "Scheduler", "--account", "@ours", "--held", "7"),
        ("enquiry", "add", "1", "Dee", "--question", "Who is it?", "--deadline", "in 40 minutes"),
        ("note", "1", "Her number is 555-0199", "--sensitivity", "personal"), ("note", "1", HOSTILE),
    ):  # fmt: skip
        answer = declared(*ADA, *words)
        assert answer.code == 0, answer.err
    return declared


def test_it_is_printed_at_any_time_within_eighty_columns(busy: Run) -> None:
    told = busy(*ADA, "brief", "1")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Brief of INC-0001: A post names us\n")
    assert max(map(len, told.out.splitlines())) <= 80
    for words in (
        "Incident lead: Eli Novak",
        "! FROZEN: Scheduler on @ours · 7 posts held · by Ada",
        "Asks: Who is it?",
        "personal data, entry",
    ):
        assert words in told.out
    assert "555-0199" not in told.out
    assert not {"\x1b", "\x07", "\u202e"} & set(told.out)


def test_its_head_is_the_one_that_verify_takes(busy: Run) -> None:
    told = busy(*ADA, "brief", "1", "--json").json()
    assert told["head"] in busy("brief", "1").out.replace("\n", "")
    assert busy("verify", "1", "--head", told["head"]).code == 0
    assert busy("show", "1", "--json").json()["entries"] == told["seq"]


def test_reading_it_writes_nothing(busy: Run) -> None:
    before = busy("show", "1", "--json").json()["entries"]
    busy(*ADA, "brief", "1")
    assert busy("show", "1", "--json").json()["entries"] == before


def test_it_is_written_as_text_and_as_markdown_by_the_name_of_the_file(busy: Run, tmp_path: Path) -> None:
    for ending, first in (("md", "# Brief of INC-0001"), ("txt", "Brief of INC-0001")):
        target = tmp_path / f"brief.{ending}"
        told = busy(*ADA, "brief", "1", "--to", str(target))
        assert (told.code, f"written to {target}" in told.out) == (0, True)
        assert target.read_text(encoding="utf-8").startswith(first)
        assert target.stat().st_mode & 0o077 == 0
    assert busy("brief", "1", "--to", "-").out.startswith("# Brief of INC-0001")


def test_a_file_that_is_there_and_the_desks_own_are_left_alone(busy: Run, tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    target.write_text("mine")
    refused = busy("brief", "1", "--to", str(target))
    assert (refused.code, "is there already" in refused.err, target.read_text()) == (1, True, "mine")
    assert busy("brief", "1", "--to", str(target), "--force").code == 0
    assert target.read_text().startswith("# Brief")
    own = tmp_path / "own.txt"
    own.symlink_to(tmp_path / "desk" / "desk.db")
    before = (tmp_path / "desk" / "desk.db").read_bytes()
    refused = busy("brief", "1", "--to", str(own), "--force")
    assert (refused.code, "is the desk's own file" in refused.err) == (1, True)
    assert (tmp_path / "desk" / "desk.db").read_bytes() == before


def test_for_the_chat_it_is_short_and_calls_nobody(busy: Run, tmp_path: Path) -> None:
    assert busy(*ADA, "block", "1", "capture", "--because", "@channel please <!here>").code == 0
    told = busy(*ADA, "brief", "1", "--for-chat").out
    assert told.startswith("*Brief of INC-0001: A post names us*\n")
    assert len(told) < 4_000
    assert not {"@", "<", ">"} & set(told)
    assert "\uff20channel please \uff1c!here\uff1e" in told
    target = tmp_path / "chat.txt"
    assert busy(*ADA, "brief", "1", "--for-chat", "--to", str(target)).code == 0
    assert target.read_text(encoding="utf-8").startswith("*Brief of INC-0001")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1", "--to", "brief.docx"), 2, "End its name in one of: .md, .txt."),
        (("1", "--for-chat", "--to", "brief.md"), 2, "End its name in one of: .txt."),
        (("1", "--for-chat", "--to", "-"), 2, "leave out --to"),
        (("1", "--json", "--for-chat"), 2, "leave out --to and --for-chat"),
        (("1", "--since", "x"), 2, "is not the number of an entry"),
        (("1", "--since", "99"), 1, "has no entry #99"),
        (("7",), 1, "no incident '7'"),
    ],
)
def test_wrong_use_is_a_sentence(busy: Run, words: tuple[str, ...], code: int, said: str) -> None:
    answer = busy(*ADA, "brief", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in " ".join(answer.err.split())
    assert "Traceback" not in answer.err


def test_what_changed_counts_from_the_lead_or_from_an_entry_that_is_named(busy: Run) -> None:
    taken = busy("brief", "1", "--json").json()["changes"]
    assert taken["taken_by"] == "Eli Novak"
    later = busy("brief", "1", "--json", "--since", f"#{taken['since'] + 2}").json()["changes"]
    assert [one["seq"] for one in later["newest"]] == [one["seq"] for one in taken["newest"]][2:]


def test_it_is_made_by_whoever_asks(busy: Run) -> None:
    assert "by Gus Teller; times in" in busy("--as", "Gus Teller", "brief", "1").out


def test_a_changed_log_is_told_in_the_brief(busy: Run, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE entries SET author = 'Eve' WHERE kind = 'note-logged'")
    told = busy("brief", "1")
    assert (told.code, "THE LOG DOES NOT VERIFY" in told.err) == (1, True)
    assert "! The log does not verify: " in told.out
