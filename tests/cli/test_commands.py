"""The command line's promises: forms, exit codes, where things are printed, and plain sentences."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HOSTILE = "[/b] [€] \x1b]52;c;aGk=\x07 \u202eevil \U0001f468\u200d\U0001f469\u200d\U0001f467 <script> =1+1"

ENTRY_KEYS = {
    "seq", "id", "position", "recorded_at", "occurred_at", "author", "owner_role", "owner", "kind", "step", "text",
    "corrects", "data", "prev_hash", "hash",
}  # fmt: skip
STEP_KEYS = {"id", "title", "phase", "kind", "state", "owner_role", "owner", "due", "record"}
LIST_KEYS = {"key", "title", "severity", "status", "lead", "declared_at"}


def test_declare_prints_the_key_alone_first(crisisdesk: Run) -> None:
    answer = crisisdesk("--as", "Ada", "declare", "A post names us", "-p", "employee-post")
    assert answer.out.splitlines()[0] == "INC-0001"
    assert "sample, not adopted" in answer.out


def test_declare_finds_the_playbook_by_what_was_typed(crisisdesk: Run) -> None:
    crisisdesk("--as", "Ada", "declare", "A colleague's personal post names us")
    assert crisisdesk("show", "1", "--json").json()["playbook"] == "employee-post"


def test_a_write_prints_key_and_number_and_what_follows(declared: Run) -> None:
    lines = declared("--as", "Ada", "note", "INC-0001", "Seen").out.splitlines()
    assert lines[0] == "INC-0001 #3"
    assert lines[1].startswith("Next: ")


def test_an_incident_is_named_by_number_or_any_case(declared: Run) -> None:
    for named in ("1", "inc-1", "INC-0001"):
        assert declared("--as", "Ada", "note", named, "Seen").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("note", "INC-0009", "x"), 1, "no incident 'INC-0009'"),
        (("notte", "INC-0001", "x"), 2, "Did you mean 'note'?"),
        (("note", "INC-0001"), 2, "Missing argument"),
        (("note", "INC-0001", " "), 1, "The note is empty."),
        (("done", "INC-0001", "captur"), 1, "asks for: link, captured at"),
        (("done", "INC-0001", "pause-post"), 1, "asks for:"),
        (("done", "INC-0001", "nonsense"), 1, "has no step 'nonsense'"),
        (("done", "INC-0001", "capture", "--record", "lnk=x"), 1, "Did you mean 'link'?"),
        (("done", "INC-0001", "capture", "--record", "link"), 2, "name=value"),
        (("skip", "INC-0001", "capture"), 1, "Why is"),
        (("decide", "INC-0001", "holding-line", "Perhaps", "--because", "x"), 1, "is not one of the options"),
        (("fact", "INC-0001", "partner=yes"), 1, "Did you mean 'partner-involved'?"),
        (("severity", "INC-0001", "sev9"), 1, "Levels are: sev1"),
        (("severity", "INC-0001", "sev4"), 1, "The facts speak for sev2"),
        (("role", "take", "INC-0001", "comms"), 1, "has no role 'comms'"),
        (("correct", "INC-0001", "99", "x", "--because", "y"), 1, "has no entry #99"),
        (("promise", "INC-0001", "2020-01-01 10:00", "x"), 1, "has passed"),
        (("promise", "INC-0001", "soon", "x"), 2, "is not a time"),
        (("note", "INC-0001", "x", "--occurred", "in 5 minutes"), 1, "still to come"),
        (("attach", "INC-0001", "missing.png"), 1, "There is no file"),
        (("export", "INC-0001", "--to", "summary.odt"), 2, "which kind of file"),
        (("--for", "Dana", "note", "INC-0001", "x"), 2, "--by"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_on_standard_error(
    declared: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = declared("show", "1", "--json").json()["entries"]
    answer = declared("--as", "Ada", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in " ".join(answer.err.split())
    assert "Traceback" not in answer.err
    assert declared("show", "1", "--json").json()["entries"] == before


def test_only_lead_or_deputy_closes(declared: Run) -> None:
    answer = declared("--as", "Zoe", "close", "1", "--because", "done")
    assert answer.code == 1
    assert "Only the incident lead" in answer.err


def test_the_same_id_writes_nothing_twice(declared: Run) -> None:
    first = declared("--as", "Ada", "note", "1", "Once", "--id", "abc")
    second = declared("--as", "Ada", "note", "1", "Once", "--id", "abc")
    assert first.out.splitlines()[0] == "INC-0001 #3"
    assert second.code == 0
    assert second.out.startswith("INC-0001 #3 (was saved before")
    assert declared("show", "1", "--json").json()["entries"] == 3


def test_every_read_names_itself_first(declared: Run) -> None:
    reads = {
        "list": ("list",), "show": ("show", "1"), "next": ("next", "1"), "timeline": ("timeline", "1"),
        "brief": ("brief", "1"), "playbooks": ("playbook", "list"), "verify": ("verify",), "where": ("where",),
    }  # fmt: skip
    for thing, words in reads.items():
        read = declared(*words, "--json").json()
        assert next(iter(read.items())) == ("crisisdesk", f"{thing}/1")


def test_the_json_has_the_promised_keys(declared: Run) -> None:
    entry = declared("timeline", "1", "--json").json()["entries"][0]
    assert set(entry) >= ENTRY_KEYS
    step = declared("next", "1", "--json").json()["steps"][0]
    assert set(step) >= STEP_KEYS
    row = declared("list", "--json").json()["incidents"][0]
    assert set(row) >= LIST_KEYS
    assert {"name", "title", "problems"} <= set(declared("playbook", "list", "--json").json()["playbooks"][0])


def test_hostile_text_comes_back_byte_for_byte_and_shows_harmless(declared: Run) -> None:
    declared("--as", "Ada", "note", "1", HOSTILE)
    items = declared("timeline", "1", "--json").json()["entries"]
    assert items[-1]["text"] == HOSTILE
    plain = declared("timeline", "1").out
    assert "\x1b" not in plain
    assert "\u202e" not in plain
    assert "[/b] [€]" in plain


def test_a_hundred_kilobytes_of_pasted_text(declared: Run) -> None:
    text = "word " * 20_000
    assert declared("--as", "Ada", "note", "1", "-", stdin=text).code == 0
    assert declared("timeline", "1", "--json").json()["entries"][-1]["text"] == text


def test_a_relayed_note_says_whose_and_how(declared: Run) -> None:
    declared("--as", "Ada", "--for", "Dana Weiss", "--by", "phone", "note", "1", "HR agrees")
    header = declared("timeline", "1", "--json").json()["entries"][-1]["header"]
    assert (header["author"], header["on_behalf_of"], header["relayed_by"]) == ("Ada", "Dana Weiss", "phone")


def test_without_a_name_it_is_the_login_marked_so(crisisdesk: Run) -> None:
    crisisdesk("declare", "A post", "-p", "employee-post")
    assert crisisdesk("timeline", "1", "--json").json()["entries"][0]["header"]["author_from"] == "login"


def test_a_drill_is_marked_everywhere(crisisdesk: Run, tmp_path: Path) -> None:
    assert crisisdesk("--as", "Ada", "declare", "A post", "-p", "employee-post", "--drill").out.startswith(
        "DRILL-0001\n"
    )
    for words in (("show", "DRILL-0001"), ("timeline", "DRILL-0001")):
        assert "DRILL" in crisisdesk(*words).out.splitlines()[0]
    for ending in ("md", "json", "csv"):
        assert crisisdesk("export", "DRILL-0001", "--to", str(tmp_path / f"out.{ending}")).code == 0
        assert "DRILL" in (tmp_path / f"out.{ending}").read_text(encoding="utf-8-sig")


def test_export_does_not_replace_a_file_unasked(declared: Run, tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    target.write_text("mine")
    answer = declared("export", "1", "--to", str(target))
    assert answer.code == 1
    assert target.read_text() == "mine"
    assert declared("export", "1", "--to", str(target), "--force").code == 0


def test_actions_can_be_read_without_us(declared: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        columns = [column[1] for column in db.execute("PRAGMA table_info(actions)")]
        rows = db.execute("SELECT * FROM actions").fetchall()
    assert {"owner_role", "owner", "state", "due"} <= set(columns)
    assert len(rows) > 10


def test_verify_names_a_changed_entry(declared: Run, tmp_path: Path) -> None:
    declared("--as", "Ada", "note", "1", "Seen")
    head = declared("verify", "1", "--json").json()["heads"]["INC-0001"]
    assert declared("verify", "--head", head).code == 0
    assert declared("verify", "--head", "0" * 64).code == 1
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        triggers = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE entries SET author = 'Eve' WHERE kind = 'note-logged'")
    answer = declared("verify")
    assert answer.code == 1
    assert "#3" in answer.out
    assert declared("--as", "Ada", "note", "1", "More").code == 1


def test_verify_names_a_read_model_row_that_differs(declared: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as db:
        db.execute("UPDATE steps SET owner = 'Eve' WHERE id = 'size-it'")
    answer = declared("verify")
    assert answer.code == 1
    assert "size-it in 'steps' differs from the log" in answer.out


def test_init_copies_and_never_overwrites(crisisdesk: Run, tmp_path: Path) -> None:
    own = tmp_path / "mine" / "playbooks"
    assert crisisdesk("init", str(own)).code == 0
    (own / "policy.yaml").write_text("mine")
    assert "stay as they are" in crisisdesk("init", str(own)).out
    assert (own / "policy.yaml").read_text() == "mine"


def test_broken_playbooks_are_named_with_their_place(crisisdesk: Run, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    crisisdesk("init", str(own))
    file = own / "employee-post.yaml"
    file.write_text(file.read_text().replace("who: social-lead", "woh: social-lead", 1))
    answer = crisisdesk("--playbooks", str(own), "playbook", "check")
    assert answer.code == 1
    assert "employee-post.yaml:" in answer.out
    assert "who" in answer.out
    refused = crisisdesk("--playbooks", str(own), "declare", "A post", "-p", "employee-post")
    assert (refused.code, "has problems" in refused.err) == (1, True)


def test_a_missing_policy_is_a_sentence(crisisdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = crisisdesk("--playbooks", str(tmp_path / "empty"), "declare", "A post")
    assert (answer.code, "Traceback" in answer.err) == (1, False)
    assert "policy" in answer.err


def test_a_file_that_is_not_a_desk_is_left_alone(crisisdesk: Run, tmp_path: Path) -> None:
    stranger = tmp_path / "other.db"
    stranger.write_text("not a database at all, and somebody's only copy")
    answer = crisisdesk("--db", str(stranger), "list")
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert stranger.read_text() == "not a database at all, and somebody's only copy"


def test_the_desk_without_a_terminal_says_what_to_use(crisisdesk: Run) -> None:
    answer = crisisdesk()
    assert answer.code == 2
    assert "crisisdesk --help" in answer.err


def test_where_tells_the_file_to_back_up(crisisdesk: Run, tmp_path: Path) -> None:
    assert json.loads(crisisdesk("where", "--json").out)["database"] == str(tmp_path / "desk" / "desk.db")


def test_a_file_everybody_can_open_is_warned_of(declared: Run, tmp_path: Path) -> None:
    (tmp_path / "desk" / "desk.db").chmod(0o666)
    answer = declared("where")
    assert answer.code == 0
    assert "Make it private" in answer.err
