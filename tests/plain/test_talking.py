"""The desk line by line, in a real pseudo-terminal: what is read, asked and saved, and no control sequence ever."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from crisisdesk.desk import NO_MANNER, Case, Desk, Machine, Saved, Speaker
from crisisdesk.domain import intents
from crisisdesk.plain.finding import find
from crisisdesk.ui.command import RUNBOOK, name_of, of_screen
from crisisdesk.ui.commands import COMMANDS

ROOT = Path(__file__).parents[2]
ADA, BEN = Speaker("Ada Okoro"), Speaker("Ben Lindqvist")
HOSTILE = "[/b] \x9b31m \u202eevil \u200b"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment with a home and a desk of its own."""
    return {
        "HOME": str(folder), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TERM": "xterm",
        "CRISISDESK_DB": str(folder / "desk.db"), "CRISISDESK_NAME": "Ada Okoro", "PYTHONPATH": str(ROOT), **more,
    }  # fmt: skip


class Talking:
    """A person at a terminal: they answer one question after the other."""

    def __init__(self, folder: Path, *words: str, **more: str) -> None:
        self.process = pexpect.spawn(
            sys.executable, ["-m", "crisisdesk", *(words or ("--plain",))], env=environment(folder, **more),
            dimensions=(24, 80), encoding="utf-8", timeout=60, echo=False,
        )  # fmt: skip
        self.heard = ""

    def hears(self, words: str) -> None:
        """Wait until words have been said; wrapped lines count as one."""
        while words not in " ".join(self.heard.split()):
            self.process.expect(r"[^\n]*\n|> ")
            self.heard += str(self.process.after)

    def types(self, *lines: str) -> None:
        """Answer questions in turn."""
        for line in lines:
            self.process.sendline(line)

    def ends(self) -> None:
        """Wait for the end; nothing that was said would move a cursor or change a colour."""
        self.process.expect(pexpect.EOF)
        self.heard += str(self.process.before)
        self.process.close()
        assert self.process.exitstatus == 0, self.heard
        assert not {char for char in self.heard if ord(char) < 32 and char not in "\r\n"}, self.heard
        assert not set("\x7f\x9b\u202e") & set(self.heard)


@pytest.fixture
def open_desk(tmp_path: Path) -> Callable[[], Desk]:
    """What opens the same desk beside the talk."""
    return lambda: Desk.open(tmp_path / "desk.db", Machine("tester", "host"))


def declared(desk: Desk, *acts: intents.Intent) -> str:
    """Declare an incident and carry some intents out on it."""
    saved = desk.declare(intents.Declare("A post names us", "", "", ""), "employee-post", ADA, NO_MANNER)
    assert isinstance(saved, Saved), saved
    for intent in acts:
        assert isinstance(desk.act(saved.case.state.label, intent, ADA), Saved), intent
    return saved.case.state.label


def case_of(desk: Desk) -> Case:
    """Return the one incident as it stands."""
    case = desk.case("INC-0001")
    assert isinstance(case, Case)
    return case


def test_an_incident_is_declared_and_its_first_steps_are_done(
    tmp_path: Path, open_desk: Callable[[], Desk]
) -> None:
    talk = Talking(tmp_path)
    talk.hears("No incidents. Type a number or a key")
    talk.types("n", "A team member's personal post names us", "")
    talk.hears("Declared INC-0001")
    talk.hears("Step 1 of")
    talk.hears("Enter attaches what you captured.")
    talk.types("", "https://social.example/1", ".")
    talk.hears("Saved #")
    talk.types("done", "https://social.example/1", "12:00", ".")
    talk.hears("Next: Step")
    talk.types("note", "The partner wrote", "and called", ".", ".")
    talk.hears("Note")
    talk.types("facts", "3", "no", "")
    talk.hears("Saved #")
    talk.types("timeline")
    talk.hears("The partner wrote")
    talk.types("quit")
    talk.ends()
    state = case_of(open_desk()).state
    assert state.steps["capture-originals"].settled
    assert "no" in state.facts.values()


def test_a_statement_is_drafted_approved_by_phone_and_logged_as_published(
    tmp_path: Path, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk, *(intents.TakeRole(role, name) for role, name in
                     (("comms-lead", "Ben Lindqvist"), ("legal", "Carla Mendes"), ("hr", "Dana Weiss"))))  # fmt: skip
    assert isinstance(desk.act("1", intents.DraftStatement("values", "x", text="We listen."), BEN), Saved)
    talk = Talking(tmp_path)
    talk.types("1", "statements", "1")
    talk.hears("End of the text.")
    talk.types("submit")
    talk.hears("Submitted")
    talk.types("approve", "Carla Mendes", "phone", "read out")
    talk.hears("Approved as Legal")
    talk.types("read")
    talk.hears("Waits for")
    talk.types("back", "quit")
    talk.ends()
    (draft,) = case_of(desk).state.statements.values()
    assert draft.approvals["legal"].relayed
    desk.journal.close()


