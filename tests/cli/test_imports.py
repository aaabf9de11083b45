"""What a one-line command loads: starting up is half of what a person waits for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import run_command

HEAVY = ("textual", "rich", "yaml", "pydantic", "jsonschema", "sqlite_utils", "docx", "jinja2")
LOADED = """
import sys
from crisisdesk.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code or 0
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk on which INC-0001 is declared."""
    folder = tmp_path_factory.mktemp("imports")
    declared = run_command(folder, "--as", "Ada", "declare", "A post names us", "-p", "employee-post")
    assert declared.code == 0, declared.err
    return folder


def loaded_by(folder: Path, *words: str) -> set[str]:
    """Run a command in a process of its own and return every module it loaded."""
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, "--as", "Ada", *words],
        capture_output=True,
        check=False,
        env={
            "HOME": str(folder),
            "PATH": os.environ.get("PATH", ""),
            "CRISISDESK_DB": str(folder / "desk" / "desk.db"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return set(ended.stderr.decode().split())


@pytest.mark.parametrize(
    "words",
    [
        ("list",), ("next", "INC-0001"), ("show", "INC-0001"), ("note", "INC-0001", "seen"), ("start", "INC-0001", "verify-author", "--already", "--because", "begun"),
        ("done", "INC-0001", "pause-posts", "--already", "--because", "gone"), ("timeline", "INC-0001"), ("figures", "INC-0001"), ("brief", "INC-0001"), ("--help",),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_one_line_command_loads_nothing_heavy(desk: Path, words: tuple[str, ...]) -> None:
    """Neither the screen nor YAML nor a schema library nor Word is loaded to read or write one line."""
    loaded = loaded_by(desk, *words)
    assert "crisisdesk.cli" in loaded
    assert {name.split(".")[0] for name in loaded} & set(HEAVY) == set()
    assert {name for name in loaded if name.startswith(("crisisdesk.ui", "crisisdesk.loading"))} == set()


def test_word_is_loaded_only_when_a_word_document_is_written(desk: Path, tmp_path: Path) -> None:
    """A playbook on the terminal or as a page does not pay for Word's library."""
    show = ("playbook", "show", "employee-post", "--to")
    assert "docx" not in loaded_by(desk, *show, str(tmp_path / "paper.html"))
    assert "docx" in loaded_by(desk, *show, str(tmp_path / "paper.docx"))


@pytest.mark.parametrize(
    "words",
    [
        ("declare", "Another", "-p", "employee-post"),
        # People are personal data: no incident pins them, so these two read people.yaml as it is now.
        ("people",), ("call-list", "INC-0001"),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_what_reads_files_reads_yaml_and_opens_no_screen(desk: Path, words: tuple[str, ...]) -> None:
    """Only what reads playbooks or people pays for reading YAML, and still loads no screen."""
    tops = {name.split(".")[0] for name in loaded_by(desk, *words)}
    assert "yaml" in tops
    assert not tops & {"textual", "rich"}
