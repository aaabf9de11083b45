"""Write the golden summary and brief anew, to be read before they are kept: ``python -m tests.reports.write_golden``."""

from datetime import timedelta
from pathlib import Path

from crisisdesk.domain.summary import summarise
from crisisdesk.reports import render
from crisisdesk.reports.brief import as_text
from tests.domain.brief_night import MORNING, brief_of, full_night
from tests.domain.sample import START
from tests.reports.sample_night import EVENING, whole_night

GOLDEN = Path(__file__).parent / "golden" / "summary.md"
BRIEF = GOLDEN.with_name("brief.txt")


def golden() -> bytes:
    """Return the summary of the whole night, as it reads the next morning."""
    night = whole_night()
    return render(summarise(night.entries, night.state(), EVENING + timedelta(hours=11)), "md")


def golden_brief() -> bytes:
    """Return the brief of the full night, as it reads at six."""
    return as_text(brief_of(full_night(), now=START + MORNING)).encode()


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_bytes(golden())
    BRIEF.write_bytes(golden_brief())
