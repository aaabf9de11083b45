"""The states of a journal's incidents: folded once, kept, and brought up to date from what was written since."""

from collections.abc import Iterator, Sequence

from crisisdesk.desk.values import Case
from crisisdesk.domain.compiled import read_playbook, read_policy
from crisisdesk.domain.entries import Entry, IncidentDeclared, PlaybookAdded, PlaybookBroughtIn
from crisisdesk.domain.evolve import replay
from crisisdesk.domain.incident import Incident, begin
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.playbook import Playbook
from crisisdesk.domain.policy import Policy
from crisisdesk.domain.rows import DueRow, Effect, Rows
from crisisdesk.domain.runbook import Words, rows, wanted_words
from crisisdesk.journal import Journal, JournalTrouble


def armed(state: Incident, intent: Intent) -> Incident:
    """Give the state what an intent brings with it, so that the entries it makes can be folded."""
    if type(intent).__name__ not in ("AddPlaybook", "BringIn"):
        return state
    from crisisdesk.domain.intents import AddPlaybook, BringIn  # a note need not load them

    if isinstance(intent, AddPlaybook):
        return state._replace(pinned={**state.pinned, intent.hash: intent.playbook})
    if isinstance(intent, BringIn):
        brought: dict[str, Policy | Playbook] = {
            intent.hash: intent.playbook,
            intent.policy_hash: intent.policy,
        }
        return state._replace(pinned={**state.pinned, **brought})
    return state


def aimed(journal: Journal, state: Incident, intent: Intent) -> Intent:
    """Give an intent about an earlier entry that entry's header, from the log."""
    if not hasattr(intent, "target"):
        return intent
    from crisisdesk.domain.intents import (  # a note need not load them
        ConfirmRelay,
        Correct,
        RaiseSensitivity,
    )

    if not isinstance(intent, Correct | RaiseSensitivity | ConfirmRelay) or not 1 <= intent.seq <= state.seq:
        return intent
    found = journal.read(state.stream, intent.seq - 1, 1, words=False)
    return intent._replace(target=found[0].header if found else None)


def _effects(state: Incident, new: Sequence[Entry]) -> tuple[Effect, ...]:
    """Return what entries do to the tables of what is said, decided, asked and kept."""
    if all(entry.header.kind == "note-logged" for entry in new):
        return ()  # the commonest command need not load what it never needs
    from crisisdesk.domain.tables import effects

    return tuple(effect for entry in new for effect in effects(entry, state.label))


def _dues(state: Incident, words: Words, new: Sequence[Entry]) -> tuple[DueRow, ...] | None:
    """Return what falls due in an incident; None where only notes were written, which change nothing of it."""
    if new and all(entry.header.kind == "note-logged" for entry in new):
        return None
    from crisisdesk.domain.dues import dues

    return dues(state, words)


REMEMBERED = 32
"""Incidents kept in memory at most."""
AT_ONCE = 250
"""Entries folded at a time: a long night need never lie in memory whole."""


def pages(journal: Journal, stream: str, *, words: bool = True) -> Iterator[list[Entry]]:
    """Yield the entries of a stream, some at a time."""
    after = 0
    while page := journal.read(stream, after, AT_ONCE, words=words):
        yield page
        after = page[-1].seq


class States:
    """What is remembered of each stream; always brought up to date before it is given out."""

    def __init__(self, journal: Journal) -> None:
        """Take the journal to fold from."""
        self._journal = journal
        self._states: dict[str, Incident] = {}
        self._plans: dict[tuple[str, str], Incident] = {}

    def of(self, stream: str) -> Incident:
        """Return the newest state: what is remembered, and the entries since then folded over it."""
        state = self._states.get(stream)
        if state is None:
            first = self._journal.read(stream, 0, 1, words=False)
            if not first or not isinstance(first[0].event, IncidentDeclared):
                raise JournalTrouble(
                    "The log of this incident does not begin with its declaration.", "Run: crisisdesk verify"
                )
            state = replay(self._plan(stream, first[0].event), first)
        while new := self._journal.read(stream, state.seq, AT_ONCE, words=False):
            state = replay(self._with_pins(state, new), new)
            if len(new) < AT_ONCE:
                break
        self.keep(state)
        return state

    def keep(self, state: Incident) -> None:
        """Remember a state; those used longest ago give way."""
        self._states.pop(state.stream, None)
        self._states[state.stream] = state
        if len(self._states) > REMEMBERED:
            del self._states[next(iter(self._states))]

    def case(self, state: Incident) -> Case:
        """Return a state with the words its runbook shows."""
        return Case(state, self._journal.words(state.stream, wanted_words(state)))

    def rows(self, state: Incident, new: Sequence[Entry] = ()) -> Rows:
        """Return the read-model rows of a state; ``new`` entries are not in the journal yet."""
        fresh = {entry.seq: entry.words for entry in new}
        old = self._journal.words(state.stream, [seq for seq in wanted_words(state) if seq not in fresh])
        words = {**old, **fresh}
        return rows(state, words)._replace(effects=_effects(state, new), dues=_dues(state, words, new))

    def all_rows(self, stream: str) -> Rows:
        """Return every row of an incident, as its whole log says."""
        state = self.of(stream)
        effects: list[Effect] = []
        for page in pages(self._journal, stream):
            effects += _effects(state, page)
        return self.rows(state)._replace(effects=tuple(effects))

    def _with_pins(self, state: Incident, new: Sequence[Entry]) -> Incident:
        """Give the state what new entries name by hash, so that it can be folded."""
        pinned = dict(state.pinned)
        for entry in new:
            if isinstance(entry.event, PlaybookAdded | PlaybookBroughtIn):
                pinned[entry.event.playbook] = read_playbook(self._journal.compiled(entry.event.playbook))
            if isinstance(entry.event, PlaybookBroughtIn):
                pinned[entry.event.policy] = read_policy(self._journal.compiled(entry.event.policy))
        return state._replace(pinned=pinned) if len(pinned) > len(state.pinned) else state

    def _plan(self, stream: str, event: IncidentDeclared) -> Incident:
        """Return the blank state for the pinned policy and playbook; no YAML is read for a past incident."""
        key = (event.policy, event.playbook)
        if key not in self._plans:
            policy = read_policy(self._journal.compiled(event.policy))
            self._plans[key] = begin("", policy, read_playbook(self._journal.compiled(event.playbook)))
        return self._plans[key]._replace(stream=stream)
