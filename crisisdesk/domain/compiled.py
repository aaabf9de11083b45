"""The compiled form of a policy and a playbook: one canonical JSON text, and the way back.

This text is what an incident pins and what its hash is taken of, so a running incident needs neither the file
nor the loader. JSON keys are sorted, so every map whose order matters is written as a list. Empty optional
fields are left out, and reading gives them back: a field that is added later must be empty by default.
"""

import json
from typing import Any

from crisisdesk.domain.conditions import Clause, Condition
from crisisdesk.domain.deadlines import Hours, Within
from crisisdesk.domain.playbook import Option, Phase, Playbook, Record, Statement, Step
from crisisdesk.domain.policy import (
    Audience,
    Channel,
    Clock,
    Division,
    Level,
    Override,
    Policy,
    Question,
    Region,
    Role,
)
from crisisdesk.domain.text import canonical_json

POLICY = "policy/1"
PLAYBOOK = "playbook/1"


def policy_text(policy: Policy) -> str:
    """Return a policy as canonical JSON."""
    data = policy._asdict()
    for name in ("regions", "roles", "channels", "facts"):
        data[name] = [_sparse(one) for one in data[name].values()]
    data["clocks"] = [_clock_data(clock) for clock in policy.clocks.values()]
    data["levels"] = [_sparse(level) for level in policy.levels.values()]
    data["overrides"] = [{**one._asdict(), "when": _condition(one.when)} for one in policy.overrides]
    data["approvals"] = list(policy.approvals.items())
    data["conduct"] = list(policy.conduct.items())
    data["hours"] = policy.hours._asdict()
    data["divisions"] = [_sparse(one) for one in policy.divisions.values()]
    data["audiences"] = [_sparse(one) for one in policy.audiences.values()]
    if not data["audiences"]:
        del data["audiences"]  # a policy without them keeps the hash it had
    return canonical_json({"crisisdesk": POLICY, **data})


def playbook_text(playbook: Playbook) -> str:
    """Return a playbook as canonical JSON."""
    data = playbook._asdict()
    data["questions"] = [_sparse(one) for one in playbook.questions.values()]
    data["phases"] = [
        {**one._asdict(), "steps": [_step(step) for step in one.steps]} for one in playbook.phases
    ]
    data["statements"] = [_statement(one) for one in playbook.statements.values()]
    return canonical_json({"crisisdesk": PLAYBOOK, **data})


def read_policy(text: str) -> Policy:
    """Read :func:`policy_text` back; raises ValueError on anything it did not write."""
    data = _opened(text, POLICY)
    try:
        return _policy(data)
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError("This is not a compiled policy.") from wrong


def read_playbook(text: str) -> Playbook:
    """Read :func:`playbook_text` back; raises ValueError on anything it did not write."""
    data = _opened(text, PLAYBOOK)
    try:
        return _playbook(data)
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError("This is not a compiled playbook.") from wrong


def _sparse(record: Any) -> dict[str, Any]:
    """Return a record's fields without the empty ones that its defaults give back."""
    defaults = record._field_defaults
    return {
        name: value
        for name, value in record._asdict().items()
        if value or name not in defaults or defaults[name] != value
    }


def _step(step: Step) -> dict[str, Any]:
    data = _sparse(step)
    if step.record:
        data["record"] = [_sparse(record) for record in step.record]
    if step.only_if:
        data["only_if"] = _condition(step.only_if)
    return data


def _clock_data(clock: Clock) -> dict[str, Any]:
    data = _sparse(clock)
    if clock.ask_when:
        data["ask_when"] = _condition(clock.ask_when)
    return data


def _statement(statement: Statement) -> dict[str, Any]:
    return {**_sparse(statement), "variants": list(statement.variants.items())}


def _condition(condition: Condition) -> list[Any]:
    return [condition.joiner, list(condition.clauses)]


def _opened(text: str, form: str) -> dict[str, Any]:
    data = json.loads(text)
    if not isinstance(data, dict) or data.pop("crisisdesk", None) != form:
        raise ValueError(f"This is not {form} in its compiled form.")
    return data


