"""Write the golden summary anew, to be read before it is kept: ``python -m tests.reports.write_golden``."""

from datetime import timedelta
from pathlib import Path

from crisisdesk.domain.summary import summarise
from crisisdesk.reports import render
from tests.reports.sample_night import EVENING, whole_night

GOLDEN = Path(__file__).parent / "golden" / "summary.md"


def golden() -> bytes:
    """Return the summary of the whole night, as it reads the next morning."""
    night = whole_night()
    return render(summarise(night.entries, night.state(), EVENING + timedelta(hours=11)), "md")


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_bytes(golden())
