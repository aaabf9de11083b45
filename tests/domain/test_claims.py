"""The fact sheet: how claims stand, and which of them a text carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisisdesk.domain import entries as log_of
from crisisdesk.domain import intents as want
from crisisdesk.domain.claims import STANDINGS, Claim, carried, same_claim
from tests.domain.sample import DECLARE, Log

STAFF = Claim(4, "unconfirmed", "The post was written by a member of staff", "a journalist")
NAME = Claim(5, "do not say", "his name")
KNOWN = Claim(6, "confirmed", "We have seen the post")


def test_a_claim_is_added_judged_and_taken_off() -> None:
    log = Log()
    log.do(DECLARE)
    log.do(want.JudgeClaim("unconfirmed", "It was staged", source="a caller"))
    claim = log.entries[-1].seq
    assert log.state.claims == {claim: "unconfirmed"}
    assert "How do we know?" in log.refusal(want.JudgeClaim("confirmed", claim=claim)).sentence
    log.do(want.JudgeClaim("confirmed", claim=claim, source="the original file"))
    assert isinstance(log.last, log_of.ClaimJudged)
    assert "confirmed already" in log.refusal(want.JudgeClaim("confirmed", claim=claim, source="x")).sentence
    assert "Why?" in log.refusal(want.JudgeClaim("do not say", claim=claim)).sentence
    log.do(want.JudgeClaim("do not say", claim=claim, because="an inquiry runs"))
    log.do(want.JudgeClaim("retracted", claim=claim, because="never claimed"))
    assert log.state.claims == {}
    assert (
        "not on the fact sheet" in log.refusal(want.JudgeClaim("confirmed", claim=claim, source="x")).sentence
    )


@pytest.mark.parametrize(
    "intent", [want.JudgeClaim("confirmed"), want.JudgeClaim("maybe", "x"), want.JudgeClaim("retracted", "x")]
)
def test_what_is_no_claim_is_refused(intent: want.JudgeClaim) -> None:
    log = Log()
    log.do(DECLARE)
    assert log.refusal(intent).remedy


def test_a_text_that_says_a_claim_in_its_words_carries_it() -> None:
    text = "We know that a member of our staff has written this post, and that the post is out."
    assert carried(text, [STAFF._replace(text="Member of staff: written this post")]) != []
    assert carried("A member left. Staff wrote. It was a post.", [STAFF]) == [], (
        "words of different sentences"
    )
    assert carried("We have seen the post.", [KNOWN]) == [], "confirmed claims are fine"
    assert carried("We do not give HIS NAME.", [STAFF, NAME]) == [NAME]


def test_numbers_count_and_those_not_to_be_said_come_first() -> None:
    many = Claim(7, "unconfirmed", "40 were hurt")
    never = Claim(8, "do not say", "40 were hurt")
    assert carried("We hear 40 were hurt.", [many, never]) == [never, many]
    assert carried("We hear 41 were hurt.", [many, never]) == []


@given(st.text(min_size=1), st.sampled_from(STANDINGS[1:]))
def test_a_claim_is_found_in_a_text_that_is_the_claim(text: str, standing: str) -> None:
    claim = Claim(1, standing, text)
    found = carried(text, [claim])
    assert found in ([], [claim])
    if same_claim(text, "") is False and not set(text) & set(".!?\n"):
        assert found == [claim]
