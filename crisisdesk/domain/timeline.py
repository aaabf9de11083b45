"""The timeline: all entries read in the order things happened, corrections applied. The one builder for every reader.

Pure: entries with their words in, lines out. Nothing here makes text safe to show; whoever shows it does.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.chain import body_hash, body_text
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.sentences import Naming, title_of
from crisisdesk.domain.text import one_line

ERASED = "(words erased)"
RECORD = "record: "
CORRECTION = "entry-corrected"
_TOLD = ("who", "how", "promised")
"""Words of a telling that a correction names one by one."""

_MAIN_WORD = {
    "incident-declared": "title",
    "step-added": "title",
    "note-logged": "text",
    "update-promised": "text",
    "update-sent": "text",
    "step-done": "note",
    "step-skipped": "because",
    "step-blocked": "because",
    "step-reopened": "because",
    "stood-down": "because",
    "clock-dismissed": "because",
    "hold-set": "because",
    "signal-noticed": "text",
    "silence-chosen": "because",
    "enquiry-logged": "question",
    "enquiry-answered": "line",
    "incident-reopened": "because",
    "finding-written": "text",
    "objective-rated": "because",
    "follow-up-added": "text",
    "paragraph-written": "text",
}
"""The word a correcting text stands in for. Other kinds have several or none: there it stands beside the rest."""

_LABELS = {
    "title": "", "text": "", "choice": "Choice: ", "note": "", "who": "Who: ", "outlet": "For: ", "question": "Asks: ", "line": "Line used: ", "how": "By: ", "promised": "Promised: ",
    "read back": "Read back: ", "name": "Name: ", "link": "Link: ", "unknown": "Not known: ", "verification": "Verified by: ", "because": "Because: ", "corrected": "Corrected: ",
}  # fmt: skip
"""Names of words and what stands before them, in the order they are read; recorded values come after the note."""


class Reading(NamedTuple):
    """An entry with its corrections applied: what is to be read, and when it happened."""

    entry: Entry
    words: Mapping[str, str]
    occurred_at: str
    precision: str
    corrected_by: int = 0
    """Seq of the latest entry that corrects this one, or 0."""
    sensitivity: str = "normal"
    """As written, or as raised by a later entry."""
    value: float | None = None
    """The right number of a figure whose number was corrected."""

    @property
    def event(self) -> log.Event | log.UnknownKind:
        """The event, with the right number where a figure's was corrected."""
        event = self.entry.event
        if isinstance(event, log.FigureTyped) and self.value is not None:
            return event._replace(value=self.value)
        return event

    @property
    def person(self) -> str:
        """Whose act it was: the one it was done for, else the author."""
        return self.entry.header.on_behalf_of or self.entry.header.author

    @property
    def erased(self) -> bool:
        """Whether there were words and the log no longer has them."""
        entry = self.entry
        return not entry.words and entry.header.body_hash != body_hash(entry.salt, body_text({}))


class Item(NamedTuple):
    """One line of the timeline. Times are stored instants; ``title`` is the desk's sentence, ``text`` people's words."""

    seq: int
    id: str
    position: int
    recorded_at: str
    occurred_at: str
    precision: str
    late_because: str
    author: str
    on_behalf_of: str
    relayed_by: str
    owner_role: str
    owner: str
    kind: str
    step: str
    title: str
    text: str
    source: str
    corrected_by: int
    original_text: str
    """The words as first written, when a correction changed them; else empty."""
    original_occurred_at: str
    """The time as first written, when a correction changed it; else empty."""
    corrects: int
    sensitivity: str
    deviation: str
    drill: bool
    erased: bool


def build(
    entries: Iterable[Entry],
    state: Incident,
    *,
    fold_corrections: bool = False,
    titles: Mapping[str, str] | None = None,
) -> list[Item]:
    """Return the timeline of one incident, ordered by when things happened, then by when they were written.

    Corrected entries read as corrected and are marked. The correcting entries are lines of their own, left out
    with ``fold_corrections``. ``entries`` must carry their words. Of a part of the log, whoever asks names the steps'
    ``titles``, and gives what corrects that part with it.
    """
    readings = read(entries)
    titles = step_titles(state, readings) if titles is None else titles
    tz = zone(state.policy)
    items = [_item(reading, state, titles, tz) for reading in readings]
    kept = [item for item in items if not (fold_corrections and item.kind == CORRECTION)]
    return sorted(kept, key=lambda item: (item.occurred_at, item.seq))


