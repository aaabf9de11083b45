"""The drawing as SVG: nothing in it but shapes and escaped words, nothing from outside."""

from html import escape

from crisisdesk.domain.text import one_line
from crisisdesk.reports.lanes.shapes import Area, Disc, Drawing, Shape, Stroke, Words

_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def svg(drawing: Drawing, alt: str) -> str:
    """Return a drawing as one SVG; ``alt`` says what it shows."""
    wide, high = f"{drawing.width:.0f}", f"{drawing.height:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" '
        f'font-family="{_FONT}">\n<title>{escape(one_line(drawing.title))}</title>\n<desc>{escape(one_line(alt))}</desc>\n'
        + "\n".join(map(_shape, drawing.shapes))
        + "\n</svg>\n"
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Words(x, y, text, size, colour, bold, anchor):
            weight = ' font-weight="bold"' if bold else ""
            end = f' text-anchor="{anchor}"' if anchor != "start" else ""
            return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}{end}>{escape(one_line(text))}</text>'
        case Stroke(points, colour, wide, dashed):
            dash = ' stroke-dasharray="3 3"' if dashed else ""
            return f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" stroke-width="{wide:g}"{dash}/>'
        case Area(points, fill, colour, wide):
            return f'<polygon points="{_points(points)}" fill="{fill}" stroke="{colour}" stroke-width="{wide:g}"/>'
        case Disc(x, y, radius, fill, colour, wide):
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{colour}" stroke-width="{wide:g}"/>'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
