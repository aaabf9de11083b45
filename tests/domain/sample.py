"""A small policy and playbook made by hand, and a log in memory with a clock that the test turns."""

from datetime import UTC, datetime, timedelta
from typing import Any

from crisisdesk.domain.chain import Facing, seal
from crisisdesk.domain.conditions import Condition, parse_condition
from crisisdesk.domain.deadlines import Hours, Within, parse_within
from crisisdesk.domain.decide import Refused, Ruling, decide
from crisisdesk.domain.entries import Entry, Event
from crisisdesk.domain.evolve import evolve
from crisisdesk.domain.incident import Incident, StepState, begin
from crisisdesk.domain.intents import Act, ConfirmRelay, Correct, Declare, Intent, RaiseSensitivity
from crisisdesk.domain.playbook import Option, Phase, Playbook, Record, Statement, Step
from crisisdesk.domain.policy import Channel, Clock, Level, Override, Policy, Question, Region, Role
from crisisdesk.domain.times import stamp

STREAM = "5b0c1f3e-6f0a-4a51-9d61-0d8f6d1c2a11"
START = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
"""A Friday evening; in London, UTC."""
LEAD, COMMS, OTHER = "Ada Okafor", "Ben Marsh", "Cleo Tan"


def within(words: str) -> Within:
    """Read a duration that is known to be one."""
    found = parse_within(words)
    assert found is not None
    return found


def when(words: str) -> Condition:
    """Read a condition that is known to be one."""
    found = parse_condition(words)
    assert isinstance(found, Condition)
    return found


def level(name: str, pace: float) -> Level:
    """A severity level of which only the pace matters."""
    return Level(
        name,
        name.upper(),
        f"it is {name}",
        within("30 minutes"),
        within("60 minutes"),
        ("lead",),
        pace,
        within("5 working days of closing"),
    )


POLICY = Policy(
    title="Sample policy",
    version="1",
    adopted="2026-01-05",
    reviewed="2026-06-01",
    organisation="Harbour Theatre",
    purpose="To speak truly and in time.",
    scope="Every public channel.",
    time_zone="Europe/London",
    hours=Hours(),
    regions={
        "uk": Region("uk", "United Kingdom", ("en",), ("2026-12-25", "2026-12-28")),
        "ie": Region("ie", "Ireland", ("en", "ga"), ("2026-11-24",), clocks=("regulator",)),
    },
    roles={
        "incident-lead": Role("incident-lead", "Incident lead", "Leads.", needed_from="sev3"),
        "deputy": Role("deputy", "Deputy", "Stands in."),
        "comms-lead": Role("comms-lead", "Comms lead", "Speaks.", stand_in="deputy", needed_from="sev2"),
        "counsel": Role("counsel", "Counsel", "Advises.", must_not="publish"),
    },
    channels={"x": Channel("x", "X", "@harbour", "comms-lead", 280, "x-weighted", "2026-10-01")},
    levels={one.id: one for one in (level("sev1", 1.0), level("sev2", 2.0), level("sev3", 4.0))},
    overrides=(Override(when("injured is yes"), "sev1", "somebody is hurt"),),
    facts={
        "injured": Question("injured", "Is somebody hurt?", ("yes", "no")),
        "regions": Question("regions", "Where?", ("uk", "ie"), "list"),
    },
    approvals={"lead": "the incident lead"},
    clocks={
        "regulator": Clock(
            "regulator",
            "Tell the regulator",
            "the regulator",
            within("72 hours of detection"),
            "within 72 hours",
            "detection",
            "when it was noticed",
            "",
            "a law",
            "primary",
            "2026-10-01",
            ask_when=when("injured is yes"),
            decided_by=("counsel",),
        ),
        "final-report": Clock(
            "final-report",
            "Report to the regulator",
            "the regulator",
            within("1 months of submission"),
            "",
            "submission",
            "after the notice",
            "regulator",
            "a law",
            "secondary",
            "not yet",
            decided_by=("counsel",),
        ),
    },
    protected_words=(("alleged", "nothing is proven"),),
    conduct={"Tone": "Plain."},
    review_every="6 months",
    largest_file=1_000_000,
)

