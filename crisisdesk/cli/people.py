"""For each role of the policy who can take it, how to reach them, and who stands in."""

from typing import TYPE_CHECKING

import click

from crisisdesk.cli.options import as_json
from crisisdesk.cli.session import Stop, print_json, print_text, session_of
from crisisdesk.domain.text import nearest, one_line

if TYPE_CHECKING:
    from crisisdesk.desk.playbooks import Library


@click.command()
@click.argument("role", default="")
@as_json
@click.pass_context
def people(context: click.Context, /, role: str, json_: bool) -> None:
    """Show who can take which role and how to reach them, from people.yaml; their stand-ins after them."""
    library = session_of(context).desk.library()
    if library.policy is None:
        raise Stop("The policy cannot be used.", "See what is wrong with: crisisdesk playbook check")
    roles = library.policy.value.roles
    if role and role not in roles:
        near = nearest(role, roles)
        raise Stop(
            f"The policy has no role '{role}'.",
            f"Did you mean '{near}'?" if near else f"Roles are: {', '.join(roles)}.",
        )
    wanted = [role] if role else list(roles)
    found = {name: [one for one in library.people if name in one.roles] for name in wanted}
    if json_:
        listed = [
            {"role": name, "stand_in": roles[name].stand_in, "people": [one._asdict() for one in some]}
            for name, some in found.items()
        ]
        print_json("people", {"roles": listed})
        return
    if why := no_people(library):
        print_text(why)
    for name, some in found.items():
        print_text(
            f"{roles[name].title} [{name}]"
            + (f", stand-in {roles[name].stand_in}" if roles[name].stand_in else "")
        )
        for one in some:
            reach = one.reach or "no contact"
            more = [*one.languages, one.time_zone, one_line(one.note)]
            print_text(
                f"    {one_line(one.name)}: {one_line(reach)}"
                + (f" ({', '.join(filter(None, more))})" if any(more) else "")
            )
        if not some:
            print_text("    nobody is named")


def no_people(library: "Library") -> str:
    """Say why nobody is named: no people file, or one that has problems; nothing when somebody is."""
    if "people" in library.broken:
        return "people.yaml has problems and names nobody until they are mended: crisisdesk playbook check"
    return (
        "" if library.people else f"There is no people.yaml in {library.folder}; the desk works without it."
    )
