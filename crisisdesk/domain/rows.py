"""The rows of the read models: plain columns a person can query, thrown away and rebuilt at will.

They say nothing that depends on the time of looking: *late* is worked out by a view, or by who looks.
Empty text stands for "not recorded". Times are stored instants (UTC).
"""

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
    """The earliest due time of a step that is still to do."""
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


class Rows(NamedTuple):
    """All rows of one incident: what replaces whatever the read models held of it."""

    incident: IncidentRow
    steps: tuple[StepRow, ...]
