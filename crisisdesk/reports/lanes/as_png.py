"""The drawing as PNG, for Word: three dots a unit, no colour needed, no date inside."""

import unicodedata
from functools import cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from crisisdesk.domain.text import one_line
from crisisdesk.reports.lanes.shapes import Area, Disc, Drawing, Shape, Stroke, Words

SCALE = 3
"""Dots a unit: about 230 dots an inch where the picture is as wide as a page's text."""
_PLAIN = ("LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf", "Helvetica.ttc", "DejaVuSans.ttf", "NotoSans-Regular.ttf", "Carlito-Regular.ttf")  # fmt: skip
_BOLD = ("LiberationSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf", "Helvetica.ttc", "DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "Carlito-Bold.ttf")  # fmt: skip
"""Fonts that systems have, looked for by name; where there is none, the library's own, which knows plain letters only."""

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def png(drawing: Drawing) -> bytes:
    """Return a drawing as PNG, in greys."""
    image = Image.new("L", (round(drawing.width * SCALE), round(drawing.height * SCALE)), 255)
    draw = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(draw, shape)
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _draw(draw: ImageDraw.ImageDraw, shape: Shape) -> None:
    match shape:
        case Words(x, y, text, size, colour, bold, anchor):
            font, known = _font(size, bold=bold)
            side = {"start": "l", "middle": "m", "end": "r"}[anchor]
            said = one_line(text) if known else _plain_letters(one_line(text))
            place = (x * SCALE, y * SCALE)
            draw.text(place, said, fill=_grey(colour), font=font, anchor=f"{side}s")
        case Stroke(points, colour, wide, dashed):
            for one, other in pairwise(points):
                for piece in _dashes(one, other) if dashed else ((one, other),):
                    draw.line(_dots(piece), fill=_grey(colour), width=max(1, round(wide * SCALE)))
        case Area(points, fill, colour, wide):
            draw.polygon(_dots(points), fill=_grey(fill), outline=_grey(colour), width=max(1, round(wide * SCALE)))  # fmt: skip
        case Disc(x, y, radius, fill, colour, wide):
            edges = ((x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE)
            draw.ellipse(edges, fill=_grey(fill), outline=_grey(colour), width=max(1, round(wide * SCALE)))


def _dots(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _dashes(
    one: tuple[float, float], other: tuple[float, float]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Cut a line into dashes of three units."""
    (x, y), (to_x, to_y) = one, other
    count = max(1, round((abs(to_x - x) + abs(to_y - y)) / 6))
    step_x, step_y = (to_x - x) / count, (to_y - y) / count
    return [
        ((x + n * step_x, y + n * step_y), (x + (n + 0.5) * step_x, y + (n + 0.5) * step_y))
        for n in range(count)
    ]


def _grey(colour: str) -> int:
    return int(colour[1:3], 16)


@cache
def _font(size: float, *, bold: bool) -> tuple[_Font, bool]:
    """Return a font at a size, and whether it knows letters beyond plain ones."""
    for name in _BOLD if bold else _PLAIN:
        try:
            return ImageFont.truetype(name, size * SCALE), True
        except OSError:
            continue
    return ImageFont.load_default(size * SCALE), False


def _plain_letters(text: str) -> str:
    """Write letters without their accents, for the font that has none; what it cannot write is a question mark."""
    apart = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("“", '"').replace("”", '"').replace("…", "..."))  # fmt: skip
    return "".join(char if char.isascii() else "?" for char in apart if not unicodedata.combining(char))
