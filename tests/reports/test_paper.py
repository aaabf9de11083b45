"""A playbook on paper: what it says, in every format, with words that would rather be code."""

import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from pypdf import PdfReader

from crisisdesk.domain.deadlines import Within
from crisisdesk.domain.paper import NOT_ADVICE, Line, Plan, Section, Table, playbook_paper
from crisisdesk.domain.playbook import Statement
from crisisdesk.reports import render
from crisisdesk.reports.graph import svg
from crisisdesk.reports.paper import FORMATS, draw
from tests.domain.sample import when
from tests.reports.outgoing import busy
from tests.reports.paper_sample import HOSTILE_PLAN, PLAN

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def step(plan: Plan, number: int) -> dict[str, str]:
    """A numbered step's lines by name."""
    section = next(one for _, one in playbook_paper(plan).walk() if one.number == number)
    return lines(section)


def lines(section: Section) -> dict[str, str]:
    return {block.name: block.text for block in section.blocks if isinstance(block, Line)}


def titled(plan: Plan, title: str) -> Section:
    return next(one for _, one in playbook_paper(plan).walk() if one.title == title)


def rows(section: Section) -> list[tuple[str, ...]]:
    return [row for block in section.blocks if isinstance(block, Table) for row in block.rows]


def plan_with(**fields: Any) -> Plan:
    """The sample plan whose sixth step, the one that says something, has other fields."""
    phases = list(PLAN.playbook.phases)
    first, *others = phases[1].steps
    phases[1] = phases[1]._replace(steps=(first._replace(**fields), *others))
    return PLAN._replace(playbook=PLAN.playbook._replace(phases=tuple(phases)))


def test_the_level_stretches_only_minutes_and_hours_from_declaration() -> None:
    assert step(PLAN._replace(level="sev1"), 1)["Due"] == "within 10 minutes of declaration"
    assert step(PLAN, 1)["Due"].startswith("within 20 minutes of declaration (written as 10 minutes")
    assert step(PLAN, 3)["Due"] == "within 1 hour of step 2, 'Choose the line'"
    assert step(PLAN, 6)["Due"].startswith("within 2 hours of declaration (written as 1 hour,")
    assert step(PLAN, 8)["Due"] == "within 2 working days of declaration"


def test_what_is_said_needs_the_approvals_of_the_step_and_of_the_level() -> None:
    level = PLAN.policy.levels["sev2"]._replace(approvals=("counsel", "incident-lead"))
    policy = PLAN.policy._replace(levels={**PLAN.policy.levels, "sev2": level})
    said = step(PLAN._replace(policy=policy), 6)
    assert said["Approved by"] == "Incident lead (asked by this step and sev2), Counsel (asked by sev2)"
    assert "Approved by" not in step(PLAN._replace(policy=policy), 1)


def test_a_condition_says_whether_it_applies_and_which_answers_decide() -> None:
    assert "applies until it is known otherwise: injured is unknown" in step(PLAN, 3)["Only if"]
    assert "It applies because injured is yes" in step(PLAN._replace(facts={"injured": "yes"}), 3)["Only if"]
    both = plan_with(only_if=when("injured is yes and reach at least 1000"))._replace(facts={"injured": "no"})
    assert [row[-1] for row in rows(titled(both, "Steps that would not apply")) if row[0] == "6"] == [
        "injured is no"
    ]


def test_a_step_that_does_not_apply_keeps_its_number_and_holds_nobody_up() -> None:
    plan = PLAN._replace(facts={"injured": "no"})
    left_out = rows(titled(plan, "Steps that would not apply"))
    assert left_out == [("3", "Tell counsel", "First hour", "Counsel", "injured is yes", "injured is no")]
    assert step(plan, 6)["After"].endswith("step 3, Tell counsel, which does not apply and holds nobody up")


def test_a_revisit_is_counted_from_the_decision_at_every_level() -> None:
    assert step(PLAN, 2)["Look at it again"] == "2 hours after the decision, at every level"


def test_what_to_record_marks_what_may_be_left_out() -> None:
    assert step(PLAN, 1)["To record"] == "link (link)\nshares (number, optional)"