FIRST = (
    Step(
        "capture-post", "do", "Capture the post", "comms-lead", within("10 minutes"), why="It may vanish.",
        record=(Record("link", "link"), Record("shares", "number", optional=True)), common="capture-originals",
    ),
    Step(
        "choose-line", "decide", "Choose the line", "incident-lead", within("30 minutes"), after=("capture-post",),
        options=(Option("Answer now", "It is out."), Option("Wait an hour", "Others speak first.")), revisit=within("2 hours"),
    ),
    Step("tell-counsel", "tell", "Tell counsel", "counsel", within("1 hour of choose-line"), only_if=when("injured is yes")),
    Step("pause-posts", "pause", "Pause planned posts", "comms-lead", within("15 minutes"), on=("x",)),
    Step("call-director", "do", "Call the director", "incident-lead", within("20 minutes"), only_if=when("severity at least sev2")),
)  # fmt: skip
NEXT = (
    Step(
        "say-holding", "say", "Say the holding line", "comms-lead", within("1 hours"), on=("x",), approved_by=("incident-lead",),
        after=("choose-line", "tell-counsel"), statement="holding",
    ),
    Step("watch-echo", "do", "Watch the echo", "comms-lead", within("24 hours of detection"), only_if=when("reach at least 1000")),
    Step("ask-ireland", "do", "Ask the Irish office", "counsel", within("2 working days"), only_if=when("regions includes ie")),
)  # fmt: skip
AFTER = (
    Step("thank-team", "do", "Thank the team", "incident-lead"),
    Step("review-night", "do", "Review the night", "deputy", within("2 working days of closing")),
)

PLAYBOOK = Playbook(
    name="angry-post",
    title="An angry post",
    version="3",
    adopted="2026-02-01",
    reviewed="2026-06-01",
    use_when="A post about us spreads.",
    words=("post", "angry"),
    usually="sev2",
    questions={"reach": Question("reach", "How many saw it?", (), "number")},
    phases=(
        Phase("first-hour", "First hour", "See and decide.", "The line is chosen.", FIRST),
        Phase("answer", "Answer", "Be heard.", "The answer is out.", NEXT),
        Phase("after", "After", "Learn.", "The review is written.", AFTER),
    ),
    stand_down_when="No new posts for two hours.",
    statements={"holding": Statement("holding", "Holding line", "We know.", {"on x": "We know."})},
)

HURT = PLAYBOOK._replace(
    name="somebody-hurt",
    title="Somebody is hurt",
    usually="sev1",
    questions={"at-work": Question("at-work", "Was it at work?", ("yes", "no", "unknown"))},
    phases=(
        Phase(
            "care",
            "Care",
            "They are looked after.",
            "They are.",
            (
                FIRST[0]._replace(within=within("5 minutes")),
                Step(
                    "ring-family",
                    "do",
                    "Ring the family",
                    "incident-lead",
                    within("15 minutes"),
                    after=("capture-post",),
                ),
                Step(
                    "tell-inspector",
                    "do",
                    "Tell the inspector",
                    "counsel",
                    within("1 hour of ring-family"),
                    only_if=when("at-work is not no"),
                    starts_clock=("regulator",),
                ),
                Step(
                    "check-on-them",
                    "do",
                    "Ask how they are",
                    "deputy",
                    within("30 minutes"),
                    repeat="every 30 minutes until ring-family",
                ),
            ),
        ),
    ),
    statements={},
)
"""A playbook to lay on top: it shares one common step, and everything else is its own."""

CHANGED = PLAYBOOK._replace(
    version="4",
    phases=(
        PLAYBOOK.phases[0]._replace(
            steps=(*FIRST[:3], FIRST[3]._replace(within=within("5 minutes"), title="Pause everything"))
        ),
        *PLAYBOOK.phases[1:2],
        PLAYBOOK.phases[2]._replace(
            steps=(*AFTER, Step("write-letter", "do", "Write a letter", "deputy", within("40 minutes")))
        ),
    ),
)
"""The playbook as its file was changed: a step gone, one sooner, one new."""
PINNED: dict[str, Policy | Playbook] = {"h" * 64: HURT, "b" * 64: CHANGED, "p" * 64: POLICY}

