"""The talk: which incident, which step, what to do with it. One question at a time, and after each answer what was saved."""

from crisisdesk.desk import NO_MANNER, Desk, JournalTrouble, Speaker
from crisisdesk.domain import intents
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.text import name_key
from crisisdesk.plain import reading
from crisisdesk.plain.asking import chosen, fill
from crisisdesk.plain.dialogue import Dialogue, Left, Stopped
from crisisdesk.plain.incident import IncidentTalk
from crisisdesk.ui.fields import Choice, Field

LAST = 10
"""Incidents that are read, the newest; an older one is opened by its key."""


class Talk:
    """One person's talk with the desk."""

    def __init__(
        self, desk: Desk, speaker: Speaker, dialogue: Dialogue, *, role: str = "", sample: bool = False
    ) -> None:
        """Take the desk, who talks to it, and how."""
        self._desk, self._speaker, self._dialogue = desk, speaker, dialogue
        self._role, self._sample = role, sample

    def begin(self, open_at: str = "") -> int:
        """Talk until somebody leaves; returns the exit code."""
        try:
            self._dialogue.say(
                f"CrisisDesk, line by line. You are {self._speaker.author}. Type quit to leave; everything is saved at once."
            )
            if open_at:
                self._incident(open_at)
            self._incidents()
        except (Left, Stopped):
            pass
        except JournalTrouble as trouble:
            self._dialogue.say(trouble.sentence, trouble.remedy)
            return 1
        self._dialogue.say("", "Everything that was said to be saved is saved. Goodbye.")
        return 0

    def _incidents(self) -> None:
        """Read the incidents, and open the one that is chosen, over and over."""
        told = False
        while True:
            rows = self._desk.incidents()
            if not told:
                self._dialogue.say("", "No incidents." if not rows else "Incidents:")
                self._dialogue.choose([reading.on_desk(row) for row in rows[:LAST]])
            told = True
            typed = self._dialogue.ask(
                "Type a number or a key such as INC-0001 to open one, n to declare, or quit."
            )
            said = name_key(typed)
            if said in ("n", "new", "declare"):
                told = self._declare() is None
            elif said in ("q", "quit", "leave", "exit"):
                raise Left
            elif not said or said in ("read", "again", "list", "?"):
                told = False
            elif number := chosen(typed, [row.key for row in rows[:LAST]]):
                self._incident(rows[number - 1].key)
                told = False
            else:
                self._incident(typed.strip())

    def _declare(self) -> str | None:
        """Ask what happened and by which playbook, declare, and open it; None when the person went back."""
        typed = self._dialogue.ask("What happened? One line is enough, or back.")
        if name_key(typed) in ("", "back"):
            return None
        ranked, titles = self._desk.offered(typed)
        choices = tuple(
            Choice(one.name, titles.get(one.name, one.name), ", ".join(one.reasons)) for one in ranked
        )
        fields = [
            Field(
                "playbook",
                "By which playbook? The best fit is first.",
                "choice",
                required=True,
                choices=choices,
                value=ranked[0].name if ranked else "",
            )
        ]
        answers = fill(self._dialogue, fields, {}, lambda _: None)
        if answers is None:
            return None
        saved = self._desk.declare(
            intents.Declare(typed, "", "", ""), answers["playbook"], self._speaker, NO_MANNER
        )
        if isinstance(saved, Refused):
            self._refused(saved)
            return None
        key = saved.case.state.label
        self._dialogue.say(
            f"Declared {key}. Everything not said yet is unknown; type facts to answer what you know."
        )
        self._incident(key)
        return key

    def _incident(self, key: str) -> None:
        """Talk about one incident until the person goes back."""
        found = self._desk.case(key)
        if isinstance(found, Refused):
            self._refused(found)
            return
        IncidentTalk(
            self._desk, self._speaker, self._dialogue, found, role=self._role, sample=self._sample
        ).talk()

    def _refused(self, refused: Refused) -> None:
        self._dialogue.say(f"{refused.sentence} {refused.remedy}".strip())
