"""Draw the golden pictures anew: ``python -m tests.ui.write_golden``. Read the difference before it is committed."""

import asyncio
import tempfile
from pathlib import Path

from tests.ui.golden import FOLDER, STATES, desks, drawn


def main() -> None:
    """Write every state into ``golden/``."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        found = desks(Path(place))
        for state in STATES:
            text, _ = asyncio.run(drawn(state, found))
            (FOLDER / f"{state.name}.txt").write_text(text, encoding="utf-8")
    print(f"{len(STATES)} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
