"""Copies of the summary for different readers: what each includes is the policy's to say, and what is left out is counted.

One place for the rule. The words are taken out of the entries before anything is drawn from them, so no part and no
format can carry what its reader is not to see. Names become roles in the same way. A copy that leaves something out
cannot prove the log: it names the head of the whole one, which is kept.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crisisdesk.domain import entries as log
from crisisdesk.domain.chain import body_hash, body_text
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.evolve import replay
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.policy import Audience, Policy
from crisisdesk.domain.sensitivity import closeness, levels_of
from crisisdesk.domain.text import canonical_json, name_key

INTERNAL = "internal"
EVERYTHING = ("normal", "personal", "hr", "privileged")

AUDIENCES: Mapping[str, Audience] = {
    "internal": Audience("internal", "for use inside the organisation", ("normal", "personal")),
    "executive": Audience("executive", "for executives", ("normal",), "roles"),
    "public": Audience(
        "public", "for the public", ("normal",), "roles",
        ("paragraph", "severity", "key-moments", "statements", "updates", "follow-ups"),
    ),
    "legal": Audience("legal", "for counsel", EVERYTHING),
}  # fmt: skip
"""The copies where a policy names none."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "paragraph": ("paragraph",),
    "severity": ("severities",),
    "facts": ("facts", "claims"),
    "roles": ("roles",),
    "steps": ("steps", "playbook_changes"),
    "decisions": ("decisions", "approvals", "deviations"),
    "statements": ("statements", "silences"),
    "updates": ("promises",),
    "people": ("tellings", "answered", "enquiries"),
    "freeze": ("frozen_queues",),
    "clocks": ("clocks",),
    "figures": ("figures", "crossings"),
    "metrics": ("metrics",),
    "evidence": ("evidence",),
    "objectives": ("objectives",),
    "findings": ("findings",),
    "follow-ups": ("follow_ups",),
    "open": ("open_items",),
    "key-moments": ("key_moments",),
    "timeline": ("items",),
}
"""The parts of a summary a policy can name, and the fields each is made of."""

_WHY = {"personal": "personal data", "hr": "HR matter", "privileged": "legally privileged"}


class Copy(NamedTuple):
    """What a copy is drawn from: entries with what is left out taken away, the state they come to, and what is missing."""

    entries: tuple[Entry, ...]
    state: Incident
    left_out: Mapping[int, str]
    """Entries whose words are not told, and why."""


def audiences(policy: Policy) -> Mapping[str, Audience]:
    """Return the copies a policy knows, by their names."""
    return policy.audiences or AUDIENCES


def copy_for(audience: Audience, entries: Sequence[Entry], begun: Incident, state: Incident) -> Copy:
    """Return what a copy for an audience is drawn from; ``begun`` is the state before the first entry, ``state`` after the last."""
    left_out = left_out_for(audience, entries)
    kept = [
        _without_words(entry, left_out[entry.seq]) if entry.seq in left_out else entry for entry in entries
    ]
    if audience.people == "roles":
        kept = _renamed_all(kept, state)
    elif not left_out:
        return Copy(tuple(entries), state, left_out)
    folded = replay(begun._replace(pinned=state.pinned), kept)
    return Copy(tuple(kept), folded._replace(seq=state.seq, head=state.head), left_out)


def left_out_for(audience: Audience, entries: Sequence[Entry]) -> dict[int, str]:
    """Return the entries whose words an audience is not told, and why; saying that one is sensitive may say too much as well."""
    levels = levels_of(entries)
    for entry in entries:
        if isinstance(entry.event, log.SensitivityRaised):
            levels[entry.seq] = max(levels[entry.seq], entry.event.level, key=closeness)
    return {seq: _WHY.get(level, level) for seq, level in levels.items() if level not in audience.includes}


def _without_words(entry: Entry, why: str) -> Entry:
    """Take the words away, the salt with which somebody could guess them, and what a header repeats of them."""
    header = entry.header._replace(late_because="", data="{}")
    return _with_words(
        entry._replace(header=header), dict.fromkeys(entry.words, f"({why}, entry {entry.seq})")
    )


