"""Text made safe for a chat such as Slack or Teams: it calls nobody, formats nothing, and hides no link behind a word."""

import re

from crisisdesk.domain.text import one_line

_OBEYED = str.maketrans("@<>*`[]", "\uff20\uff1c\uff1e\uff0a\uff40\uff3b\uff3d")
"""What chats act upon, and its wide form, which reads the same."""
_PAIRED = re.compile(r"(?<!\w)[_~]+|[_~]+(?!\w)")
_LINK = re.compile(r"https?://[^\s<>\"'`*\[\]]+", re.IGNORECASE)
_WIDE = {"_": "\uff3f", "~": "\uff5e"}


def chat_line(text: str, width: int = 0) -> str:
    """Return text on one line that a chat shows as it is; longer than ``width`` (0 for any) ends in an ellipsis.

    Links stay whole, as their own address, so that they can be looked at before they are opened.
    """
    line, out, end = one_line(text, width), [], 0
    for link in _LINK.finditer(line):
        out += [_defused(line[end : link.start()]), link[0].replace("@", "%40")]
        end = link.end()
    return "".join([*out, _defused(line[end:])])


def chat_length(text: str) -> int:
    """Return how long a text is as chats count: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _defused(text: str) -> str:
    wide = _PAIRED.sub(lambda found: "".join(_WIDE[char] for char in found[0]), text)
    return wide.translate(_OBEYED)
