"""Which statement is meant, and how a version is named in a sentence."""

from crisisdesk.domain.decide.ruling import Refused
from crisisdesk.domain.incident import Draft, Incident
from crisisdesk.domain.statements import (
    SHORT,
)
from crisisdesk.domain.text import nearest, same_name


def drafts_named(state: Incident, statement: str, channel: str, language: str) -> list[Draft] | Refused:
    """Return the newest drafts of a statement, for a channel and a language where they are named, or a refusal with the nearest."""
    known = [one for one in state.statements.values() if same_name(one.statement, statement)]
    found = [
        one for one in known if channel in ("", one.channel) and (not language or language == one.language)
    ]
    if not language:  # left out it means the one without, where a channel has both
        bare = {one.channel for one in found if not one.language}
        found = [one for one in found if not one.language or one.channel not in bare]
    if found:
        return found
    names = dict.fromkeys(one.statement for one in state.statements.values())
    near = nearest(statement, names)
    hint = (
        f"Did you mean '{near}'?"
        if near and near != statement
        else f"Draft it: crisisdesk statement draft {state.label} {statement} --channel x"
    )
    return Refused(
        f"There is no draft of '{statement}'" + (f" for {channel}." if channel and known else "."), hint
    )


def place_of(one: Draft) -> str:
    """Say where a draft is for, with the beginning of its hash."""
    return f"{one.channel}{f' in {one.language}' if one.language else ''} {one.text_hash[:SHORT]}"


def version_named(one: Draft) -> str:
    """Say which version is meant: statement, channel, language, number and the beginning of its hash."""
    language = f" in {one.language}" if one.language else ""
    return f"'{one.statement}' for {one.channel}{language}, version {one.version} ({one.text_hash[:SHORT]})"
