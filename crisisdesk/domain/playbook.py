"""A playbook: one scenario's protocol, frozen, as compiled from its file."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crisisdesk.domain.conditions import Condition
from crisisdesk.domain.deadlines import Within
from crisisdesk.domain.policy import Level, Question

VERBS = ("do", "capture", "decide", "tell", "say", "pause")
"""What a step can be; ``use`` is resolved by the loader."""


class Record(NamedTuple):
    """One value a step asks for; ``kind`` is text, list, number, link, time or yes-no."""

    name: str
    kind: str = "text"
    optional: bool = False


class Option(NamedTuple):
    """One way to decide, with its trade-off."""

    title: str
    consequence: str


class Step(NamedTuple):
    """One thing to do, decide or say. Fields are the playbook format's, hyphens as underscores."""

    id: str
    kind: str
    title: str
    who: str
    within: Within | None = None
    why: str = ""
    how: str = ""
    mode: str = ""
    record: tuple[Record, ...] = ()
    confirmed_by: str = ""
    read_back: str = ""
    if_blocked: str = ""
    options: tuple[Option, ...] = ()
    revisit: Within | None = None
    on: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    only_if: Condition | None = None
    starts_clock: tuple[str, ...] = ()
    statement: str = ""
    repeat: str = ""
    publish_first: str = ""
    protects: str = ""
    add_playbook: str = ""
    common: str = ""
    """The common step it was made from, by which playbooks on one incident share it; empty for its own."""
    conduct: tuple[str, ...] = ()
    """Headings of the policy's conduct that this step needs, shown with it."""
    unless_level_says: str = ""
    """``debrief-due`` or ``review-due``: where the level has that figure, it stands in place of ``within``'s own."""

    def within_at(self, level: Level) -> Within | None:
        """Return when the step is due at a level: the level's figure where it has one, always from the step's own anchor."""
        figure = {"debrief-due": level.debrief_due, "review-due": level.review_due}.get(
            self.unless_level_says
        )
        return figure._replace(anchor=self.within.anchor) if figure and self.within else self.within

    @property
    def heading(self) -> str:
        """The title as an instruction: where it names only what is captured, told or paused, the verb comes first."""
        silent = self.kind in ("capture", "tell", "pause") and not self.title.casefold().startswith(self.kind)
        return f"{self.kind.capitalize()}: {self.title}" if self.title and silent else self.title


class Phase(NamedTuple):
    """A stretch of the runbook with one goal and an explicit completion line."""

    id: str
    title: str
    goal: str
    done_when: str
    steps: tuple[Step, ...]


class Statement(NamedTuple):
    """Words prepared for the public or for staff; ``variants`` maps ``on x`` or ``in de`` to their text."""

    id: str
    title: str
    text: str
    variants: Mapping[str, str]
    pre_cleared: str = ""


class Playbook(NamedTuple):
    """One scenario's protocol."""

    name: str
    title: str
    version: str
    adopted: str
    reviewed: str
    use_when: str
    words: tuple[str, ...]
    usually: str
    questions: Mapping[str, Question]
    phases: tuple[Phase, ...]
    stand_down_when: str
    statements: Mapping[str, Statement]

    def steps(self) -> Iterator[tuple[Phase, Step]]:
        """Yield every step with its phase, in the order of the file."""
        for phase in self.phases:
            for step in phase.steps:
                yield phase, step
