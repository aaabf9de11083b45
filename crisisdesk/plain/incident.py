"""One incident, talked about until the person goes back: where they are, what is chosen there, and the commands."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from crisisdesk.desk import NO_MANNER, Case, Desk, JournalTrouble, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.runbook import said as answered
from crisisdesk.domain.text import name_key, one_line
from crisisdesk.domain.timeline import build
from crisisdesk.plain import reading
from crisisdesk.plain.asking import chosen, fill
from crisisdesk.plain.dialogue import Dialogue, Left, Stopped
from crisisdesk.plain.finding import find
from crisisdesk.plain.going import ELSEWHERE, PLACES, PlainTexts
from crisisdesk.plain.places import LAST, load
from crisisdesk.ui.command import RUNBOOK, Command, name_of, of_screen
from crisisdesk.ui.commands import BY_ID, heading
from crisisdesk.ui.entering import entered
from crisisdesk.ui.fields import Field, Values
from crisisdesk.ui.saving import carry_out, passed_by_saving_again, said_of, warnings_of
from crisisdesk.ui.subject import Subject
from crisisdesk.ui.undoing import way_back

ALWAYS = "Type a command, ? for what there is, back, or quit."


class IncidentTalk:
    """A talk about one incident."""

    def __init__(
        self,
        desk: Desk,
        speaker: Speaker,
        dialogue: Dialogue,
        case: Case,
        *,
        role: str = "",
        sample: bool = False,
    ) -> None:
        """Take the desk, who talks, how, and the incident as it stands."""
        self._desk, self._speaker, self._dialogue = desk, speaker, dialogue
        self._role, self._sample = role, sample
        self._key, self._seen = case.state.label, case.state.seq
        self._place = load(RUNBOOK, desk, case, desk.now())
        self._chosen = self._place.first

    def talk(self) -> None:
        """Read the incident, and do what is asked until the person goes back. Raises Left when they leave."""
        case = self._case()
        self._dialogue.say("", *reading.incident(case, self._desk.now()))
        self._go(RUNBOOK, case)
        going = True
        while going:
            self._case()
            try:
                typed = self._dialogue.ask("What now?" if self._place.name == RUNBOOK else ALWAYS)
                going = self._heard(typed, self._case())
            except Stopped:
                self._dialogue.say("Nothing of that was saved. Type quit to leave.")

    def _heard(self, typed: str, case: Case) -> bool:
        """Carry out what was typed; returns False when the person leaves the incident."""
        said, words = name_key(typed), name_key(typed).split()
        if said in ("q", "quit", "leave", "exit"):
            raise Left
        if said == "back":
            if self._place.name == RUNBOOK:
                return False
            self._go(RUNBOOK, case)
        elif not said:
            self._enter(case)
        elif said in ("read", "again"):
            self._read()
        elif said == "next" and self._place.name == RUNBOOK:
            self._go(RUNBOOK, case)
        elif said in ("steps", "list"):
            self._list()
        elif said in ("?", "help"):
            self._help(case)
        elif said.isdecimal():
            self._choose(int(said))
        elif words[0] == "timeline" and len(words) == 2 and words[1].isdecimal():
            self._go("timeline", case, int(words[1]))
        else:
            self._command(typed, case)
        return True

    def _go(self, name: str, case: Case, many: int = LAST) -> None:
        """Go to a place and read it."""
        self._place = load(name, self._desk, case, self._desk.now(), many)
        self._chosen = self._place.first
        self._dialogue.say("", *self._place.heading)
        if name == RUNBOOK:
            self._dialogue.say(*reading.marks(case, sample=self._sample))
            self._read()
        else:
            self._list()

    def _again(self, case: Case) -> None:
        """Read the place anew after something was saved, and stay at the same thing where it is still there."""
        name, number = self._place.name, self._chosen
        before = self._place.things[number].about.get("step") if self._place.things else None
        self._place = load(name, self._desk, case, self._desk.now(), max(LAST, len(self._place.things)))
        after = case.state.steps.get(before.step.id) if before else None
        if name == RUNBOOK and (after is None or after.settled):
            self._chosen = self._place.first
            if self._place.things:
                self._dialogue.say("", "Next:")
                self._read()
        else:
            self._chosen = min(number, max(0, len(self._place.things) - 1))

    def _read(self) -> None:
        """Read the chosen thing whole."""
        self._dialogue.say(
            *(self._place.things[self._chosen].whole if self._place.things else ["There is nothing here."])
        )

    def _list(self) -> None:
        """Read everything of the place, a line each."""
        self._dialogue.choose([thing.row for thing in self._place.things])
        self._dialogue.say(
            "There is nothing here." if not self._place.things else "A number reads one of them whole."
        )

    def _choose(self, number: int) -> None:
        if not 1 <= number <= len(self._place.things):
            self._dialogue.say(f"There is no number {number} here. Type list to hear them.")
            return
        self._chosen = number - 1
        self._read()

    def _enter(self, case: Case) -> None:
        """Do what enter does with a step; elsewhere read the chosen thing again."""
        known = self._subject(case).step
        if known is None:
            self._read()
        else:
            self._perform(BY_ID[entered(case.state, known).command], self._subject(case), {})

    def _help(self, case: Case) -> None:
        """Say what can be done here, and what cannot and why."""
        subject = self._subject(case)
        for command in of_screen(self._place.name):
            why = command.why_not(subject)
            self._dialogue.say(
                f"{command.title}, key {name_of(command)}: {'not now. ' + why if why else command.help}"
            )
        self._dialogue.say(
            "Also: read, next, list, a number, timeline 30, back, quit. Enter does what the step asks for."
        )

    # Commands

    def _command(self, typed: str, case: Case) -> None:
        """Carry out the command that fits what was typed."""
        found = find(typed, of_screen(self._place.name))
        if not found:
            self._dialogue.say(f"'{one_line(typed, 40)}' is no command here. Type ? to hear what there is.")
        elif len(found) > 1:
            self._dialogue.say(
                "Which one? " + ", ".join(f"{each.title} ({name_of(each)})" for each in found[:8])
            )
        else:
            self._perform(found[0], self._subject(case), {})

    def _perform(self, command: Command, subject: Subject, said: Mapping[str, str]) -> None:
        """Go where a command goes, or ask what it needs and save."""
        if why := command.why_not(subject):
            self._dialogue.say(f"{command.title}: {why}")
        elif command.go:
            self._gone(command, subject)
        else:
            self._ask_and_save(command, subject, said)

    def _gone(self, command: Command, subject: Subject) -> None:
        case = subject.case
        assert case is not None  # noqa: S101 - an incident is open
        if command.go in PLACES:
            self._go(PLACES[command.go], case)
        elif command.go == "facts":
            self._facts(case)
        elif command.go == "undo":
            self._undo(case)
        elif command.go == "help":
            self._help(case)
        elif text := PlainTexts(self._desk, case, self._speaker.author).of(command.go):
            self._dialogue.say(text)
        else:
            instead = ELSEWHERE.get(command.go, "That is only on the screen.")
            self._dialogue.say(instead.replace("INC", case.state.label))

    def _undo(self, case: Case) -> None:
        """Offer the way back from what this person wrote last."""
        mine = name_key(self._speaker.author)
        entries = self._desk.entries(case, max(0, case.state.seq - 300))
        own = [item for item in build(entries, case.state) if name_key(item.author) == mine]
        if not own:
            self._dialogue.say("You have written nothing here lately.")
            return
        item = max(own, key=lambda each: each.seq)
        way = way_back(item)
        self._dialogue.say(f"#{item.seq}, {item.title}: {way.words}")
        if way.command:
            subject = self._subject(case)._replace(item=item, step=case.state.steps.get(item.step))
            self._perform(BY_ID[way.command], subject, dict(way.said))

    def _facts(self, case: Case) -> None:
        """Read the facts, and answer the one that is chosen."""
        state = case.state
        names = list(state.questions)
        self._dialogue.choose(
            [f"{state.questions[name].ask} {answered(state.facts.get(name, 'unknown'))}." for name in names]
        )
        while True:
            typed = self._dialogue.ask("Which number will you answer? Enter goes back.")
            if name_key(typed) in ("", "back"):
                return
            number = chosen(typed, [state.questions[name].ask for name in names])
            if not number:
                self._dialogue.say(f"Type a number from 1 to {len(names)}, or back.")
                continue
            name = names[number - 1]
            answers = state.questions[name].answers
            value = self._dialogue.ask(
                f"{state.questions[name].ask} {'Answer: ' + ', '.join(answers) + ', or unknown.' if answers else ''}"
            )
            if not value.strip():
                continue
            saved = self._desk.act(state.label, intents.AnswerFact(name, value), self._speaker, NO_MANNER)
            self._refused(saved) if isinstance(saved, Refused) else self._told(saved)

    def _ask_and_save(self, command: Command, subject: Subject, given: Mapping[str, str]) -> None:
        fields = command.fields(subject) if command.fields else []
        key = subject.case.state.label if subject.case else ""
        about = (command.id, key, subject.named)
        person, beside = self._speaker.author, self._desk.beside
        self._dialogue.say(heading(subject, command))
        draft = {**beside.draft(person, *about), **given}

        def kept(values: Values) -> None:
            beside.keep_draft(values, person, *about)

        asked = ""
        while True:
            values = self._filled([field for field in fields if field.name not in given], draft, kept)
            if values is None:
                return
            values = {**{field.name: field.value for field in fields}, **values, **given}
            saved = carry_out(self._desk, command, subject, values, self._speaker, asked)
            if not isinstance(saved, Refused):
                beside.keep_draft({}, person, *about)
                self._told(saved)
                return
            self._refused(saved)
            if not fields:
                return
            asked, draft = (saved.sentence if passed_by_saving_again(saved) else ""), values
            if (
                name_key(
                    self._dialogue.ask(
                        "Enter tries again, with what you typed offered once more. back leaves it."
                    )
                )
                == "back"
            ):
                return

    def _filled(self, fields: list[Field], draft: Values, kept: Callable[[Values], None]) -> Values | None:
        try:
            return fill(self._dialogue, fields, draft, kept)
        except Stopped:
            self._dialogue.say("Not saved. What you typed is kept for the next time.")
            return None

    def _told(self, saved: Saved) -> None:
        """Say what was saved, and what should not be overlooked; then what is next."""
        self._seen = saved.case.state.seq
        self._dialogue.say(said_of(saved, self._speaker.author))
        for warning in warnings_of(self._desk, saved):
            self._dialogue.say(f"WARNING: {warning}")
        self._again(saved.case)

    def _refused(self, refused: Refused) -> None:
        self._dialogue.say(f"Not saved. {refused.sentence} {refused.remedy}".strip())

    # What it is about

    def _subject(self, case: Case) -> Subject:
        """Return what a command is about: the thing that is chosen."""
        now: datetime = self._desk.now()
        about: dict[str, Any] = dict(self._place.shared)
        if self._place.things:
            about |= self._place.things[self._chosen].about
        return Subject(case, None, None, self._speaker.author, now, usual_role=self._role)._replace(**about)

    def _case(self) -> Case:
        """Return the incident as it stands, and tell first what others wrote since the last question."""
        found = self._desk.case(self._key)
        if isinstance(found, Refused):
            raise JournalTrouble(found.sentence, found.remedy)
        if found.state.seq > self._seen:
            new = [
                item
                for item in build(self._desk.entries(found, self._seen), found.state)
                if item.author != self._speaker.author
            ]
            now = self._desk.now()
            self._dialogue.say(*(f"Meanwhile: {reading.entry(found, item, now)}" for item in new[-LAST:]))
            self._seen = found.state.seq
            if new:
                chosen_before = self._chosen
                self._place = load(
                    self._place.name, self._desk, found, now, max(LAST, len(self._place.things))
                )
                self._chosen = min(chosen_before, max(0, len(self._place.things) - 1))
        return found
