"""The review as lines: each with what it tells whole, and what a key on it is about."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.metrics import value_words
from crisisdesk.domain.review import FINDINGS
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.summary.parts_review import Finding, FollowUp, Objective
from crisisdesk.domain.timeline import Item
from crisisdesk.ui.case_words import at
from crisisdesk.ui.screens.timeline_row import whole as entry
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, join, line, lines

NAME = 22
"""Columns of what a line begins with."""
DONE = "$text-success"


class Row(NamedTuple):
    """A line of the review. Without ``whole`` it is a heading, or says that there is nothing."""

    key: str
    """The same after loading again; empty for a heading."""
    told: Content
    whole: tuple[Content, ...] = ()
    command: str = ""
    """What enter does; empty: show it whole."""
    part: Objective | Finding | FollowUp | None = None
    item: Item | None = None


def rows(summary: Summary, case: Case, now: datetime) -> list[Row]:
    """Return the whole review: first what is still to be written, then what is read."""
    return [
        *_section("How it opens", _opening(summary)),
        *_section("Objectives", _objectives(summary, case), "This playbook has no phases."),
        *_section("Findings", _findings(summary), "None is written yet: f writes one."),
        *_section("Follow-ups", _follow_ups(summary, case, now), "None is written yet: u writes one."),
        *_section("Key moments", _moments(summary, case, now), "None is chosen yet: t opens the timeline, m there chooses an entry."),
        *_section("Signed", _signed(summary, case, now), "Nobody has signed yet: i writes the document, s signs it."),
        *_section("Figures", _figures(summary)),
        *_section("Planned against happened", _steps(summary, case, now)),
        *_section("Decisions", _decisions(summary, case, now), "No decision is recorded."),
        *_section("Left open", _open(summary, case, now), "Nothing is left open."),
    ]  # fmt: skip


def _section(title: str, found: Iterator[Row], nothing: str = "") -> Iterator[Row]:
    told = list(found)
    yield Row("", join((title, "bold $text-accent")))
    yield from told
    if not told and nothing:
        yield Row("", join((f"  {nothing}", QUIET)))


def _column(told: Content, width: int = NAME) -> Content:
    """Fill what a line begins with up to its column."""
    return join(told, " " * max(1, width + 1 - told.cell_length))


def _entries(seqs: Sequence[int]) -> tuple[str, str]:
    return (f"  ({', '.join(f'#{seq}' for seq in seqs)})" if seqs else "", QUIET)


def _opening(s: Summary) -> Iterator[Row]:
    by = (
        f"Written by {s.paragraph_by}."
        if s.paragraph_by
        else "Put together from the entries named; p changes it."
    )
    told = [join(line(one.text), _entries(one.entries)) for one in s.paragraph]
    first = line(s.paragraph[0].text) if s.paragraph else Content("It opens without a paragraph.")
    yield Row("opening", join("  ", first), (*told, line(by, QUIET)), "paragraph")


def _objectives(s: Summary, case: Case) -> Iterator[Row]:  # noqa: ARG001 - read alike with its neighbours
    for one in s.objectives:
        rating = (
            (f"{one.rating}: {one.meaning}", DONE if one.rating in "PS" else WARN)
            if one.rating
            else ("○ not rated", WARN)
        )
        told = join("  ", _column(line(one.title, STRONG)), rating, "  ", line(f"{one.goal}", QUIET))
        whole = [
            join(line(one.title, STRONG), "  ", rating),
            lines(one.goal or "Its playbook names no goal."),
        ]
        if one.because:
            whole.append(join(("Because: ", QUIET), lines(one.because)))
        if one.by:
            whole.append(line(f"Rated by {one.by}, #{one.seq}", QUIET))
        yield Row(f"objective {one.phase}", told, tuple(whole), "rate", one)  # fmt: skip


def _findings(s: Summary) -> Iterator[Row]:
    for one in s.findings:
        sort = FINDINGS.get(one.sort, one.sort)
        told = join("  ", _column(line(sort, STRONG)), line(one.text))
        whole = (
            join((sort, STRONG), _entries(one.about)),
            lines(one.text),
            line(f"Written by {one.by}, #{one.seq}", QUIET),
        )
        yield Row(f"finding {one.seq}", told, whole, "", one)  # fmt: skip


def _follow_ups(s: Summary, case: Case, now: datetime) -> Iterator[Row]:
    for one in s.follow_ups:
        stands = join(
            (f"! {one.standing}, late", LATE)
            if one.late
            else (
                _GLYPHS.get(one.standing, "") + one.standing,
                DONE if one.standing in ("done", "verified") else STRONG,
            )
        )
        due = at(one.due_at, case, now)
        told = join(
            "  ",
            _column(stands),
            line(one.text),
            "  ",
            line(f"{one.owner}, due {due}", QUIET),
        )
        whole = [
            join(stands, "  ", line(f"{one.owner}, due {due}"), _entries(one.about)),
            lines(one.text),
            join(("Verified by: ", QUIET), lines(one.verification or "not recorded")),
        ]
        if one.changed_at:
            whole.append(join((f"Changed {at(one.changed_at, case, now)}  ", QUIET), lines(one.because)))
        yield Row(f"follow-up {one.seq}", told, tuple(whole), "change-follow-up", one)  # fmt: skip


_GLYPHS: Mapping[str, str] = {"open": "○ ", "done": "● ", "verified": "✓ ", "dropped": "– "}


def _moments(s: Summary, case: Case, now: datetime) -> Iterator[Row]:
    items = {item.seq: item for item in s.items}
    for seq in s.key_moments:
        item = items.get(seq)
        if item is not None:
            when = at(item.occurred_at, case, now)
            told = join(
                "  ",
                _column(Content.styled(when, QUIET), 13),
                line(item.title, STRONG),
                "  ",
                line(item.text, QUIET),
            )
            yield Row(f"moment {seq}", told, tuple(entry(case, item, now)), "", None, item)


def _signed(s: Summary, case: Case, now: datetime) -> Iterator[Row]:
    for one in s.signatures:
        since = ("  changed since: a new version", WARN) if one.changed_since else ("", QUIET)
        told = join(
            "  ",
            line(f"version {one.version}  {one.by}, {one.role}", STRONG),
            (f"  {at(one.at, case, now)}", QUIET),
            since,
        )
        whole = (
            told,
            join(("Document: ", QUIET), line(one.name)),
            join(("SHA-256: ", QUIET), one.sha256),
            line(f"Entry #{one.seq}", QUIET),
        )
        yield Row(f"signed {one.seq}", told, whole)  # fmt: skip


def _figures(s: Summary) -> Iterator[Row]:
    for place, one in enumerate(s.metrics):
        told = join(
            "  ",
            _column(line(one.name, STRONG)),
            value_words(one.value),
            (f"  counted from {one.anchor}", QUIET),
        )
        yield Row(f"figure {place}", told, (join(line(one.name, STRONG), "  ", value_words(one.value)), line(f"Counted from: {one.anchor}", QUIET), line(one.inputs, QUIET)))  # fmt: skip


def _steps(s: Summary, case: Case, now: datetime) -> Iterator[Row]:
    for one in s.steps:
        late = one.difference is not None and one.difference > timedelta(0)
        verdict = Content.styled(one.verdict, WARN if late or one.state == "skipped" else STRONG)
        told = join(
            "  ",
            _column(verdict),
            line(one.title),
            "  ",
            line(f"{one.owner}", QUIET),
        )
        due = at(one.due, case, now) if one.due else "no due time"
        whole = [
            join(line(one.title, STRONG), "  ", verdict),
            line(f"Due {due}, happened {at(one.happened, case, now)}, {one.owner or 'nobody'}", QUIET),
        ]
        whole += [
            join((name, QUIET), lines(text))
            for name, text in (
                ("Because: ", one.because),
                ("Why not: ", one.why_not),
                ("Deviation: ", one.deviation),
                ("It said: ", one.text),
            )
            if text
        ]
        yield Row(f"step {one.id}", told, tuple(whole))  # fmt: skip


def _decisions(s: Summary, case: Case, now: datetime) -> Iterator[Row]:
    for one in s.decisions:
        told = join(
            "  ", line(one.title), ": ", line(one.choice, STRONG), "  ", line(f"{one.because}", QUIET)
        )
        whole = [
            join(
                line(one.title),
                ": ",
                line(one.choice, STRONG),
                (f"  {at(one.at, case, now)}, #{one.seq}", QUIET),
            )
        ]
        whole += [
            join((name, QUIET), lines(text))
            for name, text in (
                ("Because: ", one.because),
                ("Known then: ", one.known),
                ("Not known: ", one.unknown),
                ("Asked: ", one.consulted),
                ("Dissent: ", one.dissent),
            )
            if text
        ]
        yield Row(f"decision {one.seq}", told, tuple(whole))  # fmt: skip


def _open(s: Summary, case: Case, now: datetime) -> Iterator[Row]:
    for place, one in enumerate(s.open_items):
        due = f", due {at(one.due, case, now)}" if one.due else ""
        told = join(
            "  ",
            ("! late  ", LATE) if one.late else ("", QUIET),
            line(one.title),
            "  ",
            line(f"{one.kind}, {one.owner or 'nobody'}{due}", QUIET),
        )
        yield Row(f"open {place}", told, (told,))  # fmt: skip
