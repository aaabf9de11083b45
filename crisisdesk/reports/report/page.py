"""One summary on its way to a document: what every section needs to say a time, a person and where it stands in the log."""

from collections.abc import Iterable
from datetime import timedelta, tzinfo

from crisisdesk.domain.outcomes import NOT_RECORDED, lasted
from crisisdesk.domain.paper import Section, Table, Words
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.times import full, instant

Row = tuple[str, ...]
NONE = "—"
"""Stands in a cell where there is nothing to say."""


class Page:
    """A summary and its time zone."""

    def __init__(self, summary: Summary) -> None:
        """Take the summary to tell."""
        from zoneinfo import ZoneInfo

        self.summary = summary
        self.zone: tzinfo = ZoneInfo(summary.zone)

    def time(self, moment: str, none: str = NOT_RECORDED) -> str:
        """Return a stored instant as people read it, or ``none`` where there is none."""
        return full(instant(moment), self.zone) if moment else none


def section(title: str, names: Row, rows: Iterable[Row], none: str) -> tuple[Section, ...]:
    """Return a section with a table, or with a sentence where there is nothing; without one, no section."""
    found = tuple(rows)
    if found:
        return (Section(title, (Table(names, found),)),)
    return (Section(title, (Words(none),)),) if none else ()


def entries(seqs: Iterable[int]) -> str:
    """Return the numbers of entries: ``#3, #7``; of many, the first and how many more."""
    numbers = [f"#{seq}" for seq in seqs if seq]
    more = f" and {len(numbers) - MANY} more" if len(numbers) > MANY else ""
    return ", ".join(numbers[:MANY]) + more


MANY = 12


def said_by(person: str, seq: int) -> str:
    """Return who, and the entry: ``Bo Lind, #7``."""
    return ", ".join(part for part in (person, f"#{seq}" if seq else "") if part) or NONE


def joined(*parts: str) -> str:
    """Return what there is to say, each on a line of its own."""
    return "\n".join(part for part in parts if part) or NONE


def labelled(name: str, text: str) -> str:
    """Return ``Name: text``, or nothing where there is no text."""
    return f"{name}: {text}" if text else ""


def difference(span: timedelta | None) -> str:
    """Say a span after or before what was planned."""
    if span is None:
        return NONE
    return f"{lasted(span)} late" if span > timedelta(0) else f"{lasted(span)} early"
