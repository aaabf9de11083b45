"""Small files as a word processor or a hurried author leaves them: each gives what the table beside them says."""

from pathlib import Path
from typing import NamedTuple

import pytest

from crisisdesk.loading import check_files

CORPUS = Path(__file__).parent / "corpus"


class Expected(NamedTuple):
    """A line of the table: a file, the line and code of each of its problems, what its author did."""

    name: str
    told: list[str]
    why: str


def table() -> list[Expected]:
    """Read the table: ``name | line code, line code | what the author did``."""
    rows = []
    for line in (CORPUS / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, told, why = (part.strip() for part in line.split("|", 2))
            rows.append(Expected(name, [] if told == "sound" else told.split(", "), why))
    return rows


@pytest.mark.parametrize("one", table(), ids=lambda one: one.name)
def test_a_file_of_the_corpus_gives_what_the_table_says(folder: Path, one: Expected) -> None:
    kind = one.name.partition("-")[0]
    path = folder / f"{kind if kind in ('common', 'people') else one.name}.yaml"
    path.write_bytes((CORPUS / f"{one.name}.yaml").read_bytes())
    found = check_files([path])
    assert list(dict.fromkeys(f"{problem.line} {problem.code}" for problem in found)) == one.told, [
        problem.render() for problem in found
    ]
    assert all(problem.text and problem.fix for problem in found)


def test_the_table_names_every_file_of_the_corpus_once() -> None:
    assert sorted(one.name for one in table()) == sorted(path.stem for path in CORPUS.glob("*.yaml"))


@pytest.mark.parametrize("name", [one.name for one in table() if one.told])
def test_no_message_about_the_corpus_speaks_like_a_program(folder: Path, name: str) -> None:
    """Whatever is wrong, the words are a person's: no library's terms, no pattern, no traceback."""
    path = folder / "broken.yaml"
    path.write_bytes((CORPUS / f"{name}.yaml").read_bytes())
    words = " ".join(f"{one.text} {one.fix}".casefold() for one in check_files([path]))
    assert not [
        word for word in ("mapping", "scalar", "token", "traceback", "none", "regex", "0x") if word in words
    ]
