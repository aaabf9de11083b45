"""The parts of a summary, frozen. Times are stored instants (UTC), empty for *not recorded*."""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.conditions import Fact
from crisisdesk.domain.playbook import Option
from crisisdesk.domain.text import name_key


class PlaybookUsed(NamedTuple):
    """The playbook as it was pinned. ``adopted`` is ``not yet`` or says when and by whom."""

    name: str
    title: str
    version: str
    adopted: str
    hash: str

    @property
    def is_sample(self) -> bool:
        """Whether nobody has adopted it."""
        return not self.adopted or self.adopted.casefold() == "not yet"


class PolicyUsed(NamedTuple):
    """The policy as it was pinned."""

    title: str
    version: str
    adopted: str
    organisation: str
    hash: str
    levels: Mapping[str, str]
    """Its severity levels, each with its title; worst first."""

    def named(self, level: str) -> str:
        """Return a level with its title, for readers who do not know the policy by heart."""
        title = self.levels.get(level, "")
        return f"{level} ({title})" if title and name_key(title) != name_key(level) else level


class SeverityChange(NamedTuple):
    """A level, from when, by whom and why; ``confirmed`` is false for the one it was declared at unasked."""

    at: str
    level: str
    previous: str
    recommended: str
    confirmed: bool
    by: str
    because: str
    seq: int


class FactKnown(NamedTuple):
    """A fact as it was last answered; ``at`` is empty when nobody answered since the declaration."""

    fact: str
    ask: str
    value: Fact
    at: str
    by: str
    seq: int


class RoleHeld(NamedTuple):
    """Who held a role, from when until when; ``until`` is empty when they hold it still."""

    role: str
    title: str
    person: str
    since: str
    until: str
    acting: bool
    because: str
    seq: int
    handover: int = 0
    """Seq of the entry that offered it, when it was handed over."""


class DecisionTaken(NamedTuple):
    """A choice: what was offered, chosen, why, what was not known, and when to look again."""

    at: str
    step: str
    title: str
    offered: tuple[Option, ...]
    choice: str
    because: str
    known: str
    unknown: str
    consulted: str
    dissent: str
    reverses: int
    """Seq of the earlier choice it takes the place of; 0 for none."""
    corrected: str
    by: str
    relayed_by: str
    revisit_at: str
    deviation: str
    seq: int


class Telling(NamedTuple):
    """One attempt to tell somebody."""

    at: str
    who: str
    how: str
    reached: bool
    promised: str
    corrected: str
    step: str
    by: str
    seq: int


class Evidence(NamedTuple):
    """A file or link that was kept; ``sha256`` is empty for a link."""

    at: str
    name: str
    link: str
    note: str
    sha256: str
    size: int
    media_type: str
    step: str
    by: str
    seq: int
    original_author: str = ""
    original_time: str = ""
    """As somebody read it on the original, in words."""
    tool: str = ""


class Deviation(NamedTuple):
    """A rule that was passed, openly, and why."""

    at: str
    rule: str
    title: str
    because: str
    by: str
    seq: int


class OpenItem(NamedTuple):
    """Something left to do: a step, a promise, a role nobody holds, a decision to look at again."""

    kind: str
    title: str
    owner: str
    due: str
    late: bool


class ClockOutcome(NamedTuple):
    """A legal clock and what became of it: ``asked``, ``running``, ``submitted`` or ``dismissed``."""

    clock: str
    title: str
    tell: str
    standing: str
    anchor_at: str
    due_at: str
    submitted_at: str
    deadline: str
    source: str
    source_kind: str
    checked_on: str
    because: str
    by: str
    seq: int


class ApprovalGiven(NamedTuple):
    """Somebody approved a step, in which role; ``relayed_by`` says how, when another person wrote it down."""

    at: str
    step: str
    title: str
    option: str
    role: str
    person: str
    relayed_by: str
    remark: str
    seq: int
    confirmed: int = 0
    """Seq of the entry by which they confirmed themselves what was relayed."""


class PlaybookChange(NamedTuple):
    """A playbook laid on top, or changed files brought in, while the incident ran."""

    at: str
    what: str
    name: str
    version: str
    hash: str
    because: str
    by: str
    seq: int


class QueuePaused(NamedTuple):
    """A posting queue that was frozen, and how it was released; ``released_at`` is empty while it is frozen."""

    queue: str
    account: str
    held: int
    """Posts that waited; -1 when nobody counted."""
    frozen_at: str
    by: str
    released_at: str
    outcome: str
    released_by: str
    seq: int
    may_post: str = ""
    """Who may still post there meanwhile."""


class EnquiryMade(NamedTuple):
    """Somebody asked; ``answered_at`` is empty while nobody answered."""

    at: str
    who: str
    outlet: str
    question: str
    due: str
    answered_at: str
    line: str
    by: str
    seq: int


class SilenceKept(NamedTuple):
    """It was decided to say nothing, why, and when to look again."""

    at: str
    because: str
    revisit_at: str
    by: str
    seq: int


class StatementTold(NamedTuple):
    """One statement for one channel, as it stood at last: its text, who approved exactly it, when it went out."""

    statement: str
    channel: str
    language: str
    version: int
    text_hash: str
    text: str
    standing: str
    author: str
    approved_by: tuple[str, ...]
    published_at: str
    link: str
    deviation: str
    seq: int
    withdrawn_at: str = ""
    withdrawn_because: str = ""
    because: str = ""
    """Why it went out past a rule."""
    went_out: str = ""
    """What really went out, where other words did."""


class ClaimHeld(NamedTuple):
    """A claim of the fact sheet as it stands: confirmed, unconfirmed, do not say, or retracted."""

    at: str
    text: str
    standing: str
    source: str
    because: str
    by: str
    seq: int
