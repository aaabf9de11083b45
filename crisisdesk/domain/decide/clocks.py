"""Legal clocks: started or dismissed only by a person who holds the role; submitted by whoever did it."""

from datetime import datetime

from crisisdesk.domain.clocks import ADVICE, anchor_of, chained_after, clock_due, clocks
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, words
from crisisdesk.domain.entries import ClockDismissed, ClockRestated, ClockStarted, ClockSubmitted
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act, DismissClock, StartClock, SubmitClock
from crisisdesk.domain.policy import Clock
from crisisdesk.domain.text import nearest, same_name
from crisisdesk.domain.times import instant, stamp


def read_clock(state: Incident, named: str) -> Clock | Refused:
    """Return the clock named by its id or a unique beginning of it, or a refusal with the nearest."""
    wanted = named.strip().casefold()
    if wanted in state.policy.clocks:
        return state.policy.clocks[wanted]
    matches = [clock for clock in state.policy.clocks if wanted and clock.startswith(wanted)]
    if len(matches) == 1:
        return state.policy.clocks[matches[0]]
    near = nearest(wanted, state.policy.clocks)
    asked = ", ".join(view.clock.id for view in clocks(state))
    listed = f"This incident has: {asked}." if asked else "The policy lists them."
    return Refused(f"The policy has no clock '{named}'.", f"Did you mean '{near}'?" if near else listed)


def start(state: Incident, intent: StartClock, act: Act) -> Ruling:
    """Start a clock from the moment the law counts from; its due time is fixed here."""
    clock = read_clock(state, intent.clock)
    if isinstance(clock, Refused):
        return clock
    known = state.clocks.get(clock.id)
    if known and not known.dismissed:
        return Refused(
            f"The clock '{clock.id}' runs already.",
            f"A wrong time is put right with: crisisdesk correct {state.label} {known.seq} --occurred TIME",
        )
    role = _role(state, clock, act, "start")
    if isinstance(role, Refused):
        return role
    anchor = _anchor(state, clock, intent.at, act)
    if isinstance(anchor, Refused):
        return anchor
    due = clock_due(state, clock, anchor)
    event = ClockStarted(clock.id, role, stamp(anchor), stamp(due) if due else "")
    return (Proposed(event, words(because=intent.because.strip())),)


def _anchor(state: Incident, clock: Clock, at: datetime | None, act: Act) -> datetime | Refused:
    if clock.chained_on:
        earlier = state.clocks.get(clock.chained_on)
        if not earlier or not earlier.submitted_at:
            return Refused(
                f"'{clock.id}' is counted from the submission of '{clock.chained_on}', which is not submitted.",
                f"First: crisisdesk clock submitted {state.label} {clock.chained_on}",
            )
    known = anchor_of(state, clock)
    moment = at or (instant(known) if known else None)
    if moment is None:
        says = f" The source says: {clock.anchor_text.strip()}" if clock.anchor_text else ""
        return Refused(
            f"'{clock.id}' is counted from {clock.counted_from or 'a moment'}; when was that?{says}",
            "Add the time: --at 21:38.",
        )
    if moment > act.now:
        return Refused("A clock is counted from a moment that has passed.", "Give a time that has passed.")
    return moment


def dismiss(state: Incident, intent: DismissClock, act: Act) -> Ruling:
    """Say that a clock does not apply, with the reason; also of one that runs."""
    clock = read_clock(state, intent.clock)
    if isinstance(clock, Refused):
        return clock
    known = state.clocks.get(clock.id)
    if known and (known.dismissed or known.submitted_at):
        return Refused(
            f"The clock '{clock.id}' was {'dismissed' if known.dismissed else 'submitted'} already."
        )
    role = _role(state, clock, act, "dismiss")
    if isinstance(role, Refused):
        return role
    if not intent.because.strip():
        return Refused(f"Why does '{clock.id}' not apply?", f'Add the reason: --because "…". {ADVICE}')
    return (Proposed(ClockDismissed(clock.id, role), words(because=intent.because.strip())),)


def submit(state: Incident, intent: SubmitClock, act: Act) -> Ruling:
    """Log that a clock's notice went out; what has happened is written down, also late or without a start."""
    clock = read_clock(state, intent.clock)
    if isinstance(clock, Refused):
        return clock
    known = state.clocks.get(clock.id)
    if known and known.submitted_at:
        return Refused(f"The clock '{clock.id}' was submitted already, in #{known.submitted}.")
    if not known and not intent.because.strip():
        return Refused(
            f"The clock '{clock.id}' was never started here.",
            f'Start it first (crisisdesk clock start {state.label} {clock.id}), or say how it came to be submitted: --because "…".',
        )
    rules = [] if known and not known.dismissed else ["clock not started"]
    if known and known.due_at and stamp(act.moment) > known.due_at:
        rules.append("clock overdue")
        if not intent.because.strip():
            return Refused(
                "It is submitted after its time; a late notice gives its reasons.", 'Add: --because "…"'
            )
    return (Proposed(ClockSubmitted(clock.id, ", ".join(rules)), words(because=intent.because.strip())),)


def restated(state: Incident, seq: int, happened: datetime) -> tuple[Proposed, ...]:
    """Return the entries that move the clocks whose anchor a correction of entry ``seq`` moves."""
    found = []
    for name, known in state.clocks.items():
        if known.seq == seq and not known.dismissed and known.anchor_at:
            found.append(_restated(state, name, happened))
        if known.submitted == seq:
            found += [_restated(state, after, happened) for after in chained_after(state, name)]
    return tuple(found)


def _restated(state: Incident, name: str, anchor: datetime) -> Proposed:
    due = clock_due(state, state.policy.clocks[name], anchor)
    return Proposed(ClockRestated(name, stamp(anchor), stamp(due) if due else ""))


def _role(state: Incident, clock: Clock, act: Act, verb: str) -> str | Refused:
    held = [role for role in clock.decided_by if same_name(state.holder(role), act.person)]
    if held:
        return held[0]
    holders = ", ".join(f"{role} ({state.holder(role) or 'nobody yet'})" for role in clock.decided_by)
    return Refused(
        f"Only {holders} can {verb} the clock '{clock.id}'; {act.person} is not.",
        f"Take the role (crisisdesk role take {state.label} {clock.decided_by[0]} NAME), or relay: --for NAME --by phone.",
    )
