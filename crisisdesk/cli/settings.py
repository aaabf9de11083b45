"""Where things are and who sits here: flags, then environment, then the settings file, then the system."""

import os
import sys
from collections.abc import Mapping
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


def full_name() -> str:
    """Return the person's name as the system's list of users has it, or the login where it has none."""
    login = system_user()
    if sys.platform == "win32":
        return login
    import pwd

    try:
        said = pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0]
    except KeyError:
        return login
    return " ".join(said.replace("&", login.capitalize()).split()) or login


def usual_role() -> str:
    """Return the role this person usually takes, as the settings file says; only the screen asks."""
    return _config().get("role", "")


def save_settings(values: Mapping[str, str]) -> str:
    """Write values into the settings file and keep all else that stands in it; returns what went wrong, or nothing.

    The new file takes the old one's place at once: a reader finds the one or the other, never half of one.
    """
    path = Path(os.path.realpath(config_path()))
    said = f"Your answers could not be written to {path}"
    try:
        before = path.read_text("utf-8") if path.exists() else ""
        after = _with_values(before, values)
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, after)
    except OSError as trouble:
        return f"{said}: {trouble.strerror or trouble}."
    except ValueError:  # not UTF-8, or not TOML
        return f"{said}: what stands there is not TOML."
    return ""


def _with_values(before: str, values: Mapping[str, str]) -> str:
    """Return the file's text with the values at its top level; every other line stays. Raises ValueError where that fails."""
    import json
    import re
    import tomllib

    known = tomllib.loads(before)
    lines = before.splitlines()
    table = next((place for place, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    top, rest = lines[:table], lines[table:]
    for key, value in values.items():
        written = f"{key} = " + json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        places = [place for place, line in enumerate(top) if re.match(rf"{re.escape(key)}\s*=", line)]
        if places:
            top[places[0]] = written
        else:
            top.append(written)
    after = "\n".join([*top, *rest, ""])
    if tomllib.loads(after) != {**known, **values}:
        raise ValueError("a value over several lines is in the way")
    return after


def _put(path: Path, text: str) -> None:
    """Write a file of one's own beside the old one, have the disk hold it, and put it in the old one's place."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".toml")
    try:
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - a handle, not a path
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _config() -> dict[str, str]:
    return {key: str(value) for key, value in read_config().items()}


def read_config() -> dict[str, object]:
    """Return what stands in the settings file; empty where there is none. Raises ValueError with a sentence."""
    path = config_path()
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as trouble:
        raise ValueError(f"The settings file {path} cannot be read: {trouble.strerror}.") from None
    import tomllib

    try:
        return tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ValueError(f"The settings file {path} is not TOML: {wrong}.") from None
