"""What stands on each sheet of the workbook: its columns, and rows of text, numbers and times; nothing of a library in it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from crisisdesk.domain.calling import answer_words
from crisisdesk.domain.metrics import Metric, Share, value_words
from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.times import instant

Cell = str | int | float | datetime
Time = Callable[[str], Cell]
"""Returns a stored instant as a date of the incident's zone, empty for none."""

_FIRST_YEAR = 1901
"""A spreadsheet counts days from 1900, and not all count alike at first."""


class Column(NamedTuple):
    """A column: its name, and how many letters wide it is."""

    name: str
    width: int


class Sheet(NamedTuple):
    """A sheet to be written."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]


def sheets(summary: Summary) -> tuple[Sheet, ...]:
    """Return the sheets in the order they are read."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(summary.zone)

    def time(moment: str) -> Cell:
        """Say the time as the wall says it: a spreadsheet's dates know no zone, the column's name does."""
        if not moment:
            return ""
        local = instant(moment).astimezone(zone).replace(tzinfo=None)
        return local if local.year >= _FIRST_YEAR else moment

    return (
        _summary(summary, time), _timeline(summary, time), _steps(summary, time), _decisions(summary, time),
        _statements(summary, time), _people(summary, time), _evidence(summary, time), _metrics(summary, time),
    )  # fmt: skip


def _columns(summary: Summary, *named: tuple[str, int]) -> tuple[Column, ...]:
    """Return columns; the zone is named where a name ends in ``@``."""
    return tuple(
        Column(f"{name[:-1]} ({summary.zone})" if name.endswith("@") else name, width)
        for name, width in named
    )


def _summary(s: Summary, time: Time) -> Sheet:
    used = ((s.playbook.title or s.playbook.name, s.playbook), (s.policy.title, s.policy))
    playbook, policy = (
        f"{title}, version {of.version or NOT_RECORDED}, adopted {of.adopted or 'not yet'}"
        for title, of in used
    )
    rows: list[tuple[str, Cell]] = [
        ("Incident", s.label), ("What happened", s.title), ("Organisation", s.policy.organisation or NOT_RECORDED),
        ("Kind", "DRILL" if s.drill else "incident"),
        ("Status", s.status + (f", a duplicate of {s.duplicate_of}" if s.duplicate_of else "")),
        ("Severity", s.policy.named(s.severity) + ("" if s.severity_confirmed else ", not confirmed")),
        ("Happened", time(s.happened_at) or NOT_RECORDED), ("Detected", time(s.detected_at) or NOT_RECORDED),
        ("Declared", time(s.declared_at) or NOT_RECORDED), ("Stood down", time(s.stood_down_at) or NOT_RECORDED),
        ("Closed", time(s.closed_at) or "not closed"), ("Playbook", playbook), ("Policy", policy), ("Time zone", s.zone),
        ("Written", time(s.written_at)), ("Entries", s.seq), ("Of which correct another", s.corrections), ("Head", s.head),
    ]  # fmt: skip
    return Sheet("Summary", _columns(s, ("What", 24), ("Value, times in@", 80)), rows)


def _timeline(s: Summary, time: Time) -> Sheet:
    hashes = {entry.seq: entry.hash for entry in s.entries}
    columns = _columns(
        s, ("Entry", 8), ("Happened@", 21), ("Happened, UTC", 26), ("Written@", 21), ("Precision", 13), ("Late because", 20),
        ("Author", 18), ("On behalf of", 18), ("Relayed by", 14), ("Role", 16), ("Owner", 18), ("Kind", 18), ("Step", 16),
        ("What", 40), ("Words", 60), ("Source", 20), ("Corrects", 10), ("Corrected by", 13), ("First written", 30),
        ("Sensitivity", 13), ("Deviation", 20), ("Drill", 8), ("Words erased", 13), ("Hash", 20),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            i.seq, time(i.occurred_at), i.occurred_at, time(i.recorded_at), i.precision, i.late_because,
            i.author, i.on_behalf_of, i.relayed_by, i.owner_role, i.owner, i.kind, i.step,
            i.title, i.text, i.source, i.corrects or "", i.corrected_by or "", i.original_text,
            i.sensitivity, i.deviation, "DRILL" if i.drill else "", "yes" if i.erased else "", hashes.get(i.seq, ""),
        )
        for i in s.items
    ]  # fmt: skip
    return Sheet("Timeline", columns, rows)


def _steps(s: Summary, time: Time) -> Sheet:
    columns = _columns(
        s, ("Phase", 18), ("Step", 40), ("Added", 8), ("Role", 18), ("Owner", 18), ("Planned@", 21), ("Happened@", 21),
        ("Minutes late (minus: early)", 14), ("Outcome", 24), ("State", 15), ("By", 18), ("What came of it", 50),
        ("Because", 40), ("Not applicable because", 30), ("Minutes blocked", 10), ("Deviation", 20), ("Entry", 8),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            o.phase, o.title, "yes" if o.added else "", o.owner_role, o.owner, time(o.due), time(o.happened),
            _minutes(o.difference), o.verdict, o.state, o.by, o.text,
            o.because, o.why_not, _minutes(o.blocked), o.deviation, o.seq or "",
        )
        for o in s.steps
    ]  # fmt: skip
    return Sheet("Steps", columns, rows)


