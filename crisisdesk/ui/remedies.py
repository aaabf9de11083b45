"""What a refusal advises, said for whoever sits at the screen: a key instead of a command, a field instead of a flag."""

import re

from crisisdesk.domain.decide import Refused
from crisisdesk.ui.command import name_of

_KEYS = {
    "add-playbook": "add-playbook", "attach": "attach", "bring-in": "bring-in", "claim": "claim", "clock": "clocks", "close": "close",
    "correct": "correct", "declare": "declare", "done": "done", "enquiry": "enquiry", "follow-up": "follow-up", "note": "note",
    "promise": "promise", "reopen": "reopen-step", "review": "review", "role": "role", "show": "timeline", "statement": "statements",
    "tell": "tell", "timeline": "timeline", "update": "update",
}  # fmt: skip
"""Commands of one line, and the command of the screen that does the same."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_COMMAND = re.compile(r"crisisdesk ([a-z-]+)")
_FLAG = re.compile(r"[:,;]?\s*(?:\bor say another:\s*)?--[a-z].*$", re.IGNORECASE)


def for_screen(refused: Refused) -> Refused:
    """Return a refusal as a screen says it."""
    said = (_said(sentence) for sentence in _SENTENCE.split(refused.remedy))
    return refused._replace(remedy=" ".join(one for one in said if one))


def _said(sentence: str) -> str:
    """Return one sentence without a command line: with the key that does it, cut before its flags, or not at all."""
    if found := _COMMAND.search(sentence):
        return _key(found[1])
    if "--" not in sentence:
        return sentence
    kept = _FLAG.sub("", sentence).strip()
    return f"{kept}." if len(kept.split()) > 1 else ""


def _key(command: str) -> str:
    from crisisdesk.ui.commands import BY_ID

    known = BY_ID.get(_KEYS.get(command, ""))
    return f"{name_of(known)} does it: {known.title}." if known else ""
