"""What makes two tries the same: an id that is used again for other words must not swallow them."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from crisisdesk.desk.values import Speaker
from crisisdesk.domain.text import canonical_json

if TYPE_CHECKING:
    from crisisdesk.domain.intents import Intent

_LENGTH = 10


def fingerprint(intent_id: str, named: str, intent: "Intent", speaker: Speaker) -> str:
    """Return the id under which an intent is written: the given one, and a mark of what is wanted, of what, by whom.

    Times are left out: "5 minutes ago" is another moment when it is typed again. What the shell fills in later
    (labels, hashes, compiled playbooks) is left out too.
    """
    said = {name: _plain(value) for name, value in intent._asdict().items() if _counts(name, value)}
    text = canonical_json(
        [type(intent).__name__, named.strip().casefold(), said, speaker.author, speaker.on_behalf_of]
    )
    return f"{intent_id}~{sha256(text.encode()).hexdigest()[:_LENGTH]}"


def _counts(name: str, value: object) -> bool:
    if name in ("label", "policy_hash", "playbook_hash", "hash", "target", "sha256", "size", "media_type"):
        return False
    return not isinstance(value, datetime)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): str(one) for name, one in value.items()}
    return value if isinstance(value, str | bool | int | None) else str(type(value).__name__)
