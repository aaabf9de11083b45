"""A folder of playbooks, loaded whole: what is sound is there, what is broken says why and stops nothing else."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import crisisdesk
from crisisdesk.domain.compiled import playbook_text, policy_text
from crisisdesk.domain.people import Person
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.text import nearest
from crisisdesk.loading import reading as r
from crisisdesk.loading import words
from crisisdesk.loading.compile import Surroundings, common_steps, compile_playbook
from crisisdesk.loading.events import LARGEST, Fields, read_yaml
from crisisdesk.loading.policy import compile_policy
from crisisdesk.loading.problems import Problem, in_order
from crisisdesk.loading.schema import COMMON_STEP, SHAPES

KINDS = ("policy", "common", "people")
"""File names, without ``.yaml``, that are not playbooks."""
WHOLE = "the folder"
"""Under this name stand the problems of the folder itself."""


class LoadedPolicy(NamedTuple):
    """A sound policy, the exact bytes of its file, its compiled text, and that text's SHA-256."""

    value: Policy
    source: bytes
    compiled: str
    hash: str


class LoadedPlaybook(NamedTuple):
    """A sound playbook. ``source`` and ``common_source`` together are the exact bytes it was made from."""

    value: Playbook
    source: bytes
    common_source: bytes
    compiled: str
    hash: str


