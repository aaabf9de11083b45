"""How the desk looks and sounds: from the settings file and the environment, checked, or a sentence."""

import os
from collections.abc import Mapping

from crisisdesk.cli.settings import config_path, read_config
from crisisdesk.ui.notifying import way_of
from crisisdesk.ui.preferences import THEMES, Preferences

_FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 13))
_NAMED = ("space", "backspace", "delete", "insert", *_FUNCTION_KEYS)


def read_preferences() -> Preferences:
    """Return how this person wants the screen. Raises ValueError with a sentence that names the file and what is allowed."""
    config = read_config()
    theme = os.environ.get("CRISISDESK_THEME", "") or str(config.get("theme", "dark"))
    if theme not in THEMES:
        raise ValueError(f"{_where('theme')} '{theme}' is not a theme. There are: {', '.join(THEMES)}.")
    plain = os.environ.get("CRISISDESK_ASCII", "")
    return Preferences(
        theme=theme,
        ascii=plain not in ("", "0") if plain else _yes(config, "ascii", usually=False),
        sound=_yes(config, "sound", usually=True),
        notify=_yes(config, "notify", usually=True),
        desktop=way_of(os.environ),
        keymap=_keymap(config.get("keymap", {})),
    )


def _where(key: str) -> str:
    return (
        f"In {config_path()}: {key}"
        if not os.environ.get(f"CRISISDESK_{key.upper()}")
        else f"CRISISDESK_{key.upper()}:"
    )


def _yes(config: Mapping[str, object], key: str, *, usually: bool) -> bool:
    said = config.get(key, usually)
    if not isinstance(said, bool):
        raise ValueError(f"{_where(key)} is true or false, without quotes, not '{said}'.")  # noqa: TRY004 - a sentence for a person
    return said


def _keymap(said: object) -> dict[str, str]:
    """Check that every command exists, every key is one, and no two commands of a screen share one."""
    if not isinstance(said, dict):
        raise ValueError(f'{_where("keymap")} is a part of its own: [keymap], then lines like  done = "D".')  # noqa: TRY004 - a sentence for a person
    if not said:
        return {}
    from crisisdesk.ui.commands import BY_ID, COMMANDS  # only where somebody has keys of their own

    found: dict[str, str] = {}
    for name, key in said.items():
        if name not in BY_ID:
            from crisisdesk.domain.text import nearest

            near = nearest(name, BY_ID)
            hint = f" Did you mean '{near}'?" if near else ""
            raise ValueError(f"{_where('keymap')}: there is no command '{name}'.{hint}")
        found[name] = _key(name, key)
    keys = {one.id: found.get(one.id, one.key) for one in COMMANDS}
    for command in COMMANDS:
        for other in COMMANDS:
            shared = set(command.screens) & set(other.screens)
            if command.id < other.id and shared and keys[command.id] == keys[other.id]:
                raise ValueError(
                    f"{_where('keymap')}: '{keys[command.id]}' would be both '{command.id}' and '{other.id}'. Give one another key."
                )
    return found


def _key(name: str, key: object) -> str:
    """Read one key: a letter or digit, or the name of another."""
    if isinstance(key, str) and len(key) == 1 and key.isalnum() and key.isascii():
        return key
    if isinstance(key, str) and key.lower() in _NAMED:
        return key.lower()
    raise ValueError(
        f"{_where('keymap')}: '{key}' cannot be the key of '{name}'. Take a letter, a digit, space, or f1 to f12."
    )
