"""The playbook folder, as the desk, the screen and the commands ask for it. Loads YAML, so it is imported late."""

from pathlib import Path
from typing import NamedTuple

from crisisdesk.domain.adoption import PEOPLE, POLICY, Open, Signing, playbook_questions, policy_questions
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.differences import OWN_AND_SHIPPED, Difference, differences, policy_differences
from crisisdesk.domain.text import nearest
from crisisdesk.journal import Pin
from crisisdesk.loading import (
    EXPLANATIONS,
    WHOLE,
    Library,
    LoadedPlaybook,
    LoadedPolicy,
    Rank,
    adopt,
    check_files,
    copy_schemas,
    copy_shipped,
    explain,
    load_library,
    places,
    rank,
    shipped_folder,
)

__all__ = [
    "WHOLE",
    "Compared",
    "Library",
    "Located",
    "Rank",
    "adopt_file",
    "check_files",
    "codes",
    "compared",
    "copy_schemas",
    "copy_shipped",
    "explain",
    "offered",
    "open_questions",
    "pins",
    "read",
    "shipped_folder",
    "signature",
    "usable",
]


COMMON = "common"
KINDS = (POLICY, COMMON, PEOPLE, "folder")
"""Names that are no playbook's."""
_COMMON_DIFFERS = (
    "The two files are not the same; what that changes is told with the playbooks that use their steps"
)

Signature = tuple[tuple[str, int, int], ...]
_read: dict[Path, tuple[Signature, Library]] = {}


def signature(folder: Path) -> Signature:
    """Return what tells that a file of a folder was saved: names, times and sizes; empty when it cannot be read."""
    try:
        found = [
            (entry.name, (folder / entry.name).stat())
            for entry in folder.iterdir()
            if entry.suffix == ".yaml"
        ]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))


def read(folder: Path | None) -> Library:
    """Read a folder (the shipped one when none is named): what can be declared, and what is wrong in it.

    What was read is kept until a file is saved: ranking asks at every key.
    """
    place = folder or shipped_folder()
    now = signature(place)
    if place not in _read or _read[place][0] != now:
        _read[place] = (now, load_library(place))
    return _read[place][1]


class Located(NamedTuple):
    """Something open before a file is adopted, and where to mend it: ``file:line``, empty for the command itself."""

    place: str
    open: Open


def open_questions(folder: Path, name: str, signing: Signing) -> list[Located] | Refused:
    """Return what is open before a file is adopted, or why it cannot be: what the checker finds stands first, whole."""
    library = load_library(folder)
    known = [POLICY, *(one for one in {**library.playbooks, **library.problems} if one not in KINDS)]
    if name not in known:
        near = nearest(name, known)
        said = (
            "Only the policy and playbooks are adopted" if name in KINDS else f"There is no playbook '{name}'"
        )
        return Refused(f"{said}.", f"Did you mean '{near}'?" if near else f"There are: {', '.join(known)}.")
    problems = [one for one in check_files([folder / f"{name}.yaml"]) if one.is_error]
    if problems:
        found = "\n".join(one.render() for one in problems)
        return Refused(f"{name} has problems and cannot be adopted.\n{found}", "Mend them first.")
    if library.policy is None or name not in (POLICY, *library.playbooks):
        return Refused(f"{name} cannot be adopted.", "See why with: crisisdesk playbook check")
    policy = library.policy.value
    signing = signing._replace(staff=_staff(library))
    questions = (
        policy_questions(policy, signing)
        if name == POLICY
        else playbook_questions(library.playbooks[name].value, policy, signing)
    )
    lines = {file: places(folder / f"{file}.yaml") for file in {one.file for one in questions} if file}
    return [Located(lines[one.file](one.path) if one.file else "", one) for one in questions]


def _staff(library: Library) -> dict[str, tuple[str, ...]] | None:
    """Return the people by role; None where there is no people file."""
    if not (library.folder / f"{PEOPLE}.yaml").exists():
        return None
    roles = dict.fromkeys(role for person in library.people for role in person.roles)
    return {role: tuple(person.name for person in library.people if role in person.roles) for role in roles}


