"""The architecture as tests: which room imports which, who may use what, and how long things get."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crisisdesk"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts)

ROOMS: dict[str, set[str]] = {
    "domain": set(),
    "journal": {"domain"},
    "loading": {"domain"},
    "reports": {"domain"},
    "desk": {"domain", "journal", "loading"},
    "ui": {"domain", "desk", "reports", "crash"},
    "plain": {"domain", "desk", "reports", "ui"},
    "cli": {"domain", "desk", "reports", "ui", "plain", "crash"},
}
"""Each room, and the rooms it may import beside itself; arrows point down only."""

OWNERS: dict[str, set[str]] = {
    "yaml": {"loading"},
    "pydantic": {"loading"},
    "jsonschema": {"loading"},
    "sqlite3": {"journal"},
    "sqlite_utils": {"journal"},
    "psycopg": {"journal"},
    "docx": {"reports"},
    "openpyxl": {"reports"},
    "jinja2": {"reports"},
    "textual": {"ui"},
    "rich": {"ui"},
    "click": {"cli"},
    "platformdirs": {"cli"},
}
"""Libraries, and the only rooms that import them."""

LONGEST_FILE, LONGEST_FUNCTION = 400, 50
LONG: dict[str, str] = {}
"""``FILE`` or ``FILE:FUNCTION``: why this one may be longer."""


def name_of(path: Path) -> str:
    """A file's path from the package on, with slashes."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """The room a file stands in; a file beside the rooms is one of its own."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it, by its full name; relative imports resolved."""
    package = ("crisisdesk", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_rooms_import_only_what_lies_below(path: Path) -> None:
    """A room imports itself and the rooms its line above names; journal, loading and reports never each other."""
    room = room_of(path)
    allowed = ROOMS.get(room, set(ROOMS)) | {room}
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("crisisdesk.")}
    rooms = ours & {room_of(one) for one in FILES}
    assert rooms <= allowed, f"{name_of(path)} imports {rooms - allowed}"


@pytest.mark.parametrize("path", [path for path in FILES if room_of(path) == "domain"], ids=name_of)
def test_the_core_imports_only_the_standard_library(path: Path) -> None:
    """The domain knows no framework and does no input or output."""
    tops = {name.split(".")[0] for name in imports_of(path)} - {"crisisdesk"}
    assert tops <= sys.stdlib_module_names
    forbidden = {"os", "sys", "io", "pathlib", "random", "secrets", "sqlite3", "subprocess", "socket", "time", "uuid", "logging", "getpass"}  # fmt: skip
    assert not tops & forbidden


CLOCKS = {"now", "utcnow", "today", "time", "urandom", "uuid4", "open", "input", "print", "getenv"}


@pytest.mark.parametrize("path", [path for path in FILES if room_of(path) == "domain"], ids=name_of)
def test_the_core_reads_no_clock_and_no_file(path: Path) -> None:
    """Time, ids and the actor are passed in: no call of the core asks the machine for one."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
            base = node.func.value
            asked = f"{base.id}.{node.func.attr}" if isinstance(base, ast.Name) else ""
            assert asked not in ("datetime.now", "datetime.utcnow", "date.today", "datetime.today"), (
                node.lineno
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in CLOCKS - {"time"}, f"{node.func.id} in line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    """One room imports YAML, one the database, one the screen."""
    room = room_of(path)
    for name in imports_of(path):
        top = name.split(".")[0]
        assert room in OWNERS.get(top, {room}), f"{name_of(path)} imports {top}"


@pytest.mark.parametrize("path", [path for path in FILES if room_of(path) != "cli"], ids=name_of)
def test_only_the_command_line_reads_the_environment(path: Path) -> None:
    """Settings come in by one door."""
    for node in ast.walk(tree_of(path)):
        read = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        assert read not in ("environ", "environb", "getenv"), f"{name_of(path)} reads the environment"


def functions(node: ast.AST, within: str = "") -> Iterator[tuple[str, int]]:
    """Every function below a node, with its class, and how many lines it has."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{within}{child.name}"
            if not isinstance(child, ast.ClassDef):
                yield name, (child.end_lineno or 0) - child.lineno + 1
            yield from functions(child, f"{name}.")
        else:
            yield from functions(child, within)


def lengths() -> dict[str, int]:
    """Every file and function that is longer than it should be, with its lines."""
    found = {}
    for path in FILES:
        name, lines = name_of(path), path.read_text("utf-8").count("\n")
        if lines > LONGEST_FILE:
            found[name] = lines
        found |= {f"{name}:{one}": long for one, long in functions(tree_of(path)) if long > LONGEST_FUNCTION}
    return found


def test_files_and_functions_stay_short() -> None:
    """No file over 400 lines and no function over 50, but those with a reason; and no reason without need."""
    long = lengths()
    assert {name: lines for name, lines in long.items() if name not in LONG} == {}
    assert set(LONG) - set(long) == set()
