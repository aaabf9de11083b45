"""The call list: who has to be told and was not reached yet, and whom to call next; and how soon people answered.

Pure. Who can be called comes from the roles of the policy and from the people file; what came of it from the log.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.outcomes import lasted
from crisisdesk.domain.people import Person
from crisisdesk.domain.policy import Role
from crisisdesk.domain.runbook import Words, is_late, state_of, title_of
from crisisdesk.domain.text import name_key
from crisisdesk.domain.timeline import ERASED, Reading, was_reached
from crisisdesk.domain.times import instant, stamp

ANSWER_WITHIN = timedelta(minutes=15)
"""How long somebody who was called has to answer before the stand-in is next; the policy names no limit of its own."""

Standing = Literal["reached", "not called", "may still answer", "did not answer"]


class Attempt(NamedTuple):
    """One attempt to tell somebody, as the log has it; ``at`` is a stored instant, empty when no time is recorded."""

    at: str
    who: str
    how: str
    reached: bool
    promised: str
    step: str
    seq: int


class Heard(NamedTuple):
    """What the log says of who knows: every attempt, and since when people write in it themselves (or were heard)."""

    attempts: tuple[Attempt, ...]
    here: Mapping[str, str]
    """Names by :func:`name_key` to the stored instant of the first entry that is theirs."""


class Candidate(NamedTuple):
    """Somebody to call: why they are on the list, how to reach them, and what came of it so far."""

    name: str
    why: str
    reach: str
    """Their contacts in one line; empty when the people file has none."""
    standing: Standing
    attempts: tuple[Attempt, ...] = ()
    here_since: str = ""
    until: str = ""
    """Until when (a stored instant) they may still answer before the next in line is called; empty when not called."""


class Call(NamedTuple):
    """A role or a step for which somebody has to be told: the people in line, and the one to call now."""

    kind: Literal["role", "step"]
    id: str
    title: str
    line: tuple[Candidate, ...]
    next: str
    """The name of the one to call now; empty when somebody was reached, or when the step's own words say whom to tell."""
    reached: str = ""
    """The name of who was reached for a role."""
    owner: str = ""
    due: str = ""
    late: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to be told."""
        return not self.reached


def heard(readings: Iterable[Reading]) -> Heard:
    """Return what the log says of who was called and who is here, in the order things happened."""
    attempts: list[Attempt] = []
    here: dict[str, str] = {}
    for r in sorted(readings, key=lambda one: (one.occurred_at, one.entry.seq)):
        for name in filter(None, (r.entry.header.author, r.entry.header.on_behalf_of)):
            here.setdefault(name_key(name), r.occurred_at)
        event = r.entry.event
        if isinstance(event, log.PersonTold):
            at = "" if r.precision == "unknown" else r.occurred_at
            who, how = (r.words.get(name, ERASED if r.erased else "") for name in ("who", "how"))
            attempts.append(
                Attempt(at, who, how, was_reached(r), r.words.get("promised", ""), event.step, r.entry.seq)
            )
    return Heard(tuple(attempts), here)


def calls(
    state: Incident, known: Heard, people: Sequence[Person], now: datetime, words: Words | None = None
) -> tuple[Call, ...]:
    """Return the call list: the roles this level needs in the policy's order, then the telling steps, soonest due first.

    Those for whom somebody was reached are in it too, marked so. A closed incident has nobody to call.
    """
    if state.status not in ("open", "stood down"):
        return ()
    telling = [
        one for one in state.steps.values()
        if one.step.kind == "tell" and (state_of(state, one) in ("ready", "started") or is_late(one, now))
    ]  # fmt: skip
    asked = {one.step.who for one in telling}
    roles = [
        role for role in state.policy.roles.values()
        if role.id in asked or (role.needed_from and not state.policy.is_worse(role.needed_from, state.severity))
    ]  # fmt: skip
    telling.sort(key=lambda one: one.due or "9")
    return (
        *(_for_role(state, role, known, people, now) for role in roles),
        *(_for_step(state, one, known, people, now, words or {}) for one in telling),
    )


def _for_role(state: Incident, role: Role, known: Heard, people: Sequence[Person], now: datetime) -> Call:
    """Work down who holds the role, who is named for it, and their stand-ins."""
    named = _in_line(state, role, people) or {role.title: "nobody is named for it"}
    line = tuple(_candidate(name, why, known, people, now) for name, why in named.items())
    own = 1 if state.holder(role.id) else sum(role.id in one.roles for one in people)
    reached = next(
        (
            one.name for place, one in enumerate(line)
            if one.standing == "reached" and (place < max(own, 1) or all(before.attempts for before in line[:place]))
        ),
        "",
    )  # fmt: skip
    return Call(
        "role", role.id, role.title, line, "" if reached else _next(line), reached, state.holder(role.id)
    )


def _in_line(state: Incident, role: Role, people: Sequence[Person]) -> dict[str, str]:
    """Return the names in the order to call them, each with why: a role and then its stand-ins, each role once."""
    found: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    now: Role | None = role
    while now is not None and now.id not in seen:
        seen.add(now.id)
        holds, named = (
            ("holds the role", "named for the role")
            if now is role
            else (f"stand-in: {now.title}", f"stand-in: named as {now.title}")
        )
        if holder := state.holder(now.id):
            found.setdefault(name_key(holder), (holder, holds))
        for person in people:
            if now.id in person.roles:
                found.setdefault(name_key(person.name), (person.name, named))
        now = state.policy.roles.get(now.stand_in)
    return dict(found.values())


def _for_step(
    state: Incident, step: StepState, known: Heard, people: Sequence[Person], now: datetime, words: Words
) -> Call:
    """List whom the log names for a step; whom else to tell, the step says in its own words."""
    names: dict[str, str] = {}
    for attempt in known.attempts:
        if attempt.step == step.step.id:
            names.setdefault(name_key(attempt.who), attempt.who)
    line = tuple(
        _candidate(name, "called for this step", known, people, now, step.step.id) for name in names.values()
    )
    return Call(
        "step", step.step.id, title_of(step, words), line, _next(line), owner=state.owner_of(step), due=step.due,
        late=is_late(step, now),
    )  # fmt: skip


def _candidate(
    name: str, why: str, known: Heard, people: Sequence[Person], now: datetime, step: str = ""
) -> Candidate:
    """Say how somebody stands: for a step only its own attempts count, and being here is not being told."""
    mine = tuple(one for one in known.attempts if (one.step == step if step else True) and _is(one.who, name))
    here = "" if step else known.here.get(name_key(name), "")
    reach = next((person.reach for person in people if name_key(person.name) == name_key(name)), "")
    if here or any(one.reached for one in mine):
        return Candidate(name, why, reach, "reached", mine, here)
    if not mine:
        return Candidate(name, why, reach, "not called")
    until = stamp(instant(mine[0].at) + ANSWER_WITHIN) if mine[0].at else ""
    standing: Standing = "may still answer" if stamp(now) < until else "did not answer"
    return Candidate(name, why, reach, standing, mine, until=until)


def _is(who: str, name: str) -> bool:
    """Tell whether an attempt names somebody: the name itself, or the name and more after a comma or bracket."""
    return name_key(name) in (name_key(who), name_key(re.split(r"[,;(]", who, maxsplit=1)[0]))


def _next(line: Sequence[Candidate]) -> str:
    """Return whom to call now: the first who has not had their time; when all have, the one not called for longest."""
    waiting = [one for one in line if one.standing != "reached"]
    if not waiting:
        return ""
    fresh = [one for one in waiting if one.standing != "did not answer"]
    return (fresh or sorted(waiting, key=lambda one: one.attempts[-1].at))[0].name


class Answered(NamedTuple):
    """How soon somebody who was called was reached: attempts until then, and the time since the first."""

    who: str
    first_at: str
    reached_at: str
    """When they were reached; empty when they were not, or at no recorded time."""
    reached: bool
    attempts: int
    """Attempts up to the one that reached them; all of them when none did."""
    took: timedelta | None
    """From the first attempt until they were reached; None when they were not, or a time is not recorded."""


def answered(attempts: Iterable[Attempt]) -> tuple[Answered, ...]:
    """Return for each person how soon they were reached, in the order they were first called; erased names stay apart."""
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        key = f"#{attempt.seq}" if attempt.who == ERASED else name_key(attempt.who)
        found.setdefault(key, []).append(attempt)
    return tuple(_answered(mine) for mine in found.values())


def _answered(mine: Sequence[Attempt]) -> Answered:
    first = mine[0]
    place = next((place for place, one in enumerate(mine) if one.reached), -1)
    if place < 0:
        return Answered(first.who, first.at, "", reached=False, attempts=len(mine), took=None)
    at = mine[place].at
    timed = at and all(one.at for one in mine[: place + 1])
    took = instant(at) - instant(first.at) if timed else None
    return Answered(first.who, first.at, at, reached=True, attempts=place + 1, took=took)


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def answer_words(one: Answered) -> str:
    """Say how soon somebody was reached: ``reached after 6 min, at the second attempt``; ``not reached, 2 attempts``."""
    if not one.reached:
        return f"not reached, {one.attempts} {'attempt' if one.attempts == 1 else 'attempts'}"
    known = 1 <= one.attempts <= len(_ORDINALS)
    which = f"the {_ORDINALS[one.attempts - 1]} attempt" if known else f"attempt {one.attempts}"
    if one.attempts == 1:
        return f"reached at {which}"
    after = f"after {lasted(one.took)}" if one.took is not None else "at a time that is not recorded"
    return f"reached {after}, at {which}"
