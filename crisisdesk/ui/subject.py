"""What a command is about."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crisisdesk.desk import Case
    from crisisdesk.domain.calling import Call
    from crisisdesk.domain.claims import Claim
    from crisisdesk.domain.clocks import ClockView
    from crisisdesk.domain.incident import Draft, StepState
    from crisisdesk.domain.summary import Summary
    from crisisdesk.domain.summary.parts_review import Finding, FollowUp, Objective
    from crisisdesk.domain.timeline import Item


class Subject(NamedTuple):
    """What a command is about: the incident, the step and the entry that are selected, who acts, and the time."""

    case: "Case | None"
    step: "StepState | None"
    item: "Item | None"
    person: str
    now: datetime
    clock: "ClockView | None" = None
    draft: "Draft | None" = None
    text: str = ""
    """The exact text of the selected draft."""
    call: "Call | None" = None
    claims: "tuple[Claim, ...]" = ()
    """The fact sheet, where a screen shows it."""
    summary: "Summary | None" = None
    """The summary, where a screen shows it."""
    part: "Objective | Finding | FollowUp | None" = None
    """What is selected in the review."""
    usual_role: str = ""
    """The role this person usually takes, as the settings say."""

    @property
    def named(self) -> str:
        """What a form is about beside its incident, so that what was typed for one thing never stands in the form of another."""
        if self.call:
            return f"{self.call.id} {self.call.next}"
        if self.draft:
            one = self.draft
            return f"{one.statement}|{one.channel}|{one.language}"
        if self.part:
            return f"{type(self.part).__name__} {getattr(self.part, 'phase', '') or self.part.seq}"
        if self.item:
            return str(self.item.seq)
        if self.clock:
            return self.clock.clock.id
        return self.step.step.id if self.step else ""
