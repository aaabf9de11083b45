"""The one registry of commands: key, words, what is asked, and the intent it becomes. Footer, palette and help read it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from crisisdesk.desk import Case
from crisisdesk.domain import intents
from crisisdesk.domain.intents import Intent
from crisisdesk.domain.runbook import title_of, why_not
from crisisdesk.ui import asking as ask
from crisisdesk.ui import asking_around as around
from crisisdesk.ui import asking_calls as calling
from crisisdesk.ui import asking_people as people
from crisisdesk.ui import asking_words as said
from crisisdesk.ui.asking import Subject
from crisisdesk.ui.fields import Field, Values

RUNBOOK, TIMELINE, DESK, REVIEW = "runbook", "timeline", "desk", "review"
CLOCKS, LIBRARY, STATEMENTS, CALLS, BRIEF, PEOPLE, VERSIONS = (
    "clocks",
    "library",
    "statements",
    "calls",
    "brief",
    "people",
    "versions",
)
INCIDENT = (RUNBOOK, TIMELINE, REVIEW)
PLACES = (CLOCKS, LIBRARY, STATEMENTS, CALLS, BRIEF, PEOPLE, VERSIONS)


class Command(NamedTuple):
    """One thing a person can do. Without ``intent`` it only goes somewhere: ``go`` names the app's action."""

    id: str
    key: str
    title: str
    help: str
    screens: tuple[str, ...]
    fields: Callable[[Subject], list[Field]] | None = None
    intent: Callable[[Subject, Values], Intent] | None = None
    go: str = ""
    why_not: Callable[[Subject], str] = lambda _: ""
    hint: bool = False
    """Shown in the line of keys."""
    of_step: bool = False
    """It is about the selected step, and its form is headed by that step's title."""
    verbs: str = ""
    """Other words people look for it by, in the palette."""


