"""Clocks, holds, approvals, figures, signals, layers and changed files by one-line commands, in real processes."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
FOR_CARLA = ("--as", "Ada", "--for", "Carla Mendes", "--by", "phone")


@pytest.fixture
def breach(declared: Run) -> Run:
    """INC-0001, where personal data may be out in the EU, and Carla holds the legal role."""
    for answer in ("personal-data=yes", "regions=eu"):
        assert declared("--as", "Ada", "fact", "1", answer).code == 0
    assert declared("--as", "Ada", "role", "take", "1", "legal", "Carla Mendes").code == 0
    return declared


def test_facts_ask_for_a_clock_and_only_the_role_starts_it(breach: Run) -> None:
    asked = breach("clock", "list", "1", "--json").json()["clocks"]
    assert {"gdpr-33", "gdpr-34"} <= {clock["id"] for clock in asked if clock["state"] == "asked"}
    refused = breach("--as", "Ada", "clock", "start", "1", "gdpr-33", "--at", "2 hours ago")
    assert (refused.code, "Only dpo (nobody yet), legal (Carla Mendes) can start" in refused.err) == (1, True)
    assert breach(*FOR_CARLA, "clock", "start", "1", "gdpr-33", "--at", "2 hours ago").code == 0
    running = breach("show", "1", "--json").json()["clocks"][0]
    assert (running["id"], running["state"], running["source_kind"]) == ("gdpr-33", "running", "secondary")
    assert "have counsel check" in breach("clock", "list", "1").out


def test_a_clock_is_dismissed_with_a_reason_and_submitted_after_closing(breach: Run) -> None:
    assert "Why does 'gdpr-34' not apply?" in breach(*FOR_CARLA, "clock", "dismiss", "1", "gdpr-34").err
    assert breach(*FOR_CARLA, "clock", "dismiss", "1", "gdpr-34", "--because", "No high risk").code == 0
    breach(*FOR_CARLA, "clock", "start", "1", "gdpr-33", "--at", "1 hour ago")
    refused = breach("--as", "Ada", "close", "1")
    assert (refused.code, "the clock gdpr-33 is open" in refused.err) == (1, True)
    assert breach("--as", "Ada", "close", "1", "--because", "Legal goes on").code == 0
    assert breach("--as", "Carla Mendes", "clock", "submitted", "1", "gdpr-33").code == 0
    assert "| submitted |" in breach("export", "1", "--to", "-").out


def test_a_wrong_anchor_is_corrected_and_the_clock_restated(breach: Run) -> None:
    written = breach(*FOR_CARLA, "clock", "start", "1", "gdpr-33", "--at", "2 hours ago").out.splitlines()[0]
    before = breach("clock", "list", "1", "--json").json()["clocks"][0]["due"]
    seq = written.rpartition("#")[2]
    assert (
        breach(
            "--as", "Ada", "correct", "1", seq, "--occurred", "5 hours ago", "--because", "Mail of 6 pm"
        ).code
        == 0
    )
    assert breach("clock", "list", "1", "--json").json()["clocks"][0]["due"] < before
    kinds = [entry["kind"] for entry in breach("timeline", "1", "--json").json()["entries"]]
    assert {"entry-corrected", "clock-restated"} <= set(kinds)


def test_declaring_says_when_we_became_aware(crisisdesk: Run) -> None:
    crisisdesk("--as", "Ada", "declare", "A leak", "-p", "employee-post", "--aware", "3 hours ago")
    crisisdesk("--as", "Ada", "role", "take", "1", "legal")
    crisisdesk("--as", "Ada", "fact", "1", "personal-data=yes")
    crisisdesk("--as", "Ada", "fact", "1", "regions=uk")
    assert crisisdesk("--as", "Ada", "clock", "start", "1", "uk-gdpr-33").code == 0


def test_a_hold_is_set_by_anyone_and_released_by_legal(breach: Run) -> None:
    assert breach("--as", "Ada", "hold", "set", "1", "--because", "A claim is likely").code == 0
    assert "LEGAL HOLD" in breach("show", "1").out
    refused = breach("--as", "Ada", "hold", "release", "1", "--because", "Settled")
    assert (refused.code, "Only legal releases a hold" in refused.err) == (1, True)
    assert breach(*FOR_CARLA, "hold", "release", "1", "--because", "Settled").code == 0


def test_a_decision_needs_its_approvals_for_exactly_that_option(breach: Run) -> None:
    decide = ("decide", "1", "holding-line", "Reactive", "--because", "Few have seen it")
    refused = breach("--as", "Ada", *decide)
    assert (refused.code, "needs the approval of legal" in refused.err) == (1, True)
    assert breach(*FOR_CARLA, "approve", "1", "holding-line", "None").code == 0
    assert breach("--as", "Ada", *decide).code == 1
    assert breach(*FOR_CARLA, "approve", "1", "holding-line", "Reactive").code == 0
    assert breach("--as", "Ada", *decide).code == 0
    assert "relayed, by phone" in breach("export", "1", "--to", "-").out


def test_figures_recommend_a_level_and_never_set_it(declared: Run) -> None:
    assert declared("--as", "Ada", "figure", "1", "usual-mentions=20", "--source", "tool").code == 0
    assert declared("--as", "Ada", "figure", "1", "mentions=many").code == 1
    declared("--as", "Ada", "severity", "1", "sev3", "--because", "Small town")
    answer = declared("--as", "Ada", "figure", "1", "mentions=340")
    assert "Recommended: sev2" in answer.out
    assert "17 times the usual 20 an hour" in answer.out
    assert declared("show", "1", "--json").json()["severity"] == "sev3"


def test_a_signal_is_handed_in_and_settled(declared: Run) -> None:
    first = declared("--as", "Mo", "signal", "Refund links in our name", "--link", "https://social.example/1")
    number = first.out.splitlines()[0].removeprefix("signal #")
    assert "Refund links" in declared("signals").out
    assert declared("--as", "Ada", "settle", number, "--dismiss").code == 1
    assert declared("--as", "Ada", "settle", number, "--into", "1", "--because", "Same people").code == 0
    assert declared("--as", "Ada", "settle", number, "--dismiss", "--because", "x").code == 1
    assert declared("signals").out.strip() == "No signal waits."
    settled = declared("signals", "--all", "--json").json()["signals"][0]
    assert (settled["outcome"], settled["incident"], settled["author"]) == ("merged", "INC-0001", "Mo")


def test_a_signal_is_declared(declared: Run) -> None:
    number = declared("--as", "Mo", "signal", "A second post").out.splitlines()[0].removeprefix("signal ")
    answer = declared("--as", "Ada", "declare", "A second post", "-p", "employee-post", "--signal", number)
    assert answer.out.splitlines()[0] == "INC-0002"
    assert declared("signals", "--all", "--json").json()["signals"][0]["outcome"] == "declared"
    assert declared("verify").code == 0


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own with the employee playbook and a small second one beside it."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("policy", "common", "employee-post"):
        shutil.copy(PLAYBOOKS / f"{name}.yaml", folder)
    (folder / "second.yaml").write_text(
        """crisisdesk: playbook/1
