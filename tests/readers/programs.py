"""Programs that people read documents with, run without a screen in a home of their own."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CALC = OFFICE and any((Path(OFFICE).resolve().parent / f"libsc{kind}lo.so").exists() for kind in ("", "filt"))
"""LibreOffice may be there without its spreadsheets."""

with_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed here; CI installs it")
with_calc = pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed here; CI installs it")
with_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium is installed here; CI installs it")


def run(words: Sequence[str], home: Path) -> str:
    """Run a program in an empty home, and return what it printed; generous, for a first start is slow."""
    env = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    done = subprocess.run(words, capture_output=True, text=True, timeout=240, env=env, check=False, cwd=home)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def converted(file: Path, to: str, home: Path, *reading: str) -> Path:
    """Have LibreOffice open a file and save it as another kind; returns the new file. ``reading`` says how to open it."""
    assert OFFICE
    out = home / "out"
    out.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    run([OFFICE, profile, "--headless", *reading, "--convert-to", to, "--outdir", str(out), str(file)], home)
    made = out / f"{file.stem}.{to}"
    assert made.exists()
    return made


def browsed(words: Sequence[str], home: Path) -> str:
    """Run the browser without a screen and with no network; a page without a script needs no switch to forbid it."""
    assert BROWSER
    own = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={home / 'browser'}",
    ]  # fmt: skip
    return run([*own, *words], home)
