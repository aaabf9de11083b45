"""Pure questions asked of an incident: what applies, what is ready, next, late, waiting, and why not."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from crisisdesk.domain.conditions import Condition, Fact, holds
from crisisdesk.domain.deadlines import DECLARATION, Calendar, due_at
from crisisdesk.domain.incident import LEAD, Incident, StepState
from crisisdesk.domain.playbook import Phase, Record, Step
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.rows import IncidentRow, Rows, StepRow
from crisisdesk.domain.text import name_key, shown
from crisisdesk.domain.times import instant, stamp

LEFT_OPEN = "left open"
STATES = ("ready", "waiting", "started", "blocked", "done", "skipped", "not applicable")
ADDED_PHASE = "added"

Words = Mapping[int, Mapping[str, str]]
"""Words by seq, for the entries a screen or a row needs; evolve never sees them."""


class Gap(NamedTuple):
    """A role that is needed at this level and that nobody holds."""

    role: str
    title: str
    stand_in: str
    stand_in_person: str


def zone(policy: Policy) -> tzinfo:
    """Return the policy's time zone."""
    from zoneinfo import ZoneInfo  # a one-line command that shows no time need not load the tables

    return ZoneInfo(policy.time_zone)


def calendar(policy: Policy, facts: Mapping[str, Fact]) -> Calendar:
    """Return what working days count by: the office, with the holidays of the incident's regions (or the first region's)."""
    named = facts.get("regions", ())
    regions = [policy.regions[r] for r in named if r in policy.regions] if isinstance(named, tuple) else []
    regions = regions or list(policy.regions.values())[:1]
    return Calendar(
        zone(policy), policy.hours, frozenset(day for region in regions for day in region.holidays)
    )


def applies(condition: Condition | None, state: Incident, facts: Mapping[str, Fact], level: str) -> bool:
    """Tell whether a step shows: unless its condition is false."""
    return holds(condition, {**facts, "severity": level}, list(state.policy.levels)) is not False


def applying(state: Incident, facts: Mapping[str, Fact], level: str) -> set[str]:
    """Return the ids of the steps that apply under these facts and this level; added steps always do."""
    return {
        step.step.id for step in state.steps.values() if step.added or applies(step.step.only_if, state, facts, level)
    }  # fmt: skip


def due_for(state: Incident, step: Step, anchor: str, moment: datetime, level: str) -> dict[str, datetime]:
    """Return the step's due time, keyed by its id, if it is counted from ``anchor``; else nothing."""
    within = step.within_at(state.policy.levels[level])
    if within is None or within.anchor != anchor:
        return {}
    pace = state.policy.levels[level].pace
    return {step.id: due_at(within, moment, pace, calendar(state.policy, state.facts))}


def dues_of(state: Incident, anchor: str, moment: datetime) -> dict[str, datetime]:
    """Return the due times that are fixed when ``anchor`` (a step's id, ``closing``, …) happens at ``moment``."""
    found: dict[str, datetime] = {}
    for known in state.steps.values():
        if known.applies and not known.settled:
            found |= due_for(state, known.step, anchor, moment, state.severity)
    return found


def first_due(state: Incident, step: Step, now: datetime, level: str) -> datetime | None:
    """Return the due time of a step that appears now: from now if counted from declaration, else from its anchor if that happened."""
    if step.within is None:
        return None
    stored = {
        DECLARATION: stamp(now),
        "detection": state.detected_at,
        "awareness": state.aware_at,
        "occurrence": state.happened_at,
        "stand-down": state.stood_down_at,
        "closing": state.closed_at,
    }.get(step.within.anchor) or state.answered.get(step.within.anchor, "")
    earlier = state.steps.get(step.within.anchor)
    if earlier and earlier.done_at:
        stored = earlier.done_at
    if not stored:
        return None
    return due_for(state, step, step.within.anchor, instant(stored), level).get(step.id)


def waits_for(state: Incident, known: StepState) -> tuple[str, ...]:
    """Return the ids of the earlier steps this one waits for; steps that do not apply hold nobody up."""
    return tuple(
        earlier for earlier in known.step.after
        if earlier in state.steps and state.steps[earlier].applies and not state.steps[earlier].settled
    )  # fmt: skip


def state_of(state: Incident, known: StepState) -> str:
    """Return the step's state, one of :data:`STATES`; what is done stays done though it no longer applies."""
    if known.progress in ("done", "skipped"):
        return known.progress
    if not known.applies:
        return "not applicable"
    if known.progress in ("started", "blocked"):
        return known.progress
    return (
        "waiting"
        if waits_for(state, known) or _awaits_anchor(state, known) or held(state, known)
        else "ready"
    )


