"""docs/log-format.md keeps its promise: the script in it checks an export, and sees every change."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crisisdesk.domain.entries import DESK_STREAM, Header
from crisisdesk.journal.sqlite import SqliteJournal
from tests.journal.making import ROOT, STREAM, chain, note

PAGE = (ROOT / "docs" / "log-format.md").read_text(encoding="utf-8")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "verify_log.py"
    path.write_text(code, encoding="utf-8")
    return path


@pytest.fixture
def exported(journal: SqliteJournal) -> list[dict[str, Any]]:
    entries = journal.append([*chain(3), *chain(2, DESK_STREAM)], [])
    head = journal.head(STREAM)
    hostile = {"text": "nul \0 lone \ud800 emoji 👩🏽\u200d🚒 \x1b[2J"}
    entries += journal.append([note(head, "h:1", hostile, author="Zoë \ud800\0")], [])
    return [
        entry.header._asdict() | {"hash": entry.hash, "salt": entry.salt, "words": dict(entry.words)}
        for entry in entries
    ]


def run(script: Path, exported: list[dict[str, Any]]) -> subprocess.CompletedProcess[str]:
    export = script.with_name("export.json")
    export.write_text(json.dumps(exported), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(script), str(export)], capture_output=True, text=True, check=False
    )


def test_a_good_export_prints_its_heads(
    script: Path, exported: list[dict[str, Any]], journal: SqliteJournal
) -> None:
    result = run(script, exported)
    assert result.stderr == ""
    heads = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines()}
    assert heads == {stream: [str(part) for part in journal.head(stream)] for stream in (STREAM, DESK_STREAM)}


@pytest.mark.parametrize("field", [*Header._fields, "hash", "salt", "words"])
def test_a_change_in_any_field_is_seen(script: Path, exported: list[dict[str, Any]], field: str) -> None:
    was = exported[1][field]
    exported[1][field] = (
        was + 1 if isinstance(was, int) else {"text": "other"} if field == "words" else was + "x"
    )
    assert run(script, exported).returncode == 1


def test_a_missing_entry_is_seen_and_words_may_be_left_out(
    script: Path, exported: list[dict[str, Any]]
) -> None:
    for entry in exported:
        del entry["words"]
    assert run(script, exported).returncode == 0
    del exported[1]
    assert "entry 2 was" in run(script, exported).stderr


def test_the_page_names_every_field_in_order() -> None:
    listed = re.search(r'FIELDS = """(.*?)"""', PAGE, re.DOTALL)
    assert listed
    assert tuple(listed[1].split()) == Header._fields
    table = re.findall(r"^\| (`.*?`) \|", PAGE, re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", " ".join(table))) == Header._fields


def test_the_script_is_about_twenty_lines(script: Path) -> None:
    assert len([line for line in script.read_text(encoding="utf-8").splitlines() if line.strip()]) <= 25
