"""A Word document: real headings, contents, tables with a heading that repeats, and on every page what it is and its number.

With ``word_parts`` the only place that imports Word's library. No text may hold what XML cannot: :func:`shown` sees to that.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from crisisdesk.domain.paper import Block, Line, Paper, Picture, Section, Table, Words
from crisisdesk.domain.text import one_line, shown
from crisisdesk.reports.paper import word_parts
from crisisdesk.reports.steady import undated

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
    headings = [(depth, one_line(section.heading)) for depth, section in paper.walk()]
    for number, (depth, section) in enumerate(paper.walk(), 1):
        if paper.contents and depth == 1 and number > 1 and section is paper.sections[1]:
            _contents(document, headings)
        _section(document, section, min(depth, 9), number if paper.contents else 0)
    if paper.mark:
        word_parts.watermark(document, paper.mark)
    _footer(document, paper)
    into = BytesIO()
    document.save(into)
    return undated(into.getvalue())


def _contents(document: "Written", headings: list[tuple[int, str]]) -> None:
    heading = document.add_paragraph("Contents", style="Contents heading")
    heading.paragraph_format.page_break_before = True
    word_parts.contents(document, headings)


def _set_up(document: "Written", paper: Paper) -> None:
    """A4, quiet letters, and properties that say what it is; nothing claims to know when or by whom it was made."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    styles: Any = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
    styles["Title"].font.size, styles["Title"].font.name = Pt(22), "Calibri"
    styles["Normal"].paragraph_format.space_after = Pt(3)
    for name in ("Title", *(f"Heading {rank}" for rank in range(1, 10))):
        styles[name].font.color.rgb, styles[name].font.name = _INK, "Calibri"
    styles["Footer"].font.size, styles["Footer"].font.color.rgb = Pt(8.5), _QUIET
    styles["Heading 2"].paragraph_format.space_before = Pt(12)
    _more_styles(styles)
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


def _more_styles(styles: Any) -> None:
    """Add the styles of tables and of the contents; whoever changes the document finds them by name."""
    for name, bold in (("Cell", False), ("CellHeading", True)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.bold = styles["Normal"], Pt(9), bold
        style.paragraph_format.space_after = Pt(1)
    contents = styles.add_style("Contents", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = styles["Normal"]
    contents.paragraph_format.tab_stops.add_tab_stop(
        Mm(word_parts.WIDE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    heading = styles.add_style("Contents heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style, heading.font.size, heading.font.bold = styles["Normal"], Pt(14), True


def _section(document: "Written", section: Section, depth: int, number: int = 0) -> None:
    heading = word_parts.styled(document, f"Heading{depth}", one_line(section.heading))
    if number:
        word_parts.bookmark(heading, number)
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
            word_parts.table(document, names, rows)
        case Picture(alt, _, png) if png:
            _picture(document, alt, png)


def _words(paragraph: "Paragraph", said: str, tone: str) -> None:
    run = paragraph.add_run(shown(said))
    if tone == "warning":
        run.bold, run.font.color.rgb = True, _ALARM
    elif tone == "note":
        run.italic, run.font.color.rgb = True, _QUIET
    elif tone == "quote":
        word_parts.restyle(paragraph, "Quote")
        paragraph.paragraph_format.left_indent = Mm(8)


def _picture(document: "Written", alt: str, png: bytes) -> None:
    shape: Any = document.add_picture(BytesIO(png), width=Mm(word_parts.WIDE))
    shape._inline.docPr.set("descr", shown(alt))  # noqa: SLF001 - the library has no alternative text


def _footer(document: "Written", paper: Paper) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{one_line(paper.footer)} · page ")
    word_parts.field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    word_parts.field(paragraph, "NUMPAGES")
