"""Taking a bundle into a desk: unchanged, with one entry in the desk's own log that says who brought it, or not at all."""

from pathlib import Path
from typing import cast

from crisisdesk.desk.bundle.checking import Bundle, Evidence, NotABundle, opened
from crisisdesk.desk.desk import Desk
from crisisdesk.desk.states import States
from crisisdesk.desk.values import NO_MANNER, Case, Speaker
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.entries import DESK_STREAM, IncidentDeclared
from crisisdesk.journal import Conflict, Journal, JournalTrouble


def take_in(desk: Desk, path: Path, speaker: Speaker) -> Case | Refused:
    """Check a bundle and put its incident into the desk: its numbers, times, names and hashes stay as they are."""
    try:
        with opened(path) as bundle:
            return _here(desk, bundle) or _write(desk, bundle, speaker)
    except NotABundle as trouble:
        return Refused(f"Not taken in: {trouble.sentence}", "Ask for the bundle again; nothing was written.")


def _here(desk: Desk, bundle: Bundle) -> Refused | None:
    """Say that the incident is here already, or that another has its name."""
    told = bundle.contents
    head = desk.journal.head(told.stream)
    if head.hash == told.head:
        return Refused(
            f"{told.label} is here already, the same to the last entry.", "There is nothing to do."
        )
    if head.seq:
        return Refused(
            f"{told.label} is here already, with {head.seq} entries; the bundle has {told.entries}.",
            "An incident goes on in one desk only. Read the bundle in a desk of its own: crisisdesk --db OTHER.db import …",
        )
    if any(row.key == told.label for row in desk.incidents()):
        return Refused(
            f"This desk has another incident named {told.label}.",
            "Take it into a desk of its own: crisisdesk --db OTHER.db import …",
        )
    return None  # fmt: skip


def _write(desk: Desk, bundle: Bundle, speaker: Speaker) -> Case | Refused:
    stream, first = bundle.contents.stream, bundle.entries[0]
    if not isinstance(first.event, IncidentDeclared) or first.event.label != bundle.contents.label:
        raise NotABundle("Its log does not begin with a declaration of that name.")
    try:
        rows = States(cast("Journal", bundle)).all_rows(stream)
    except (JournalTrouble, KeyError, ValueError, TypeError, AttributeError):
        raise NotABundle(
            "Its log cannot be followed from entry to entry; a newer CrisisDesk may have written it."
        ) from None
    act = desk.sealer.act(speaker, NO_MANNER)
    for _ in range(5):
        born = desk.sealer.born(
            first, desk.journal.head(DESK_STREAM), desk.new_intent_id(), act, drill=bool(first.header.drill)
        )
        try:
            desk.journal.append(
                [*bundle.entries, *born], [rows], tuple(bundle.pins.values()), Evidence(bundle)
            )
        except Conflict:
            if refused := _here(desk, bundle):
                return refused
            continue
        return desk.case(bundle.contents.label)
    return Refused("Others keep writing at the same moment; nothing was taken in.", "Try again.")  # fmt: skip
