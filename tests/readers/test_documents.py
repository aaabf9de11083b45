"""The night's documents in the programs they are made for: they open, and say what the log says."""

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from crisisdesk.domain.summary import Summary
from crisisdesk.reports import render
from tests.readers.programs import browsed, converted, with_browser, with_calc, with_office
from tests.reports.outgoing import busy, hostile


@pytest.fixture(scope="module")
def told() -> Summary:
    """A night with something of everything."""
    return busy()


def pages(file: Path) -> list[str]:
    """Return the words of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(file).pages]


@with_office
def test_word_document_opens_and_every_page_says_where_it_belongs(told: Summary, tmp_path: Path) -> None:
    file = tmp_path / "night.docx"
    file.write_bytes(render(told, "docx"))
    found = pages(converted(file, "pdf", tmp_path))
    whole = "\n".join(found)
    assert len(found) >= 3
    for number, page in enumerate(found, 1):
        assert f"page {number} of {len(found)}" in page
        assert told.label in page
    assert "Contents" in whole
    for heading in ("In short", "What happened", "What was found", "What is to be done", "The record"):
        assert heading in whole
    assert told.head in re.sub(r"\s", "", whole)


@with_office
def test_a_long_table_repeats_its_header_on_every_page(told: Summary, tmp_path: Path) -> None:
    many = told._replace(items=told.items * 12)
    file = tmp_path / "long.docx"
    file.write_bytes(render(many, "docx"))
    found = pages(converted(file, "pdf", tmp_path))
    timeline = [page for page in found if page.count("#1") + page.count("Ada") > 6]
    headed = [page for page in timeline if re.search(r"When\s+Clock\s+Entry\s+What", page)]
    assert len(headed) >= 3


@with_office
def test_a_drill_is_marked_on_every_page(told: Summary, tmp_path: Path) -> None:
    file = tmp_path / "drill.docx"
    file.write_bytes(render(told._replace(drill=True), "docx"))
    found = pages(converted(file, "pdf", tmp_path))
    assert all("DRILL" in page for page in found)


@with_calc
def test_spreadsheet_program_reads_the_timeline_with_its_letters_and_no_formula(tmp_path: Path) -> None:
    nasty = hostile('=HYPERLINK("http://x.example","Grüße 中文")')
    file = tmp_path / "timeline.csv"
    file.write_bytes(render(nasty, "csv"))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    utf_8 = "--infilter=CSV:44,34,76,1"  # what its window offers for a file that begins with this mark
    made = converted(file, "xlsx", tmp_path, utf_8)
    sheet = load_workbook(made).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert any("Grüße 中文" in str(cell.value) for cell in cells)
    rows = list(csv.reader(io.StringIO(render(nasty, "csv").decode("utf-8-sig"))))
    assert sheet.max_row == len(rows)


class _Page(HTMLParser):
    """What a page refers to, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.refers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in ("href", "src", "srcset", "action", "data", "xlink:href"):
                self.refers.append(value or "")


def test_the_page_is_one_file_that_fetches_nothing(told: Summary) -> None:
    text = render(told, "html").decode()
    page = _Page()
    page.feed(text)
    assert page.tags.count("h1") == 1
    assert not {"script", "img", "iframe", "object", "link", "form"} & set(page.tags)
    assert page.refers
    assert all(one.startswith("#") and one[1:] in page.ids for one in page.refers)
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


@with_browser
@pytest.mark.parametrize("scheme", ["0", "1"])
def test_the_page_shows_without_script_in_the_dark_and_in_the_light(
    told: Summary, tmp_path: Path, scheme: str
) -> None:
    file = tmp_path / "night.html"
    file.write_bytes(render(told, "html"))
    shot = tmp_path / "shot.png"
    browsed(
        [f"--blink-settings=preferredColorScheme={scheme}", "--window-size=800,600", f"--screenshot={shot}", file.as_uri()],
        tmp_path,
    )  # fmt: skip
    with Image.open(shot) as image:
        darkest, lightest = image.convert("L").crop((0, 0, 8, 8)).getextrema()
    assert (darkest, lightest) == (lightest, darkest)
    assert int(str(lightest)) < 60 if scheme == "0" else int(str(darkest)) > 240


@with_browser
def test_the_page_prints_with_its_drill_mark_on_every_sheet(told: Summary, tmp_path: Path) -> None:
    file, out = tmp_path / "drill.html", tmp_path / "drill.pdf"
    file.write_bytes(render(told._replace(drill=True), "html"))
    browsed(["--no-pdf-header-footer", f"--print-to-pdf={out}", file.as_uri()], tmp_path)
    found = pages(out)
    assert len(found) >= 2
    assert all("DRILL" in page for page in found)
    assert told.head in re.sub(r"\s", "", "".join(found))


@with_browser
def test_hostile_words_are_only_words_in_a_browser(tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_bytes(
        render(hostile("</td><script>document.title='x'</script><b onmouseover=x>& bold"), "html")
    )
    dom = browsed(["--dump-dom", file.as_uri()], tmp_path)
    assert "<script" not in dom
    assert "&lt;script&gt;" in dom
    assert "<b onmouseover" not in dom
