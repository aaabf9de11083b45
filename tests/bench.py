"""How fast the desk is: medians of runs taken in turn, so that a busy moment hits all alike. Prints, asserts nothing."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

ROUNDS = 15
ENTRIES = 200
ROOT = Path(__file__).parents[1]

Measure = Callable[[], object]


def medians(measures: Mapping[str, Measure], rounds: int = ROUNDS) -> dict[str, float]:
    """Run each measure once a round, in turn, after one round that does not count; return medians in milliseconds."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for round_ in range(rounds + 1):
        for name, measure in measures.items():
            begun = time.perf_counter()
            measure()
            if round_:
                taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def process(folder: Path, words: Sequence[str]) -> Measure:
    """A whole Python process, from its start to its end, on a desk in ``folder``."""
    env = {
        **os.environ,
        "HOME": str(folder),
        "CRISISDESK_DB": str(folder / "desk.db"),
        "PYTHONPATH": str(ROOT),
    }

    def run() -> None:
        subprocess.run(
            [sys.executable, *words], check=True, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    return run


def command(folder: Path, *words: str) -> Measure:
    """A whole ``crisisdesk`` command, begun as the installed script begins it."""
    script = "import sys; from crisisdesk.cli import main; sys.exit(main())"
    return process(folder, ["-c", script, "--as", "Ada", *words])


def night_of(folder: Path, entries: int) -> None:
    """Declare INC-0001 in ``folder`` and write notes until it has that many entries."""
    from crisisdesk.desk import Desk, Machine, Speaker
    from crisisdesk.domain.intents import LogNote

    command(folder, "declare", "A post names us", "-p", "employee-post")()
    desk = Desk.open(folder / "desk.db", Machine("bench", "bench"))
    head = desk.incidents()[0].entries
    for number in range(head, entries):
        desk.act("INC-0001", LogNote(f"Seen once more, {number}"), Speaker("Ada", "named"))
    desk.journal.close()


def one_line_commands() -> None:
    """A note on an incident of 200 entries, against a process that only imports what it cannot do without."""
    with tempfile.TemporaryDirectory() as folder:
        night_of(Path(folder), ENTRIES)
        found = medians({
            "bare": process(Path(folder), ["-c", "import click, sqlite3"]),
            "note": command(Path(folder), "note", "INC-0001", "Seen"),
        })  # fmt: skip
    print(f"python -c 'import click, sqlite3'          {found['bare']:7.1f} ms")
    print(f"crisisdesk note, {ENTRIES} entries              {found['note']:7.1f} ms")
    print(f"ratio                                      {found['note'] / found['bare']:7.2f}")


def checking() -> None:
    """Checking every shipped file against what the C loader of YAML alone needs to load the same bytes."""
    import yaml

    from crisisdesk.loading import load_library, shipped_folder
    from crisisdesk.loading.statements import _slip

    sources = [path.read_bytes() for path in sorted(shipped_folder().glob("*.yaml"))]

    def bare() -> None:
        for source in sources:
            yaml.load(source, yaml.CSafeLoader)

    def check() -> None:
        _slip.cache_clear()  # a first look, every time
        assert load_library(shipped_folder()).problems == {}

    found = medians({"bare": bare, "check": check})
    print(f"yaml.CSafeLoader alone, {len(sources)} files        {found['bare']:7.1f} ms")
    print(f"checking them                              {found['check']:7.1f} ms")
    print(f"ratio                                      {found['check'] / found['bare']:7.2f}")


def damaged_files(count: int = 10_000) -> None:
    """Ten thousand damaged files: the one that took longest, measured again, and the most memory one of a hundredth took."""
    from crisisdesk.loading import check_files, shipped_folder
    from tests.loading.mutating import mutants

    sound = {path.name: path.read_bytes() for path in shipped_folder().glob("*.yaml")}
    slowest, largest, problems = (0.0, "", b""), 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("policy.yaml", "common.yaml"):
            (Path(folder) / name).write_bytes(sound[name])
        for number, (name, damaged) in enumerate(mutants(sound, count)):
            path = Path(folder) / name
            path.write_bytes(damaged)
            begun = time.perf_counter()
            problems += len(check_files([path]))
            slowest = max(slowest, ((time.perf_counter() - begun) * 1000, name, damaged))
            if number % 100 == 0:
                largest = max(largest, megabytes(partial(check_files, [path])))
            path.write_bytes(sound[name]) if name in ("policy.yaml", "common.yaml") else path.unlink()
        path = Path(folder) / slowest[1]
        path.write_bytes(slowest[2])
        again = medians({"slowest": lambda: check_files([path])})["slowest"]
        largest = max(largest, megabytes(lambda: check_files([path])))
    print(f"{count:,} damaged files, {problems:,} problems, no traceback")
    print(
        f"slowest (with policy and common steps)     {slowest[0]:7.1f} ms  {slowest[1]}; again {again:.1f} ms"
    )
    print(f"most memory, that one and every hundredth  {largest:7.1f} MB")


def megabytes(measure: Measure) -> float:
    """Return the most memory Python objects held at once while something ran, in millions of bytes."""
    import tracemalloc

    tracemalloc.start()
    measure()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    """Measure everything, one line each."""
    one_line_commands()
    checking()
    damaged_files()


if __name__ == "__main__":
    main()
