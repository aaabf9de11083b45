"""One summary, many formats: the facts found in each by its own reader are the same, so no two documents can disagree."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from crisisdesk.domain.metrics import value_words
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.times import full, instant
from crisisdesk.reports import render
from crisisdesk.reports.report.page import Page
from tests.reports.outgoing import busy


@pytest.fixture(scope="module")
def told() -> Summary:
    """A night with something of everything."""
    return busy()


def in_markdown(data: bytes) -> str:
    """Return the words of Markdown, its marks and escapes taken away."""
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", data.decode())
    return re.sub(r"^[>|#*-]+ ?|[|*`⏎]", " ", text, flags=re.MULTILINE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in ("style", "nav", "svg")

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("style", "nav", "svg")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.said.append(data)


def in_html(data: bytes) -> str:
    """Return the words of a page."""
    page = _Words()
    page.feed(data.decode())
    return " ".join(page.said)


def in_word(data: bytes) -> str:
    """Return the words of a Word document, tables among them, in their order."""
    document = Document(io.BytesIO(data))
    return " ".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


def in_pdf(data: bytes) -> str:
    """Return the words of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


DOCUMENTS: dict[str, Callable[[bytes], str]] = {
    "md": in_markdown,
    "html": in_html,
    "docx": in_word,
    "pdf": in_pdf,
}


def bare(text: str) -> str:
    """Return text without spaces, hyphens of line ends and soft marks: a page breaks lines where it likes."""
    return re.sub(r"[\s\u00ad\u2010\u200b]", "", text).replace("-", "")


def facts(s: Summary) -> Iterator[tuple[str, str]]:
    """Yield every fact that a document of the whole summary must say, with what it is."""
    page = Page(s)
    yield from (
        ("label", s.label),
        ("title", s.title),
        ("head", s.head),
        ("status", s.status),
        ("severity", s.severity),
    )
    for name in ("happened_at", "detected_at", "declared_at", "stood_down_at", "closed_at"):
        if moment := str(getattr(s, name)):
            yield name, page.time(moment)
    yield from (("opening", one.text.removesuffix(".")) for one in s.paragraph)
    for change in s.severities:
        yield "a level", f"{page.time(change.at)} {change.level}"
    for step in s.steps:
        if step.state != "not applicable":
            yield f"step {step.id}", step.title
            yield f"step {step.id}", page.time(step.happened, "") if step.happened else ""
            yield f"step {step.id}", step.owner
    for taken in s.decisions:
        yield from (
            ("a decision", taken.choice),
            ("its reason", taken.because),
            ("its time", page.time(taken.at)),
        )
    for one in s.statements:
        yield from (("a statement", one.text), ("its hash", one.text_hash if one.published_at else ""))
    for promise in s.promises:
        yield "a promise", f"{page.time(promise.due)}"
    for held in s.roles:
        yield "a role", f"{held.title} {held.person}" if not held.acting else held.person
    for enquiry in s.enquiries:
        yield "an enquiry", enquiry.who
    for queue in s.frozen_queues:
        yield "a freeze", queue.queue
    for clock in s.clocks:
        yield "a clock", clock.title
    for kept in s.evidence:
        yield "evidence", kept.sha256
    for deviation in s.deviations:
        yield "a deviation", deviation.rule
    for metric in s.metrics:
        yield f"metric {metric.name}", value_words(metric.value)
    for objective in s.objectives:
        yield "an objective", objective.goal
    for finding in s.findings:
        yield "a finding", finding.text
    for follow_up in s.follow_ups:
        yield from (
            ("a follow-up", follow_up.text),
            ("its owner", follow_up.owner),
            ("its day", page.time(follow_up.due_at)),
        )
    for item in s.items:
        yield f"entry #{item.seq}", item.title
        yield f"entry #{item.seq}", page.time(item.occurred_at)


@pytest.mark.parametrize("format_", list(DOCUMENTS))
def test_every_document_says_every_fact(told: Summary, format_: str) -> None:
    words = bare(DOCUMENTS[format_](render(told, format_)))
    missing = [(what, fact) for what, fact in facts(told) if bare(fact) not in words]
    assert not missing, missing[:10]


def test_the_summary_of_the_test_has_something_of_nearly_everything(told: Summary) -> None:
    named = {what.split()[0] + " " + what.split()[-1] if " " in what else what for what, _ in facts(told)}
    for wanted in (
        "a decision",
        "a statement",
        "a promise",
        "a role",
        "an enquiry",
        "a clock",
        "an objective",
    ):
        assert wanted in named, wanted


def test_tables_for_programs_say_the_same_of_every_entry(told: Summary) -> None:
    whole = json.loads(render(told, "json"))
    by_json = {
        line["seq"]: (line["occurred_at"], line["title"], line["text"], line["hash"])
        for line in whole["timeline"]
    }
    assert by_json == {
        item.seq: (item.occurred_at, item.title, item.text, entry.hash)
        for item in told.items
        for entry in told.entries
        if entry.seq == item.seq
    }
    rows = list(csv.DictReader(io.StringIO(render(told, "csv").decode("utf-8-sig"))))
    assert {int(row["seq"]): (row["happened (UTC)"], row["title"], row["hash"]) for row in rows} == {
        seq: (at, title, hash_) for seq, (at, title, _, hash_) in by_json.items()
    }
    lines = [json.loads(line) for line in render(told, "timesketch.jsonl").decode().splitlines()]
    assert len(lines) == len(by_json)
    assert (whole["label"], whole["head"], whole["seq"]) == (told.label, told.head, told.seq)


def test_the_workbook_counts_alike(told: Summary) -> None:
    book = load_workbook(io.BytesIO(render(told, "xlsx")))
    words = bare(
        " ".join(
            str(cell.value)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        )
    )
    assert bare(told.head) in words
    assert all(bare(item.title) in words for item in told.items)
    assert all(bare(one.text) in words for one in told.statements)


def test_times_are_the_same_instant_in_another_zone(told: Summary) -> None:
    """The zone is the policy's: what a page says and what the JSON says is one moment."""
    page = Page(told)
    assert page.time(told.declared_at) == full(instant(told.declared_at), page.zone)
