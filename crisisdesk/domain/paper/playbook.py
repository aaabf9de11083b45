"""A whole playbook on paper: what it is, what is assumed, its phases and steps, and what would be said."""

from collections.abc import Mapping

from crisisdesk.domain.conditions import UNKNOWN
from crisisdesk.domain.deadlines import Within
from crisisdesk.domain.paper.lengths import lengths, variants
from crisisdesk.domain.paper.plan import (
    NOT_ADVICE,
    Plan,
    anchor_words,
    asked_clocks,
    clock_deadline,
    known_of,
    role_title,
    status_of,
    verb_title,
)
from crisisdesk.domain.paper.steps import clock_blocks, step_section
from crisisdesk.domain.paper.tree import Block, Line, Paper, Section, Table, Words, lines
from crisisdesk.domain.playbook import Phase, Statement
from crisisdesk.domain.policy import Question
from crisisdesk.domain.runbook import said
from crisisdesk.domain.severity import recommend

_NO_FIGURE = "not named"


def playbook_paper(plan: Plan) -> Paper:
    """Return the runbook a playbook would give under the facts and the level assumed."""
    playbook = plan.playbook
    phases = tuple(_phase(plan, phase, place) for place, phase in enumerate(playbook.phases, 1))
    sections = (
        Section("What this is", _header(plan)),
        Section("What is assumed", _assumed(plan)),
        Section("Questions asked", _questions(plan)),
        *phases,
        Section("Steps that would not apply", _left_out(plan)),
        Section("Standing down", _standing_down(plan)),
        Section("Statements", _none(not playbook.statements, "This playbook has none."), _statements(plan)),
        Section("Legal clocks", _clocks(plan), _asked(plan)),
    )
    return Paper(playbook.title, playbook.version, status_of(playbook.adopted), sections)


def _header(plan: Plan) -> tuple[Block, ...]:
    playbook, policy = plan.playbook, plan.policy
    sample = status_of(playbook.adopted)
    return (
        *_none(not playbook.adopted or playbook.adopted.startswith("not yet"), sample.capitalize() + "."),
        *lines(
            ("Version", playbook.version or _NO_FIGURE),
            ("Status", sample),
            ("Reviewed", playbook.reviewed or "not yet"),
            ("Use when", playbook.use_when),
            ("Usual level", _level(plan, playbook.usually)),
            ("Organisation", policy.organisation or _NO_FIGURE),
            (
                "Policy",
                f"{policy.title}, version {policy.version or _NO_FIGURE}, {status_of(policy.adopted)}",
            ),
        ),
    )


def _none(given: bool, sentence: str) -> tuple[Words, ...]:  # noqa: FBT001 - reads as a sentence where it is called
    """Return a sentence nobody may miss, when it is to be said."""
    return (Words(sentence, "warning"),) if given else ()


def _level(plan: Plan, name: str) -> str:
    level = plan.policy.levels.get(name)
    return f"{name}, {level.title}" if level else name


def _assumed(plan: Plan) -> tuple[Block, ...]:
    level = plan.policy.levels[plan.level]
    advised = recommend(plan.policy, plan.playbook.usually, plan.facts)
    reasons = "\n".join(advised.reasons)
    rules = [f"{name}: {text.strip()}" for name, text in plan.policy.approvals.items()]
    facts = tuple((name, said(plan.facts.get(name, UNKNOWN))) for name in plan.questions)
    return (
        *lines(
            ("Level", _level(plan, plan.level)),
            ("The facts speak for", reasons),
            ("Choose it when", level.choose_when),
            ("First word", _span("within ", level.first_word_within)),
            ("Updates", _span("every ", level.update_every)),
            ("Pace", _pace(level.pace)),
            ("Approvals of the level", ", ".join(role_title(plan.policy, one) for one in level.approvals)),
            ("Rules of approval", "\n".join(rules)),
            ("Hot debrief", _span("within ", level.debrief_due)),
            ("Review", _span("within ", level.review_due)),
        ),
        Table(("Fact", "Assumed"), facts),
        Words("What nobody gave is unknown: such a step is shown, and no clock starts.", "note"),
    )


