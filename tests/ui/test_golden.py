"""Each state of the desk looks as its golden picture says, and says the same without colours."""

import difflib
import re
from pathlib import Path

import pytest

from tests.ui.golden import FOLDER, STATES, State, desks, drawn

OWN = "c5c8c6"
"""The picture's own colour for a terminal's default; no shade of the desk."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The night, played once."""
    return desks(tmp_path_factory.mktemp("night"))


def same(state: State, text: str) -> None:
    """Compare with the golden picture; the difference is the message."""
    golden = (FOLDER / f"{state.name}.txt").read_text("utf-8")
    changed = "\n".join(
        difflib.unified_diff(golden.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1)
    )
    assert text == golden, f"{changed}\n\nIf it is meant so: python -m tests.ui.write_golden"


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
async def test_it_looks_as_the_golden_picture_says(state: State, found: dict[int, Path]) -> None:
    text, _ = await drawn(state, found)
    same(state, text)


@pytest.mark.parametrize("name", ["runbook-late", "drill"])
async def test_without_colours_every_word_is_still_there(
    name: str, found: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = next(one for one in STATES if one.name == name)
    monkeypatch.setenv("NO_COLOR", "1")
    text, svg = await drawn(state, found)
    same(state, text)
    shades = set(re.findall(r"-r\d+ \{ fill: #(\w{6})", svg)) - {OWN}
    assert len(shades) > 1
    assert all(shade[:2] == shade[2:4] == shade[4:] for shade in shades), shades


def test_no_golden_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {state.name for state in STATES}
