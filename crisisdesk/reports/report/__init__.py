"""The summary as a document: one tree that Markdown, HTML, Word and PDF draw, so that no two can disagree.

What happened is kept apart from what was found and what is to be done.
"""

from collections.abc import Callable, Sequence

from crisisdesk.domain.paper import Paper, Section
from crisisdesk.domain.summary import Summary
from crisisdesk.reports.lanes import picture
from crisisdesk.reports.report import course, opening, record, review, words
from crisisdesk.reports.report.page import Page

__all__ = ["report"]


def report(summary: Summary, drawn_as: str = "") -> Paper:
    """Return the whole summary as a document, its picture drawn as ``svg``, as ``png``, or only told in words.

    Texts in it are as people wrote them; whoever draws it makes them safe.
    """
    page = Page(summary)
    happened = _told(page, (
        ("severity", course.severity), ("key-moments", opening.key_moments), ("decisions", words.decisions), ("statements", words.statements),
        ("statements", words.silences), ("updates", words.promises), ("people", words.enquiries), ("people", words.tellings),
        ("roles", course.roles), ("decisions", words.approvals), ("freeze", words.frozen_queues), ("clocks", course.clocks),
        ("facts", course.facts), ("facts", words.fact_sheet), ("figures", course.figures), ("steps", course.playbook_changes),
        ("decisions", course.deviations),
    ))  # fmt: skip
    found = _told(
        page, (("objectives", review.objectives), ("findings", review.findings), ("metrics", course.metrics))
    )
    to_do = _told(page, (("follow-ups", review.follow_ups), ("open", review.open_items)))
    kept = _told(page, (("evidence", record.evidence), ("timeline", record.timeline)))
    parts = (
        *opening.in_short(page),
        Section("What happened", sections=(*_pictured(summary, drawn_as), *happened)),
        *_told(page, (("steps", course.steps),)),
        Section("What was found", sections=found),
        Section("What is to be done", sections=to_do),
        Section("The record", sections=(*kept, *record.proof(page))),
    )
    return Paper(
        opening.title(summary),
        str(summary.version),
        opening.status(page),
        tuple(part for part in parts if part.blocks or part.sections),
        mark="DRILL" if summary.drill else "",
        contents=True,
    )


def _pictured(summary: Summary, drawn_as: str) -> tuple[Section, ...]:
    shown = picture(summary, drawn_as=drawn_as)
    return (Section("In one picture", (shown,)),) if shown else ()


def _told(
    page: Page, sections: Sequence[tuple[str, Callable[[Page], tuple[Section, ...]]]]
) -> tuple[Section, ...]:
    """Return the sections of the parts this copy tells: of what it does not tell it says nothing, not *none*."""
    tells = page.summary.tells
    return tuple(one for part, make in sections if not tells or part in tells for one in make(page))
