"""The opening paragraph: facts put together from entries, each sentence with the numbers it rests on. No adjectives, no blame."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from crisisdesk.domain.outcomes import lasted
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.summary.parts_review import Sentence
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant

if TYPE_CHECKING:
    from crisisdesk.domain.incident import Incident
    from crisisdesk.domain.summary import Summary

_TITLE = 200


def opening(summary: "Summary", state: "Incident") -> tuple[Sentence, ...]:
    """Return the sentences, in the order things are asked: what, how bad, what was said, what was done, how it ended."""
    tz = zone(state.policy)

    def at(moment: str) -> str:
        return f"at {full(instant(moment), tz)}"

    return (
        *_declared(summary, at),
        *_levels(summary, at),
        *_spoken(summary, at),
        *_decided(summary),
        *_paused(summary),
        *_clocks(summary, at),
        *_steps(summary),
        *_ended(summary, at),
    )


def _declared(s: "Summary", at: Callable[[str], str]) -> Iterator[Sentence]:
    kind = "drill" if s.drill else "incident"
    detected = f", detected {at(s.detected_at)}" if s.detected_at else ""
    level = f" at {s.policy.named(s.severities[0].level)}" if s.severities else ""
    title = one_line(s.title, _TITLE).rstrip(".")
    yield Sentence(
        f"The {kind} {s.label}, “{title}”{detected}, was declared {at(s.declared_at)}{level}.", (1,)
    )


def _levels(s: "Summary", at: Callable[[str], str]) -> Iterator[Sentence]:
    for change in s.severities[1:]:
        if change.level == change.previous:
            yield Sentence(f"The level {change.level} was confirmed {at(change.at)}.", (change.seq,))
        else:
            yield Sentence(
                f"The level was changed from {change.previous} to {s.policy.named(change.level)} {at(change.at)}.",
                (change.seq,),
            )


def _spoken(s: "Summary", at: Callable[[str], str]) -> Iterator[Sentence]:
    first = next((m for m in s.metrics if m.name == "First public response" and m.value is not None), None)
    out = [one for one in s.statements if one.published_at]
    sent = [p for p in s.promises if p.answered_by and not p.internal]
    if first is not None and isinstance(first.value, timedelta) and first.end:
        seqs = tuple(item.seq for item in s.items if item.occurred_at == first.end and item.kind in _PUBLIC)
        yield Sentence(
            f"The first public words went out {at(first.end)}, {lasted(first.value)} after the declaration.",
            seqs,
        )
    elif not s.silences:
        yield Sentence("No public word is recorded.", ())
    if s.silences:
        yield Sentence(
            f"It was decided {_times(len(s.silences))} to say nothing for the time being.", _seqs(s.silences)
        )
    if out:
        told = _count(len(out), "statement was published", "statements were published")
        yield Sentence(f"{told}.", tuple(one.seq for one in out))
    if sent:
        kept = sum(p.state == "kept" for p in sent)
        yield Sentence(
            f"{_count(len(sent), 'promised public update was sent', 'promised public updates were sent')}, {kept or 'none'} of them in time.",
            tuple(p.answered_by for p in sent),
        )


_PUBLIC = ("statement-published", "update-sent", "step-done")


def _decided(s: "Summary") -> Iterator[Sentence]:
    if s.decisions:
        told = _count(len(s.decisions), "decision is recorded", "decisions are recorded")
        yield Sentence(f"{told}.", _seqs(s.decisions))
    if s.deviations:
        told = _count(len(s.deviations), "rule was passed, openly", "rules were passed, openly")
        yield Sentence(f"{told}.", _seqs(s.deviations))


def _paused(s: "Summary") -> Iterator[Sentence]:
    if s.frozen_queues:
        still = sum(not one.released_at for one in s.frozen_queues)
        left = f", {still} of them still" if still else ", and all were released"
        told = _count(len(s.frozen_queues), "posting queue was frozen", "posting queues were frozen")
        yield Sentence(f"{told}{left}.", _seqs(s.frozen_queues))


def _clocks(s: "Summary", at: Callable[[str], str]) -> Iterator[Sentence]:
    for clock in s.clocks:
        if not clock.submitted_at:
            continue
        margin = ""
        if clock.due_at:
            span = instant(clock.due_at) - instant(clock.submitted_at)
            margin = (
                f", {lasted(span)} before the deadline"
                if span >= timedelta(0)
                else f", {lasted(span)} after the deadline"
            )
        yield Sentence(f"“{clock.title}” was submitted {at(clock.submitted_at)}{margin}.", (clock.seq,))


def _steps(s: "Summary") -> Iterator[Sentence]:
    applied = [step for step in s.steps if step.state != "not applicable"]
    done = [step for step in applied if step.state == "done"]
    late = [step for step in done if step.difference is not None and step.difference > timedelta(0)]
    skipped = [step for step in applied if step.state == "skipped"]
    if applied:
        more = f", {len(late)} of them late" if late else ""
        yield Sentence(
            f"Of {len(applied)} {'step' if len(applied) == 1 else 'steps'} that applied, {len(done)} were done{more}, and {len(skipped)} skipped.",
            tuple(step.seq for step in (*late, *skipped)),
        )


def _ended(s: "Summary", at: Callable[[str], str]) -> Iterator[Sentence]:
    numbers = {item.kind: item.seq for item in s.items}
    if s.stood_down_at:
        yield Sentence(f"It was stood down {at(s.stood_down_at)}.", _one(numbers.get("stood-down", 0)))
    if s.closed_at:
        twin = f" as a duplicate of {s.duplicate_of}" if s.duplicate_of else ""
        yield Sentence(f"It was closed{twin} {at(s.closed_at)}.", _one(numbers.get("incident-closed", 0)))
    else:
        yield Sentence(f"It is {s.status}; this is how it stood {at(s.written_at)}.", ())


def _one(seq: int) -> tuple[int, ...]:
    return (seq,) if seq else ()


def _seqs(parts: Sequence[object]) -> tuple[int, ...]:
    return tuple(int(getattr(part, "seq", 0)) for part in parts)


def _count(number: int, one: str, more: str) -> str:
    return f"{_WORDS.get(number, str(number))} {one if number == 1 else more}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


_WORDS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