def _with_words(entry: Entry, words: Mapping[str, str]) -> Entry:
    """Put other words in the place of an entry's; what the log no longer has stays erased."""
    if not entry.words and entry.header.body_hash != body_hash(entry.salt, body_text({})):
        return entry._replace(header=entry.header._replace(body_hash=""), salt="")
    return entry._replace(
        words=words, salt="", header=entry.header._replace(body_hash=body_hash("", body_text(words)))
    )


def _renamed_all(entries: Sequence[Entry], state: Incident) -> list[Entry]:
    """Put roles in the place of everybody's name: in headers, in what an entry says, and in the words themselves.

    Words that are public already stay as they went out: they were hashed and approved so.
    """
    names = _Names(entries, state)
    public = {one.seq for versions in state.versions.values() for one in versions if one.published_at}
    return [_renamed(entry, names, public) for entry in entries]


class _Names:
    """Everybody named in an incident, by the role each held first; who held none is a colleague."""

    def __init__(self, entries: Sequence[Entry], state: Incident) -> None:
        self._roles = _roles(entries, state)
        people = {**state.people}
        for entry in entries:
            for name in (
                entry.header.author,
                entry.header.on_behalf_of,
                getattr(entry.event, "confirmed_by", ""),
            ):
                people.setdefault(name_key(name), name)
        self._people = {key: name for key, name in people.items() if key}
        whole = sorted(self._people.values(), key=len, reverse=True)
        self._whole = re.compile(
            "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in whole) or r"(?!)", re.IGNORECASE
        )
        self._parts = self._of_parts()
        parts = sorted(self._parts, key=len, reverse=True)
        self._part = re.compile("|".join(rf"(?<!\w){re.escape(part)}(?!\w)" for part in parts) or r"(?!)")

    def _of_parts(self) -> dict[str, str]:
        """Return first and family names, as written: long enough not to be another word."""
        return {
            part: self._roles.get(key, COLLEAGUE)
            for key, name in self._people.items()
            for part in name.split()
            if len(part) >= SHORTEST and part[0].isupper()
        }

    def person(self, name: str) -> str:
        """Return the role of a person, or the text as it is where it names nobody."""
        key = name_key(name)
        return self._roles.get(key, COLLEAGUE) if key in self._people else name

    def said(self, text: str) -> str:
        """Return a text with every name in it replaced."""
        told = self._whole.sub(lambda found: self._roles.get(name_key(found[0]), COLLEAGUE), text)
        return self._part.sub(lambda found: self._parts[found[0]], told)


COLLEAGUE = "a colleague"
SHORTEST = 3
"""Letters of a first or family name that stands alone."""


def _renamed(entry: Entry, names: _Names, public: set[int]) -> Entry:
    event, data = entry.event, "{}"
    if not isinstance(event, log.UnknownKind):
        changed: dict[str, Any] = {
            name: names.person(value) for name, value in event._asdict().items() if isinstance(value, str)
        }
        event = event._replace(**changed)
        data = canonical_json(log.columns_of(event)[1])
    header = entry.header
    header = header._replace(
        author=names.person(header.author), on_behalf_of=names.person(header.on_behalf_of), owner=names.person(header.owner),
        late_because=names.said(header.late_because), data=data, system_user="", host="", author_from="",
    )  # fmt: skip
    said_in_public = entry.seq in public or (isinstance(event, log.UpdateSent) and not event.internal)
    words = entry.words if said_in_public else {name: names.said(text) for name, text in entry.words.items()}
    return _with_words(entry._replace(header=header, event=event), words)


def _roles(entries: Sequence[Entry], state: Incident) -> dict[str, str]:
    """Return the title of the role each person held first, by the key of their name; two in one role are told apart by number."""
    held: dict[str, str] = {}
    count: dict[str, int] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, log.RoleTaken) and (key := name_key(event.person)) not in held:
            known = state.policy.roles.get(event.role)
            title = known.title if known else event.role
            count[title] = count.get(title, 0) + 1
            held[key] = title if count[title] == 1 else f"{title} ({count[title]})"
    return held


def reasons(left_out: Mapping[int, str]) -> list[tuple[str, int]]:
    """Return why entries were left out, and how many for each reason."""
    found: dict[str, int] = {}
    for why in left_out.values():
        found[why] = found.get(why, 0) + 1
    return sorted(found.items())
