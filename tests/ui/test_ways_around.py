"""Every way around a rule, tried from both doors: the command line in front of the real file, and the form on the real screen.

Each finds a refusal with a sentence and no entry; where it has already happened, an entry that everywhere reads *deviation*.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from crisisdesk.cli import run
from crisisdesk.cli.commands import crisisdesk
from crisisdesk.desk import NO_MANNER, Desk, Saved, Speaker
from crisisdesk.domain import intents as want
from crisisdesk.domain.decide import Refused
from crisisdesk.domain.intents import Intent
from crisisdesk.ui.app import DeskApp
from crisisdesk.ui.commands import BY_ID
from crisisdesk.ui.fields import Values
from crisisdesk.ui.screens.base import DeskView
from crisisdesk.ui.screens.runbook import RunbookScreen
from crisisdesk.ui.screens.statements import StatementsScreen
from tests.ui.conftest import Clock, wait_until

ADA, BEN, CARLA = "Ada Okoro", "Ben Lindqvist", "Carla Mendes"
DELETE = "carry-out"
Act = tuple[Intent, str]


def drafted(text: str) -> Act:
    """Ada writes the values statement for X."""
    return want.DraftStatement("values", "x", text=text), ADA


class Way(NamedTuple):
    """A way around a rule: what was done before, the act at each door, and what is said."""

    before: tuple[Act, ...]
    who: str
    command: tuple[str, ...]
    """The command's words; ``{words}`` is a file with other words, ``{stale}`` and ``{newest}`` are versions."""
    key: str
    """The command of the screen's registry."""
    values: Values
    screen: type[DeskView]
    sentence: str
    step: str = ""
    meanwhile: tuple[Act, ...] = ()
    """What somebody else does after the screen was drawn."""
    playbook: str = "employee-post"


HELD = (want.TakeRole("legal", CARLA), ADA)
SUBMIT = (want.SubmitStatement("values"), ADA)
HOLD = (want.SetHold("a claim is likely"), CARLA)
APPROVED = {"for_whom": "", "by": "", "because": ""}
WENT_OUT = {"link": "https://x.example/1", "because": "", "at": "", "late_because": ""}

WAYS: dict[str, Way] = {
    "approve one's own text": Way(
        (drafted("We know."), (want.TakeRole("legal", ADA, "alone"), ADA), SUBMIT), ADA,
        ("statement", "approve", "1", "values", "--version", "{newest}"), "approve-draft", APPROVED, StatementsScreen,
        "nobody approves their own words",
    ),
    "approve one's own text under another spelling": Way(
        (drafted("We know."), (want.TakeRole("legal", ADA, "alone"), ADA), SUBMIT), " ada  OKORO",
        ("statement", "approve", "1", "values", "--version", "{newest}"), "approve-draft", APPROVED, StatementsScreen,
        "nobody approves their own words",
    ),
    "approve one's own text as relayed by a colleague": Way(
        (drafted("We know."), (want.TakeRole("legal", ADA, "alone"), ADA), SUBMIT), BEN,
        ("--for", ADA.upper(), "--by", "phone", "statement", "approve", "1", "values", "--version", "{newest}"), "approve-draft",
        {**APPROVED, "for_whom": ADA.upper(), "by": "phone"}, StatementsScreen, "nobody approves their own words",
    ),
    "approve a stale version": Way(
        (HELD, drafted("We know."), SUBMIT), CARLA,
        ("statement", "approve", "1", "values", "--version", "{stale}"), "approve-draft", APPROVED, StatementsScreen,
        "is not the newest version", meanwhile=(drafted("We know now."),),
    ),
    "approve in a role not held": Way(
        (HELD, drafted("We know."), SUBMIT), BEN,
        ("statement", "approve", "1", "values", "--version", "{newest}"), "approve-draft", APPROVED, StatementsScreen,
        "holds none of the roles",
    ),
    "publish what nobody approved": Way(
        (HELD, drafted("We know.")), ADA,
        ("statement", "publish", "1", "values", "--version", "{newest}", "--link", "https://x.example/1"), "publish-draft", WENT_OUT,
        StatementsScreen, "is not approved by",
    ),
    "publish another version than was read": Way(
        (HELD, drafted("We know.")), ADA,
        ("statement", "publish", "1", "values", "--version", "{stale}"), "publish-draft", WENT_OUT, StatementsScreen,
        "The newest is", meanwhile=(drafted("We know now."),),
    ),
    "publish with a hole": Way(
        ((want.DraftStatement("values", "x"), ADA),), ADA,
        ("statement", "publish", "1", "values", "--version", "{newest}"), "publish-draft", WENT_OUT, StatementsScreen, "has blanks",
    ),
    "complete a capture with nothing": Way(
        (), ADA,
        ("done", "1", "capture", "--record", "link=https://x.example/1", "--record", "captured at=21:43"), "done",
        {"record: link": "https://x.example/1", "record: captured at": "21:43", "note": "", "at": "", "late_because": ""}, RunbookScreen,
        "nothing is yet", "capture-originals",
    ),
    "close with a queue frozen": Way(
        ((want.FreezeQueue("Scheduler", "@ours"), ADA),), ADA, ("close", "1"), "close", {"because": ""}, RunbookScreen,
        "'Scheduler' on @ours is frozen",
    ),
    "delete under a legal hold": Way(
        (HELD, HOLD), ADA, ("start", "1", DELETE), "start", {}, RunbookScreen, "A legal hold is on", DELETE, playbook="wrong-post",
    ),
}  # fmt: skip


