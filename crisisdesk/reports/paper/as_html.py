"""A page that prints well and fetches nothing: every word escaped, one style sheet inside it, no script possible."""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from crisisdesk.domain.paper import Block, Line, Paper, Picture, Section, Table, Words
from crisisdesk.domain.text import one_line, shown

COLOURS = {
    "light": {"ink": "#1b1b1b", "quiet": "#555555", "paper": "#ffffff", "raised": "#eeeeee", "edge": "#bbbbbb", "alarm": "#8a1c00", "link": "#0b4f8a", "mark": "#8a1c00"},
    "dark": {"ink": "#e8e6e3", "quiet": "#b3b0ab", "paper": "#161819", "raised": "#26292b", "edge": "#4a4f52", "alarm": "#ffb4a2", "link": "#9ecbff", "mark": "#ffb4a2"},
}  # fmt: skip
"""The page's colours: words on paper and on what is raised from it read well in both, see the tests. On paper it is always light."""

_STYLE = """
body { font: 15px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
.about, .note, footer, figcaption { color: var(--quiet); }
.warning { font-weight: 600; color: var(--alarm); }
a { color: var(--link); }
nav ol { list-style: none; margin: .2rem 0; padding-left: 1.2rem; }
nav > ol { padding-left: 0; columns: 16rem; }
nav > ol > li { break-inside: avoid; margin-bottom: .4rem; }
dl { display: grid; grid-template-columns: 10rem 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { font-weight: 600; }
dd { margin: 0; white-space: pre-line; }
p { margin: .5rem 0; white-space: pre-line; }
blockquote { margin: .5rem 0; padding: .5rem .8rem; border-left: 4px solid var(--quiet); background: var(--raised); white-space: pre-line; }
figure { margin: .8rem 0; }
figure svg { display: block; width: 100%; height: auto; background: #fff; }
figcaption { font-size: .85rem; margin-top: .3rem; }
.table { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border: 1px solid var(--edge); padding: .3rem .5rem; text-align: left; vertical-align: top; white-space: pre-line; min-width: 5.6rem; }
th { background: var(--raised); overflow-wrap: normal; min-width: 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--edge); padding-top: .5rem; font-size: .85rem; }
.mark { position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none; z-index: 1;
  font-size: 24vmin; font-weight: 700; color: var(--mark); opacity: .09; transform: rotate(-35deg); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print { body { font-size: 10pt; max-width: none; margin: 0; padding: 0; } h2, h3 { break-after: avoid; }
  table { font-size: 8.5pt; line-height: 1.3; } th, td { padding: 2pt 4pt; min-width: 48pt; } th { min-width: 0; }
  .table { overflow: visible; } a { color: inherit; text-decoration: none; }
  thead { display: table-header-group; } tr, blockquote, figure { break-inside: avoid; } }
"""


def _coloured() -> str:
    """Return the style sheet with its colours: light, dark where the reader's system is dark, and light on paper."""
    light, dark = ("; ".join(f"--{name}: {value}" for name, value in COLOURS[one].items()) for one in COLOURS)
    return (
        f":root {{ color-scheme: light dark; {light}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark}; }} }}" + _STYLE
    )


_ALLOWED = "default-src 'none'; style-src 'unsafe-inline'"


def html(paper: Paper) -> str:
    """Return the whole document as one page."""
    places = {id(section): f"s{number}" for number, (_, section) in enumerate(paper.walk(), 1)}
    parts = ["\n".join(_section(section, 2, places)) for section in paper.sections]
    if paper.contents and parts:
        parts.insert(
            1, f'<nav aria-label="Contents"><h2>Contents</h2>{_contents(paper.sections, places)}</nav>'
        )
    body = "\n".join(parts)
    mark = f'<div class="mark" aria-hidden="true">{_line(paper.mark)}</div>\n' if paper.mark else ""
    title, about = _line(paper.title), _line(f"version {paper.version}, {paper.status}")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_ALLOWED}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_coloured()}</style>
</head>
<body>
{mark}<header><h1>{title}</h1><p class="about">{about}</p></header>
<main>
{body}
</main>
<footer>{_line(paper.footer)}</footer>
</body>
</html>
"""


def _contents(sections: tuple[Section, ...], places: Mapping[int, str]) -> str:
    """Return the headings as links, those within others set in."""
    items = "".join(
        f'<li><a href="#{places[id(one)]}">{_line(one.heading)}</a>{_contents(one.sections, places)}</li>'
        for one in sections
    )
    return f"<ol>{items}</ol>" if items else ""


def _section(section: Section, rank: int, places: Mapping[int, str]) -> Iterator[str]:
    yield '<section class="step">' if section.number else "<section>"
    yield f'<h{rank} id="{places[id(section)]}">{_line(section.heading)}</h{rank}>'
    for is_line, blocks in groupby(section.blocks, lambda block: isinstance(block, Line)):
        rows = "\n".join(_block(block) for block in blocks)
        yield f"<dl>\n{rows}\n</dl>" if is_line else rows
    for inner in section.sections:
        yield from _section(inner, min(rank + 1, 6), places)
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
            return f"<figure>{svg}<figcaption>{_line(alt)}</figcaption></figure>"
        case Table(names, rows):
            body = "\n".join(map(_row, rows))
            head = "".join(f'<th scope="col">{_text(name)}</th>' for name in names)
            table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
            return f'<div class="table" tabindex="0">{table}</div>'


def _row(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in cells) + "</tr>"


def _text(said: str) -> str:
    return escape(shown(said))


def _line(said: str) -> str:
    return escape(one_line(said))