def held(state: Incident, known: StepState) -> bool:
    """Tell whether a legal hold stops a step that deletes or changes what may be evidence."""
    return bool(known.step.protects) and state.hold is not None


def anchored_to_closing(known: StepState) -> bool:
    """Tell whether a step is for after closing."""
    return known.step.within is not None and known.step.within.anchor == "closing"


def _awaits_anchor(state: Incident, known: StepState) -> bool:
    """Tell whether a step is for after closing, and the incident is not closed."""
    return anchored_to_closing(known) and state.status != "closed"


def left_over(state: Incident, known: StepState) -> bool:
    """Tell whether the incident was closed without a step: neither to do nor late, until somebody opens it again."""
    return state.status == "closed" and known.applies and not known.settled and not anchored_to_closing(known)


def stands(state: Incident, known: StepState) -> str:
    """Return the step's state as people read it: :func:`state_of`, or ``left open``."""
    return LEFT_OPEN if left_over(state, known) else state_of(state, known)


def why_waiting(state: Incident, known: StepState) -> str:
    """Say what a waiting step waits for, or nothing."""
    if earlier := waits_for(state, known):
        return "after " + ", ".join(f"'{state.steps[e].step.heading or e}'" for e in earlier)
    if held(state, known):
        return f"until legal releases the hold ({known.step.protects})"
    return "until the incident is closed" if _awaits_anchor(state, known) else ""


def why_not(state: Incident, known: StepState) -> str:
    """Say which fact keeps a step away, or nothing when it applies."""
    if known.applies or known.step.only_if is None:
        return ""
    answers = ", ".join(
        f"{clause.answer} is {said(state.severity if clause.answer == 'severity' else state.facts.get(clause.answer, 'unknown'))}"
        for clause in known.step.only_if.clauses
    )
    return f"only if {known.step.only_if.sentence()}; {answers}"


def said(fact: Fact) -> str:
    """Return an answer as words."""
    if isinstance(fact, tuple):
        return ", ".join(fact) or "none"
    return f"{fact:.15g}" if isinstance(fact, float) else str(fact)


def in_order(state: Incident) -> Iterator[tuple[Phase, list[StepState]]]:
    """Yield the phases with their steps, added steps last in their phase; a phase of its own when it has none."""
    for phase in state.phases:
        yield phase, [known for known in state.steps.values() if known.phase == phase.id]
    known_phases = {phase.id for phase in state.phases}
    if loose := [known for known in state.steps.values() if known.phase not in known_phases]:
        yield Phase(ADDED_PHASE, "Added", "What no playbook foresaw is done.", "", ()), loose


def current_phase(state: Incident) -> str:
    """Return the id of the first phase in which something is left to do; the last one when nothing is.

    What waits for closing holds no phase open before that: a layer's last phase would else stand before the next.
    """
    last = ""
    for phase, steps in in_order(state):
        last = phase.id
        if any(
            known.applies
            and not known.settled
            and not _awaits_anchor(state, known)
            and not left_over(state, known)
            for known in steps
        ):
            return phase.id
    return last


def next_steps(state: Incident, person: str = "") -> list[StepState]:
    """Return what can be done now, in the order to do it: started, then ready; earliest due first, then runbook order.

    With ``person``: only steps that person owns.
    """
    rank = {"started": 0, "ready": 1, "blocked": 2}
    open_ = [(known, state_of(state, known), place) for place, known in enumerate(state.steps.values())]
    mine = [
        (known, now, place)
        for known, now, place in open_
        if now in rank and not left_over(state, known) and (not person or owned_by(state, known, person))
    ]
    mine.sort(key=lambda item: (rank[item[1]], item[0].due or "9", item[2]))
    return [known for known, _, _ in mine]


def current_step(state: Incident) -> StepState | None:
    """Return the step to show large: the first next step of the current phase, else of any."""
    following = [known for known in next_steps(state) if known.progress != "blocked"]
    phase = current_phase(state)
    return next((known for known in following if known.phase == phase), following[0] if following else None)


def owned_by(state: Incident, known: StepState, person: str) -> bool:
    """Tell whether a person is answerable for a step."""
    return name_key(state.owner_of(known)) == name_key(person)


