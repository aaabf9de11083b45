"""A folder becomes a library: sound files load, broken ones stop nothing else, and compiling loses nothing."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crisisdesk.domain.compiled import playbook_text, policy_text, read_playbook, read_policy
from crisisdesk.domain.counting import count
from crisisdesk.domain.deadlines import Hours, Within
from crisisdesk.domain.playbook import Playbook, Record
from crisisdesk.loading import (
    WHOLE,
    check_files,
    json_schemas,
    load_library,
    rank,
    shipped_folder,
    shipped_schemas,
)
from crisisdesk.loading.compile import slug
from crisisdesk.loading.events import Fields, Items, Node, Text, read_yaml
from crisisdesk.loading.library import LoadedPlaybook


def takeover(folder: Path) -> LoadedPlaybook:
    return load_library(folder).playbooks["takeover"]


def test_the_policy_is_read_whole(folder: Path) -> None:
    loaded = load_library(folder).policy
    assert loaded
    policy = loaded.value
    assert policy.version == "1.10"
    assert policy.hours == Hours((0, 1, 2, 3, 4), "09:00", "17:30")
    assert list(policy.levels) == ["sev1", "sev2"]
    assert policy.levels["sev2"].choose_when == "Regional media.\nA partner complains."
    assert policy.levels["sev2"].update_every == Within(2, "hours")
    assert policy.facts["safety-risk"].answers == ("yes", "no", "unknown")
    assert policy.facts["regions"].answers == ("uk", "no")
    assert policy.channels["x"].account == "@northwind"
    assert policy.scope == "All accounts.\n\nAnd all staff."
    assert policy.largest_file == 25 * 1024 * 1024
    assert policy.clocks["gdpr-34"].within is None


def test_a_common_step_is_filled_in_and_can_be_overridden(folder: Path) -> None:
    _, step = next(takeover(folder).value.steps())
    assert (step.id, step.kind, step.within, step.who) == (
        "capture-originals",
        "capture",
        Within(5, "minutes"),
        "comms-lead",
    )


def test_a_published_statement_asks_for_the_text_and_its_link(folder: Path) -> None:
    say = next(step for _, step in takeover(folder).value.steps() if step.kind == "say")
    assert say.record == (Record("text as published"), Record("link", "link"))
    assert (say.id, say.title, say.statement) == (
        "publish-the-holding-statement",
        "Publish the holding statement",
        "holding",
    )


def test_a_record_may_be_optional(folder: Path) -> None:
    pause = next(step for _, step in takeover(folder).value.steps() if step.kind == "pause")
    assert pause.record == (Record("queues paused", "list"), Record("posts held", "number", optional=True))


def test_compiling_and_reading_back_is_the_same(folder: Path) -> None:
    library = load_library(folder)
    assert library.policy
    assert read_policy(library.policy.compiled) == library.policy.value
    assert policy_text(read_policy(library.policy.compiled)) == library.policy.compiled
    for loaded in library.playbooks.values():
        assert read_playbook(loaded.compiled) == loaded.value
        assert playbook_text(read_playbook(loaded.compiled)) == loaded.compiled


def test_order_survives_compiling(folder: Path) -> None:
    library = load_library(folder)
    assert library.policy
    back = read_policy(library.policy.compiled)
    for part in ("levels", "roles", "facts", "channels", "clocks", "regions", "conduct", "approvals"):
        assert list(getattr(back, part)) == list(getattr(library.policy.value, part))


def test_bytes_and_hash_are_kept(folder: Path) -> None:
    loaded = takeover(folder)
    assert loaded.source == (folder / "takeover.yaml").read_bytes()
    assert loaded.common_source == (folder / "common.yaml").read_bytes()
    assert loaded.hash == hashlib.sha256(loaded.compiled.encode()).hexdigest()
    assert json.loads(loaded.compiled)["crisisdesk"] == "playbook/1"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"crisisdesk":"policy/2"}', '{"crisisdesk":"policy/1"}', "[" * 10]
)
def test_what_is_no_compiled_policy_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_policy(text)


@pytest.mark.parametrize(
    "text", ["{}", '{"crisisdesk":"policy/1"}', '{"crisisdesk":"playbook/1","phases":[1]}']
)
def test_what_is_no_compiled_playbook_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_playbook(text)


def test_reading_the_compiled_form_loads_no_yaml() -> None:
    code = "import sys, crisisdesk.domain.compiled; print([m for m in ('yaml', 'pydantic', 'zoneinfo') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_broken_playbook_stops_no_other(folder: Path) -> None:
    (folder / "broken.yaml").write_text("phases: [\n", encoding="utf-8")
    library = load_library(folder)
    assert list(library.playbooks) == ["takeover"]
    assert library.broken == ("broken",)


def test_without_a_policy_there_is_a_sentence(folder: Path) -> None:
    (folder / "policy.yaml").unlink()
    library = load_library(folder)
    assert (library.policy, library.playbooks) == (None, {})
    assert library.problems["policy"][0].text == "There is no policy.yaml here, so no playbook can be used."


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert load_library(tmp_path / "nowhere").problems[WHOLE][0].code == "E001"


def test_odd_files_are_problems(folder: Path) -> None:
    (folder / "Odd Name.yaml").write_text(
        (folder / "takeover.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "old.yml").write_text("a: b\n", encoding="utf-8")
    (folder / "folder.yaml").mkdir()
    (folder / "notes.txt").write_text("notes", encoding="utf-8")
    library = load_library(folder)
    assert {name: found[0].code for name, found in library.problems.items()} == {
        "Odd Name": "E047",
        "old.yml": "W005",
        "folder": "E001",
    }
    assert list(library.playbooks) == ["takeover"]


def test_people_are_read_and_their_roles_checked(folder: Path) -> None:
    text = "crisisdesk: people/1\npeople:\n  Ada Lovelace:\n    roles: [legal, {role}]\n    phone: +44 20 7946 0000\n"
    (folder / "people.yaml").write_text(text.replace("{role}", "comms-lead"), encoding="utf-8")
    (ada,) = load_library(folder).people
    assert (ada.name, ada.roles, ada.contacts) == (
        "Ada Lovelace",
        ("legal", "comms-lead"),
        {"phone": "+44 20 7946 0000"},
    )
    (folder / "people.yaml").write_text(text.replace("{role}", "leagl"), encoding="utf-8")
    assert load_library(folder).problems["people"][0].code == "E030"


def test_files_are_checked_with_their_neighbours(folder: Path) -> None:
    assert check_files([folder]) == []
    assert check_files([folder / "takeover.yaml", folder / "policy.yaml"]) == []
    assert [one.code for one in check_files([folder / "nowhere.yaml"])] == ["E001"]


def test_one_playbook_may_be_added_to_another(folder: Path) -> None:
    text = (folder / "takeover.yaml").read_text(encoding="utf-8")
    (folder / "leak.yaml").write_text(text, encoding="utf-8")
    (folder / "takeover.yaml").write_text(
        text.replace("id: reclaim", "id: reclaim\n        add-playbook: leak"), encoding="utf-8"
    )
    added = [step.add_playbook for _, step in takeover(folder).value.steps()]
    assert "leak" in added


def test_ranking_says_which_words_were_met(folder: Path) -> None:
    (best,) = rank(load_library(folder), "Our account was hacked!")
    assert best.name == "takeover"
    assert best.score == 5
    assert best.reasons == ("“account” is in its title", "“hacked” is in its words")
    assert rank(load_library(folder), "")[0].score == 0


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("An employee posted something bad about a partner", "employee-post"),
        ("A team member posted something political on her private profile that names us", "employee-post"),
        ("Our account was hacked", "account-takeover"),
        ("Customers cannot log in since an hour", "outage"),
        ("A customer complains and it is going viral", "viral-complaint"),
        ("Someone made a fake account of us", "impersonation"),
        ("An influencer we work with said something awful", "partner-controversy"),
        ("A post went out on the wrong account", "wrong-post"),
        ("A customer list was posted online", "leak"),
        ("They say our product burnt a child", "brand-allegation"),
        ("Our colleague gets threats", "staff-harassment"),
    ],
)
def test_what_people_type_at_night_finds_its_playbook(typed: str, first: str) -> None:
    ranked = rank(load_library(shipped_folder()), typed)
    assert ranked[0].name == first
    assert ranked[0].score > ranked[1].score, "the alphabet decides nothing"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sign out every session", "sign-out-every-session"),
        ("Don't — ever! — delete", "dont-ever-delete"),
        ("Prüfen: Ämter", "prufen-amter"),
        ("日本", ""),
        (
            "one two three four five six seven eight nine ten eleven",
            "one-two-three-four-five-six-seven-eight-nine-ten",
        ),
    ],
)
def test_a_title_becomes_an_id(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("text", "counts", "expected"),
    [
        ("añb", "characters", 3),
        ("a😀", "utf-16", 3),
        ("👩‍👩‍👧 🇩🇪🇫🇷 e\u0301", "graphemes", 6),
        ("👩‍👩‍👧", "x-weighted", 2),
        ("日本", "x-weighted", 4),
        ("“yes” – no…", "x-weighted", 12),
        ("see https://example.com/a/very/long/path?with=words.", "x-weighted", 4 + 23 + 1),
        ("see example.com now", "x-weighted", 4 + 23 + 4),
        ("각", "graphemes", 1),
    ],
)
def test_texts_are_counted_as_the_platform_counts(text: str, counts: str, expected: int) -> None:
    assert count(text, counts) == expected


def _plain(node: Node) -> Any:
    """Return nodes as the objects a JSON Schema speaks of."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [_plain(one) for one in node.items]
    assert isinstance(node, Fields)
    return {key: _plain(one.value) for key, one in node.fields.items()}


def test_the_published_schemas_are_those_the_program_checks_by() -> None:
    for kind, schema in json_schemas().items():
        kept = json.loads((shipped_schemas() / f"{kind}.schema.json").read_text(encoding="utf-8"))
        assert kept == schema, f"write schema/{kind}.schema.json again"


@pytest.mark.parametrize("kind", ["policy", "common", "playbook"])
def test_sound_files_fit_their_json_schema(folder: Path, kind: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    name = "takeover" if kind == "playbook" else kind
    root = read_yaml((folder / f"{name}.yaml").read_bytes(), name).root
    assert root
    jsonschema.validate(_plain(root), json_schemas()[kind])


SHIPPED = sorted(path.stem for path in shipped_folder().glob("*.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_has_no_problem(name: str) -> None:
    assert [one.render() for one in check_files([shipped_folder() / f"{name}.yaml"])] == []


def test_shipped_playbooks_survive_compiling() -> None:
    for loaded in load_library(shipped_folder()).playbooks.values():
        assert isinstance(loaded.value, Playbook)
        assert read_playbook(loaded.compiled) == loaded.value
