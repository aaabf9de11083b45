"""The playbook folder, as the desk, the screen and the commands ask for it. Loads YAML, so it is imported late."""

from pathlib import Path

from crisisdesk.domain.decide import Refused
from crisisdesk.domain.text import nearest
from crisisdesk.journal import Pin
from crisisdesk.loading import (
    EXPLANATIONS,
    WHOLE,
    CannotAdopt,
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
    rank,
    shipped_folder,
)

__all__ = [
    "WHOLE",
    "CannotAdopt",
    "Library",
    "Rank",
    "adopt_file",
    "check_files",
    "codes",
    "copy_schemas",
    "copy_shipped",
    "explain",
    "offered",
    "pins",
    "read",
    "shipped_folder",
    "signature",
    "usable",
]


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


def adopt_file(path: Path, adopted: str) -> None:
    """Write who adopted a file and when into it; raises CannotAdopt with a sentence, OSError."""
    adopt(path, adopted)
    _read.pop(path.parent, None)


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
