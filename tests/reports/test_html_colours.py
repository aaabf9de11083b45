"""The page's colours: every pair of words and ground at 4.5:1 or better, in the light and in the dark (WCAG 2.2, 1.4.3)."""

import pytest

from crisisdesk.reports.paper.as_html import COLOURS

ENOUGH = 4.5


def brightness(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", list(COLOURS))
@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("words", ["ink", "quiet", "alarm", "link"])
def test_words_stand_out_from_their_ground(scheme: str, ground: str, words: str) -> None:
    one, other = sorted((brightness(COLOURS[scheme][ground]), brightness(COLOURS[scheme][words])))
    assert (other + 0.05) / (one + 0.05) >= ENOUGH
