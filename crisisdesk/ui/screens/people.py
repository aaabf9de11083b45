"""Pages about people and evidence: who holds which role, who stands in, what nobody holds; what was kept and where it came from."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.runbook import gaps
from crisisdesk.ui.screens.base import marks
from crisisdesk.ui.screens.reading import ReadingScreen
from crisisdesk.ui.showing import LATE, QUIET, STRONG, WARN, at, join, line

_Row = Mapping[str, str | int]


def people_screen(case: Case, held: Sequence[_Row], now: datetime) -> ReadingScreen:
    """Return who holds which role since when, what is offered, the gaps with their stand-ins, and who held them before."""
    state = case.state
    rows = [_held(case, row, now) for row in held if not row["until"]]
    for gap in gaps(state):
        stand_in = f"its stand-in is {gap.stand_in}" if gap.stand_in else ""
        person = f", {gap.stand_in_person}" if gap.stand_in_person else ""
        rows.append(join((f"{gap.title:<26} ", STRONG), ("nobody  ", LATE), line(stand_in + person, QUIET)))
    before = [row for row in held if row["until"]]
    if before:
        rows += [Content(""), join(("Before", STRONG)), *(_held(case, row, now) for row in before)]
    rows += [Content(""), join(("r takes a role, H hands over, J accepts, y gives one up", QUIET))]
    return ReadingScreen(f"People in {state.label}", rows, marks(case, now))


def _held(case: Case, row: _Row, now: datetime) -> Content:
    known = case.state.policy.roles.get(str(row["role"]))
    until = f" to {at(str(row['until']), case, now)}" if row["until"] else ""
    marks = [
        ("acting until somebody takes it", WARN) if row["acting"] and not row["until"] else ("", QUIET),
        (f"offered to {row['offered_to']}, who accepts by name", WARN) if row["offered_to"] else ("", QUIET),
        (f"deviation: {row['deviation']}", LATE) if row["deviation"] else ("", QUIET),
    ]
    told = [join("  ", line(text, style)) for text, style in marks if text]
    return join(
        (f"{known.title if known else row['role']:<26} ", STRONG), line(str(row["person"])),
        (f"  since {at(str(row['since']), case, now)}{until}", QUIET), *told,
    )  # fmt: skip


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
    return ReadingScreen(f"Evidence of {case.state.label}", rows, marks(case, now))
