"""Playbooks laid on a running incident, and changed files brought into it: read, checked, pinned, carried out."""

from pathlib import Path
from typing import TYPE_CHECKING

from crisisdesk.desk.values import Manner, Saved, Speaker
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import AddPlaybook, BringIn
from crisisdesk.domain.layers import unknown_names
from crisisdesk.domain.playbook import Playbook
from crisisdesk.journal import Journal

if TYPE_CHECKING:
    from crisisdesk.desk.desk import Desk
    from crisisdesk.domain.differences import Difference


def add(
    desk: "Desk",
    folder: Path | None,
    named: str,
    playbook: str,
    because: str,
    speaker: Speaker,
    manner: Manner,
) -> Saved | Refused:
    """Lay a playbook of the folder on top; its names must be those of the policy the incident runs by."""
    from crisisdesk.desk import playbooks

    case = desk.case(named)
    found = playbooks.usable(folder, playbook)
    if isinstance(case, Refused):
        return case
    if isinstance(found, Refused):
        return found
    policy, plan = found
    if foreign := unknown_names(plan.value, case.state.policy):
        return Refused(
            f"'{playbook}' names {', '.join(foreign)}, which the policy of {case.state.label} does not have.",
            f'The policy has changed since; bring it in first: crisisdesk bring-in {case.state.label} --because "…"',
        )
    intent = AddPlaybook(plan.value, plan.hash, because)
    return desk.act(named, intent, speaker, manner, pins=playbooks.pins(policy, playbook, plan))


def bring_in(
    desk: "Desk",
    folder: Path | None,
    named: str,
    playbook: str,
    because: str,
    speaker: Speaker,
    manner: Manner,
) -> Saved | Refused:
    """Bring the changed files in; refused when nothing has changed."""
    from crisisdesk.desk import playbooks

    case = desk.case(named)
    if isinstance(case, Refused):
        return case
    name = playbook or case.state.playbook.name
    found = playbooks.usable(folder, name)
    if isinstance(found, Refused):
        return found
    policy, plan = found
    if case.state.hashes.get(name) == plan.hash and case.state.hashes.get("policy") == policy.hash:
        return Refused(
            f"The files of '{name}' say what {case.state.label} runs by; there is nothing to bring in."
        )
    intent = BringIn(plan.value, plan.hash, policy.value, policy.hash, because)
    return desk.act(named, intent, speaker, manner, pins=playbooks.pins(policy, name, plan))


def changes(folder: Path | None, state: Incident) -> "dict[str, tuple[Difference, ...]] | Refused":
    """Return what the files say now and the incident does not, by playbook (and ``policy``); equal ones are left out."""
    from crisisdesk.desk import playbooks
    from crisisdesk.domain.differences import differences, policy_differences

    found: dict[str, tuple[Difference, ...]] = {}
    for name, was in ((one.name, one) for one in pinned_playbooks(state)):
        usable = playbooks.usable(folder, name)
        if isinstance(usable, Refused):
            return usable
        policy, plan = usable
        if some := differences(was, plan.value):
            found[name] = some
        if some := policy_differences(state.policy, policy.value):
            found["policy"] = some
    return found


def pinned_playbooks(state: Incident) -> list[Playbook]:
    """Return the incident's playbooks in their own form: a layer's names without the layer's."""
    own = [state.pinned[layer.hash] for layer in state.layers.values() if layer.hash in state.pinned]
    return [state.playbook, *(one for one in own if isinstance(one, Playbook))]


def changed_files(journal: Journal, folder: Path | None, state: Incident) -> list[str]:
    """Return the playbooks (and ``policy``) of an incident whose files hold other bytes than it pinned.

    Only bytes are compared, so that a screen can ask without reading YAML. A file that is not there has not changed.
    """
    if folder is None:
        from crisisdesk.desk.playbooks import shipped_folder

        folder = shipped_folder()
    found = []
    for name, hash_ in state.hashes.items():
        sources = journal.pin(hash_).sources
        if any(_differs(folder / file, source) for file, source in sources.items()):
            found.append(name)
    return found


def _differs(path: Path, source: bytes) -> bool:
    try:
        return path.read_bytes() != source
    except OSError:
        return False
