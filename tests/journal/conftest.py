"""A journal in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crisisdesk.journal.sqlite import SqliteJournal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "desk.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(path)
    yield opened
    opened.close()
