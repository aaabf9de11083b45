"""How an incident stands, to copy into Slack or Teams: short, and people's words in it call nobody and link to nothing.

Teams reads Markdown, Slack a dialect of its own; only the marks of ours differ, words are made safe for both.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.summary import OpenItem, StatementTold, Summary
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant
from crisisdesk.reports.chat_text import chat_length, chat_line
from crisisdesk.reports.held_back import HeldBack
from crisisdesk.reports.marks import marks

MOST = 3_900
"""UTF-16 units: both take four thousand, and somebody will write a line above it."""
_LINE, _TITLE = 180, 300
_POINTS = 12
"""Open points at most; the others are counted. What is late comes first."""
_STATEMENTS, _STATEMENTS_ROOM = 5, 1_200
"""Statements at most, the newest, and the room they may take."""
_MARKS = 5
_ACTED_ON = str.maketrans("\\~#|$&", "\uff3c\uff5e\uff03\uff5c\uff04\uff06")
"""What else a chat acts upon, and its wide form, which reads the same."""
_ADDRESS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W_])|(?<=\d)\.(?=[^\W\d_])")
"""A full stop within a word, but not within a number: chats take what stands around it for an address."""
_CODE = re.compile(r"(?<!\d):(?=\S|$)|:(?!\d\d(?!\d))(?=\S|$)")
"""A colon before a word, but not within a time: the scheme of an address, or the name of a picture."""


class _Dialect(NamedTuple):
    """How one chat marks what is bold, a point of a list, and where a paragraph ends."""

    bold: str
    point: str
    gap: str


_SLACK = _Dialect("*", "•", "\n")
_TEAMS = _Dialect("**", "-", "\n\n")


def slack(summary: Summary) -> str:
    """Return how an incident stands in Slack's own marks, under 4,000 characters."""
    return _told(summary, _SLACK)


def teams(summary: Summary) -> str:
    """Return how an incident stands in the Markdown that Teams reads, under 4,000 characters."""
    return _told(summary, _TEAMS)


def still(text: str, width: int = 0) -> str:
    """Return text on one line that no chat acts upon: no mention, no format, no picture, and no address it would open."""
    quiet = _CODE.sub("\uff1a", _ADDRESS.sub("\uff0e", one_line(text, width))).translate(_ACTED_ON)
    quiet = quiet.replace("//", "\uff0f\uff0f")
    return chat_line(quiet)


def _told(summary: Summary, dialect: _Dialect) -> str:
    held_back = HeldBack(summary)
    drill = "DRILL · " if summary.drill else ""
    above = marks(summary._replace(interim=False))  # the next line says how it stands, and when
    title = still(f"{drill}{summary.label}: {held_back.title(summary.title)}", _TITLE)
    head = [
        f"{dialect.bold}{title}{dialect.bold}",
        *(still(mark, _LINE) for mark in above[:_MARKS]),
        _standing(summary),
    ]
    said = _statements(summary, held_back)
    end = [
        _section("Statements published", said, _STATEMENTS, dialect, _STATEMENTS_ROOM),
        f"{dialect.bold}Next update{dialect.bold}: {_next(summary)}",
    ]
    room = MOST - sum(chat_length(part) + len(dialect.gap) for part in (*head, *end))
    return (
        dialect.gap.join([*head, _section("Open", _open(summary, held_back), _POINTS, dialect, room), *end])
        + "\n"
    )


def _standing(summary: Summary) -> str:
    level = summary.policy.named(summary.severity) + ("" if summary.severity_confirmed else ", not confirmed")
    twin = f", a duplicate of {summary.duplicate_of}" if summary.duplicate_of else ""
    return still(
        f"Status: {summary.status}{twin} · Severity: {level} · As of {_time(summary, summary.written_at)}",
        _LINE,
    )


def _time(summary: Summary, moment: str) -> str:
    from zoneinfo import ZoneInfo

    return full(instant(moment), ZoneInfo(summary.zone)) if moment else NOT_RECORDED


def _section(title: str, points: Iterable[str], most: int, dialect: _Dialect, room: int) -> str:
    """Return a heading and as many points as fit; the others are counted."""
    every = list(points)
    lines = [
        f"{dialect.bold}{title}{dialect.bold} ({len(every)})"
        if every
        else f"{dialect.bold}{title}{dialect.bold}: none"
    ]
    left = room - chat_length(lines[0]) - len("\n- and 9999 more") - len(dialect.gap)
    for place, point in enumerate(every):
        line = f"{dialect.point} {point}"
        left -= chat_length(line) + 1
        if place == most or left < 0:
            lines.append(f"{dialect.point} and {len(every) - place} more")
            break
        lines.append(line)
    return "\n".join(lines)


def _open(summary: Summary, held_back: HeldBack) -> list[str]:
    """Return what is left to do, late first, then as it falls due."""
    found = sorted(summary.open_items, key=lambda item: (not item.late, item.due or "9"))
    return [still(_point(summary, item, held_back), _LINE) for item in found]


def _point(summary: Summary, item: OpenItem, held_back: HeldBack) -> str:
    """Return one point; a long title gives way, its owner and due time do not."""
    late = "LATE: " if item.late else ""
    owner = one_line(item.owner, 40) or "no owner"
    end = f" · {owner} · {f'due {_time(summary, item.due)}' if item.due else 'no due time'}"
    return f"{late}{item.kind}: {one_line(held_back.title(item.title), _LINE - len(end) - 40)}{end}"


def _statements(summary: Summary, held_back: HeldBack) -> list[str]:
    """Return what is out, newest first; what was withdrawn says so."""
    out = sorted(
        (one for one in summary.statements if one.published_at),
        key=lambda one: one.published_at,
        reverse=True,
    )
    return [still(_statement(summary, one, held_back), _LINE) for one in out]


def _statement(summary: Summary, one: StatementTold, held_back: HeldBack) -> str:
    language = f" in {one.language}" if one.language else ""
    gone = f" · WITHDRAWN {_time(summary, one.withdrawn_at)}" if one.withdrawn_at else ""
    passed = f" · deviation: {held_back.told(one.seq, one.deviation)}" if one.deviation else ""
    return f"'{one.statement}' for {one.channel}{language}, version {one.version} · {_time(summary, one.published_at)}{gone}{passed}"


def _next(summary: Summary) -> str:
    """Say when the next word is promised: the public one, else one for those inside."""
    promised = sorted((p for p in summary.promises if not p.answered_by), key=lambda p: (p.internal, p.due))
    if not promised:
        return "none is promised"
    first = promised[0]
    late = ", LATE" if first.state == "missed" else ""
    return still(f"{_time(summary, first.due)} ({'internal' if first.internal else 'public'}{late})")
