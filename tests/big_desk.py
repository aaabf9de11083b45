"""Desks as large as a year of nights, made quickly: entries are sealed as always, and written many at a time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crisisdesk.desk import NO_MANNER, Case, Desk, Machine, Saved, Speaker
from crisisdesk.desk.sealing import Sealer
from crisisdesk.desk.states import States
from crisisdesk.domain.decide import Proposed
from crisisdesk.domain.entries import NoteLogged
from crisisdesk.domain.evolve import replay
from crisisdesk.domain.intents import AddStep, Declare
from crisisdesk.domain.rows import IncidentRow
from crisisdesk.journal import Head

NAMES = ("Ada Okoro", "Ben Lindqvist", "Carla Mendes", "Dana Weiss")
AT_ONCE = 500


class BigDesk:
    """A desk that is being filled; its clock goes on seven seconds at each look."""

    def __init__(self, folder: Path) -> None:
        """Make the desk's file in a folder."""
        self._now = datetime(2026, 11, 1, tzinfo=UTC)
        self.desk = Desk.open(folder / "desk.db", Machine("bench", "bench"), now=self._tick)
        self._states = States(self.desk.journal)
        self._sealer = Sealer(
            Machine("bench", "bench"), self._tick, lambda count: self.desk.new_intent_id().encode()[:count]
        )

    def _tick(self) -> datetime:
        self._now += timedelta(seconds=7)
        return self._now

    def declare(self, title: str) -> str:
        """Declare an incident and return its key."""
        saved = self.desk.declare(
            Declare(title, "", "", ""), "employee-post", Speaker(NAMES[0], "named"), NO_MANNER
        )
        assert isinstance(saved, Saved)
        return saved.case.state.label

    def add_steps(self, key: str, count: int) -> None:
        """Add steps that no playbook foresaw, until the incident has so many."""
        case = self.desk.case(key)
        assert isinstance(case, Case)
        have = len(case.state.steps)
        for number in range(have, count):
            self.desk.act(
                key, AddStep(f"One more thing to do, {number}", "comms-lead"), Speaker(NAMES[0], "named")
            )

    def fill(self, key: str, entries: int) -> None:
        """Write notes until the incident has so many entries."""
        row = self.desk.find(key)
        assert isinstance(row, IncidentRow)
        state = self._states.of(row.stream)
        while state.seq < entries:
            sealed, head = [], Head(state.seq, state.head)
            for number in range(state.seq, min(entries, state.seq + AT_ONCE)):
                act = self._sealer.act(Speaker(NAMES[number % 4], "named"), NO_MANNER)
                note = Proposed(
                    NoteLogged(),
                    {"text": f"Seen once more, number {number}: a partner asks what we will say"},
                )
                sealed += self._sealer.seal(state.stream, head, [note], self.desk.new_intent_id(), act)
                head = Head(sealed[-1].seq, sealed[-1].hash)
            state = replay(state, sealed)
            self.desk.journal.append(sealed, [self._states.rows(state, sealed)])
            self._states.keep(state)

    def close(self) -> None:
        """Let go of the file."""
        self.desk.journal.close()


def year(
    folder: Path, incidents: int = 1000, entries: int = 100_000, largest: int = 10_000, steps: int = 200
) -> None:
    """Make a desk of many incidents; the newest has the most steps and entries."""
    big = BigDesk(folder)
    each = (entries - largest) // max(1, incidents - 1)
    for number in range(1, incidents):
        big.fill(big.declare(f"A post names us, {number}"), each)
    newest = big.declare("A post names us, and many see it")
    big.add_steps(newest, steps)
    big.fill(newest, largest)
    big.close()


def one(folder: Path, entries: int) -> None:
    """Make a desk of one incident with so many entries."""
    big = BigDesk(folder)
    big.fill(big.declare("A post names us, and many see it"), entries)
    big.close()
