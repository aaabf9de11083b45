"""Statements: their variants, placeholders, and whether they fit the channels they are written for."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from crisisdesk.domain.counting import count
from crisisdesk.domain.playbook import Statement, Step
from crisisdesk.domain.policy import Channel, Policy
from crisisdesk.domain.text import looks_like
from crisisdesk.loading import reading as r
from crisisdesk.loading.events import Field, Fields, Text
from crisisdesk.loading.problems import Problem

PLACEHOLDERS = (
    "organisation", "channel", "account", "occurred", "detected", "declared", "now", "next update", "severity", "incident",
)  # fmt: skip
"""What the desk fills, beside every fact."""
FORMATS = ("time", "date", "date and time")

_PLACEHOLDER = re.compile(r"\{\{([^{}]{0,200})\}\}")
_MOST = 100
_VARIANT = re.compile(r"^(?:on ([a-z0-9-]+))?(?:(?:^| )in ([a-z]{2,3}(?:-[A-Za-z]{2,4})?))?$")
_TYPICAL = {"time": "21:38 CET", "date": "22 November", "date and time": "22 November, 21:38 CET"}


def statement(
    name: str, fields: Fields, policy: Policy, facts: Collection[str], problems: list[Problem]
) -> Statement:
    """Return a statement, with its variants and placeholders checked."""
    variants = {key: one for key, one in fields.fields.items() if key.startswith(("on ", "in "))}
    for one in variants.values():
        _check_variant(one, policy, problems)
    names = [*PLACEHOLDERS, *facts]
    for node in _words(fields):
        problems += _placeholders(node, names)
    return Statement(
        name,
        r.line(fields, "title", name.replace("-", " ").capitalize()),
        r.text(fields, "text"),
        {key: r.text(fields, key) for key in variants},
        r.line(fields, "pre-cleared"),
    )


def check_lengths(step: Step, fields: Fields, policy: Policy) -> Iterator[Problem]:
    """Yield the texts of a published statement that its channels would not take, in every language it has."""
    languages = dict.fromkeys(
        key.rpartition("in ")[2] for key in fields.fields if key.startswith("in ") or " in " in key
    )
    for name in step.on:
        channel = policy.channels.get(name)
        nodes = [r.node(fields, f"on {name}") or r.node(fields, "text")]
        nodes += [r.node(fields, f"on {name} in {one}") or r.node(fields, f"in {one}") for one in languages]
        for node in nodes:
            if channel and channel.limit and node:
                yield from _too_long(node, channel, policy)


def _words(fields: Fields) -> Iterator[Text]:
    for key, one in fields.fields.items():
        if key.startswith(("text", "on ", "in ")) and isinstance(one.value, Text):
            yield one.value


def _check_variant(one: Field, policy: Policy, problems: list[Problem]) -> None:
    found = _VARIANT.match(one.key.value)
    if not found:
        fix = "Write: on x, or in de, or on x in de."
        problems.append(
            one.key.place.problem(
                "E022", f"'{one.key.value[:60]}' names neither a channel nor a language.", fix
            )
        )
    elif found[1] and found[1] not in policy.channels:
        fix = r.suggestion(found[1], policy.channels)
        problems.append(one.key.place.problem("E031", f"There is no channel '{found[1]}'.", fix))


@lru_cache(maxsize=1024)
def _slip(name: str, names: tuple[str, ...]) -> str | None:
    """Return the known placeholder a name may be a slip of; every variant of a statement asks the same again."""
    return looks_like(name, names)


def _placeholders(node: Text, names: list[str]) -> Iterator[Problem]:
    rest = _PLACEHOLDER.sub("", node.value)
    if "{{" in rest or "}}" in rest:
        yield node.place.problem(
            "E042", "This text has braces that are no whole placeholder.", "Write: {{next update, time}}"
        )
    used = dict.fromkeys(_parts(found[1]) for found in _PLACEHOLDER.finditer(node.value))
    for name, form in islice(used, _MOST):
        if not name:
            yield node.place.problem(
                "E042", "This text has a placeholder without a name.", "Write: {{next update, time}}"
            )
        elif name not in names and (near := _slip(name, tuple(names))):
            yield node.place.problem(
                "W003", f"'{{{{{name}}}}}' is not a known placeholder.", f"Did you mean '{{{{{near}}}}}'?"
            )
        if form and form not in FORMATS:
            fix = f"Write one of: {', '.join(FORMATS)}."
            yield node.place.problem(
                "W006", f"'{{{{{name}, {form}}}}}' asks for '{form}', which is no way to write it.", fix
            )


def _parts(inside: str) -> tuple[str, str]:
    name, _, form = inside.partition(",")
    return " ".join(name.split()), " ".join(form.split())


def _too_long(node: Text, channel: Channel, policy: Policy) -> Iterator[Problem]:
    bare = count(_PLACEHOLDER.sub("", node.value.strip()), channel.counts)
    likely = count(
        _PLACEHOLDER.sub(lambda found: _typical(found[1], channel, policy), node.value.strip()),
        channel.counts,
    )
    fix = f"Shorten it, or write 'on {channel.id}:' (in another language 'on {channel.id} in de:') with a text for it."
    if bare > channel.limit:
        text = (
            f"{channel.title} takes {channel.limit}; this text has {bare} before its placeholders are filled."
        )
        yield node.place.problem("E041", text, fix)
    elif likely > channel.limit:
        text = f"{channel.title} takes {channel.limit}; with its placeholders filled this text has about {likely}."
        yield node.place.problem("W004", text, fix)


def _typical(inside: str, channel: Channel, policy: Policy) -> str:
    name, form = _parts(inside)
    filled = {"organisation": policy.organisation, "channel": channel.title, "account": channel.account}
    return filled.get(name) or _TYPICAL.get(form) or name


def unused(statements: Mapping[str, Field], steps: Iterable[Step]) -> Iterator[Problem]:
    """Yield the statements no step publishes or points to."""
    used = {step.statement for step in steps}
    for name, one in statements.items():
        if name not in used:
            fix = f"Add a step 'say: {name}', or take the statement out."
            yield one.key.place.problem("W001", f"No step uses the statement '{name}'.", fix)
