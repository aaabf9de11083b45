"""The published schema of the summary's JSON, made from the types it is written from: ``python -m tests.reports.summary_schema``."""

import json
import types
import typing
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from crisisdesk.domain.entries import Header
from crisisdesk.domain.metrics import Metric, Share
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.timeline import Item
from crisisdesk.reports.as_json import FORM

PUBLISHED = Path(__file__).parents[2] / "schema" / "summary.schema.json"
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SPAN = {
    "type": "object",
    "properties": {"seconds": {"type": "number"}},
    "required": ["seconds"],
    "additionalProperties": False,
}
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    timedelta: SPAN,
}


def schema() -> dict[str, Any]:
    """Return the schema of ``export --to FILE.json``."""
    known: dict[str, Any] = {}
    hints = typing.get_type_hints(Summary)
    fields = {
        name: _of(hint, known) for name, hint in hints.items() if name not in ("items", "entries", "metrics")
    }
    fields["metrics"] = {"type": "array", "items": _record(Metric, known, {"recorded": {"type": "boolean"}})}
    line = {
        "data": {"type": "string"}, "prev_hash": HASH, "hash": HASH, "header": _of(Header, known),
        "words": {"type": "object", "additionalProperties": {"type": "string"}}, "salt": {"type": "string"},
    }  # fmt: skip
    fields["timeline"] = {"type": "array", "items": _record(Item, known, line)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"crisisdesk:{FORM}",
        "title": "CrisisDesk: the summary of an incident",
        "description": "Times are UTC, 2026-11-22T21:38:00.000Z; empty text is *not recorded*. Within a version fields are only added.",
        **_object({"crisisdesk": {"const": FORM}, **fields}), "$defs": dict(sorted(known.items())),
    }  # fmt: skip


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }


def _record(
    kind: Any, known: dict[str, Any], more: Mapping[str, Any] = types.MappingProxyType({})
) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return _object({**{name: _of(hint, known) for name, hint in hints.items()}, **more})


def _of(hint: Any, known: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is object or hint is Any:
        return {}
    if hasattr(hint, "_fields"):
        if hint.__name__ not in known:
            known[hint.__name__] = {}
            known[hint.__name__] = (
                _object({"part": {"type": "integer"}, "whole": {"type": "integer"}})
                if hint is Share
                else _record(hint, known)
            )
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0], known)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_of(one, known) for one in inner]}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(inner[1], known)}
    raise TypeError(hint)


def text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PUBLISHED.write_text(text(), encoding="utf-8")
