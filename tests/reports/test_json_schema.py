"""The JSON against its published schema, by a validator; and the schema against the types it is written from."""

import json
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from crisisdesk.domain.summary import Summary
from crisisdesk.reports import render
from tests.reports.outgoing import busy, hostile, night
from tests.reports.summary_schema import PUBLISHED, text

SUMMARIES: dict[str, Callable[[], Summary]] = {
    "a busy night": busy,
    "a drill": lambda: night(drill=True),
    "open": lambda: night(closed=False),
    "hostile": lambda: hostile("\ud800\x00 <b>"),
}


def test_the_published_schema_is_that_of_the_types() -> None:
    """Write it again with ``python -m tests.reports.summary_schema``."""
    assert PUBLISHED.read_text("utf-8") == text()
    Draft202012Validator.check_schema(json.loads(PUBLISHED.read_text("utf-8")))


@pytest.mark.parametrize("named", list(SUMMARIES))
def test_every_summary_fits_the_schema(named: str) -> None:
    told = json.loads(render(SUMMARIES[named](), "json"))
    Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8"))).validate(told)


def test_what_is_not_in_the_schema_is_refused() -> None:
    check = Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")))
    told = json.loads(render(busy(), "json"))
    assert list(check.iter_errors({**told, "more": 1}))
    assert list(check.iter_errors({**told, "crisisdesk": "summary/0"}))
    assert list(check.iter_errors({name: value for name, value in told.items() if name != "head"}))
    assert isinstance(busy(), Summary)
