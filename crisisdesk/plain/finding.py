"""From what a person typed to a command of the registry: its key, its name, or the words people look for it by."""

from collections.abc import Sequence

from crisisdesk.domain.text import name_key
from crisisdesk.ui.command import Command, name_of


def find(typed: str, commands: Sequence[Command]) -> list[Command]:
    """Return the commands that fit, one where it is clear which: a key as it is, else a whole name, else words of it."""
    said = name_key(typed)
    by_key = [each for each in commands if typed.strip() in (each.key, name_of(each))]
    by_name = [
        each for each in commands if said in (each.id, name_key(each.title), each.id.replace("-", " "))
    ]
    if by_key or by_name or not said:
        return (by_key or by_name)[:1]
    begun = [each for each in commands if name_key(each.title).startswith(said)]
    if len(begun) == 1:
        return begun
    return begun or [each for each in commands if _has_all(said, f"{name_key(each.title)} {each.verbs}")]


def _has_all(said: str, words: str) -> bool:
    return all(any(word.startswith(part) for word in words.split()) for part in said.split())
