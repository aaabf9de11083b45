"""The YAML library's complaints, in plain words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crisisdesk.loading.events import Source
    from crisisdesk.loading.problems import Problem

_QUOTES = 'Put the whole value in quotes: "…".'

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
    if "quoted scalar" in said and ("end of stream" in said or "document separator" in said) and opened:
        place = opened.line + 1, opened.column + 1
        return source.problem(
            "E008", *place, "A quote is opened here and never closed.", "Close it at the end of the value."
        )
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    text, fix = _words(said, source, line, column)
    return source.problem("E008", line, column, text, fix)


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
