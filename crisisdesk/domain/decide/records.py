"""The values a step asks for: matched by name, and each of the kind the playbook says."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from crisisdesk.domain.decide.finding import title
from crisisdesk.domain.decide.ruling import Refused
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.runbook import required
from crisisdesk.domain.text import nearest, same_name

_NUMBER = re.compile(r"^[-+]?[\d.,'  ]*\d[\d.,'  ]*\s*(%|[A-Za-z]{0,12})$")
_LINK = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$|^[^\s/]+\.[^\s/]+(/\S*)?$|^(#|EV-?)\d+$", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}-\d{2}-\d{2}|\bago\b|\bnow\b|\bunknown\b", re.IGNORECASE)


class _Kind(NamedTuple):
    """How values of one kind are told: a test, what they are called, what to write instead."""

    fits: Callable[[str], object]
    what: str
    instead: str


_KINDS = {
    "number": _Kind(_NUMBER.match, "a number", "Write a figure, such as 12; say the rest with --note."),
    "link": _Kind(_LINK.match, "a link", "Write an address, or the entry of an attached file: #12."),
    "time": _Kind(_TIME.search, "a time", "Write 21:38, or 2026-11-22 21:38; or unknown."),
    "yes-no": _Kind(("yes", "no", "unknown").__contains__, "yes or no", "Write yes, no or unknown."),
}
"""Kinds that are checked. Text and lists are free."""


def named_records(known: StepState, given: Mapping[str, str]) -> dict[str, str] | Refused:
    """Match the names of recorded values to the step's own; a near miss asks, a new name is kept as it is."""
    kinds = {record.name: record.kind for record in (*known.step.record, *required(known))}
    found = {}
    for name, value in given.items():
        typed = name.replace("-", " ")
        exact = next((own for own in kinds if same_name(own.replace("-", " "), typed)), None)
        near = None if exact else nearest(name, kinds)
        if near:
            return Refused(f"'{title(known)}' does not ask for '{name}'.", f"Did you mean '{near}'?")
        if exact and (wrong := _of_kind(exact, kinds[exact], value.strip())):
            return wrong
        found[exact or name] = value
    return found


def missing_records(known: StepState, record: Mapping[str, str]) -> list[str]:
    """Return the names of the required values that are not given."""
    return [wanted.name for wanted in required(known) if not record.get(wanted.name, "").strip()]


def _of_kind(name: str, kind: str, value: str) -> Refused | None:
    check = _KINDS.get(kind)
    if not value or check is None or check.fits(value.casefold()):
        return None
    return Refused(f"'{value[:60]}' is not {check.what}, which '{name}' asks for.", check.instead)
