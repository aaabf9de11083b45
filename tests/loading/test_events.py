"""What stock YAML does silently is text here or a problem; no bytes bring the reader down."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.loading import check_files, load_library, shipped_folder
from crisisdesk.loading.codes import EXPLANATIONS
from crisisdesk.loading.events import DEEPEST, LARGEST, Fields, Items, Text, read_yaml
from tests.loading.mutating import mutants

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])


def value(text: str, *, pure: bool = False) -> str:
    read = read_yaml(f"a: {text}\n".encode(), "f.yaml", pure=pure)
    assert not read.problems, read.problems[0].render()
    assert isinstance(read.root, Fields)
    found = read.root.fields["a"].value
    assert isinstance(found, Text)
    return found.value


@BOTH
@pytest.mark.parametrize(
    "text", ["NO", "12:30", "1.10", "off", "~", "0o17", "2026-10-02", "null", "1e3", "=", "<<", "yes"]
)
def test_text_is_what_is_written(text: str, pure: bool) -> None:
    assert value(text, pure=pure) == text


TRAPS = [
    ("channel: #press", "E015 E014", "comment"),
    ("title: &co", "E009", "quotes"),
    ("title: &co Northwind", "E009", "quotes"),
    ("title: *Urgent* read this", "E008", "quotes"),
    ("title: *Urgent", "E009", "quotes"),
    ("account: @name", "E008", "quotes"),
    ("do: Note: pause", "E008", "quotes"),
    ("text: {{brand}} is aware", "E008", "quotes"),
    ("text: {{brand}}", "E012", "quotes"),
    ("title: [Brand] is aware", "E008", "quotes"),
    ("title: !important", "E011", "quotes"),
    ("title: %off", "E008", "quotes"),
    ("title: `code`", "E008", "quotes"),
    ("title: see ticket #12", "E015", "quotes"),
    ("title: room # 12", "E015", "quotes"),
    ("a: 1\na: 2", "E013", "one of the two"),
    ("\ta: 1", "E004", "spaces"),
    ("a: 1\tb", "E004", "spaces"),
    ("a:\n\u00a0 b: 1", "E005", "plain space"),
    ("a: {b: c}", "E012", "own line"),
    ("a: [[b]]", "E017", "own line"),
    ("a: [b: c]", "E017", "own line"),
    ('a: "open', "E008", "Close it"),
    ("a: 'it's'", "E008", "quotes"),
    ('a: "\\q"', "E008", "single quotes"),
    ('a: "\\e[2J"', "E005", "Delete it"),
    ("a: b\u202ec", "E005", "Delete it"),
    ("a: b\x07c", "E005", "Delete it"),
    ("a: b\n---\na: c", "E016", "Nothing after"),
    ("? [a]\n: b", "E018", "name: value"),
    ("a: b\n  c: d", "E008", "exactly below"),
    ("a:\n  - b\n c", "E008", "Begin it"),
    ("a: [" + "x" * 80 + "]", "E017", "own line"),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(("text", "codes", "fix"), TRAPS, ids=[repr(one[0][:24]) for one in TRAPS])
def test_a_trap_of_stock_yaml_is_a_problem_that_says_what_to_do(
    text: str, codes: str, fix: str, pure: bool
) -> None:
    found = read_yaml(f"{text}\n".encode(), "f.yaml", pure=pure).problems
    if not found and "E014" in codes:
        return  # an empty value is reported by its shape: see test_problems
    assert {one.code for one in found} & set(codes.split()), [one.render() for one in found]
    assert any(fix in one.fix for one in found), [one.render() for one in found]
    assert not any("mapping" in one.render() or "token" in one.render() for one in found)


def test_a_value_hidden_by_a_comment_sign_says_so(folder: Path) -> None:
    path = folder / "takeover.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Account takeover", "title: #press"), encoding="utf-8"
    )
    (found,) = load_library(folder).problems["takeover"]
    assert (found.code, 'Put it in quotes: "#press"' in found.fix) == ("E014", True)


def test_a_comment_two_spaces_away_is_a_comment() -> None:
    assert value("not yet  # a date") == "not yet"
    assert value('"#press" # a channel') == "#press"


def test_an_escaped_non_breaking_space_is_kept() -> None:
    assert value('"Attention\\_!"') == "Attention\u00a0!"


BOMBS = {
    "brackets": b"[" * 100_000,
    "braces": b"{" * 100_000,
    "block": b"".join(b" " * depth + b"a:\n" for depth in range(900)),
    "hyphens": b"- " * 50_000,
    "aliases": b"a: &a [x,x]\n"
    + b"".join(b"%c: &%c [*%c,*%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 122)),
    "items": b"a: [" + b"x," * 200_000 + b"x]",
    "lines": b"- x\n" * 120_000,
    "version": b"%YAML 99999999999999999999999.1\n---\na: b\n",
    "escape": b'a: "\\UFFFFFFFF"\n',
    "nul": b"\x00" * 1000,
    "utf-16": "a: b".encode("utf-16"),
    "latin-1": b"a: caf\xe9\n",
    "question": b"? " * 50_000,
    "long key": b"a" * 200_000 + b": b",
    "percent": b"%" * 1000,
    "tag": b"!<" + b"a" * 5000,
    "large": b"#" * (LARGEST + 1),
}


@BOTH
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_problem(name: str, pure: bool) -> None:
    assert read_yaml(BOMBS[name], "f.yaml", pure=pure).problems


def test_a_bomb_does_not_end_the_process() -> None:
    code = "from crisisdesk.loading.events import read_yaml; print([one.code for one in read_yaml(b'[' * 100_000, 'f').problems])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout == "['E017', 'E006']\n"


@BOTH
def test_the_deepest_allowed_is_read(pure: bool) -> None:
    text = "".join(f"{' ' * depth}a:\n" for depth in range(DEEPEST - 1)) + " " * DEEPEST + "a: b\n"
    assert not read_yaml(text.encode(), "f", pure=pure).problems


@BOTH
def test_places_count_characters_whatever_the_line_ends(pure: bool) -> None:
    read = read_yaml("\ufeffé: 1\r\nb:\r\n  - ü\r\n  - 😀\r\n".encode(), "f", pure=pure)
    assert isinstance(read.root, Fields)
    items = read.root.fields["b"].value
    assert isinstance(items, Items)
    assert [one.place[1:] for one in items.items] == [(3, 5), (4, 5)]


@given(st.binary(max_size=200))
def test_any_bytes_are_nodes_or_problems(data: bytes) -> None:
    for pure in (False, True):
        read = read_yaml(data, "f", pure=pure)
        assert read.root is not None or read.problems or not data.strip() or read.source.lines


def test_mutants_of_every_shipped_file_give_problems_never_a_traceback(tmp_path: Path) -> None:
    """Two thousand here; the benchmark runs ten thousand of the same and prints the slowest and the largest."""
    sound = {path.name: path.read_bytes() for path in shipped_folder().glob("*.yaml")}
    for name in ("policy.yaml", "common.yaml"):
        (tmp_path / name).write_bytes(sound[name])
    for name, damaged in mutants(sound, 2000):
        path = tmp_path / name
        path.write_bytes(damaged)
        for one in check_files([path]):
            assert one.code in EXPLANATIONS
            assert one.render()
            assert "mapping" not in f"{one.text} {one.fix}"
            assert "Traceback" not in one.text
        path.write_bytes(sound[name]) if name in ("policy.yaml", "common.yaml") else path.unlink()


HEAVY = {
    "unknown names": "".join(f"name-{number}: x\n" for number in range(20_000)),
    "after": "phases:\n  - phase: p\n    goal: g\n    steps:\n" + "".join(f"      - do: s{n}\n        who: legal\n" for n in range(450))
    + "        after:\n" + "".join(f"          - step-{number}\n" for number in range(20_000)),
    "steps": "phases:\n  - phase: p\n    goal: g\n    steps:\n" + "      - do: Look\n        who: legal\n" * 9000,
    "placeholders": "statements:\n  a:\n    text: " + "".join(f"x{{{{chanel{number}}}}}" for number in range(30_000)) + "\n",
    "condition": "phases:\n  - phase: p\n    goal: g\n    steps:\n      - do: it\n        who: legal\n        only-if: " + " and ".join(["regions is x"] * 20_000),
    "repeat": "phases:\n  - phase: p\n    goal: g\n    steps:\n      - do: it\n        who: legal\n        repeat: every" + " a until" * 100_000,
    "long name": "? " + "a" * 900_000 + "\n: b\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_answered(folder: Path, name: str) -> None:
    head = "crisisdesk: playbook/1\ntitle: t\nversion: v\nuse-when: u\nusually: sev2\n"
    rest = "" if "phases:" in HEAVY[name] else "phases:\n  - phase: p\n    goal: g\n    steps: [] \n"
    (folder / "heavy.yaml").write_text(head + rest + HEAVY[name], encoding="utf-8")
    assert load_library(folder).problems["heavy"]
