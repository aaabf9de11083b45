"""What the commands of the statements ask: drafting, editing, submitting, approving, publishing."""

from crisisdesk.domain import intents
from crisisdesk.domain.claims import RETRACTED, STANDINGS, carried
from crisisdesk.domain.incident import Draft
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.statements import SHORT, length_on, prepared, protected_words
from crisisdesk.ui.asking import Unreadable, case_of, relayed, when_fields
from crisisdesk.ui.fields import Choice, Field, Values
from crisisdesk.ui.subject import Subject


def draft_of(subject: Subject) -> Draft:
    """Return the selected draft."""
    if subject.draft is None:
        raise Unreadable("No statement is selected.")
    return subject.draft


def needs_draft(subject: Subject) -> str:
    """Say that nothing is drafted, or nothing."""
    return "" if subject.draft else "Nothing is drafted yet; n begins."


def new_fields(subject: Subject) -> list[Field]:
    """Ask which of the playbook's statements, for which channel, in which language."""
    state = case_of(subject).state
    prepared_ones = tuple(
        Choice(name, one.title or name)
        for playbook in state.playbooks
        for name, one in playbook.statements.items()
    )
    channels = tuple(Choice(one.id, one.title) for one in state.policy.channels.values())
    languages = dict.fromkeys(code for region in state.policy.regions.values() for code in region.languages)
    tongues = (Choice("", "As the playbook has it"), *(Choice(code, code) for code in languages))
    return [
        Field("statement", "Which statement", "choice", required=True, choices=prepared_ones),
        Field("channel", "For which channel", "choice", required=True, choices=channels),
        Field("language", "In which language", "choice", choices=tongues),
    ]


def new_intent(subject: Subject, values: Values) -> Intent:
    """Return the first draft, from the playbook's words."""
    if prepared(case_of(subject).state, values["statement"]) is None:
        raise Unreadable("Choose one of the statements.")
    return intents.DraftStatement(values["statement"], values["channel"], values["language"])


def needs_blanks(subject: Subject) -> str:
    """Say that there is no blank to fill, or nothing."""
    return needs_draft(subject) or (
        "" if draft_of(subject).holes else "It has no blanks; e changes the text."
    )


def fill_fields(subject: Subject) -> list[Field]:
    """Ask for every blank of the selected draft."""
    return [Field(f"blank: {hole}", hole.capitalize(), required=True) for hole in draft_of(subject).holes]


def fill_intent(subject: Subject, values: Values) -> Intent:
    """Return the next version: the words as they are, their blanks filled."""
    one = draft_of(subject)
    given = {
        name.removeprefix("blank: "): value for name, value in values.items() if name.startswith("blank: ")
    }
    return intents.DraftStatement(one.statement, one.channel, one.language, subject.text, values=given)


def edit_fields(subject: Subject) -> list[Field]:
    """Ask for the text as it should read; every edit voids the approvals."""
    return [
        Field(
            "text",
            "The exact text; {{…}} are blanks still to fill",
            "text",
            required=True,
            value=subject.text,
            watch=lambda text: said_of(subject, text),
        ),
        Field("base", "", "hidden", value=draft_of(subject).text_hash),
    ]


def said_of(subject: Subject, text: str) -> str:
    """Say of a text as it is typed: its length as the channel counts, words not used lightly, claims that are not confirmed."""
    state, one = case_of(subject).state, draft_of(subject)
    channel = state.policy.channels.get(one.channel)
    length, limit = length_on(state, one.channel, text.strip()), channel.limit if channel else 0
    over = f", {length - limit} too many" if limit and length > limit else ""
    parts = [f"{length} of {limit}{over}" if limit else f"{length}"]
    parts += [f"'{word}' is not used lightly: {why}" for word, why in protected_words(state, text)]
    parts += [f"claim #{claim.seq} is {claim.standing.upper()}" for claim in carried(text, subject.claims)]
    return "; ".join(parts)


def edit_intent(subject: Subject, values: Values) -> Intent:
    """Return the new version."""
    one = draft_of(subject)
    return intents.DraftStatement(
        one.statement, one.channel, one.language, values["text"].strip(), base=values["base"]
    )


def submit_intent(subject: Subject, _: Values) -> Intent:
    """Return the submission of the selected draft."""
    one = draft_of(subject)
    return intents.SubmitStatement(one.statement, one.channel, one.language)


def approve_fields(subject: Subject) -> list[Field]:
    """Ask whose approval it is; it is of exactly the version that is shown."""
    one = draft_of(subject)
    return [
        *relayed(),
        Field(
            "because", f"Remark; approved is version {one.version} ({one.text_hash[:SHORT]}), word for word"
        ),
    ]


def approve_intent(subject: Subject, values: Values) -> Intent:
    """Return the approval of the version that was shown."""
    one = draft_of(subject)
    return intents.ApproveStatement(one.statement, (one.text_hash,), values["because"])


def changes_intent(subject: Subject, values: Values) -> Intent:
    """Return the wish for changes to the version that was shown."""
    one = draft_of(subject)
    return intents.AskChanges(one.statement, (one.text_hash,), values["because"])


def publish_fields(_: Subject) -> list[Field]:
    """Ask for the link, and where a rule was passed for the reason."""
    return [
        Field("link", "Where it can be seen (the link)"),
        Field("because", "If it went out past a rule: why (kept as a deviation)"),
        *when_fields(),
    ]


def publish_intent(subject: Subject, values: Values) -> Intent:
    """Return the publication of the version that was shown."""
    one, because = draft_of(subject), values["because"].strip()
    return intents.PublishStatement(
        one.statement,
        one.channel,
        one.language,
        one.text_hash,
        values["link"],
        already=bool(because),
        because=because,
    )


def withdraw_intent(subject: Subject, values: Values) -> Intent:
    """Return the withdrawal of the selected statement."""
    one = draft_of(subject)
    return intents.WithdrawStatement(one.statement, one.channel, one.language, because=values["because"])


def claim_fields(subject: Subject) -> list[Field]:
    """Ask which claim, how it stands, and how we know."""
    known = tuple(
        Choice(str(claim.seq), f"#{claim.seq} {claim.standing}: {claim.text}") for claim in subject.claims
    )
    standings = (*STANDINGS, RETRACTED)
    return [
        Field(
            "standing",
            "How it stands",
            "choice",
            required=True,
            choices=tuple(Choice(one, one) for one in standings),
        ),
        Field("claim", "Which claim", "choice", choices=(Choice("", "A new one, in words below"), *known)),
        Field("text", "The claim, as somebody would say it"),
        Field("source", "How we know, or who says so"),
        Field("because", "Why, if it is not to be said or is taken off"),
    ]


def claim_intent(_: Subject, values: Values) -> Intent:
    """Return the judgement of the chosen claim, or the new one."""
    return intents.JudgeClaim(
        values["standing"], values["text"], int(values["claim"] or 0), values["source"], values["because"]
    )
