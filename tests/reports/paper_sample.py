"""The small playbook of the domain's tests with hostile words in every place a person may write."""

from crisisdesk.domain.paper import Plan
from crisisdesk.domain.playbook import Option, Phase, Statement
from tests.domain.sample import PLAYBOOK as MADE
from tests.domain.sample import POLICY

HOSTILE = "<script>alert(1)</script> [/b] \x1b[31mred\x07 =cmd|'/C calc'!A0 {{x}} \ud800\u202e\0 & \"q\" ]]>"

FIRST = MADE.phases[0]._replace(
    steps=(MADE.phases[0].steps[0]._replace(kind="capture"), *MADE.phases[0].steps[1:])
)
PLAYBOOK = MADE._replace(phases=(FIRST, *MADE.phases[1:]))
"""The sample playbook with a step of the kind *capture*, which asks for evidence before it is done."""

STEP = PLAYBOOK.phases[0].steps[0]._replace(
    kind="decide", title=HOSTILE, why=HOSTILE, how=f"{HOSTILE}\n=1+1\n# {HOSTILE}", repeat=HOSTILE, protects=HOSTILE,
    publish_first=HOSTILE, read_back=HOSTILE, if_blocked=HOSTILE, options=(Option(HOSTILE, HOSTILE),),
    starts_clock=("regulator",), conduct=("Tone",), confirmed_by="another person",
)  # fmt: skip
HOSTILE_PLAYBOOK = PLAYBOOK._replace(
    title=HOSTILE,
    version=HOSTILE,
    adopted="not yet",
    use_when=HOSTILE,
    stand_down_when=HOSTILE,
    phases=(Phase("first", HOSTILE, HOSTILE, HOSTILE, (STEP,)), *PLAYBOOK.phases[1:]),
    statements={"holding": Statement("holding", HOSTILE, HOSTILE, {"on x": HOSTILE})},
)
HOSTILE_POLICY = POLICY._replace(
    title=HOSTILE,
    organisation=HOSTILE,
    conduct={"Tone": HOSTILE},
    clocks={
        "regulator": POLICY.clocks["regulator"]._replace(title=HOSTILE, source=HOSTILE, anchor_text=HOSTILE)
    },
)
PLAN = Plan(PLAYBOOK, POLICY, {}, "sev2")
HOSTILE_PLAN = Plan(HOSTILE_PLAYBOOK, HOSTILE_POLICY, {}, "sev2")
