"""One summary on its way to Markdown: what every section needs to say a time."""

from datetime import tzinfo

from crisisdesk.domain.outcomes import NOT_RECORDED
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.times import full, instant


class Page:
    """A summary and its time zone."""

    def __init__(self, summary: Summary) -> None:
        """Take the summary to tell."""
        from zoneinfo import ZoneInfo

        self.summary = summary
        self.zone: tzinfo = ZoneInfo(summary.zone)

    def time(self, moment: str, none: str = NOT_RECORDED) -> str:
        """Return a stored instant as people read it, or ``none`` where there is none."""
        return full(instant(moment), self.zone) if moment else none
