"""Every mistake has its place, its words and its remedy."""

import re
from pathlib import Path

import pytest

from crisisdesk.loading import Problem, explain, load_library
from crisisdesk.loading.codes import EXPLANATIONS
from crisisdesk.loading.events import read_yaml

CASES = [
    # the wrong line in place of the right one, the code, the column, what is said
    (
        "who: comms-lead\n        within: 20",
        "hwo: comms-lead\n        within: 20",
        "E010",
        9,
        "Did you mean 'who'?",
    ),
    (
        "who: comms-lead\n        within: 20",
        "who: coms-lead\n        within: 20",
        "E030",
        14,
        "Did you mean 'comms-lead'?",
    ),
    ("on: [x, website]", "on: [x, webstie]", "E031", 17, "Did you mean 'website'?"),
    ("say: holding", "say: holdng", "E032", 14, "Did you mean 'holding'?"),
    ("starts-clock: gdpr-33", "starts-clock: gdpr-32", "E033", 23, "Did you mean 'gdpr-33'?"),
    ("after: reclaim", "after: reclame", "E034", 16, "Did you mean 'reclaim'?"),
    ("usually: sev2", "usually: sev9", "E035", 10, "There is no level 'sev9'."),
    ("use: capture-originals ", "use: capture-original ", "E040", 14, "Did you mean 'capture-originals'?"),
    ("within: 20 minutes", "within: twenty minutes", "E022", 17, "Write: 10 minutes"),
    ("days of reclaim", "days of reclame", "E045", 17, "Did you mean 'reclaim'?"),
    (
        "within: 20 minutes",
        "within: 20 minutes of reclaim",
        "E045",
        17,
        "Nothing is counted from 'reclaim' here.",
    ),
    ("mode: read-do", "mode: readdo", "E022", 15, "Did you mean 'read-do'?"),
    ("dms-read is not no and", "dms-raed is not no and", "E037", 18, "Did you mean 'dms-read'?"),
    ("dms-read is not no and", "dms-read is not nope and", "E037", 18, "cannot be answered 'nope'"),
    ("dms-read is not no and", "dms-read at least no and", "E037", 18, "does not fit the answers"),
    ("dms-read is not no and", "dms-read is no and dms-read is yes and", "E043", 18, "could never apply"),
    ("includes uk", "includes eu", "E037", 18, "cannot be answered 'eu'"),
    (
        "dms-read is not no and",
        "dms-read is not no or safety-risk is yes and",
        "E022",
        18,
        "is not a condition",
    ),
    ("posts held: optional number", "posts held: numbers", "E022", 23, "is not a kind of record"),
    ("{{channel}}", "{{chanel}}", "W003", 11, "Did you mean '{{channel}}'?"),
    ("{{channel}}", "{{channel", "E042", 11, "braces"),
    (
        "{{occurred, time}} were not ours",
        "{{occurred, tine}} were not ours",
        "W006",
        11,
        "Write one of: time",
    ),
    ("Posts here since", "Posts here since " + "we " * 90, "E041", 11, "X takes 280; this text has"),
    ("Posts here since", "Posts here since " + "we " * 76, "W004", 11, "about"),
    ("on x: >", "on y: >", "E031", 5, "There is no channel 'y'."),
    ("in de: |", "in deutsch: |", "E022", 5, "neither a channel nor a language"),
    ("pause: Every", "pauze: Every", "E010", 9, "Did you mean 'pause'?"),
    ("        mode: read-do", "        do: it again\n        mode: read-do", "E013", 9, "a second time"),
    ("        mode: read-do", "        tell: them too\n        mode: read-do", "E023", 9, "two verbs"),
    ("title: Account takeover", "titel: Account takeover", "E010", 1, "Did you mean 'title'?"),
    ("crisisdesk: playbook/1", "crisisdesk: playbook/2", "E024", 13, "does not know"),
    ("crisisdesk: playbook/1", "crisisdesk: policy/1", "E024", 13, "by its name it is a playbook"),
    ("dms-read:\n    ask", "safety-risk:\n    ask", "E039", 3, "already one of the policy's facts"),
    ("do: Check the numbers", "do: Notify the authority", "E039", 9, "another step 'notify-the-authority'"),
    ("approved-by: [legal]", "approved-by: [comms-lead]", "E044", 23, "never the approver"),
    (
        "id: reclaim\n",
        "id: reclaim\n        add-playbook: leak\n",
        "E046",
        23,
        "There is no playbook 'leak'.",
    ),
    ("phases:\n", "phases: none\nold:\n", "E021", 9, "where a list is expected"),
    ("goal: Nobody but us can post.", "goal:", "E014", 10, "has no value"),
    ("confirmed-by: another person", "confirmed-by: anyone", "E030", 23, "no role or person"),
    ("until closing", "until closed", "E045", 17, "Did you mean 'closing'?"),
    ("revisit: 2 hours", "unless-level-says: debrief-due", "E020", 9, "not instead of what"),
    ("revisit: 2 hours", "unless-level-says: debrief", "E022", 28, "Did you mean 'debrief-due'?"),
]


def problems_of(folder: Path, name: str = "takeover") -> tuple[Problem, ...]:
    return load_library(folder).problems.get(name, ())


def break_it(folder: Path, right: str, wrong: str, name: str = "takeover") -> tuple[Problem, ...]:
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return problems_of(folder, name)


def test_the_sound_files_have_no_problems(folder: Path) -> None:
    library = load_library(folder)
    assert library.problems == {}
    assert list(library.playbooks) == ["takeover"]


