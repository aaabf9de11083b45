"""What was seen, kept, said to somebody, or written down wrongly: notes, evidence, tellings, corrections."""

from crisisdesk.domain.decide.finding import find_step
from crisisdesk.domain.decide.ruling import Proposed, Refused, Ruling, recorded, words
from crisisdesk.domain.entries import EntryCorrected, EvidenceAttached, Header, NoteLogged, PersonTold
from crisisdesk.domain.incident import Incident
from crisisdesk.domain.intents import Act, Attach, Correct, LogNote, Tell
from crisisdesk.domain.times import stamp


def note(state: Incident, intent: LogNote, _: Act) -> Ruling:
    """Log a note; always possible, also after closing."""
    if not intent.text.strip():
        return Refused("The note is empty.", f'Write: crisisdesk note {state.label} "What you saw"')
    step = _named_step(state, intent.step)
    if isinstance(step, Refused):
        return step
    return (Proposed(NoteLogged(step), words(text=intent.text, source=intent.source.strip())),)


def attach(state: Incident, intent: Attach, _: Act) -> Ruling:
    """Attach a file within the policy's size, or a link."""
    step = _named_step(state, intent.step)
    if isinstance(step, Refused):
        return step
    if not intent.sha256 and not intent.link.strip():
        return Refused("There is nothing to attach.", "Name a file or a link.")
    if intent.size > state.policy.largest_file:
        return Refused(
            f"'{intent.name}' has {intent.size / 1e6:.1f} MB; the policy allows {state.policy.largest_file / 1e6:.0f} MB.",
            "Attach a smaller copy, or the link to where it is kept, and note who keeps the original.",
        )
    event = EvidenceAttached(intent.sha256, intent.size, intent.media_type, step)
    said = words(
        name=intent.name, link=intent.link.strip(), note=intent.note, tool=intent.tool.strip(),
        **{"original author": intent.original_author.strip(), "original time": intent.original_time.strip()},
    )  # fmt: skip
    return (Proposed(event, said),)


def tell(state: Incident, intent: Tell, _: Act) -> Ruling:
    """Log an attempt to tell somebody, reached or not."""
    if not intent.who.strip():
        return Refused(
            "Who was told?", f'Write: crisisdesk tell {state.label} "NAME" --by phone --reached yes'
        )
    if not intent.how.strip():
        return Refused(f"How was {intent.who} told?", "Add --by phone, or mail, or in person.")
    step = _named_step(state, intent.step)
    if isinstance(step, Refused):
        return step
    said = words(who=intent.who.strip(), how=intent.how.strip(), promised=intent.promised)
    return (Proposed(PersonTold(intent.reached, step), said),)


def correct(state: Incident, intent: Correct, act: Act) -> Ruling:
    """Correct an entry by a new one that names it; the original stays and stays readable."""
    target = intent.target
    if target is None or not 1 <= intent.seq <= state.seq:
        return Refused(
            f"{state.label} has no entry #{intent.seq}.", f"See them with: crisisdesk timeline {state.label}"
        )
    if target.kind == "entry-corrected":
        return Refused(
            f"#{intent.seq} is itself a correction of #{target.corrects}.",
            f"Correct #{target.corrects} again.",
        )
    if not (intent.text.strip() or intent.record or intent.happened):
        return Refused(
            "What is right instead?", "Give the right text, --record name=value, or --occurred TIME."
        )
    if refusal := _wrong_values(intent, target):
        return refusal
    if intent.happened and intent.happened > act.now:
        return Refused(
            "It cannot have happened at a time that is still to come.", "Give a time that has passed."
        )
    if not intent.because.strip():
        return Refused(f"Why is #{intent.seq} corrected?", 'Add the reason: --because "…"')
    value = _right_number(target, intent.text)
    if isinstance(value, Refused):
        return value
    happened = stamp(intent.happened) if intent.happened else ""
    said = words(text=intent.text, because=intent.because.strip()) | recorded(intent.record)
    from crisisdesk.domain.decide.clocks import restated  # a note need not load the clocks

    moved = restated(state, intent.seq, intent.happened) if intent.happened else ()
    return (Proposed(EntryCorrected(intent.seq, happened, target.step, value), said), *moved)


_OF_A_TELLING = ("who", "how", "reached", "promised")


def _wrong_values(intent: Correct, target: Header) -> Refused | None:
    """Refuse values that the corrected entry does not record."""
    if not intent.record or target.kind == "step-done":
        return None
    if target.kind != "person-told":
        return Refused(f"#{intent.seq} records no values.", "Give the right text, or --occurred TIME.")
    unknown = [name for name in intent.record if name not in _OF_A_TELLING]
    if unknown:
        return Refused(f"A telling records no '{unknown[0]}'.", f"It records: {', '.join(_OF_A_TELLING)}.")
    if intent.record.get("reached", "yes") not in ("yes", "no"):
        return Refused("Somebody is reached or not.", "Write: --record reached=yes, or reached=no")
    return None


def _right_number(target: Header, typed: str) -> float | Refused | None:
    """Return the number that stands in for a corrected figure's; None for another kind, or where only the time is wrong."""
    if target.kind != "figure-typed" or not typed.strip():
        return None
    import json

    from crisisdesk.domain.decide.facts import read_figure  # a note need not load the facts

    value = read_figure(json.loads(target.data)["figure"], typed)
    return (
        value._replace(remedy="A figure is corrected by its right number.")
        if isinstance(value, Refused)
        else value
    )


def _named_step(state: Incident, named: str) -> str | Refused:
    if not named:
        return ""
    known = find_step(state, named, latest=True)
    return known if isinstance(known, Refused) else known.step.id
