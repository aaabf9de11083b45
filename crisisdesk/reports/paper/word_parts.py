"""What Word's library has no words for: tables with measured columns, fields, contents that lead to their headings, a watermark.

Only texts that :func:`shown` made safe come here, and only names of ours become fields.
"""

import re
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from crisisdesk.domain.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document as Written
    from docx.text.paragraph import Paragraph

WIDE = 170
"""Millimetres between the margins of the page."""
_LETTER, _WORD, _BOLD, _EDGES = 1.55, 1.9, 2.1, 4
"""Millimetres: a letter of a table on average; of a word, and of a heading's, that must not break where a wider type stands in for
ours; both edges of a cell."""
_NARROWEST, _FULL, _LONGEST_WORD = 11, 46, 15
"""Millimetres a column has at least; letters from which a longer text, or a longer word, asks for no more room."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d \S{1,5}$")
"""A moment with its zone, which stays on one line."""


def table(document: "Written", names: "Sequence[str]", rows: "Sequence[Sequence[str]]") -> None:
    """Add a table whose first row repeats on every page and ends none, no row broken across two, columns as wide as what is in them."""
    told = [[shown(cell) for cell in row] for row in (names, *rows)]
    widths = _widths(told)
    added: Any = document.add_table(rows=0, cols=len(names), style="Table Grid")
    added.autofit = False
    for column, width in zip(added._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001 - see above
        column.w = Mm(width)
    added._tbl.extend(list(_rows(told, widths)))  # noqa: SLF001 - the library's own way is forty times slower
    space = document.add_paragraph()
    space.paragraph_format.space_after, space.paragraph_format.line_spacing = Pt(0), Pt(6)


class _Column(NamedTuple):
    """What a column asks for, in millimetres: first its heading and its moments whole, then its words, then its lines."""

    firm: float
    words: float
    lines: float


def _widths(told: "Sequence[Sequence[str]]") -> list[float]:
    """Return how wide each column is, in millimetres: what all of them need first, and the long texts share what is left."""
    asked = [_asked(column) for column in zip(*told, strict=True)]
    widths = [column.firm for column in asked]
    widths = _grown(widths, [column.words for column in asked])
    widths = _grown(widths, [column.lines for column in asked])
    return [WIDE * width / sum(widths) for width in widths]


def _asked(column: "Sequence[str]") -> _Column:
    lines = [line for cell in column for line in cell.split("\n")]
    heading = max(map(len, column[0].split()), default=1)
    moment = max((len(line) for line in lines if _TIME.match(line)), default=0)
    longest = max((len(word) for line in lines for word in line.split()), default=1)
    lengths = sorted(map(len, lines))
    usual = max(lengths[int(len(lengths) * 0.9)], lengths[-1] // 3)  # a seldom long text is no ribbon
    return _Column(
        max(_NARROWEST, heading * _BOLD + _EDGES, moment * _LETTER + _EDGES),
        min(longest, _LONGEST_WORD) * _WORD + _EDGES,
        min(usual, _FULL) * _LETTER + _EDGES,
    )


def _grown(widths: "Sequence[float]", wished: "Sequence[float]") -> list[float]:
    """Return widths grown towards what is wished, all by the same part of it where the page is too narrow."""
    more = [max(0.0, wanted - width) for width, wanted in zip(widths, wished, strict=True)]
    left = max(0.0, WIDE - sum(widths))
    part = min(1.0, left / sum(more)) if any(more) else 0.0
    return [width + part * extra for width, extra in zip(widths, more, strict=True)]


def _rows(told: "Sequence[Sequence[str]]", widths: "Sequence[float]") -> Any:
    """Return a table's rows, read from text at once: element by element would take longer than all the rest of the document."""
    rows = "".join(_row(row, widths, heading=place == 0) for place, row in enumerate(told))
    return parse_xml(f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>")


def _row(cells: "Sequence[str]", widths: "Sequence[float]", *, heading: bool) -> str:
    repeated = "<w:tblHeader/>" if heading else ""
    inside = "".join(_cell(said, width, heading=heading) for said, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{inside}</w:tr>"


def _cell(said: str, width: float, *, heading: bool) -> str:
    shade = '<w:shd w:val="clear" w:fill="E9E9E6"/>' if heading else ""
    style = '<w:pStyle w:val="CellHeading"/><w:keepNext/>' if heading else '<w:pStyle w:val="Cell"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in said.split("\n"))
    size = f'<w:tcW w:w="{round(width * 56.7)}" w:type="dxa"/>'  # twentieths of a point
    return f"<w:tc><w:tcPr>{size}{shade}</w:tcPr><w:p><w:pPr>{style}</w:pPr><w:r>{lines}</w:r></w:p></w:tc>"


_BOOKMARKS = "_crisisdesk_"


def bookmark(paragraph: "Paragraph", number: int) -> None:
    """Make a heading a place that the contents lead to."""
    start: Any = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"{_BOOKMARKS}{number}")
    end: Any = OxmlElement("w:bookmarkEnd")
    end.set(qn("w:id"), str(number))
    inside: Any = paragraph._p  # noqa: SLF001 - the library has no bookmarks
    inside.insert(1 if inside.pPr is not None else 0, start)
    inside.append(end)


def styled(document: "Written", style: str, text: str = "") -> "Paragraph":
    """Add a paragraph by its style's id; by its name the library would look through all styles each time."""
    paragraph = document.add_paragraph(text)
    restyle(paragraph, style)
    return paragraph


def restyle(paragraph: "Paragraph", style: str) -> None:
    """Give a paragraph a style by its id."""
    inside: Any = paragraph._p  # noqa: SLF001 - by its name the library would look through all styles
    inside.style = style


def contents(document: "Written", headings: "Iterable[tuple[int, str]]") -> None:
    """Add the contents: every heading of two ranks, leading to its place, with its page.

    No field of Word's own: it would be empty until somebody renews it, or Word would ask a question at every opening.
    """
    for number, (rank, text) in zip(count(1), headings, strict=False):
        if rank > 2:
            continue
        paragraph = styled(document, "Contents")
        paragraph.paragraph_format.left_indent = Mm(6 * (rank - 1))
        link: Any = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"{_BOOKMARKS}{number}")
        paragraph._p.append(link)  # noqa: SLF001 - the library has no links inside a document
        run = paragraph.add_run(shown(text))
        link.append(run._r)  # noqa: SLF001
        paragraph.add_run("\t")
        _page_of(paragraph, number)


