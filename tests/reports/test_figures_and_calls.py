"""Figures over time and how soon people answered, as the exports tell them."""

import json
from datetime import timedelta

from crisisdesk.domain import entries as log
from crisisdesk.domain.summary import Summary, summarise
from crisisdesk.reports import render
from tests.reports.sample_night import EVENING, Log

HOSTILE = "tool` | <b> [x](y)\x1b[31m\n# head"


def night() -> Summary:
    """A night with figures, one typed wrongly, and somebody who was reached at the second call."""
    one = Log()
    one.declare()
    one.write(5, log.FigureTyped("mentions", 34), {"source": HOSTILE})
    wrong = one.write(15, log.FigureTyped("mentions", 3400), {"source": "tool"})
    one.write(16, log.EntryCorrected(wrong, value=340), {"text": "340", "because": "a nought too many"})
    one.write(25, log.FigureTyped("mentions", 90))
    one.write(30, log.PersonTold(reached=False), {"who": HOSTILE, "how": "phone"})
    one.write(36, log.PersonTold(reached=True), {"who": HOSTILE, "how": "phone"})
    return summarise(one.entries, one.state(), EVENING + timedelta(hours=1))


def test_markdown_has_every_reading_the_line_and_how_soon_people_answered() -> None:
    text = render(night(), "md").decode()
    assert "mentions per hour: ▁█▂, 34 → 90, highest 340 at 2026-11-22 21:55 GMT" in text
    assert "| 340 | tool ⏎ corrected by #4, first typed as 3,400 | Ada Okoro, #3 |" in text
    assert "| 90 | not recorded | Ada Okoro, #5 |" in text
    assert "reached after 6 min, at the second attempt | 2026-11-22 22:10 GMT" in text
    assert "\x1b" not in text
    assert "<b>" not in text
    assert "\n# head" not in text


def test_json_has_the_points_and_the_time_to_answer() -> None:
    told = json.loads(render(night(), "json"))
    assert [(one["value"], one["first_typed"]) for one in told["figures"]] == [
        (34, None),
        (340, 3400),
        (90, None),
    ]
    assert told["figures"][0]["source"] == HOSTILE
    (answered,) = told["answered"]
    assert (answered["took"], answered["attempts"], answered["reached"]) == ({"seconds": 360.0}, 2, True)


def test_csv_still_is_the_timeline_and_nothing_else() -> None:
    lines = render(night(), "csv").decode("utf-8-sig").splitlines()
    assert not any("▁" in line for line in lines)
