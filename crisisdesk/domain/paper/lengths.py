"""How long the prepared words of a statement are on the channels that would carry them, before anybody fills them in."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from crisisdesk.domain.counting import count
from crisisdesk.domain.playbook import Playbook, Statement
from crisisdesk.domain.policy import Channel, Policy

_BLANK = re.compile(r"\{\{([^{}]{0,200})\}\}")
_VARIANT = re.compile(r"^(?:on (?P<channel>[a-z0-9-]+))?(?: ?in (?P<language>[A-Za-z-]+))?$")


class Length(NamedTuple):
    """One text on one channel. ``used`` leaves out the ``blanks``, which nobody has filled yet; ``limit`` 0 is none."""

    channel: Channel
    used: int
    blanks: int

    def words(self) -> str:
        """Say it: ``187 of 280 (x-weighted)``, what is left, and what is still to fill."""
        limit, counts = self.channel.limit, self.channel.counts
        rest = f", and {self.blanks} to fill in" if self.blanks else ""
        if not limit:
            return f"{self.used} {counts}, no limit{rest}"
        over = self.used - limit
        room = f"TOO LONG by {over}" if over > 0 else f"{-over} left"
        return f"{self.used} of {limit} ({counts}), {room}{rest}"


def variants(statement: Statement) -> list[tuple[str, str]]:
    """Return every wording with its name, the general one first: ``on x``, ``in de``."""
    general = [("general", statement.text)] if statement.text.strip() else []
    return [*general, *statement.variants.items()]


def lengths(name: str, text: str, statement: Statement, playbook: Playbook, policy: Policy) -> list[Length]:
    """Return a wording's length on each channel that would carry it."""
    found = []
    for channel in _carriers(name, statement, playbook, policy):
        known = {
            "organisation": policy.organisation,
            "channel": channel.title,
            "account": channel.account,
        }
        filled, blanks = _filled(text.strip(), known)
        found.append(Length(channel, count(filled, channel.counts), blanks))
    return found


def _filled(text: str, known: dict[str, str]) -> tuple[str, int]:
    """Fill in what the policy knows, take the other blanks out, and say how many those were."""
    open_ = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal open_
        value = known.get(" ".join(found[1].split(",")[0].split()), "")
        open_ += not value
        return value

    return _BLANK.sub(fill, text), open_


def _carriers(name: str, statement: Statement, playbook: Playbook, policy: Policy) -> Iterable[Channel]:
    """Return the channels of a wording: its own, or those it is published on that have none of their own in its language."""
    found = _VARIANT.match(name) if name != "general" else None
    channel, language = (found["channel"], found["language"]) if found else (None, None)
    if channel:
        return [policy.channels[channel]] if channel in policy.channels else []
    ending = f" in {language}" if language else ""
    on = dict.fromkeys(
        one for _, step in playbook.steps() if step.statement == statement.id for one in step.on
    )
    return [
        policy.channels[one]
        for one in on
        if one in policy.channels and f"on {one}{ending}" not in statement.variants
    ]
