"""Where things are and who sits here: flags, then environment, then the settings file, then the system."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

_LINUX = sys.platform.startswith("linux")


class Settings(NamedTuple):
    """What a command needs to know before it opens anything; empty where nothing was said."""

    db: Path
    playbooks: Path | None
    author: str
    author_from: str
    on_behalf_of: str
    relayed_by: str


def config_path() -> Path:
    """Return where the settings file is looked for: ``CRISISDESK_CONFIG``, else the platform's folder."""
    if named := os.environ.get("CRISISDESK_CONFIG"):
        return Path(named)
    if _LINUX:
        return _xdg("XDG_CONFIG_HOME", ".config") / "config.toml"
    from platformdirs import user_config_path

    return user_config_path("crisisdesk", appauthor=False) / "config.toml"


def data_path() -> Path:
    """Return the platform's folder for the database."""
    if _LINUX:
        return _xdg("XDG_DATA_HOME", ".local/share")
    from platformdirs import user_data_path

    return user_data_path("crisisdesk", appauthor=False)


def _xdg(variable: str, default: str) -> Path:
    """Return our folder by the XDG rule; platformdirs says the same, for a quarter of a one-line command's start."""
    named = os.environ.get(variable, "")
    return (Path(named) if Path(named).is_absolute() else Path.home() / default) / "crisisdesk"


def read_settings(db: str, playbooks: str, author: str, on_behalf_of: str, relayed_by: str) -> Settings:
    """Put the settings together. Raises ValueError with a sentence when the settings file cannot be read."""
    db = db or os.environ.get("CRISISDESK_DB", "")
    playbooks = playbooks or os.environ.get("CRISISDESK_PLAYBOOKS", "")
    author = author or os.environ.get("CRISISDESK_NAME", "")
    config = {} if db and playbooks and author else _config()
    db, playbooks = db or config.get("db", ""), playbooks or config.get("playbooks", "")
    author = author or config.get("name", "")
    return Settings(
        db=Path(db).expanduser() if db else data_path() / "desk.db",
        playbooks=Path(playbooks).expanduser() if playbooks else None,
        author=author or system_user(),
        author_from="named" if author else "login",
        on_behalf_of=on_behalf_of,
        relayed_by=relayed_by,
    )


def system_user() -> str:
    """Return the login name, from the system rather than from what the environment claims where that can be told."""
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "unknown")
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def _config() -> dict[str, str]:
    path = config_path()
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as trouble:
        raise ValueError(f"The settings file {path} cannot be read: {trouble.strerror}.") from None
    import tomllib

    try:
        return {key: str(value) for key, value in tomllib.loads(content.decode()).items()}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ValueError(f"The settings file {path} is not TOML: {wrong}.") from None