def sentence(item: Item) -> str:
    """Say an item in one safe line, without its time and author: what it is, the words, and what sets it apart."""
    words = ERASED if item.erased and not item.text else one_line(item.text, 400)
    marks = []
    if item.on_behalf_of:
        marks.append(f"for {item.on_behalf_of}, by {item.relayed_by}")
    if item.deviation:
        marks.append(f"deviation: {item.deviation}")
    if item.corrected_by:
        marks.append(f"corrected by #{item.corrected_by}")
    if item.sensitivity != "normal":
        marks.append(item.sensitivity)
    line = item.title + (f" · {words}" if words else "") + "".join(f" ({mark})" for mark in marks)
    return one_line(line)


def read(entries: Iterable[Entry]) -> list[Reading]:
    """Apply corrections to a stream's entries and return them in the order written; later corrections win."""
    readings = [
        Reading(e, e.words, e.header.occurred_at, e.header.precision, sensitivity=e.header.sensitivity)
        for e in entries
    ]
    places = {reading.entry.seq: place for place, reading in enumerate(readings)}
    for reading in readings:
        event = reading.entry.event
        if isinstance(event, log.EntryCorrected) and event.corrects in places:
            place = places[event.corrects]
            readings[place] = _corrected(readings[place], event, reading.entry)
        if isinstance(event, log.SensitivityRaised) and event.entry in places:
            place = places[event.entry]
            readings[place] = readings[place]._replace(sensitivity=event.level)
    return readings


def _corrected(target: Reading, event: log.EntryCorrected, correction: Entry) -> Reading:
    words = {
        **target.words,
        **{name: text for name, text in correction.words.items() if name.startswith(RECORD)},
    }
    if target.entry.header.kind == "person-told":
        words |= {name: words.pop(RECORD + name) for name in _TOLD if RECORD + name in words}
    if event.value is not None:
        target = target._replace(value=float(event.value))
    elif right := correction.words.get("text"):
        words[_MAIN_WORD.get(target.entry.header.kind, "corrected")] = right
    target = target._replace(words=words, corrected_by=correction.seq)
    if event.happened_at:
        target = target._replace(occurred_at=event.happened_at, precision="exact")
    return target


def was_reached(reading: Reading) -> bool:
    """Tell whether somebody who was told was reached, as it reads now."""
    event = reading.entry.event
    right = reading.words.get(RECORD + "reached", "")
    return right == "yes" if right else isinstance(event, log.PersonTold) and event.reached


def step_titles(state: Incident, readings: Sequence[Reading]) -> dict[str, str]:
    """Return every step's title; an added step's is in the words of the entry that added it."""
    titles = {step: known.step.heading for step, known in state.steps.items() if known.step.title}
    for reading in readings:
        if isinstance(reading.entry.event, log.StepAdded):
            titles[reading.entry.event.step] = reading.words.get("title", ERASED)
    return titles


def text_of(event: log.Event | log.UnknownKind, words: Mapping[str, str]) -> str:
    """Return words as lines with their labels, in a fixed order; names this program does not know come last."""
    choice = getattr(event, "option", "")
    added = isinstance(event, log.StepAdded)
    order = list(_LABELS)
    records = [name for name in words if name.startswith(RECORD)]
    after_note = order.index("note") + 1
    order[after_note:after_note] = records
    order += [name for name in words if name not in order and name != "source"]
    lines = []
    for name in order:
        text = words.get(name, "")
        if not text or (name == "choice" and text == choice) or (name == "title" and added):
            continue  # the title of the line says it already
        label = _LABELS.get(name)
        lines.append((f"{name.removeprefix(RECORD)}: " if label is None else label) + text)
    return "\n".join(lines)


def _item(reading: Reading, state: Incident, titles: Mapping[str, str], tz: tzinfo) -> Item:
    entry, header = reading.entry, reading.entry.header
    text = text_of(entry.event, reading.words)
    first = text_of(entry.event, entry.words)
    naming = Naming(state, titles, tz)
    if reading.value is not None:
        first = title_of(entry.event, naming)
    return Item(
        seq=header.seq,
        id=header.id,
        position=entry.position,
        recorded_at=header.recorded_at,
        occurred_at=reading.occurred_at,
        precision=reading.precision,
        late_because=header.late_because,
        author=header.author,
        on_behalf_of=header.on_behalf_of,
        relayed_by=header.relayed_by,
        owner_role=header.owner_role,
        owner=header.owner,
        kind=header.kind,
        step=header.step,
        title=title_of(reading.event, naming),
        text=text,
        source=reading.words.get("source", ""),
        corrected_by=reading.corrected_by,
        original_text=first if first != text else "",
        original_occurred_at=header.occurred_at if header.occurred_at != reading.occurred_at else "",
        corrects=header.corrects,
        sensitivity=reading.sensitivity,
        deviation=getattr(entry.event, "deviation", ""),
        drill=bool(header.drill),
        erased=reading.erased,
    )


def word(reading: Reading, name: str) -> str:
    """Return one of an entry's words, or that it was erased; empty when it never was said."""
    return reading.words.get(name, ERASED if reading.erased else "")