def test_what_others_write_is_told_before_the_next_question(
    tmp_path: Path, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk)
    talk = Talking(tmp_path)
    talk.types("1")
    talk.hears("What now?")
    assert isinstance(desk.act("1", intents.LogNote(HOSTILE, ""), BEN), Saved)
    talk.types("read")
    talk.hears("Meanwhile: #3")
    talk.hears("evil")
    talk.types("quit")
    talk.ends()
    desk.journal.close()


def test_a_wrong_answer_asks_again_and_a_refusal_keeps_what_was_typed(
    tmp_path: Path, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk)
    talk = Talking(tmp_path)
    talk.types("7", "1", "frobnicate", "99", "stand", "")
    talk.hears("There is no incident '7'")
    talk.hears("'frobnicate' is no command here")
    talk.hears("There is no number 99 here")
    talk.hears("This is needed. Type an answer, or back.")
    talk.types("back", "role", "zebra", "loggist", "Fay Arden", "")
    talk.hears("There is no choice 'zebra'")
    talk.hears("Saved #")
    talk.types("accept", "quit")
    talk.hears("No role is being handed over.")
    talk.ends()
    assert case_of(desk).state.holder("loggist") == "Fay Arden"
    desk.journal.close()


def test_ctrl_c_leaves_the_question_and_a_kill_leaves_what_was_typed(
    tmp_path: Path, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk)
    talk = Talking(tmp_path)
    talk.types("1", "x")
    talk.hears("(needed)")
    talk.process.sendintr()
    talk.hears("Not saved. What you typed is kept")
    talk.types("promise", "23:30")
    talk.hears("What was promised")
    talk.process.kill(signal.SIGKILL)
    talk.process.expect(pexpect.EOF)
    talk.process.close()
    again = Talking(tmp_path)
    again.types("1", "promise")
    again.hears("What you typed before is offered again.")
    again.hears("Enter keeps: 23:30")
    again.process.kill(signal.SIGTERM)
    again.hears("Everything that was said to be saved is saved.")
    again.ends()
    assert not case_of(desk).state.promises
    desk.journal.close()


def test_hostile_words_are_only_read_and_kept_as_they_are(
    tmp_path: Path, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    declared(desk)
    talk = Talking(tmp_path)
    talk.types("1", "note", HOSTILE, ".", ".")
    talk.hears("Saved #3")
    talk.types("timeline", "quit")
    talk.hears("evil")
    talk.ends()
    assert desk.entries(case_of(desk))[-1].words["text"] == HOSTILE
    desk.journal.close()


def test_a_terminal_that_can_only_print_is_talked_to_and_so_is_the_sample(tmp_path: Path) -> None:
    dumb = Talking(tmp_path, "--as", "Ada", TERM="dumb")
    dumb.hears("This terminal can only print lines")
    dumb.types("quit")
    dumb.ends()
    sample = Talking(tmp_path, "demo", CRISISDESK_PLAIN="1")
    sample.hears("SAMPLE DESK: made up")
    sample.types(
        "brief",
        "people",
        "clocks",
        "back",
        "calls",
        "back",
        "policy",
        "review",
        "evidence",
        "hidden",
        "undo",
        "quit",
    )
    sample.ends()


def test_piped_answers_work_and_the_end_of_them_leaves(tmp_path: Path) -> None:
    answers = "n\nA post names us\n\nnote\nSeen\n.\n.\n"
    done = subprocess.run(
        [sys.executable, "-m", "crisisdesk", "--plain"], input=answers, env=environment(tmp_path), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Saved #3: Note." in done.stdout
    assert done.stdout.rstrip().endswith("Goodbye.")


def test_textual_is_never_loaded(tmp_path: Path) -> None:
    script = (
        "import sys; from crisisdesk.cli import main\n"
        "try: main(['--plain'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('textual', 'rich')])"
    )
    answers = "n\nA post\n\nstatements\nback\nclocks\nback\ntimeline\nback\nbrief\nquit\n"
    done = subprocess.run(
        [sys.executable, "-c", script], input=answers, env=environment(tmp_path), capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if RUNBOOK in each.screens], ids=lambda each: each.id
)
def test_every_command_is_found_by_its_key_and_by_its_name(command: object) -> None:
    assert hasattr(command, "id")
    here = of_screen(RUNBOOK)
    (wanted,) = [each for each in here if each.id == command.id]
    for typed in (name_of(wanted), wanted.id, wanted.id.replace("-", " ")):
        assert find(typed, here) == [wanted], typed
    assert wanted in find(wanted.title.upper(), here)
