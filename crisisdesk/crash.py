"""The crash file: where the program was, never what people wrote."""

import sys
import tempfile
import traceback
from pathlib import Path

_PREFIX = "crisisdesk-crash-"
_KEPT = 9


def crash_file(fault: BaseException) -> Path:
    """Write the places of a fault, without local variables and without its message, which may quote people."""
    from crisisdesk import __version__

    inside = getattr(
        fault, "error", None
    )  # Textual tells of a worker's fault in another one, which knows no place
    fault = inside if isinstance(inside, BaseException) else fault
    lines = [
        f"CrisisDesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}",
        type(fault).__name__,
    ]
    lines += [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    _keep_few()
    with tempfile.NamedTemporaryFile("w", prefix=_PREFIX, suffix=".txt", delete=False) as file:
        file.write("\n".join(lines) + "\n")
    return Path(file.name)


def _keep_few() -> None:
    """Remove the oldest crash files, so that they do not pile up."""
    found = sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*.txt"))
    try:
        for old in sorted(found, key=lambda path: path.stat().st_mtime)[: -_KEPT or None]:
            old.unlink()
    except OSError:
        pass  # somebody else's: they stay
