"""The brief for a chat: the same points, each shortened, as many as fit. Bold headings and bullets, nothing else."""

from crisisdesk.domain.brief import Brief
from crisisdesk.reports.brief.wording import Row, Section, heading, sections
from crisisdesk.reports.chat_text import chat_length, chat_line

MOST = 3_900
"""UTF-16 units: Slack and Teams take four thousand, and somebody will write a line above it."""
_LINE = 180
_ROWS = 6
"""Points of one section; its others are counted."""
_SAID_ABOVE = ("What happened: ", "DRILL. ")
"""Points that the first line has said."""
_NOT_IN_A_CHAT = "DO NOT SAY"
_NEEDED = ("Because", "Blocked", "Asks", "Link", "DEVIATION")
"""What of the lines under a point a chat needs: why, where, and every deviation."""


def chat(brief: Brief) -> str:
    """Return the brief in under 4,000 characters; what does not fit is counted, and said where it is."""
    *told, changed, proof = sections(brief)
    count = len(brief.changes.newest) + brief.changes.more
    end = [
        f"• {chat_line(changed.title)}: {count} {'entry' if count == 1 else 'entries'}, see the timeline",
        *(_bullet(row.text) for row in proof.rows),
        f"• The whole brief: crisisdesk brief {chat_line(brief.label)}",
    ]
    lines = [f"*{chat_line(heading(brief), _LINE)}*"]
    room = MOST - _cost([*lines, _left_out(99), *end])
    left_out = 0
    for block in (_block(section) for section in told if section.rows):
        if _cost(block) > room:
            left_out += 1
            continue
        room -= _cost(block)
        lines += block
    return "\n".join([*lines, *([_left_out(left_out)] if left_out else []), *end]) + "\n"


def _cost(lines: list[str]) -> int:
    return sum(chat_length(line) + 1 for line in lines)


def _left_out(count: int) -> str:
    return f"• {count} more {'section does' if count == 1 else 'sections do'} not fit here"


def _block(section: Section) -> list[str]:
    """Return a section with its loudest points first, and what nobody knows before what somebody does."""
    points = [row for row in section.rows if not row.text.startswith(_SAID_ABOVE)]
    kept = [row for row in points if not row.text.startswith(_NOT_IN_A_CHAT)]
    if len(kept) < len(points):  # a chat is forwarded: what must not be said is not said there either
        kept.append(Row(f"{len(points) - len(kept)} not to be said; read them at the desk", loud=True))
    points = kept
    points.sort(key=lambda row: (not row.loud, not row.text.startswith("Unknown: ")))
    lines = [f"*{chat_line(section.title)}*"]
    for row in points[:_ROWS]:
        lines.append(_bullet(row.text, loud=row.loud))
        lines += [f"    {chat_line(below, _LINE)}" for below in row.below if below.startswith(_NEEDED)]
    if len(points) > _ROWS:
        lines.append(f"• and {len(points) - _ROWS} more")
    return lines


def _bullet(text: str, *, loud: bool = False) -> str:
    return f"• {'! ' if loud else ''}{chat_line(text, _LINE)}"
