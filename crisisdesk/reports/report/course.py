"""The course of it: level, facts, roles, steps planned against happened, clocks, figures, deviations, metrics."""

from collections.abc import Sequence
from itertools import groupby

from crisisdesk.domain.clocks import ADVICE
from crisisdesk.domain.figures import FigureRead, Series, series, sparkline
from crisisdesk.domain.metrics import value_words
from crisisdesk.domain.outcomes import NOT_RECORDED, StepOutcome, lasted
from crisisdesk.domain.paper import Section, Table, Words
from crisisdesk.domain.runbook import said
from crisisdesk.domain.severity import number
from crisisdesk.domain.summary import ClockOutcome
from crisisdesk.domain.times import instant
from crisisdesk.reports.report.page import NONE, Page, joined, labelled, said_by, section

WIDTH = 60
"""Marks of a line of figures at most: the newest readings."""


def severity(page: Page) -> tuple[Section, ...]:
    """Tell every level, from when, by whom and why."""
    rows = [
        (
            page.time(c.at), page.summary.policy.named(c.level) + ("" if c.confirmed else ", not confirmed"), c.previous or NONE, c.recommended or NONE,
            c.because or NOT_RECORDED, said_by(c.by, c.seq),
        )
        for c in page.summary.severities
    ]  # fmt: skip
    names = ("When", "Level", "Was", "Recommended", "Because", "Who, entry")
    return section("Severity", names, rows, "")


def facts(page: Page) -> tuple[Section, ...]:
    """Tell every fact as it was last answered."""
    known = [f for f in page.summary.facts if f.seq]
    rows = [(f.ask or f.fact, said(f.value), page.time(f.at, NONE), said_by(f.by, f.seq)) for f in known]
    found = section("Facts", ("Fact", "Answer", "Since", "Who, entry"), rows, "No fact is answered.")
    open_ones = "\n".join(f.ask or f.fact for f in page.summary.facts if not f.seq)
    more = (Words(f"Not answered:\n{open_ones}", "note"),) if open_ones else ()
    return (found[0]._replace(blocks=(*found[0].blocks, *more)),)


def roles(page: Page) -> tuple[Section, ...]:
    """Tell who held which role, from when until when."""
    rows = [
        (
            h.title + (" (acting)" if h.acting else ""), h.person + (f" (handed over in #{h.handover})" if h.handover else ""),
            page.time(h.since), page.time(h.until, "still held"), h.because or NONE, f"#{h.seq}",
        )
        for h in page.summary.roles
    ]  # fmt: skip
    names = ("Role", "Person", "From", "Until", "Because", "Entry")
    return section("Roles", names, rows, "No role was taken.")


def steps(page: Page) -> tuple[Section, ...]:
    """Tell planned, happened and the difference, step by step."""
    found: list[Section] = []
    names = ("Step", "Owner", "Planned, happened", "Difference", "What came of it", "Entry")
    for phase, every in groupby(page.summary.steps, lambda step: step.phase):
        applied: list[StepOutcome] = []
        not_applied: list[StepOutcome] = []
        for step in every:
            (not_applied if step.state == "not applicable" else applied).append(step)
        table = (Table(names, tuple(_step(page, step) for step in applied)),) if applied else ()
        found.append(Section(phase, (*table, *_not_applied(not_applied))))
    return (Section("Planned against happened", sections=tuple(found)),) if found else ()


def _not_applied(steps: Sequence[StepOutcome]) -> tuple[Words, ...]:
    """Tell the steps that did not apply, each with the fact that kept it away."""
    if not steps:
        return ()
    told = "\n".join(f"{step.title}: {step.why_not or NOT_RECORDED}" for step in steps)
    return (Words(f"Did not apply:\n{told}", "note"),)


def _step(page: Page, step: StepOutcome) -> tuple[str, ...]:
    came = joined(
        step.text,
        labelled("By", step.by if step.by != step.owner else ""),
        labelled("Deviation", step.deviation),
        f"Because: {step.because or NOT_RECORDED}" if step.state in ("skipped", "blocked") else "",
        f"Blocked for {lasted(step.blocked)}" if step.blocked is not None else "",
    )
    return (
        step.title + (" (added)" if step.added else ""), step.owner or f"nobody: {step.owner_role}",
        f"{page.time(step.due, 'no due time')}\n{page.time(step.happened, NONE if step.state != 'done' else NOT_RECORDED)}", step.verdict,
        came, f"#{step.seq}" if step.seq else NONE,
    )  # fmt: skip


