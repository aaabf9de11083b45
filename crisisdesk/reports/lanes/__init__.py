"""The night in one picture: a lane for each role, what it did and when, what was late, what waited, what was said.

Summary → :mod:`acts` (what is told, in whose lane) → :mod:`axis` (time to place) → :mod:`layout` (shapes) → SVG or PNG: both
draw the same shapes. A mark's number is its entry's.
"""

from crisisdesk.domain.paper import Picture
from crisisdesk.domain.summary import Summary
from crisisdesk.reports.lanes.acts import Lanes, alt_text, lanes_of

__all__ = ["lanes_png", "lanes_svg", "picture"]


def lanes_svg(summary: Summary) -> str:
    """Return the picture as one SVG; raises NotWritten where this copy does not tell the timeline."""
    from crisisdesk.reports.lanes.as_svg import svg
    from crisisdesk.reports.lanes.layout import layout

    return svg(layout(_told(summary)), alt_text(_told(summary)))


def lanes_png(summary: Summary) -> bytes:
    """Return the picture as PNG; raises NotWritten where this copy does not tell the timeline."""
    from crisisdesk.reports.lanes.as_png import png
    from crisisdesk.reports.lanes.layout import layout

    return png(layout(_told(summary)))


def picture(summary: Summary, *, drawn_as: str) -> Picture | None:
    """Return the picture for a document, drawn as ``svg`` or ``png``, with words for whoever cannot see it; None where nothing happened."""
    found = lanes_of(summary)
    if not found.marks or (summary.tells and "timeline" not in summary.tells):
        return None
    if drawn_as == "png":
        return Picture(alt_text(found), png=lanes_png(summary))
    return Picture(alt_text(found), svg=lanes_svg(summary) if drawn_as == "svg" else "")


def _told(summary: Summary) -> Lanes:
    from crisisdesk.reports import NotWritten

    if summary.tells and "timeline" not in summary.tells:
        raise NotWritten(
            f"A copy {summary.audience_title} does not tell the timeline; there is nothing to draw.",
            "Choose another audience.",
        )
    return lanes_of(summary)
