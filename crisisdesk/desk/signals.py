"""Signals: what somebody noticed and handed to the desk, before anyone declared. Kept in the desk's own stream."""

from hashlib import sha256

from crisisdesk.desk.sealing import Sealer
from crisisdesk.desk.values import Manner, Signal, Speaker
from crisisdesk.domain.decide.ruling import Proposed, Refused, words
from crisisdesk.domain.entries import DESK_STREAM, Entry, SignalNoticed, SignalSettled
from crisisdesk.journal import Conflict, Journal

_TRIES = 200
_KINDS = ("signal-noticed", "signal-settled")
"""Beside them the desk's stream holds the birth of every incident, which nobody need decode to see the signals."""


class Signals:
    """The signals of one journal."""

    def __init__(self, journal: Journal, sealer: Sealer) -> None:
        """Take the journal, and what seals the entries."""
        self._journal, self._sealer = journal, sealer

    def all(self) -> list[Signal]:
        """Return every signal, oldest first, with what became of it."""
        found: dict[int, Signal] = {}
        for entry in self._journal.read(DESK_STREAM, kinds=_KINDS):
            event, said = entry.event, entry.words
            if isinstance(event, SignalNoticed):
                found[entry.seq] = Signal(
                    entry.seq,
                    entry.header.occurred_at,
                    entry.header.author,
                    said.get("text", ""),
                    said.get("link", ""),
                )
            elif isinstance(event, SignalSettled) and event.signal in found:
                found[event.signal] = found[event.signal]._replace(
                    outcome=event.outcome,
                    incident=event.incident,
                    because=said.get("because", ""),
                    settled_by=entry.header.author,
                )
        return list(found.values())

    def open(self) -> list[Signal]:
        """Return the signals nobody has settled yet, oldest first."""
        return [signal for signal in self.all() if not signal.outcome]

    def hand_in(self, text: str, link: str, speaker: Speaker, manner: Manner) -> Entry | Refused:
        """Write a signal down: one line is enough, and nobody has to be sure."""
        if not text.strip():
            return Refused(
                "What did you see? One line is enough.", 'Write: crisisdesk signal "What you saw" --link URL'
            )
        return self._write(Proposed(SignalNoticed(), words(text=text, link=link.strip())), speaker, manner)

    def settle(
        self, seq: int, outcome: str, incident: str, because: str, speaker: Speaker, manner: Manner
    ) -> Entry | Refused:
        """Say what became of a signal: ``declared`` or ``merged`` with the incident, or ``dismissed`` with the reason."""
        known = next((signal for signal in self.all() if signal.seq == seq), None)
        if known is None:
            return Refused(f"There is no signal #{seq}.", "See them with: crisisdesk signals")
        if known.outcome:
            return Refused(f"Signal #{seq} was {known.outcome} by {known.settled_by} already.")
        if outcome == "dismissed" and not because.strip():
            return Refused(f"Why is signal #{seq} dismissed?", 'Add the reason: --because "…"')
        event = SignalSettled(seq, outcome, incident)
        return self._write(Proposed(event, words(because=because.strip())), speaker, manner)

    def _write(self, proposed: Proposed, speaker: Speaker, manner: Manner) -> Entry | Refused:
        if not speaker.author.strip():
            return Refused("Nobody is named as the author.", "Say who you are: --as NAME.")
        mark = sha256(
            repr((proposed.event, sorted(proposed.words.items()), speaker.author)).encode(
                "utf-8", "surrogatepass"
            )
        ).hexdigest()[:10]
        intent_id = f"{manner.intent_id or self._sealer.new_id()}~{mark}"
        act = self._sealer.act(speaker, manner)
        for _ in range(_TRIES):
            if earlier := self._journal.of_intent(intent_id):
                return earlier[0]
            sealed = self._sealer.seal(
                DESK_STREAM, self._journal.head(DESK_STREAM), [proposed], intent_id, act
            )
            try:
                return self._journal.append(sealed, [])[0]
            except Conflict:
                continue
        return Refused("Others keep writing at the same moment; nothing was saved.", "Try again.")
