"""The rules: a state, an intent, and its circumstances give entries to write, or a refusal.

Pure: no clock, no file, no chance. One file per concern; each rule stands in one place, whichever door asks.
The desk never refuses to write down what has happened; it refuses to call it approved, or in order.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling
from crisisdesk.domain.text import looks_like, storable

if TYPE_CHECKING:
    from crisisdesk.domain.incident import Incident
    from crisisdesk.domain.intents import Act, Intent

__all__ = ["Proposed", "Refused", "Ruling", "decide"]

_Rule = Callable[["Incident", Any, "Act"], Ruling]

_RULES: dict[str, str] = {
    "Declare": "lifecycle:declare",
    "StandDown": "lifecycle:stand_down",
    "Close": "lifecycle:close",
    "Reopen": "lifecycle:reopen",
    "AnswerFact": "facts:answer",
    "SetSeverity": "facts:set_severity",
    "TakeRole": "roles:take",
    "ReleaseRole": "roles:release",
    "StartStep": "steps:start",
    "CompleteStep": "completing:complete",
    "SkipStep": "steps:skip",
    "BlockStep": "steps:block",
    "UnblockStep": "steps:unblock",
    "ReopenStep": "steps:reopen",
    "AssignStep": "steps:assign",
    "AddStep": "steps:add",
    "Decide": "completing:choose",
    "LogNote": "observations:note",
    "Attach": "observations:attach",
    "Tell": "observations:tell",
    "Correct": "observations:correct",
    "PromiseUpdate": "promises:promise",
    "SendUpdate": "promises:send",
    "ApproveStep": "approving:approve",
    "StartClock": "clocks:start",
    "DismissClock": "clocks:dismiss",
    "SubmitClock": "clocks:submit",
    "TypeFigure": "facts:type_figure",
    "AddPlaybook": "layering:lay",
    "BringIn": "layering:bring_in",
    "DraftStatement": "statements:draft",
    "SubmitStatement": "statements:submit",
    "ApproveStatement": "statements:approve",
    "AskChanges": "statements:ask_changes",
    "PublishStatement": "publishing:publish",
    "WithdrawStatement": "publishing:withdraw",
    "FreezeQueue": "around:freeze",
    "ReleaseQueue": "around:release",
    "LogEnquiry": "around:enquire",
    "AnswerEnquiry": "around:answer",
    "KeepSilent": "around:keep_silent",
    "RaiseSensitivity": "around:raise_sensitivity",
    "JudgeClaim": "claims:judge",
    "HandOver": "roles:hand_over",
    "AcceptRole": "roles:accept",
    "ConfirmRelay": "approving:confirm_relay",
    "SetHold": "holds:set_hold",
    "ReleaseHold": "holds:release_hold",
    "MarkMoment": "review:mark",
    "WriteFinding": "review:find",
    "WithdrawFinding": "review:withdraw",
    "RateObjective": "review:rate",
    "AddFollowUp": "review:add_follow_up",
    "ChangeFollowUp": "review:change_follow_up",
    "WriteParagraph": "review:write_paragraph",
    "SignSummary": "review:sign",
}
"""The name of an intent to the rule that answers it, as ``file:function``: a one-line command loads only the file it needs."""

_AFTER_CLOSING = {
    "LogNote", "Correct", "Attach", "Reopen", "Declare", "StartStep", "CompleteStep",
    "SkipStep", "BlockStep", "UnblockStep", "ReopenStep", "AssignStep", "Decide",
    "SubmitClock", "ApproveStep", "Tell", "ReleaseHold",
    "ApproveStatement", "WithdrawStatement", "ReleaseQueue", "AnswerEnquiry", "RaiseSensitivity", "ConfirmRelay",
    "MarkMoment", "WriteFinding", "WithdrawFinding", "RateObjective", "AddFollowUp", "ChangeFollowUp", "WriteParagraph", "SignSummary",
}  # fmt: skip
"""Intents that a closed incident still hears; for steps, ``steps`` lets only those anchored to closing pass."""


def decide(state: "Incident", intent: "Intent", act: "Act") -> Ruling:
    """Return the entries an intent gives in this state, or why it gives none."""
    if refusal := _circumstances(state, intent, act):
        return refusal
    if refusal := _names(state, intent, act):
        return refusal
    return rule_of(type(intent))(state, intent, act)


def rule_of(intent: type) -> _Rule:
    """Return the rule that answers a kind of intent."""
    file, function = _RULES[intent.__name__].split(":")
    rule: _Rule = getattr(import_module(f"crisisdesk.domain.decide.{file}"), function)
    return rule


def _names(state: "Incident", intent: "Intent", act: "Act") -> Refused | None:
    """Ask about a new name that looks like a known one: two spellings must not become two people."""
    names = [
        act.author,
        act.on_behalf_of,
        getattr(intent, "person", ""),
        getattr(intent, "owner", ""),
        getattr(intent, "confirmed_by", ""),
    ]
    names += getattr(intent, "roles", {}).values()
    if not all(map(storable, (*names, getattr(intent, "duplicate_of", "")))):
        return Refused("A name holds bytes that are not text.", "Type it again.")
    people = list(state.people.values())
    for name in filter(str.strip, names):
        if not act.new_name and (known := looks_like(name, people)):
            return Refused(
                f"'{name}' looks like '{known}', who is named {f'in {state.label}' if state.label else 'here'} already.",
                f"Write '{known}' if it is the same person, or add --new-name if it is somebody else.",
            )
        people.append(name)
    return None


def _circumstances(state: "Incident", intent: "Intent", act: "Act") -> Refused | None:
    """Rules that hold for every intent: who, when, and whether the incident can be written at all."""
    if not act.author.strip():
        return Refused("Nobody is named as the author.", "Say who you are: --as NAME.")
    if not all(map(storable, (act.author, act.on_behalf_of, act.relayed_by, act.late_because))):
        return Refused("A name or reason holds bytes that are not text.", "Type it again.")
    if act.occurred and act.occurred > act.now:
        return Refused(
            "That time is still to come; only what has happened can be logged.",
            "Give a time that has passed.",
        )
    if act.on_behalf_of and not act.relayed_by:
        return Refused(f"How did {act.on_behalf_of} say so?", "Add --by phone, or how it reached you.")
    if state.newer:
        return Refused(
            f"{state.label} holds an entry of a newer CrisisDesk ({state.newer}); here it can only be read.",
            "Update CrisisDesk on this machine.",
        )
    if type(intent).__name__ == "Declare":
        return Refused(f"{state.label} is declared already.") if state.seq else None
    if state.status == "undeclared":
        return Refused("There is no such incident.", "See them with: crisisdesk list")
    if state.status == "closed" and type(intent).__name__ not in _AFTER_CLOSING:
        return Refused(
            f"{state.label} is closed.", f'Open it again first: crisisdesk reopen {state.label} --because "…"'
        )
    return None
