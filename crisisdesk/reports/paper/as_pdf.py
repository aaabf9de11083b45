"""A PDF: laid out by typst, which is given a template of ours and the document as data. No text of anybody is ever code.

The only file that imports typst, an extra: ``pip install "crisisdesk[pdf]"``.
"""

import json
from typing import Any

from crisisdesk.domain.paper import Block, Line, Paper, Picture, Table, Words
from crisisdesk.domain.text import one_line, shown

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: ())
#set text(font: ("Libertinus Serif", "New Computer Modern"), size: 10pt, lang: "en")
#set par(leading: 0.6em)
#set page(
  paper: "a4", margin: (x: 20mm, y: 18mm),
  footer: context align(center, text(8pt, fill: luma(90))[#data.footer · page #counter(page).display() of #counter(page).final().first()]),
  background: if data.mark != "" { rotate(-45deg, text(110pt, fill: luma(228), weight: "bold", data.mark)) },
)
#show heading: set block(above: 1.3em, below: 0.6em)
#set table(stroke: 0.5pt + luma(150), inset: 4pt)
#show table: set text(8.5pt)
#let block-of(one) = {
  if one.kind == "line" { grid(columns: (38mm, 1fr), gutter: 2mm, strong(one.name + ":"), one.text) }
  else if one.kind == "table" {
    table(
      columns: one.widths.map(width => width * 1fr),
      table.header(..one.names.map(name => table.cell(fill: luma(235), strong(name)))),
      ..one.rows.flatten().map(cell => [#cell]),
    )
  }
  else if one.kind == "quote" { quote(block: true, one.text) }
  else if one.kind == "warning" { text(fill: rgb("#8a1c00"), strong(one.text)) }
  else if one.kind == "note" { text(fill: luma(80), emph(one.text)) }
  else if one.kind == "picture" { image(bytes(one.svg), format: "svg", width: 100%, alt: one.alt) }
  else { one.text }
  parbreak()
}
#text(20pt, data.title)

#emph(data.about)
#let sections = data.sections
#for (place, one) in sections.enumerate() {
  if data.contents and place == data.after {
    pagebreak()
    outline(depth: 2)
    pagebreak()
  }
  heading(level: one.level, one.title)
  for each in one.blocks { block-of(each) }
}
"""
_LEAST, _MOST, _WORD = 6, 46, 16
"""Letters a column is as wide as, at least and at most; letters of a word that is not broken."""


def pdf(paper: Paper) -> bytes:
    """Return the whole document as a PDF; the same document gives the same bytes. Raises ImportError without typst."""
    import typst

    told = [(depth, section) for depth, section in paper.walk()]
    after = next((place for place, (depth, _) in enumerate(told) if depth == 1 and place), len(told))
    data = {
        "title": one_line(paper.title), "about": one_line(f"version {paper.version}, {paper.status}"),
        "footer": one_line(paper.footer), "mark": paper.mark, "contents": paper.contents, "after": after,
        "sections": [
            {"level": min(depth, 6), "title": one_line(section.heading), "blocks": [_block(one) for one in section.blocks]}
            for depth, section in told
        ],
    }  # fmt: skip
    made = typst.compile(TEMPLATE.encode(), sys_inputs={"data": json.dumps(data)}, format="pdf", timestamp=0)
    assert isinstance(made, bytes)  # noqa: S101 - one file comes out where one goes in
    return made


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Line(name, said):
            return {"kind": "line", "name": one_line(name), "text": shown(said)}
        case Words(said, tone):
            return {"kind": tone, "text": shown(said)}
        case Picture(alt, svg):
            return (
                {"kind": "picture", "svg": svg, "alt": alt} if svg else {"kind": "note", "text": shown(alt)}
            )
        case Table(names, rows):
            told = [[shown(cell) for cell in row] for row in rows]
            return {
                "kind": "table",
                "names": [one_line(name) for name in names],
                "rows": told,
                "widths": _widths(names, told),
            }


def _widths(names: tuple[str, ...], rows: list[list[str]]) -> list[int]:
    """Return how wide each column is beside the others."""
    found = []
    for place, name in enumerate(names):
        lengths = sorted(max(map(len, row[place].split("\n"))) for row in rows) or [1]
        usual = lengths[int((len(lengths) - 1) * 0.9)]
        longest = max((len(word) for row in rows for word in row[place].split()), default=1)
        found.append(max(_LEAST, len(name), min(longest, _WORD), min(usual, _MOST)) + 2)
    return found