def _decisions(s: Summary, time: Time) -> Sheet:
    columns = _columns(
        s, ("Decided@", 21), ("Decision", 36), ("Chosen", 30), ("Offered", 50), ("Because", 40), ("Known then", 30),
        ("Not known then", 30), ("Consulted", 20), ("Saw it otherwise", 30), ("In place of", 11), ("Corrected", 30), ("By", 18),
        ("Relayed by", 14), ("To be looked at again@", 21), ("Deviation", 20), ("Entry", 8),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            time(d.at), d.title, d.choice or NOT_RECORDED, "\n".join(f"{o.title}: {o.consequence}" for o in d.offered),
            d.because or NOT_RECORDED, d.known, d.unknown or NOT_RECORDED, d.consulted, d.dissent, d.reverses or "", d.corrected, d.by,
            d.relayed_by, time(d.revisit_at), d.deviation, d.seq,
        )
        for d in s.decisions
    ]  # fmt: skip
    return Sheet("Decisions", columns, rows)


def _statements(s: Summary, time: Time) -> Sheet:
    columns = _columns(
        s, ("Statement", 20), ("Channel", 16), ("Language", 10), ("Version", 9), ("Standing", 22), ("Text", 60), ("Written by", 18),
        ("Approved by", 36), ("Published@", 21), ("Link", 30), ("Went out instead", 40), ("Withdrawn@", 21),
        ("Withdrawn because", 30), ("Deviation", 20), ("Because", 30), ("Hash", 20), ("Entry", 8),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            t.statement, t.channel, t.language, t.version, t.standing, t.text, t.author,
            "\n".join(t.approved_by) or NOT_RECORDED, time(t.published_at) or "not published", t.link,
            t.went_out if "other words" in t.deviation else "", time(t.withdrawn_at),
            t.withdrawn_because, t.deviation, t.because, t.text_hash, t.seq,
        )
        for t in s.statements
    ]  # fmt: skip
    return Sheet("Statements", columns, rows)


def _people(s: Summary, time: Time) -> Sheet:
    """Tell the roles that were held, everybody who was told, and how soon each was reached."""
    columns = _columns(
        s, ("What", 14), ("Person", 24), ("Role, or how", 24), ("From@", 21), ("Until@", 21), ("Outcome", 36), ("Promised", 30),
        ("Step", 24), ("Because, or corrected", 30), ("By", 18), ("Entry", 8),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            "role held", h.person, h.title + (" (acting)" if h.acting else ""), time(h.since), time(h.until) or "still held",
            f"handed over in #{h.handover}" if h.handover else "", "", "", h.because, "", h.seq,
        )
        for h in s.roles
    ]  # fmt: skip
    rows += [
        (
            "told", t.who, t.how, time(t.at), "", "reached" if t.reached else "not reached", t.promised,
            t.step, t.corrected, t.by, t.seq,
        )
        for t in s.tellings
    ]  # fmt: skip
    rows += [
        ("called", a.who, "", time(a.first_at), "", answer_words(a), "", "", "", "", "") for a in s.answered
    ]
    return Sheet("People", columns, rows)


def _evidence(s: Summary, time: Time) -> Sheet:
    columns = _columns(
        s, ("Kept@", 21), ("Name", 28), ("Link", 40), ("Note", 40), ("SHA-256", 40), ("Bytes", 12), ("Type", 16), ("Original by", 20),
        ("Original of", 20), ("Kept with", 16), ("Step", 24), ("By", 18), ("Entry", 8),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            time(e.at), e.name, e.link, e.note, e.sha256 or "a link, no hash", e.size if e.sha256 else "", e.media_type,
            e.original_author, e.original_time, e.tool, e.step, e.by, e.seq,
        )
        for e in s.evidence
    ]  # fmt: skip
    return Sheet("Evidence", columns, rows)


def _metrics(s: Summary, time: Time) -> Sheet:
    columns = _columns(
        s, ("Metric", 28), ("Value", 24), ("Number", 11), ("Unit", 12), ("Counted from", 32), ("Of what", 50), ("Start@", 21), ("End@", 21)
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (m.name, value_words(m.value), *_number(m), m.anchor, m.inputs, time(m.start), time(m.end))
        for m in s.metrics
    ]
    return Sheet("Metrics", columns, rows)


def _number(metric: Metric) -> tuple[Cell, str]:
    """Return a metric's value to count with; what is unknown has none, and is not zero."""
    match metric.value:
        case timedelta() as span:
            return _minutes(span), "minutes"
        case Share(part, whole):
            return (part / whole if whole else ""), "share"
        case int() as count:
            return count, "count"
        case _:
            return "", ""


def _minutes(span: timedelta | None) -> Cell:
    return "" if span is None else round(span.total_seconds() / 60, 1)
