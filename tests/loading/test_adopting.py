"""Adopting writes one value of one line; every other byte of the file stays, or nothing is written at all."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisisdesk.domain.adoption import names_in
from crisisdesk.domain.decide import Refused
from crisisdesk.loading import adopt, load_library, places, shipped_folder
from crisisdesk.loading.adopting import _write, with_adopted
from crisisdesk.loading.events import Fields, read_yaml
from crisisdesk.loading.reading import line
from tests.loading.conftest import PLAYBOOK

VALUE = "2026-11-23 by Jo Example, Sam Example"
BOM = b"\xef\xbb\xbf"


def adopted(source: bytes) -> str:
    """What a file says of its adoption."""
    root = read_yaml(source, "x").root
    assert isinstance(root, Fields)
    return line(root, "adopted")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", BOM])
def test_only_the_value_changes_whatever_ends_the_lines(ending: str, bom: bytes) -> None:
    source = bom + PLAYBOOK.replace("\n", ending).encode()
    old, new = (
        b"adopted: not yet                    # a date",
        f"adopted: {VALUE}                    # a date".encode(),
    )
    assert with_adopted(source, VALUE) == source.replace(old, new, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("adopted: not yet", f"adopted: {VALUE}"),
        ('adopted:   "not yet"  # soon', f"adopted:   {VALUE}  # soon"),
        ("adopted: 'not yet'", f"adopted: {VALUE}"),
        ('"adopted" : 2025-01-01 by A', f'"adopted" : {VALUE}'),
        ("x: é😀\nadopted: not yet  \t", f"x: é😀\nadopted: {VALUE}  \t"),
        ("steps:\n  - adopted: not yet\nadopted: not yet", f"steps:\n  - adopted: not yet\nadopted: {VALUE}"),
        ("a: {adopted: no}\nb: adopted\nadopted: not yet", f"a: {{adopted: no}}\nb: adopted\nadopted: {VALUE}"),
        ("how: |\n  adopted: not yet\nadopted: not yet\n\n", f"how: |\n  adopted: not yet\nadopted: {VALUE}\n\n"),
    ],
)  # fmt: skip
def test_the_files_own_line_is_found(before: str, after: str) -> None:
    assert with_adopted(before.encode(), VALUE) == after.encode()


@pytest.mark.parametrize(
    "source",
    [b"title: x\n", b"adopted:\n", b"adopted: >\n  not yet\n", b"adopted: not\n  yet\n", b"adopted: [a]\n", b"- adopted\n- x\n", b"\xff", b"a: 'x", b""],
)  # fmt: skip
def test_an_unusual_line_is_refused_with_what_to_write(source: bytes) -> None:
    refused = with_adopted(source, VALUE)
    assert isinstance(refused, Refused)
    assert refused.remedy


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_reason_is_one_comment_line_above(ending: str) -> None:
    source = PLAYBOOK.replace("\n", ending).encode()
    content = with_adopted(source, VALUE, "Board said:\nadopted: tonight # \u202e\x1b[2J")
    assert isinstance(content, bytes)
    note = f"# Board said: adopted: tonight # ⟨202E⟩⟨1B⟩[2J{ending}".encode()
    assert content.count(note) == 1
    plain = with_adopted(source, VALUE)
    assert content.replace(note, b"") == plain
    assert content.index(note) + len(note) == content.index(b"adopted: 2026")


NAMES = st.text(st.sampled_from("Aé:#'\"\\{}[]&*!|>%@`-?, \u00a0\u200d\U0001f600"), max_size=20) | st.text(
    max_size=20
)


@settings(max_examples=400, deadline=None)
@given(typed=NAMES, because=NAMES)
def test_odd_names_are_written_as_they_are_or_refused(typed: str, because: str) -> None:
    """Colons, quotes, hashes, anything: what is read back is what was meant, and the rest of the file is the same."""
    names = names_in(typed)
    if names is None:
        return
    value = f"2026-11-23 by {', '.join(names)}".strip()
    content = with_adopted(PLAYBOOK.encode(), value, because)
    if isinstance(content, Refused):
        return
    assert adopted(content) == value
    assert read_yaml(content, "x").problems == []
    rest = [row for row in content.decode().split("\n") if not row.startswith(("adopted:", "# "))]
    assert rest == [row for row in PLAYBOOK.split("\n") if not row.startswith(("adopted:", "# "))]


@pytest.mark.parametrize(
    "name", ["Sam: legal", 'Jo "J" Example', "O'Neill", "Jo #1", "\\n", "{{x}}", "Jo:", "李 四", "[x"]
)
def test_usual_odd_names_are_written(name: str) -> None:
    content = with_adopted(PLAYBOOK.encode(), f"2026-11-23 by {name}")
    assert isinstance(content, bytes)
    assert adopted(content) == f"2026-11-23 by {name}"


def test_a_file_in_a_folder_is_adopted_and_keeps_its_mode(folder: Path) -> None:
    file = folder / "takeover.yaml"
    file.chmod(0o640)
    assert adopt(file, VALUE) is None
    assert load_library(folder).playbooks["takeover"].value.adopted == VALUE
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_shipped_file_is_refused_also_through_a_link(tmp_path: Path) -> None:
    file = shipped_folder() / "policy.yaml"
    before = file.read_bytes()
    linked = tmp_path / "linked"
    linked.symlink_to(shipped_folder(), target_is_directory=True)
    (tmp_path / "policy.yaml").symlink_to(file)
    for path in (file, linked / "policy.yaml", tmp_path / "policy.yaml"):
        refused = adopt(path, VALUE)
        assert refused
        assert "init DIR" in refused.remedy
    assert file.read_bytes() == before


def test_a_link_out_of_the_folder_is_refused_and_one_within_it_followed(folder: Path) -> None:
    own, outside = folder / "own", folder / "outside.yaml"
    own.mkdir()
    outside.write_text(PLAYBOOK)
    (own / "real.yaml").write_text(PLAYBOOK)
    (own / "out.yaml").symlink_to(outside)
    (own / "within.yaml").symlink_to("real.yaml")
    refused = adopt(own / "out.yaml", VALUE)
    assert refused
    assert "outside its folder" in refused.sentence
    assert outside.read_text() == PLAYBOOK
    assert adopt(own / "within.yaml", VALUE) is None
    assert (own / "within.yaml").is_symlink()
    assert adopted((own / "real.yaml").read_bytes()) == VALUE


def test_a_read_only_file_is_refused(folder: Path) -> None:
    file = folder / "takeover.yaml"
    file.chmod(0o444)
    refused = adopt(file, VALUE)
    assert refused
    assert "read-only" in refused.sentence
    assert file.read_text() == PLAYBOOK


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_disk_that_takes_nothing_leaves_the_file_as_it_is(folder: Path) -> None:
    """A limit on the size of files stops the administrator, too."""
    import resource

    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            adopt(folder / "takeover.yaml", VALUE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (folder / "takeover.yaml").read_text() == PLAYBOOK
    assert not list(folder.glob(".*"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_cannot_be_written_leaves_the_file_as_it_is(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        with pytest.raises(OSError, match="denied"):
            adopt(folder / "takeover.yaml", VALUE)
    finally:
        folder.chmod(0o755)
    assert (folder / "takeover.yaml").read_text() == PLAYBOOK


def test_what_is_no_file_is_refused(folder: Path) -> None:
    (folder / "dir.yaml").mkdir()
    for name in ("missing.yaml", "dir.yaml"):
        assert adopt(folder / name, VALUE)


def test_a_place_is_the_line_as_far_as_the_names_are_there(folder: Path) -> None:
    place = places(folder / "policy.yaml")
    rows = (folder / "policy.yaml").read_text().split("\n")
    named = [int(place(names).rpartition(":")[2]) for names in (("organisation",), ("clocks", "gdpr-33", "checked-on"), ("clocks", "gdpr-34", "checked-on"))]  # fmt: skip
    assert [rows[number - 1].strip().partition(":")[0] for number in named] == [
        "organisation",
        "checked-on",
        "gdpr-34",
    ]
    assert place(()) == str(folder / "policy.yaml")
    assert places(folder / "none.yaml")(("x",)) == str(folder / "none.yaml")


def test_what_somebody_else_saved_meanwhile_is_not_written_over(folder: Path) -> None:
    file = folder / "takeover.yaml"
    refused = _write(file, b"what it said when the questions were asked", b"new")
    assert refused
    assert "just changed" in refused.sentence
    assert file.read_text() == PLAYBOOK
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