DECLARE = Declare("A post names us", "INC-0001", "p" * 64, "b" * 64)


class Log:
    """One incident's log in memory: asks the rules, seals what they propose, folds it. ``now`` moves when told."""

    def __init__(self, now: datetime = START, playbook: Playbook = PLAYBOOK, policy: Policy = POLICY) -> None:
        self.start = begin(STREAM, policy, playbook)._replace(pinned=PINNED)
        self.state: Incident = self.start
        self.entries: list[Entry] = []
        self.now = now
        self._acts = 0

    def wait(self, **span: float) -> "Log":
        """Let time pass: ``minutes=5``."""
        self.now += timedelta(**span)
        return self

    def ask(self, intent: Intent, author: str = LEAD, **circumstances: Any) -> Ruling:
        """Ask the rules without writing; a correction gets the header it names."""
        if isinstance(intent, Correct | RaiseSensitivity | ConfirmRelay) and 1 <= intent.seq <= len(
            self.entries
        ):
            intent = intent._replace(target=self.entries[intent.seq - 1].header)
        return decide(self.state, intent, Act(self.now, author, **circumstances))

    def refusal(self, intent: Intent, author: str = LEAD, **circumstances: Any) -> Refused:
        """Ask for what must be refused."""
        ruling = self.ask(intent, author, **circumstances)
        assert isinstance(ruling, Refused), f"accepted: {ruling}"
        return ruling

    def do(self, intent: Intent, author: str = LEAD, **circumstances: Any) -> Incident:
        """Carry out what must be accepted, and return the new state."""
        ruling = self.ask(intent, author, **circumstances)
        assert not isinstance(ruling, Refused), f"{ruling.sentence} {ruling.remedy}"
        self.write(ruling, Act(self.now, author, **circumstances))
        return self.state

    def write(self, ruling: Ruling, act: Act) -> None:
        """Seal and fold what the rules proposed; a refusal writes nothing."""
        if isinstance(ruling, Refused):
            return
        self._acts += 1
        for ordinal, (event, words) in enumerate(ruling, 1):
            facing = self._facing(f"intent{self._acts}:{ordinal}", act)
            entry = seal(
                STREAM, self.state.seq + 1, self.state.head, event, words, f"salt{self.state.seq}", facing
            )
            self.entries.append(entry)
            self.state = evolve(self.state, entry)

    def _facing(self, entry_id: str, act: Act) -> Facing:
        return Facing(
            entry_id, stamp(act.now), stamp(act.moment), act.precision if act.occurred else "as-recorded", act.late_because,
            act.author, act.author_from, act.on_behalf_of, act.relayed_by, "ada", "desk-1", act.sensitivity, drill=False,
        )  # fmt: skip

    @property
    def last(self) -> Event:
        """The event written last."""
        event = self.entries[-1].event
        assert event.__class__.__name__ != "UnknownKind"
        return event  # type: ignore[return-value]  # what the rules propose is always known

    def step(self, name: str) -> StepState:
        """How a step stands."""
        return self.state.steps[name]

    def due(self, name: str) -> float | None:
        """Minutes from :data:`START` to a step's due time, or None when it has none."""
        due = self.step(name).due
        return (datetime.fromisoformat(due) - START).total_seconds() / 60 if due else None


def declared(severity: str = "sev2", **fields: Any) -> Log:
    """A log with INC-0001 declared by the acting lead at :data:`START`."""
    log = Log()
    log.do(DECLARE._replace(severity=severity, **fields))
    return log


def words_of(log: Log) -> dict[int, dict[str, str]]:
    """The words of every entry by its number, as the journal hands them out."""
    return {entry.seq: dict(entry.words) for entry in log.entries}
