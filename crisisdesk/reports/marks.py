"""What stands above every page of a summary: that it is a drill, interim, a sample, or does not verify."""

from crisisdesk.domain.audience import PARTS
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.text import one_line
from crisisdesk.domain.times import full, instant


def marks(summary: Summary) -> list[str]:
    """Return the sentences that no reader may miss, each on one safe line; none where there is nothing to say."""
    return [*warnings(summary), *left_out(summary)]


def warnings(summary: Summary) -> list[str]:
    """Return what sets the whole summary apart."""
    from zoneinfo import ZoneInfo

    label, at = one_line(summary.label), full(instant(summary.written_at), ZoneInfo(summary.zone))
    found = ["DRILL. This was a rehearsal."] if summary.drill else []
    found += [f"Interim: {label} is {summary.status}. This is how it stood {at}."] if summary.interim else []
    found += [f"The log does not verify: {one_line(fault)}" for fault in summary.faults]
    found += ["The playbook is a sample, not adopted."] if summary.playbook.is_sample else []
    if summary.newer:
        found.append(
            f"Part of the log is of a newer version ({one_line(summary.newer)}) and is not told here."
        )
    return found


def left_out(summary: Summary) -> list[str]:
    """Return how many entries a copy leaves out, and why; and which parts it does not tell at all."""
    told = [
        f"{one.number} {'entry' if one.number == 1 else 'entries'}: {one_line(one.why)}"
        for one in summary.left_out
    ]
    parts = [name.replace("-", " ") for name in PARTS if summary.tells and name not in summary.tells]
    return [
        *([f"Left out of this copy: {'; '.join(told)}."] if told else []),
        *([f"Parts this copy does not tell: {', '.join(parts)}."] if parts else []),
    ]
