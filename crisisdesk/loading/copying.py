"""Copying the shipped playbooks and schemas to a folder of one's own."""

from pathlib import Path

from crisisdesk.loading.library import shipped_folder, shipped_schemas


def copy_shipped(folder: Path) -> tuple[list[Path], list[Path]]:
    """Copy the shipped files into ``folder`` and the schemas into ``schema`` beside it; what is there stays as it is.

    Returns the files copied and the files that were there already. Raises OSError when it cannot be written.
    """
    copied: list[Path] = []
    kept: list[Path] = []
    for source, target, ending in (
        (shipped_folder(), folder, ".yaml"),
        (shipped_schemas(), folder.absolute().parent / "schema", ".json"),
    ):
        for file in sorted(source.glob(f"*{ending}")):
            target.mkdir(parents=True, exist_ok=True)
            (copied if _copy(file, target / file.name) else kept).append(target / file.name)
    return copied, kept


def copy_schemas(folder: Path) -> list[Path]:
    """Write the schemas into a folder, those there replaced; returns them. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for file in sorted(shipped_schemas().glob("*.json")):
        target = folder / file.name
        if target.is_symlink():
            raise OSError(0, "a link stands in the way", str(target))
        target.unlink(missing_ok=True)
        _copy(file, target)
        written.append(target)
    return written


def _copy(source: Path, target: Path) -> bool:
    """Copy one file whole: written aside, then linked into place, so that nobody ever meets half of it."""
    if target.exists() or target.is_symlink():
        return False
    aside = target.with_name(f".{target.name}.part")
    aside.write_bytes(source.read_bytes())
    try:
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return True
