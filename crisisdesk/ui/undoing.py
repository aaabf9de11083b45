"""The way back from what was just written. Nothing is ever removed: it is corrected, opened again, or released, by name."""

from typing import NamedTuple

from crisisdesk.domain.timeline import Item

_CORRECTED = (
    "note-logged", "person-told", "update-sent", "figure-typed", "enquiry-logged", "enquiry-answered", "evidence-attached",
    "update-promised", "incident-declared",
)  # fmt: skip


class WayBack(NamedTuple):
    """A command that undoes an entry, what it is called then, and the answers it begins with; or only what to do."""

    command: str
    words: str
    said: tuple[tuple[str, str], ...] = ()


def way_back(item: Item) -> WayBack:
    """Return how an entry is taken back. ``command`` is empty where no single command does it."""
    kind = item.kind
    if kind in ("step-done", "step-skipped", "decision-made"):
        return WayBack("reopen-step", "Open the step again")
    if kind == "step-blocked":
        return WayBack("unblock", "Say that the step can go on")
    if kind == "role-taken":
        return WayBack("release", "Give up the role", (("role", item.owner_role),))
    if kind == "queue-frozen":
        return WayBack("unfreeze", "Release the queue")
    if kind == "severity-set":
        return WayBack("severity", "Set the level again")
    if kind == "fact-answered":
        return WayBack("facts", "Answer the fact again")
    if kind == "incident-closed":
        return WayBack("reopen", "Open the incident again")
    if kind in _CORRECTED:
        return WayBack("correct", f"Correct #{item.seq}")
    return WayBack("", f"#{item.seq} stands as it is: nothing is removed. A note (n) says what is right.")
