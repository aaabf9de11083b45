"""The summary as a document: one tree that Markdown, HTML, Word and PDF draw, so that no two can disagree.

What happened is kept apart from what was found and what is to be done.
"""

from crisisdesk.domain.paper import Paper, Section
from crisisdesk.domain.summary import Summary
from crisisdesk.reports.report import course, opening, record, review, words
from crisisdesk.reports.report.page import Page

__all__ = ["report"]


def report(summary: Summary) -> Paper:
    """Return the whole summary as a document. Texts in it are as people wrote them; whoever draws it makes them safe."""
    page = Page(summary)
    happened = (
        *course.severity(page), *opening.key_moments(page), *words.decisions(page), *words.statements(page), *words.silences(page),
        *words.promises(page), *words.enquiries(page), *words.tellings(page), *course.roles(page), *words.approvals(page),
        *words.frozen_queues(page), *course.clocks(page), *course.facts(page), *words.fact_sheet(page), *course.figures(page),
        *course.playbook_changes(page), *course.deviations(page),
    )  # fmt: skip
    found = (*review.objectives(page), *review.findings(page), *course.metrics(page))
    to_do = (*review.follow_ups(page), *review.open_items(page))
    kept = (*record.evidence(page), *record.timeline(page), *record.proof(page))
    parts = (
        *opening.in_short(page),
        Section("What happened", sections=happened),
        *course.steps(page),
        Section("What was found", sections=found),
        Section("What is to be done", sections=to_do),
        Section("The record", sections=kept),
    )
    return Paper(
        opening.title(summary),
        str(summary.version),
        opening.status(page),
        tuple(part for part in parts if part.blocks or part.sections),
        mark="DRILL" if summary.drill else "",
        contents=True,
    )
