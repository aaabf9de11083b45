"""Writing a file: whole or not at all, never over another one unasked, never through a link."""

import os
from pathlib import Path

import pytest

from crisisdesk.reports import NotWritten, write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_privately(tmp_path: Path) -> None:
    write(tmp_path / "summary.md", b"words")
    assert (tmp_path / "summary.md").read_bytes() == b"words"
    assert names(tmp_path) == ["summary.md"]
    if os.name == "posix":
        assert (tmp_path / "summary.md").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_bytes(b"old")
    with pytest.raises(NotWritten, match="is there already") as refused:
        write(path, b"new")
    assert "--force" in refused.value.remedy
    assert path.read_bytes() == b"old"
    write(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["summary.md"]


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_neither_followed_nor_replaced(tmp_path: Path, force: bool) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"old")
    (tmp_path / "link.md").symlink_to(target)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "nothing")
    for name in ("link.md", "dangling.md"):
        with pytest.raises(NotWritten, match="is a link"):
            write(tmp_path / name, b"new", force=force)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["dangling.md", "link.md", "target"]


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary.md"
    real = os.link

    def late(source: object, target: object) -> None:
        path.write_bytes(b"somebody else's")
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(NotWritten, match="is there already"):
        write(path, b"new")
    assert path.read_bytes() == b"somebody else's"
    assert names(tmp_path) == ["summary.md"]


def test_without_hard_links_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(source: object, target: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    write(tmp_path / "summary.md", b"words")
    assert (tmp_path / "summary.md").read_bytes() == b"words"
    assert names(tmp_path) == ["summary.md"]


@pytest.mark.parametrize("name", ["", "missing/summary.md", "folder", "nul\0.md", "x" * 300 + ".md"])
def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotWritten) as refused:
        write(tmp_path / name, b"words", force=True)
    assert refused.value.sentence.endswith(".")
    assert refused.value.remedy
    assert names(tmp_path) == ["folder"]
