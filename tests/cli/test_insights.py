"""Insights by commands: three nights on a real desk, late each time; the proposal names the file and the line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisisdesk.desk import NO_MANNER, Desk, Machine, Saved, Speaker
from crisisdesk.desk.playbooks import shipped_folder
from crisisdesk.domain import intents
from tests.cli.conftest import Run

ADA = Speaker("Ada Okoro")


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 1, 21, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def three_nights(tmp_path: Path) -> Callable[..., None]:
    """What plays three nights in the desk the commands use, capturing 40 minutes after declaring."""

    def play(*, drill: bool = False) -> None:
        clock = Clock()
        desk = Desk.open(tmp_path / "desk" / "desk.db", Machine("ada", "here"), now=clock)
        for _ in range(3):
            saved = desk.declare(
                intents.Declare("A post names us", "", "", ""), "employee-post", ADA, NO_MANNER, drill=drill
            )
            assert isinstance(saved, Saved), saved
            key = saved.case.state.label
            clock.now += timedelta(minutes=40)
            for intent in (
                intents.CompleteStep(
                    "capture-originals",
                    {"link": "https://x.example/1", "captured at": "22:20"},
                    already=True,
                    because="late",
                ),
                intents.SkipStep("size-it", "everybody asleep"),
                intents.Close("a test"),
            ):
                done = desk.act(key, intent, ADA)
                assert isinstance(done, Saved), done
            clock.now += timedelta(days=1)
        desk.journal.close()

    return play


def test_what_is_late_each_time_is_proposed_with_its_file_and_line(
    crisisdesk: Run, three_nights: Callable[..., None]
) -> None:
    three_nights()
    said = crisisdesk("insights").out
    assert "3 runs closed" in said
    assert "! capture-originals: late in 3 of 3; target " in said
    line = next(each for each in said.splitlines() if "employee-post.yaml:" in each)
    file, _, number = line.split("  ")[-1].rpartition(":")
    assert Path(file) == shipped_folder() / "employee-post.yaml"
    assert Path(file).read_text("utf-8").splitlines()[int(number) - 1].strip().startswith("within:")
    assert "size-it: skipped in 3 of 3; most often because: everybody asleep (3)" in said
    told = crisisdesk("insights", "--json").json()
    assert told["real"][0]["runs"] == ["INC-0001", "INC-0002", "INC-0003"]
    assert any(one["place"].endswith(number) for one in told["real"][0]["proposals"])


def test_drills_stand_apart_and_days_narrow(crisisdesk: Run, three_nights: Callable[..., None]) -> None:
    three_nights(drill=True)
    said = crisisdesk("insights").out
    assert said.startswith("\nDRILLS, counted apart")
    assert "1 run closed" in crisisdesk("insights", "--since", "2026-11-03").out


def test_an_empty_desk_and_what_makes_no_sense(crisisdesk: Run) -> None:
    assert crisisdesk("insights").out == "There is no incident to learn from yet.\n"
    assert crisisdesk("insights", "--since", "soon").code == 2
    answer = crisisdesk("insights", "--playbook", "nothing")
    assert (answer.code, answer.err.startswith("No incident ran by the playbook 'nothing'.")) == (1, True)
