"""Every shipped playbook run from declaring to closing by the rules themselves, with every role held by somebody.

Nothing is passed over with ``--already``: what a step asks for is recorded, approved, confirmed, decided or laid on top.
"""

from datetime import timedelta

import pytest

from crisisdesk.domain import intents as want
from crisisdesk.domain.approvals import approvers, missing, says_a_statement, words_out
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.incident import StepState, begin
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.runbook import required, state_of
from crisisdesk.domain.statements import approvers_of
from crisisdesk.loading import load_library, shipped_folder
from tests.domain.sample import START, STREAM, Log

LIBRARY = load_library(shipped_folder())
PEOPLE = (
    "Ada Okafor", "Ben Marsh", "Cleo Tan", "Dmitri Volkov", "Esther Quaye", "Farid Haddad", "Grace Lindqvist", "Hugo Pereira",
    "Ines Moreau", "Jonas Keller", "Kofi Mensah", "Lucia Romano", "Mei Watanabe", "Niamh Doyle", "Oskar Zielinski", "Priya Nair",
)  # fmt: skip
VALUES = {
    "text": "as seen",
    "list": "one, two",
    "number": "3",
    "link": "example.org/1",
    "time": "21:38",
    "yes-no": "yes",
}
LOGGIST = "Quentin Zhu"
"""Records what others do, and holds no role."""


class Night:
    """One incident, and what people do in it."""

    def __init__(self, name: str, level: str) -> None:
        assert LIBRARY.policy is not None
        self.log = Log()
        self.log.start = self.log.state = begin(
            STREAM, LIBRARY.policy.value, LIBRARY.playbooks[name].value
        )._replace(pinned={one.hash: one.value for one in LIBRARY.playbooks.values()})
        roles = dict(zip(LIBRARY.policy.value.roles, PEOPLE, strict=False))
        assert len(roles) == len(LIBRARY.policy.value.roles)
        plan = LIBRARY.playbooks[name]
        self.log.do(
            want.Declare(
                "It happened", "INC-0001", LIBRARY.policy.hash, plan.hash, severity=level, roles=roles,
                detected=START - timedelta(minutes=5), happened=START - timedelta(hours=1),
            ),
            roles["incident-lead"],
        )  # fmt: skip

    def ready(self) -> list[StepState]:
        """Steps that can be done now; later rounds of one that was done already end with the incident."""
        state = self.log.state
        return [
            known
            for known in state.steps.values()
            if not known.round_of and state_of(state, known) == "ready"
        ]

    def settle(self, step: str) -> None:
        """Do all that a step asks for."""
        known = self.log.step(step)
        option = known.step.options[0].title if known.step.options else "As agreed"
        if says_a_statement(known):
            self._say(known)
        else:
            self._approve(known, option if known.step.kind == "decide" else "")
        known, state = self.log.step(step), self.log.state
        if known.step.kind == "decide":
            choice = (
                want.Decide(step, option, because="It does least harm")
                if known.step.options
                else want.Decide(step, other=option, because="So")
            )
            self.log.wait(minutes=1).do(choice, state.owner_of(known))
        elif known.step.add_playbook and known.step.add_playbook not in (state.playbook.name, *state.layers):
            plan = LIBRARY.playbooks[known.step.add_playbook]
            self.log.wait(minutes=1).do(want.AddPlaybook(plan.value, plan.hash, "It is that, too"), LOGGIST)
        else:
            if known.step.kind == "capture":
                self.log.do(want.Attach(link="https://example.com/1", step=step), LOGGIST)
            record = {wanted.name: VALUES[wanted.kind] for wanted in required(known)}
            second = state.holder(known.step.confirmed_by) or "Rosa Ibarra" if known.step.confirmed_by else ""
            done = want.CompleteStep(
                step, record, confirmed_by=second, read_back="as it stands" if second else ""
            )
            self.log.wait(minutes=1).do(done, LOGGIST)

    def _say(self, known: StepState) -> None:
        """Draft the step's statement, have its exact words approved by everybody asked, and log that they went out."""
        name, channel = known.step.statement, (known.step.on or ("website",))[0]
        if words_out(self.log.state, known):
            return
        self.log.wait(minutes=1).do(want.DraftStatement(name, channel, text=f"Words of {name}."), LOGGIST)
        draft = self.log.state.statements[f"{name}|{channel}|"]
        approvals: list[tuple[Intent, str]] = [
            (want.ApproveStatement(name, (draft.text_hash[:12],)), self.log.state.holder(role))
            for role in approvers_of(self.log.state, draft)
        ]
        out: tuple[Intent, str] = (
            want.PublishStatement(name, channel, version=draft.text_hash[:12]),
            LOGGIST,
        )
        order = [out, *approvals] if known.step.publish_first else [*approvals, out]
        for intent, person in order:
            self.log.do(intent, person)

    def _approve(self, known: StepState, option: str) -> None:
        """Let each approver approve; what an approver owns goes to its stand-in first."""
        state = self.log.state
        wanted = approvers(state, known)
        if known.step.who in wanted:
            stand_in = state.policy.roles[known.step.who].stand_in
            assert stand_in not in ("", *wanted), f"{known.step.id}: nobody else could own it"
            self.log.do(want.AssignStep(known.step.id, state.holder(stand_in), "An author approves nothing"))
        for role in missing(self.log.state, self.log.step(known.step.id), option=option):
            self.log.do(want.ApproveStep(known.step.id, option), state.holder(role))


@pytest.mark.parametrize("level", list(LIBRARY.policy.value.levels) if LIBRARY.policy else [])
@pytest.mark.parametrize("name", sorted(LIBRARY.playbooks))
def test_a_runbook_can_be_run_to_its_end_without_passing_a_rule(name: str, level: str) -> None:
    night = Night(name, level)
    for _ in range(2):  # before closing, and then what is counted from closing
        while ready := night.ready():
            night.settle(ready[0].step.id)
        state = night.log.state
        left = {
            known.step.id
            for known in state.steps.values()
            if known.applies and not known.settled and not known.round_of
        }
        if state.status == "closed":
            assert left == set()
        else:
            waiting = {
                step for step in left if getattr(state.steps[step].step.within, "anchor", "") != "closing"
            }
            assert waiting == set()
            night.log.do(want.Close("It is over"), state.holder("incident-lead"))
    assert not any(known.deviation for known in night.log.state.steps.values())
    assert not isinstance(night.log.ask(want.LogNote("Thanks")), Refused)
