"""How the screen looks, from the settings file: read, checked, and every mistake a sentence that says what is allowed."""

from pathlib import Path

import pytest

from crisisdesk.cli.preferences import read_preferences
from crisisdesk.ui.preferences import DEFAULT


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of one's own, and an environment that says nothing."""
    place = tmp_path / "config.toml"
    monkeypatch.setenv("CRISISDESK_CONFIG", str(place))
    for name in (
        "CRISISDESK_THEME",
        "CRISISDESK_ASCII",
        "TERM_PROGRAM",
        "TERM",
        "KITTY_WINDOW_ID",
        "VTE_VERSION",
        "WEZTERM_PANE",
        "ConEmuPID",
    ):
        monkeypatch.delenv(name, raising=False)
    return place


def test_without_a_file_everything_has_its_default() -> None:
    assert read_preferences() == DEFAULT


def test_every_preference_is_read(settings: Path) -> None:
    settings.write_text(
        'theme = "light"\nascii = true\nsound = false\nnotify = false\n[keymap]\nnote = "f4"\n'
    )
    found = read_preferences()
    assert (found.theme, found.ascii, found.sound, found.notify) == ("light", True, False, False)
    assert found.keymap == {"note": "f4"}


def test_the_environment_comes_first(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write_text('theme = "light"\nascii = true\n')
    monkeypatch.setenv("CRISISDESK_THEME", "high-contrast")
    monkeypatch.setenv("CRISISDESK_ASCII", "0")
    found = read_preferences()
    assert (found.theme, found.ascii) == ("high-contrast", False)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('theme = "night"', "'night' is not a theme. There are: dark, light, high-contrast."),
        ('sound = "no"', "is true or false, without quotes, not 'no'."),
        ('keymap = "d"', "is a part of its own: [keymap]"),
        ('[keymap]\nnotes = "n"', "there is no command 'notes'. Did you mean 'note'?"),
        ('[keymap]\nnote = "t"', "'t' would be both 'note' and 'timeline'."),
        ('[keymap]\nnote = "ctrl+x"', "cannot be the key of 'note'. Take a letter, a digit, space, or f1 to f12."),
        ("[keymap]\nnote = 3", "cannot be the key of 'note'."),
    ],
)  # fmt: skip
def test_a_mistake_is_a_sentence_that_names_the_file(settings: Path, written: str, said: str) -> None:
    settings.write_text(written)
    with pytest.raises(ValueError, match=r"config\.toml") as wrong:
        read_preferences()
    assert said in str(wrong.value)


def test_two_commands_can_change_places(settings: Path) -> None:
    settings.write_text('[keymap]\nnote = "t"\ntimeline = "n"\n')
    assert read_preferences().keymap == {"note": "t", "timeline": "n"}
