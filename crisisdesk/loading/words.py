"""The kinds of text the files use, each with how it is tested, named and shown by example."""

import re
from datetime import date

from crisisdesk.domain.conditions import NotACondition, parse_condition
from crisisdesk.domain.counting import COUNTS
from crisisdesk.domain.deadlines import parse_repeat, parse_within
from crisisdesk.loading.shapes import Word

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
SENSITIVITIES = ("normal", "personal", "hr", "privileged")
RECORD_KINDS = ("text", "list", "number", "link", "time", "yes-no")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DURATION = r"\d{1,4} +(minutes?|mins?|hours?|days?|working days?|calendar days?|months?)"
_ID = re.compile(ID_PATTERN)
_SIZE = re.compile(r"^(\d{1,5}) ?(KB|MB|GB)$", re.IGNORECASE)
_CLOCK = re.compile(r"^([01]?\d|2[0-3]):[0-5]\d$")
_UNITS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}


def is_id(text: str) -> bool:
    """Tell whether a text is lower-case words joined by hyphens."""
    return len(text) <= 80 and bool(_ID.match(text))


def is_dated(text: str) -> bool:
    """Tell whether a text is ``not yet`` or begins with a date: ``2026-10-02 by comms, legal, hr``."""
    return text == "not yet" or is_date(text[:10])


def is_date(text: str) -> bool:
    """Tell whether a text is a day that exists, as ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def size(text: str) -> int | None:
    """Read ``25 MB`` as bytes, by the 1,024 that file windows count with; None when it is not a size."""
    found = _SIZE.match(text)
    return int(found[1]) * _UNITS[found[2].upper()] if found else None


def day_number(text: str) -> int | None:
    """Return a weekday's number, Monday 0, from its English name or the first three letters."""
    word = text.casefold()
    return next((number for number, day in enumerate(DAYS) if word in (day, day[:3])), None)


def days(text: str) -> tuple[int, ...] | None:
    """Read ``monday to friday``, or one day; None when it is neither."""
    ends = [day_number(part) for part in text.replace("-", " to ").split(" to ") if part]
    first, last = ends[0] if ends else None, ends[-1] if ends else None
    if first is None or last is None or len(ends) > 2 or last < first:
        return None
    return tuple(range(first, last + 1))


def record_kind(text: str) -> tuple[str, bool] | None:
    """Read ``link`` or ``optional link`` as the kind and whether it may be left out."""
    words = text.replace(",", " ").replace("(", " ").replace(")", " ").split()
    kinds = [word for word in words if word != "optional"]
    if len(kinds) != 1 or kinds[0] not in RECORD_KINDS or len(words) > 2:
        return None
    return kinds[0], len(words) == 2


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text)) and float(text) > 0


def _ratifies(text: str) -> bool:
    return text.startswith("ratify within ") and parse_within(text.removeprefix("ratify within ")) is not None


TEXT = Word()
ID = Word("an id", "lower-case words joined by hyphens, such as reclaim-account", is_id, pattern=ID_PATTERN)
DURATION = Word(
    "a duration", "10 minutes, or 24 hours of detection", lambda text: parse_within(text) is not None,
    pattern=f"^{_DURATION}( +of +[a-z0-9][a-z0-9 -]*)?$",
)  # fmt: skip
INTERVAL = Word(
    "a duration", "every 30 minutes, or 30 minutes", lambda text: parse_within(text.removeprefix("every ")) is not None,
    pattern=f"^(every +)?{_DURATION}$",
)  # fmt: skip
REPEAT = Word(
    "a repetition", "every 30 minutes until closing", lambda text: parse_repeat(text) is not None,
    pattern=f"^every +{_DURATION}( +until +.+)?$",
)  # fmt: skip
RATIFY = Word(
    "a rule for publishing first",
    "ratify within 15 minutes",
    _ratifies,
    pattern=f"^ratify within +{_DURATION}$",
)
CONDITION = Word(
    "a condition", "dms-read is not no and regions includes eu",
    lambda text: not isinstance(parse_condition(text), NotACondition),
)  # fmt: skip
DATED = Word(
    "a date",
    "not yet, or a date and names: 2026-10-02 by comms, legal",
    is_dated,
    pattern=r"^(not yet|\d{4}-\d{2}-\d{2}.*)$",
)
DAY = Word("a date", "2026-12-25", lambda text: is_date(text[:10]), pattern=r"^\d{4}-\d{2}-\d{2}")
WEEKDAYS = Word("a day of the week", "monday, or monday to friday", lambda text: days(text) is not None)
TIME = Word(
    "a time of day", "09:00", lambda text: bool(_CLOCK.match(text)), pattern=r"^([01]?\d|2[0-3]):[0-5]\d$"
)
WHOLE = Word("a whole number", "280", lambda text: text.isascii() and text.isdigit() and len(text) <= 9)
FACTOR = Word("a factor", "1, 1.5 or 4", _is_number)
SIZE = Word("a size", "25 MB", lambda text: size(text) is not None, pattern=r"^\d{1,5} ?([KkMmGg][Bb])$")
COUNTING = Word("a way of counting", known=COUNTS)
RELAYED = Word("a way of counting words by phone", known=("count", "confirm"))
LEVEL_FIGURE = Word("a figure of the level", known=("debrief-due", "review-due"))
MODE = Word("a mode", known=("read-do", "do-confirm"))
RECORD = Word(
    "a kind of record", f"{', '.join(RECORD_KINDS)}, each also as: optional link", lambda text: record_kind(text) is not None,
    pattern=f"^(optional )?({'|'.join(RECORD_KINDS)})(,? \\(?optional\\)?)?$",
)  # fmt: skip
SURENESS = Word("a kind of source", known=("primary", "secondary", "unsure"))
QUESTION_KIND = Word("a kind of answer", known=("choice", "list", "number"))
