"""Where a step stands in its file, for whoever weighs to change it."""

from collections.abc import Iterator
from pathlib import Path

from crisisdesk.domain.playbook import VERBS
from crisisdesk.loading.compile import slug
from crisisdesk.loading.events import Fields, Items, Node, Text, read_yaml

COMMON = "common"


def step_places(folder: Path, playbook: str) -> dict[str, str]:
    """Return ``file:line`` for each step of a playbook: of its time where it has one, or else of its beginning.

    A step that is used from the common ones stands where its time is written. Empty where the files cannot be read.
    """
    common = dict(_common(folder / f"{COMMON}.yaml"))
    file = folder / f"{playbook}.yaml"
    found: dict[str, str] = {}
    for step in _steps(_root(file)):
        used, own = _text(step, "use"), _text(step, "id")
        id_ = own or used or next((slug(said) for verb in VERBS if (said := _text(step, verb))), "")
        here = f"{file}:{_line(step)}"
        found[id_] = common[used] if used in common and "within" not in step.fields else here
    return found


def _root(file: Path) -> Node | None:
    try:
        return read_yaml(file.read_bytes(), str(file)).root
    except OSError:
        return None


def _common(file: Path) -> Iterator[tuple[str, str]]:
    root = _root(file)
    steps = root.fields.get("steps") if isinstance(root, Fields) else None
    known = steps.value if steps else root
    if isinstance(known, Fields):
        for name, field in known.fields.items():
            if isinstance(field.value, Fields):
                yield name, f"{file}:{_line(field.value)}"


def _steps(node: Node | None) -> Iterator[Fields]:
    """Yield what stands in the lists named ``steps``, wherever they are."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _steps(item)
    elif isinstance(node, Fields):
        for name, field in node.fields.items():
            if name == "steps" and isinstance(field.value, Items):
                yield from (one for one in field.value.items if isinstance(one, Fields))
            else:
                yield from _steps(field.value)


def _text(step: Fields, name: str) -> str:
    field = step.fields.get(name)
    return field.value.value if field and isinstance(field.value, Text) else ""


def _line(step: Fields) -> int:
    within = step.fields.get("within")
    return within.key.place.line if within else step.place.line
