"""The review by commands: chosen, found, rated, asked for, signed; and copies that hold nothing their reader is not to see."""

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from crisisdesk.reports import FORMATS
from tests.cli.conftest import Run

SECRETS = {"personal": "PLANTED-personal", "hr": "PLANTED-hr", "privileged": "PLANTED-privileged"}
TOLD = {
    "internal": {"personal"},
    "executive": set[str](),
    "public": set[str](),
    "legal": {"personal", "hr", "privileged"},
}


@pytest.fixture
def closed(declared: Run) -> Run:
    """INC-0001, closed by Ada with everything left open."""
    assert declared("--as", "Ada", "close", "INC-0001", "--because", "Over").code == 0
    return declared


def test_a_review_is_written_signed_and_checked(closed: Run, tmp_path: Path) -> None:
    for words in (
        ("review", "moment", "INC-0001", "1"),
        ("review", "finding", "INC-0001", "went well", "We captured first", "--about", "#1,2"),
        ("review", "finding", "INC-0001", "contributed", "No stand-in was named"),
        ("review", "rate", "INC-0001", "speak", "s"),
        ("review", "paragraph", "INC-0001", "A post named us. Nobody was hurt."),
        ("follow-up", "add", "INC-0001", "Name stand-ins", "--owner", "Ben", "--due", "2031-01-02", "--verify", "A drill"),
    ):  # fmt: skip
        answer = closed("--as", "Ada", *words)
        assert answer.code == 0, answer.err
    document = tmp_path / "summary.docx"
    assert closed("--as", "Ada", "export", "INC-0001", "--to", str(document)).code == 0
    assert closed("review", "check", "INC-0001", str(document)).code == 1
    signed = closed(
        "--as", "Ada", "review", "sign", "INC-0001", str(document), "--role", "Head of communications"
    )
    assert signed.code == 0, signed.err
    found = closed("review", "check", "INC-0001", str(document))
    assert "Signed: version 1 by Ada, Head of communications" in found.out
    document.write_bytes(document.read_bytes() + b" ")
    assert "Nobody has signed these bytes" in closed("review", "check", "INC-0001", str(document)).err
    assert closed("--as", "Ada", "note", "INC-0001", "Later").code == 0
    told = closed("review", "show", "INC-0001").out
    assert "more was written since" in told
    assert "version 2" in told
    for phrase in (
        "We captured first",
        "No stand-in was named",
        "A post named us. Nobody was hurt.",
        "S: performed with some",
    ):
        assert phrase in " ".join(told.split())


