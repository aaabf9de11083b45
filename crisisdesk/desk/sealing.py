"""Sealing: what the rules propose becomes entries, with the circumstances, an id and a salt of the desk's making."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisisdesk.desk.values import Machine, Manner, Speaker
from crisisdesk.domain.chain import Facing, seal
from crisisdesk.domain.decide import Proposed
from crisisdesk.domain.entries import DESK_STREAM, Entry, IncidentBorn, IncidentDeclared
from crisisdesk.domain.times import stamp
from crisisdesk.journal import Head

if TYPE_CHECKING:
    from crisisdesk.domain.intents import Act


class Sealer:
    """What a desk knows of itself when it writes: the machine, the clock, and a source of ids and salts."""

    def __init__(
        self, machine: Machine, clock: Callable[[], datetime], random: Callable[[int], bytes]
    ) -> None:
        """Take the machine's word on who sits here, a clock (UTC), and a source of random bytes."""
        self._machine, self._clock, self._random = machine, clock, random

    def now(self) -> datetime:
        """Return the time: UTC, whole milliseconds, as it is stored."""
        moment = self._clock()
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def new_id(self) -> str:
        """Return a fresh id for an intent."""
        return self._random(12).hex()

    def new_stream(self) -> str:
        """Return a fresh UUID for an incident."""
        from uuid import UUID

        return str(UUID(bytes=self._random(16), version=4))

    def act(self, speaker: Speaker, manner: Manner) -> "Act":
        """Return the circumstances of an intent, as of now."""
        from crisisdesk.domain.intents import Act

        return Act(
            now=self.now(),
            author=speaker.author,
            author_from=speaker.author_from,
            on_behalf_of=speaker.on_behalf_of,
            relayed_by=speaker.relayed_by,
            occurred=manner.when.occurred,
            precision=manner.when.precision,
            late_because=manner.when.late_because,
            sensitivity=manner.sensitivity,
            new_name=manner.new_name,
        )

    def seal(
        self,
        stream: str,
        head: Head,
        proposed: Sequence[Proposed],
        intent_id: str,
        act: "Act",
        *,
        drill: bool = False,
    ) -> list[Entry]:
        """Seal entries that follow ``head``; their ids are the intent's id and an ordinal, or ``born`` for a birth."""
        sealed: list[Entry] = []
        prev = head.hash
        for ordinal, (event, words) in enumerate(proposed, 1):
            last = "born" if stream == DESK_STREAM else str(ordinal)
            facing = self._facing(f"{intent_id}:{last}", act, drill=drill)
            entry = seal(stream, head.seq + ordinal, prev, event, words, self._random(16).hex(), facing)
            sealed.append(entry)
            prev = entry.hash
        return sealed

    def born(self, first: Entry, head: Head, intent_id: str, act: "Act", *, drill: bool) -> list[Entry]:
        """Seal what the desk's own log, which ends at ``head``, notes of an incident that begins here or is taken in."""
        assert isinstance(first.event, IncidentDeclared)  # noqa: S101 - a declaration's first entry, for the type checker
        event = IncidentBorn(first.header.stream, first.event.label, first.hash, drill)
        return self.seal(DESK_STREAM, head, [Proposed(event)], intent_id, act, drill=drill)

    def _facing(self, entry_id: str, act: "Act", *, drill: bool) -> Facing:
        return Facing(
            id=entry_id,
            recorded_at=stamp(act.now),
            occurred_at=stamp(act.moment),
            precision=act.precision if act.occurred else "as-recorded",
            late_because=act.late_because,
            author=act.author,
            author_from=act.author_from,
            on_behalf_of=act.on_behalf_of,
            relayed_by=act.relayed_by,
            system_user=self._machine.system_user,
            host=self._machine.host,
            sensitivity=act.sensitivity,
            drill=drill,
        )
