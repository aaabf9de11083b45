"""The summary of an incident, for whoever is to read it; the one door for the screen and every command."""

from crisisdesk.desk.desk import Desk
from crisisdesk.desk.values import Case
from crisisdesk.domain.compiled import read_playbook, read_policy
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.entries import Entry, IncidentDeclared
from crisisdesk.domain.incident import Incident, begin
from crisisdesk.domain.summary import Summary


def summary_of(desk: Desk, case: Case, audience: str = "internal", made_by: str = "") -> Summary | Refused:
    """Return the summary of an incident as it stands now, made by a person, for an audience of the policy.

    What does not fit in the log stands in ``faults``.
    """
    from crisisdesk.domain.audience import audiences
    from crisisdesk.domain.summary.copies import summary_for

    known = audiences(case.state.policy)
    if audience not in known:
        return Refused(f"There is no audience '{audience}'.", f"Write one of: {', '.join(known)}.")
    faults = desk.verify(case.state.label)
    if isinstance(faults, Refused):
        return faults
    entries = desk.entries(case)
    summary = summary_for(audience, entries, case.state, _begun(desk, entries, case.state), desk.now())
    by = made_by if known[audience].people == "names" else ""
    return summary._replace(made_by=by, faults=tuple(fault.sentence for fault in faults))


def _begun(desk: Desk, entries: list[Entry], state: Incident) -> Incident:
    """Return the state before the first entry, from what that entry pinned."""
    event = entries[0].event
    if not isinstance(event, IncidentDeclared):
        return begin(state.stream, state.policy, state.playbook)
    policy = read_policy(desk.journal.compiled(event.policy))
    return begin(state.stream, policy, read_playbook(desk.journal.compiled(event.playbook)))
