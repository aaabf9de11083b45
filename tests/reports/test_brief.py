"""The brief on paper and in a chat: the same words, harmless everywhere, and short where it must be."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crisisdesk.domain import entries as log
from crisisdesk.domain import intents as want
from crisisdesk.domain.brief import Brief, brief
from crisisdesk.domain.text import shown
from crisisdesk.reports.brief import as_chat, as_json, as_markdown, as_text
from crisisdesk.reports.chat_text import chat_length, chat_line
from tests.domain.brief_night import HELD_BACK, MORNING, brief_of, full_night
from tests.domain.sample import START, Log, declared
from tests.reports.sample_night import EVENING
from tests.reports.sample_night import Log as Night
from tests.reports.test_exports import HOSTILE, hostile_night

GOLDEN = Path(__file__).parent / "golden" / "brief.txt"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def morning() -> Brief:
    """The full night as it stands at six."""
    return brief_of(full_night(), now=START + MORNING)


def hostile(text: str) -> Brief:
    """A night in which every word, name and reason is the text."""
    night: Night = hostile_night(text)
    return brief(night.state(), night.entries, EVENING + timedelta(hours=9), text)


def test_the_text_is_as_it_was_read_and_kept() -> None:
    assert as_text(morning()) == GOLDEN.read_text(encoding="utf-8")


def test_the_sections_come_in_the_order_of_somebody_who_takes_over() -> None:
    titles = re.findall(r"^## (.+)$", as_markdown(morning()), re.MULTILINE)
    assert [title.split(" since ")[0] for title in titles] == [
        "What happened", "What is next, and what is late", "Approvals waiting", "Promises", "Legal clocks", "Freeze", "Open enquiries",
        "Legal hold", "Silence", "What is decided, and why", "Statements", "Fact sheet", "Facts", "Roles", "What changed", "This brief",
    ]  # fmt: skip


def test_an_incident_just_declared_says_none_and_not_recorded() -> None:
    told = as_text(brief_of(declared()))
    for words in (
        "Happened: not recorded. Detected: not recorded.", "No queue is frozen.", "No decision is recorded.", "None is recorded as published.",
        "Public: none is open.", "Internal: none is open.", "Known: none", "Unknown: injured, regions, reach", "! Nobody is comms lead",
    ):  # fmt: skip
        assert words in told
    for title in ("Approvals waiting", "Legal clocks", "Open enquiries", "Legal hold"):
        assert re.search(rf"^{title}\n-+\n  none$", told, re.MULTILINE), title


def test_late_is_loud_and_says_by_how_much() -> None:
    told = as_text(morning())
    assert re.search(r"^! blocked: Pause planned posts \[pause-posts\]", told, re.MULTILINE)
    assert "LATE by 8 h 44 min" in " ".join(told.split())
    assert "- **" in as_markdown(morning())


def test_a_drill_says_so_in_its_first_line_everywhere() -> None:
    night = Night(drill=True)
    night.declare()
    told = brief(night.state(), night.entries, EVENING, "Ada")
    for text in (as_text(told), as_markdown(told), as_chat(told)):
        assert "DRILL" in text.splitlines()[0]
    assert "DRILL. This is a rehearsal." in as_text(told)


def test_a_log_that_does_not_verify_says_so_in_every_form() -> None:
    told = morning()._replace(faults=("Entry #4 was changed.",))
    for text in (as_text(told), as_markdown(told), as_chat(told)):
        assert "The log does not verify: Entry \\#4" in text.replace("#4", "\\#4").replace("\\\\", "\\")


def test_deviations_are_marked_in_every_form() -> None:
    night = full_night()
    version = next(iter(night.state.statements.values())).text_hash[:8]
    night.do(want.PublishStatement("holding", "x", version=version, already=True, because="it was out"))
    for text in (as_text(brief_of(night)), as_markdown(brief_of(night)), as_chat(brief_of(night))):
        assert "DEVIATION: not approved" in " ".join(text.split())


def test_words_kept_closer_are_in_no_form() -> None:
    told = morning()
    for text in (as_text(told), as_markdown(told), as_chat(told), json.dumps(as_json(told))):
        assert HELD_BACK not in text
        assert "555" not in text


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_plain_text_stays_within_its_width_and_sends_no_controls(text: str, width: int) -> None:
    told = as_text(hostile(text), width)
    assert shown(told) == told
    assert max(map(len, told.split("\n"))) <= width


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_in_markdown_peoples_words_make_no_markup(text: str) -> None:
    page = as_markdown(hostile(text))
    assert shown(page) == page
    allowed = {"heading", "bullet_list", "list_item", "paragraph", "inline", "text", "strong", "softbreak"}
    for token in MARKDOWN.parse(page):
        for part in [token, *(token.children or [])]:
            assert re.sub("_(open|close)$", "", part.type) in allowed, (part.type, part.content)
    assert page.count("\n## ") == 16


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_chat_text_obeys_nobody(text: str) -> None:
    line = chat_line(text)
    outside = re.sub(r"https?://\S+", "", line)
    assert not set("@<>*`[]") & set(outside)
    assert shown(line) == line
    assert "\n" not in line


@pytest.mark.parametrize(
    "call",
    [
        "@here",
        "@channel",
        "@everyone",
        "<!here>",
        "<!channel>",
        "<@U012AB3CD>",
        "<https://evil.example|our site>",
        "[us](https://evil.example)",
    ],
)
def test_mentions_and_hidden_links_are_defused_in_the_chat(call: str) -> None:
    log_ = declared("sev2")
    log_.do(want.BlockStep("capture-post", call))
    told = as_chat(brief_of(log_))
    assert call not in told
    assert not re.search(r"[@<>\[\]]", re.sub(r"https://[^\s|]+", "", told))
    assert len(re.findall(r"^    Blocked because: \S", told, re.MULTILINE)) == 1


def test_a_link_in_the_chat_stays_whole_as_its_own_address() -> None:
    assert (
        chat_line("at https://x.example/_a_/~b?c=d_ now _so_")
        == "at https://x.example/_a_/~b?c=d_ now \uff3fso\uff3f"
    )
    assert chat_line("https://social.example/@ours/1") == "https://social.example/%40ours/1"


@pytest.mark.parametrize("word", ["word ", "\U0001f468\u200d\U0001f469 ", "漢字", "<@&*"])
def test_the_chat_text_is_short_whatever_was_written_and_keeps_its_head(word: str) -> None:
    log_: Log = full_night()
    for number in range(40):
        log_.do(want.AddStep(f"{number} {word * 60}", "comms-lead", "5 minutes"))
        log_.do(want.LogEnquiry(word * 60, word * 60))
    told = as_chat(brief_of(log_, now=START + MORNING))
    assert chat_length(told) < 4_000
    assert log_.state.head in told
    assert "do not fit here" in told or "does not fit here" in told
    assert "Incident lead" in told


def test_the_chat_text_has_bold_headings_and_bullets_and_nothing_else() -> None:
    for line in as_chat(morning()).splitlines():
        assert re.fullmatch(r"\*[^*]+\*|• [^*]+|    [^*]+", line), line


def test_the_json_names_every_part_and_keeps_spans_in_seconds() -> None:
    told = json.loads(json.dumps(as_json(morning())))
    assert set(told) == set(Brief._fields)
    assert told["late"][0]["late"] == {"seconds": 8 * 3600 + 44 * 60}
    assert told["decisions"][0]["taken"]["choice"] == "Answer now"


def test_an_entry_of_a_newer_program_is_said() -> None:
    night = Night()
    night.declare()
    newer = night.entries[0]._replace(
        header=night.entries[0].header._replace(seq=2, kind="later"), event=log.UnknownKind("later"), words={}
    )
    state = night.state()._replace(newer="later")
    assert "newer version (later)" in as_text(brief(state, [*night.entries, newer], EVENING, "Ada"))


def test_a_second_brief_in_the_same_process_reads_like_the_first() -> None:
    """A package's function that shares its name with a module is the module after its first call."""
    from crisisdesk.reports import brief as reports

    page = morning()
    for render in ("as_text", "as_markdown", "as_chat", "as_json"):
        assert getattr(reports, render)(page) == getattr(reports, render)(page)