def ready(desk: Desk, way: Way) -> str:
    """Declare and do what comes before; returns the incident's key."""
    saved = desk.declare(want.Declare("A post names us", "", "", ""), way.playbook, Speaker(ADA), NO_MANNER)
    assert isinstance(saved, Saved), saved
    for act in way.before:
        done(desk, act)
    return saved.case.state.label


def done(desk: Desk, act: Act) -> None:
    """Carry out what must be accepted."""
    saved = desk.act("1", act[0], Speaker(act[1]))
    assert isinstance(saved, Saved), saved


def version(desk: Desk) -> str:
    """The hash of the statement's newest version, or nothing."""
    case = desk.case("1")
    assert not isinstance(case, Refused)
    return next((one.text_hash for one in case.state.statements.values()), "")


def entries(desk: Desk) -> int:
    """How many entries the incident has on disk."""
    return desk.incidents()[0].entries


@pytest.mark.parametrize("name", WAYS)
def test_no_way_around_by_the_command_line(
    name: str, open_desk: Callable[[], Desk], clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way, desk = WAYS[name], open_desk()
    ready(desk, way)
    stale = version(desk)
    for act in way.meanwhile:
        done(desk, act)
    before = entries(desk)
    words = [word.format(stale=stale[:8], newest=version(desk)[:8]) for word in way.command]
    assert run(crisisdesk, ["--db", str(tmp_path / "desk.db"), "--as", way.who, *words], obj=clock) == 1
    assert way.sentence in capsys.readouterr().err
    assert entries(desk) == before


@pytest.mark.parametrize("name", WAYS)
async def test_no_way_around_by_the_screen(name: str, open_desk: Callable[[], Desk]) -> None:
    way, desk = WAYS[name], open_desk()
    key = ready(desk, way)
    app = DeskApp(open_desk, Speaker(way.who))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open_incident(key)
        if way.screen is StatementsScreen:
            await pilot.press("D")
        await wait_until(pilot, lambda: isinstance(app.screen, way.screen), way.screen.__name__)
        screen = app.screen
        assert isinstance(screen, way.screen)
        await wait_until(pilot, lambda: screen.case is not None, "loaded")
        subject = screen.subject()
        if way.step and screen.case:
            subject = subject._replace(step=screen.case.state.steps[way.step])
        for act in way.meanwhile:
            done(desk, act)
        before = entries(desk)
        refused = await screen._save(BY_ID[way.key], subject, dict(way.values))
        assert isinstance(refused, Refused)
        assert way.sentence in refused.sentence
        assert entries(desk) == before


ALREADY: dict[str, tuple[str, tuple[str, ...], str]] = {
    "published with a hole": ("publish with a hole", (), "with blanks"),
    "other words went out": ("publish what nobody approved", ("--text-file", "{words}"), "other words"),
    "captured nothing": ("complete a capture with nothing", (), "no evidence"),
    "deleted under a hold": ("delete under a legal hold", (), "under legal hold"),
}


@pytest.mark.parametrize("name", ALREADY)
def test_what_has_already_happened_reads_deviation_everywhere(
    name: str, open_desk: Callable[[], Desk], clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way, more, rule = WAYS[ALREADY[name][0]], ALREADY[name][1], ALREADY[name][2]
    desk = open_desk()
    ready(desk, way)
    (tmp_path / "words.txt").write_text("What really went out.", encoding="utf-8")
    typed = [
        *("done" if word == "start" else word for word in way.command),
        *more,
        "--already",
        "--because",
        "it is done",
    ]
    words = [word.format(newest=version(desk)[:8], stale="", words=tmp_path / "words.txt") for word in typed]
    say = ["--db", str(tmp_path / "desk.db"), "--as", way.who]
    assert run(crisisdesk, [*say, *words], obj=clock) == 0, capsys.readouterr().err
    capsys.readouterr()
    for ending in ("md", "json", "csv"):
        assert run(crisisdesk, [*say, "export", "1", "--to", str(tmp_path / f"s.{ending}")], obj=clock) == 0
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert f"deviation: {rule}" in text.partition("## Timeline")[2], text
    assert rule in text.partition("## Deviations")[2].partition("##")[0]
    told = json.loads((tmp_path / "s.json").read_text())
    assert [rule in one["rule"] for one in told["deviations"]] == [True]
    assert rule in (tmp_path / "s.csv").read_text(encoding="utf-8-sig")
