"""What a new desk asks, once: who sits here, their usual role, where the playbooks are. Nothing here draws."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from crisisdesk.domain.decide import Refused
from crisisdesk.ui.fields import Choice


class Answers(NamedTuple):
    """The three answers; an empty role is *not said*, an empty folder the playbooks that come with the program."""

    name: str
    role: str = ""
    playbooks: str = ""


class FirstRun(NamedTuple):
    """What the command line hands to a screen that opens for the first time."""

    default: Answers
    """What stands in the fields at first: enter through all of them is enough."""
    place: str
    """The settings file the answers go to."""
    save: Callable[[Answers], str]
    """Keeps the answers, for this run at least; returns why they could not be written down, or nothing."""


def roles_of(typed: str) -> tuple[Choice, ...] | Refused:
    """Return the roles of the policy in a folder as it was typed, or what is wrong with the folder.

    Reads YAML: not to be called where the screen is drawn.
    """
    from crisisdesk.desk.playbooks import read

    folder = Path(typed).expanduser() if typed else None
    empty = "Leave it empty for the playbooks that come with CrisisDesk."
    if folder and not folder.exists():
        return Refused(f"There is no folder '{folder}'.", empty)
    if folder and not folder.is_dir():
        return Refused(f"'{folder}' is a file, not a folder.", f"Name the folder it is in. {empty}")
    if folder and not (folder / "policy.yaml").exists():
        return Refused(f"There is no policy.yaml in '{folder}'.", empty)
    policy = read(folder).policy
    if policy is None:
        check = f"crisisdesk --playbooks {folder} playbook check"
        return Refused(
            f"The policy in '{folder}' cannot be used as it is.", f"See why later with: {check}  {empty}"
        )
    return tuple(Choice(role.id, role.title) for role in policy.value.roles.values())
