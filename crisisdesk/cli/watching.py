"""Checking again whenever a file is saved, until ctrl+c."""

import time
from collections.abc import Callable
from pathlib import Path

import click

LOOK = 0.4
"""Seconds between looks at the files."""

Look = tuple[tuple[str, int, int], ...]


def watch(files: Callable[[], list[Path]], check: Callable[[], object]) -> None:
    """Check now and after every save of one of the files or of a file beside them; listed anew at each look. Ends with ctrl+c."""
    seen: Look | None = None
    try:
        click.echo("Checking whenever a file is saved; ctrl+c ends it.")
        while True:
            now = _look(files())
            if now != seen:
                seen = now
                click.echo(f"\n{time.strftime('%H:%M:%S')}")
                check()
            time.sleep(LOOK)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.")


def _look(paths: list[Path]) -> Look:
    """Return times and sizes of the files and of their neighbours: a playbook is checked with the policy beside it."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    beside = [file for folder in folders for file in sorted(folder.glob("*.yaml"))]
    found = []
    for path in dict.fromkeys([*paths, *beside]):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
