"""The page of what was kept as evidence, and where it came from."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.ui.case_words import at, zone_name
from crisisdesk.ui.screens.heads import marks
from crisisdesk.ui.screens.reading import ReadingScreen
from crisisdesk.ui.showing import QUIET, STRONG, join, line

_Row = Mapping[str, str | int]


def evidence_screen(case: Case, kept: Sequence[_Row], now: datetime) -> ReadingScreen:
    """Return every file and link that was kept, with its entry, its hash, and where it came from."""
    rows: list[Content] = []
    for row in kept:
        what = f"{row['name']}, {row['size']:,} bytes" if row["sha256"] else str(row["link"])
        rows.append(join((f"#{row['seq']:<4} ", QUIET), line(what, STRONG)))
        captured = f"captured {at(str(row['captured_at']), case, now)} by {row['captured_by']}"
        parts = (("", captured), ("step ", row["step"]), ("original by ", row["original_author"]), ("original of ", row["original_time"]),
                 ("with ", row["tool"]), ("", row["note"]))  # fmt: skip
        rows.append(join("      ", line("; ".join(f"{before}{text}" for before, text in parts if text))))
        if row["sha256"]:
            rows.append(join((f"      SHA-256 {row['sha256']}", QUIET)))
    if not rows:
        rows = [Content("Nothing is attached yet. Press a on the step it belongs to.")]
    rows += [
        Content(""),
        join(
            ("To write the files out again: ", QUIET),
            line(f"crisisdesk evidence extract {case.state.label} --to FOLDER", QUIET),
        ),
    ]
    times = Content.styled(f"times in {zone_name(case, now)}", QUIET)
    return ReadingScreen(f"Evidence of {case.state.label}", rows, [times, *marks(case, now)])
