"""How fast a review is made, beside what its data costs in the same run. Prints, asserts nothing: ``python tests/bench_review.py``.

The summary of 10,000 entries against ``json.loads`` of the same log; Markdown and JSON against ``json.dumps`` of it; the
night's Word document against python-docx writing as many paragraphs and tables; the memory of a long CSV against a short one.
Each pair is taken in turn, the figures are medians.
"""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402 - after the path

from crisisdesk.cli.demo import play  # noqa: E402
from crisisdesk.desk import Case, Desk, Machine  # noqa: E402
from crisisdesk.desk.summaries import summary_of  # noqa: E402
from crisisdesk.domain.summary import Summary, summarise  # noqa: E402
from crisisdesk.reports import render  # noqa: E402
from tests.big_desk import BigDesk  # noqa: E402

ENTRIES, LONG, SHORT, ROUNDS = 10_000, 100_000, 1_000, 7


def timed(call: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def in_turn(*calls: Callable[[], object]) -> list[float]:
    """Return the median of each, taken in turn so that a busy machine is busy for all."""
    for call in calls:
        call()
    return [
        statistics.median(row)
        for row in zip(*([timed(call) for call in calls] for _ in range(ROUNDS)), strict=True)
    ]


def opened(path: Path) -> tuple[Desk, Case]:
    """Open a desk and its first incident."""
    desk = Desk.open(path, Machine("bench", "bench"), now=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    case = desk.case("1")
    assert isinstance(case, Case)
    return desk, case


def made(folder: Path, entries: int) -> Path:
    """Make a desk with one incident of so many entries."""
    folder.mkdir()
    big = BigDesk(folder)
    big.fill(big.declare("A long night"), entries)
    big.desk.journal.close()
    return folder / "desk.db"


def summary_figures(path: Path) -> None:
    """Print what the summary and its texts cost."""
    desk, case = opened(path)
    entries = desk.entries(case)
    log = [
        {**one.header._asdict(), "hash": one.hash, "salt": one.salt, "words": dict(one.words)}
        for one in entries
    ]
    text = json.dumps(log)
    whole = summarise(entries, case.state, desk.now())
    loads, value = in_turn(lambda: json.loads(text), lambda: summarise(entries, case.state, desk.now()))
    dumps, md, js = in_turn(
        lambda: json.dumps(log), lambda: render(whole, "md"), lambda: render(whole, "json")
    )
    door = timed(lambda: summary_of(desk, case))
    print(
        f"summary of {len(entries):,} entries    {value * 1e3:8.1f} ms   {value / loads:5.2f} x json.loads of its log ({loads * 1e3:.1f} ms) [10]"
    )
    print(
        f"Markdown of it                {md * 1e3:8.1f} ms   {md / dumps:5.2f} x json.dumps of it ({dumps * 1e3:.1f} ms) [3]"
    )
    print(f"JSON of it                    {js * 1e3:8.1f} ms   {js / dumps:5.2f} x [3]")
    print(f"read, verified, for an audience {door * 1e3:6.1f} ms")


def plain_docx(shape: list[tuple[int, int] | str]) -> Callable[[], object]:
    """Return what writes as many paragraphs and tables by the library alone."""

    def write() -> None:
        document = Document()
        for one in shape:
            if isinstance(one, str):
                document.add_paragraph(one)
                continue
            rows, columns = one
            table = document.add_table(rows, columns)
            for row in table.rows:
                for cell in row.cells:
                    cell.text = "some words of it"
        document.save(io.BytesIO())

    return write


def docx_figure(summary: Summary) -> None:
    """Print what the night's Word document costs."""
    document = Document(io.BytesIO(render(summary, "docx")))
    shape: list[tuple[int, int] | str] = [
        *[paragraph.text for paragraph in document.paragraphs],
        *[(len(table.rows), len(table.columns)) for table in document.tables],
    ]
    plain, ours = in_turn(plain_docx(shape), lambda: render(summary, "docx"))
    print(
        f"Word document of the night    {ours * 1e3:8.1f} ms   {ours / plain:5.2f} x python-docx ({plain * 1e3:.1f} ms) [2]"
    )


def peak(path: Path, to: Path) -> float:
    """Return the peak memory, in MB, of a process that writes an incident's CSV."""
    words = [sys.executable, "-m", "crisisdesk", "--db", str(path), "export", "1", "--to", str(to)]
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], capture_output=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert said[1] == "0"
    return (
        int(said[0]) / (1 if sys.platform == "darwin" else 1024) / (1024 if sys.platform == "darwin" else 1)
    )


def main() -> None:
    """Print all figures; what each may be stands in brackets."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        summary_figures(made(folder / "ten", ENTRIES))
        (folder / "night").mkdir()
        with Path("/dev/null").open("w") as quiet:
            before, sys.stdout = sys.stdout, quiet
            for _ in play(folder / "night"):
                pass
            sys.stdout = before
        desk, case = opened(folder / "night" / "desk.db")
        summary = summary_of(desk, case)
        assert isinstance(summary, Summary)
        docx_figure(summary)
        short, long = (
            peak(made(folder / str(count), count), folder / f"{count}.csv") for count in (SHORT, LONG)
        )
        print(
            f"CSV of {LONG:,} entries      {long:8.1f} MB   {long / short:5.2f} x the memory for {SHORT:,} ({short:.1f} MB) [1]"
        )


if __name__ == "__main__":
    main()
