"""What is said of an incident on every screen of it: a step's state, times in its zone, a figure over time."""

from datetime import datetime, timedelta

from textual.content import Content

from crisisdesk.desk import Case
from crisisdesk.domain.figures import Series, sparkline
from crisisdesk.domain.incident import StepState
from crisisdesk.domain.runbook import stands, zone
from crisisdesk.domain.severity import number
from crisisdesk.domain.times import clock, instant, spell
from crisisdesk.ui.showing import GLYPHS, QUIET, STYLES, join


def state_words(case: Case, known: StepState) -> Content:
    """Say a step's state as a glyph and a word."""
    name = stands(case.state, known)
    return Content.styled(f"{GLYPHS[name]} {name}", STYLES[name])


def at(moment: str, case: Case, now: datetime) -> str:
    """Show a stored instant in the policy's zone, with the date when it is not today's."""
    return clock(instant(moment), zone(case.state.policy), now) if moment else "not recorded"


def zone_name(case: Case, now: datetime) -> str:
    """Name the zone that times are shown in."""
    return f"{now.astimezone(zone(case.state.policy)):%Z}"


def run_of(one: Series, now: datetime, width: int) -> Content:
    """Show a figure over time in at most ``width`` marks, with its last value and how old that is."""
    old = now - instant(one.last.at)
    age = f"{spell(old)} ago" if old >= timedelta(minutes=1) else "just now"
    return join(
        (sparkline(one.values, width), "$text-accent"), f" {number(one.last.value)}", (f", {age}", QUIET)
    )
