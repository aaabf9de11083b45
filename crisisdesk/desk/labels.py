"""What an incident is called: ``INC-0007``, or ``DRILL-0007`` for an exercise; and what a person may mean by a name."""

from collections.abc import Iterable


def next_label(taken: Iterable[str], *, drill: bool) -> str:
    """Return the label of a new incident: one more than the highest number of its kind among those taken."""
    prefix = "DRILL" if drill else "INC"
    numbers = [int(label.rsplit("-", 1)[1]) for label in taken if label.startswith(prefix + "-")]
    return f"{prefix}-{max(numbers, default=0) + 1:04d}"


def meant(named: str) -> list[str]:
    """Return the keys a person may mean, the likeliest first: ``7`` and ``inc-7`` are ``INC-0007``."""
    text = named.strip()
    prefix, _, number = text.rpartition("-")
    if not number.isdecimal() or len(number) > 8:
        return [text]
    return [text, f"{(prefix or 'INC').upper()}-{int(number):04d}"]
