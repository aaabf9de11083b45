"""The rules that finishing a step can pass over: each with its name in the log, its sentence, and what to do.

The desk never refuses to write down what has happened. With ``--already`` and a reason a passed rule is a deviation.
"""

from collections.abc import Mapping
from typing import NamedTuple

from crisisdesk.domain.approvals import missing, ratification, says_a_statement, words_out
from crisisdesk.domain.decide.finding import title
from crisisdesk.domain.decide.records import missing_records
from crisisdesk.domain.decide.ruling import Refused
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import anchored_to_closing, held, waits_for, why_not, why_waiting

SAY_SO = 'If it has already happened, say so: --already --because "…" (kept as a deviation).'


class Passed(NamedTuple):
    """A rule that is passed over: its name, as the entry keeps it, and the sentence that refuses it."""

    name: str
    refusal: Refused


class Finish(NamedTuple):
    """How a step is to be finished: by whom, with which values, which option, confirmed by whom."""

    person: str
    record: Mapping[str, str] = {}
    option: str = ""
    confirmed_by: str = ""
    read_back: str = ""


def order_passed(state: Incident, known: StepState) -> list[Passed]:
    """Return the rules of order that beginning or finishing a step now would pass over."""
    named, passed = f"'{title(known)}'", []
    if state.status == "closed" and not anchored_to_closing(known):
        passed.append(Passed("after closing", Refused(f"{state.label} is closed.", SAY_SO)))
    if held(state, known):
        text = f"A legal hold is on: {known.step.protects}. {named} waits until legal releases it."
        passed.append(Passed("under legal hold", Refused(text, SAY_SO)))
    if not known.applies:
        passed.append(
            Passed("not applicable", Refused(f"{named} does not apply: {why_not(state, known)}.", SAY_SO))
        )
    if waits_for(state, known):
        passed.append(Passed("out of order", Refused(f"{named} comes {why_waiting(state, known)}.", SAY_SO)))
    return passed


def finish_passed(state: Incident, known: StepState, finish: Finish) -> list[Passed]:
    """Return every rule that finishing a step in this way would pass over."""
    passed = order_passed(state, known)
    if names := missing_records(known, finish.record):
        flags = " ".join(f'--record "{name}=…"' for name in names)
        refusal = Refused(f"'{title(known)}' asks for: {', '.join(names)}.", f"Add {flags}. {SAY_SO}")
        passed.append(Passed("record missing", refusal))
    if known.step.kind == "capture" and not known.evidence:
        passed.append(Passed("no evidence", _nothing_captured(state, known)))
    if says_a_statement(known) and not words_out(state, known):
        passed.append(Passed("no statement published", _nothing_said(state, known)))
        return passed
    if unconfirmed := _unconfirmed(known, finish):
        passed.append(Passed("not confirmed", unconfirmed))
    roles = missing(state, known, finish.person, finish.option)
    if roles and ratification(known) is None:
        passed.append(Passed("not approved", _unapproved(state, known, finish, roles)))
    return passed


def _nothing_said(state: Incident, known: StepState) -> Refused:
    name, place = known.step.statement, known.step.on[0] if known.step.on else "x"
    return Refused(
        f"'{title(known)}' is done when its words are approved and out; nothing of '{name}' is.",
        f"Draft it: crisisdesk statement draft {state.label} {name} --channel {place}; then submit, approve, publish. {SAY_SO}",
    )


def _nothing_captured(state: Incident, known: StepState) -> Refused:
    return Refused(
        f"'{title(known)}' is done when a picture, a file or a link is attached to it; nothing is yet.",
        f"Attach it: crisisdesk attach {state.label} FILE --step {known.step.id}. "
        'Was it gone before anybody could? Say so: --already --because "…" (kept as a deviation).',
    )


def _unconfirmed(known: StepState, finish: Finish) -> Refused | None:
    if not known.step.confirmed_by or (
        finish.confirmed_by and (finish.read_back or not known.step.read_back)
    ):
        return None
    seen = f" and reads back {known.step.read_back}" if known.step.read_back else ""
    how = ' --read-back "…"' if known.step.read_back else ""
    return Refused(
        f"'{title(known)}' counts only when {known.step.confirmed_by} confirms it{seen}.",
        f"Add --confirmed-by NAME{how}. {SAY_SO}",
    )


def _unapproved(state: Incident, known: StepState, finish: Finish, roles: tuple[str, ...]) -> Refused:
    wanted = " and ".join(roles)
    option = f' "{finish.option}"' if finish.option else ""
    return Refused(
        f"'{title(known)}' needs the approval of {wanted}; whoever records it does not count.",
        f"They approve with: crisisdesk approve {state.label} {known.step.id}{option}. By phone: --for NAME --by phone. {SAY_SO}",
    )