def test_a_clock_names_its_source_how_sure_it_is_and_that_counsel_must_check() -> None:
    plan = plan_with(starts_clock=("regulator",))
    assert step(plan, 6)["What starts it"] == "when it was noticed"
    assert (step(plan, 6)["Source"], step(plan, 6)["Checked on"]) == ("a law", "2026-10-01")
    assert NOT_ADVICE in draw(playbook_paper(plan), "txt").decode().split("5. ")[-1]


def test_clocks_the_facts_ask_for_stand_apart_from_those_that_wait() -> None:
    clock = PLAN.policy.clocks["regulator"]._replace(ask_when=when("injured is yes"))
    plan = PLAN._replace(policy=PLAN.policy._replace(clocks={"regulator": clock}))
    assert rows(titled(plan, "Legal clocks"))[0][0] == "Tell the regulator"
    assert titled(plan._replace(facts={"injured": "yes"}), "Tell the regulator")
    assert rows(titled(plan._replace(facts={"injured": "no"}), "Legal clocks")) == []


def test_statements_are_counted_as_their_channel_counts() -> None:
    wording = Statement("holding", "Holding line", "We know. {{organisation}} {{now}}", {"on x": "日" * 141})
    plan = PLAN._replace(playbook=PLAN.playbook._replace(statements={"holding": wording}))
    said = [b.text for b in titled(plan, "Holding line").blocks if isinstance(b, Line) and b.name == "Length"]
    assert said == [
        "33 characters; no channel publishes this wording",
        "X: 282 of 280 (x-weighted), TOO LONG by 2",
    ]


def test_what_nobody_gave_is_unknown_and_a_sample_is_called_one() -> None:
    paper = playbook_paper(HOSTILE_PLAN)
    assert ("injured", "unknown") in rows(titled(HOSTILE_PLAN, "What is assumed"))
    assert paper.status == "sample, not adopted"
    assert playbook_paper(PLAN).status == "adopted 2026-02-01"


@pytest.mark.parametrize("within", [Within(1, "months"), Within(0, "minutes"), Within(3, "days", "closing")])
def test_any_duration_can_be_said(within: Within) -> None:
    assert step(plan_with(within=within), 6)["Due"].startswith(f"within {within.amount} ")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no format 'odt'"):
        draw(playbook_paper(PLAN), "odt")


@pytest.mark.parametrize("width", [1, 40, 79, 200])
def test_plain_text_stays_within_its_width_and_sends_no_controls(width: int) -> None:
    said = draw(playbook_paper(HOSTILE_PLAN), "txt", width).decode()
    assert max(len(line) for line in said.split("\n")) <= max(width, 40)
    assert not [char for char in said if char != "\n" and (ord(char) < 32 or char in "\u202e\x7f")]
    assert "⟨1B⟩" in said


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_holds_no_script_and_fetches_nothing() -> None:
    page = _Tags()
    page.feed(draw(playbook_paper(HOSTILE_PLAN), "html").decode())
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert not {"src", "href", "style"} & page.attributes
    assert not [name for name in page.attributes if name.startswith("on")]
    assert "<script>alert(1)</script> [/b] ⟨1B⟩[31mred" in page.words
    assert page.tags.count("section") > 10


def test_markdown_shows_hostile_words_as_words() -> None:
    from markdown_it import MarkdownIt

    drawn = MarkdownIt("commonmark").enable("table").render(draw(playbook_paper(HOSTILE_PLAN), "md").decode())
    assert "<script" not in drawn
    assert "&lt;script&gt;alert(1)" in drawn
    assert "=1+1" in drawn
    assert "<h3>1. Decide: " in drawn
    assert "<table>" in drawn


