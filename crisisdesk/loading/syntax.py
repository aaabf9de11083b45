"""The YAML library's complaints, in plain words, and at the line a person would mend."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crisisdesk.loading.events import Source
    from crisisdesk.loading.problems import Problem

_QUOTES = 'Put the whole value in quotes: "…".'
_BULLET = re.compile(r"^\s*([–—•‣▪·*]|\d{1,3}[.)])\s")
_NO_SPACE = re.compile(r"^\s*(?:- )?[A-Za-z][A-Za-z-]*(:)[^\s:/]")
_NAME = re.compile(r"^\s*(?:- )?[A-Za-z][A-Za-z-]*:\s[^:]*$")

_PLAIN = (
    (
        "values are not allowed",
        "There is a second colon and space on this line.",
        'Put the value in quotes, as in do: "Note: pause".',
    ),
    ("undefined tag", "A word beginning with ! is not read as text.", _QUOTES),
    (
        "expected ',' or",
        "A list that begins with [ goes on with something that is neither a comma nor ].",
        "Close it with ], or put a text that begins with [ in quotes.",
    ),
    (
        "document start",
        "Something stands here that belongs to nothing above it.",
        "Indent it like its neighbours, or take it out.",
    ),
    (
        "document end",
        "Something stands here that belongs to nothing above it.",
        "Indent it like its neighbours, or take it out.",
    ),
    (
        "expected ':'",
        "This line is neither 'name: value' nor part of the text above.",
        "Indent it further than the name it belongs to, or give it a name.",
    ),
    (
        "expected key",
        "The indentation does not fit the lines around it.",
        "Begin it exactly below its neighbours.",
    ),
    (
        "block end",
        "The indentation does not fit the lines around it.",
        "Begin it exactly below its neighbours.",
    ),
    (
        "'-' indicator",
        "The indentation does not fit the list around it.",
        "Begin it with a hyphen exactly below its neighbours, or indent it further.",
    ),
    ("block sequence", "A list cannot begin here.", "Put it on the next line, indented."),
    (
        "block scalar",
        "After | or > the text begins on the next line.",
        "Put the text on the next line, indented, or put the value in quotes.",
    ),
    ("directive", "A line cannot begin with %.", _QUOTES),
)


def quoting_hint(sign: str) -> str:
    """Return what to do about a value that begins with a sign YAML keeps for itself."""
    return f"If the text begins with {sign}, put it in quotes. Otherwise write it out."


def translate(wrong: Any, source: "Source") -> "Problem":
    """Return a parse error as a problem; the library's own words are never passed on."""
    said = f"{wrong.context or ''} {wrong.problem or ''}"
    mark, opened = wrong.problem_mark or wrong.context_mark, wrong.context_mark
    if "expected ':'" in said and opened:
        mark = opened  # the line that lacks its colon, not the one after it where that is noticed
    if "quoted scalar" in said and ("end of stream" in said or "document separator" in said) and opened:
        place = opened.line + 1, opened.column + 1
        return source.problem(
            "E008", *place, "A quote is opened here and never closed.", "Close it at the end of the value."
        )
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if bullet := _bullet(said, source, line):
        return bullet
    text, fix = _words(said, source, line, column)
    return source.problem("E008", line, column, text, fix)


def never_closed(source: "Source", line: int, column: int) -> "Problem":
    """Return the problem of a quote that runs on over the lines below it."""
    text = "A quote is opened here and not closed on its line."
    return source.problem("E008", line, column, text, "Close it at the end of the value.")


def _bullet(said: str, source: "Source", line: int) -> "Problem | None":
    """Return the problem of a list made with a word processor's sign; it is noticed on its line or the one below."""
    above = "values are not" in said and _NAME.match(source.line(line)) and ": " in source.line(line - 1)
    for number in (line, line - 1) if above else (line,):
        if found := _BULLET.match(source.line(number)):
            text = f"A list is not made with '{found[1]}'."
            fix = "Begin each line of it with a plain hyphen and a space."
            return source.problem("E008", number, found.start(1) + 1, text, fix)
    return None


def _words(said: str, source: "Source", line: int, column: int) -> tuple[str, str]:
    here = source.line(line)
    sign = here[column - 1 : column]
    if "cannot start any token" in said and sign:
        return f"A value cannot begin with {sign}", _QUOTES
    if "unknown escape" in said:
        return (
            "This \\ inside double quotes means nothing.",
            "Use single quotes, or write \\\\ for one backslash.",
        )
    if "anchor" in said or "alias" in said:
        return "A value cannot begin with * or &.", _QUOTES
    if "expected ':'" in said and "\uff1a" in here:
        return "The colon on this line is a wide one, which is no colon here.", "Write: name: value"
    if "expected ':'" in said and _NO_SPACE.match(here):
        return "There is no space after the colon on this line.", "Write: name: value"
    if "values are not" in said and _NAME.match(here) and source.line(line - 1).strip():
        return (
            "This line is indented further than the line above, so it is read as more of that line's value.",
            "Begin it exactly below the name it stands beside.",
        )
    begins = _value(here)[:1]
    if begins and begins in "[{\"'*&!" and "values are not" not in said:
        return f"A value that begins with {begins} is read as something else than text.", _QUOTES
    for part, text, fix in _PLAIN:
        if part in said:
            return text, fix
    return (
        "The file cannot be read on from here.",
        "Check the quotes and the indentation of this line and the one above.",
    )


def _value(line: str) -> str:
    """Return what stands after the hyphen and the name of a line."""
    rest = line.strip().removeprefix("- ").strip()
    return rest.partition(": ")[2].strip() if ": " in rest else rest
