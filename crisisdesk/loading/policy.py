"""The policy: nodes to the domain's own form, every name in it checked."""

from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from crisisdesk.domain.deadlines import Hours
from crisisdesk.domain.incident import LEAD
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
from crisisdesk.loading import reading as r
from crisisdesk.loading import words
from crisisdesk.loading.events import Fields
from crisisdesk.loading.problems import Problem
from crisisdesk.loading.questions import condition, question

_LARGEST = 25 * 1024 * 1024


class _Names(NamedTuple):
    """What the policy's parts may refer to, and where problems go."""

    roles: dict[str, Fields]
    channels: dict[str, Fields]
    levels: dict[str, Fields]
    regions: dict[str, Fields]
    clocks: dict[str, Fields]
    problems: list[Problem]


def compile_policy(root: Fields, problems: list[Problem]) -> Policy:
    """Return the policy of a file whose shape is right; unknown names are added to ``problems``."""
    roles, channels, levels, regions, clocks = (
        r.named_blocks(root, part) for part in ("roles", "channels", "severity", "regions", "clocks")
    )
    names = _Names(roles, channels, levels, regions, clocks, problems)
    facts = _facts(root, names)
    if LEAD not in roles:
        _missing_lead(root, problems)
    _circular(names)
    _worst_first(names)
    return Policy(
        title=r.line(root, "title"),
        version=r.line(root, "version"),
        adopted=r.line(root, "adopted", "not yet"),
        reviewed=r.line(root, "reviewed", "not yet"),
        organisation=r.line(root, "organisation"),
        purpose=r.text(root, "purpose"),
        scope=r.text(root, "scope"),
        time_zone=_zone(root, problems),
        hours=_hours(root, problems),
        regions={name: _region(name, one, names) for name, one in regions.items()},
        roles={name: _role(name, one, names) for name, one in roles.items()},
        channels={name: _channel(name, one, names) for name, one in channels.items()},
        levels={name: _level(name, one, names) for name, one in levels.items()},
        overrides=tuple(_overrides(root, facts, names)),
        facts=facts,
        approvals=r.named_texts(root, "approvals"),
        clocks={name: _clock(name, one, facts, names) for name, one in clocks.items()},
        protected_words=tuple(
            (r.line(one, "word"), r.line(one, "because")) for one in r.blocks(root, "protected-words")
        ),
        conduct=r.named_texts(root, "conduct"),
        review_every=r.line(root, "review-every"),
        largest_file=_largest(root),
        divisions={
            name: _division(name, one, names) for name, one in r.named_blocks(root, "divisions").items()
        },
        audiences={name: _audience(name, one) for name, one in r.named_blocks(root, "audiences").items()},
    )


def _missing_lead(root: Fields, problems: list[Problem]) -> None:
    fix = f"Declare the role {LEAD}: whoever declares an incident holds it until someone takes it."
    problems.append(root.fields["roles"].key.place.problem("E020", f"There is no role '{LEAD}'.", fix))


def _facts(root: Fields, names: _Names) -> dict[str, Question]:
    sources = {
        "regions": tuple(names.regions),
        "channels": tuple(names.channels),
        "roles": tuple(names.roles),
    }
    return {name: question(name, one, sources) for name, one in r.named_blocks(root, "facts").items()}


def _zone(root: Fields, problems: list[Problem]) -> str:
    name = r.line(root, "time-zone")
    try:
        if name:
            ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        r.known(r.node(root, "time-zone"), available_timezones(), "E050", "time zone", problems)
    return name


def _hours(root: Fields, problems: list[Problem]) -> Hours:
    found = root.fields.get("working-hours")
    if not found or not isinstance(found.value, Fields):
        return Hours()
    given = [day for one in r.texts(found.value, "days") for day in words.days(one) or ()]
    usual = Hours()
    hours = Hours(
        tuple(sorted(set(given))) or usual.days,
        r.line(found.value, "from", usual.start).zfill(5),
        r.line(found.value, "to", usual.end).zfill(5),
    )
    if hours.start >= hours.end:
        text = f"The working day ends at {hours.end}, before it begins at {hours.start}."
        problems.append(found.value.place.problem("E022", text, "Write from: 09:00 and to: 17:00."))
    return hours


def _region(name: str, one: Fields, names: _Names) -> Region:
    return Region(
        name,
        r.line(one, "title"),
        r.texts(one, "languages"),
        tuple(day[:10] for day in r.texts(one, "holidays")),
        r.text(one, "advice"),
        r.all_known(r.nodes(one, "clocks"), names.clocks, "E033", "clock", names.problems),
        _zone(one, names.problems),
    )