def clocks(page: Page) -> tuple[Section, ...]:
    """Tell every legal clock with its margin, and where it comes from."""
    rows = [
        (
            c.title, c.standing, page.time(c.anchor_at, NONE), page.time(c.due_at, c.deadline or NONE), page.time(c.submitted_at, NONE),
            _margin(c), joined(c.because, f"{c.source} ({c.source_kind or 'unsure'}, checked on: {c.checked_on or 'not yet'})"),
            said_by(c.by, c.seq),
        )
        for c in page.summary.clocks
    ]  # fmt: skip
    names = (
        "Clock",
        "State",
        "Counted from",
        "Due",
        "Submitted",
        "Margin",
        "Remark and source",
        "Who, entry",
    )
    found = section("Legal clocks", names, rows, "No legal clock was asked for.")
    if rows:
        return (found[0]._replace(blocks=(*found[0].blocks, Words(ADVICE, "note"))),)
    return found


def _margin(clock: ClockOutcome) -> str:
    if not clock.due_at or not clock.submitted_at:
        return NONE
    span = instant(clock.due_at) - instant(clock.submitted_at)
    return f"{lasted(span)} {'before' if span.total_seconds() >= 0 else 'after'} the deadline"


def figures(page: Page) -> tuple[Section, ...]:
    """Tell every figure as it was read, each figure's line, and the levels they spoke for."""
    every = sorted(page.summary.figures, key=lambda point: (point.at, point.seq))
    rows = [
        (
            page.time(f.at),
            f.about,
            number(f.value),
            joined(f.source or NOT_RECORDED, _remark(f)),
            said_by(f.by, f.seq),
        )
        for f in every
    ]
    names = ("When", "What", "Figure", "Source", "Who, entry")
    found = section("Figures read", names, rows, "")
    if not found:
        return ()
    more = [Words(_line(page, one)) for one in series(page.summary.figures)]
    more += [
        Words(
            f"{page.time(one.at)}: {one.sentence} (#{one.seq}).{' A person sets the level.' if one.level else ''}"
        )
        for one in page.summary.crossings
    ]
    return (found[0]._replace(blocks=(*found[0].blocks, *more)),)


def _line(page: Page, one: Series) -> str:
    marks = sparkline(one.values, WIDTH)
    cut = f", the newest {WIDTH} of {len(one.points)}" if len(one.points) > WIDTH else ""
    return (
        f"{one.about}: {marks}{cut}, {number(one.first.value)} → {number(one.last.value)}, "
        f"highest {number(one.highest.value)} at {page.time(one.highest.at)}"
    )


def _remark(point: FigureRead) -> str:
    if not point.corrected_by:
        return ""
    was = "" if point.first_typed is None else f", first typed as {number(point.first_typed)}"
    return f"corrected by #{point.corrected_by}{was}"


def playbook_changes(page: Page) -> tuple[Section, ...]:
    """Tell which playbooks were laid on top, or brought in changed."""
    rows = [
        (page.time(c.at), c.name, c.version, c.what, c.because or NOT_RECORDED, said_by(c.by, c.seq))
        for c in page.summary.playbook_changes
    ]
    names = ("When", "Playbook", "Version", "What", "Because", "Who, entry")
    return section("Playbooks while it ran", names, rows, "")


def deviations(page: Page) -> tuple[Section, ...]:
    """Tell every rule that was passed, openly, and why."""
    rows = [
        (page.time(d.at), d.rule, d.title, d.because or NOT_RECORDED, said_by(d.by, d.seq))
        for d in page.summary.deviations
    ]
    names = ("When", "Rule passed", "Where", "Because", "Who, entry")
    return section("Deviations", names, rows, "No deviation is recorded.")


def metrics(page: Page) -> tuple[Section, ...]:
    """Tell every metric with its anchor and inputs; what is unknown is never zero."""
    rows = [
        (m.name, value_words(m.value), m.anchor + _at(page, m.start), m.inputs + _at(page, m.end))
        for m in page.summary.metrics
    ]
    return section("Metrics", ("Metric", "Value", "Counted from", "Of what"), rows, "")


def _at(page: Page, moment: str) -> str:
    return f", {page.time(moment)}" if moment else ""
