"""One step on paper: everything its owner, its approvers and counsel would want to read before they agree to it."""

from crisisdesk.domain.paper.plan import (
    NOT_ADVICE,
    Plan,
    approvals,
    clock_deadline,
    due_words,
    role_title,
    sureness,
    verb_title,
    verdict,
)
from crisisdesk.domain.paper.tree import Block, Line, Section, Table, Words, lines
from crisisdesk.domain.playbook import Step
from crisisdesk.domain.policy import Clock

_MODES = {
    "read-do": "read-do: read each line, then do it",
    "do-confirm": "do-confirm: do it from memory, then check against the list",
}


def step_section(plan: Plan, step: Step) -> Section:
    """Return a step as a numbered section."""
    blocks: list[Block] = [
        *_who_and_when(plan, step),
        *lines(("Why", step.why), ("How", step.how)),
        *_recorded(step),
        *_options(step),
        *_conditions(plan, step),
        *_words_out(plan, step),
        *_rules(plan, step),
    ]
    for name in step.starts_clock:
        if name in plan.policy.clocks:
            blocks += clock_blocks(plan, plan.policy.clocks[name], "Asks for the clock")
    return Section(verb_title(step), tuple(blocks), number=plan.numbers[step.id])


def _who_and_when(plan: Plan, step: Step) -> tuple[Line, ...]:
    return lines(
        ("Owner", role_title(plan.policy, step.who)),
        ("Due", due_words(plan, step)),
        ("Mode", _MODES.get(step.mode, step.mode)),
    )


def _recorded(step: Step) -> tuple[Line, ...]:
    asked = "\n".join(
        f"{record.name} ({record.kind}{', optional' if record.optional else ''})" for record in step.record
    )
    implied = "who was told, how, reached or not, what was promised; for each" if step.kind == "tell" else ""
    return lines(
        ("To record", "\n".join(part for part in (implied, asked) if part)),
        ("Confirmed by", step.confirmed_by),
        ("Reads back", step.read_back),
    )


def _options(step: Step) -> tuple[Block, ...]:
    rows = tuple((option.title, option.consequence) for option in step.options)
    table: tuple[Block, ...] = (Table(("Option", "Trade-off"), rows),) if rows else ()
    again = f"{step.revisit.words()} after the decision, at every level" if step.revisit else ""
    return (*table, *lines(("Look at it again", again)))


def _conditions(plan: Plan, step: Step) -> tuple[Line, ...]:
    condition = step.only_if
    only = f"{condition.sentence()}. It {verdict(plan, condition)}." if condition else ""
    return lines(
        ("Approved by", ", ".join(approvals(plan, step))),
        ("After", "\n".join(_earlier(plan, name) for name in step.after)),
        ("Only if", only),
        ("If blocked", step.if_blocked),
    )


def _earlier(plan: Plan, name: str) -> str:
    steps = {step.id: step for _, step in plan.playbook.steps()}
    if name not in steps:
        return name
    away = "" if plan.shows(steps[name]) else ", which does not apply and holds nobody up"
    return f"step {plan.numbers[name]}, {verb_title(steps[name])}{away}"


def _words_out(plan: Plan, step: Step) -> tuple[Line, ...]:
    statement = plan.playbook.statements.get(step.statement)
    return lines(
        ("Statement", f"{statement.title} [{statement.id}], below" if statement else step.statement),
        ("On", "\n".join(_channel(plan, name) for name in step.on)),
        ("Publish first", step.publish_first),
    )


def _channel(plan: Plan, name: str) -> str:
    channel = plan.policy.channels.get(name)
    if channel is None:
        return name
    limit = f", {channel.limit} {channel.counts}" if channel.limit else ", no limit"
    return f"{channel.title}, {channel.account or 'no account named'}{limit}"


def _rules(plan: Plan, step: Step) -> tuple[Line, ...]:
    conduct = [(f"Conduct, {heading}", plan.policy.conduct.get(heading, "")) for heading in step.conduct]
    return lines(
        ("Repeat", step.repeat),
        ("Protects", step.protects),
        ("Adds the playbook", step.add_playbook),
        *conduct,
    )


def clock_blocks(plan: Plan, clock: Clock, name: str) -> tuple[Block, ...]:
    """Return everything counsel has to check in one clock."""
    decided = ", ".join(role_title(plan.policy, role) for role in clock.decided_by)
    chained = plan.policy.clocks.get(clock.chained_on)
    asked = f"{clock.ask_when.sentence()}. It {verdict(plan, clock.ask_when)}." if clock.ask_when else ""
    return (
        *lines(
            (name, f"{clock.title} [{clock.id}]"),
            ("Tell", clock.tell),
            ("Deadline", clock_deadline(clock)),
            ("Counted from", clock.counted_from),
            ("What starts it", clock.anchor_text),
            ("Follows the clock", chained.title if chained else clock.chained_on),
            ("Asked when", asked),
            ("Started or dismissed by", decided),
            ("Source", clock.source or "not named"),
            ("Kind of source", sureness(clock)),
            ("Checked on", clock.checked_on or "not yet"),
        ),
        Words(NOT_ADVICE, "warning"),
    )
