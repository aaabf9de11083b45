"""Where commands lead that only show something: places of the talk, texts to read, or the one-line command that does it."""

from crisisdesk.desk import Case, Desk
from crisisdesk.ui.command import CALLS, CLOCKS, PEOPLE, STATEMENTS, TIMELINE
from crisisdesk.ui.commands import hidden_reasons

PLACES = {"timeline": TIMELINE, "statements": STATEMENTS, "clocks": CLOCKS, "calls": CALLS, "people": PEOPLE}
"""Which place a command of the registry goes to."""

ELSEWHERE = {
    "add_playbook": 'Leave with quit, then type: crisisdesk add-playbook INC NAME --because "…"',
    "bring_in": 'See what changed with: crisisdesk changes INC. Bring it in with: crisisdesk bring-in INC NAME --because "…"',
    "export": "Write the summary with: crisisdesk export INC --to summary.md",
    "copy": "Everything here can be marked and copied by your terminal. A brief to send: crisisdesk brief INC --for-chat",
    "copy_chat": "A brief to send: crisisdesk brief INC --for-chat",
    "versions": "Every version is in: crisisdesk statement show INC NAME",
    "find": "Everything is in: crisisdesk timeline INC",
    "library": "See them with: crisisdesk playbook list",
    "sound": "There is no sound here.",
}
"""What does not fit into lines, and the command that does it; INC stands for the incident."""


class PlainTexts:
    """Texts that are read as they are exported."""

    def __init__(self, desk: Desk, case: Case, person: str) -> None:
        """Take whose incident, and who asks."""
        self._desk, self._case, self._person = desk, case, person

    def of(self, go: str) -> str:
        """Return the text behind a command, or nothing where it is none."""
        if go == "brief":
            from crisisdesk.domain.brief import brief
            from crisisdesk.reports.brief import as_text

            entries = self._desk.entries(self._case)
            return as_text(brief(self._case.state, entries, self._desk.now(), self._person, since=0), 76)
        if go == "review":
            from crisisdesk.domain.summary import summarise
            from crisisdesk.reports import render

            return render(
                summarise(self._desk.entries(self._case), self._case.state, self._desk.now()), "md"
            ).decode()
        if go == "policy":
            from crisisdesk.domain.paper import policy_paper
            from crisisdesk.reports.paper import draw

            return draw(policy_paper(self._case.state.policy), "txt", 76).decode()
        if go == "hidden":
            rows = [f"{title}: {why}" for title, why in hidden_reasons(self._case)]
            return "\n".join(rows) or "Every step applies."
        if go == "evidence":
            kept = self._desk.table(self._case, "evidence_kept")
            rows = [
                f"#{row['seq']}: {row['name'] or row['link']}, captured by {row['captured_by']}, {row['note']}"
                for row in kept
            ]
            return "\n".join(rows) or "Nothing is attached yet."
        return ""
