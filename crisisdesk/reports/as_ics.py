"""A calendar (RFC 5545): the legal clocks, what was promised, and everything left open that has a due time.

Every date keeps its id from file to file, so that a calendar that reads a newer one moves what it has and adds nothing twice.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.clocks import ADVICE
from crisisdesk.domain.summary import ClockOutcome, OpenItem, Summary
from crisisdesk.domain.text import one_line, shown
from crisisdesk.domain.times import full, instant
from crisisdesk.reports.held_back import HeldBack

_WIDEST = 75
"""Octets of a line, its end not counted."""
_LONGEST_TITLE, _LONGEST_NOTE = 200, 2_000
_DAY = len("2026-11-22")
_LOOK_AGAIN = "decision to look at again"
_TOLD_APART = ("step", "promise", "legal clock")
"""Kinds of open items that are told from their own parts of the summary, where they have an id."""
_SETTLED = ("done", "skipped", "not applicable")


class Dated(NamedTuple):
    """One thing for the calendar. ``key`` names it within its incident and never changes."""

    key: str
    at: str
    """A stored instant, or a day (``2026-12-01``) for the whole of it."""
    title: str
    note: str = ""
    kind: str = ""
    """What it is, in a word or two: a calendar sorts by it."""
    urgent: bool = False
    cancelled: bool = False


def calendar_ics(summary: Summary, more: Iterable[Dated] = ()) -> bytes:
    """Return the dates of an incident, and ``more`` with them; raises NotWritten where there is not one."""
    dated = [*_clocks(summary), *_open(summary), *_enquiries(summary), *_silence(summary), *more]
    if not dated:
        from crisisdesk.reports import NotWritten

        raise NotWritten(
            f"Nothing of {one_line(summary.label)} has a date for a calendar.",
            "A legal clock, a promise, a step with a due time or a decision to look at again would have one.",
        )
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CrisisDesk//Incident dates//EN", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(_headed(summary, one_line(summary.policy.organisation)), _LONGEST_TITLE)}",
    ]  # fmt: skip
    keys: Counter[str] = Counter()
    for one in dated:
        keys[one.key] += 1
        again = f"-{keys[one.key]}" if keys[one.key] > 1 else ""
        lines += _event(summary, one._replace(key=f"{one.key}{again}"))
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def whole_calendar(summary: Summary) -> bytes:
    """Return every date of an incident, its follow-ups among them. Raises NotWritten where nothing has one."""
    return calendar_ics(summary, follow_ups(summary))


def follow_ups(summary: Summary) -> list[Dated]:
    """Return what the review asked for and is still to do, to be given to :func:`calendar_ics` as ``more``."""
    held_back = HeldBack(summary)
    return [
        Dated(str(one.seq), one.due_at, held_back.told(one.seq, one.text), _owner(one.owner), "follow-up")
        for one in summary.follow_ups
        if one.due_at and one.standing == "open"
    ]


def _clocks(summary: Summary) -> Iterator[Dated]:
    """Yield the clocks that have a due time, also when it is met: whoever has the date in a calendar learns what became of it."""
    for clock in summary.clocks:
        if clock.due_at:
            submitted = "Submitted: " if clock.standing == "submitted" else ""
            yield Dated(
                f"clock-{clock.clock}", clock.due_at, f"{submitted}{clock.title}", _about(clock), "legal clock",
                urgent=clock.standing == "running", cancelled=clock.standing == "dismissed",
            )  # fmt: skip


def _about(clock: ClockOutcome) -> str:
    told = (
        ("Tell: ", clock.tell),
        ("Source: ", clock.source),
        ("Checked on: ", clock.checked_on or "not yet"),
    )
    return "\n".join([*(f"{name}{one_line(said)}" for name, said in told if said), ADVICE])


def _open(summary: Summary) -> Iterator[Dated]:
    """Yield the steps and promises that are open and have a due time, then whatever else is; clocks are told above."""
    held_back = HeldBack(summary)
    for step in summary.steps:
        if step.due and step.state not in _SETTLED:
            yield Dated(
                f"step-{step.id}", step.due, held_back.title(step.title), _owner(step.owner or step.owner_role), "step"
            )  # fmt: skip
    for promise in summary.promises:
        if not promise.answered_by:
            kind = "internal update" if promise.internal else "public update"
            yield Dated(str(promise.seq), promise.due, held_back.told(promise.seq, promise.text), "", kind)
    for item in summary.open_items:
        if item.due and item.kind not in _TOLD_APART:
            yield Dated(
                _key(summary, item), item.due, held_back.title(item.title), _owner(item.owner), item.kind
            )


def _owner(owner: str) -> str:
    return f"Owner: {one_line(owner)}" if owner else ""


def _key(summary: Summary, item: OpenItem) -> str:
    """Return what names an item for good: the decision it comes from, else a hash of what it says."""
    of = (d.seq for d in summary.decisions if d.revisit_at == item.due and item.title in (d.title, d.step))
    seq = max(of, default=0) if item.kind == _LOOK_AGAIN else 0
    said = f"{item.kind}\n{item.title}".encode("utf-8", "surrogatepass")
    return str(seq) if seq else hashlib.sha256(said).hexdigest()[:16]


def _enquiries(summary: Summary) -> Iterator[Dated]:
    held_back = HeldBack(summary)
    for asked in summary.enquiries:
        if asked.due and not asked.answered_at:
            who = ", ".join(one for one in (asked.who, asked.outlet) if one)
            title = f"Answer {held_back.told(asked.seq, who)}"
            yield Dated(str(asked.seq), asked.due, title, kind="enquiry")


def _silence(summary: Summary) -> Iterator[Dated]:
    """Yield when to look again at saying nothing, unless a public word came after it."""
    kept = summary.silences[-1] if summary.silences and summary.status != "closed" else None
    if (
        kept
        and kept.revisit_at
        and not any(_spoke(entry) for entry in summary.entries if entry.seq > kept.seq)
    ):
        yield Dated(str(kept.seq), kept.revisit_at, "We say nothing for now", kind="silence to look at again")


def _spoke(entry: log.Entry) -> bool:
    event = entry.event
    return isinstance(event, log.StatementPublished) or (
        isinstance(event, log.UpdateSent) and not event.internal
    )


def _event(summary: Summary, one: Dated) -> list[str]:
    """Return one event: it takes no time of the day, so that nobody is shown as busy by it."""
    headed = _headed(summary, one.kind)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(one_line(one.key))}.{_text(summary.stream)}@crisisdesk",
        f"DTSTAMP:{_utc(summary.written_at)}",
        *_when(one),
        f"SEQUENCE:{summary.seq}",
        f"SUMMARY:{_text(f'{headed}: {one_line(one.title)}', _LONGEST_TITLE)}",
        f"DESCRIPTION:{_text(_note(summary, one), _LONGEST_NOTE)}",
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
    ]
    lines += [f"CATEGORIES:{_text(one.kind)}"] if one.kind else []
    lines += ["PRIORITY:1"] if one.urgent else []
    return [*lines, "END:VEVENT"]


def _headed(summary: Summary, what: str) -> str:
    drill = "DRILL · " if summary.drill else ""
    return f"{drill}{one_line(summary.label)}" + (f" · {one_line(what)}" if what else "")


def _when(one: Dated) -> list[str]:
    if len(one.at) == _DAY:
        day = date.fromisoformat(one.at)
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]
    return [f"DTSTART:{_utc(one.at)}"]


def _note(summary: Summary, one: Dated) -> str:
    """Return what is told with a date: the due time in the incident's zone, and what this was drawn from."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(summary.zone)
    due = one.at if len(one.at) == _DAY else full(instant(one.at), zone)
    marks = [
        "DRILL. This is a rehearsal." if summary.drill else "",
        f"Due: {due}",
        shown(one.note)[: _LONGEST_NOTE // 2],
        "The playbook is a sample, not adopted." if summary.playbook.is_sample else "",
        "The log does not verify." if summary.faults else "",
        f"{one_line(summary.label)} is {summary.status}; entry #{summary.seq}, {full(instant(summary.written_at), zone)}.",
    ]
    return "\n".join(mark for mark in marks if mark)


def _utc(moment: str) -> str:
    return instant(moment).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str, longest: int = 0) -> str:
    r"""Return text that ends no line and begins no other property: ``\``, ``;``, ``,`` and line breaks escaped."""
    safe = shown(text)
    if longest and len(safe) > longest:
        safe = safe[: longest - 1] + "…"
    safe = safe.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> bytes:
    """Return a line with its end, broken where it is wider than a calendar reads, never within a letter."""
    out: list[bytes] = []
    part = b""
    for char in line:
        letter = char.encode()
        if len(part) + len(letter) > _WIDEST:
            out.append(part)
            part = b" "
        part += letter
    return b"\r\n".join([*out, part]) + b"\r\n"
