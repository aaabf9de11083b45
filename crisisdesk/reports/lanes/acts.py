"""What the picture tells: whose lane, which mark, what was late, what waited. At most so many marks, the weightier first."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from crisisdesk.domain.outcomes import lasted
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import one_line
from crisisdesk.domain.timeline import Item
from crisisdesk.domain.times import instant

MOST = 60
"""Marks drawn at most: more cannot be told apart on a page."""
KEYED = 26
"""Marks told in words below the lanes at most."""

SORTS: Mapping[str, str] = {
    "said": "said in public",
    "decided": "decided, a bar where late",
    "late": "done late, the bar is how late",
    "waited": "blocked, the bar is how long",
    "skipped": "skipped",
    "handed": "role handed over",
    "done": "done",
}
"""Sorts of mark, the weightier first, each with what the legend says."""

_KINDS = {
    "statement-published": "said",
    "update-sent": "said",
    "decision-made": "decided",
    "step-skipped": "skipped",
    "step-blocked": "waited",
    "handover-accepted": "handed",
    "step-done": "done",
}


class Mark(NamedTuple):
    """One mark: its entry, its lane, its sort, when (UTC), and from when a bar leads to it or from it."""

    seq: int
    lane: str
    sort: str
    at: datetime
    until: datetime
    """The end of its bar, or the same moment; a late one's bar begins at ``since``."""
    since: datetime
    words: str
    chosen: bool
    """The review chose it as a key moment."""


class Band(NamedTuple):
    """A stretch of time with a word: a severity, a freeze."""

    word: str
    since: datetime
    until: datetime


class Lanes(NamedTuple):
    """The picture before it is laid out. Times are UTC; ``zone`` names the one they are shown in."""

    title: str
    about: tuple[str, ...]
    """What must be seen: a drill, a sample, interim."""
    zone: str
    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    levels: tuple[Band, ...]
    freezes: tuple[Band, ...]
    points: tuple[tuple[str, datetime], ...]
    """Declared, stood down, closed."""
    not_drawn: int


def lanes_of(summary: Summary) -> Lanes:
    """Return what of a summary is drawn."""
    points = _points(summary)
    end = max((at for _, at in points), default=instant(summary.written_at))
    if summary.interim:
        end = instant(summary.written_at)
    every = list(_marks(summary, end))
    order = list(SORTS)
    weighed = sorted(every, key=lambda one: (not one.chosen, order.index(one.sort), one.at))
    kept = sorted(weighed[:MOST], key=lambda one: (one.at, one.seq))
    lanes = tuple(dict.fromkeys(one.lane for one in kept))
    about = [
        word
        for word, so in (("DRILL: a rehearsal", summary.drill), ("sample playbook", summary.playbook.is_sample), ("interim", summary.interim))
        if so
    ]  # fmt: skip
    return Lanes(
        f"{summary.label}: {one_line(summary.title, 90)}", tuple(about), summary.zone, lanes, tuple(kept), _levels(summary, end), _freezes(summary, end),
        points, len(every) - len(kept),
    )  # fmt: skip


def _points(s: Summary) -> tuple[tuple[str, datetime], ...]:
    named = (("declared", s.declared_at), ("stood down", s.stood_down_at), ("closed", s.closed_at))
    return tuple((name, instant(at)) for name, at in named if at)


def _marks(s: Summary, end: datetime) -> Iterator[Mark]:
    outcomes = {one.seq: one for one in s.steps if one.seq}
    freed = [(one.step, instant(one.occurred_at)) for one in s.items if one.kind == "step-unblocked"]
    for item in s.items:
        sort = _sort(item)
        if not sort:
            continue
        at = instant(item.occurred_at)
        since = until = at
        outcome = outcomes.get(item.seq)
        words = _words(item)
        late = outcome.difference if outcome is not None and outcome.due else None
        if outcome is not None and sort in ("done", "decided") and late and late >= timedelta(minutes=1):
            sort, since = "late" if sort == "done" else sort, instant(outcome.due)
            words = f"{lasted(late)} late: {words}"
        if sort == "waited":
            until = min((moment for step, moment in freed if step == item.step and moment >= at), default=end)
        yield Mark(item.seq, _lane(s, item), sort, at, until, since, words, item.seq in s.key_moments)  # fmt: skip


def _sort(item: Item) -> str:
    if item.kind == "role-taken" and "handed over" in item.title:
        return "handed"
    return _KINDS.get(item.kind, "")


def _words(item: Item) -> str:
    """Return what a mark says; that a step was done, skipped or blocked its sign says already."""
    told = item.title.partition(": ")[2] if item.kind.startswith("step-") else item.title
    return one_line(told or item.title, 160)


def _lane(s: Summary, item: Item) -> str:
    """Return the role that acted: the entry's own, or one its person held then."""
    titles = {held.role: held.title for held in s.roles}
    if item.owner_role:
        return titles.get(item.owner_role, item.owner_role.replace("-", " ").capitalize())
    person = item.on_behalf_of or item.author
    for held in s.roles:
        if (
            held.person == person
            and held.since <= item.occurred_at
            and (not held.until or item.occurred_at <= held.until)
        ):
            return held.title  # fmt: skip
    return titles.get(person, "Without a role") if person not in titles.values() else person


def _levels(s: Summary, end: datetime) -> tuple[Band, ...]:
    changes = [one for place, one in enumerate(s.severities) if not place or one.level != one.previous]
    ends = [*(instant(one.at) for one in changes[1:]), end]
    return tuple(
        Band(s.policy.named(one.level), instant(one.at), until)
        for one, until in zip(changes, ends, strict=False)
    )  # an audience may be told no severities: then there is one end too many


def _freezes(s: Summary, end: datetime) -> tuple[Band, ...]:
    """Return one stretch from the first freeze to the last release, naming how many queues it is."""
    if not s.frozen_queues:
        return ()
    since = min(instant(one.frozen_at) for one in s.frozen_queues)
    until = max(instant(one.released_at) if one.released_at else end for one in s.frozen_queues)
    count = len(s.frozen_queues)
    return (Band(f"{count} posting {'queue' if count == 1 else 'queues'} frozen", since, until),)


def alt_text(found: Lanes) -> str:
    """Say what the picture shows, for whoever cannot see it."""
    counted = [
        f"{number} {SORTS[sort].split(',')[0]}"
        for sort in SORTS
        if (number := sum(one.sort == sort for one in found.marks))
    ]
    more = f" {found.not_drawn} more are not drawn." if found.not_drawn else ""
    return (
        f"{found.title}, in lanes by role: {', '.join(found.lanes) or 'no role acted'}. Marks: {', '.join(counted) or 'none'}.{more} "
        "The number at a mark is its entry in the timeline."
    )