def test_a_follow_up_lives_on_across_incidents(closed: Run) -> None:
    add = ("--as", "Ada", "follow-up", "add", "INC-0001")
    assert closed(*add, "Train", "--owner", "Ben", "--due", "2031-01-02").code == 0
    assert closed(*add, "Buy", "--owner", "Cem", "--due", "2030-01-02").code == 0
    rows = closed("follow-up", "list", "--json").json()["follow_ups"]
    assert [(row["what"], row["due_at"]) for row in rows] == [
        ("Buy", "2030-01-02T23:59:00.000Z"),
        ("Train", "2031-01-02T23:59:00.000Z"),
    ]
    seq = str(rows[0]["seq"])
    assert closed("--as", "Cem", "follow-up", "done", "INC-0001", seq).code == 0
    assert "Buy" not in closed("follow-up", "list").out
    assert "done" in closed("follow-up", "list", "INC-0001", "--all").out
    assert (
        "Why is"
        in closed(
            "--as", "Ben", "follow-up", "move", "INC-0001", str(rows[1]["seq"]), "--due", "2032-01-01"
        ).err
    )
    assert closed("verify").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("review", "moment", "INC-0001", "99"), "no entry #99"),
        (("review", "rate", "INC-0001", "nowhere", "P"), "There is no phase 'nowhere'"),
        (("review", "finding", "INC-0001", "lucky", "x", "--about", "one"), "not numbers of entries"),
        (("review", "sign", "INC-0001", "missing.docx", "--role", "Head"), "There is no document"),
        (("follow-up", "add", "INC-0001", "x"), "Who sees to it?"),
        (
            ("follow-up", "add", "INC-0001", "x", "--owner", "Ben", "--due", "2020-01-01"),
            "That day has passed already.",
        ),
        (("follow-up", "done", "INC-0001", "1"), "is not a follow-up"),
        (("export", "INC-0001", "--to", "-", "--audience", "aunt"), "There is no audience 'aunt'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(closed: Run, words: tuple[str, ...], said: str) -> None:
    answer = closed("--as", "Ada", *words)
    assert answer.code in (1, 2)
    assert said in answer.err
    assert "Traceback" not in answer.err


def bytes_inside(data: bytes) -> bytes:
    """Return a file's bytes, with what is inside it where it is a zip."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return data + b"".join(file.read(name) for name in file.namelist())


def pages(data: bytes) -> bytes:
    """Return the words of a PDF."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).encode()


@pytest.fixture
def planted(declared: Run, tmp_path: Path) -> Run:
    """INC-0001 with a secret under each sensitivity, in words, sources, reasons, evidence and corrections."""
    for level, secret in SECRETS.items():
        kept = ("--as", "Ada", "--for", "Zoe Quill", "--by", "phone")
        note = declared(
            *kept, "note", "INC-0001", f"{secret} a", "--source", f"{secret} b", "--sensitivity", level
        )
        seq = note.out.split("#")[1].split()[0]
        file = tmp_path / f"{secret}-file.txt"
        file.write_text(f"{secret} c")
        for words in (
            ("attach", "INC-0001", str(file), "--sensitivity", level),
            ("tell", "INC-0001", f"{secret} d", "--by", f"{secret} e", "--reached", "yes", "--sensitivity", level),
            ("correct", "INC-0001", seq, f"{secret} f", "--because", f"{secret} g"),
            ("add-step", "INC-0001", f"{secret} h", "--who", "comms-lead", "--sensitivity", level),
            ("claim", "add", "INC-0001", f"{secret} i", "--sensitivity", level),
            ("review", "finding", "INC-0001", "lucky", f"{secret} j", "--sensitivity", level),
            ("follow-up", "add", "INC-0001", f"{secret} k", "--owner", "Ben", "--due", "2031-01-01", "--sensitivity", level),
            ("enquiry", "add", "INC-0001", f"{secret} l", "--question", f"{secret} m", "--sensitivity", level),
        ):  # fmt: skip
            answer = declared("--as", "Ada", *words)
            assert answer.code == 0, (words, answer.err)
        later = declared("--as", "Ada", "note", "INC-0001", f"{secret} n").out.split("#")[1].split()[0]
        raised = declared("--as", "Ada", "sensitivity", "INC-0001", later, level, "--because", f"{secret} o")
        assert raised.code == 0, raised.err
    return declared


@pytest.mark.parametrize("audience", list(TOLD))
def test_no_exported_byte_holds_what_its_reader_is_not_to_see(
    planted: Run, tmp_path: Path, audience: str
) -> None:
    for format_ in FORMATS:
        file = tmp_path / f"copy.{format_}"
        answer = planted("--as", "Ada", "export", "INC-0001", "--to", str(file), "--audience", audience)
        if format_ == "ics" and "Nothing of INC-0001 has a date" in answer.err:
            continue
        if format_ in ("svg", "png") and "does not tell the timeline" in answer.err:
            assert audience == "public"
            assert not file.exists()
            continue
        assert answer.code == 0, answer.err
        data = file.read_bytes()
        data += pages(data) if format_ == "pdf" else bytes_inside(data)
        for level, secret in SECRETS.items():
            if level in TOLD[audience] and format_ in ("docx", "html", "md", "json", "csv"):
                assert secret.encode() in data, (format_, level)
            elif level not in TOLD[audience]:
                assert secret.encode() not in data, (format_, level)
        if audience in ("executive", "public"):
            assert b"Zoe Quill" not in data, format_
        if audience != "legal":
            assert "Left out:" in answer.out


def test_a_copy_says_how_much_was_left_out_and_that_a_tag_protects_nothing(planted: Run) -> None:
    told = planted("export", "INC-0001", "--to", "-", "--audience", "executive").out
    assert "Left out of this copy: " in told
    for why in ("HR matter", "legally privileged", "personal data"):
        assert why in told
    assert "It does not protect it" in told
    whole = planted("export", "INC-0001", "--to", "-", "--audience", "legal").out
    assert "Left out" not in whole
    assert "does not tell" not in whole
    public = planted("export", "INC-0001", "--to", "-", "--audience", "public").out
    assert "Parts this copy does not tell: facts, roles, steps, decisions," in public


def test_a_copy_is_of_the_same_incident(planted: Run) -> None:
    """What is told to everybody is told alike: the head, the counts, the times."""
    told = [
        planted("export", "INC-0001", "--to", "-", "--audience", name).out for name in ("legal", "public")
    ]
    heads = [text.split("the head:\n\n> ")[1].split("\n")[0] for text in told]
    assert heads[0] == heads[1]
