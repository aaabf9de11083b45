"""Checking again whenever a file is saved, until ctrl+c."""

import time
from collections.abc import Callable
from pathlib import Path

import click

LOOK = 0.4
"""Seconds between looks at the files."""

Look = tuple[tuple[str, int, int], ...]


def watch(files: Callable[[], list[Path]], check: Callable[[], object]) -> None:
    """Check now and after every save; the files are listed anew at each look. Ends with ctrl+c."""
    seen: Look | None = None
    click.echo("Checking whenever a file is saved; ctrl+c ends it.")
    try:
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
    found = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
