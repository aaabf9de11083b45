"""The ICS 214 form, opened by Word's library: its eight blocks, what it may not say, what it cannot become."""

import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import shown
from crisisdesk.reports.ics214 import ics214
from tests.reports.outgoing import HOSTILE, busy, hostile, night, said_long

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def tables(summary: Summary, prepared_by: str = "") -> list[list[list[str]]]:
    document = Document(BytesIO(ics214(summary, prepared_by)))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def opened(summary: Summary) -> Any:
    return Document(BytesIO(ics214(summary)))


def test_the_form_has_its_eight_blocks_in_their_order() -> None:
    incident, person, resources, activities, prepared = tables(night(), "Bo Lind")
    assert incident == [
        ["1. Incident name", "2. Operational period: date/time from", "2. Operational period: date/time to"],
        ["INC-0001: A team member's post names us", "2026-11-22 21:38 GMT", "2026-11-23 02:50 GMT"],
    ]
    assert person[0] == ["3. Name", "4. ICS position", "5. Home agency"]
    assert person[1] == ["Ada Okoro", "Incident lead", "Harbour Museum"]
    assert resources[0] == ["Name", "ICS position", "Home agency"]
    assert resources[1:] == [
        ["Ada Okoro", "Incident lead (acting)", "Harbour Museum"], ["Bo Lind", "Comms lead", "Harbour Museum"],
    ]  # fmt: skip
    assert activities[0] == ["Date/time, all in Europe/London", "Notable activities"]
    assert len(activities) == 1 + len(night().items)
    assert prepared[0] == ["Name", "Position", "Signature", "Date/time"]
    assert [cell.strip() for cell in prepared[1]] == ["Bo Lind", "Comms lead", "", ""]
    headings = [p.text for p in opened(night()).paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Whose log this is", "6. Resources assigned", "7. Activity log", "8. Prepared by"]


def test_without_a_name_the_form_is_left_to_the_pen() -> None:
    assert [cell.strip() for cell in tables(night())[-1][1]] == ["", "", "", ""]


def test_an_activity_says_who_wrote_it_for_whom_and_its_number() -> None:
    told = [row[1] for row in tables(night())[3]]
    decided = next(one for one in told if one.startswith("Decided: "))
    assert decided.endswith("(Cem Aydin, relayed, by phone; written by Ada Okoro, #14)")
    assert any("corrected by #20" in one for one in told)
    assert any("deviation: record missing" in one for one in told)


def test_the_names_of_the_columns_stand_on_every_page_and_so_does_its_number() -> None:
    document = opened(night())
    for table in document.tables:
        first, *others = table.rows
        assert first._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None
        assert not [row for row in others if row._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None]
    footer = document.sections[0].footer.paragraphs[0]
    fields = [one.get(f"{WORD}instr") for one in footer._p.iter(f"{WORD}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_drill_says_so_at_the_top_on_every_page_and_in_every_line() -> None:
    summary = night(drill=True, closed=False)
    document = opened(summary)
    assert document.paragraphs[0].text == "DRILL: ICS 214 activity log of DRILL-0001"
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "DRILL. This was a rehearsal." in said
    assert "Interim: DRILL-0001 is open. This is how it stood 2026-11-23 08:40 GMT." in said
    assert "DRILL, a rehearsal" in document.sections[0].footer.paragraphs[0].text
    assert b'string="DRILL"' in zipfile.ZipFile(BytesIO(ics214(summary))).read("word/header1.xml")
    assert all("DRILL" in row[1] for row in tables(summary)[3][1:])
    assert "DRILL" not in "".join(p.text for p in opened(night()).paragraphs)


def test_an_incident_that_runs_says_that_its_period_is_not_over() -> None:
    assert tables(night(closed=False))[0][1][2] == "2026-11-23 08:40 GMT (still open)"


def test_words_kept_closer_are_not_on_the_form() -> None:
    told = "\n".join(cell for table in tables(busy()) for row in table for cell in row)
    assert "Ann Ree" not in told
    assert "555-0199" not in told
    assert "the family" not in told
    assert "Step added: (personal data, entry 19)" in told
    assert "A journalist called." not in str(tables(night()))
    assert "switchboard" not in str(tables(night()))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_words_and_nothing_is_hidden(text: str) -> None:
    summary = hostile(text)
    told = tables(summary)
    assert len(told) == 5
    assert [len(table) for table in told] == [len(table) for table in tables(hostile("word"))]
    for table in told:
        for row in table:
            assert all(shown(cell) == cell for cell in row)
    with zipfile.ZipFile(BytesIO(ics214(summary))) as parts:
        body = ET.fromstring(parts.read("word/document.xml"))
    assert not [
        one
        for one in body.iter()
        if one.tag in {f"{WORD}{name}" for name in ("fldSimple", "instrText", "hyperlink")}
    ]


def test_twenty_thousand_characters_are_whole_and_the_same_bytes_every_time() -> None:
    summary = said_long("x" * 20_000)
    assert any("x" * 20_000 in row[1] for row in tables(summary)[3])
    assert ics214(summary) == ics214(summary)
