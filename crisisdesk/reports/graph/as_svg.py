"""The picture as SVG: nothing in it but shapes and escaped words; the verb is said in words as well as in colour."""

from collections.abc import Iterator
from html import escape

from crisisdesk.domain.paper import Plan, status_of
from crisisdesk.domain.playbook import VERBS
from crisisdesk.domain.text import one_line
from crisisdesk.reports.graph.layout import (
    BOX,
    MARGIN,
    PAD,
    SMALL,
    SMALL_LINE,
    TAG,
    TITLE,
    TITLE_LINE,
    TOP,
    Arrow,
    Box,
    Column,
    Layout,
    layout,
)

_COLOURS = {
    "do": ("#1f4e79", "#eaf2fa"),
    "capture": ("#5b3a8c", "#f2edf9"),
    "decide": ("#8a5a00", "#fdf4e3"),
    "tell": ("#0b6b5c", "#e6f5f2"),
    "say": ("#9c1f3d", "#fbebef"),
    "pause": ("#4a4a4a", "#efefef"),
}
"""Each verb's ink and paper; white on the ink, and the ink on the paper, read well."""
_LINES = ("#333333", "#1f4e79", "#8a5a00", "#0b6b5c", "#9c1f3d", "#5b3a8c")
_INK, _QUIET = "#1b1b1b", "#444444"
_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def svg(plan: Plan) -> str:
    """Return a playbook's phases, steps, owners and order as one SVG for A4 on its side."""
    found = layout(plan)
    parts = [
        *_head(plan, found),
        *(part for column in found.columns for part in _column(column)),
        *_arrows(plan, found.arrows),
        *(part for column in found.columns for box in column.boxes for part in _box(box)),
        *_legend(found.height - 30),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _head(plan: Plan, found: Layout) -> Iterator[str]:
    playbook = plan.playbook
    title, about = _safe(playbook.title), _safe(f"version {playbook.version}, {status_of(playbook.adopted)}")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" role="img" '
        f'aria-labelledby="title desc" viewBox="0 0 {found.width:.0f} {found.height:.0f}" font-family="{_FONT}">'
    )
    yield f'<title id="title">{title}, {about}</title>'
    yield f'<desc id="desc">{_described(plan)}</desc>'
    yield f'<rect width="{found.width:.0f}" height="{found.height:.0f}" fill="#ffffff"/>'
    yield from _ends()
    yield _text(MARGIN, 38, f"{title}", 20, bold=True)
    yield _text(MARGIN, 56, about, 11, _QUIET)


def _described(plan: Plan) -> str:
    """Tell the picture in words, for whoever cannot see it."""
    phases = [
        f"{phase.title}: "
        + "; ".join(f"{plan.numbers[step.id]} {step.kind} {step.title}" for step in phase.steps)
        for phase in plan.playbook.phases
    ]
    return _safe("Phases from left to right, with their steps. " + ". ".join(phases) + ".")


def _ends() -> Iterator[str]:
    yield "<defs>"
    for place, colour in enumerate(_LINES):
        yield (
            f'<marker id="end{place}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="{colour}"/></marker>'
        )
    yield "</defs>"


def _column(column: Column) -> Iterator[str]:
    for place, line in enumerate(column.title):
        yield _text(column.x, TOP + 14 + place * 16, _safe(line), 13, bold=True)
    y = TOP + 4 + 16 * len(column.title)
    yield f'<line x1="{column.x:.1f}" y1="{y:.1f}" x2="{column.x + BOX:.1f}" y2="{y:.1f}" stroke="{_INK}" stroke-width="1.5"/>'


def _arrows(plan: Plan, arrows: tuple[Arrow, ...]) -> Iterator[str]:
    for arrow in arrows:
        place = plan.numbers[arrow.earlier] % len(_LINES)
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in arrow.points)
        yield (
            f'<polyline points="{points}" fill="none" stroke="{_LINES[place]}" stroke-width="1.2" '
            f'stroke-linejoin="round" marker-end="url(#end{place})"/>'
        )


def _box(box: Box) -> Iterator[str]:
    ink, paper = _COLOURS.get(box.step.kind, (_INK, "#ffffff"))
    dash = ' stroke-dasharray="5 3"' if box.step.only_if else ""
    yield (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{BOX:.1f}" height="{box.height:.1f}" rx="5" '
        f'fill="{paper}" stroke="{ink}" stroke-width="1.3"{dash}/>'
    )
    x, y = box.x + PAD, box.y + PAD
    yield from _tag(x, y, box.step.kind, f"{box.number} ")
    y += TAG
    for line in box.title:
        y += TITLE_LINE
        yield _text(x, y - 2, _safe(line), TITLE, bold=True)
    for row in box.rows:
        y += SMALL_LINE
        if row.mark:
            yield _clock(x + 4.5, y - 3.2)
        yield _text(x + row.inset, y, _safe(row.text), SMALL, _QUIET)


def _legend(y: float) -> Iterator[str]:
    x = MARGIN
    for verb in VERBS:
        yield from _tag(x, y, verb)
        x += 74
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="30" height="13" rx="3" fill="#ffffff" stroke="{_INK}" stroke-dasharray="5 3"/>'
    )
    yield _text(x + 36, y + 10, "only under a condition", 10, _QUIET)
    x += 230
    yield f'<polyline points="{x:.1f},{y + 6.5:.1f} {x + 30:.1f},{y + 6.5:.1f}" fill="none" stroke="{_LINES[0]}" stroke-width="1.2" marker-end="url(#end0)"/>'
    yield _text(x + 36, y + 10, "waits for", 10, _QUIET)
    x += 110
    yield _clock(x + 5, y + 6.5)
    yield _text(x + 16, y + 10, "asks for a legal clock (not legal advice)", 10, _QUIET)
    yield _text(x + 240, y + 10, "times are those of the worst level", 10, _QUIET)


def _tag(x: float, y: float, verb: str, before: str = "") -> Iterator[str]:
    ink, _ = _COLOURS.get(verb, (_INK, ""))
    wide = 64 if not before else 20 + 6 * (len(before) + len(verb))
    yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="13" rx="3" fill="{ink}"/>'
    yield _text(x + 6, y + 9.8, _safe(f"{before}{verb.upper()}"), 9, "#ffffff", bold=True)


def _clock(x: float, y: float) -> str:
    return (
        f'<g fill="none" stroke="#9c1f3d" stroke-width="1.1"><circle cx="{x:.1f}" cy="{y:.1f}" r="4.2"/>'
        f'<path d="M{x:.1f} {y - 2.8:.1f} V{y:.1f} H{x + 2.2:.1f}"/></g>'
    )


def _text(x: float, y: float, said: str, size: float, colour: str = _INK, *, bold: bool = False) -> str:
    """Return a line of words that are escaped already."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}>{said}</text>'


def _safe(said: str) -> str:
    return escape(one_line(said))
