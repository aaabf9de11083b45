"""The night of the sample, by commands: the main job on real input."""

import json
from pathlib import Path

from tests.cli.conftest import run_command


def test_demo_plays_the_night_to_its_summary(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    answer = run_command(tmp_path, "demo", "--keep", str(kept))
    assert answer.code == 0, answer.err
    assert answer.err == ""
    assert "# Summary of INC-0001" in answer.out
    env = {"CRISISDESK_DB": str(kept / "desk.db")}
    assert run_command(tmp_path, "verify", env=env).code == 0
    show = run_command(tmp_path, "show", "1", "--json", env=env).json()
    assert show["status"] == "closed"
    open_steps = [step["id"] for step in show["steps"] if step["state"] in ("ready", "started", "blocked")]
    assert open_steps == ["summary"]


def test_the_log_of_the_night_holds_every_kind_of_moment(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    run_command(tmp_path, "demo", "--keep", str(kept))
    env = {"CRISISDESK_DB": str(kept / "desk.db")}
    entries = run_command(tmp_path, "timeline", "1", "--json", env=env).json()["entries"]
    kinds = {entry["kind"] for entry in entries}
    assert {
        "decision-made",
        "person-told",
        "entry-corrected",
        "update-promised",
        "update-sent",
        "step-added",
    } <= kinds
    assert {"evidence-attached", "step-blocked", "step-skipped", "stood-down", "incident-closed"} <= kinds
    assert json.dumps(entries).isascii()
