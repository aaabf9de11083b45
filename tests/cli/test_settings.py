"""The settings file: written at once, and nothing that stands in it is lost."""

import sys
import tomllib
from pathlib import Path

import pytest

from crisisdesk.cli.settings import full_name, save_settings, usual_role

HARD = 'Ada "Ada" O\\koro \x7f \U0001f44d é'


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of one's own, in a folder that is not there yet."""
    place = tmp_path / "new" / "config.toml"
    monkeypatch.setenv("CRISISDESK_CONFIG", str(place))
    return place


def test_a_new_file_holds_what_was_said(path: Path) -> None:
    assert save_settings({"name": HARD, "role": "legal"}) == ""
    assert tomllib.loads(path.read_text("utf-8")) == {"name": HARD, "role": "legal"}
    assert usual_role() == "legal"
    assert [one.name for one in path.parent.iterdir()] == ["config.toml"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


def test_what_stands_there_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('# mine\nname = "Old"\ndb = "/x"  # here\n\n[keymap]\nname = "q"\ndone = "f"')
    assert save_settings({"name": "New", "role": "legal"}) == ""
    text = path.read_text()
    assert "# mine" in text
    assert "# here" in text
    assert tomllib.loads(text) == {
        "name": "New",
        "db": "/x",
        "role": "legal",
        "keymap": {"name": "q", "done": "f"},
    }


@pytest.mark.parametrize("content", [b"name = ", b'name = """a\n[b]\n"""\n', b"\xff"])
def test_what_cannot_be_read_is_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert "could not be written" in save_settings({"name": "New"})
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_written_is_a_sentence(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    assert save_settings({"name": "New"}).startswith("Your answers could not be written to ")


def test_somebody_always_has_a_name() -> None:
    assert full_name()
