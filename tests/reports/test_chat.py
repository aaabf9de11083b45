"""What is copied into Slack or Teams: what it says, and that people's words in it do nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from crisisdesk.domain import intents as want
from crisisdesk.domain.summary import Summary, summarise
from crisisdesk.domain.text import shown
from crisisdesk.reports.chat import MOST, slack, still, teams
from crisisdesk.reports.chat_text import chat_length
from tests.domain.brief_night import full_night
from tests.domain.sample import COMMS
from tests.reports.outgoing import HOSTILE, busy, hostile, night

READER = MarkdownIt("gfm-like", {"linkify": True})
"""Reads as Teams does: emphasis, strikethrough, tables, and addresses nobody marked as links."""
CALLS = (
    "@channel", "@here", "@everyone", "<!here>", "<!channel>", "<!subteam^S1>", "<@U012AB3CD>", "<#C024BE7LR>", "#general",
    "*bold*", "**bold**", "_it_", "__it__", "~gone~", "~~gone~~", "a~~gone~~b", "`code`", "```code```", "> quoted", "&lt;!here&gt;",
    "[us](https://evil.example)", "<https://evil.example|our site>", "https://evil.example/a", "http://1.2.3.4/", "www.evil.example",
    "evil.example", "WWW.1evil.com", "a@b.example", "mailto:a@b.example", "slack://open", ":rotating_light:", "5:100:", ":-)",
    "# head", "//evil.example", "| a | b |\n|---|---|", "ends in \\", "![i](https://evil.example/x.png)", "$$x$$", "<b>x</b>",
)  # fmt: skip
OURS = {
    "paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    "text", "strong_open", "strong_close", "softbreak",
}  # fmt: skip


def read(page: str) -> list[Token]:
    return [part for token in READER.parse(page) for part in (token, *(token.children or []))]


def named(text: str) -> Summary:
    """The busy summary with the text for its title, for what is open and for whoever owns it, and for what is out."""
    summary = busy()
    out = summary.statements[0]._replace(
        statement=text, channel=text, published_at=summary.written_at, deviation=text
    )
    return summary._replace(
        title=text,
        open_items=tuple(one._replace(title=text, owner=text) for one in summary.open_items),
        statements=(out,),
    )


def test_it_says_title_status_severity_what_is_open_and_the_next_update() -> None:
    told = slack(busy()).splitlines()
    assert told[:2] == [
        "*INC-0001: A post names us*",
        "Status: open · Severity: sev1 · As of 2026-11-20 21:11 GMT",
    ]
    assert "*Open* (14)" in told
    assert "• step: Pause planned posts · Ben Marsh · due 2026-11-20 21:16 GMT" in told
    assert "• legal clock: Tell the regulator · counsel · due 2026-11-23 20:55 GMT" in told
    assert "• and 2 more" in told
    assert told[-2:] == ["*Statements published*: none", "*Next update*: 2026-11-21 09:06 GMT (internal)"]


def test_what_is_late_comes_first_and_the_public_promise_before_the_internal_one() -> None:
    told = full_night()
    told.wait(hours=9)
    lines = slack(summarise(told.entries, told.state, told.now)).splitlines()
    points = [line for line in lines if line.startswith("• ") and " more" not in line]
    late = ["LATE: " in line for line in points]
    assert late == sorted(late, reverse=True)
    assert late[0]
    assert lines[-1] == "*Next update*: 2026-11-20 22:06 GMT (public, LATE)"


def test_a_statement_that_is_out_is_named_with_its_time() -> None:
    told = full_night()
    link = "https://post.example/9"
    told.do(want.PublishStatement("holding", already=True, because="they ask already", link=link), COMMS)
    lines = slack(summarise(told.entries, told.state, told.now)).splitlines()
    assert any(line.startswith("• 'holding' for x, version 1 · 2026-11-20 21:06 GMT") for line in lines), (
        lines
    )


def test_a_closed_incident_with_nothing_promised_says_so() -> None:
    bare = night()._replace(open_items=(), promises=())
    assert slack(bare).splitlines()[-3:] == [
        "*Open*: none", "*Statements published*: none", "*Next update*: none is promised",
    ]  # fmt: skip


def test_teams_reads_bold_and_a_list_and_nothing_else() -> None:
    parts = read(teams(busy()))
    assert {part.type for part in parts} == OURS - {"softbreak"}
    bold = [parts[place + 1].content for place, part in enumerate(parts) if part.type == "strong_open"]
    assert bold == ["INC-0001: A post names us", "Open", "Statements published", "Next update"]


def test_a_drill_a_sample_and_a_log_that_does_not_verify_say_so_above() -> None:
    summary = night(drill=True, closed=False)._replace(faults=("Entry 3 was changed.",))
    for told in (slack(summary), teams(summary)):
        lines = [line for line in told.splitlines() if line]
        assert lines[0].strip("*") == "DRILL · DRILL-0001: A team member's post names us"
        assert lines[1:4] == [
            "DRILL. This was a rehearsal.",
            "The log does not verify: Entry 3 was changed.",
            "The playbook is a sample, not adopted.",
        ]


@pytest.mark.parametrize("call", CALLS)
def test_nothing_is_called_marked_or_linked(call: str) -> None:
    assert call not in slack(named(call))
    same = {part.type for part in read(teams(named("word")))}
    assert {part.type for part in read(teams(named(call)))} <= same | {"softbreak"}
    assert_quiet(slack(named(call)))


@pytest.mark.parametrize("text", ["- list", "1. one", "+ one", "---", "===", "    code", "\t- deep"])
def test_what_would_begin_a_block_begins_none(text: str) -> None:
    assert {part.type for part in read(teams(named(text)))} <= OURS


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_short_visible_and_quiet(text: str) -> None:
    for told in (slack(hostile(text)), slack(named(text)), teams(named(text))):
        assert shown(told) == told
        assert chat_length(told) <= MOST
        assert_quiet(told.replace("**", "*").replace("\n- ", "\n• "))
        assert told.startswith("*")
    assert {part.type for part in read(teams(named(text)))} <= OURS


def assert_quiet(told: str) -> None:
    """Only our own marks: bold at the beginning of a line, and the points of a list."""
    for line in told.splitlines():
        found = re.fullmatch(r"(?:\*([^*]+)\*)?(.*)", line)
        assert found, line
        assert not set("@<>*`[]~#&|\\") & set((found[1] or "") + found[2]), line
        assert not re.search(r"(?<!\d):\S|\w\.[^\W\d_]|(?<!\w)_|_(?!\w)", line), line


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text("<>[]()`*_|\\!#-+=.1 \n\tahtp:/w@&;~co", max_size=80))
def test_any_text_is_read_as_text(text: str) -> None:
    line = still(text)
    assert shown(line) == line
    page = f"**x: {line}**\n- y: {line}\n"
    assert {part.type for part in read(page)} <= OURS
    assert "\n" not in line


def test_ordinary_words_stay_readable() -> None:
    assert still("Nine shares, two partners (upset): 3.5 % at 21:38, see INC-0001.") == (
        "Nine shares, two partners (upset): 3.5 % at 21:38, see INC-0001."
    )


def test_words_kept_closer_are_not_in_a_chat() -> None:
    assert "Ann Ree" not in slack(busy()) + teams(busy())
    assert "(personal data, entry 19)" in slack(busy())
