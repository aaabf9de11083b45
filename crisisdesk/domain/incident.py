"""An incident's state: what its entries, folded, come to. Frozen; ``evolve.py`` says how each entry changes it.

State holds no list that grows with the log, so that ten thousand entries fold in a moment.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from crisisdesk.domain.chain import GENESIS
from crisisdesk.domain.conditions import Fact
from crisisdesk.domain.playbook import Phase, Playbook, Step
from crisisdesk.domain.policy import Policy, Question
from crisisdesk.domain.review import Review
from crisisdesk.domain.text import name_key

Status = Literal["undeclared", "open", "stood down", "closed"]
Progress = Literal["open", "started", "blocked", "done", "skipped"]

LEAD = "incident-lead"


class StepState(NamedTuple):
    """How one step of the runbook stands. Times are stored instants, empty for none."""

    step: Step
    phase: str
    applies: bool = False
    progress: Progress = "open"
    owner: str = ""
    """The person it was assigned to; empty means whoever holds the step's role."""
    due: str = ""
    started_at: str = ""
    done_at: str = ""
    by: str = ""
    """Who last changed it."""
    last: int = 0
    """Seq of the entry that last changed its progress: its words hold the reason, the values, the choice."""
    added: int = 0
    """Seq of the entry that added it, whose words hold its title; 0 for a playbook's step."""
    told: int = 0
    evidence: int = 0
    option: str = ""
    decided: int = 0
    """Seq of the newest choice made here, also when the step is open again; 0 before the first."""
    deviation: str = ""
    confirmed_by: str = ""
    ratify_by: str = ""
    """Published first: the stored instant until which its approvals must follow."""
    approvals: Mapping[str, "Approval"] = {}
    """By role; reopening the step voids them."""
    round: int = 1
    round_of: str = ""
    """The step this is a later round of; empty for the first."""

    @property
    def settled(self) -> bool:
        """Done or skipped: nothing is left to do."""
        return self.progress in ("done", "skipped")


class Approval(NamedTuple):
    """A person approved a step in a role, for a decision exactly this option; ``relayed`` when somebody else wrote it down."""

    person: str
    seq: int
    option: str = ""
    relayed: bool = False
    confirmed: int = 0
    """Seq of the entry by which they confirmed themselves what was relayed."""
    at: str = ""
    """When they approved, as a stored instant."""


class ClockState(NamedTuple):
    """A legal clock that somebody decided about. Times are stored instants, empty for none."""

    anchor_at: str = ""
    due_at: str = ""
    submitted_at: str = ""
    dismissed: bool = False
    seq: int = 0
    """Seq of the entry that started or dismissed it."""
    submitted: int = 0
    """Seq of the entry that says it was submitted."""


class Hold(NamedTuple):
    """A legal hold: since when, and by which entry."""

    since: str
    seq: int


class Holding(NamedTuple):
    """Who holds a role, since when, by which entry; ``acting`` for the declarer until someone takes the lead."""

    person: str
    since: str
    seq: int
    acting: bool = False


class Offer(NamedTuple):
    """A role that is being handed over: to whom, since when, by which entry."""

    to: str
    since: str
    seq: int


class Promise(NamedTuple):
    """More was promised by ``due_at``, in entry ``seq``."""

    due_at: str
    seq: int


class Frozen(NamedTuple):
    """A posting queue that is paused: on which account, by whom, since when, how many posts wait (-1 when not counted)."""

    queue: str
    account: str
    held: int
    by: str
    since: str
    seq: int


class Draft(NamedTuple):
    """The newest version of a statement for one channel and language, whose it is, and whose approval it has."""

    statement: str
    channel: str
    language: str
    version: int
    text_hash: str
    author: str
    seq: int
    """Seq of the entry whose words hold the text."""
    holes: tuple[str, ...] = ()
    length: int = 0
    cleared: bool = False
    submitted_at: str = ""
    due_at: str = ""
    approvals: Mapping[str, Approval] = {}
    """By role; a new version has none."""
    changes_asked: int = 0
    """Seq of the entry that asks for changes to this version, or 0."""
    published_at: str = ""
    deviation: str = ""
    withdrawn_at: str = ""
    ratify_by: str = ""
    """Out before its approvals: the stored instant until which they must follow."""
    published: int = 0
    """Seq of the entry that says it went out; 0 when none does."""
    is_out: bool = False
    """This version is what can be seen on its channel now."""
    written_at: str = ""
    authors: tuple[str, ...] = ()
    """Everybody who wrote these words, or typed them for somebody: none of them approves them, or relays an approval."""
    source: str = ""
    """The playbook's statement it was begun with, when that has another name."""


class Enquiry(NamedTuple):
    """Somebody who asked and is not answered: their deadline (a stored instant, or empty), in entry ``seq``."""

    due_at: str
    seq: int


