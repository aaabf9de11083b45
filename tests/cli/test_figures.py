"""Figures over time by one-line commands, in real processes."""

from tests.cli.conftest import Run


def test_figures_are_told_over_time_with_source_line_and_what_they_recommend(declared: Run) -> None:
    empty = declared("figures", "1")
    assert (empty.code, empty.out.count("not recorded")) == (0, 4)
    for typed in ("usual-mentions=25", "mentions=34", "mentions=340", "mentions=90"):
        assert declared("--as", "Ada", "figure", "1", typed, "--source", "Tool [b]\x1b[31m").code == 0
    out = declared("figures", "1").out
    assert "34 → 90, highest 340 at " in out
    assert "\n    ▁█▂\n" in out
    assert "340  Tool [b]⟨1B⟩[31m, Ada  #5" in out
    assert (
        "340 mentions per hour, 13.6 times the usual 25 an hour (from 10 times): recommends sev2 (#5)" in out
    )
    assert "\n    .#-\n" not in out
    assert "\n    .#:\n" in declared("figures", "1", "--ascii").out


def test_a_terminal_without_blocks_gets_ascii_marks(declared: Run) -> None:
    declared("--as", "Ada", "figure", "1", "mentions=34")
    declared("--as", "Ada", "figure", "1", "mentions=340")
    out = declared("figures", "1", env={"PYTHONIOENCODING": "ascii"}).out
    assert "34 -> 340" in out
    assert "\n    .#\n" in out


def test_figures_for_programs_and_in_the_summary(declared: Run) -> None:
    declared("--as", "Ada", "figure", "1", "mentions=34", "--source", "a | b")
    declared("--as", "Ada", "figure", "1", "mentions=1,340")
    read = declared("figures", "1", "--json").json()
    (one,) = read["figures"]
    assert next(iter(read.items())) == ("crisisdesk", "figures/1")
    assert [(point["value"], point["source"], point["seq"]) for point in one["points"]] == [
        (34, "a | b", 3),
        (1340, "", 4),
    ]
    assert (one["first"], one["last"], one["highest"], read["crossings"]) == (34, 1340, 1340, [])
    text = declared("export", "1", "--to", "-").out
    assert "| mentions per hour | 34 | a \\| b | Ada, #3 |" in text
    assert "| mentions per hour | 1,340 | not recorded | Ada, #4 |" in text
    assert "mentions per hour: ▁█, 34 → 1,340, highest 1,340 at " in text


def test_a_share_is_no_more_than_a_hundred_percent(declared: Run) -> None:
    refused = declared("--as", "Ada", "figure", "1", "sentiment=140")
    assert (refused.code, "from 0 to 100" in refused.err) == (1, True)
    assert declared("--as", "Ada", "figure", "1", "sentiment=40").code == 0


def test_a_mistyped_figure_is_put_right_by_a_number(declared: Run) -> None:
    declared("--as", "Ada", "figure", "1", "mentions=3400")
    refused = declared("--as", "Ada", "correct", "1", "3", "fewer", "--because", "slip")
    assert (refused.code, "is not a number" in refused.err) == (1, True)
    assert declared("--as", "Ada", "correct", "1", "3", "340", "--because", "slip").code == 0
    assert (
        "340  source not recorded, Ada  #3 (corrected by #4, first typed as 3,400)"
        in declared("figures", "1").out
    )
    assert declared("show", "1", "--json").json()["figures"] == {"mentions": 340}
    assert (
        "| mentions per hour | 340 | not recorded ⏎ corrected by #4, first typed as 3,400 | Ada, #3 |"
        in declared("export", "1", "--to", "-").out
    )
    assert declared("verify").code == 0