def _pace(pace: float) -> str:
    if pace == 1:
        return "times stand as they are written"
    return f"minutes and hours from declaration are stretched {pace:g} times"


def _span(before: str, span: Within | None) -> str:
    return f"{before}{span.words()}" if span else _NO_FIGURE


def _questions(plan: Plan) -> tuple[Block, ...]:
    def rows(asked: Mapping[str, Question], by: str) -> list[tuple[str, ...]]:
        return [(one.id, one.ask, _answers(one), by) for one in asked.values()]

    found = [*rows(plan.policy.facts, "policy"), *rows(plan.playbook.questions, "playbook")]
    return (Table(("Fact", "Question", "Answers", "Asked by"), tuple(found)),)


def _answers(question: Question) -> str:
    if question.kind == "number":
        return "a number"
    words = ", ".join(question.answers) or "names"
    return f"any of {words}" if question.kind == "list" else words


def _phase(plan: Plan, phase: Phase, place: int) -> Section:
    shown = [step for step in phase.steps if plan.shows(step)]
    blocks: tuple[Block, ...] = lines(("Goal", phase.goal), ("Done when", phase.done_when))
    if not shown:
        blocks = (*blocks, Words("No step of this phase would apply.", "note"))
    return Section(f"Phase {place}: {phase.title}", blocks, tuple(step_section(plan, step) for step in shown))


def _left_out(plan: Plan) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(plan.numbers[step.id]), verb_title(step), phase.title, role_title(plan.policy, step.who),
            step.only_if.sentence(), known_of(plan, step.only_if),
        )
        for phase, step in plan.playbook.steps()
        if step.only_if and not plan.shows(step)
    )  # fmt: skip
    if not rows:
        return (Words("Every step would apply.", "note"),)
    return (Table(("Step", "Title", "Phase", "Owner", "Only if", "Does not apply because"), rows),)


def _standing_down(plan: Plan) -> tuple[Line, ...]:
    return lines(("Stand down when", plan.playbook.stand_down_when or "not written"))


def _statements(plan: Plan) -> tuple[Section, ...]:
    return tuple(_statement(plan, one) for one in plan.playbook.statements.values())


def _statement(plan: Plan, statement: Statement) -> Section:
    used = [f"step {plan.numbers[s.id]}" for _, s in plan.playbook.steps() if s.statement == statement.id]
    blocks: list[Block] = [
        *lines(
            ("Name", statement.id),
            ("Pre-cleared", statement.pre_cleared or "not yet"),
            ("Used by", ", ".join(used) or "no step"),
        )
    ]
    for name, text in variants(statement):
        found = lengths(name, text, statement, plan.playbook, plan.policy)
        counted = "\n".join(f"{one.channel.title}: {one.words()}" for one in found)
        blocks += lines(("Wording", name))
        blocks.append(Words(text.strip(), "quote"))
        blocks += lines(
            ("Length", counted or f"{len(text.strip())} characters; no channel publishes this wording")
        )
    return Section(statement.title, tuple(blocks))


def _clocks(plan: Plan) -> tuple[Block, ...]:
    waiting = tuple(
        (
            clock.title, clock_deadline(clock), anchor_words(plan, clock.counted_from),
            clock.ask_when.sentence() if clock.ask_when else "", clock.source or _NO_FIGURE, clock.checked_on or "not yet",
        )
        for clock in asked_clocks(plan, asked=None)
    )  # fmt: skip
    names = ("Clock", "Deadline", "Counted from", "Asked when", "Source", "Checked on")
    table: tuple[Block, ...] = (
        (
            Words("These wait for an answer that is unknown; unknown starts none of them."),
            Table(names, waiting),
        )
        if waiting
        else ()
    )
    asked = asked_clocks(plan, asked=True)
    first = "The facts ask for these." if asked else "The facts assumed ask for no clock."
    return (Words(NOT_ADVICE, "warning"), *table, Words(first))


def _asked(plan: Plan) -> tuple[Section, ...]:
    return tuple(
        Section(clock.title, clock_blocks(plan, clock, "Clock")) for clock in asked_clocks(plan, asked=True)
    )
