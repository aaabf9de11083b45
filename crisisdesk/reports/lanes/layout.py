"""Where everything stands: bands on top, a lane for each role, the axis, the legend, and the weightier marks in words."""

from collections.abc import Iterator
from datetime import timedelta, tzinfo

from crisisdesk.reports.graph.letters import broken, width
from crisisdesk.reports.lanes.acts import KEYED, SORTS, Band, Lanes, Mark
from crisisdesk.reports.lanes.axis import Axis
from crisisdesk.reports.lanes.shapes import (
    DARK,
    FAINT,
    GREY,
    INK,
    QUIET,
    WHITE,
    Area,
    Disc,
    Drawing,
    Shape,
    Stroke,
    Words,
    box,
)

WIDE = 720.0
EDGE, LABEL = 12.0, 136.0
SMALL, PLAIN, TITLE = 9.0, 10.5, 14.0
ROW = 19.0
"""Height of a row of marks within a lane, at most."""
TALL = 620.0
"""Height of all rows at most: the picture stays on one page, and with the most marks a row is still as high as its sign."""
MARK = 4.6
"""Half a mark."""


def layout(found: Lanes) -> Drawing:
    """Return the drawing of a night."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(found.zone)
    moments = [moment for one in found.marks for moment in (one.since, one.at, one.until)]
    axis = Axis([*moments, *(at for _, at in found.points)], LABEL, WIDE - EDGE - 26)
    shapes: list[Shape] = list(_head(found))
    y = 20.0 + 15 * bool(found.about or found.not_drawn) + 12
    top = y + 14
    y = top
    for name, bands in (("Severity", found.levels), ("Frozen", found.freezes)):
        if bands:
            shapes += _bands(name, bands, axis, y)
            y += 20
    marks: list[Shape] = []
    owned = {lane: [one for one in found.marks if one.lane == lane] for lane in found.lanes}
    rows_of = {lane: _rows(own, axis) for lane, own in owned.items()}
    high = min(ROW, TALL / max(1, sum(max(rows.values()) + 1 for rows in rows_of.values())))
    for place, (lane, own) in enumerate(owned.items()):
        rows = rows_of[lane]
        named = broken(lane, LABEL - EDGE - 12, PLAIN, most=2, bold=True)
        height = max(high * (max(rows.values()) + 1), 12.0 * len(named) + 3) + 6
        shapes += _lane(named, y, height, shaded=place % 2 == 0)
        for one in own:
            marks += _mark(one, axis, y + 3 + high * rows[one.seq] + high / 2)
        y += height
    shapes += _points(found, axis, top, y)
    shapes += marks
    shapes += _axis(axis, zone, found.zone, y)
    y += 36
    y = _legend(shapes, y)
    y = _key(shapes, found, zone, y)
    return Drawing(WIDE, y + EDGE, found.title, (box(0, 0, WIDE, y + EDGE, WHITE, WHITE), *shapes))


def _head(found: Lanes) -> Iterator[Shape]:
    title = broken(found.title, WIDE - 2 * EDGE, TITLE, most=1, bold=True)
    yield Words(EDGE, 20, title[0] if title else "", TITLE, bold=True)
    more = f"{found.not_drawn} more marks are not drawn; the timeline has them all" if found.not_drawn else ""
    told = ", ".join(part for part in (*found.about, more) if part)
    if told:
        yield Words(EDGE, 35, told, PLAIN, bold=bool(found.about))


def _bands(name: str, bands: tuple[Band, ...], axis: Axis, y: float) -> Iterator[Shape]:
    yield Words(EDGE, y + 13, name, PLAIN, bold=True)
    for place, band in enumerate(bands):
        left, right = axis.place(band.since), axis.place(band.until)
        yield box(left, y + 2, max(2.0, right - left), 15, GREY if place % 2 == 0 else FAINT)
        if (
            width(band.word, SMALL, bold=True) <= right - left - 6
        ):  # a piece of a level's name says another level
            yield Words(left + 4, y + 13, band.word, SMALL, bold=True)


def _lane(named: list[str], y: float, height: float, *, shaded: bool) -> Iterator[Shape]:
    yield box(EDGE, y, WIDE - 2 * EDGE, height, "#f6f6f6" if shaded else WHITE, FAINT)
    for place, said in enumerate(named):
        yield Words(EDGE + 4, y + 14 + 12 * place, said, PLAIN, bold=True)


def _number(one: Mark) -> str:
    return f"{one.seq}{'*' if one.chosen else ''}"


def _rows(own: list[Mark], axis: Axis) -> dict[int, int]:
    """Give each mark a row of its lane, so that neither marks nor their numbers stand on each other."""
    free: list[float] = []
    found = {}
    for one in own:
        left = min(axis.place(one.since), axis.place(one.at)) - MARK - 1
        right = max(axis.place(one.until), axis.place(one.at) + MARK + 2 + width(_number(one), SMALL) + 2)
        row = next((place for place, until in enumerate(free) if until <= left), len(free))
        free[row:] = [right, *free[row + 1 :]]
        found[one.seq] = row
    return found


def _mark(one: Mark, axis: Axis, y: float) -> Iterator[Shape]:
    x = axis.place(one.at)
    yield from _bar(axis.place(one.since), x, y, slanted=False)
    yield from _bar(x, axis.place(one.until), y, slanted=True)
    yield from _sign(one.sort, x, y)
    if one.sort == "waited" and axis.place(one.until) - x > MARK * 2:
        yield Words(x + 1, y - MARK - 1.5, _number(one), SMALL - 1)
    else:
        yield Words(x + MARK + 2, y + 3.2, _number(one), SMALL, bold=one.chosen)


def _bar(left: float, right: float, y: float, *, slanted: bool) -> Iterator[Shape]:
    """Draw how late, or how long: readable in grey, upright for late and slanted for waiting."""
    if right - left < 2:
        return
    yield box(left, y - 3, right - left, 6, WHITE, DARK)
    x = left + 4
    while x < right - 1:
        lean = 3.0 if slanted else 0.0
        yield Stroke(((x - lean / 2, y + 3), (x + lean / 2, y - 3)), DARK, 0.8)
        x += 4


def _sign(sort: str, x: float, y: float) -> Iterator[Shape]:
    """Draw the sign of a sort: by its shape alone it can be told."""
    m = MARK
    if sort == "said":
        yield Area(((x - m, y - m), (x + m, y), (x - m, y + m)), INK)
    elif sort == "decided":
        yield Area(((x, y - m - 1), (x + m + 1, y), (x, y + m + 1), (x - m - 1, y)), WHITE, INK, 1.6)
    elif sort == "late":
        yield Disc(x, y, m, INK)
        yield Words(x, y + 3, "!", SMALL - 1, WHITE, bold=True, anchor="middle")
    elif sort == "waited":
        yield box(x - m / 2, y - m, m, 2 * m, INK)
    elif sort == "skipped":
        yield Disc(x, y, m, WHITE)
        yield Stroke(((x - m, y + m), (x + m, y - m)), INK, 1.2)
    elif sort == "handed":
        yield Stroke(((x - m, y - 2), (x + m, y - 2)), INK, 1.2)
        yield Stroke(((x + m - 3, y - 5), (x + m, y - 2)), INK, 1.2)
        yield Stroke(((x + m, y + 2), (x - m, y + 2)), INK, 1.2)
        yield Stroke(((x - m + 3, y + 5), (x - m, y + 2)), INK, 1.2)
    else:
        yield Disc(x, y, m - 1, DARK, DARK)


def _points(found: Lanes, axis: Axis, top: float, bottom: float) -> Iterator[Shape]:
    """Draw when it was declared, stood down and closed, through all lanes; each word as near its line as there is room."""
    named: dict[float, list[str]] = {}
    for name, at in found.points:
        named.setdefault(round(axis.place(at)), []).append(name)
    told = [(x, ", ".join(names)) for x, names in named.items()]
    limit, lefts = WIDE - EDGE, []
    for x, words in reversed(told):
        wide = width(words, SMALL)
        lefts.append(min(x - wide / 2, limit - wide))
        limit = lefts[-1] - 8
    for (x, words), left in zip(told, reversed(lefts), strict=True):
        yield Stroke(((x, top - 2), (x, bottom)), QUIET, 0.8, dashed=True)
        if (
            abs(left + width(words, SMALL) / 2 - x) > 3
        ):  # it had to give way: a stroke leads from it to its line
            yield Stroke(((left + width(words, SMALL) / 2, top - 4), (x, top - 1)), QUIET, 0.6)
        yield Words(left, top - 7, words, SMALL, QUIET)


def _axis(axis: Axis, zone: tzinfo, name: str, y: float) -> Iterator[Shape]:
    yield Words(EDGE + 4, y + 13, f"Times in {name}", SMALL - 1.5 if len(name) > 14 else SMALL, QUIET)
    for part in axis.stretches:
        yield Stroke(((part.left, y), (part.right, y)), INK, 1.2)
    for one, other in zip(axis.stretches, axis.stretches[1:], strict=False):
        middle = (one.right + other.left) / 2
        for x in (middle - 3, middle + 3):
            yield Stroke(((x - 3, y + 6), (x + 3, y - 6)), INK, 1.2)
        gap = _spell(other.since - one.until)
        yield Words(middle, y + 30, gap, SMALL - 1.5, QUIET, anchor="middle")
    for x, told in axis.ticks(zone):
        clock, _, day = told.partition("\n")
        yield Stroke(((x, y), (x, y + 4)), INK, 1)
        yield Words(x, y + 13, clock, SMALL, anchor="middle")
        if day:
            yield Words(x, y + 23, day, SMALL - 1, QUIET, anchor="middle")


def _spell(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{span.days} d quiet" if hours > 48 else f"{hours:.0f} h quiet" if hours >= 1 else "quiet"


def _legend(shapes: list[Shape], y: float) -> float:
    """Draw what each sign means; returns where it ends."""
    x, y = EDGE + 6, y + 8
    for sort, meaning in (*SORTS.items(), ("", "* chosen as a key moment; numbers are entries")):
        wide = width(meaning, SMALL) + 26
        if x + wide > WIDE - EDGE:
            x, y = EDGE + 6, y + 15
        if sort:
            shapes += _sign(sort, x, y)
        shapes.append(Words(x + (9 if sort else -6), y + 3.2, meaning, SMALL, QUIET))
        x += wide
    return y + 12


def _key(shapes: list[Shape], found: Lanes, zone: tzinfo, y: float) -> float:
    """Tell the weightier marks in words, in two columns; returns where they end."""
    order = list(SORTS)
    told = [one for one in found.marks if one.sort != "done" or one.chosen]
    told = sorted(told, key=lambda one: (not one.chosen, order.index(one.sort)))[:KEYED]
    told.sort(key=lambda one: (one.at, one.seq))
    half = (len(told) + 1) // 2
    column = (WIDE - 2 * EDGE - 14) / 2
    for place, one in enumerate(told):
        x = EDGE + (place // half if half else 0) * (column + 14)
        line = y + 10 + 13 * (place % half)
        shapes += _sign(one.sort, x + 6, line - 3)
        number = f"{_number(one)}  {one.at.astimezone(zone):%H:%M}"
        shapes.append(Words(x + 15, line, number, SMALL, bold=True))
        room = column - 76
        words = broken(one.words, room, SMALL, most=1)
        shapes.append(Words(x + 74, line, words[0] if words else "", SMALL))
    return y + 6 + 13 * half
