"""A page that prints well and fetches nothing: every word escaped, one style sheet inside it, no script possible."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from crisisdesk.domain.paper import Block, Line, Paper, Picture, Section, Table, Words
from crisisdesk.domain.text import one_line, shown

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1b1b1b; background: #fff;
  max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 2px solid #1b1b1b; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
.about, .note, footer { color: #555; }
.warning { font-weight: 600; color: #8a1c00; }
dl { display: grid; grid-template-columns: 10rem 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { font-weight: 600; color: #444; }
dd { margin: 0; white-space: pre-line; }
p { margin: .5rem 0; white-space: pre-line; }
blockquote { margin: .5rem 0; padding: .5rem .8rem; border-left: 4px solid #777; background: #f4f4f2; white-space: pre-line; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .92rem; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #eee; }
footer { margin-top: 3rem; border-top: 1px solid #bbb; padding-top: .5rem; font-size: .85rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print { body { font-size: 10pt; max-width: none; margin: 0; padding: 0; } h2, h3 { break-after: avoid; }
  thead { display: table-header-group; } tr, blockquote { break-inside: avoid; } }
"""
_ALLOWED = "default-src 'none'; style-src 'unsafe-inline'"


def html(paper: Paper) -> str:
    """Return the whole document as one page."""
    body = "\n".join(part for section in paper.sections for part in _section(section, 2))
    title, about = _line(paper.title), _line(f"version {paper.version}, {paper.status}")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_ALLOWED}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>{title}</h1><p class="about">{about}</p></header>
<main>
{body}
</main>
<footer>{_line(paper.footer)}</footer>
</body>
</html>
"""


def _section(section: Section, rank: int) -> Iterator[str]:
    yield '<section class="step">' if section.number else "<section>"
    yield f"<h{rank}>{_line(section.heading)}</h{rank}>"
    for is_line, blocks in groupby(section.blocks, lambda block: isinstance(block, Line)):
        rows = "\n".join(_block(block) for block in blocks)
        yield f"<dl>\n{rows}\n</dl>" if is_line else rows
    for inner in section.sections:
        yield from _section(inner, min(rank + 1, 6))
    yield "</section>"


def _block(block: Block) -> str:
    match block:
        case Line(name, said):
            return f"<dt>{_line(name)}</dt><dd>{_text(said)}</dd>"
        case Words(said, "quote"):
            return f"<blockquote>{_text(said)}</blockquote>"
        case Words(said, tone):
            return f'<p class="{tone}">{_text(said)}</p>'
        case Picture(alt, svg):
            return f'<figure role="img" aria-label="{_line(alt)}">{svg}<figcaption>{_line(alt)}</figcaption></figure>'
        case Table(names, rows):
            body = "\n".join(_row(row, "td") for row in rows)
            return f"<table>\n<thead>{_row(names, 'th')}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(cells: tuple[str, ...], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _text(said: str) -> str:
    return escape(shown(said))


def _line(said: str) -> str:
    return escape(one_line(said))