def _role(name: str, one: Fields, names: _Names) -> Role:
    return Role(
        name,
        r.line(one, "title"),
        r.text(one, "duty"),
        r.text(one, "must-not"),
        r.known(r.node(one, "stand-in"), names.roles, "E030", "role", names.problems),
        r.known(r.node(one, "needed-from"), names.levels, "E035", "level", names.problems),
        r.all_known(r.nodes(one, "not-with"), names.roles, "E030", "role", names.problems),
        r.all_known(r.nodes(one, "never-with"), names.roles, "E030", "role", names.problems),
    )


def _channel(name: str, one: Fields, names: _Names) -> Channel:
    return Channel(
        name,
        r.line(one, "title"),
        r.line(one, "account"),
        r.known(r.node(one, "owner"), names.roles, "E030", "role", names.problems),
        int(r.line(one, "limit", "0")),
        r.line(one, "counts", "characters"),
        r.line(one, "checked-on"),
    )


def _level(name: str, one: Fields, names: _Names) -> Level:
    return Level(
        name,
        r.line(one, "title"),
        "\n".join(r.texts(one, "choose-when")),
        r.within(one, "first-word-within"),
        r.within(one, "update-every"),
        r.all_known(r.nodes(one, "approvals"), names.roles, "E030", "role", names.problems),
        float(r.line(one, "pace", "1")),
        r.within(one, "review-due"),
        float(r.line(one, "times-usual", "0")),
        int(r.line(one, "reach", "0")),
        "confirm" if r.line(one, "relayed-approvals") == "confirm" else "",
        r.within(one, "debrief-due"),
    )


def _division(name: str, one: Fields, names: _Names) -> Division:
    roles = r.all_known(r.nodes(one, "roles"), names.roles, "E030", "role", names.problems)
    return Division(name, r.line(one, "title"), r.text(one, "say"), roles)


def _audience(name: str, one: Fields) -> Audience:
    return Audience(
        name,
        r.line(one, "title"),
        tuple(text.value for text in r.nodes(one, "includes")) or ("normal",),
        r.line(one, "people") or "names",
        tuple(text.value for text in r.nodes(one, "tells")),
    )


def _clock(name: str, one: Fields, facts: dict[str, Question], names: _Names) -> Clock:
    if "within" not in one.fields and "deadline" not in one.fields:
        text = f"The clock '{name}' has neither a time nor a deadline in words."
        names.problems.append(
            one.place.problem("E020", text, "Write within: 72 hours, or deadline: without undue delay.")
        )
    return Clock(
        id=name,
        title=r.line(one, "title"),
        tell=r.line(one, "tell"),
        within=r.within(one, "within"),
        deadline=r.line(one, "deadline"),
        counted_from=r.line(one, "counted-from"),
        anchor_text=r.text(one, "anchor-text"),
        chained_on=r.known(r.node(one, "chained-on"), names.clocks, "E033", "clock", names.problems),
        source=r.text(one, "source"),
        source_kind=r.line(one, "source-kind"),
        checked_on=r.line(one, "checked-on"),
        no_later_than=r.within(one, "no-later-than"),
        ask_when=condition(r.node(one, "ask-when"), facts, tuple(names.levels), names.problems),
        decided_by=r.all_known(r.nodes(one, "decided-by"), names.roles, "E030", "role", names.problems)
        or ("legal",),
    )


def _circular(names: _Names) -> None:
    """Report clocks that wait for one another in a circle."""
    for start, one in names.clocks.items():
        seen, at = {start}, r.line(one, "chained-on")
        while at in names.clocks and at not in seen:
            seen.add(at)
            at = r.line(names.clocks[at], "chained-on")
        here = r.node(one, "chained-on")
        if here and at == start:
            text = f"The clock '{start}' waits for itself, by way of those it is chained on."
            names.problems.append(
                here.place.problem("E038", text, "Let the first of them be chained on nothing.")
            )


def _worst_first(names: _Names) -> None:
    """Report a level that gives less time than the one above it: the levels then stand in the wrong order."""
    above = 0.0
    for name, one in names.levels.items():
        pace = float(r.line(one, "pace", "1"))
        if pace < above:
            text = f"'{name}' gives less time than the level above it, but levels stand worst first."
            fix = "Put the worst level at the top, and let pace grow downwards."
            names.problems.append(one.place.problem("E022", text, fix))
        above = pace


def _overrides(root: Fields, facts: dict[str, Question], names: _Names) -> list[Override]:
    found = []
    for one in r.blocks(root, "overrides"):
        when = condition(r.node(one, "when"), facts, tuple(names.levels), names.problems)
        level = r.known(r.node(one, "level"), names.levels, "E035", "level", names.problems)
        if when:
            found.append(Override(when, level, r.line(one, "because")))
    return found


def _largest(root: Fields) -> int:
    found = root.fields.get("evidence")
    given = r.line(found.value, "largest-file") if found and isinstance(found.value, Fields) else ""
    return words.size(given) or _LARGEST
