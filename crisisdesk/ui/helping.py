"""What help says: what each screen is for, what a step means, which keys work now, and how a terminal works."""

from typing import NamedTuple

from crisisdesk.domain.approvals import approvers, says_a_statement
from crisisdesk.domain.incident import Incident, StepState
from crisisdesk.domain.runbook import required, title_of
from crisisdesk.ui import command as registry
from crisisdesk.ui.asking import Unreadable
from crisisdesk.ui.command import Command, name_of
from crisisdesk.ui.commands import BY_ID
from crisisdesk.ui.subject import Subject


def key_of(name: str) -> str:
    """Return the key of a command as the registry has it."""
    return name_of(BY_ID[name])


ABOUT = {
    registry.DESK: "All incidents of this desk, and what was handed in. From here you declare one, or open one.",
    registry.RUNBOOK: "One incident, one phase at a time: the step to do now stands large, the others small.",
    registry.TIMELINE: "Everything that was written, in the order it happened. Here you correct an entry by a new one.",
    registry.REVIEW: "The summary, to go through: rate objectives, write findings and follow-ups, choose key moments (m in the timeline), write the file, sign it.",
    registry.CLOCKS: "Deadlines set by law: start one, say that it does not apply, log that the notice went out.",
    registry.LIBRARY: "Your playbooks: what is wrong in a file, and the runbook it gives.",
    registry.STATEMENTS: "The words that go out: draft them, have exactly that text approved, log where it was published.",
    registry.CALLS: "Who is still to be told, whom to call now, and who stands in when nobody answers.",
    registry.VERSIONS: "Two versions of a statement side by side: what went, what came, who approved which.",
    registry.BRIEF: "What the next person needs to know: read it, copy it, send it.",
    registry.INSIGHTS: "What the incidents so far say about the playbooks: late, skipped, held up; and what to weigh, with its file and line.",
    registry.PEOPLE: "Who holds which role. Take one, hand yours over, accept one that is offered to you.",
}
"""What a screen is for, in a sentence."""

FORM = (
    ("enter", "next answer; from the last one, save"),
    ("tab", "next answer, also out of a field of several lines"),
    ("shift+tab", "answer before"),
    ("↑ ↓", "choose in a list"),
    ("ctrl+s", "save now"),
    ("f2", "in a form of an incident: who may read it later"),
    ("esc", "leave; what you typed waits for you in the same form"),
)
"""The keys where something is typed, and a question mark is only a letter."""

TERMINAL = {
    "What you see": "A terminal is a window that shows text. Nothing on it is hidden: what you can do stands in the bottom line.",
    "Keys": "You press single keys, without a mouse: d means press d. A capital D means shift and d. ctrl+s means hold ctrl (on a Mac: "
             "control, not command) and press s. esc is at the top left of the keyboard. enter is the big one.",
    "Moving": "The arrow keys move the highlighted line. Page up, page down, home and end scroll a long text; so does the wheel of the mouse.",
    "Mouse": "It works: click a line to choose it, a key in the bottom line to press it, a line of the help (?) to do what it says; turn the wheel to scroll. You never need it.",
    "Copy": f"{key_of('copy-draft')} at the statements and {key_of('copy-brief')} at the brief copy the words, and keep them in a file too. For anything else: hold shift (on a Mac: option or fn), "
             "drag the mouse over the text, then ctrl+shift+c (on a Mac: command+c).",
    "Paste": "ctrl+shift+v (on a Mac: command+v; on Windows also the right mouse button). Several lines go into fields that have several lines.",
    "Small letters": "Hold ctrl and press + (on a Mac: command and +); ctrl and - makes them smaller. The desk redraws itself. "
                          "It needs 80 letters across and 24 lines.",
    "Saved": "Everything is on disk the moment the desk says Saved; there is no file to save. A mistake is corrected by a new entry: "
             f"{key_of('undo')} in an incident takes back what you wrote last.",
    "Leaving": "ctrl+q leaves the desk. It asks once when an incident is open, and nothing is lost. ctrl+c stops nothing here.",
    "Window closed": "Open a terminal again, type crisisdesk and press enter. Everything saved is there, and a half-typed form opens "
                              "with what you had typed.",
    "It looks stuck": "Press esc, once or twice. If nothing moves, close the window and open the desk again: nothing saved is lost.",
}  # fmt: skip
"""The page for somebody who has never used a terminal: a word, and what there is to know about it."""

