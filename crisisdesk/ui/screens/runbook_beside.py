"""What stands beside the current step: where to resume, what is ready besides, the step's own words, what was written last."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from crisisdesk.desk import Case, Desk
from crisisdesk.domain.approvals import says_a_statement
from crisisdesk.domain.incident import Draft, Incident, StepState
from crisisdesk.domain.runbook import next_steps, title_of
from crisisdesk.domain.sensitivity import kept_closer, withheld
from crisisdesk.domain.statements import asked_now, current, prepared, says, standing, words_for
from crisisdesk.domain.text import name_key
from crisisdesk.domain.timeline import Item, build, sentence
from crisisdesk.ui.case_words import at
from crisisdesk.ui.showing import QUIET, STRONG, WARN, join, line, lines, time_left

LATELY = 8
"""Entries read for the end of the log."""
MOST = 10
"""Steps named that are ready besides."""


class Beside(NamedTuple):
    """What the log says beside the state: its last lines, and the texts of the statements as they stand."""

    lately: tuple[Item, ...] = ()
    texts: Mapping[int, str] = {}


def read_beside(desk: Desk, case: Case) -> Beside:
    """Read the end of the log, and the newest texts."""
    state = case.state
    entries = desk.entries(case, max(0, state.seq - LATELY))
    texts = desk.words(case, [one.seq for one in current(state)]) if state.versions else {}
    seen = withheld(entries, kept_closer(entries))  # many look over a shoulder; the timeline has the words
    return Beside(tuple(sorted(build(seen, state), key=lambda item: item.seq)), texts)


def resume(case: Case, now: datetime, seen: int, beside: Beside, person: str, width: int) -> Content:
    """Say in one line where one was: what was done last, and how much others wrote since one looked (``seen``, 0: never)."""
    settled = [known for known in case.state.steps.values() if known.settled]
    others = [item for item in beside.lately if item.seq > seen and name_key(item.author) != name_key(person)]
    plus = "+" if len(others) == LATELY else ""
    news = f"; {len(others)}{plus} new by others (t)" if seen and others else ""
    begin = "▶ Resume here"
    if not settled:
        return join((begin, "bold $text-accent"), (news, WARN))
    last = max(settled, key=lambda known: known.last)
    when = f": last {last.progress} " + (f"{at(last.done_at, case, now)} " if last.done_at else "")
    room = max(10, width - len(begin) - len(when) - len(news) - 2)
    return join(
        (begin, "bold $text-accent"),
        (when, QUIET),
        line(title_of(last, case.words), width=room),
        (news, WARN),
    )


def also_ready(case: Case, chosen: StepState | None, now: datetime) -> list[Content]:
    """Return the other steps that can be done now, whoever owns them."""
    chosen_id = chosen.step.id if chosen else ""
    others = [known for known in next_steps(case.state) if known.step.id != chosen_id]
    more = [join((f"  and {len(others) - MOST} more", QUIET))] if len(others) > MOST else []
    shown = [
        join(
            "  ", line(title_of(known, case.words), width=46), "  ",
            line(case.state.owner_of(known) or f"nobody: {known.step.who}", QUIET, 22),
            "  " if known.due else "", time_left(known.due, now),
        )
        for known in others[:MOST]
    ]  # fmt: skip
    return [*shown, *more]


def words_of(case: Case, known: StepState, beside: Beside, now: datetime) -> list[Content]:
    """Return the words a step says: each draft as it stands, or the playbook's words where none is drafted."""
    if not says_a_statement(known):
        return []
    state, name = case.state, known.step.statement
    drafts = [one for one in current(state) if says(name, one)]
    rows: list[Content] = []
    for one in drafts:
        rows += _draft(state, one, beside, now)
    if not rows and (ready := prepared(state, name)):
        channel = known.step.on[0] if known.step.on else ""
        rows = [
            join(
                ("The playbook's words, not drafted yet", QUIET), (f" ({channel})" if channel else "", QUIET)
            ),
            lines(words_for(ready, channel, "")),
        ]
    return rows


def _draft(state: Incident, one: Draft, beside: Beside, now: datetime) -> list[Content]:
    language = f" in {one.language}" if one.language else ""
    waits = " and ".join(asked.stand_in or asked.role for asked in asked_now(state, one, now))
    stands = standing(state, one)
    style = "$text-success" if stands.startswith(("approved", "published")) else WARN
    return [
        join(
            (f"{stands} ", style), line(f"for {one.channel}{language}, version {one.version}", STRONG),
            (f"  waiting on {waits} " if waits else "", QUIET), time_left(one.due_at, now) if waits else "",
        ),
        lines(beside.texts.get(one.seq, "(words erased)")),
    ]  # fmt: skip


def lately(case: Case, beside: Beside, now: datetime) -> list[Content]:
    """Return the last lines of the log, the newest first."""
    return [
        join((f"{at(item.occurred_at, case, now)} ", QUIET), line(item.author, width=14), "  ", line(sentence(item), QUIET, 160))
        for item in reversed(beside.lately)
    ]  # fmt: skip


def section(title: str, rows: list[Content]) -> list[Content]:
    """Return rows under a heading, or nothing."""
    return [join((title, "bold $text-accent")), *rows, Content("")] if rows else []
