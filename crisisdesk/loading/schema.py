"""The shapes of the four files: policy, playbook, common steps, people."""

from typing import Any

from crisisdesk.domain.audience import PARTS
from crisisdesk.domain.playbook import VERBS
from crisisdesk.loading import words as w
from crisisdesk.loading.shapes import Block, Many, Named, Part, Shape, Word

_TEXTS = Many(w.TEXT, or_one=True)
_IDS = Many(w.ID, or_one=True, example="[one, another]")


def _header(kind: str) -> Part:
    return Part(Word("the kind of file expected here", known=(f"{kind}/1",)), f"{kind}/1", needed=True)


def _texts(**about: str) -> dict[str, Part]:
    """Return plain texts that may be left out, by name; underscores stand for hyphens."""
    return {name.replace("_", "-"): Part(w.TEXT, text) for name, text in about.items()}


_IDENTITY = {
    "title": Part(w.TEXT, "what it is called", needed=True),
    "version": Part(w.TEXT, 'its version, such as "3"', needed=True),
    "adopted": Part(w.DATED, "not yet, or the date and who adopted it"),
    "reviewed": Part(w.DATED, "not yet, or the date and who reviewed it"),
}

QUESTION = Block({
    "ask": Part(w.TEXT, "the question as a person asks it", needed=True),
    "answers": Part(Many(w.TEXT, example="[yes, no, unknown]"), "the words that may be answered"),
    "kind": Part(w.QUESTION_KIND, "choice, list or number"),
    "from": Part(Word("a part of the policy", known=("regions", "channels", "roles")), "the part of the policy that gives the names of a list"),
})  # fmt: skip

STEP_PARTS = {
    "do": Part(w.TEXT, "what to do, as an instruction"),
    "capture": Part(w.TEXT, "the evidence to save before it can vanish"),
    "decide": Part(w.TEXT, "the decision, as a question"),
    "tell": Part(w.TEXT, "the people to reach, one by one"),
    "say": Part(w.ID, "the id of the statement to publish"),
    "pause": Part(w.TEXT, "the posting to stop; the desk tracks its release"),
    "use": Part(w.ID, "the id of a step in common.yaml; any field can be overridden here"),
    "who": Part(w.ID, "the role that owns it", needed=True),
    "id": Part(w.ID, "a short id; without one, the title serves"),
    "title": Part(w.TEXT, "the title, where the verb's own words do not serve"),
    "within": Part(
        w.DURATION, "when it is due: 10 minutes, 24 hours of detection, 2 working days of reclaim"
    ),
    "unless-level-says": Part(
        w.LEVEL_FIGURE, "debrief-due or review-due: where the level has that figure, it counts instead"
    ),
    "why": Part(w.TEXT, "the reason, in a sentence"),
    "how": Part(w.TEXT, "the way, button by button"),
    "mode": Part(
        w.MODE, "read-do: read each line, then do it; do-confirm: do it, then check against the list"
    ),
    "record": Part(Named(w.RECORD), "what to note when it is done, each with its kind"),
    "confirmed-by": Part(w.TEXT, "another person, or a role: who checks and types what they see"),
    "read-back": Part(w.TEXT, "what the second person reads back"),
    "if-blocked": Part(w.TEXT, "what to do when it cannot be done"),
    "options": Part(Named(w.TEXT), "the ways to decide, each with its consequence"),
    "revisit": Part(w.DURATION, "when to look at the decision again"),
    "on": Part(_IDS, "the channels it is published on"),
    "approved-by": Part(_IDS, "the roles that must approve, beside the level's"),
    "after": Part(_IDS, "the steps that must be done first"),
    "only-if": Part(w.CONDITION, "shown unless this is false: regions includes eu"),
    "starts-clock": Part(
        _IDS, "the clocks this step asks for; a person who holds the role starts or dismisses each"
    ),
    "conduct": Part(_IDS, "the policy's words on conduct that this step needs, shown with it"),
    "statement": Part(w.ID, "the statement whose words serve here"),
    "repeat": Part(w.REPEAT, "every 30 minutes until closing"),
    "publish-first": Part(w.RATIFY, "ratify within 15 minutes"),
    "protects": Part(w.TEXT, "what must not happen while this stands"),
    "add-playbook": Part(w.ID, "a playbook to lay on top"),
}
STEP = Block(STEP_PARTS, verbs=(*VERBS, "use"), what="this step")
COMMON_STEP = Block(
    {name: part for name, part in STEP_PARTS.items() if name != "use"}, verbs=VERBS, what="this step"
)

PHASE = Block({
    "phase": Part(w.TEXT, "what the stretch is called", needed=True),
    "goal": Part(w.TEXT, "the one goal; also what the review rates", needed=True),
    "done-when": Part(w.TEXT, "how one sees that it is reached"),
    "id": Part(w.ID, "a short id; without one, the name serves"),
    "steps": Part(Many(STEP), "the steps, each beginning with a hyphen and a verb", needed=True),
}, what="this phase")  # fmt: skip

