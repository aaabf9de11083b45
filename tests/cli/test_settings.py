"""The settings file: written at once, and nothing that stands in it is lost."""

import sys
import tomllib
from pathlib import Path

import pytest

from crisisdesk.cli.opening import first_run
from crisisdesk.cli.session import Session
from crisisdesk.cli.settings import full_name, read_settings, save_settings, usual_role
from crisisdesk.ui.beginning import Answers

HARD = 'Ada "Ada" O\\koro \x7f \U0001f44d é'


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of one's own, in a folder that is not there yet."""
    place = tmp_path / "new" / "config.toml"
    monkeypatch.setenv("CRISISDESK_CONFIG", str(place))
    for name in ("CRISISDESK_NAME", "CRISISDESK_DB", "CRISISDESK_PLAYBOOKS"):
        monkeypatch.delenv(name, raising=False)
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


def session(desk: Path, name: str = "", playbooks: str = "") -> Session:
    """A run of the desk at a file, by somebody who gave a name, or not."""
    return Session(read_settings(str(desk), playbooks, name, "", ""))


def test_only_a_new_desk_of_somebody_unnamed_asks(path: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    assert first_run(session(desk)) is not None
    assert first_run(session(desk, name="Ada Okoro")) is None
    desk.write_bytes(b"")
    assert first_run(session(desk)) is None
    desk.unlink()
    path.parent.mkdir()
    path.write_text("")
    assert first_run(session(desk)) is None


def test_the_answers_count_at_once_and_the_next_time(path: Path, tmp_path: Path) -> None:
    one = session(tmp_path / "desk.db", playbooks=str(tmp_path))
    first = first_run(one)
    assert first is not None
    assert first.default.playbooks == str(tmp_path)
    assert first.save(Answers("Ada Okoro", "legal", str(tmp_path))) == ""
    assert one.speaker.author == "Ada Okoro"
    assert one.speaker.author_from == "named"
    said = tomllib.loads(path.read_text())
    assert said == {"name": "Ada Okoro", "role": "legal"}, "the folder was a flag's, and stays one"
    other = tmp_path / "own"
    assert first.save(Answers("Ada Okoro", "", str(other))) == ""
    assert one.settings.playbooks == other
    assert tomllib.loads(path.read_text())["playbooks"] == str(other)


def test_answers_that_cannot_be_kept_count_all_the_same(path: Path, tmp_path: Path) -> None:
    one = session(tmp_path / "desk.db")
    first = first_run(one)
    assert first is not None
    path.parent.write_text("a file where the folder should be")
    assert first.save(Answers("Ada Okoro")).startswith("Your answers could not be written")
    assert one.speaker.author == "Ada Okoro"
