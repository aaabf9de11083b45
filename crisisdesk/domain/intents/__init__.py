"""What a person can want of an incident: one frozen class each, imperative. ``decide`` answers them.

Times are instants (UTC, aware); text is a person's, kept as it is.
"""

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from crisisdesk.domain.entries import Precision, Sensitivity
from crisisdesk.domain.intents.work import (
    AddStep,
    ApproveStep,
    AssignStep,
    Attach,
    BlockStep,
    CompleteStep,
    ConfirmRelay,
    Correct,
    Decide,
    LogNote,
    ReopenStep,
    SkipStep,
    StartStep,
    Tell,
    UnblockStep,
)

if TYPE_CHECKING:
    from crisisdesk.domain.intents.course import (
        AcceptRole,
        AddPlaybook,
        AnswerFact,
        BringIn,
        Close,
        Declare,
        DismissClock,
        HandOver,
        PromiseUpdate,
        ReleaseHold,
        ReleaseRole,
        Reopen,
        SendUpdate,
        SetHold,
        SetSeverity,
        StandDown,
        StartClock,
        SubmitClock,
        TakeRole,
        TypeFigure,
    )
    from crisisdesk.domain.intents.review import (
        AddFollowUp,
        ChangeFollowUp,
        MarkMoment,
        RateObjective,
        SignSummary,
        WithdrawFinding,
        WriteFinding,
        WriteParagraph,
    )
    from crisisdesk.domain.intents.words import (
        AnswerEnquiry,
        ApproveStatement,
        AskChanges,
        DraftStatement,
        FreezeQueue,
        JudgeClaim,
        KeepSilent,
        LogEnquiry,
        PublishStatement,
        RaiseSensitivity,
        ReleaseQueue,
        SubmitStatement,
        WithdrawStatement,
    )

__all__ = [
    "AcceptRole",
    "Act",
    "AddFollowUp",
    "AddPlaybook",
    "AddStep",
    "AnswerEnquiry",
    "AnswerFact",
    "ApproveStatement",
    "ApproveStep",
    "AskChanges",
    "AssignStep",
    "Attach",
    "BlockStep",
    "BringIn",
    "ChangeFollowUp",
    "Close",
    "CompleteStep",
    "ConfirmRelay",
    "Correct",
    "Decide",
    "Declare",
    "DismissClock",
    "DraftStatement",
    "FreezeQueue",
    "HandOver",
    "Intent",
    "JudgeClaim",
    "KeepSilent",
    "LogEnquiry",
    "LogNote",
    "MarkMoment",
    "PromiseUpdate",
    "PublishStatement",
    "RaiseSensitivity",
    "RateObjective",
    "ReleaseHold",
    "ReleaseQueue",
    "ReleaseRole",
    "Reopen",
    "ReopenStep",
    "SendUpdate",
    "SetHold",
    "SetSeverity",
    "SignSummary",
    "SkipStep",
    "StandDown",
    "StartClock",
    "StartStep",
    "SubmitClock",
    "SubmitStatement",
    "TakeRole",
    "Tell",
    "TypeFigure",
    "UnblockStep",
    "WithdrawFinding",
    "WithdrawStatement",
    "WriteFinding",
    "WriteParagraph",
]


class Act(NamedTuple):
    """The circumstances of an intent: who, when, on whose behalf. Passed in, never read from the machine."""

    now: datetime
    author: str
    author_from: str = "named"
    """``named`` (``--as`` or settings) or ``login`` (only the system said so)."""
    on_behalf_of: str = ""
    relayed_by: str = ""
    occurred: datetime | None = None
    """When it happened, if that is not now."""
    precision: Precision = "exact"
    late_because: str = ""
    sensitivity: Sensitivity = "normal"
    new_name: bool = False
    """The person said that a name which looks like a known one is somebody else."""

    @property
    def person(self) -> str:
        """Whose act it is: the one it is done for, else the author."""
        return self.on_behalf_of or self.author

    @property
    def moment(self) -> datetime:
        """When it happened."""
        return self.occurred or self.now


if TYPE_CHECKING:
    Intent = (
        Declare | AnswerFact | SetSeverity | TakeRole | ReleaseRole | StartStep | CompleteStep | SkipStep | BlockStep
        | UnblockStep | ReopenStep | AssignStep | AddStep | Decide | LogNote | Attach | Tell | Correct | PromiseUpdate
        | SendUpdate | StandDown | Close | Reopen | ApproveStep | StartClock | DismissClock | SubmitClock | TypeFigure
        | AddPlaybook | BringIn | SetHold | ReleaseHold | FreezeQueue | ReleaseQueue | LogEnquiry | AnswerEnquiry | KeepSilent
        | RaiseSensitivity | DraftStatement | SubmitStatement | ApproveStatement | AskChanges | PublishStatement | WithdrawStatement
        | HandOver | AcceptRole | ConfirmRelay | JudgeClaim | MarkMoment | WriteFinding | WithdrawFinding
        | RateObjective | AddFollowUp | ChangeFollowUp | WriteParagraph | SignSummary
    )  # fmt: skip
else:
    Intent = tuple  # what they all are; the union is for the type checker alone


_ELSEWHERE = (
    "crisisdesk.domain.intents.course",
    "crisisdesk.domain.intents.words",
    "crisisdesk.domain.intents.review",
)


def __getattr__(name: str) -> object:
    """Load an intent when it is asked for: a one-line note need not make the classes of everything that can be wanted."""
    if name in __all__:
        for place in _ELSEWHERE:
            found = getattr(import_module(place), name, None)
            if found is not None:
                globals()[name] = found
                return found
    raise AttributeError(name)
