"""The two forms that read the playbook folder: a second playbook on top, and changed files brought in."""

from typing import TYPE_CHECKING

from textual.content import Content

from crisisdesk.desk import NO_MANNER, Case, Saved
from crisisdesk.domain.decide import Refused
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.showing import QUIET, STRONG, join, line, lines, stacked

if TYPE_CHECKING:
    from crisisdesk.ui.screens.base import DeskView


async def ask_for_playbook(view: "DeskView", case: Case, wanted: str = "") -> None:
    """Ask which playbook to lay on top, ``wanted`` first in mind, and lay it."""
    _, titles = await view.desk_app.ask(lambda desk: desk.offered(""))
    running = {playbook.name for playbook in case.state.playbooks}
    choices = tuple(Choice(name, title) for name, title in titles.items() if name not in running)
    fields = [
        Field(
            "playbook",
            "Which playbook; steps both share are not asked twice",
            "choice",
            required=True,
            value=wanted,
            choices=choices,
        ),
        Field("because", "Why"),
    ]
    key, speaker = case.state.label, view.desk_app.speaker

    async def save(values: Values) -> Refused | None:
        saved = await view.desk_app.ask(
            lambda desk: desk.add_playbook(key, values["playbook"], values["because"], speaker, NO_MANNER)
        )
        return await _shown(view, saved)

    await view.ask_in_form(
        ("add-playbook", key, wanted), line(f"Lay a second playbook on {key}"), fields, save
    )


async def ask_to_bring_in(view: "DeskView", case: Case) -> None:
    """Show what the files say now and the incident does not, and bring it in with a reason."""
    found = await view.desk_app.ask(lambda desk: desk.changes(case))
    if isinstance(found, Refused) or not found:
        said = (
            f"{found.sentence} {found.remedy}"
            if isinstance(found, Refused)
            else "The files say what this incident runs by."
        )
        view.notify(said, markup=False)
        return
    names = [name for name in found if name != "policy"] or [case.state.playbook.name]
    rows: list[Content] = []
    for name, some in found.items():
        rows.append(line(name, STRONG))
        rows += [lines(f"  {one.sentence}", QUIET) for one in some]
    choices = tuple(Choice(name, name) for name in names)
    fields = [
        Field("playbook", "Bring in the changes of", "choice", value=names[0], choices=choices),
        Field("because", "Why", required=True),
    ]
    key, speaker = case.state.label, view.desk_app.speaker

    async def save(values: Values) -> Refused | None:
        saved = await view.desk_app.ask(
            lambda desk: desk.bring_in(key, values["playbook"], values["because"], speaker, NO_MANNER)
        )
        return await _shown(view, saved)

    heading = join(("Changed since this incident was declared; what is done stays done", STRONG))
    await view.ask_in_form(("bring-in", key, ""), heading, fields, save, stacked(rows))


async def _shown(view: "DeskView", saved: Saved | Refused) -> Refused | None:
    if isinstance(saved, Refused):
        return saved
    await view.reload()
    view.notify(f"Saved #{saved.entries[-1].seq}.", timeout=3, markup=False)
    return None
