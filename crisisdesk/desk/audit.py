"""The audit of a journal: the chains, and every read-model row against a fold made afresh."""

from contextlib import suppress

from crisisdesk.desk.states import States, pages
from crisisdesk.domain.chain import Fault
from crisisdesk.domain.entries import DESK_STREAM
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.rows import StepRow
from crisisdesk.journal import Conflict, Journal, JournalTrouble

_TRIES = 50


def verify(journal: Journal, stream: str = "") -> list[Fault]:
    """Check one stream or all: chains, bodies, evidence, the file's own integrity, and the read models."""
    faults = journal.verify(stream)
    broken = {fault.stream for fault in faults}
    streams = [stream] if stream else incident_streams(journal)
    states = States(journal)
    if not stream and not broken:
        faults += [
            Fault("", 0, f"'{table}' holds rows of an incident whose log is not here.")
            for table in journal.strays()
        ]
    return faults + [
        fault for each in streams if each not in broken for fault in _row_faults(journal, states, each)
    ]


def has_head(journal: Journal, hash_: str, stream: str = "") -> bool:
    """Tell whether a hash printed on an export or brief is still that of an entry: if not, a tail was cut off."""
    wanted = hash_.strip().lower()
    streams = [stream] if stream else journal.streams()
    return any(entry.hash == wanted for each in streams for entry in journal.read(each, words=False))


def rebuild(journal: Journal) -> None:
    """Throw the read models away and write them anew from the log, as often as others keep writing meanwhile."""
    states = States(journal)
    for _ in range(_TRIES):
        with suppress(Conflict):
            journal.replace_rows([states.all_rows(stream) for stream in incident_streams(journal)])
            return
    raise JournalTrouble(
        "Others keep writing; the tables of this desk could not be written anew.", "Try again in a minute."
    )


def incident_streams(journal: Journal) -> list[str]:
    """Return all streams but the desk's own."""
    return [stream for stream in journal.streams() if stream != DESK_STREAM]


def _row_faults(journal: Journal, states: States, stream: str) -> list[Fault]:
    expected = states.rows(states.of(stream))
    kept = {row.id: row for row in journal.steps(stream)}
    key = expected.incident.key
    faults = []
    if journal.find(stream) != expected.incident:
        faults.append(Fault(stream, 0, f"The row of {key} in 'incidents' differs from the log."))
    faults += [
        _differs(row, "differs from the log") for row in expected.steps if kept.pop(row.id, None) != row
    ]
    faults += [_differs(row, "is not in the log") for row in kept.values()]
    if sorted(journal.dues(stream=stream)) != sorted(expected.dues or ()):
        faults.append(Fault(stream, 0, f"The rows of {key} in 'dues' differ from the log."))
    return faults + _table_faults(journal, states.of(stream))


def _table_faults(journal: Journal, state: Incident) -> list[Fault]:
    """Compare the tables of what is said, decided, asked and kept with the log."""
    from crisisdesk.domain.tables import rows_of

    faults = []
    for table, expected in rows_of(
        (entry for page in pages(journal, state.stream) for entry in page), state.label
    ).items():
        kept = {row["seq"]: row for row in journal.table(table, state.stream)}
        wrong = [row["seq"] for row in expected if kept.pop(row["seq"], None) != row] + list(kept)
        faults += [
            Fault(state.stream, 0, f"The row of {state.label} #{seq} in '{table}' differs from the log.")
            for seq in wrong
        ]
    return faults


def _differs(row: StepRow, how: str) -> Fault:
    return Fault(row.stream, 0, f"The row of {row.key} {row.id} in 'steps' {how}.")
