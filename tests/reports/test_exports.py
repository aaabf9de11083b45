"""The exports: whole, true, and unable to do anything but be read."""

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crisisdesk.domain import entries as log
from crisisdesk.domain.summary import Summary, summarise
from crisisdesk.domain.text import shown
from crisisdesk.domain.timeline import build
from crisisdesk.reports import FORMATS, render, timeline_json
from crisisdesk.reports.as_csv import cell
from crisisdesk.reports.markdown_text import escaped, inline, quoted, table
from tests.reports.sample_night import EVENING, Log, whole_night
from tests.reports.write_golden import GOLDEN, golden

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "[/b]", "\x1b[31mred\x1b]0;title\x07", "abc\u202etxt.exe", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
    "a | b | c", "`code` ``` fence", "[link](http://evil.example)", "![i](http://evil.example/x.png)", "# head\n---\n- list",
    "\x00\x9b\ufeff", "\ud800 lone", "1. one\n2) two", "    code", "<http://evil.example>", "www.evil.example a@b.example",
    "&lt;b&gt; &#x3c;", "line\r\nbreak\rreturn", "\n\n\n=1+1", "one\\", "*a* _b_ ~~c~~ $x$ ^y^", "=\n=",
)  # fmt: skip


def summary_of(night: Log, minutes: float = 660) -> Summary:
    return summarise(night.entries, night.state(), EVENING + timedelta(minutes=minutes))


def hostile_night(text: str) -> Log:
    """A night in which every word, name and reason is the text."""
    night = Log()
    night.declare(text)
    name = text.replace("\0", "").encode("utf-8", "ignore").decode()
    w = night.write
    w(1, log.NoteLogged(), {"text": text, "source": text}, author=name, late_because=name, happened=-30)
    w(
        2,
        log.StepDone("capture", "comms-lead", name, {}, name),
        {"note": text, "record: link": text, "because": text},
    )
    w(3, log.StepSkipped("pause", "comms-lead", name), {"because": text}, author=name)
    w(4, log.PersonTold(reached=True), {"who": text, "how": text, "promised": text})
    w(
        5,
        log.DecisionMade("line", "incident-lead", name, "", "", {}),
        {"choice": text, "because": text, "unknown": text},
    )
    w(6, log.EvidenceAttached("", 0, "", ""), {"name": text, "link": text, "note": text})
    w(7, log.RoleTaken("legal", name), {"because": text}, on_behalf_of=name, relayed_by=name)
    w(8, log.UpdatePromised("2026-11-22T23:00:00.000Z", internal=False), {"text": text})
    w(9, log.StepAdded("added-1", "legal", name, "secure", "", {}), {"title": text, "because": text})
    w(10, log.EntryCorrected(2), {"text": text + " right", "because": text})
    return night


def test_the_golden_summary() -> None:
    assert golden().decode() == GOLDEN.read_text(encoding="utf-8")


def test_every_format_is_rendered_and_no_other() -> None:
    summary = summary_of(whole_night())
    for format_ in FORMATS:
        assert render(summary, format_)
    with pytest.raises(ValueError, match="There is no format 'doc'"):
        render(summary, "doc")


def test_an_export_is_the_same_bytes_every_time() -> None:
    for format_ in FORMATS:
        assert render(summary_of(whole_night()), format_) == render(summary_of(whole_night()), format_)


def test_an_interim_summary_and_a_drill_say_so_at_the_top() -> None:
    page = render(summary_of(whole_night(drill=True, closed=False)), "md").decode()
    assert page.startswith("# DRILL: Summary of DRILL-0001: ")
    assert "**DRILL. This was a rehearsal.**" in page
    assert "**Interim: DRILL-0001 is open. This is how it stood 2026-11-23 08:40 GMT.**" in page
    assert page.count("⏎ DRILL |") == 20
    told = json.loads(render(summary_of(whole_night(drill=True, closed=False)), "json"))
    assert told["drill"] is True
    assert told["interim"] is True


def test_a_playbook_nobody_adopted_is_a_sample() -> None:
    assert "sample, not adopted" in render(summary_of(whole_night()), "md").decode()
    night = whole_night()
    state = night.state()
    state = state._replace(playbook=state.playbook._replace(adopted="2026-10-01 by the board"))
    page = render(summarise(night.entries, state, EVENING), "md").decode()
    assert "sample" not in page


def test_what_was_not_recorded_is_not_zero() -> None:
    night = Log()
    night.declare()
    page = render(summary_of(night, 1), "md").decode()
    assert "| Detect | not recorded |" in page
    assert "| Contact reach | not recorded |" in page
    assert "(0 %)" not in page
    metrics = {m["name"]: m for m in json.loads(render(summary_of(night, 1), "json"))["metrics"]}
    assert metrics["Detect"]["value"] is None
    assert metrics["Detect"]["recorded"] is False


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_can_only_be_read(text: str) -> None:
    page = render(summary_of(hostile_night(text)), "md").decode("utf-8")
    assert not {char for char in page if (char < " " and char != "\n") or char in "\x9b\u202e\ufeff\u2066"}
    assert "<" not in page
    parser = MARKDOWN
    plain = parser.parse(render(summary_of(hostile_night("word")), "md").decode())
    blocks = [
        token.type for token in parser.parse(page) if token.type not in ("paragraph_open", "paragraph_close")
    ]
    expected = [token.type for token in plain if token.type not in ("paragraph_open", "paragraph_close")]
    assert [kind for kind in blocks if kind != "inline"] == [kind for kind in expected if kind != "inline"]
    inlines = {child.type for token in parser.parse(page) for child in token.children or ()}
    assert inlines <= {
        "text",
        "text_special",
        "softbreak",
        "hardbreak",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
    }


