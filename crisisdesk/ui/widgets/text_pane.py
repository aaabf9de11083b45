"""Text to read that changes at every key: drawn anew without laying the whole screen out again."""

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual


class TextPane(ScrollView, can_focus=False):
    """Wrapped text that scrolls. With a height of its own only itself is drawn; with ``auto`` it is as tall as its text."""

    DEFAULT_CSS = """
    TextPane { overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 1; }
    """
    # The bar keeps its column where there is nothing to scroll: else words would wrap otherwise with it than without it, a
    # text that fits only without it would be laid out without end, and a bar that comes or goes lays the whole screen out.

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        """Begin empty."""
        super().__init__(id=id)
        self.content = Content("")
        """What is read."""
        self._strips: list[Strip] = []
        self._width = 0
        self._tall = 0
        """Lines it was laid out for."""

    def update(self, content: Content) -> None:
        """Show other text, from its beginning."""
        if content.plain != self.content.plain:
            self.scroll_to(y=0, animate=False)
        self.content = content
        self._width = 0
        self._wrap(self.scrollable_content_region.width)
        self._fit()
        self.refresh(layout=self.styles.is_auto_height and len(self._strips) != self._tall)

    def on_resize(self) -> None:
        """Wrap to the width there is now."""
        self._wrap(self.scrollable_content_region.width)
        self._fit()

    def notify_style_update(self) -> None:
        """Draw in the colours there are now."""
        super().notify_style_update()
        self._width = 0

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Draw what is marked with the mouse."""
        self._width = 0
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the words that are marked with the mouse."""
        return selection.extract(self.content.plain), "\n"

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return how tall the text is at a width, the bar's own column among it."""
        self._wrap(width - self.scrollbar_gutter.width)
        self._tall = len(self._strips)
        return self._tall

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.scrollable_content_region.width
        self._wrap(width)
        place = y + self.scroll_offset.y
        if place >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[place].crop_extend(0, width, self.rich_style)

    def _wrap(self, width: int) -> None:
        """Break the text into lines of a width, once."""
        if width > 0 and width != self._width:
            self._width = width
            self._strips = Visual.to_strips(self, self.content, width, None, self.visual_style, pad=True)

    def _fit(self) -> None:
        """Say how much there is to scroll in. Set the usual way it would lay the whole screen out again at every key."""
        size = Size(self._width, len(self._strips))
        if size != self.virtual_size:
            self.set_reactive(TextPane.virtual_size, size)
            self._scroll_update(size)
