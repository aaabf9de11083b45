"""A summary for a reader: drawn from entries that hold nothing the reader is not to see, with only the parts they are told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crisisdesk.domain.audience import INTERNAL, PARTS, audiences, copy_for, reasons
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.policy import Audience
from crisisdesk.domain.summary import Summary, summarise
from crisisdesk.domain.summary.parts_review import LeftOut


def summary_for(
    audience: str, entries: Sequence[Entry], state: Incident, begun: Incident, now: datetime
) -> Summary:
    """Return the summary of an incident for an audience of its policy; ``begun`` is its state before the first entry.

    Raises KeyError for an audience the policy does not know.
    """
    known = audiences(state.policy)[audience]
    copy = copy_for(known, entries, begun, state)
    summary = summarise(copy.entries, copy.state, now)
    if known.id == INTERNAL and not copy.left_out and not known.tells:
        return summary._replace(audience_title=known.title)
    left_out = tuple(LeftOut(why, number) for why, number in reasons(copy.left_out))
    return _told(_without(summary, frozenset(copy.left_out)), known)._replace(
        audience=known.id, audience_title=known.title, left_out=left_out, tells=known.tells
    )


def _without(summary: Summary, left_out: frozenset[int]) -> Summary:
    """Take away every line of an entry that is left out; a step's line stays, without its words."""
    changed: dict[str, Any] = {}
    for name in summary._fields:
        value = getattr(summary, name)
        if isinstance(value, tuple) and name not in ("steps", "objectives", "entries"):
            kept = tuple(one for one in value if getattr(one, "seq", 0) not in left_out)
            if len(kept) != len(value):
                changed[name] = kept
    if left_out:
        changed["answered"] = tuple(one for one in summary.answered if not one.who.startswith("("))
        changed["paragraph"] = tuple(
            one for one in summary.paragraph if not one.entries or not left_out >= set(one.entries)
        )
    return summary._replace(**changed)


def _told(summary: Summary, audience: Audience) -> Summary:
    """Take away the parts an audience is not told, and the log itself, whose words are not theirs to verify."""
    if audience.tells:
        gone = {field for part, fields in PARTS.items() if part not in audience.tells for field in fields}
        chosen = set(summary.key_moments)
        if "items" in gone and "key-moments" in audience.tells:
            gone.discard("items")
            summary = summary._replace(items=tuple(item for item in summary.items if item.seq in chosen))
        kept = {item.seq for item in summary.items}
        nothing: dict[str, Any] = dict.fromkeys(gone, ())
        summary = summary._replace(**nothing)
        summary = summary._replace(entries=tuple(one for one in summary.entries if one.seq in kept))
    return summary
