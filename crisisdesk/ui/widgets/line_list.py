"""A list of rows that are drawn when they are seen: a hundred thousand cost no more than a screenful."""

from collections.abc import Callable, Collection
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

Draw = Callable[[int], list[Content]]
"""Draws one row: its lines, as many as the list's rows have."""

KEPT = 512
"""Drawn lines that are remembered."""


class LineList(ScrollView, can_focus=True):
    """Rows of the same height, one of them highlighted. Enter or a click on the highlighted row selects it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="list-up"),
        Binding("down", "move(1)", "Down", show=False, id="list-down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list-page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list-page-down"),
        Binding("home", "end(0)", "First", show=False, id="list-first"),
        Binding("end", "end(-1)", "Last", show=False, id="list-last"),
        Binding("enter", "choose", "Choose", show=False, id="list-choose"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--row", "line-list--highlighted"}
    DEFAULT_CSS = """
    LineList { background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; padding: 0 1; }
    LineList > .line-list--row { color: $foreground; }
    LineList > .line-list--highlighted { color: $block-cursor-foreground; background: $block-cursor-blurred-background; }
    LineList:focus > .line-list--highlighted { background: $block-cursor-background; text-style: bold; }
    """

    class Highlighted(Message):
        """Another row is highlighted."""

        def __init__(self, line_list: "LineList", row: int) -> None:
            """Take the list and the row's number."""
            super().__init__()
            self.line_list, self.row = line_list, row

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.line_list

    class Selected(Highlighted):
        """A row was chosen, by enter or by a second click."""

    def __init__(
        self,
        *,
        tall: int = 1,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        follow: Callable[[int], None] | None = None,
    ) -> None:
        """Take how many lines a row has, and who follows the highlight within the same picture.

        A message would reach them one picture later, and the eye would see two changes for one key.
        """
        super().__init__(id=id)
        self._tall = tall
        self._follow = follow
        self._count = 0
        self._draw: Draw = lambda _: [Content("")]
        self._disabled: Collection[int] = ()
        self._lines: dict[tuple[int, int], Strip] = {}
        self._styles: dict[str, Style] = {}
        self.highlighted: int | None = None
        """The highlighted row's number, or None where there is none to highlight."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def set_rows(
        self,
        count: int,
        draw: Draw,
        *,
        highlighted: int | None = 0,
        disabled: Collection[int] = (),
        tall: int = 0,
    ) -> None:
        """Show other rows. ``disabled`` ones are only read; what is highlighted moves to the nearest that is not.

        ``tall`` is how many lines a row has from now on; 0 for as many as before.
        """
        self._count, self._draw, self._disabled, self._tall = count, draw, disabled, tall or self._tall
        self._lines.clear()
        self.virtual_size = Size(0, count * self._tall)
        before = self.highlighted
        self.highlighted = None if highlighted is None else self._nearest(highlighted, 1)
        self._scroll_to_row()
        self.refresh()
        if self.highlighted is not None and self.highlighted != before:
            self._tell(self.highlighted)

    def redraw(self) -> None:
        """Draw the rows again: what they say has changed."""
        self._lines.clear()
        self.refresh()

    def highlight(self, row: int, toward: int = 1) -> None:
        """Highlight a row, or the nearest after it (before it, with ``toward`` -1) that can be."""
        found = self._nearest(row, toward)
        if found is None or found == self.highlighted:
            return
        self.highlighted = found
        self._scroll_to_row()
        self.refresh()
        self._tell(found)

    def _tell(self, row: int) -> None:
        if self._follow is not None:
            self._follow(row)
        self.post_message(self.Highlighted(self, row))

    def action_move(self, by: int) -> None:
        """Go a row up or down."""
        if self.highlighted is None:
            self.highlight(0)
        else:
            self.highlight(self.highlighted + by, by)

    def action_page(self, by: int) -> None:
        """Go a screenful up or down."""
        rows = max(1, self.size.height // self._tall - 1)
        here = (self.highlighted or 0) + by * rows
        self.highlight(max(0, min(here, self._count - 1)), by)

    def action_end(self, place: int) -> None:
        """Go to the first row or the last."""
        self.highlight(0 if place == 0 else self._count - 1, 1 if place == 0 else -1)

    def action_choose(self) -> None:
        """Choose the highlighted row."""
        if self.highlighted is not None:
            self.post_message(self.Selected(self, self.highlighted))

    def on_click(self, event: Click) -> None:
        """Highlight the row under the mouse; choose it when it is highlighted already."""
        row = (event.y + self.scroll_offset.y) // self._tall
        if not 0 <= row < self._count or row in self._disabled:
            return
        if row == self.highlighted:
            self.action_choose()
        else:
            self.highlight(row)

    def on_resize(self) -> None:
        """Draw anew, as wide as there is room now."""
        self._lines.clear()
        self._scroll_to_row()

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._lines.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        row, place = divmod(y + self.scroll_offset.y, self._tall)
        width = self.scrollable_content_region.width
        if row >= self._count:
            return Strip.blank(width, self.rich_style)
        key = (row, place)
        if row != self.highlighted and key in self._lines:
            return self._lines[key]
        lines = self._strips(row, width)
        if row != self.highlighted:
            if len(self._lines) > KEPT:
                self._lines.clear()
            self._lines.update({(row, each): strip for each, strip in enumerate(lines)})
        return lines[place]

    def _strips(self, row: int, width: int) -> list[Strip]:
        name = "line-list--highlighted" if row == self.highlighted else "line-list--row"
        style = self.get_visual_style(name)
        drawn = self._draw(row)[: self._tall]
        drawn += [Content("")] * (self._tall - len(drawn))
        return [self._strip(content, width, style) for content in drawn]

    def _strip(self, content: Content, width: int, style: Style) -> Strip:
        """Draw one line, cut to the width. Nothing is wrapped or aligned here: Textual's general way takes twice as long."""
        if content.cell_length > width:
            content = content.truncate(width, ellipsis=True)
        segments = [
            Segment(text, (style + own).rich_style)
            for text, own in content.render(style, end="", parse_style=self._parsed)
        ]
        return Strip(segments).crop_extend(0, width, style.rich_style)

    def _parsed(self, style: str | Style) -> Style:
        """Return a style by its words, with the theme's own colours; remembered until the colours change."""
        if isinstance(style, Style):
            return style
        if style not in self._styles:
            self._styles[style] = Style.parse(style, self.app.theme_variables)
        return self._styles[style]

    def _nearest(self, row: int, toward: int) -> int | None:
        step = 1 if toward >= 0 else -1
        for candidates in (
            range(row, self._count if step > 0 else -1, step),
            range(row, -1 if step > 0 else self._count, -step),
        ):
            for candidate in candidates:
                if 0 <= candidate < self._count and candidate not in self._disabled:
                    return candidate
        return None

    def _scroll_to_row(self) -> None:
        if self.highlighted is None or not self.size.height:
            return
        row, rows = self.highlighted, self.size.height // self._tall
        first = 0 if row < rows and all(above in self._disabled for above in range(row)) else row
        region = Region(0, first * self._tall, max(1, self.size.width), (row - first + 1) * self._tall)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)