class Layer(NamedTuple):
    """A playbook laid on top of the first: its own form with every id under its name, and after which phase it stands."""

    playbook: Playbook
    after_phase: str
    hash: str
    shared: Mapping[str, str]
    """Its common steps that were here already, by their own id."""


class Incident(NamedTuple):
    """The state of one incident after entry ``seq``; ``head`` is that entry's hash."""

    stream: str
    policy: Policy
    playbook: Playbook
    steps: Mapping[str, StepState]
    label: str = ""
    hashes: Mapping[str, str] = {}
    """The hash of the pinned form of each playbook by name, and of the policy under ``policy``."""
    seq: int = 0
    head: str = GENESIS
    drill: bool = False
    status: Status = "undeclared"
    severity: str = ""
    confirmed: bool = False
    declared_at: str = ""
    happened_at: str = ""
    detected_at: str = ""
    first_word_by: str = ""
    first_word_at: str = ""
    """When the first public word went out, or it was decided that there is none."""
    review_due: str = ""
    stood_down_at: str = ""
    closed_at: str = ""
    duplicate_of: str = ""
    facts: Mapping[str, Fact] = {}
    answered: Mapping[str, str] = {}
    """Facts to the stored instant of their last answer that was not *unknown*."""
    roles: Mapping[str, Holding] = {}
    offers: Mapping[str, Offer] = {}
    """Roles that are offered and not accepted yet; the holder still holds them."""
    promises: Mapping[bool, Promise] = {}
    """Open promises: False is the public one, True the internal one."""
    revisits: Mapping[str, str] = {}
    """Decision steps to the stored instant they are to be looked at again."""
    people: Mapping[str, str] = {}
    """Everybody named in this incident, by :func:`name_key`, as first spelt."""
    aware_at: str = ""
    figures: Mapping[str, float] = {}
    """The latest of each figure somebody typed, by when it was read."""
    figures_from: Mapping[str, tuple[str, int]] = {}
    """When the latest of each figure was read (a stored instant), and the seq of its entry."""
    clocks: Mapping[str, ClockState] = {}
    """Clocks that somebody decided about, by id; what is asked for besides is a question in ``clocks.py``."""
    hold: Hold | None = None
    freeze: Mapping[str, Frozen] = {}
    """Paused queues by :func:`queue_key`, until each is released."""
    enquiries: Mapping[int, Enquiry] = {}
    """Open enquiries, by the seq of the entry that logged them."""
    versions: Mapping[str, tuple[Draft, ...]] = {}
    """Every version of each statement for each channel and language, oldest first, by :func:`statement_key`."""
    confirmed_relays: frozenset[int] = frozenset()
    """Seqs of relayed entries that the person themselves has confirmed."""
    claims: Mapping[int, str] = {}
    """The fact sheet: the seq of the entry that added a claim, to its standing. Words are the log's."""
    silence: str = ""
    """When a chosen silence is to be looked at again; empty when none stands."""
    phases: tuple[Phase, ...] = ()
    """The playbook's phases, those of the layers among them."""
    layers: Mapping[str, Layer] = {}
    """Playbooks laid on top, by name."""
    pinned: Mapping[str, Policy | Playbook] = {}
    """What the entries name by hash, beside the first policy and playbook: the shell gives it before it is folded."""
    review: Review = Review()
    newer: str = ""
    """The kind of an entry this program does not know: the incident can only be read here."""

    @property
    def statements(self) -> dict[str, Draft]:
        """The newest version of each statement for each channel and language, by :func:`statement_key`."""
        return {key: versions[-1] for key, versions in self.versions.items()}

    @property
    def questions(self) -> dict[str, Question]:
        """The policy's facts, the playbook's own, and the layers', in that order."""
        asked = {**self.policy.facts, **self.playbook.questions}
        for layer in self.layers.values():
            asked |= layer.playbook.questions
        return asked

    @property
    def playbooks(self) -> tuple[Playbook, ...]:
        """The playbook and those laid on top, in the order they came."""
        return (self.playbook, *(layer.playbook for layer in self.layers.values()))

    def holder(self, role: str) -> str:
        """Return who holds a role, or empty."""
        holding = self.roles.get(role)
        return holding.person if holding else ""

    def owner_of(self, step: StepState) -> str:
        """Return the person answerable for a step: the one assigned, or the holder of its role, or empty."""
        return step.owner or self.holder(step.step.who)


def begin(stream: str, policy: Policy, playbook: Playbook) -> Incident:
    """Return the state before the first entry: the pinned policy and playbook, nothing declared."""
    steps = {step.id: StepState(step, phase.id) for phase, step in playbook.steps()}
    return Incident(stream, policy, playbook, steps, phases=playbook.phases)


def queue_key(queue: str, account: str) -> str:
    """Return what a queue is known by: its name and its account, however they are spelt."""
    return f"{name_key(queue)} @ {name_key(account)}"


def statement_key(statement: str, channel: str, language: str) -> str:
    """Return what a variant of a statement is known by."""
    return f"{statement}|{channel}|{language}"