@given(st.text(max_size=60) | st.text("<>[]()`*_|\\\\!#-+=.1 \n\tahtp:/w@&;~", max_size=60))
def test_any_text_in_markdown_shows_as_it_was_written(text: str) -> None:
    for page in (f"x {inline(text)}", "\n".join(quoted(text)), "\n".join(table(("a",), [[inline(text)]]))):
        tokens = MARKDOWN.parse(page)
        children = [child for token in tokens for child in token.children or ()]
        assert {child.type for child in children} <= {"text", "text_special", "softbreak", "hardbreak"}
        if page.startswith("x "):
            seen = "".join(child.content for child in children)
            assert letters(seen) == letters("x" + shown(text))


def letters(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char != "⏎")


@given(st.text(max_size=40) | st.text("=+-@;\t\r\n \"'＝a", max_size=40))
def test_no_text_becomes_a_formula(text: str) -> None:
    safe = cell(text)
    assert safe[:1] not in set("=+-@＝＋－＠\t\r\n ")
    for part in re.split(r"[;\t\n]", safe)[1:]:
        assert part.lstrip(" \"'")[:1] not in set("=+-@") or "'" in part


def test_escaping_keeps_ordinary_words_readable() -> None:
    assert escaped("Nine shares, two partners (upset): 30 %.") == "Nine shares, two partners (upset): 30 %."


@pytest.mark.parametrize("text", HOSTILE)
def test_json_keeps_words_byte_for_byte_and_is_ascii(text: str) -> None:
    data = render(summary_of(hostile_night(text)), "json")
    assert data.isascii()
    assert not any(byte < 32 and byte != 10 for byte in data)
    told = json.loads(data)
    note = next(line for line in told["timeline"] if line["seq"] == 2)
    assert note["words"] == {"text": text, "source": text}
    assert note["original_text"] == text
    assert told["title"] == text


def test_the_log_in_json_recomputes_its_chain() -> None:
    told = json.loads(render(summary_of(whole_night()), "json"))
    assert told["crisisdesk"] == "summary/1"
    prev = "0" * 64
    for line in sorted(told["timeline"], key=lambda line: line["seq"]):
        body = json.dumps(line["words"], sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(b"crisisdesk body 1\n" + f"{line['salt']}\n{body}".encode()).hexdigest()
        assert digest == line["header"]["body_hash"]
        header = json.dumps(list(line["header"].values()), separators=(",", ":"))
        assert line["header"]["prev_hash"] == line["prev_hash"] == prev
        prev = hashlib.sha256(b"crisisdesk entry 1\n" + f"{prev}\n{header}".encode()).hexdigest()
        assert prev == line["hash"]
    assert prev == told["head"]


def test_timeline_json_has_the_columns_and_the_time_as_corrected() -> None:
    night = whole_night()
    lines = timeline_json(build(night.entries, night.state()), night.entries)
    wanted = (
        "seq", "id", "position", "recorded_at", "occurred_at", "author", "owner_role", "owner", "kind", "step", "text",
        "corrects", "data", "prev_hash", "hash",
    )  # fmt: skip
    assert set(wanted) <= set(lines[0])
    capture = next(line for line in lines if line["seq"] == 6)
    assert capture["occurred_at"] == "2026-11-22T21:46:00.000Z"
    assert capture["header"]["occurred_at"] == capture["original_occurred_at"] == "2026-11-22T21:48:00.000Z"
    assert json.loads(capture["data"]) == {"due": {}}


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@sum", "'@sum"), ("\t=1", "'\t'=1"), ("\r=1", "'\n'=1"),
        ("＝1", "'＝1"), ("＋1", "'＋1"), (" =1", "' =1"), ("\n=1", "'\n'=1"), ("\u00a0=1", "'\u00a0=1"), ("a;=1", "a;'=1"),
        ('a\n"=1', "a\n\"'=1"), ("plain", "plain"), ("2 + 2 = 4", "2 + 2 = 4"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, safe: str) -> None:
    assert cell(text) == safe


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_has_its_mark_one_row_an_entry_and_no_formula(text: str) -> None:
    night = hostile_night(text)
    data = render(summary_of(night), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(night.entries)
    assert not {
        char for row in rows for value in row.values() for char in value if char < " " and char not in "\n\t"
    }
    assert not any(value[:1] in "=+-@\t\r\n ＝＋－＠" for row in rows for value in row.values() if value)
    assert [row["hash"] for row in rows if row["seq"] == "11"] == [night.entries[10].hash]


def unpacked(data: bytes) -> bytes:
    """Return a file's bytes, those of a zip as they are inside it."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return b"\n".join(file.read(name) for name in file.namelist())


def test_a_very_long_text_is_whole_in_every_format() -> None:
    night = Log()
    night.declare()
    night.write(1, log.NoteLogged(), {"text": "x" * 100_000 + "\n" * 1000 + "end"})
    summary = summary_of(night)
    for format_ in ("docx", "html", "md", "json", "csv", "timesketch.csv", "timesketch.jsonl"):
        assert b"x" * 100_000 in unpacked(render(summary, format_))
    assert len(render(summary, "md").splitlines()) < 2000
