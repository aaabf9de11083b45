"""The rows of the read models: plain columns a person can query, thrown away and rebuilt at will.

They say nothing that depends on the time of looking: *late* is worked out by a view, or by who looks.
Empty text stands for "not recorded". Times are stored instants (UTC).
"""

from collections.abc import Mapping
from typing import NamedTuple


class IncidentRow(NamedTuple):
    """One incident, as the ``incidents`` table keeps it."""

    stream: str
    key: str
    title: str
    status: str
    """``open``, ``stood down`` or ``closed``."""
    severity: str
    severity_confirmed: int
    lead: str
    playbook: str
    declared_at: str
    next_due: str
    """The earliest time at which a step is due that is still to do, or a decision is to be looked at again."""
    next_update: str
    """The earliest promised update that was not sent."""
    steps_done: int
    steps_applicable: int
    duplicate_of: str
    drill: int
    entries: int
    head: str


class StepRow(NamedTuple):
    """One step of one incident, as the ``steps`` table keeps it; every action and who owns it."""

    stream: str
    key: str
    """The incident's label."""
    place: int
    """Order within the runbook, from 1."""
    id: str
    title: str
    phase: str
    kind: str
    owner_role: str
    owner: str
    state: str
    """``ready``, ``waiting``, ``started``, ``blocked``, ``done``, ``skipped`` or ``not applicable``."""
    due: str
    started_at: str
    done_at: str
    outcome: str
    reason: str


class DueRow(NamedTuple):
    """One thing of one incident that falls due and is still to do, as the ``dues`` table keeps it; whether it is late, who looks works out."""

    stream: str
    incident: str
    """The incident's label."""
    place: int
    """Order within the incident, from 1."""
    kind: str
    """``step``, ``clock``, ``update``, ``first word``, ``approval``, ``enquiry``, ``look again``, ``review`` or ``follow-up``."""
    what: str
    """Which one: the step's or clock's id, the statement's key, the enquiry's or follow-up's entry; ``public`` or ``internal`` for an update."""
    title: str
    state: str
    """A step's state; empty for all else."""
    owner_role: str
    owner: str
    stand_in_role: str
    """Who is asked for an approval once its time has passed."""
    stand_in: str
    due: str
    loud: int
    """A clock, or a step at the worst level."""
    drill: int


Value = str | int
Row = dict[str, Value]

TABLES: Mapping[str, tuple[str, ...]] = {
    "statements": (
        "statement", "channel", "language", "version", "hash", "author", "written_at", "text", "blanks", "length",
        "submitted_at", "approve_by", "changes_asked", "published_at", "published_in", "link", "is_out", "withdrawn_at", "deviation",
    ),
    "approvals": (
        "what", "channel", "language", "version", "version_hash", "option", "role", "standing_in_as", "person", "relayed_by", "written_by",
        "approved_at", "confirmed_in",
    ),
    "decisions": (
        "step", "choice", "because", "known", "unknown", "consulted", "dissent", "decided_by", "decided_at", "look_again_at",
        "reverses", "deviation", "corrected_in",
    ),
    "claims": ("claim", "standing", "source", "because", "judged_by", "judged_at", "corrected_in"),
    "evidence_kept": (
        "step", "name", "link", "sha256", "size", "media_type", "captured_at", "captured_by", "original_author", "original_time",
        "tool", "note", "corrected_in",
    ),
    "role_intervals": ("role", "person", "since", "until", "acting", "offered_to", "handover", "because", "deviation"),
    "tellings": ("step", "who", "how", "reached", "promised", "told_by", "told_at", "corrected_in"),
    "queues": ("queue", "account", "held", "frozen_by", "frozen_at", "may_post", "released_by", "released_at", "outcome"),
    "enquiries": ("who", "outlet", "question", "asked_at", "answer_by", "line", "answered_by", "answered_at", "corrected_in"),
    "silences": ("because", "chosen_by", "chosen_at", "look_again_at", "corrected_in"),
    "holds": ("because", "set_by", "set_at", "released_by", "released_at", "released_because"),
    "promises": ("audience", "text", "due_at", "kept_at", "corrected_in"),
    "figures": ("figure", "value", "source", "read_by", "read_at", "corrected_in"),
    "follow_ups": (
        "what", "owner", "start_at", "due_at", "verification", "standing", "because", "asked_by", "asked_at", "changed_by", "changed_at",
        "corrected_in",
    ),
}  # fmt: skip
"""Tables of what is said, decided, asked and kept: columns after ``stream``, ``incident`` (its label) and ``seq``, the entry a row began with."""

NUMBERS = frozenset({
    "seq", "version", "length", "changes_asked", "confirmed_in", "reverses", "corrected_in", "size", "published_in", "is_out", "acting", "handover", "reached",
    "held",
})  # fmt: skip
"""Columns that hold whole numbers; 0 for none, and -1 where nobody counted."""


class Put(NamedTuple):
    """A row an entry begins; columns that are not named are empty."""

    table: str
    row: Row


class Change(NamedTuple):
    """What an entry changes in rows that are there: those of the incident whose columns are as in ``where``."""

    table: str
    where: Row
    values: Row


Effect = Put | Change


class Rows(NamedTuple):
    """All rows of one incident: what replaces whatever the read models held of it, and what new entries do to the other tables."""

    incident: IncidentRow
    steps: tuple[StepRow, ...]
    effects: tuple[Effect, ...] = ()
    dues: tuple[DueRow, ...] | None = None
    """What falls due, in place of what was there; None where the entries changed nothing of it."""
