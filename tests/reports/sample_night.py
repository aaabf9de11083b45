"""A small night made by hand: its policy, playbook and entries, for every test that reads a whole incident."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from crisisdesk.domain import entries as log
from crisisdesk.domain.chain import GENESIS, Facing, seal
from crisisdesk.domain.conditions import Clause, Condition
from crisisdesk.domain.deadlines import Hours, Within
from crisisdesk.domain.entries import Entry, Event
from crisisdesk.domain.evolve import replay
from crisisdesk.domain.incident import Incident, begin
from crisisdesk.domain.playbook import Option, Phase, Playbook, Record, Step
from crisisdesk.domain.policy import Level, Policy, Question, Role
from crisisdesk.domain.times import stamp

STREAM = "11111111-1111-4111-8111-111111111111"
EVENING = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)
"""When it was declared."""

POLICY = Policy(
    title="Social media policy", version="2", adopted="2026-10-01 by the board", reviewed="not yet", organisation="Harbour Museum",
    purpose="", scope="", time_zone="Europe/London", hours=Hours(), regions={},
    roles={
        "incident-lead": Role("incident-lead", "Incident lead", "leads", needed_from="sev3"),
        "comms-lead": Role("comms-lead", "Comms lead", "speaks"),
        "legal": Role("legal", "Legal", "advises", needed_from="sev2"),
    },
    channels={},
    levels={
        level: Level(level, level, "", None, None, (), pace, None) for level, pace in (("sev1", 1.0), ("sev2", 1.5), ("sev3", 4.0))
    },
    overrides=(), facts={"partner-involved": Question("partner-involved", "Is a partner involved?", ("yes", "no", "unknown"))},
    approvals={}, clocks={}, protected_words=(), conduct={}, review_every="", largest_file=1000,
)  # fmt: skip

STEPS = (
    Step("capture", "capture", "Capture the originals", "comms-lead", Within(10, "minutes"), record=(Record("link", "link"),)),
    Step("pause", "pause", "Pause scheduled posts", "comms-lead", Within(20, "minutes")),
    Step("partners", "tell", "Phone the partners", "incident-lead", Within(30, "minutes")),
    Step("line", "decide", "Choose how to speak", "incident-lead", options=(
        Option("Silence", "leaves the field to others"), Option("Reactive line", "answers who asks"),
    )),
    Step("holding", "say", "Publish the holding line", "comms-lead", Within(1, "hours")),
    Step("staff", "do", "Remind staff of the policy", "comms-lead", Within(2, "hours")),
    Step("police", "tell", "Call the police", "legal", only_if=Condition("and", (Clause("severity", "is", "sev1"),))),
)  # fmt: skip

PLAYBOOK = Playbook(
    name="personal-post", title="Employee's personal post", version="1", adopted="not yet", reviewed="not yet",
    use_when="", words=(), usually="sev3", questions={},
    phases=(
        Phase("secure", "Secure", "Nothing gets lost.", "", STEPS[:2]),
        Phase("answer", "Answer", "Partners hear it from us.", "", STEPS[2:]),
    ),
    stand_down_when="", statements={},
)  # fmt: skip

DUE = {"capture": 10, "pause": 20, "partners": 30, "holding": 60, "staff": 120}


def at(minutes: float) -> str:
    """Return the stored instant so many minutes after the declaration."""
    return stamp(EVENING + timedelta(minutes=minutes))


class Log:
    """Writes sealed entries one after another, as the desk would."""

    def __init__(self, *, drill: bool = False) -> None:
        self.entries: list[Entry] = []
        self.drill = drill

    def write(
        self, minutes: float, event: Event, words: Mapping[str, str] | None = None, *, author: str = "Ada Okoro",
        happened: float | None = None, **facing: str,
    ) -> int:  # fmt: skip
        """Write an entry at so many minutes after the declaration; return its number."""
        seq = len(self.entries) + 1
        said = {
            "precision": "as-recorded" if happened is None else "exact", "late_because": "", "author_from": "named",
            "on_behalf_of": "", "relayed_by": "", "sensitivity": "normal", **facing,
        }  # fmt: skip
        face = Facing(
            id=f"i{seq}:1", recorded_at=at(minutes), occurred_at=at(minutes if happened is None else happened),
            author=author, system_user="ada", host="desk-1", drill=self.drill, **said,
        )  # fmt: skip
        prev = self.entries[-1].hash if self.entries else GENESIS
        sealed = seal(STREAM, seq, prev, event, words or {}, f"{seq:032x}", face)
        self.entries.append(sealed._replace(position=seq + 1))
        return seq

    def declare(self, title: str = "A team member's post names us", **times: str) -> None:
        """Write the declaration."""
        label = "DRILL-0001" if self.drill else "INC-0001"
        shown = tuple(step.id for step in STEPS[:-1])
        event = log.IncidentDeclared(
            label, "b" * 64, "personal-post", "a" * 64, "sev3", confirmed=False, facts={"partner-involved": "unknown"},
            shown=shown, due={step: at(minutes) for step, minutes in DUE.items()}, **times,
        )  # fmt: skip
        self.write(0, event, {"title": title})

    def state(self) -> Incident:
        """Fold what was written."""
        return replay(begin(STREAM, POLICY, PLAYBOOK), self.entries)


def whole_night(*, drill: bool = False, closed: bool = True) -> Log:
    """Return the log of the night, from the declaration to its closing."""
    night = Log(drill=drill)
    w = night.write
    night.declare(detected_at=at(-2), happened_at="")
    w(0, log.RoleTaken("incident-lead", "Ada Okoro", acting=True))
    w(1, log.FactAnswered("partner-involved", "yes", (), (), {}))
    w(2, log.SeveritySet("sev2", "sev3", "sev2", (), (), {}), {"because": "Two partners have written."})
    w(3, log.RoleTaken("comms-lead", "Bo Lind"))
    capture = w(
        8, log.StepDone("capture", "comms-lead", "Bo Lind", {}), {"record: link": "https://post.example/1", "note": "Nine shares."},
        author="Bo Lind",
    )  # fmt: skip
    w(9, log.EvidenceAttached("c" * 64, 412, "image/png", "capture"), {"name": "post.png"}, author="Bo Lind")
    w(
        10,
        log.StepBlocked("pause", "comms-lead", "Bo Lind"),
        {"because": "No access to the queue."},
        author="Bo Lind",
    )
    w(25, log.StepUnblocked("pause", "comms-lead", "Bo Lind"), author="Bo Lind")
    w(26, log.StepDone("pause", "comms-lead", "Bo Lind", {}), {"note": "Three queues."}, author="Bo Lind")
    w(
        28,
        log.PersonTold(reached=True, step="partners"),
        {"who": "Harbour Trust", "how": "phone", "promised": "A call at nine"},
    )
    w(29, log.PersonTold(reached=False, step="partners"), {"who": "City Council", "how": "phone"})
    w(
        50, log.StepDone("partners", "incident-lead", "Ada Okoro", {}, "record missing"), {"because": "One did not answer."},
        happened=30, late_because="on the phone",
    )  # fmt: skip
    w(
        52, log.DecisionMade("line", "incident-lead", "Ada Okoro", "Reactive line", at(600), {}),
        {"choice": "Reactive line", "because": "They ask already.", "unknown": "Who else saw it."},
        on_behalf_of="Cem Aydin", relayed_by="phone",
    )  # fmt: skip
    promise = w(55, log.UpdatePromised(at(80), internal=False), {"text": "More by 23:00"})
    w(
        58,
        log.StepDone("holding", "comms-lead", "Bo Lind", {}),
        {"note": "Out on both channels."},
        author="Bo Lind",
    )
    w(
        83,
        log.UpdateSent(internal=False, next_at=at(700), kept=promise),
        {"text": "We have spoken with our partners."},
    )
    w(
        84,
        log.StepSkipped("staff", "comms-lead", "Bo Lind"),
        {"because": "HR does it on Monday."},
        author="Bo Lind",
    )
    w(90, log.NoteLogged(), {"text": "A journalist called.", "source": "switchboard"}, sensitivity="personal")
    w(
        95, log.EntryCorrected(capture, at(6), "capture"), {"record: link": "https://post.example/2", "because": "Wrong link."},
        author="Bo Lind",
    )  # fmt: skip
    if closed:
        w(300, log.StoodDown(0), {"because": "Nothing new for three hours."})
        w(310, log.IncidentClosed("", {}, 0), {"because": "All done."})
    return night