STATEMENT = Block(
    {
        "text": Part(w.TEXT, "the words; {{placeholders}} are filled by the desk", needed=True),
        **_texts(title="what it is called"),
        "pre-cleared": Part(w.TEXT, "not yet, or who cleared it and when: legal, 2026-09-30"),
    },
    free={"on ": Part(w.TEXT, "the words for one channel"), "in ": Part(w.TEXT, "the words in one language")},
)

PLAYBOOK = Block({
    "crisisdesk": _header("playbook"),
    **_IDENTITY,
    "use-when": Part(w.TEXT, "the situation it is for, in a sentence", needed=True),
    "words": Part(_TEXTS, "words somebody would type who declares it"),
    "usually": Part(w.ID, "the severity level offered first", needed=True),
    "questions": Part(Named(QUESTION, w.ID), "what is asked beside the policy's facts"),
    "phases": Part(Many(PHASE), "the phases, each beginning with a hyphen", needed=True),
    "stand-down-when": Part(w.TEXT, "how one sees that it is over"),
    "statements": Part(Named(STATEMENT, w.ID), "the words prepared"),
}, what="this playbook")  # fmt: skip

COMMON = Block({
    "crisisdesk": _header("common"),
    **_texts(title="what it is called", version="its version"),
    "adopted": _IDENTITY["adopted"],
    "reviewed": _IDENTITY["reviewed"],
    "steps": Part(Named(COMMON_STEP, w.ID), "the steps, each under its id", needed=True),
}, what="this file")  # fmt: skip

ROLE = Block({
    "title": Part(w.TEXT, "what people call it", needed=True),
    "duty": Part(w.TEXT, "what this role does", needed=True),
    "must-not": Part(w.TEXT, "what this role leaves alone"),
    "stand-in": Part(w.ID, "the role that steps in"),
    "needed-from": Part(w.ID, "the mildest level at which it must be filled"),
    "not-with": Part(_IDS, "roles one person should not hold beside it; held all the same, the log says so"),
    "never-with": Part(_IDS, "roles one person may not hold beside it; the desk refuses"),
})  # fmt: skip
CHANNEL = Block({
    "title": Part(w.TEXT, "what people call it", needed=True),
    "account": Part(w.TEXT, "the account or address"),
    "owner": Part(w.ID, "the role that owns it", needed=True),
    "limit": Part(w.WHOLE, "the longest text it takes"),
    "counts": Part(w.COUNTING, "how it counts"),
    "checked-on": Part(w.DATED, "when the limit was checked"),
})  # fmt: skip
LEVEL = Block({
    "title": Part(w.TEXT, "what people call it", needed=True),
    "choose-when": Part(_TEXTS, "when to choose it", needed=True),
    "first-word-within": Part(w.DURATION, "when the first public word is due"),
    "update-every": Part(w.INTERVAL, "how often to update"),
    "approvals": Part(_IDS, "the roles that approve a text"),
    "pace": Part(w.FACTOR, "the factor on minutes and hours; 1 is the worst level's"),
    "debrief-due": Part(w.DURATION, "when the hot debrief is due: 24 hours of closing"),
    "review-due": Part(w.DURATION, "when the review is due: 5 working days of closing"),
    "times-usual": Part(w.FACTOR, "mentions per hour, as a multiple of the usual, that speak for this level: 10"),
    "reach": Part(w.WHOLE, "followers of the largest account that speak for this level: 100000"),
    "relayed-approvals": Part(w.RELAYED, "whether an approval by phone counts at once, or only when the person has confirmed it"),
})  # fmt: skip
REGION = Block({
    "title": Part(w.TEXT, "what people call it", needed=True),
    "languages": Part(_TEXTS, "language codes: [de, fr]"),
    "holidays": Part(Many(w.DAY, or_one=True), "days the office is closed: 2026-12-25"),
    "advice": Part(w.TEXT, "who advises locally"),
    "clocks": Part(_IDS, "the clocks that may run here"),
    "time-zone": Part(w.TEXT, "the zone its working days end in: America/New_York"),
})  # fmt: skip
CLOCK = Block({
    "title": Part(w.TEXT, "what people call it", needed=True),
    "tell": Part(w.TEXT, "whom to tell", needed=True),
    "within": Part(w.DURATION, "how long: 72 hours"),
    "deadline": Part(w.TEXT, "the deadline in the source's own words"),
    "counted-from": Part(w.TEXT, "the moment it counts from"),
    "anchor-text": Part(w.TEXT, "that moment in the source's own words"),
    "chained-on": Part(w.ID, "the clock that must be submitted before"),
    "source": Part(w.TEXT, "the law or contract", needed=True),
    "source-kind": Part(w.SURENESS, "how sure the source is: primary when the text itself was read"),
    "no-later-than": Part(w.DURATION, "a second limit with its own anchor: 24 hours of awareness"),
    "ask-when": Part(w.CONDITION, "the facts that ask for this clock: personal-data is not no"),
    "decided-by": Part(_IDS, "the roles that may start or dismiss it; legal when left out"),
    "checked-on": Part(w.DATED, "when somebody last read the source"),
})  # fmt: skip
DIVISION = Block({
    "title": Part(w.TEXT, "what people call it", needed=True),
    "say": Part(w.TEXT, "what it decides, and what it does not", needed=True),
    "roles": Part(_IDS, "the roles it fills"),
})  # fmt: skip
AUDIENCE = Block({
    "title": Part(w.TEXT, "what a copy for them says: for the board", needed=True),
    "includes": Part(Many(Word("a sensitivity", known=w.SENSITIVITIES), or_one=True), "whose words are told; normal ones when left out"),
    "people": Part(Word("names or roles", known=("names", "roles")), "names, or the roles they held"),
    "tells": Part(Many(Word("a part of the summary", known=tuple(PARTS)), or_one=True), "the parts of the summary; all when left out"),
})  # fmt: skip
HOURS = Block({
    "days": Part(Many(w.WEEKDAYS, or_one=True), "monday to friday"),
    "from": Part(w.TIME, "09:00"),
    "to": Part(w.TIME, "17:00"),
})  # fmt: skip
OVERRIDE = Block({
    "when": Part(w.CONDITION, "the facts that raise the level", needed=True),
    "level": Part(w.ID, "the level it is raised to", needed=True),
    "because": Part(w.TEXT, "the reason", needed=True),
})  # fmt: skip
PROTECTED = Block({
    "word": Part(w.TEXT, "the word or phrase", needed=True),
    "because": Part(w.TEXT, "why it is not used lightly", needed=True),
})  # fmt: skip

