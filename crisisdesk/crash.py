"""The crash file: where the program was, never what people wrote."""

import sys
import tempfile
import traceback
from pathlib import Path


def crash_file(fault: BaseException) -> Path:
    """Write the places of a fault, without local variables and without its message, which may quote people."""
    from crisisdesk import __version__

    lines = [
        f"CrisisDesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}",
        type(fault).__name__,
    ]
    lines += [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    with tempfile.NamedTemporaryFile("w", prefix="crisisdesk-crash-", suffix=".txt", delete=False) as file:
        file.write("\n".join(lines) + "\n")
    return Path(file.name)