def _within(data: list[Any] | None) -> Within | None:
    return Within(*data) if data else None


def _when(data: list[Any]) -> Condition:
    return Condition(data[0], tuple(Clause(*clause) for clause in data[1]))


def _question(data: dict[str, Any]) -> Question:
    return Question(**{**data, "answers": tuple(data.get("answers", ()))})


def _region(data: dict[str, Any]) -> Region:
    lists = {name: tuple(data.get(name, ())) for name in ("languages", "holidays", "clocks")}
    return Region(**{**data, **lists})


def _role(data: dict[str, Any]) -> Role:
    return Role(**{**data, **{name: tuple(data.get(name, ())) for name in ("not_with", "never_with")}})


_SPANS = ("first_word_within", "update_every", "review_due", "debrief_due")


def _level(data: dict[str, Any]) -> Level:
    spans = {name: _within(data.get(name)) for name in _SPANS}
    return Level(**{**data, **spans, "approvals": tuple(data["approvals"]), "pace": float(data["pace"])})


def _clock(data: dict[str, Any]) -> Clock:
    spans = {name: _within(data.get(name)) for name in ("within", "no_later_than")}
    asked = {"ask_when": _when(data["ask_when"])} if "ask_when" in data else {}
    decided = {"decided_by": tuple(data["decided_by"])} if "decided_by" in data else {}
    return Clock(**{**data, **spans, **asked, **decided})


def _policy(data: dict[str, Any]) -> Policy:
    levels = [_level(one) for one in data["levels"]]
    clocks = [_clock(one) for one in data["clocks"]]
    hours = data["hours"]
    return Policy(**{
        **data,
        "hours": Hours(tuple(hours["days"]), hours["start"], hours["end"]),
        "regions": {one["id"]: _region(one) for one in data["regions"]},
        "roles": {one["id"]: _role(one) for one in data["roles"]},
        "channels": {one["id"]: Channel(**one) for one in data["channels"]},
        "levels": {level.id: level for level in levels},
        "overrides": tuple(Override(_when(one["when"]), one["level"], one["because"]) for one in data["overrides"]),
        "facts": {one["id"]: _question(one) for one in data["facts"]},
        "approvals": dict(data["approvals"]),
        "clocks": {clock.id: clock for clock in clocks},
        "protected_words": tuple((word, because) for word, because in data["protected_words"]),
        "conduct": dict(data["conduct"]),
        "divisions": {
            one["id"]: Division(**{**one, "roles": tuple(one.get("roles", ()))}) for one in data.get("divisions", ())
        },
        "audiences": {one["id"]: _audience(one) for one in data.get("audiences", ())},
    })  # fmt: skip


def _audience(data: dict[str, Any]) -> Audience:
    for name in ("includes", "tells"):
        if name in data:
            data[name] = tuple(data[name])
    return Audience(**data)


def _read_step(data: dict[str, Any]) -> Step:
    for name in ("on", "approved_by", "after", "starts_clock", "conduct"):
        if name in data:
            data[name] = tuple(data[name])
    for name in ("within", "revisit"):
        if name in data:
            data[name] = _within(data[name])
    if "record" in data:
        data["record"] = tuple(Record(**one) for one in data["record"])
    if "options" in data:
        data["options"] = tuple(Option(*one) for one in data["options"])
    if "only_if" in data:
        data["only_if"] = _when(data["only_if"])
    return Step(**data)


def _phase(data: dict[str, Any]) -> Phase:
    return Phase(**{**data, "steps": tuple(_read_step(step) for step in data["steps"])})


def _playbook(data: dict[str, Any]) -> Playbook:
    return Playbook(**{
        **data,
        "words": tuple(data["words"]),
        "questions": {one["id"]: _question(one) for one in data["questions"]},
        "phases": tuple(_phase(one) for one in data["phases"]),
        "statements": {
            one["id"]: Statement(**{**one, "variants": dict(one["variants"])}) for one in data["statements"]
        },
    })  # fmt: skip
