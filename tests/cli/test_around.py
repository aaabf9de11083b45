"""The freeze, enquiries, silence and sensitivity by one-line commands, in real processes."""

from tests.cli.conftest import Run


def test_a_queue_is_frozen_until_it_is_released(declared: Run) -> None:
    ada = ("--as", "Ada")
    assert declared(*ada, "freeze", "pause", "1", "Scheduler", "--account", "@ours", "--held", "7").code == 0
    assert "FROZEN: Scheduler on @ours, 7 held, by Ada" in declared("show", "1").out
    assert declared("show", "1", "--json").json()["freeze"][0]["held"] == 7
    again = declared(*ada, "freeze", "pause", "1", "scheduler", "--account", "@OURS")
    assert (again.code, "is frozen already" in again.err) == (1, True)
    refused = declared(*ada, "close", "1")
    assert "'Scheduler' on @ours is frozen" in refused.err
    assert declared(*ada, "freeze", "release", "1", "scheduler", "--binned").code == 0
    assert declared("show", "1", "--json").json()["freeze"] == []
    assert "| Scheduler on @ours | 7 |" in declared("export", "1", "--to", "-").out.replace("\\", "")


def test_a_number_of_posts_is_a_number(declared: Run) -> None:
    refused = declared("--as", "Ada", "freeze", "pause", "1", "Ads", "--account", "@ours", "--held", "many")
    assert (refused.code, "is not a number of posts" in refused.err) == (1, True)
    assert declared("--as", "Ada", "freeze", "pause", "1", "Ads").code == 1


def test_an_enquiry_is_open_until_it_is_answered_once(declared: Run) -> None:
    added = declared(
        "--as",
        "Ada",
        "enquiry",
        "add",
        "1",
        "Dee",
        "--outlet",
        "Evening paper",
        "--question",
        "Who is it?",
        "--deadline",
        "in 40 minutes",
    )
    number = added.out.splitlines()[0].rpartition("#")[2]
    assert f"Enquiry #{number} is open" in declared("show", "1").out
    answered = ("--as", "Ada", "enquiry", "answer", "1", f"#{number}", "--line", "We name nobody.")
    assert declared(*answered).code == 0
    again = declared(*answered)
    assert (again.code, "is not an open enquiry" in again.err) == (1, True)
    assert "We name nobody." in declared("export", "1", "--to", "-").out
    assert declared("--as", "Ada", "enquiry", "answer", "1", "x", "--line", "y").code == 2


def test_silence_needs_a_reason_and_a_time_to_look_again(declared: Run) -> None:
    assert "Why do we say nothing?" in declared("--as", "Ada", "silence", "1", "--revisit", "in 2 hours").err
    assert (
        "When is the silence looked at again?"
        in declared("--as", "Ada", "silence", "1", "--because", "Few have seen it").err
    )
    assert (
        declared(
            "--as", "Ada", "silence", "1", "--because", "Few have seen it", "--revisit", "in 2 hours"
        ).code
        == 0
    )
    shown = declared("show", "1", "--json").json()
    assert shown["silence"] > shown["first_word_at"] > ""


def test_an_entry_is_kept_closer_and_never_opened_up(declared: Run) -> None:
    declared("--as", "Ada", "note", "1", "Her number is 555")
    raise_ = ("--as", "Ada", "sensitivity", "1", "3")
    assert declared(*raise_, "personal").code == 1
    assert declared(*raise_, "personal", "--because", "a phone number").code == 0
    assert declared(*raise_, "normal", "--because", "x").code == 1
    entry = declared("timeline", "1", "--json").json()["entries"][2]
    assert (entry["sensitivity"], entry["header"]["sensitivity"]) == ("personal", "normal")
    assert declared("verify").code == 0
