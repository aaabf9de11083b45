"""A command's questions, asked one after the other. What is typed is kept until it is saved, as the screen's forms keep it."""

from collections.abc import Callable

from crisisdesk.domain.text import name_key, one_line
from crisisdesk.plain.dialogue import Dialogue
from crisisdesk.ui.fields import Choice, Field, Values

BACK, END = "back", "."
"""What leaves the questions; and the line that ends a text of several lines, or leaves the rest unsaid."""

Kept = Callable[[Values], None]


def fill(dialogue: Dialogue, fields: list[Field], draft: Values, kept: Kept) -> Values | None:
    """Ask each field and return the answers; None when the person went back. ``kept`` is told at every answer."""
    values = {field.name: draft.get(field.name, field.value) for field in fields}
    if any(draft.get(field.name) for field in fields):
        dialogue.say("What you typed before is offered again.")
    asked = [field for field in fields if field.kind != "hidden"]
    told = False
    for place, field in enumerate(asked):
        rest = asked[place:]
        enough = not any(one.required and not values[one.name].strip() for one in rest)
        if enough and len(rest) > 1 and not told:
            told = True
            dialogue.say(f"{len(rest)} more questions, none needed. A single dot saves now.")
        answer = _answer(dialogue, field, values[field.name])
        if answer is None:
            dialogue.say("Not saved. What you typed is kept for the next time.")
            return None
        if answer == END and enough:
            break
        values[field.name] = answer
        kept(values)
    return values


def _answer(dialogue: Dialogue, field: Field, before: str) -> str | None:
    """Ask one field until there is an answer; None for *back*."""
    dialogue.say(
        one_line(field.label) + (" (needed)" if field.required else " (enter skips)" if not before else "")
    )
    while True:
        if field.kind == "choice":
            answer = _choice(dialogue, field.choices, before)
        elif field.kind == "text":
            answer = _text(dialogue, before)
        else:
            answer = _line(dialogue, before)
        if answer is None:
            return None
        if field.watch and answer:
            dialogue.say(field.watch(answer))
        if answer.strip() or not field.required:
            return answer
        dialogue.say("This is needed. Type an answer, or back.")


def _line(dialogue: Dialogue, before: str) -> str | None:
    if before:
        dialogue.say(f"Enter keeps: {one_line(before)}")
    typed = dialogue.ask()
    if name_key(typed) == BACK:
        return None
    return typed if typed.strip() else before


def _text(dialogue: Dialogue, before: str) -> str | None:
    """Read lines until one with a single dot; an empty text keeps what was there."""
    if before:
        dialogue.say("It reads now:", before)
    dialogue.say(
        "Type as many lines as you like; a line with a single dot ends it."
        + (" Only the dot keeps it." if before else "")
    )
    rows: list[str] = []
    while (typed := dialogue.ask()) != END:
        if not rows and name_key(typed) == BACK:
            return None
        rows.append(typed)
    return "\n".join(rows) if rows else before


def _choice(dialogue: Dialogue, choices: tuple[Choice, ...], before: str) -> str | None:
    """Offer the choices by number; a number, or the beginning of one's words, takes it."""
    default = next(
        (number for number, choice in enumerate(choices, 1) if choice.value == before and before), 0
    )
    dialogue.choose(
        [f"{choice.label}{'. ' + choice.consequence if choice.consequence else ''}" for choice in choices]
    )
    while True:
        typed = dialogue.ask(f"Enter takes {default}." if default else "Which number?")
        if name_key(typed) == BACK:
            return None
        if not typed.strip():
            return before if default else ""
        if found := chosen(typed, [choice.label for choice in choices]):
            return choices[found - 1].value
        dialogue.say(
            f"There is no choice '{one_line(typed, 40)}'. Type a number from 1 to {len(choices)}, or back."
        )


def chosen(typed: str, labels: list[str]) -> int:
    """Return the number a person chose, by number or by the beginning of its words; 0 for none, or more than one."""
    if typed.strip().isdecimal():
        return int(typed) if 1 <= int(typed) <= len(labels) else 0
    fitting = [
        number for number, label in enumerate(labels, 1) if name_key(label).startswith(name_key(typed))
    ]
    return fitting[0] if len(fitting) == 1 else 0
