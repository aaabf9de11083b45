"""A workbook: the summary in tables to sort and filter, in which no cell can be a formula and times are dates.

Its library comes with an extra and is imported only when a workbook is written.
"""

import re
import unicodedata
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import one_line, shown
from crisisdesk.domain.times import instant
from crisisdesk.reports.chat_text import chat_length
from crisisdesk.reports.marks import marks
from crisisdesk.reports.steady import steady
from crisisdesk.reports.xlsx_sheets import Cell, Sheet, sheets

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
"""UTF-16 units: what a cell can hold."""
CUT = "… (CUT HERE: the whole text is in the JSON export)"
_MOMENT = "yyyy-mm-dd hh:mm:ss"
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for the code of another character."""
_FORMULA = "=+-@"


def summary_xlsx(summary: Summary) -> bytes:
    """Return the summary as a workbook; raises NotWritten where the library for it is not installed."""
    try:
        from openpyxl import Workbook
    except ImportError:
        from crisisdesk.reports import NotWritten

        raise NotWritten(
            "A workbook needs openpyxl, which is not installed.",
            "Install it with: pip install 'crisisdesk[xlsx]'. Or write the timeline as .csv.",
        ) from None
    book = Workbook()
    book.remove(book.worksheets[0])
    above, written = marks(summary), instant(summary.written_at)
    for sheet in sheets(summary):
        _fill(book.create_sheet(sheet.title), sheet, above)
    drill = "DRILL: " if summary.drill else ""
    book.properties.title = one_line(f"{drill}{summary.label}: {summary.title}", 200)
    book.properties.creator = "CrisisDesk"
    book.properties.created = written.replace(tzinfo=None)
    saved = _saved(book)
    if not saved:
        _let_go(book)
        from crisisdesk.reports import NotWritten

        raise NotWritten(
            "The workbook cannot be made: there is no room for temporary files.",
            "Make room on the disk, or write .csv.",
        )
    return steady(saved, written)


def _saved(book: Any) -> bytes:
    """Return the workbook's bytes; none where there was no room to make it.

    The library writes each sheet to the system's folder for temporary files first; when that is full it says so in its
    own words, or in those of the XML library, which share no class.
    """
    into = BytesIO()
    try:
        book.save(into)
    except Exception:  # noqa: BLE001 - see above
        return b""
    return into.getvalue()


def _let_go(book: Any) -> None:
    """Let a half-made workbook go: what it still wants to write would be told to the person as a crash."""
    import gc
    import sys

    before, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        for page in list(book.worksheets):
            book.remove(page)
        gc.collect()
    finally:
        sys.unraisablehook = before


def _fill(page: "Worksheet", sheet: Sheet, above: list[str]) -> None:
    """Write what stands above, the names of the columns and the rows; the names stay in sight and can be filtered by."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    loud, named, top = (
        Font(bold=True, color="8A1C00"),
        Font(bold=True),
        Alignment(vertical="top", wrap_text=True),
    )
    for number, line in enumerate(above, 1):
        _put(page, number, 1, line).font = loud
    head = len(above) + 1
    for place, column in enumerate(sheet.columns, 1):
        cell = _put(page, head, place, column.name)
        cell.font, cell.alignment = named, top
        page.column_dimensions[get_column_letter(place)].width = column.width
    for number, row in enumerate(sheet.rows, head + 1):
        for place, value in enumerate(row, 1):
            if value != "":
                _put(page, number, place, value).alignment = top
    page.freeze_panes = f"A{head + 1}"
    page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{head + len(sheet.rows)}"
    page.print_title_rows = f"1:{head}"


def _put(page: "Worksheet", row: int, column: int, value: Cell) -> Any:
    """Write one cell and return it; text is told to be text, or what looks like a formula would become one."""
    cell: Any = page.cell(row, column)
    if isinstance(value, str):
        cell.value = _text(value)
        cell.data_type = "s"  # the library takes what begins with = for a formula, and #N/A for an error
        cell.quotePrefix = unicodedata.normalize("NFKC", value[:1]) in _FORMULA and bool(value)
    else:
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = _MOMENT
    return cell


def _text(text: str) -> str:
    """Return text as a cell holds it; what is too long ends in a word that says so."""
    safe = _CODED.sub("_x005F_", shown(text))
    if chat_length(safe) <= LONGEST:
        return safe
    kept = safe.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT
