"""Statements by one-line commands, in real processes: from the playbook's words to what went out."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

ADA = ("--as", "Ada")


def by_phone(name: str) -> tuple[str, ...]:
    """Fay types what somebody says on the phone; she wrote none of it."""
    return ("--as", "Fay", "--for", name, "--by", "phone")


@pytest.fixture
def staffed(declared: Run) -> Run:
    """INC-0001 with legal and HR, and the next update promised."""
    for role, person in (("legal", "Carla Mendes"), ("hr", "Dana Weiss"), ("incident-lead", "Eli Novak")):
        assert declared(*ADA, "role", "take", "1", role, person).code == 0
    assert declared(*ADA, "promise", "1", "in 40 minutes", "More then").code == 0
    return declared


def newest(run: Run) -> dict[str, Any]:
    """The statement as it stands."""
    found = run("statement", "show", "1", "--json").json()["statements"]
    assert len(found) == 1
    return dict(found[0])


def test_the_playbooks_words_are_drafted_approved_and_published(staffed: Run, tmp_path: Path) -> None:
    assert staffed(*ADA, "statement", "draft", "1", "values", "--channel", "x").code == 0
    one = newest(staffed)
    assert "Example Organisation" in one["text"]
    assert (one["state"], one["holes"], one["length"] <= 280) == ("draft", [], True)
    assert staffed(*ADA, "statement", "submit", "1", "values").code == 0
    name = ("1", "values", "--channel", "x", "--version", one["hash"][:8])
    refused = staffed(*ADA, "statement", "publish", *name)
    assert (refused.code, "is not approved by" in refused.err) == (1, True)
    for person in ("Carla Mendes", "Dana Weiss", "Eli Novak"):
        assert (
            staffed(
                *by_phone(person), "statement", "approve", "1", "values", "--version", one["hash"][:8]
            ).code
            == 0
        )
    early = staffed(*ADA, "statement", "publish", *name)
    assert (early.code, "goes out after" in early.err) == (1, True), (
        "partners are told before any public word"
    )
    for step in ("choose-line", "phone-partners"):
        assert staffed(*ADA, "skip", "1", step, "--because", "nobody to call").code == 0
    (tmp_path / "out.txt").write_text(one["text"], encoding="utf-8")
    out = staffed(
        *ADA,
        "statement",
        "publish",
        *name,
        "--link",
        "https://x.example/1",
        "--text-file",
        str(tmp_path / "out.txt"),
    )
    assert out.code == 0, out.err
    assert newest(staffed)["state"] == "published"
    exported = staffed("export", "1", "--to", "-").out
    assert one["hash"] in exported
    assert "relayed" in exported
    assert staffed("verify").code == 0


def test_an_edit_voids_and_other_words_are_not_these(staffed: Run, tmp_path: Path) -> None:
    words = tmp_path / "w.txt"
    words.write_text("We know.", encoding="utf-8")
    assert (
        staffed(*ADA, "statement", "draft", "1", "holding", "--channel", "x", "--text-file", str(words)).code
        == 0
    )
    first = newest(staffed)["hash"][:8]
    words.write_text("We know now. It is safe.", encoding="utf-8")
    edited = staffed(*ADA, "statement", "edit", "1", "holding", "--text-file", str(words))
    assert (edited.code, "'safe' is not used lightly" in edited.err) == (0, True)
    stale = staffed(*by_phone("Carla Mendes"), "statement", "approve", "1", "holding", "--version", first)
    assert (stale.code, "is not the newest version" in stale.err) == (1, True)
    words.write_text("Other.", encoding="utf-8")
    version = newest(staffed)["hash"][:8]
    other = staffed(
        *ADA, "statement", "publish", "1", "holding", "--version", version, "--text-file", str(words)
    )
    assert (other.code, "These are not the words" in other.err) == (1, True)
    told = staffed(
        *ADA,
        "statement",
        "publish",
        "1",
        "holding",
        "--version",
        version,
        "--already",
        "--because",
        "it was out",
    )
    assert told.code == 0
    assert "not approved" in newest(staffed)["deviation"]


def test_blanks_are_asked_for_and_an_unknown_channel_is_told(staffed: Run) -> None:
    refused = staffed(*ADA, "statement", "draft", "1", "holding", "--channel", "xx")
    assert (refused.code, "The policy has no channel" in refused.err) == (1, True)
    assert staffed(*ADA, "statement", "draft", "1", "nothing", "--channel", "x").code == 1
    assert "The playbook prepares: holding, values, staff-line" in staffed("statement", "show", "1").out


def test_the_exact_text_is_handed_out_in_a_file(staffed: Run, tmp_path: Path) -> None:
    words = "Zeile eins\n  \u201eZeile zwei\u201c \U0001f642"
    (tmp_path / "w.txt").write_text(words, encoding="utf-8")
    for place in ("x", "linkedin"):
        draft = (
            "statement",
            "draft",
            "1",
            "holding",
            "--channel",
            place,
            "--text-file",
            str(tmp_path / "w.txt"),
        )
        assert staffed(*ADA, *draft).code == 0
    assert "Which text" in staffed("statement", "show", "1", "holding", "--to", str(tmp_path / "out.txt")).err
    out = ("statement", "show", "1", "holding", "--channel", "x", "--to", str(tmp_path / "out.txt"))
    told = staffed(*out)
    assert (told.code, "draft. The desk posts nothing." in told.out) == (0, True), told.err
    assert (tmp_path / "out.txt").read_bytes() == words.encode()
    assert staffed(*out).code == 1
