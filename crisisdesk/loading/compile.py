"""A playbook: nodes to the domain's own form, common steps filled in, every name in it checked."""

import unicodedata
from collections.abc import Collection, Mapping
from typing import NamedTuple

from crisisdesk.domain.deadlines import DECLARATION, Within, parse_repeat
from crisisdesk.domain.playbook import VERBS, Option, Phase, Playbook, Record, Step
from crisisdesk.domain.policy import Policy, Question
from crisisdesk.loading import reading as r
from crisisdesk.loading import words
from crisisdesk.loading.events import Fields, Text
from crisisdesk.loading.problems import Problem
from crisisdesk.loading.questions import condition, question
from crisisdesk.loading.statements import check_lengths, statement, unused

ANCHORS = (DECLARATION, "detection", "awareness", "occurrence", "stand-down", "closing")
"""What a time may be counted from, beside a step, and a fact from when it is answered."""
ANOTHER_PERSON = "another person"
MOST_STEPS = 500
"""Steps a playbook may have; nobody runs a hundred in a night."""
_PUBLISHED = (Record("text as published", "text"), Record("link", "link"))
_LONGEST_ID = 48
_MANY_STEPS = 10


class Surroundings(NamedTuple):
    """What a playbook may refer to outside its own file."""

    policy: Policy
    common: Mapping[str, Fields]
    broken: Collection[str]
    """Common steps that have problems of their own."""
    playbooks: Collection[str]


class _Raw(NamedTuple):
    """A step with its common fields filled in, before its names are checked."""

    id: str
    verb: str
    fields: Fields
    common: str = ""


class _Scope(NamedTuple):
    """What a playbook's steps may refer to, and where problems go."""

    around: Surroundings
    asked: Mapping[str, Question]
    statements: Mapping[str, Fields]
    steps: Collection[str]
    problems: list[Problem]


def compile_playbook(name: str, root: Fields, around: Surroundings, problems: list[Problem]) -> Playbook:
    """Return the playbook of a file whose shape is right; what does not fit together is added to ``problems``."""
    policy = around.policy
    sources = {
        "regions": tuple(policy.regions),
        "channels": tuple(policy.channels),
        "roles": tuple(policy.roles),
    }
    questions = {key: question(key, one, sources) for key, one in r.named_blocks(root, "questions").items()}
    _shadowed(root, policy, problems)
    phases = [(phase, _raw_steps(phase, around, problems)) for phase in r.blocks(root, "phases")]
    raw = [step for _, steps in phases for step in steps]
    if len(raw) > MOST_STEPS:
        _too_many(root, len(raw), problems)
        phases, raw = [], []
    _repeated([(step.id, step.fields) for step in raw], "step", problems)
    statements = r.named_blocks(root, "statements")
    scope = _Scope(around, {**policy.facts, **questions}, statements, [step.id for step in raw], problems)
    built = tuple(_phase(phase, steps, scope) for phase, steps in phases)
    _repeated([(one.id, phase) for one, (phase, _) in zip(built, phases, strict=True)], "phase", problems)
    _circles(raw, problems)
    problems += unused(r.named(root, "statements"), (step for phase in built for step in phase.steps))
    return Playbook(
        name=name,
        title=r.line(root, "title"),
        version=r.line(root, "version"),
        adopted=r.line(root, "adopted", "not yet"),
        reviewed=r.line(root, "reviewed", "not yet"),
        use_when=r.line(root, "use-when"),
        words=r.texts(root, "words"),
        usually=r.known(r.node(root, "usually"), policy.levels, "E035", "level", problems),
        questions=questions,
        phases=built,
        stand_down_when=r.text(root, "stand-down-when"),
        statements={
            key: statement(key, one, policy, scope.asked, problems) for key, one in statements.items()
        },
    )