class Library(NamedTuple):
    """What a folder gave. ``problems`` are kept by file name without ``.yaml``; a name without any is not in it."""

    folder: Path
    policy: LoadedPolicy | None
    playbooks: Mapping[str, LoadedPlaybook]
    problems: Mapping[str, tuple[Problem, ...]]
    people: tuple[Person, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """Return the names of the files that cannot be used as they are."""
        return tuple(name for name, found in self.problems.items() if any(one.is_error for one in found))


class _File(NamedTuple):
    """One file: its bytes, its nodes when they could be read, its problems so far."""

    path: Path
    source: bytes
    root: Fields | None
    problems: list[Problem]

    @property
    def is_sound(self) -> bool:
        return self.root is not None and not any(one.is_error for one in self.problems)


def shipped_folder() -> Path:
    """Return the folder of the playbooks CrisisDesk comes with: in the package, or in the source tree."""
    return _shipped("playbooks")


def shipped_schemas() -> Path:
    """Return the folder of the JSON Schemas CrisisDesk comes with."""
    return _shipped("schema")


def _shipped(name: str) -> Path:
    package = Path(crisisdesk.__file__).parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name


def load_library(folder: Path) -> Library:
    """Load every file of a folder; never raises for what the files hold or for files that cannot be opened."""
    return _load(folder, folder)


def check_files(paths: Iterable[Path]) -> list[Problem]:
    """Return what is wrong in files, or in folders of them, sorted by place.

    A file is checked with its neighbours: a playbook needs the policy and the common steps beside it. Where no
    policy is beside it, the shipped one stands in.
    """
    found: list[Problem] = []
    libraries: dict[Path, Library] = {}
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if folder not in libraries:
            alone = path != folder and not (folder / "policy.yaml").exists()
            libraries[folder] = _load(folder, shipped_folder() if alone else folder)
        problems = libraries[folder].problems
        if path == folder:
            found += [one for some in problems.values() for one in some]
        elif path.suffix == ".yaml" and path.is_file():
            found += problems.get(path.stem, ())
            if path.stem not in KINDS:
                found += problems.get("policy", ())
        else:
            found += _opened(path).problems or [_not_yaml(path)]
    return list(in_order(found))


def _load(folder: Path, standing: Path) -> Library:
    """Load a folder, with the policy and the common steps of ``standing``."""
    names, problems = _names(folder)
    policy_file = _checked(standing / "policy.yaml", "policy")
    policy = _policy(policy_file)
    problems["policy"] = policy_file.problems
    beside = folder / "common.yaml"
    common = _common(beside if beside.exists() else standing / "common.yaml")
    problems["common"] = common.problems
    broken = _broken_steps(common)
    playbooks: dict[str, LoadedPlaybook] = {}
    for name in names:
        file = _checked(folder / f"{name}.yaml", "playbook")
        problems.setdefault(name, []).extend(file.problems)
        if policy and file.is_sound and file.root:
            around = Surroundings(policy.value, common_steps(common.root), broken, names)
            loaded = _playbook(name, file, common.source, around, problems[name])
            if loaded:
                playbooks[name] = loaded
    people = _people(folder / "people.yaml", policy, problems)
    kept = {name: in_order(found) for name, found in problems.items() if found}
    return Library(folder, policy, playbooks, kept, people)


def _names(folder: Path) -> tuple[list[str], dict[str, list[Problem]]]:
    """Return the names of a folder's playbooks, and problems with file names."""
    names: list[str] = []
    problems: dict[str, list[Problem]] = {}
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        problems[WHOLE] = [
            _whole(folder, "E001", "This folder cannot be read.", "Check its name and who may read it.")
        ]
        return names, problems
    for path in paths:
        if path.name.startswith(".") or path.stem in KINDS:
            continue
        if path.suffix in (".yml", ".YAML", ".YML"):
            problems[path.name] = [
                _whole(path, "W005", "This file is not read.", f"Rename it {path.stem}.yaml.")
            ]
        elif path.suffix == ".yaml":
            names.append(path.stem)
            if not words.is_id(path.stem):
                fix = "Rename it: lower-case words joined by hyphens."
                problems[path.stem] = [
                    _whole(path, "E047", "This file's name cannot be a playbook's name.", fix)
                ]
    return names, problems


def _whole(path: Path, code: str, text: str, fix: str) -> Problem:
    """Return a problem of a file as a whole."""
    return Problem(code, str(path), 0, 0, text, fix)


def _not_yaml(path: Path) -> Problem:
    return _whole(path, "W005", "Only files ending in .yaml are read.", f"Rename it {path.stem}.yaml.")


def _opened(path: Path) -> _File:
    """Return a file's bytes, or why they cannot be had; never more of them than a file may have."""
    try:
        if path.is_file():
            with path.open("rb") as opened:
                return _File(path, opened.read(LARGEST + 1), None, [])
        reason = "This is not an ordinary file." if path.exists() else "There is no such file."
    except (OSError, ValueError):
        reason = "This file cannot be opened."
    return _File(path, b"", None, [_whole(path, "E001", reason, "Check its name and who may read it.")])


def _checked(path: Path, kind: str) -> _File:
    """Return a file read and its shape checked."""
    file = _opened(path)
    if file.problems:
        if kind == "policy" and not path.exists():
            fix = "Copy the shipped one here with: crisisdesk init"
            file.problems[:] = [
                _whole(path, "E048", "There is no policy.yaml here, so no playbook can be used.", fix)
            ]
        return file
    read = read_yaml(file.source, str(path))
    problems = read.problems
    if isinstance(read.root, Fields):
        wrong = _wrong_kind(read.root, kind)
        if wrong:
            problems.append(wrong)
        else:
            SHAPES[kind].check(read.root, path.stem, problems)
        return file._replace(root=read.root, problems=problems)
    if not problems:
        fix = f"Begin the file with: crisisdesk: {kind}/1"
        problems.append(read.source.problem("E024", 1, 1, "This file holds no names with values.", fix))
    return file._replace(problems=problems)


def _wrong_kind(root: Fields, kind: str) -> Problem | None:
    """Return a problem when the file says it is something else: its shape is then not worth checking."""
    said = r.node(root, "crisisdesk")
    fix = f"Begin the file with: crisisdesk: {kind}/1"
    if said is None:
        place = root.place
        return (
            place.problem("E024", "The file does not say what it is.", fix)
            if "crisisdesk" not in root.fields
            else None
        )
    if said.value == f"{kind}/1":
        return None
    near = nearest(said.value[:40], [f"{one}/1" for one in SHAPES])
    if said.value in [f"{one}/1" for one in SHAPES]:
        text = f"The file says it is '{said.value}', but by its name it is a {kind}."
    elif any(said.value.startswith(f"{one}/") for one in SHAPES):
        text = f"'{said.value}' is a form this version of CrisisDesk does not know."
    else:
        text, fix = f"'{said.value[:40]}' is no kind of file.", f"Did you mean '{near}'?" if near else fix
    return said.place.problem("E024", text, fix)


def _policy(file: _File) -> LoadedPolicy | None:
    if not file.is_sound or file.root is None:
        return None
    policy = compile_policy(file.root, file.problems)
    if any(one.is_error for one in file.problems):
        return None
    compiled = policy_text(policy)
    return LoadedPolicy(policy, file.source, compiled, _hash(compiled))


def _common(path: Path) -> _File:
    """Return the common steps' file; that there is none is no problem."""
    return _checked(path, "common") if path.exists() else _File(path, b"", None, [])


def _broken_steps(common: _File) -> frozenset[str]:
    """Return the common steps that cannot be used: those with problems, told by where the problems are."""
    steps = common_steps(common.root)
    if common.is_sound:
        return frozenset()
    broken = set()
    lines = [one.line for one in common.problems if one.is_error]
    starts = sorted((fields.place.line, name) for name, fields in steps.items())
    for index, (start, name) in enumerate(starts):
        end = starts[index + 1][0] - 1 if index + 1 < len(starts) else 10**9
        own: list[Problem] = []
        COMMON_STEP.check(steps[name], name, own)
        if own or any(start <= line < end for line in lines):
            broken.add(name)
    return frozenset(broken)


def _playbook(
    name: str, file: _File, common: bytes, around: Surroundings, problems: list[Problem]
) -> LoadedPlaybook | None:
    if file.root is None:
        return None
    playbook = compile_playbook(name, file.root, around, problems)
    if any(one.is_error for one in problems):
        return None
    compiled = playbook_text(playbook)
    return LoadedPlaybook(playbook, file.source, common, compiled, _hash(compiled))


def _people(
    path: Path, policy: LoadedPolicy | None, problems: dict[str, list[Problem]]
) -> tuple[Person, ...]:
    if not path.exists():
        return ()
    file = _checked(path, "people")
    problems["people"] = file.problems
    if not file.is_sound or file.root is None:
        return ()
    people = []
    for name, one in r.named_blocks(file.root, "people").items():
        roles = r.texts(one, "roles")
        if policy:
            roles = r.all_known(r.nodes(one, "roles"), policy.value.roles, "E030", "role", file.problems)
        direct = {way: r.line(one, way) for way in ("contact", "phone", "email") if r.line(one, way)}
        contacts = {**direct, **r.named_texts(one, "contacts")}
        people.append(
            Person(
                name,
                roles,
                contacts,
                r.texts(one, "languages"),
                r.line(one, "time-zone"),
                r.text(one, "note"),
            )
        )
    return tuple(people)


def _hash(compiled: str) -> str:
    return hashlib.sha256(compiled.encode("ascii")).hexdigest()
