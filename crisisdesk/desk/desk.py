"""The desk itself.

Owns the clock, the ids, the actor, and the retry when somebody else was first. Knows no screen and no command line.
One object belongs to one thread, with the journal it was given.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from crisisdesk.desk.files import bytes_of, same_file
from crisisdesk.desk.fingerprint import fingerprint
from crisisdesk.desk.labels import meant, next_label
from crisisdesk.desk.sealing import Sealer
from crisisdesk.desk.values import NO_MANNER, Case, Machine, Manner, Saved, Speaker
from crisisdesk.domain.chain import Fault
from crisisdesk.domain.decide import Refused, decide
from crisisdesk.domain.entries import DESK_STREAM, Entry
from crisisdesk.domain.rows import DueRow, IncidentRow, StepRow
from crisisdesk.domain.text import nearest
from crisisdesk.journal import Conflict, Head, Journal, Pin, open_journal

if TYPE_CHECKING:
    from crisisdesk.desk.beside import Beside
    from crisisdesk.desk.figures import FigureMemory
    from crisisdesk.desk.playbooks import Library, Rank
    from crisisdesk.desk.signals import Signals
    from crisisdesk.desk.states import States
    from crisisdesk.desk.timeline import Timeline
    from crisisdesk.domain.differences import Difference
    from crisisdesk.domain.figures import Series
    from crisisdesk.domain.incident import Incident
    from crisisdesk.domain.intents import Attach, Declare, Intent

TRIES = 200
"""How often the desk decides again when others keep being first, before it says so."""


class Desk:
    """The desk of one journal."""

    def __init__(
        self,
        journal: Journal,
        machine: Machine,
        *,
        now: Callable[[], datetime] | None = None,
        random: Callable[[int], bytes] = os.urandom,
        playbooks: Path | None = None,
    ) -> None:
        """Take a journal, the machine's own word on who sits here, a clock, a source of ids, and the playbook folder."""
        self.journal = journal
        self.sealer = Sealer(machine, now or (lambda: datetime.now(UTC)), random)
        self.folder = playbooks
        self._figures: FigureMemory | None = None
        self._timeline: Timeline | None = None

    @cached_property
    def _states(self) -> "States":
        from crisisdesk.desk.states import States  # a list of incidents needs none of what folds them

        return States(self.journal)

    @classmethod
    def open(
        cls,
        path: Path,
        machine: Machine,
        *,
        playbooks: Path | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> "Desk":
        """Open the desk kept in a file, made when it is not there. Raises JournalTrouble with a sentence."""
        journal = open_journal(path)
        if journal.unfilled():
            from crisisdesk.desk.audit import rebuild

            rebuild(journal)
        return cls(journal, machine, playbooks=playbooks, now=now)

    # Reading

    def now(self) -> datetime:
        """Return the time by the desk's clock: UTC, whole milliseconds, as it is stored."""
        return self.sealer.now()

    def new_intent_id(self) -> str:
        """Return a fresh id for an intent: the client makes it, so that a retry after an unclear failure writes nothing twice."""
        return self.sealer.new_id()

    def incidents(self) -> list[IncidentRow]:
        """Return all incidents, newest first."""
        return self.journal.incidents()

    def steps(self) -> list[StepRow]:
        """Return the steps of all incidents that are not closed."""
        return self.journal.steps()

    def dues(self, after: str = "", until: str = "~", limit: int = 0) -> list[DueRow]:
        """Return what falls due across all incidents between two stored instants, soonest first; ``limit`` 0 for all."""
        return self.journal.dues(after, until, limit)

    def find(self, named: str) -> IncidentRow | Refused:
        """Return the incident a person named: ``INC-0007``, ``inc-7``, ``7``, or a beginning of its UUID."""
        for key in meant(named):
            if row := self.journal.find(key):
                return row
        near = nearest(named, [row.key for row in self.journal.incidents()])
        return Refused(
            f"There is no incident '{named}'.",
            f"Did you mean '{near}'?" if near else "See them with: crisisdesk list",
        )

    def case(self, named: str) -> Case | Refused:
        """Return an incident's state with the words its runbook shows."""
        row = self.find(named)
        if isinstance(row, Refused):
            return row
        return self._states.case(self._states.of(row.stream))

    def entries(self, case: Case, after: int = 0, limit: int = 0) -> list[Entry]:
        """Return an incident's entries with their words."""
        return self.journal.read(case.state.stream, after, limit)

    def timeline(self, case: Case) -> "Timeline":
        """Return an incident's timeline, to be read a page at a time; it belongs to this desk's thread.

        The last one is remembered, so that it is ready when somebody comes back to it.
        """
        from crisisdesk.desk.timeline import Timeline

        known = self._timeline
        if known is None or known.case.state.stream != case.state.stream:
            known = self._timeline = Timeline(self.journal, case)
        else:
            known.bring_up_to_date(case)
        return known

    def figures(self, stream: str, seq: int) -> "tuple[Series, ...]":
        """Return an incident's figures over time as of entry ``seq``, for screens: without their words."""
        if self._figures is None:
            from crisisdesk.desk.figures import FigureMemory

            self._figures = FigureMemory(self.journal)
        return self._figures.of(stream, seq)

    def words(self, case: Case, seqs: Sequence[int]) -> dict[int, str]:
        """Return the text of some entries of an incident; those whose words were erased are missing."""
        found = self.journal.words(case.state.stream, seqs)
        return {seq: said["text"] for seq, said in found.items() if "text" in said}

    def table(self, case: Case, name: str) -> list[dict[str, str | int]]:
        """Return an incident's rows of one of ``rows.TABLES``, in the order of the entries they began with."""
        return self.journal.table(name, case.state.stream)

    def kept_file(self, sha256_: str) -> bytes | Refused:
        """Return the bytes of a piece of evidence, checked against the hash they were kept under."""
        content = self.journal.file(sha256_)
        if sha256(content).hexdigest() != sha256_:
            return Refused(
                "These are not the bytes that were kept: their hash differs.",
                "Find out why: crisisdesk verify",
            )
        return content

    @property
    def beside(self) -> "Beside":
        """What is kept beside the journal: half-filled forms, and texts handed out to be posted."""
        from crisisdesk.desk.beside import Beside

        return Beside(self.journal.path)

    def changed(self) -> bool:
        """Tell whether another process wrote since the last look; cheap."""
        return self.journal.changed()

    def owns(self, path: Path) -> bool:
        """Tell whether a path is the journal's own file or one beside it: nothing is ever exported over those."""
        return self.journal.owns(path)

    def warnings(self) -> list[str]:
        """Return what is not as it should be with the file: a network drive, altered guards, open to everybody."""
        return self.journal.warnings()

    def library(self) -> "Library":
        """Read the playbook folder: what can be declared, and what is wrong in it."""
        from crisisdesk.desk import playbooks

        return playbooks.read(self.folder)

    def best_playbook(self, typed: str) -> str:
        """Return the name of the playbook that fits best what was typed, or empty when there is none."""
        ranked, _ = self.offered(typed)
        return ranked[0].name if ranked else ""

    def offered(self, typed: str) -> "tuple[list[Rank], dict[str, str]]":
        """Return the ranked playbooks with their titles, for whoever is declaring."""
        from crisisdesk.desk import playbooks

        return playbooks.offered(self.folder, typed)

    # Writing

    def declare(
        self, intent: "Declare", playbook: str, speaker: Speaker, manner: Manner, *, drill: bool = False
    ) -> Saved | Refused:
        """Declare an incident by a playbook's name. The label and the hashes in ``intent`` are filled in here."""
        from crisisdesk.desk import playbooks
        from crisisdesk.domain.evolve import replay
        from crisisdesk.domain.incident import begin

        intent_id = fingerprint(manner.intent_id or self.new_intent_id(), playbook, intent, speaker)
        if manner.intent_id and (earlier := self._earlier(intent_id)):
            return earlier
        found = playbooks.usable(self.folder, playbook)
        if isinstance(found, Refused):
            return found
        policy, plan = found
        stream = self.sealer.new_stream()
        for _ in range(TRIES):
            label = next_label((row.key for row in self.journal.incidents()), drill=drill)
            full = intent._replace(label=label, policy_hash=policy.hash, playbook_hash=plan.hash)
            act = self.sealer.act(speaker, manner)
            state = begin(stream, policy.value, plan.value)
            ruling = decide(state, full, act)
            if isinstance(ruling, Refused):
                return ruling
            sealed = self.sealer.seal(stream, Head(), ruling, intent_id, act, drill=drill)
            born = self.sealer.born(sealed[0], self.journal.head(DESK_STREAM), intent_id, act, drill=drill)
            after = replay(state, sealed)
            try:
                written = self.journal.append(
                    [*sealed, *born],
                    [self._states.rows(after, sealed)],
                    playbooks.pins(policy, playbook, plan),
                )
            except Conflict:
                if earlier := self._earlier(intent_id):
                    return earlier
                continue
            self._states.keep(after)
            return Saved(tuple(written[:-1]), self._states.case(after))
        return _too_busy()

    def act(
        self,
        named: str,
        intent: "Intent",
        speaker: Speaker,
        manner: Manner = NO_MANNER,
        files: Mapping[str, bytes] | None = None,
        pins: Sequence[Pin] = (),
    ) -> Saved | Refused:
        """Carry an intent out on an incident: saved when this returns, or refused with nothing written."""
        from crisisdesk.desk.states import aimed, armed
        from crisisdesk.domain.evolve import replay

        row = self.find(named)
        if isinstance(row, Refused):
            return row
        intent_id = fingerprint(manner.intent_id or self.new_intent_id(), row.stream, intent, speaker)
        if manner.intent_id and (earlier := self._earlier(intent_id)) and same_file(earlier, intent):
            return earlier
        for _ in range(TRIES):
            state = armed(self._states.of(row.stream), intent)
            act = self.sealer.act(speaker, manner)
            ruling = decide(state, aimed(self.journal, state, intent), act)
            if isinstance(ruling, Refused):
                return self._explained(ruling, state, manner)
            head = Head(state.seq, state.head)
            sealed = self.sealer.seal(state.stream, head, ruling, intent_id, act, drill=state.drill)
            after = replay(state, sealed)
            try:
                written = self.journal.append(sealed, [self._states.rows(after, sealed)], pins, files)
            except Conflict:
                if earlier := self._earlier(intent_id):
                    return earlier
                continue
            self._states.keep(after)
            return Saved(tuple(written), self._states.case(after), self._meanwhile(state, manner))
        return _too_busy()

    def attach_file(
        self,
        named: str,
        path: Path,
        speaker: Speaker,
        manner: Manner = NO_MANNER,
        about: "Attach | None" = None,
    ) -> Saved | Refused:
        """Attach a file: its bytes are kept in the journal under their SHA-256, within the policy's size.

        ``about`` says what it shows and where it came from; its name, hash and size are filled in here.
        """
        from crisisdesk.domain.intents import Attach

        said = about or Attach()
        case = self.case(named)
        if isinstance(case, Refused):
            return case
        content = bytes_of(path, case.state.policy.largest_file)
        if isinstance(content, Refused):
            lost = said._replace(name=path.name, link="")
            retried = fingerprint(manner.intent_id, case.state.stream, lost, speaker)
            return (self._earlier(retried) if manner.intent_id else None) or content
        digest = sha256(content).hexdigest()
        from mimetypes import guess_type

        kind = guess_type(path.name)[0] or ""
        intent = said._replace(name=path.name, link="", sha256=digest, size=len(content), media_type=kind)
        return self.act(named, intent, speaker, manner, {digest: content})

    @property
    def signals(self) -> "Signals":
        """What people handed to this desk before anyone declared."""
        from crisisdesk.desk.signals import Signals

        return Signals(self.journal, self.sealer)

    def add_playbook(
        self, named: str, playbook: str, because: str, speaker: Speaker, manner: Manner = NO_MANNER
    ) -> Saved | Refused:
        """Lay a playbook of the folder on a running incident."""
        from crisisdesk.desk import layering

        return layering.add(self, self.folder, named, playbook, because, speaker, manner)

    def bring_in(
        self, named: str, playbook: str, because: str, speaker: Speaker, manner: Manner = NO_MANNER
    ) -> Saved | Refused:
        """Bring the changed files of a playbook (the first one's when not named) into a running incident."""
        from crisisdesk.desk import layering

        return layering.bring_in(self, self.folder, named, playbook, because, speaker, manner)

    def changed_files(self, case: Case) -> list[str]:
        """Return the names of the incident's playbooks whose files differ from what it pinned; no YAML is read."""
        from crisisdesk.desk.layering import changed_files

        return changed_files(self.journal, self.folder, case.state)

    def changes(self, case: Case) -> "dict[str, tuple[Difference, ...]] | Refused":
        """Return what the files say now and the incident does not, step by step, by playbook (and ``policy``)."""
        from crisisdesk.desk.layering import changes

        return changes(self.folder, case.state)

    def verify(self, named: str = "") -> list[Fault] | Refused:
        """Check the chains, bodies and evidence, and that every read-model row equals the fold."""
        from crisisdesk.desk.audit import verify

        row = self.find(named) if named else None
        return row if isinstance(row, Refused) else verify(self.journal, row.stream if row else "")

    def has_head(self, named: str, hash_: str) -> bool:
        """Tell whether a hash printed on an export or brief is still that of an entry."""
        from crisisdesk.desk.audit import has_head

        row = self.find(named) if named else None
        return not isinstance(row, Refused) and has_head(self.journal, hash_, row.stream if row else "")

    # Within

    def _earlier(self, intent_id: str) -> Saved | None:
        """Return what this very intent has saved before, if it has."""
        written = [entry for entry in self.journal.of_intent(intent_id) if entry.header.stream != DESK_STREAM]
        if not written:
            return None
        return Saved(
            tuple(written), self._states.case(self._states.of(written[0].header.stream)), repeated=True
        )

    def _meanwhile(self, state: "Incident", manner: Manner) -> tuple[Entry, ...]:
        if not manner.seen or manner.seen >= state.seq:
            return ()
        return tuple(self.journal.read(state.stream, manner.seen, state.seq - manner.seen))

    def _explained(self, ruling: Refused, state: "Incident", manner: Manner) -> Refused:
        """Say, with the refusal, that others wrote since the person looked."""
        others = self._meanwhile(state, manner)
        if not others:
            return ruling
        who = ", ".join(sorted({entry.header.author for entry in others}))
        return ruling._replace(sentence=f"{ruling.sentence} (Meanwhile {who} wrote {len(others)} entries.)")


def _too_busy() -> Refused:
    return Refused(
        "Others keep writing to this incident at the same moment; nothing was saved.", "Try again."
    )