COMMANDS: tuple[Command, ...] = (
    Command("declare", "n", "Declare", "Declare an incident: one line, what happened.", (DESK,), go="declare", hint=True,
            verbs="begin start new incident crisis alarm"),
    Command("open", "enter", "Open", "Open the incident.", (DESK,), go="open", hint=True,
            verbs="go to incident"),
    Command("done", "d", "Done", "Record that the step is done; a decision is made here.", (RUNBOOK,), ask.done_fields, ask.done_intent,
            why_not=ask.open_step, hint=True, of_step=True,
            verbs="finish complete record tick decide"),
    Command("note", "n", "Note", "Log something observed or said.", INCIDENT,
            lambda _: [Field("text", "What was seen or said", "text", required=True), Field("source", "Where it comes from"), *ask.when_fields()],
            lambda _, v: intents.LogNote(v["text"], v["source"]), hint=True,
            verbs="write log observe remember comment"),
    Command("start", "s", "Start", "Begin the step.", (RUNBOOK,), lambda _: [],
            lambda s, _: intents.StartStep(ask.step_id(s)), why_not=ask.open_step, hint=True, of_step=True,
            verbs="begin take on"),
    Command("timeline", "t", "Timeline", "Everything, in the order it happened.", (RUNBOOK, REVIEW), go="timeline", hint=True,
            verbs="history log entries what happened"),
    Command("review", "w", "Review", "What happened, against what was planned.", (RUNBOOK, TIMELINE), go="review", hint=True,
            verbs="summary report debrief"),
    Command("copy-brief", "c", "Copy", "Copy the brief, and save it as a file.", (BRIEF,), go="copy", hint=True),
    Command("copy-chat", "s", "For chat", "Copy the short brief for Slack or Teams, and save it as a file.", (BRIEF,), go="copy_chat", hint=True),
    Command("tell", "c", "Call", "Log a call or a message to somebody told, reached or not.", INCIDENT, people.tell_fields, people.tell_intent, hint=True,
            verbs="log a call phone rang telephone message inform notify"),
    Command("facts", "f", "Facts", "Answer or change a fact.", (RUNBOOK,), go="facts", hint=True,
            verbs="answer questions known unknown"),
    Command("severity", "v", "Level", "Confirm or change the severity.", (RUNBOOK,), ask.severity_fields,
            lambda _, v: intents.SetSeverity(v["level"], v["because"]), hint=True,
            verbs="sev1 sev2 sev3 raise lower escalate"),
    Command("role", "r", "Role", "Take a role, or give it to somebody.", (RUNBOOK, PEOPLE),
            lambda s: [Field("role", "Role", "choice", required=True, choices=ask.roles(s), value=s.usual_role), Field("person", "Who (empty: you)"), Field("because", "Why, if somebody holds it")],
            lambda _, v: intents.TakeRole(v["role"], v["person"], v["because"]), hint=True,
            verbs="take assign who is lead legal comms"),
    Command("brief", "i", "Brief", "What the next person needs to know, to read, copy or send.", (RUNBOOK,), go="brief", hint=True,
            verbs="handover briefing situation report status"),
    Command("release", "y", "Release role", "Give up a role; the gap shows.", (RUNBOOK, PEOPLE),
            lambda s: [Field("role", "Role", "choice", required=True, choices=ask.roles(s)), Field("because", "Why")],
            lambda _, v: intents.ReleaseRole(v["role"], v["because"]),
            verbs="give up role"),
    Command("hand-over", "H", "Hand over", "Offer a role you hold; you hold it until the other accepts by name.", (RUNBOOK, PEOPLE), people.hand_over_fields,
            lambda _, v: intents.HandOver(v["role"], v["person"], v["because"]), why_not=people.nobody_holds, hint=True,
            verbs="shift change pass on my role relieve"),
    Command("accept", "J", "Accept role", "Accept a role that was offered to you, by your own name.", (RUNBOOK, PEOPLE), people.accept_fields,
            lambda _, v: intents.AcceptRole(v["role"]), why_not=people.nothing_offered, hint=True,
            verbs="take over shift role"),
    Command("people", "O", "People", "Who holds which role since when, who stands in, what nobody holds.", (RUNBOOK,), go="people",
            verbs="who is roles gaps stand-ins"),
    Command("evidence", "V", "Evidence", "Everything that was kept, with its hash and where it came from.", (RUNBOOK,), go="evidence",
            verbs="files screenshots hash kept"),
    Command("confirm", "y", "Confirm", "Confirm yourself what somebody wrote down for you.", (TIMELINE,), lambda _: [], people.confirm_intent,
            why_not=people.not_relayed,
            verbs="relayed on my behalf"),
    Command("attach", "a", "Attach", "Attach a file or a link as evidence.", INCIDENT, people.attach_fields, people.attach_intent, hint=True,
            verbs="file link screenshot evidence upload"),
    Command("promise", "p", "Promise", "Promise more by a time.", (RUNBOOK,),
            lambda s: [Field("due", f"By when (22:30, in 40 minutes){ask.rhythm(s)}", required=True), Field("text", "What was promised", required=True), ask.audience()],
            ask.promise_intent,
            verbs="next update by when"),
    Command("update", "u", "Update", "Log an update that went out.", (RUNBOOK,),
            lambda s: [Field("text", "What it said", "text", required=True), Field("next", f"Next one by (empty: none promised){ask.rhythm(s)}"), ask.audience()],
            ask.update_intent,
            verbs="log an update sent out told the public"),
    Command("skip", "x", "Skip", "Leave the step out, with the reason.", (RUNBOOK,), ask.reason(),
            lambda s, v: intents.SkipStep(ask.step_id(s), v["because"]), why_not=ask.open_step, of_step=True,
            verbs="leave out step not needed"),
    Command("block", "b", "Block", "Say what keeps the step from going on.", (RUNBOOK,), ask.reason("What blocks it"),
            lambda s, v: intents.BlockStep(ask.step_id(s), v["because"]), why_not=ask.open_step, of_step=True,
            verbs="stuck cannot wait problem"),
    Command("unblock", "h", "Unblock", "Say that the step can go on.", (RUNBOOK,), ask.reason("What changed", required_=False),
            lambda s, v: intents.UnblockStep(ask.step_id(s), v["because"]),
            why_not=lambda s: "" if s.step and s.step.progress == "blocked" else "This step is not blocked.", of_step=True,
            verbs="go on again"),
    Command("reopen-step", "o", "Open again", "Open a done or skipped step again, with the reason.", (RUNBOOK,), ask.reason(),
            lambda s, v: intents.ReopenStep(ask.step_id(s), v["because"]), why_not=ask.settled_step, of_step=True,
            verbs="undo step done again"),
    Command("assign", "g", "Give to", "Make a person the owner of the step.", (RUNBOOK,),
            lambda _: [Field("person", "Who owns it", required=True), Field("because", "Why")],
            lambda s, v: intents.AssignStep(ask.step_id(s), v["person"], v["because"]), why_not=ask.open_step, of_step=True,
            verbs="give step to owner delegate"),
    Command("add-step", "m", "More: a step", "Add a step that no playbook foresaw.", (RUNBOOK,),
            lambda s: [Field("title", "What to do", required=True), Field("who", "Role that owns it", "choice", required=True, choices=ask.roles(s)),
                       Field("within", "By when, from now (30 minutes)")],
            lambda _, v: intents.AddStep(v["title"], v["who"], v["within"]),
            verbs="new task extra"),
    Command("correct", "e", "Correct", "Correct the selected entry by a new one.", (TIMELINE,), ask.correct_fields, ask.correct_intent,
            why_not=lambda s: "" if s.item else "No entry is selected.", hint=True,
            verbs="wrong mistake fix time edit entry"),
    Command("undo", "U", "Take back", "Take back what you wrote last: corrected, opened again or released, never removed.", (RUNBOOK, TIMELINE), go="undo",
            verbs="undo mistake wrong oops revert"),
    Command("find", "slash", "Find", "Look for words, a person, a step or a kind of entry, as you type.", (TIMELINE,), go="find", hint=True,
            verbs="filter search narrow"),
    Command("stand-down", "k", "Stand down", "End the acute part, with the reason.", (RUNBOOK,),
            lambda s: ask.reason(f"Why it can stand down. {ask.case_of(s).state.playbook.stand_down_when.strip()}".strip())(s),
            lambda _, v: intents.StandDown(v["because"]),
            verbs="all clear end over calm"),
    Command("close", "z", "Close", "Close the incident.", (RUNBOOK,), ask.reason("Why, if anything is left open", required_=False),
            lambda _, v: intents.Close(v["because"]),
            verbs="finish end incident"),
    Command("reopen", "j", "Reopen incident", "Open a closed incident again.", (RUNBOOK,), ask.reason(),
            lambda _, v: intents.Reopen(v["because"]), why_not=ask.closed,
            verbs="open incident again"),
    Command("approve", "A", "Approve", "Approve the step in a role; by phone, for somebody who holds it.", (RUNBOOK,), ask.approve_fields,
            ask.approve_intent, why_not=ask.can_be_approved, of_step=True,
            verbs="sign off agree release ok"),
    Command("clocks", "C", "Clocks", "Legal clocks: start, dismiss, submit; and the legal hold.", (RUNBOOK,), go="clocks",
            verbs="legal deadline gdpr regulator notify law hold"),
    Command("statements", "D", "Statements", "What is said: drafts, approvals, the fact sheet, what went out.", (RUNBOOK,), go="statements", hint=True,
            verbs="post draft words press release holding line tweet"),
    Command("new-draft", "n", "New", "Draft a statement from the playbook's words.", (STATEMENTS,), said.new_fields, said.new_intent, hint=True,
            verbs="write post statement"),
    Command("edit-draft", "e", "Edit", "Change the text; every approval is void then.", (STATEMENTS,), said.edit_fields, said.edit_intent,
            why_not=said.needs_draft, hint=True,
            verbs="change text words"),
    Command("fill-draft", "b", "Blanks", "Fill the blanks that the playbook's words leave open.", (STATEMENTS,), said.fill_fields, said.fill_intent,
            why_not=said.needs_blanks, hint=True),
    Command("submit-draft", "s", "Submit", "Put it before all its approvers at once.", (STATEMENTS,), lambda _: [], said.submit_intent,
            why_not=said.needs_draft, hint=True,
            verbs="send for approval ask"),
    Command("approve-draft", "A", "Approve", "Approve exactly the version shown; by phone, for somebody who holds the role.", (STATEMENTS,),
            said.approve_fields, said.approve_intent, why_not=said.needs_draft, hint=True,
            verbs="sign off agree"),
    Command("ask-changes", "c", "Changes", "Ask for changes, with the reason.", (STATEMENTS,), ask.reason("What should change"), said.changes_intent,
            why_not=said.needs_draft),
    Command("publish-draft", "p", "Published", "Log that exactly this version went out; the desk never posts.", (STATEMENTS,), said.publish_fields,
            said.publish_intent, why_not=said.needs_draft, hint=True,
            verbs="posted went out live link"),
    Command("claim", "f", "Fact sheet", "Put a claim on the fact sheet, or say how it stands: confirmed, not to be said.", (STATEMENTS,), said.claim_fields, said.claim_intent,
            hint=True,
            verbs="fact sheet confirmed do not say rumour"),
    Command("copy-draft", "y", "Copy", "Copy the exact text, and keep it in a file, to be posted by a person.", (STATEMENTS,), go="copy",
            why_not=said.needs_draft, hint=True,
            verbs="clipboard paste"),
    Command("versions", "v", "Versions", "Two versions side by side: what went, what came, who approved which.", (STATEMENTS,), go="versions",
            why_not=said.needs_draft, hint=True),
    Command("earlier", "left", "Earlier", "Go one version back.", (VERSIONS,), go="earlier", hint=True),
    Command("later", "right", "Later", "Go one version on.", (VERSIONS,), go="later", hint=True),
    Command("against", "o", "Compare with", "Compare with the version before that one, and so on.", (VERSIONS,), go="against", hint=True),
    Command("withdraw-draft", "x", "Withdrawn", "Log that what was published was taken back.", (STATEMENTS,), ask.reason(), said.withdraw_intent,
            why_not=said.needs_draft,
            verbs="delete took down retract"),
    Command("freeze", "X", "Freeze", "Pause a posting queue; every screen says so until it is released.", (RUNBOOK,),
            around.freeze_fields, around.freeze_intent,
            verbs="pause scheduled posts queue stop ads"),
    Command("unfreeze", "Z", "Release queue", "Release a frozen queue, its posts restored or binned.", (RUNBOOK,), around.release_fields,
            around.release_intent, why_not=around.nothing_frozen,
            verbs="release queue resume posts"),
    Command("enquiry", "Q", "Enquiry", "Log who asks what, and by when.", INCIDENT, around.enquiry_fields, around.enquiry_intent,
            verbs="journalist asks press media question"),
    Command("answer", "E", "Answer", "Log the line an enquiry was answered with.", INCIDENT, around.answer_fields, around.answer_intent,
            why_not=around.nobody_waits,
            verbs="reply journalist line"),
    Command("silence", "S", "Silence", "Decide to say nothing for now, and when to look again.", (RUNBOOK,), around.silence_fields,
            around.silence_intent,
            verbs="say nothing no comment"),
    Command("sensitivity", "K", "Keep closer", "Mark the selected entry personal, HR or privileged.", (TIMELINE,), around.sensitivity_fields,
            around.sensitivity_intent, why_not=lambda s: "" if s.item else "No entry is selected.", hint=True,
            verbs="personal hr privileged confidential"),
    Command("figure", "F", "Figure", "Log mentions per hour, the usual ones, the reach of the largest account, or how many are against us.", (RUNBOOK,), ask.figure_fields,
            lambda _, v: intents.TypeFigure(v["figure"], v["value"], v["source"]),
            verbs="mentions reach number volume"),
    Command("call-list", "L", "Call list", "Who is still to be told, whom to call now, and the stand-ins after them.", (RUNBOOK,), go="calls",
            verbs="who to call phone numbers"),
    Command("tell-next", "t", "Log the call", "Log a call to the person who is next, reached or not.", (CALLS,), calling.tell_next_fields,
            calling.tell_next_intent, why_not=calling.nobody_to_call, hint=True),
    Command("policy", "Y", "Policy", "The policy: roles and what they must not do, conduct, levels, regions, words, clocks.", (RUNBOOK,), go="policy",
            verbs="rules roles levels"),
    Command("add-playbook", "P", "Add playbook", "Lay a second playbook on this incident.", (RUNBOOK,), go="add_playbook",
            verbs="second scenario layer"),
    Command("bring-in", "B", "Changed files", "What the playbook files say now; bring it in.", (RUNBOOK,), go="bring_in"),
    Command("clock-start", "s", "Start", "Start the clock, counted from a moment.", (CLOCKS,), ask.clock_start_fields, ask.clock_start_intent,
            why_not=ask.needs_clock("asked", "dismissed"), hint=True),
    Command("clock-dismiss", "x", "Not applicable", "Dismiss the clock as not applicable, with the reason.", (CLOCKS,),
            lambda _: [Field("because", "Why it does not apply", required=True), *ask.relayed()],
            lambda s, v: intents.DismissClock(ask.clock_of(s).clock.id, v["because"]), why_not=ask.needs_clock("asked", "running"), hint=True),
    Command("clock-submitted", "d", "Submitted", "Log that the notice went out.", (CLOCKS,),
            lambda _: [Field("because", "Reference; and why, if it is late"), *ask.when_fields()],
            lambda s, v: intents.SubmitClock(ask.clock_of(s).clock.id, v["because"]), why_not=ask.needs_clock("asked", "running"), hint=True),
    Command("hold-set", "h", "Hold", "Set a legal hold: nothing concerned is deleted.", (CLOCKS,), ask.reason("What must be kept, and why"),
            lambda _, v: intents.SetHold(v["because"]), hint=True,
            verbs="legal hold keep"),
    Command("hold-release", "y", "Release hold", "Release the legal hold; only legal can.", (CLOCKS,),
            lambda _: [Field("because", "Why it can be released", required=True), *ask.relayed()],
            lambda _, v: intents.ReleaseHold(v["because"]), hint=True,
            verbs="legal hold end"),
    Command("copy", "f6", "Copy", "Copy what is selected here: to the clipboard where that can be, and into a file.",
            (*INCIDENT, STATEMENTS, CALLS, BRIEF, VERSIONS), go="copy"),
    Command("library", "l", "Playbooks", "The playbooks: what is wrong in them, and the runbook they give.", (DESK,), go="library", hint=True,
            verbs="playbooks protocol check"),
    Command("signal", "s", "Signal", "Hand something you noticed to the desk, before anybody declares.", (DESK,), go="signal", hint=True,
            verbs="noticed rumour seen"),
    Command("hidden", "l", "Left out", "Steps that do not apply now, and why.", (RUNBOOK,), go="hidden",
            verbs="skipped not applicable why"),
    Command("export", "i", "Write file", "Export: write the summary to a file.", (REVIEW,), go="export", hint=True,
            verbs="save file word markdown csv"),
    Command("back", "escape", "Back", "Go back.", (*INCIDENT, *PLACES), go="back", hint=True),
    Command("due", "tab", "Due", "Go to what is due, and back to the incidents.", (DESK,), go="due", hint=True,
            verbs="late next deadline"),
    Command("mine", "m", "Mine", "Show only what is due to you, and everything again.", (DESK,), go="mine", hint=True,
            verbs="my steps me own"),
    Command("sound", "f8", "Sound", "Turn the one sound on or off: for a clock, or a step of the worst level, that falls due.",
            (DESK, *INCIDENT, *PLACES), go="sound", verbs="quiet mute bell alert"),
    Command("help", "question_mark", "Help", "What this screen is for, what the step means, every key.", (DESK, *INCIDENT, *PLACES), go="help", hint=True,
            verbs="keys what can i do lost"),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}


