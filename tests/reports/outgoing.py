"""Summaries for the exports that leave the desk: the night, a night of hostile words, and one with law, words and questions."""

from datetime import timedelta

from crisisdesk.domain import entries as log
from crisisdesk.domain import intents as want
from crisisdesk.domain.summary import Summary, summarise
from tests.domain.brief_night import full_night
from tests.domain.sample import COMMS
from tests.reports.sample_night import EVENING, Log, whole_night
from tests.reports.test_exports import hostile_night

HOSTILE = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "\x00\x07\x1b[31mred\x9b", "\ud800 lone \udfff", "abc\u202etxt.exe\u2066",
    "a;b,c\\n\\;\r\nBEGIN:VEVENT\r\nSUMMARY:forged\rEND:VCALENDAR", "#N/A", "_x0041__x000D_", "<w:p/>&lt;&amp;]]>",
    "@channel @here <!here> <!channel> <@U012AB3CD> *bold* _it_ ~gone~ ~~gone~~ `code` [us](https://evil.example)",
    "\ufffe\uffff\ufeff\u200b", "-1+1\t\n=2", "日本語🎉" * 40, "x" * 20_000,
)  # fmt: skip


def night(*, drill: bool = False, closed: bool = True, minutes: float = 660) -> Summary:
    """The summary of the night of the sample."""
    return _of(whole_night(drill=drill, closed=closed), minutes)


def hostile(text: str) -> Summary:
    """A summary in which every word, name and reason is the text."""
    return _of(hostile_night(text), 660)


def busy() -> Summary:
    """A summary with a clock that runs, a statement that is out, promises, an enquiry and a note that few may read."""
    told = full_night()
    told.do(want.AddStep("Call her mother, Ann Ree", "comms-lead", "20 minutes"), sensitivity="personal")
    told.wait(minutes=5).do(want.SendUpdate("We are looking into it."), COMMS)
    return summarise(told.entries, told.state, told.now)


def _of(written: Log, minutes: float) -> Summary:
    return summarise(written.entries, written.state(), EVENING + timedelta(minutes=minutes))


def said_long(text: str = "long " * 4_000) -> Summary:
    """A summary with one note of twenty thousand characters."""
    written = whole_night()
    written.write(320, log.NoteLogged(), {"text": text})
    return _of(written, 660)
