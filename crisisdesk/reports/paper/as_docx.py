"""A Word document: real headings, tables with a heading that repeats, and on every page what it is and its number.

The only file that imports Word's library. No text may hold what XML cannot: :func:`shown` sees to that.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from crisisdesk.domain.paper import Block, Line, Paper, Section, Table, Words
from crisisdesk.domain.text import one_line, shown

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.text.paragraph import Paragraph

_INK, _QUIET, _ALARM = RGBColor(0x1B, 0x1B, 0x1B), RGBColor(0x55, 0x55, 0x55), RGBColor(0x8A, 0x1C, 0x00)
_LONGEST_PROPERTY = 255


def docx(paper: Paper) -> bytes:
    """Return the whole document as the bytes of a .docx file."""
    document = Document()
    _set_up(document, paper)
    document.add_heading(one_line(paper.title), 0)
    about = document.add_paragraph(one_line(f"version {paper.version}, {paper.status}"))
    about.runs[0].italic = True
    for depth, section in paper.walk():
        _section(document, section, min(depth, 9))
    _footer(document, paper)
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def _set_up(document: "Written", paper: Paper) -> None:
    """A4, quiet letters, and properties that say what it is; nothing claims to know when or by whom it was made."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    styles: Any = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
    styles["Normal"].paragraph_format.space_after = Pt(3)
    for name in ("Title", "Heading 1", "Heading 2"):
        styles[name].font.color.rgb = _INK
    styles["Footer"].font.size, styles["Footer"].font.color.rgb = Pt(8.5), _QUIET
    styles["Heading 2"].paragraph_format.space_before = Pt(12)
    about = document.core_properties
    about.title, about.subject = (
        one_line(paper.title, _LONGEST_PROPERTY),
        one_line(paper.status, _LONGEST_PROPERTY),
    )
    about.version, about.author, about.comments = one_line(paper.version, _LONGEST_PROPERTY), "", ""
    properties: Any = about._element  # noqa: SLF001 - the library can set these dates, but not leave them out
    for name in ("dcterms:created", "dcterms:modified"):
        for found in properties.findall(qn(name)):
            properties.remove(found)


def _section(document: "Written", section: Section, depth: int) -> None:
    document.add_heading(one_line(section.heading), depth)
    for block in section.blocks:
        _block(document, block)


def _block(document: "Written", block: Block) -> None:
    match block:
        case Line(name, said):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(38)
            paragraph.paragraph_format.first_line_indent = Mm(-38)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(38))
            paragraph.add_run(f"{one_line(name)}:\t").bold = True
            paragraph.add_run(shown(said))
        case Words(said, tone):
            _words(document.add_paragraph(), said, tone)
        case Table(names, rows):
            _table(document, names, rows)


def _words(paragraph: "Paragraph", said: str, tone: str) -> None:
    run = paragraph.add_run(shown(said))
    if tone == "warning":
        run.bold, run.font.color.rgb = True, _ALARM
    elif tone == "note":
        run.italic, run.font.color.rgb = True, _QUIET
    elif tone == "quote":
        paragraph.style = "Quote"
        paragraph.paragraph_format.left_indent = Mm(8)


def _table(document: "Written", names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(names), style="Table Grid")
    for place, row in enumerate((names, *rows)):
        added = table.add_row()
        for cell, said in zip(added.cells, row, strict=True):
            run = cell.paragraphs[0].add_run(shown(said))
            run.font.size, run.bold = Pt(9.5), place == 0
        properties: Any = added._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no name for these two
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _footer(document: "Written", paper: Paper) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{one_line(paper.footer)} · page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: "Paragraph", name: str) -> None:
    """Add a field that Word fills in; only names of ours come here."""
    element: Any = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    run: Any = OxmlElement("w:r")
    shown_until_filled: Any = OxmlElement("w:t")
    shown_until_filled.text = "1"
    run.append(shown_until_filled)
    element.append(run)
    paragraph._p.append(element)  # noqa: SLF001 - the library has no fields