@pytest.mark.parametrize(("right", "wrong", "code", "column", "said"), CASES, ids=lambda case: str(case)[:24])
def test_a_mistake_is_told_at_its_place(
    folder: Path, right: str, wrong: str, code: str, column: int, said: str
) -> None:
    found = [one for one in break_it(folder, right, wrong) if one.code == code]
    assert found, [one.render() for one in problems_of(folder)]
    assert (found[0].column, said in found[0].render()) == (column, True), found[0].render()
    assert found[0].source_line[column - 1 : column].strip() or code == "E014"


@pytest.mark.parametrize(
    ("right", "wrong", "code", "said"),
    [
        ("    stand-in: comms-lead", "    stand-in: coms-lead", "E030", "Did you mean 'comms-lead'?"),
        ("time-zone: Europe/London", "time-zone: Europe/Lodnon", "E050", "Did you mean 'Europe/London'?"),
        ("counts: x-weighted", "counts: x-weight", "E022", "Did you mean 'x-weighted'?"),
        ("chained-on: gdpr-33", "chained-on: gdpr-34", "E038", "waits for itself"),
        ("  incident-lead:", "  lead:", "E020", "There is no role 'incident-lead'."),
        ("    level: sev1", "    level: sev0", "E035", "Did you mean 'sev"),
        ("  from: 9:00", "  from: 19:00", "E022", "ends at 17:30"),
        ("largest-file: 25 MB", "largest-file: 25", "E022", "Write: 25 MB"),
        ("pace: 1.5", "pace: 0.5", "E022", "worst first"),
        ("pace: 1.5", "pace: fast", "E022", "is not a factor"),
        ("    deadline: without undue delay\n", "", "E020", "neither a time nor a deadline"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_policy_is_told(folder: Path, right: str, wrong: str, code: str, said: str) -> None:
    found = [one for one in break_it(folder, right, wrong, "policy") if one.code == code]
    assert found
    assert said in found[0].render()
    assert load_library(folder).policy is None


def test_a_problem_reads_like_this(folder: Path) -> None:
    (found,) = break_it(folder, "who: comms-lead\n        within: 20", "who: coms-lead\n        within: 20")
    assert found.render().replace(str(folder), "playbooks") == (
        "playbooks/takeover.yaml:36:14  E030  There is no role 'coms-lead'.\n"
        "  |         who: coms-lead\n"
        "  |              ^\n"
        "    Did you mean 'comms-lead'?"
    )


def test_all_problems_come_at_once_in_the_order_of_the_file(folder: Path) -> None:
    path = folder / "takeover.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("who:", "hwo:").replace("usually:", "usualy:"), encoding="utf-8")
    places = [(one.line, one.column) for one in problems_of(folder)]
    assert len(places) == 7
    assert places == sorted(places)


def test_steps_that_wait_for_one_another_are_told(folder: Path) -> None:
    found = break_it(
        folder, "        mode: read-do", "        mode: read-do\n        after: publish-the-holding-statement"
    )
    assert [one.code for one in found] == ["E038"]
    assert "reclaim" in found[0].text


def test_a_statement_nobody_uses_and_a_long_phase_only_warn(folder: Path) -> None:
    extra = "".join(f"      - do: Thing {number}\n        who: legal\n" for number in range(10))
    break_it(folder, "\nstand-down-when", extra + "\nstand-down-when")
    found = break_it(folder, "\nstatements:\n", "\nstatements:\n  spare:\n    text: Unused.\n")
    assert [one.code for one in found] == ["W002", "W001"]
    assert "takeover" in load_library(folder).playbooks


def test_a_broken_common_step_breaks_only_who_uses_it(folder: Path) -> None:
    second = (
        (folder / "takeover.yaml")
        .read_text(encoding="utf-8")
        .replace("use: capture-originals", "use: call-legal")
    )
    (folder / "second.yaml").write_text(second, encoding="utf-8")
    break_it(folder, "capture: The posts", "captur: The posts", "common")
    library = load_library(folder)
    assert list(library.playbooks) == ["second"]
    assert set(library.broken) == {"common", "takeover"}


def test_no_message_speaks_like_a_program(folder: Path) -> None:
    for right, wrong, *_ in CASES:
        text = (folder / "takeover.yaml").read_text(encoding="utf-8")
        for one in break_it(folder, right, wrong):
            words = f"{one.text} {one.fix}"
            assert not re.search(r"mapping|Traceback|scalar|token|\\d|\[a-z|None\b.*yet$^", words), words
            assert explain(one.code)
        (folder / "takeover.yaml").write_text(text, encoding="utf-8")


def test_every_code_in_the_source_is_explained_and_every_explanation_used() -> None:
    room = Path(load_library.__code__.co_filename).parent
    source = "".join(
        path.read_text(encoding="utf-8") for path in room.glob("*.py") if path.name != "codes.py"
    )
    assert set(re.findall(r'"([EW]\d{3})"', source)) == set(EXPLANATIONS)
    assert explain(" e010 ")
    assert explain("E999") is None


def test_the_caret_stands_under_wide_characters() -> None:
    problem = Problem("E001", "f", 1, 5, "text", "", "日本: x")
    assert problem.render().splitlines()[2] == "  |       ^"


def test_a_long_line_is_cut_around_its_place() -> None:
    (problem,) = read_yaml(f"a: {'x' * 500} \t{'y' * 500}\n".encode(), "f").problems
    assert all(len(line) < 110 for line in problem.render().splitlines())
