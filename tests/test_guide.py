"""The guide: its pictures are there, its keys are the registry's, its words those of the desk."""

import re
import tomllib
from pathlib import Path

from crisisdesk.ui.command import name_of
from crisisdesk.ui.commands import COMMANDS
from crisisdesk.ui.helping import TERMINAL
from crisisdesk.ui.preferences import Preferences
from tests.shots import GUIDE

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "guide.md").read_text("utf-8")
SETTINGS = {"name", "role", "playbooks", "db"}
BY_ENVIRONMENT = {"desktop"}
"""What the terminal itself says, and no settings file."""


def test_every_picture_named_is_there_and_is_made_by_the_script() -> None:
    for page in ("docs/guide.md", "README.md"):
        named = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", (ROOT / page).read_text("utf-8"))
        assert all(words and (ROOT / page).parent.joinpath(path).is_file() for words, path in named), named
    shown = re.findall(r"\(guide/([^)]+)\.svg\)", TEXT)
    assert shown == [one.name for one in GUIDE]
    assert {path.stem for path in (ROOT / "docs" / "guide").iterdir()} == set(shown)
    assert len(shown) == 10


def test_every_key_named_is_the_registrys() -> None:
    named = re.findall(r"`([^`\s]+)`\s+\(([A-Z][^)]*)\)", TEXT)
    known = {(name_of(command), command.title) for command in COMMANDS}
    assert set(named) <= known, set(named) - known
    assert len(set(named)) > 25


def test_the_page_about_terminals_says_what_the_desk_says() -> None:
    flat = " ".join(TEXT.split())
    for label, text in TERMINAL.items():
        assert " ".join(f"**{label}.** {text}".split()) in flat, label


def test_the_settings_are_all_there_and_can_be_read() -> None:
    sample = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert sample
    assert set(tomllib.loads(sample[1])) == SETTINGS | set(Preferences._fields) - BY_ENVIRONMENT