_MODES = {
    "read-do": "READ-DO: read one line, do it, then read the next.",
    "do-confirm": "DO-CONFIRM: do it as you know it, then check each line before you record it.",
}
_KINDS = {
    "do": "Something to do. It counts as done when you record what it asks for.",
    "capture": "Keep the originals before anything changes: {attach} attaches a file or a link.",
    "decide": "A choice. It is kept with its reason, and with what was not known.",
    "tell": "People are told. {tell} logs every call or message, reached or not.",
    "say": "Words go out. {statements} opens them: draft, approval of exactly that text, what was published.",
    "pause": "Posting is stopped until somebody releases it. {freeze} pauses a queue.",
}


class Key(NamedTuple):
    """A command as help lists it: its key, its name, and what it does, or why it cannot be used now."""

    key: str
    title: str
    said: str
    action: str = ""
    """What a click on its line does, if anything."""


def sorted_keys(commands: list[Command], subject: Subject) -> tuple[list[Key], list[Key]]:
    """Return the keys that do something now, and those that do not, each with the reason."""
    now: list[Key] = []
    not_now: list[Key] = []
    for command in commands:
        try:
            why = command.why_not(subject)
        except Unreadable as nothing:
            why = str(nothing)
        action = "" if why else f"screen.command('{command.id}')"
        (not_now if why else now).append(Key(command.key, command.title, why or command.help, action))
    return now, not_now


def meaning(subject: Subject) -> list[tuple[str, str]]:
    """Return what the selected step means, label by label; nothing where none is selected."""
    case, known = subject.case, subject.step
    if case is None or known is None:
        return []
    state = case.state
    said = [
        ("Step", title_of(known, case.words)),
        ("Kind", _kind(known)),
        ("Who", _who(state, known)),
        ("Before it counts", _before(state, known)),
        ("It asks for", _asked(known)),
        (
            "When it is done",
            _after(state, known, [title_of(one, case.words) for one in _waiting(state, known)]),
        ),
    ]
    return [(label, text) for label, text in said if text]


def _kind(known: StepState) -> str:
    keys = {name: key_of(name) for name in ("attach", "tell", "statements", "freeze")}
    parts = [_KINDS.get(known.step.kind, "").format(**keys), _MODES.get(known.step.mode, "")]
    return " ".join(part for part in parts if part)


def _who(state: Incident, known: StepState) -> str:
    role = state.policy.roles.get(known.step.who)
    title = role.title if role else known.step.who
    owner = state.owner_of(known)
    held = f"{owner} ({title.lower()})" if owner else f"{title}: nobody yet, {key_of('role')} takes the role"
    return f"{held}. Anybody may record it; the owner stays answerable."


def _before(state: Incident, known: StepState) -> str:
    titles = [role.title.lower() for one in approvers(state, known) if (role := state.policy.roles.get(one))]
    parts = []
    if titles and says_a_statement(known):
        parts.append(f"its words need the approval of {', '.join(titles)} ({key_of('statements')})")
    elif titles:
        parts.append(f"approval by {', '.join(titles)} ({key_of('approve')})")
    if second := known.step.confirmed_by:
        parts.append(f"somebody else looks, too: {second}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _asked(known: StepState) -> str:
    if known.step.kind == "decide":
        return "The choice and why (both needed); what is known and not known, who was asked, who sees it otherwise."
    needed = required(known)
    named = [f"{one.name}{' (needed)' if one in needed else ''}" for one in known.step.record or needed]
    return f"{'; '.join(named)}." if named else "Nothing but that it is done; a note, if you like."


def _waiting(state: Incident, known: StepState) -> list[StepState]:
    return [
        one
        for one in state.steps.values()
        if known.step.id in one.step.after and one.applies and not one.settled
    ]


def _after(state: Incident, known: StepState, waiting: list[str]) -> str:  # noqa: ARG001 - read alike with its neighbours
    parts = ["It is saved at once with your name and the time, and the next step stands large."]
    if waiting:
        parts.append(f"It opens: {'; '.join(waiting)}.")
    if known.step.repeat:
        parts.append(f"It comes again: {known.step.repeat}.")
    if known.settled:
        parts = [f"It is {known.progress}. {key_of('reopen-step')} opens it again, with the reason."]
    return " ".join(parts)