KEY_NAMES = {
    "question_mark": "?", "escape": "esc", "slash": "/", "left": "←", "right": "→", "f6": "F6", "f8": "F8",
}  # fmt: skip


_own_keys: dict[str, str] = {}
"""The person's own keys, by the command's id; one desk is open in a process."""


def use_keys(keymap: Mapping[str, str]) -> None:
    """Let commands be named by the person's own keys from now on. The bindings themselves are Textual's to change."""
    _own_keys.clear()
    _own_keys.update(keymap)


def name_of(command: Command) -> str:
    """Return a command's key as people call it."""
    key = _own_keys.get(command.id, command.key)
    return KEY_NAMES.get(key, key)


def of_screen(screen: str) -> list[Command]:
    """Return the commands of a screen, in the order of the registry."""
    return [command for command in COMMANDS if screen in command.screens]


def heading(subject: Subject, command: Command) -> str:
    """Return a form's title: the command, and what it is about."""
    if subject.step is not None and command.of_step:
        return f"{command.title}: {title_of(subject.step, ask.case_of(subject).words)}"
    return command.help


def hidden_reasons(case: Case) -> list[tuple[str, str]]:
    """Return the steps that do not apply now, each with the fact that keeps it away."""
    return [
        (title_of(known, case.words), why_not(case.state, known))
        for known in case.state.steps.values()
        if not known.applies and not known.settled
    ]
