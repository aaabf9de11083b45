"""What was learned across the incidents of this desk: read one after the other, none kept in memory but what it says."""

from collections.abc import Iterator
from pathlib import Path

from crisisdesk.desk.desk import Desk
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.insights import Run, run_of
from crisisdesk.domain.rows import IncidentRow


def wanted(desk: Desk, playbook: str = "", since: str = "") -> list[IncidentRow]:
    """Return the incidents to learn from, perhaps of one playbook, perhaps only those declared since a stored instant.

    A duplicate says nothing of its own.
    """
    return [
        row
        for row in desk.incidents()
        if not row.duplicate_of and playbook in ("", row.playbook) and row.declared_at >= since
    ]


def run(desk: Desk, row: IncidentRow) -> Run | None:
    """Return what one incident says; None where its log cannot be followed."""
    case = desk.case(row.stream)
    if isinstance(case, Refused):
        return None
    return run_of(desk.entries(case), case.state, desk.now())


def runs(desk: Desk, playbook: str = "", since: str = "") -> Iterator[Run]:
    """Yield what each incident says."""
    for row in wanted(desk, playbook, since):
        found = run(desk, row)
        if found is not None:
            yield found


def places(folder: Path | None, playbook: str) -> dict[str, str]:
    """Return the file and line of each step of a playbook, as the files stand now."""
    from crisisdesk.loading import shipped_folder, step_places

    return step_places(folder or shipped_folder(), playbook)
