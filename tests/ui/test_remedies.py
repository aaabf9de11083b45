"""What a refusal advises on a screen: keys and fields, never a command line."""

import re
from pathlib import Path

import pytest

from crisisdesk.domain.decide import Refused
from crisisdesk.ui.command import name_of
from crisisdesk.ui.commands import BY_ID
from crisisdesk.ui.remedies import _KEYS, for_screen

ROOT = Path(__file__).parents[2] / "crisisdesk"


@pytest.mark.parametrize(
    ("remedy", "said"),
    [
        ('Add the reason: --because "…"', "Add the reason."),
        ("Name one person: --owner NAME", "Name one person."),
        ("Add --by phone, or mail, or in person.", ""),
        (
            "Options are: Silence, Reactive. Or say another: --other WORDS",
            "Options are: Silence, Reactive.",
        ),
        ("See them with: crisisdesk timeline INC-0001", f"{name_of(BY_ID['timeline'])} does it: Timeline."),
        (
            "Draft it: crisisdesk statement draft INC-0001 x --channel x; then submit.",
            f"{name_of(BY_ID['statements'])} does it: Statements.",
        ),
        ("Find out why: crisisdesk verify", ""),
        ("Write it in one line.", "Write it in one line."),
        ("", ""),
    ],
)
def test_a_key_instead_of_a_command(remedy: str, said: str) -> None:
    assert for_screen(Refused("No.", remedy)) == Refused("No.", said)


def test_every_key_is_a_command_of_the_screen() -> None:
    assert set(_KEYS.values()) <= set(BY_ID)


def test_no_remedy_of_the_rules_keeps_a_command_line() -> None:
    """Every text of the rules that names a command or a flag comes out without it."""
    texts = [
        text
        for path in (ROOT / "domain" / "decide").glob("*.py")
        for text in re.findall(
            r"""f?["']([A-Z][^"'\n]*(?:--|crisisdesk )[^"'\n]*)""", path.read_text("utf-8")
        )
    ]
    assert len(texts) > 20
    for text in texts:
        left = for_screen(Refused("No.", text)).remedy
        assert "--" not in left, text
        assert "crisisdesk " not in left, text
