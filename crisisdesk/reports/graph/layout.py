"""Where everything of the picture stands: one column a phase, one box a step, lanes between them for the arrows."""

from collections.abc import Iterable
from typing import NamedTuple

from crisisdesk.domain.paper import Plan
from crisisdesk.domain.paper.plan import role_title
from crisisdesk.domain.playbook import Phase, Step
from crisisdesk.domain.text import one_line
from crisisdesk.reports.graph.letters import broken

BOX, GUTTER, MARGIN = 184.0, 34.0, 16.0
TITLE, SMALL = 13.0, 11.0
"""Sizes of letters: a step's title, and everything below it."""
TITLE_LINE, SMALL_LINE = 15.5, 13.5
PAD, TAG, GAP = 8.0, 15.0, 14.0
TOP = 74.0
"""Where the columns begin, below the title of the whole."""
LANE = 4.0
_SIDE = 297 / 210
"""A4, landscape."""


class Row(NamedTuple):
    """A line of small letters in a box; ``mark`` draws the clock before it."""

    text: str
    mark: bool = False
    inset: float = 0


class Box(NamedTuple):
    """One step: where it stands, and its lines, broken already."""

    step: Step
    number: int
    column: int
    x: float
    y: float
    height: float
    title: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def middle(self) -> float:
        """Half-way down, where arrows arrive."""
        return self.y + self.height / 2


class Column(NamedTuple):
    """One phase: its heading and its boxes."""

    x: float
    title: tuple[str, ...]
    boxes: tuple[Box, ...]


class Arrow(NamedTuple):
    """One ``after``: the corners of its way from the earlier step to the later one."""

    earlier: str
    later: str
    points: tuple[tuple[float, float], ...]


class Layout(NamedTuple):
    """The whole picture, ``width`` by ``height``, as wide for its height as A4 on its side or wider."""

    width: float
    height: float
    columns: tuple[Column, ...]
    arrows: tuple[Arrow, ...]


def layout(plan: Plan) -> Layout:
    """Return where everything stands."""
    far = _lanes_above(plan)
    heads = [
        tuple(broken(one_line(phase.title), BOX, 13, most=2, bold=True)) for phase in plan.playbook.phases
    ]
    start = TOP + 16 * max((len(head) for head in heads), default=1) + far * LANE + 18
    columns = tuple(
        _column(plan, phase, place, heads[place], start) for place, phase in enumerate(plan.playbook.phases)
    )
    boxes = {box.step.id: box for column in columns for box in column.boxes}
    arrows = tuple(_arrows(boxes, start))
    right = MARGIN * 2 + GUTTER + len(columns) * (BOX + GUTTER)
    bottom = max((box.y + box.height for box in boxes.values()), default=start) + 70
    return Layout(max(right, bottom * _SIDE), max(bottom, right / _SIDE), columns, arrows)


def _lanes_above(plan: Plan) -> int:
    """Return how many steps have an arrow that passes over a column."""
    place = {step.id: at for at, phase in enumerate(plan.playbook.phases) for step in phase.steps}
    return len(
        {
            one
            for _, step in plan.playbook.steps()
            for one in step.after
            if one in place and _is_far(place[one], place[step.id])
        }
    )


def _is_far(earlier: int, later: int) -> bool:
    return later not in (earlier, earlier + 1)


def _column(plan: Plan, phase: Phase, place: int, head: tuple[str, ...], start: float) -> Column:
    x, y = MARGIN + GUTTER + place * (BOX + GUTTER), start
    boxes = []
    for step in phase.steps:
        box = _box(plan, step, place, x, y)
        boxes.append(box)
        y += box.height + GAP
    return Column(x, head, tuple(boxes))


def _box(plan: Plan, step: Step, column: int, x: float, y: float) -> Box:
    room = BOX - 2 * PAD - 4
    title = tuple(broken(one_line(step.title or step.id), room, TITLE, most=4, bold=True))
    rows = tuple(_rows(plan, step, room))
    height = TAG + len(title) * TITLE_LINE + len(rows) * SMALL_LINE + 2 * PAD
    return Box(step, plan.numbers[step.id], column, x, y, height, title, rows)


def _rows(plan: Plan, step: Step, room: float) -> Iterable[Row]:
    earlier = ", ".join(str(plan.numbers[one]) for one in step.after if one in plan.numbers)
    owner = one_line(role_title(plan.policy, step.who))
    said = f"{owner}; after {earlier}" if earlier else owner
    yield from (Row(line) for line in broken(said, room, SMALL, most=2))
    if step.within:
        yield from (Row(line) for line in broken(f"within {step.within.words()}", room, SMALL, most=2))
    if step.only_if:
        yield from (Row(line) for line in broken(f"only if {step.only_if.sentence()}", room, SMALL, most=3))
    for name in step.starts_clock:
        clock = plan.policy.clocks.get(name)
        lines = broken(one_line(clock.title if clock else name), room - 13, SMALL, most=2)
        yield from (Row(line, place == 0, 13) for place, line in enumerate(lines))


def _arrows(boxes: dict[str, Box], start: float) -> Iterable[Arrow]:
    """Lead every arrow through the gutters; one earlier step keeps one lane in each, so that its arrows run together."""
    waits = [(boxes[one], box) for box in boxes.values() for one in box.step.after if one in boxes]
    lanes: dict[float, dict[str, int]] = {}
    above: dict[str, int] = {}

    def lane(gutter: int, earlier: Box) -> float:
        taken = lanes.setdefault(gutter, {})
        place = taken.setdefault(earlier.step.id, len(taken))
        left = MARGIN + gutter * (BOX + GUTTER)
        return left + 5 + (place * LANE) % (GUTTER - 14)

    for earlier, later in waits:
        out, into = (earlier.x + BOX, earlier.middle), (later.x, later.middle)
        if later.column == earlier.column:
            x = lane(later.column, earlier)
            points = [(earlier.x, earlier.middle), (x, earlier.middle), (x, into[1]), into]
        elif later.column == earlier.column + 1:
            x = lane(later.column, earlier)
            points = [out, (x, out[1]), (x, into[1]), into]
        else:
            x, end = lane(earlier.column + 1, earlier), lane(later.column, earlier)
            y = start - 10 - above.setdefault(earlier.step.id, len(above)) * LANE
            points = [out, (x, out[1]), (x, y), (end, y), (end, into[1]), into]
        yield Arrow(earlier.step.id, later.step.id, tuple(points))
