"""A night full of everything, through the rules: what a brief has to tell at 06:00."""

from datetime import datetime, timedelta

from crisisdesk.domain import intents as want
from crisisdesk.domain.brief import Brief, brief
from tests.domain.sample import COMMS, DECLARE, LEAD, OTHER, Log

MORNING = timedelta(hours=9)
HELD_BACK = "Her number is 555-0199"


def brief_of(log: Log, author: str = LEAD, *, since: int = 0, now: datetime | None = None) -> Brief:
    """The brief of a log at its own time."""
    return brief(log.state, log.entries, now or log.now, author, since=since)


def full_night() -> Log:
    """From 21:00: a level, roles, steps in every state, words, promises, a freeze, law, enquiries, a decision to look at again."""
    log = Log()
    log.do(DECLARE._replace(severity="sev2", detected=log.now - timedelta(minutes=5)))
    log.wait(minutes=1).do(want.AnswerFact("injured", "yes"))
    log.do(want.SetSeverity("sev1", "somebody is hurt"))
    log.do(want.TakeRole("counsel", OTHER))
    log.do(want.TakeRole("comms-lead", COMMS))
    log.wait(minutes=2).do(
        want.CompleteStep("capture-post", {"link": "https://post.example/1"}, "Nine shares."), COMMS
    )
    log.do(want.BlockStep("pause-posts", "no access to the queue"), COMMS)
    log.do(want.FreezeQueue("Scheduler", "@harbour", "7"), COMMS)
    log.wait(minutes=2).do(
        want.Decide("choose-line", "Answer now", because="it is out", unknown="who took the picture")
    )
    log.do(want.DraftStatement("holding", "x", text="We know."), COMMS)
    log.do(want.SubmitStatement("holding"), COMMS)
    log.wait(minutes=1).do(want.PromiseUpdate(log.now + timedelta(hours=1), "More by ten"))
    log.do(want.PromiseUpdate(log.now + timedelta(hours=12), "A word to all staff", internal=True))
    log.do(want.SetHold("a claim is threatened"), OTHER)
    log.do(want.StartClock("regulator", because="she was hurt at work"), OTHER)
    log.do(want.LogEnquiry("Dee Hart", "Who is it?", "Evening paper", log.now + timedelta(hours=2)))
    log.do(want.LogNote(HELD_BACK, "the family"), sensitivity="personal")
    return log
