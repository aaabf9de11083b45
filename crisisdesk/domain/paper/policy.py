"""The policy on paper: what everybody may look up in an incident, and legal signs off before one."""

from crisisdesk.domain.clocks import ADVICE
from crisisdesk.domain.paper.plan import status_of
from crisisdesk.domain.paper.tree import Block, Line, Paper, Section, Table, Words, lines
from crisisdesk.domain.policy import Audience, Clock, Policy


def policy_paper(policy: Policy) -> Paper:
    """Return the whole policy: purpose, conduct, divisions, roles, levels, approvals, channels, regions, words, clocks."""
    status = status_of(policy.adopted)
    sections = (
        Section("What this is", lines(
            ("Status", status), ("Reviewed", policy.reviewed), ("Review every", policy.review_every), ("Organisation", policy.organisation),
            ("Purpose", policy.purpose), ("Scope", policy.scope), ("Working hours", f"{policy.hours.start} to {policy.hours.end}, {policy.time_zone}"),
        )),
        Section("Conduct", sections=tuple(Section(_title(name), (Words(text),)) for name, text in policy.conduct.items())),
        Section("Divisions and their say", sections=tuple(
            Section(one.title, (Words(one.say.strip()), *lines(("Roles", ", ".join(one.roles))))) for one in policy.divisions.values()
        )),
        Section("Roles", sections=_roles(policy)),
        Section("Severity", (_overrides(policy),), _levels(policy)),
        Section("Approvals", lines(*((_title(name), text) for name, text in policy.approvals.items()))),
        Section("Channels", (_channels(policy),)),
        Section("Copies of the summary", tuple(Line(one.title, _copy(one)) for one in policy.audiences.values())),
        Section("Regions", sections=_regions(policy)),
        Section("Words not used lightly", (Table(("Word", "Because"), policy.protected_words),)),
        Section("Legal clocks", (Words(ADVICE, "warning"),), tuple(_clock(clock) for clock in policy.clocks.values())),
    )  # fmt: skip
    return Paper(policy.title, policy.version, status, sections)


def _copy(one: Audience) -> str:
    told = f"; only {', '.join(one.tells)}" if one.tells else ""
    return f"{one.id}: words that are {' or '.join(one.includes)}; people by their {one.people}{told}"


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _roles(policy: Policy) -> tuple[Section, ...]:
    return tuple(
        Section(role.title, lines(
            ("Does", role.duty), ("Must not", role.must_not), ("Stand-in", role.stand_in), ("Needed from", role.needed_from),
            ("Not together with", ", ".join(role.not_with)), ("Never together with", ", ".join(role.never_with)),
        ))
        for role in policy.roles.values()
    )  # fmt: skip


def _levels(policy: Policy) -> tuple[Section, ...]:
    def within(level: str, field: str) -> str:
        found = getattr(policy.levels[level], field)
        return found.words() if found else ""

    return tuple(
        Section(f"{level.id} {level.title}", lines(
            ("Choose when", level.choose_when), ("First word within", within(level.id, "first_word_within")),
            ("Update every", within(level.id, "update_every")), ("Approvals", ", ".join(level.approvals)),
            ("Approvals by phone", "count when the person has confirmed them" if level.relayed_approvals else "count at once"),
            ("Pace", f"minutes and hours from declaration, times {level.pace:g}"), ("Hot debrief due", within(level.id, "debrief_due")),
            ("Review due", within(level.id, "review_due")),
            ("Figures", "; ".join(filter(None, (
                f"from {level.times_usual:g} times the usual mentions per hour" if level.times_usual else "",
                f"from {level.reach:,} followers of the largest account" if level.reach else "",
            )))),
        ))
        for level in policy.levels.values()
    )  # fmt: skip


def _overrides(policy: Policy) -> Block:
    rows = tuple((one.when.sentence(), one.level, one.because) for one in policy.overrides)
    return Table(("When", "At least", "Because"), rows)


def _channels(policy: Policy) -> Block:
    rows = tuple(
        (
            one.title,
            one.account,
            one.owner,
            f"{one.limit:,} {one.counts}" if one.limit else "none",
            one.checked_on or "not yet",
        )
        for one in policy.channels.values()
    )
    return Table(("Channel", "Account", "Owner", "Limit", "Checked on"), rows)


def _regions(policy: Policy) -> tuple[Section, ...]:
    return tuple(
        Section(one.title, lines(
            ("Advice", one.advice), ("Languages", ", ".join(one.languages)), ("Time zone", one.time_zone or policy.time_zone),
            ("Clocks", ", ".join(one.clocks)), ("Holidays", ", ".join(one.holidays)),
        ))
        for one in policy.regions.values()
    )  # fmt: skip


def _clock(clock: Clock) -> Section:
    within = f"{clock.within.words()}" if clock.within else ""
    limit = f", and no later than {clock.no_later_than.words()}" if clock.no_later_than else ""
    return Section(clock.title, lines(
        ("Id", clock.id), ("Tell", clock.tell), ("Within", f"{within}{limit}"), ("Deadline", clock.deadline), ("Counted from", clock.counted_from),
        ("Follows", clock.chained_on), ("The law says", clock.anchor_text), ("Asked when", clock.ask_when.sentence() if clock.ask_when else ""),
        ("Started or dismissed by", " or ".join(clock.decided_by)), ("Source", clock.source), ("Kind of source", clock.source_kind or "unsure"),
        ("Checked on", clock.checked_on or "not yet"),
    ))  # fmt: skip