POLICY = Block({
    "crisisdesk": _header("policy"),
    **_IDENTITY,
    "organisation": Part(w.TEXT, "the organisation's name as the public knows it", needed=True),
    **_texts(purpose="what the policy is for", scope="what it covers"),
    "time-zone": Part(w.TEXT, "Europe/London", needed=True),
    "working-hours": Part(HOURS, "when the office works"),
    "regions": Part(Named(REGION, w.ID), "regions whose law, language and holidays differ"),
    "roles": Part(Named(ROLE, w.ID), "the parts people take", needed=True),
    "divisions": Part(Named(DIVISION, w.ID), "the parts of the organisation with a say: marketing, legal, hr"),
    "channels": Part(Named(CHANNEL, w.ID), "where words are published"),
    "severity": Part(Named(LEVEL, w.ID), "the levels, worst first", needed=True),
    "overrides": Part(Many(OVERRIDE), "facts that raise the level whatever the volume"),
    "facts": Part(Named(QUESTION, w.ID), "what is asked in every incident"),
    "approvals": Part(Named(w.TEXT), "the rules of approval"),
    "clocks": Part(Named(CLOCK, w.ID), "deadlines set by law or contract"),
    "protected-words": Part(Many(PROTECTED), "words not used lightly"),
    "conduct": Part(Named(w.TEXT), "conduct, a heading and its text each"),
    "review-every": Part(w.DURATION, "how often policy and playbooks are reviewed: 6 months"),
    "audiences": Part(Named(AUDIENCE, w.ID), "copies of the summary, by whom they are for"),
    "evidence": Part(Block({"largest-file": Part(w.SIZE, "25 MB")}), "limits of evidence"),
}, what="the policy")  # fmt: skip

PERSON = Block({
    "roles": Part(_IDS, "the roles this person can take"),
    "contact": Part(w.TEXT, "how to reach them first"),
    "contacts": Part(Named(w.TEXT), "ways to reach them, by name: phone, email"),
    **_texts(phone="a number", email="an address", note="anything that helps at night"),
    "time-zone": Part(w.TEXT, "where they are: Europe/Berlin"),
    "languages": Part(_TEXTS, "language codes: [de, fr]"),
})  # fmt: skip
PEOPLE = Block({
    "crisisdesk": _header("people"),
    "reviewed": _IDENTITY["reviewed"],
    "people": Part(Named(PERSON), "each person under their name", needed=True),
}, what="this file")  # fmt: skip

SHAPES: dict[str, Shape] = {"policy": POLICY, "playbook": PLAYBOOK, "common": COMMON, "people": PEOPLE}
"""The shape of each kind of file."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file, for editors; the desk itself checks more."""
    return {
        kind: {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": f"CrisisDesk {kind}",
            **shape.schema(),
        }
        for kind, shape in SHAPES.items()
    }
