"""The shapes a picture is made of; places and sizes in units, the origin top left."""

from typing import NamedTuple

INK, QUIET, FAINT, WHITE = "#1b1b1b", "#555555", "#d9d9d9", "#ffffff"
GREY, DARK = "#eeeeee", "#7a7a7a"


class Words(NamedTuple):
    """A line of words; ``anchor`` is ``start``, ``middle`` or ``end``."""

    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    bold: bool = False
    anchor: str = "start"


class Stroke(NamedTuple):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK
    wide: float = 1.0
    dashed: bool = False


class Area(NamedTuple):
    """A filled shape with an outline."""

    points: tuple[tuple[float, float], ...]
    fill: str = WHITE
    colour: str = INK
    wide: float = 1.0


class Disc(NamedTuple):
    """A filled circle with an outline."""

    x: float
    y: float
    radius: float
    fill: str = WHITE
    colour: str = INK
    wide: float = 1.2


Shape = Words | Stroke | Area | Disc


class Drawing(NamedTuple):
    """A picture: its size, its title, and its shapes in the order they are drawn."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]


def box(x: float, y: float, width: float, height: float, fill: str = WHITE, colour: str = INK) -> Area:
    """Return a rectangle."""
    return Area(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill, colour)
