"""From what was typed to what is saved: the same for every face of the desk, and nothing here draws."""

from pathlib import Path
from typing import cast

from crisisdesk.desk import NO_MANNER, Desk, JournalTrouble, Manner, Saved, Speaker, When
from crisisdesk.desk.claims import fact_sheet
from crisisdesk.domain.claims import carried
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.decide.lifecycle import left_waiting
from crisisdesk.domain.entries import Sensitivity
from crisisdesk.domain.intents import Attach, Intent
from crisisdesk.domain.runbook import title_of as step_title
from crisisdesk.domain.runbook import zone
from crisisdesk.domain.sentences import Naming
from crisisdesk.domain.sentences import title_of as sentence_of
from crisisdesk.domain.text import one_line
from crisisdesk.ui.asking import Unreadable, moment
from crisisdesk.ui.command import Command
from crisisdesk.ui.fields import SENSITIVITY, Values
from crisisdesk.ui.subject import Subject


def carry_out(
    desk: Desk, command: Command, subject: Subject, values: Values, speaker: Speaker, asked: str = ""
) -> Saved | Refused:
    """Save what a form holds, on the desk's thread; or say why not, with nothing written.

    ``asked`` is the sentence of the refusal before this: where it comes again, the person saved all the same, and
    means it.
    """
    assert command.intent is not None  # noqa: S101 - every command goes somewhere or has an intent; a test walks them
    try:
        intent = command.intent(subject, values)
        manner = _manner(subject, values)
        saved = _act(desk, subject, intent, manner, values, speaker)
        if isinstance(saved, Refused) and saved.sentence == asked:
            meant = {"replace": True} if "replace" in intent._fields else {}
            again = intent._replace(**meant)  # type: ignore[arg-type]  # a field it has
            saved = _act(desk, subject, again, manner._replace(new_name=True), values, speaker)
    except Unreadable as wrong:
        return Refused(str(wrong))
    except JournalTrouble as trouble:
        return Refused(f"Not saved: {trouble.sentence}", trouble.remedy)
    return saved


def passed_by_saving_again(refused: Refused) -> bool:
    """Tell whether a refusal is a question that saving again answers: the command line has a flag for it."""
    return any(flag in refused.remedy for flag in ("--new-name", "--replace"))


def said_of(saved: Saved, person: str) -> str:
    """Say what was saved, in the timeline's own words, and what should not be overlooked, in one line."""
    last, case = saved.entries[-1], saved.case
    steps = {step: step_title(known, case.words) for step, known in case.state.steps.items()}
    naming = Naming(case.state, steps, zone(case.state.policy))
    others = {entry.header.author for entry in saved.meanwhile} - {person}
    parts = [f"Saved #{last.seq}: {sentence_of(last.event, naming)}."]
    parts += [
        f"Deviation: {deviation}."
        for entry in saved.entries
        if (deviation := getattr(entry.event, "deviation", ""))
    ]
    parts += [f"Meanwhile {' and '.join(sorted(others))} wrote."] if others else []
    if last.header.kind == "stood-down":
        left = left_waiting(case.state)  # the sentence itself says how many steps are open
        parts += [f"Still open: {', '.join(left)}."] if left else []
    return one_line(" ".join(parts))


def warnings_of(desk: Desk, saved: Saved) -> list[str]:
    """Return a warning for each claim that is not confirmed, and that was just said to somebody."""
    case, last = saved.case, saved.entries[-1]
    if not case.state.claims or last.header.kind not in ("update-sent", "enquiry-answered"):
        return []
    said = last.words.get("text", "") or last.words.get("line", "")
    return [
        one_line(f"This carries claim #{claim.seq}, which is {claim.standing.upper()}: {claim.text}")
        for claim in carried(said, fact_sheet(desk, case))
    ]


def _manner(subject: Subject, values: Values) -> Manner:
    occurred = moment(subject, values.get("occurred", ""), "past")
    when = When(occurred, late_because=values.get("late_because", "").strip())
    seen = subject.case.state.seq if subject.case else 0
    closer = cast("Sensitivity", values.get(SENSITIVITY) or "normal")
    return NO_MANNER._replace(when=when, seen=seen, sensitivity=closer)


def _act(
    desk: Desk, subject: Subject, intent: Intent, manner: Manner, values: Values, speaker: Speaker
) -> Saved | Refused:
    key = subject.case.state.label if subject.case else ""
    if whose := values.get("for_whom", "").strip():
        speaker = speaker._replace(on_behalf_of=whose, relayed_by=values.get("by", "").strip())
    if isinstance(intent, Attach) and "://" not in intent.link:
        return desk.attach_file(key, Path(values["target"].strip()).expanduser(), speaker, manner, intent)
    return desk.act(key, intent, speaker, manner)