def _page_of(paragraph: "Paragraph", number: int) -> None:
    """Add the page a heading stands on, for whoever lays the document out to fill in."""
    _mark(paragraph, "begin")
    _instruction(paragraph, f" PAGEREF {_BOOKMARKS}{number} \\h ")
    _mark(paragraph, "separate")
    paragraph.add_run("·")
    _mark(paragraph, "end")


def field(paragraph: "Paragraph", instruction: str, meanwhile: str = "1") -> None:
    """Add a field that Word fills in; ``meanwhile`` stands there until it does. Only instructions of ours come here."""
    element: Any = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    run: Any = OxmlElement("w:r")
    text: Any = OxmlElement("w:t")
    text.text = meanwhile
    run.append(text)
    element.append(run)
    paragraph._p.append(element)  # noqa: SLF001 - the library has no fields


def _mark(paragraph: "Paragraph", kind: str) -> None:
    mark: Any = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # noqa: SLF001


def _instruction(paragraph: "Paragraph", words: str) -> None:
    told: Any = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = words
    paragraph.add_run()._r.append(told)  # noqa: SLF001


def watermark(document: "Written", word: str) -> None:
    """Put a word, one of ours, across every page, behind the text."""
    shape = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="crisisdesk-watermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" '
        'style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:150pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="{word}"/>'
        "</v:shape></w:pict></w:r>"
    )
    document.sections[0].header.paragraphs[0]._p.append(shape)  # noqa: SLF001 - the library has no watermarks