title: A second thing
version: "1"
use-when: Something else happens as well.
usually: sev1
questions:
  hurt:
    ask: Is somebody hurt?
    answers: [yes, no, unknown]
phases:
  - phase: Care
    goal: They are looked after.
    steps:
      - use: capture-originals
        within: 2 minutes
      - do: Ring them
        who: hr
        within: 10 minutes
        only-if: hurt is not no
        repeat: every 30 minutes until stand-down
""",
        encoding="utf-8",
    )
    return folder


def test_a_second_playbook_is_laid_on_top(crisisdesk: Run, own: Path) -> None:
    crisisdesk("--playbooks", str(own), "--as", "Ada", "declare", "A post", "-p", "employee-post")
    answer = crisisdesk(
        "--playbooks", str(own), "--as", "Ada", "add-playbook", "1", "second", "--because", "An ambulance"
    )
    assert answer.code == 0, answer.err
    assert "It asks: second/hurt" in answer.out
    steps = {step["id"]: step for step in crisisdesk("show", "1", "--json").json()["steps"]}
    assert "second/capture-originals" not in steps
    assert steps["second/ring-them"]["state"] == "ready"
    assert crisisdesk("--as", "Ada", "done", "1", "ring").code == 0
    rounds = [
        step["id"] for step in crisisdesk("show", "1", "--json").json()["steps"] if "ring-them" in step["id"]
    ]
    assert rounds == ["second/ring-them", "second/ring-them-2"]
    assert crisisdesk("--as", "Ada", "fact", "1", "hurt=no").code == 0
    assert crisisdesk("verify").code == 0
    again = crisisdesk("--playbooks", str(own), "--as", "Ada", "add-playbook", "1", "second")
    assert (again.code, "runs the playbook 'second' already" in again.err) == (1, True)


def test_changed_files_are_shown_and_brought_in(crisisdesk: Run, own: Path) -> None:
    crisisdesk("--playbooks", str(own), "--as", "Ada", "declare", "A post", "-p", "second")
    assert "say what INC-0001 runs by" in crisisdesk("--playbooks", str(own), "changes", "1").out
    file = own / "second.yaml"
    file.write_text(
        file.read_text()
        .replace("within: 10 minutes", "within: 5 minutes")
        .replace("Ring them", "Ring them up")
    )
    shown = crisisdesk("--playbooks", str(own), "changes", "1")
    assert "New step in 'Care': Ring them up" in shown.out
    steps = {step["id"] for step in crisisdesk("show", "1", "--json").json()["steps"]}
    assert "ring-them" in steps
    refused = crisisdesk("--playbooks", str(own), "--as", "Ada", "bring-in", "1")
    assert (refused.code, "Why are the changes brought in?" in refused.err) == (1, True)
    assert (
        crisisdesk("--playbooks", str(own), "--as", "Ada", "bring-in", "1", "--because", "Mended").code == 0
    )
    steps = {step["id"] for step in crisisdesk("show", "1", "--json").json()["steps"]}
    assert ("ring-them" in steps, "ring-them-up" in steps) == (False, True)
    assert crisisdesk("verify").code == 0
    again = crisisdesk("--playbooks", str(own), "--as", "Ada", "bring-in", "1", "--because", "x")
    assert "nothing to bring in" in again.err
