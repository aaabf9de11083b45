"""Text from people: shown so that it can do nothing, compared as people mean it, kept exactly."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain.text import (
    canonical_json,
    looks_like,
    name_key,
    nearest,
    one_line,
    same_name,
    shown,
    storable,
)

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [b]text[/b] \\", "plain [b]text[/b] \\"),
        ("\x1b[31mred\x1b[0m", "⟨1B⟩[31mred⟨1B⟩[0m"),
        ("\x1b]8;;http://evil\x07", "⟨1B⟩]8;;http://evil⟨07⟩"),
        ("\x9b31m", "⟨9B⟩31m"),
        ("a\0b\x7f", "a⟨00⟩b⟨7F⟩"),
        ("nice\u202egnp.exe", "nice⟨202E⟩gnp.exe"),
        ("\u2066in\u2069", "⟨2066⟩in⟨2069⟩"),
        ("pay\u200bpal", "pay⟨200B⟩pal"),
        ("soft\u00adhyphen", "soft⟨AD⟩hyphen"),
        ("\ufeffbom", "⟨FEFF⟩bom"),
        ("a\u2028b\u2029c", "a⟨2028⟩b⟨2029⟩c"),
        ("lone \ud800", "lone ⟨D800⟩"),
        ("private \ue000", "private ⟨E000⟩"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("a\u200db", "a⟨200D⟩b"),
        ("\u200d👩", "⟨200D⟩👩"),
        ("👩\u200d", "👩⟨200D⟩"),
        ("tab\tline\nend", "tab\tline\nend"),
        ("dos\r\nmac\rend", "dos\nmac\nend"),
        ("e\u0301 ש 漢", "e\u0301 ש 漢"),
    ],
)
def test_text_is_shown_so_that_it_can_only_be_read(text: str, expected: str) -> None:
    """Escapes, control characters, direction overrides and hidden characters become visible; the rest stays."""
    assert shown(text) == expected


@given(text=ANY)
def test_shown_text_can_do_nothing(text: str) -> None:
    """Nothing that steers a terminal or hides from the eye comes through, but joiners that join emoji."""
    out = shown(text)
    left = {char for char in out if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert left <= {"\n", "\t", "\u200d"}
    assert shown(out) == out
    assert not {"\n", "\t", "\r"} & set(shown(text, lines=False))


@given(text=ANY, width=st.integers(2, 40))
def test_one_line_is_one_line_and_no_wider(text: str, width: int) -> None:
    """However long and broken the text, it is one line that fits."""
    line = one_line(text, width)
    assert len(line) <= width
    assert "\n" not in line
    assert line == one_line(line, width)


def test_a_cut_line_ends_in_an_ellipsis() -> None:
    """A reader sees that there is more."""
    assert one_line("one  two\nthree", 9) == "one two …"
    assert one_line("one  two\nthree") == "one two three"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Okafor", "ada okafor", True),
        ("Ada Okafor", "  Ada\tOkafor ", True),
        ("Straße", "STRASSE", True),
        ("Ａda", "Ada", True),
        ("Zoe\u0301", "Zoé", True),
        ("Ada", "Ada O", False),
        ("Zoé", "Zoe", False),
    ],
)
def test_names_are_compared_as_people_mean_them(one: str, other: str, same: bool) -> None:
    """Case, width, composition and spaces make no other person; letters do."""
    assert same_name(one, other) is same


@given(name=ANY)
def test_a_name_s_key_is_its_own_key(name: str) -> None:
    """A name is the same as itself, spaced and cased otherwise."""
    assert same_name(name, f"  {name} ")
    assert same_name(name_key(name), name) or name_key(name_key(name)) != name_key(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Okafer", "Ada Okafor"),
        ("Okafor Ada", None),
        ("ADA OKAFOR", None),
        ("Ben", None),
        ("Ben Marsch", "Ben Marsh"),
    ],
)
def test_a_slip_of_a_known_name_is_noticed(name: str, expected: str | None) -> None:
    """A near miss is asked about, an equal or an unlike name is not."""
    assert looks_like(name, ["Ada Okafor", "Ben Marsh"]) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("capture-pots", "capture-post"), ("CAPTURE", "capture-post"), ("zz", None)]
)
def test_the_nearest_word_is_offered(word: str, expected: str | None) -> None:
    """A misspelt word finds its neighbour, and nonsense finds none."""
    assert nearest(word, ["choose-line", "capture-post"]) == expected


def test_only_text_can_stand_in_a_column() -> None:
    """Lone surrogates and NUL cannot be stored as plain text; everything else can."""
    assert storable("Zoë 漢 👩‍🚒 \x1b")
    assert not storable("a\0")
    assert not storable("\ud83d")


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | ANY,
        lambda inner: st.lists(inner) | st.dictionaries(ANY, inner),
        max_leaves=10,
    )
)
def test_canonical_json_is_ascii_and_says_the_same(value: object) -> None:
    """The text hashes are made of is ASCII without spaces to spare, read back whole, and the same each time."""
    text = canonical_json(value)
    assert text.isascii()
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


def test_canonical_json_takes_no_number_that_is_none() -> None:
    """What is not a number cannot be compared, so it cannot be hashed."""
    with pytest.raises(ValueError):
        canonical_json(float("nan"))
    assert canonical_json({"b": 1, "a": [True, "é"]}) == '{"a":[true,"\\u00e9"],"b":1}'