def adopt_file(folder: Path, name: str, adopted: str, because: str = "") -> Refused | None:
    """Write who adopted a file and when into it, read it again, and return why it is not so, or None. Raises OSError."""
    path = folder / f"{name}.yaml"
    if refused := adopt(path, adopted, because):
        return refused
    _read.pop(folder, None)
    library = load_library(folder)
    loaded = library.policy if name == POLICY else library.playbooks.get(name)
    if loaded is None or loaded.value.adopted != adopted:
        return Refused(
            f"'{path}' was written, but does not read as adopted.", "See: crisisdesk playbook check"
        )
    return None


class Compared(NamedTuple):
    """One file of one's own beside the shipped one of that name. ``only_in`` is yours or shipped, empty for both."""

    differences: tuple[Difference, ...] = ()
    only_in: str = ""
    problems: tuple[str, ...] = ()
    """Why a file cannot be compared, as the checker says it."""


def compared(folder: Path) -> dict[str, Compared] | None:
    """Return a folder's files beside the shipped ones, by name; None when the folder is the shipped one."""
    shipped = shipped_folder()
    if folder.resolve() == shipped.resolve():
        return None
    own, theirs = load_library(folder), load_library(shipped)
    yours, ours = ({path.stem for path in one.glob("*.yaml")} for one in (folder, shipped))
    names = sorted(
        (yours | ours | ({"folder"} & own.problems.keys())), key=lambda name: (name != POLICY, name)
    )
    return {name: _compared(name, own, theirs, yours, ours) for name in names}


def _compared(name: str, own: Library, theirs: Library, yours: set[str], ours: set[str]) -> Compared:
    problems = tuple(
        one.render() for library in (own, theirs) for one in library.problems.get(name, ()) if one.is_error
    )
    if problems:
        return Compared(problems=problems)
    if name not in yours or name not in ours:
        return Compared(only_in="yours" if name in yours else "shipped")
    if name == POLICY and own.policy and theirs.policy:
        return Compared(policy_differences(own.policy.value, theirs.policy.value, OWN_AND_SHIPPED))
    if name in own.playbooks and name in theirs.playbooks:
        mine, new = own.playbooks[name].value, theirs.playbooks[name].value
        return Compared(differences(mine, new, OWN_AND_SHIPPED))
    if name in (COMMON, PEOPLE):
        same = (own.folder / f"{name}.yaml").read_bytes() == (theirs.folder / f"{name}.yaml").read_bytes()
        return Compared(() if same else (Difference("changed", "", _COMMON_DIFFERS),))
    return Compared(problems=(f"'{name}' cannot be read until the policy is mended.",))


def codes() -> list[str]:
    """Return the codes of all problems."""
    return sorted(EXPLANATIONS)


def offered(folder: Path | None, typed: str) -> tuple[list[Rank], dict[str, str]]:
    """Return the usable playbooks ranked by what was typed, and their titles."""
    library = read(folder)
    return rank(library, typed), {name: plan.value.title for name, plan in library.playbooks.items()}


def usable(folder: Path | None, name: str) -> tuple[LoadedPolicy, LoadedPlaybook] | Refused:
    """Return the policy and a playbook from the folder, or what is wrong with them."""
    library = read(folder)
    if library.policy is None:
        problem = next(iter(library.problems.get("policy", ())), None)
        return Refused(
            f"The policy cannot be used. {problem.text if problem else ''}".strip(),
            "See what is wrong with: crisisdesk playbook check",
        )
    plan = library.playbooks.get(name)
    if plan is None and name in library.problems:
        return Refused(
            f"The playbook '{name}' has problems and cannot be used yet.",
            "See them with: crisisdesk playbook check",
        )
    if plan is None:
        near = nearest(name, library.playbooks)
        known = f"Playbooks are: {', '.join(library.playbooks)}."
        return Refused(f"There is no playbook '{name}'.", f"Did you mean '{near}'?" if near else known)
    return library.policy, plan


def pins(policy: LoadedPolicy, name: str, plan: LoadedPlaybook) -> list[Pin]:
    """Return what a declaration pins: compiled forms, and the exact bytes of the files they were made from."""
    sources = {f"{name}.yaml": plan.source, "common.yaml": plan.common_source}
    return [
        Pin(policy.hash, "policy", "policy", policy.compiled, {"policy.yaml": policy.source}),
        Pin(
            plan.hash,
            "playbook",
            name,
            plan.compiled,
            {file: source for file, source in sources.items() if source},
        ),
    ]