def slug(title: str) -> str:
    """Return a title as an id: ``Every scheduled and paid post`` is ``every-scheduled-and-paid-post``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    parts = "".join(char if char.isalnum() else " " for char in plain).split()
    found = ""
    for part in parts:
        if found and len(found) + len(part) >= _LONGEST_ID:
            break
        found = f"{found}-{part}" if found else part[:_LONGEST_ID]
    return found


def _shadowed(root: Fields, policy: Policy, problems: list[Problem]) -> None:
    for key, one in r.named(root, "questions").items():
        if key in policy.facts:
            text = f"'{key}' is already one of the policy's facts, asked in every incident."
            problems.append(
                one.key.place.problem("E039", text, "Use the fact, or give the question another id.")
            )


def _too_many(root: Fields, count: int, problems: list[Problem]) -> None:
    text = f"This playbook has {count} steps; it may have {MOST_STEPS}."
    problems.append(
        root.fields["phases"].key.place.problem("E007", text, "Split the scenario into several playbooks.")
    )


def _raw_steps(phase: Fields, around: Surroundings, problems: list[Problem]) -> list[_Raw]:
    steps = [raw for one in r.blocks(phase, "steps") if (raw := _raw(one, around, problems))]
    if len(steps) >= _MANY_STEPS:
        text = f"This phase has {len(steps)} steps; a pause point holds fewer than ten."
        problems.append(phase.place.problem("W002", text, "Consider making two phases of it."))
    return steps


def _raw(own: Fields, around: Surroundings, problems: list[Problem]) -> _Raw | None:
    used = r.node(own, "use")
    fields, name = own, ""
    if used:
        name = r.known(used, around.common, "E040", "common step", problems)
        if name in around.broken:
            text = f"The common step '{name}' has problems of its own."
            problems.append(used.place.problem("E040", text, "Mend it in common.yaml."))
        if name not in around.common or name in around.broken:
            return None
        kept = {key: one for key, one in own.fields.items() if key != "use"}
        fields = Fields({**around.common[name].fields, **kept}, own.place)
    verb = next((verb for verb in VERBS if verb in fields.fields), "")
    if not verb:
        return None
    return _Raw(_step_id(fields, verb, name, problems), verb, fields, name)


def _step_id(fields: Fields, verb: str, common: str, problems: list[Problem]) -> str:
    given = r.line(fields, "id") or common or slug(r.line(fields, "title") or _title(fields, verb))
    if not given:
        problems.append(
            fields.place.problem(
                "E020", "No id can be made of this title.", "Give the step one: id: a-short-name"
            )
        )
    elif given in ANCHORS:
        problems.append(
            fields.place.problem(
                "E039", f"'{given}' is a moment times are counted from.", "Give the step another id."
            )
        )
    return given


def _title(fields: Fields, verb: str) -> str:
    said = r.line(fields, verb)
    return f"Publish the {said.replace('-', ' ')} statement" if verb == "say" else said


def _repeated(given: list[tuple[str, Fields]], what: str, problems: list[Problem]) -> None:
    first: dict[str, Fields] = {}
    for name, fields in given:
        if name in first:
            text = f"There is another {what} '{name}', in line {first[name].place.line}."
            problems.append(
                fields.place.problem("E039", text, f"Give this {what} an id of its own: id: a-short-name")
            )
        elif name:
            first[name] = fields


def _phase(fields: Fields, steps: list[_Raw], scope: _Scope) -> Phase:
    title = r.line(fields, "phase")
    return Phase(
        r.line(fields, "id") or slug(title) or "phase",
        title,
        r.line(fields, "goal"),
        r.line(fields, "done-when"),
        tuple(_step(raw, scope) for raw in steps),
    )


def _step(raw: _Raw, scope: _Scope) -> Step:
    fields, problems, policy = raw.fields, scope.problems, scope.around.policy
    step = Step(
        id=raw.id,
        kind=raw.verb,
        title=r.line(fields, "title") or _title(fields, raw.verb),
        who=r.known(r.node(fields, "who"), policy.roles, "E030", "role", problems),
        within=_within(fields, "within", raw.id, scope),
        why=r.text(fields, "why"),
        how=r.text(fields, "how"),
        mode=r.line(fields, "mode"),
        record=_records(fields, raw.verb),
        confirmed_by=_confirmed_by(fields, policy, problems),
        read_back=r.line(fields, "read-back"),
        if_blocked=r.text(fields, "if-blocked"),
        options=tuple(Option(key, value) for key, value in r.named_texts(fields, "options").items()),
        revisit=_within(fields, "revisit", "", scope),
        on=r.all_known(r.nodes(fields, "on"), policy.channels, "E031", "channel", problems),
        approved_by=r.all_known(r.nodes(fields, "approved-by"), policy.roles, "E030", "role", problems),
        after=r.all_known(r.nodes(fields, "after"), scope.steps, "E034", "step", problems),
        only_if=condition(r.node(fields, "only-if"), scope.asked, tuple(policy.levels), problems),
        starts_clock=r.all_known(r.nodes(fields, "starts-clock"), policy.clocks, "E033", "clock", problems),
        common=raw.common,
        conduct=r.all_known(
            r.nodes(fields, "conduct"), policy.conduct, "E051", "heading of conduct", problems
        ),
        statement=_statement_of(fields, raw.verb, scope),
        repeat=_repeat(fields, scope),
        unless_level_says=r.line(fields, "unless-level-says"),
        publish_first=r.line(fields, "publish-first"),
        protects=r.line(fields, "protects"),
        add_playbook=r.known(
            r.node(fields, "add-playbook"), scope.around.playbooks, "E046", "playbook", problems
        ),
    )
    _check_step(step, fields, scope)
    return step


def _check_step(step: Step, fields: Fields, scope: _Scope) -> None:
    if "who" not in fields.fields:
        scope.problems.append(
            fields.place.problem(
                "E020", "'who' is missing in this step.", "Write who: and the role that owns it."
            )
        )
    if step.unless_level_says and "within" not in fields.fields:
        key = fields.fields["unless-level-says"].key
        text = "This says when the level's figure counts instead, but not instead of what."
        scope.problems.append(
            key.place.problem("E020", text, "Write within: too, with what it is counted from.")
        )
    if step.options and step.kind != "decide":
        key = fields.fields["options"].key
        scope.problems.append(
            key.place.problem("E023", f"A '{step.kind}' step has no options.", "Make it a decide step.")
        )
    owner = scope.around.policy.roles.get(step.who)
    for one in r.nodes(fields, "approved-by"):
        if owner and one.value == step.who and not owner.stand_in:
            text = f"'{step.who}' owns this step and must approve it, has no stand-in, and an author is never the approver."
            scope.problems.append(
                one.place.problem(
                    "E044", text, "Name another role, or give this one a stand-in in the policy."
                )
            )
    if step.kind == "say" and step.statement in scope.statements:
        scope.problems.extend(check_lengths(step, scope.statements[step.statement], scope.around.policy))


def _within(fields: Fields, name: str, own: str, scope: _Scope) -> Within | None:
    found, node = r.within(fields, name), r.node(fields, name)
    if found and node:
        allowed = [*ANCHORS, *(step for step in scope.steps if step != own), *scope.asked]
        _anchor(found.anchor, node, allowed, scope.problems)
    return found


def _anchor(anchor: str, node: Text, allowed: Collection[str], problems: list[Problem]) -> None:
    if anchor not in allowed:
        text = f"Nothing is counted from '{anchor[:60]}' here."
        problems.append(node.place.problem("E045", text, r.suggestion(anchor, allowed)))


def _repeat(fields: Fields, scope: _Scope) -> str:
    said, node = r.line(fields, "repeat"), r.node(fields, "repeat")
    repeat = parse_repeat(said)
    if repeat and repeat.until and node:
        _anchor(repeat.until, node, [*ANCHORS, *scope.steps], scope.problems)
    return said


def _records(fields: Fields, verb: str) -> tuple[Record, ...]:
    """Return what the step asks for; published words and their link are always asked for."""
    declared = [
        Record(" ".join(name.split()), *(words.record_kind(kind) or ("text", False)))
        for name, kind in r.named_texts(fields, "record").items()
    ]
    names = {one.name for one in declared}
    implied = [one for one in _PUBLISHED if one.name not in names] if verb == "say" else []
    return (*implied, *declared)


def _confirmed_by(fields: Fields, policy: Policy, problems: list[Problem]) -> str:
    names = [ANOTHER_PERSON, *policy.roles]
    return r.known(r.node(fields, "confirmed-by"), names, "E030", "role or person", problems)


def _statement_of(fields: Fields, verb: str, scope: _Scope) -> str:
    name = "say" if verb == "say" else "statement"
    return r.known(r.node(fields, name), scope.statements, "E032", "statement", scope.problems)


def _circles(raw: list[_Raw], problems: list[Problem]) -> None:
    """Report steps that wait for one another: first take away all that can be done, in turn, then look at the rest."""
    waits = {step.id: set(r.texts(step.fields, "after")) for step in raw}
    waits = {name: {one for one in others if one in waits} for name, others in waits.items()}
    while free := [name for name, others in waits.items() if not others]:
        for name in free:
            del waits[name]
        for others in waits.values():
            others.difference_update(free)
    circle = _circle(waits)
    for step in raw:
        node = next(iter(r.nodes(step.fields, "after")), None)
        if circle and step.id == circle[0] and node:
            text = f"These wait for one another, so none can begin: {', '.join(circle)}."
            problems.append(node.place.problem("E038", text, "Take out one 'after'."))


def _circle(waits: Mapping[str, set[str]]) -> list[str]:
    """Return one circle among steps that each wait for another of them."""
    if not waits:
        return []
    path = [next(iter(waits))]
    while True:
        after = next(iter(sorted(waits[path[-1]])))
        if after in path:
            return path[path.index(after) :]
        path.append(after)


def common_steps(root: Fields | None) -> dict[str, Fields]:
    """Return the common steps by id."""
    return r.named_blocks(root, "steps") if root else {}