def is_late(known: StepState, now: datetime) -> bool:
    """Tell whether a step that is still to do is past its due time."""
    return bool(known.due) and known.applies and not known.settled and known.due < stamp(now)


def required(known: StepState) -> tuple[Record, ...]:
    """Return the values that must be recorded before the step counts as done.

    A ``tell`` step without a logged attempt asks who was told.
    """
    wanted = tuple(record for record in known.step.record if not record.optional)
    if known.step.kind == "tell" and not known.told and not wanted:
        return (Record("who was told", "list"),)
    return wanted


def gaps(state: Incident) -> list[Gap]:
    """Return the roles this level, or a step still to do, needs and nobody holds, in the policy's order."""
    wanted = {known.step.who for known in state.steps.values() if known.applies and not known.settled}
    found = []
    for role in state.policy.roles.values():
        by_level = bool(role.needed_from) and not state.policy.is_worse(role.needed_from, state.severity)
        if not state.holder(role.id) and (by_level or role.id in wanted):
            found.append(Gap(role.id, role.title, role.stand_in, state.holder(role.stand_in)))
    return found


def progress(state: Incident) -> tuple[int, int]:
    """Return how many steps are settled, and how many apply (a settled one counts though it no longer applies)."""
    counted = [known for known in state.steps.values() if known.applies or known.settled]
    return sum(known.settled for known in counted), len(counted)


def title_of(known: StepState, words: Words) -> str:
    """Return a step's title; an added step's is in the words of the entry that added it."""
    return known.step.heading or words.get(known.added, {}).get("title", "(words erased)")


def wanted_words(state: Incident) -> list[int]:
    """Return the seqs whose words the rows and the runbook screen show: the title's, and each step's last change."""
    seqs = (
        {1} | {known.last for known in state.steps.values()} | {known.added for known in state.steps.values()}
    )
    seqs |= {promise.seq for promise in state.promises.values()} | set(state.enquiries)
    seqs |= {seq for seq, asked in state.review.follow_ups.items() if asked.is_open}
    return sorted(seq for seq in seqs if seq)


def rows(state: Incident, words: Words) -> Rows:
    """Return the read-model rows of an incident: a pure picture of the fold and its words."""
    done, applicable = progress(state)
    open_dues = [k.due for k in state.steps.values() if k.due and k.applies and not k.settled]
    open_dues += state.revisits.values()
    promised = [promise.due_at for promise in state.promises.values()]
    incident = IncidentRow(
        stream=state.stream, key=state.label, title=shown(words.get(1, {}).get("title", "(words erased)")), status=state.status,
        severity=state.severity, severity_confirmed=int(state.confirmed), lead=shown(state.holder(LEAD)),
        playbook=state.playbook.name, declared_at=state.declared_at, next_due=min(open_dues, default=""),
        next_update=min(promised, default=""), steps_done=done, steps_applicable=applicable,
        duplicate_of=state.duplicate_of, drill=int(state.drill), entries=state.seq, head=state.head,
    )  # fmt: skip
    titles = {phase.id: phase.title for phase in state.phases} | {ADDED_PHASE: "Added"}
    ordered = [known for _, steps in in_order(state) for known in steps]
    return Rows(
        incident,
        tuple(_step_row(state, known, place, titles, words) for place, known in enumerate(ordered, 1)),
    )


def _step_row(
    state: Incident, known: StepState, place: int, titles: Mapping[str, str], words: Words
) -> StepRow:
    said_last = words.get(known.last, {})
    return StepRow(
        stream=state.stream, key=state.label, place=place, id=known.step.id, title=shown(title_of(known, words)),
        phase=titles.get(known.phase, known.phase), kind=known.step.kind, owner_role=known.step.who,
        owner=shown(state.owner_of(known)), state=state_of(state, known), due=known.due, started_at=known.started_at,
        done_at=known.done_at, outcome=shown(_outcome(known, said_last)), reason=shown(said_last.get("because", "")),
    )  # fmt: skip


def _outcome(known: StepState, words: Mapping[str, str]) -> str:
    """Return what came of a step in one line: the choice, then the recorded values, then the note."""
    if known.progress != "done":
        return ""
    asked = [record.name for record in known.step.record]
    given = sorted(key.removeprefix("record: ") for key in words if key.startswith("record: "))
    names = [name for name in asked if name in given] + [name for name in given if name not in asked]
    choice = words.get("choice") or known.option
    said_of = [choice, *(f"{name}: {words['record: ' + name]}" for name in names), words.get("note", "")]
    return "; ".join(part for part in said_of if part)