def test_word_gets_headings_tables_and_a_footer_with_page_numbers() -> None:
    document = Document(BytesIO(draw(playbook_paper(HOSTILE_PLAN), "docx")))
    assert document.paragraphs[0].style.name == "Title"  # type: ignore[union-attr]  # every paragraph has a style
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings[0].startswith("1. Decide: <script>alert(1)</script> [/b] ⟨1B⟩")
    assert len(document.tables) >= 3
    footer = document.sections[0].footer.paragraphs[0]
    assert "sample, not adopted · page " in footer.text
    fields = [one.get(f"{WORD}instr") for one in footer._p.iter(f"{WORD}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_breaks_no_heading_no_moment_and_ends_no_page_with_a_heading() -> None:
    document = Document(BytesIO(render(busy(), "docx")))
    told = 0
    for table in document.tables:
        for place, cell in enumerate(table.rows[0].cells):
            words = cell.text.split()
            letters_wide = (cell.width.mm - 3.8) / 1.75  # a bold letter of Calibri at 9 points, on average
            assert max(map(len, words)) <= letters_wide, cell.text
            assert all(paragraph.paragraph_format.keep_with_next for paragraph in cell.paragraphs)
            moments = [row.cells[place].text for row in table.rows if row.cells[place].text.endswith(" GMT")]
            told += len(moments)
            assert not moments or cell.width.mm >= 34, "a moment with its zone stands on one line"
    assert told > 20


def test_word_gets_no_field_link_or_control_character_from_a_playbook() -> None:
    with zipfile.ZipFile(BytesIO(draw(playbook_paper(HOSTILE_PLAN), "docx"))) as parts:
        body = ET.fromstring(parts.read("word/document.xml"))
        about = parts.read("docProps/core.xml").decode()
    assert not [
        one for one in body.iter() if one.tag in (f"{WORD}fldSimple", f"{WORD}instrText", f"{WORD}hyperlink")
    ]
    assert "=1+1" in "".join(body.itertext())
    assert "python-docx" not in about
    assert "2013" not in about


@pytest.mark.parametrize("format_", [*FORMATS])
def test_every_format_says_the_same_steps(format_: str) -> None:
    data = draw(playbook_paper(PLAN), format_)
    if format_ == "docx":
        data = "\n".join(p.text for p in Document(BytesIO(data)).paragraphs).encode()
    if format_ == "pdf":
        data = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).encode()
    said = " ".join(data.decode().replace("\\", "").split())
    for found in ("1. Capture the post", "6. Say the holding line", NOT_ADVICE, "adopted 2026-02-01"):
        assert found in said


def test_the_picture_is_one_of_shapes_and_words() -> None:
    drawn = ET.fromstring(svg(HOSTILE_PLAN))
    tags = {one.tag.rpartition("}")[2] for one in drawn.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "defs",
        "marker",
        "path",
        "rect",
        "line",
        "polyline",
        "text",
        "g",
        "circle",
    }
    names = {name for one in drawn.iter() for name in one.attrib}
    assert not {"href", "onload", "style"} & names
    assert "<script>" in "".join(drawn.itertext())


def test_the_picture_draws_an_arrow_for_every_after_and_dashes_what_is_conditional() -> None:
    drawn = ET.fromstring(svg(PLAN))
    boxes = [one for one in drawn.iter() if one.tag.endswith("rect") and one.get("rx") == "5"]
    steps = [step for _, step in PLAN.playbook.steps()]
    assert [bool(one.get("stroke-dasharray")) for one in boxes] == [bool(step.only_if) for step in steps]
    arrows = [one for one in drawn.iter() if one.tag.endswith("polyline")]
    assert len(arrows) == sum(len(step.after) for step in steps) + 1  # and the one that explains them
    words = [one.text for one in drawn.iter() if one.tag.endswith("text")]
    assert "1 CAPTURE" in words
    assert "Comms lead" in words


def test_boxes_of_the_picture_never_overlap() -> None:
    drawn = ET.fromstring(svg(HOSTILE_PLAN))
    boxes = [
        tuple(float(one.attrib[name]) for name in ("x", "y", "width", "height"))
        for one in drawn.iter()
        if one.tag.endswith("rect") and one.get("rx") == "5"
    ]
    for place, (x, y, _, height) in enumerate(boxes):
        for other, top, *_ in boxes[place + 1 :]:
            assert other != x or top >= y + height
