"""`python -m tests.bench.soak FOLDER [COUNT]`: whether memory grows over a run of many small pages.

COUNT pages (3 000 where nothing is said), ten to a PDF, are written into FOLDER and read by one worker: nine
with letters of their own and one picture to be recognised in each. Every second the resident memory of the
main process is noted beside the number of pages done. Printed is the drift: how much more of it there is over
the last fifth of the pages than over the second fifth (in the first, what is loaded once is loaded); and the
same of the pages' peaks in the worker, which is a new process after each 200.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import fmean

import pymupdf

from layout.batch.journal import Journal

_ROOT = Path(__file__).resolve().parents[2]
_WORDS = tuple("the paper of the town came out with news from river market and school board".split())  # noqa: SIM905
_A_PDF = 10
_SIZE = (300, 220)  # points


def main(folder: Path, count: int) -> int:
    """Write the pages, read them, print the drift; 1 where the run failed."""
    _write(folder / "in", count)
    command = [sys.executable, "-m", "layout", "run", str(folder / "in"), "-o", str(folder / "out")]
    noted: list[float] = []
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen([*command, "--jobs", "1", "--progress", "plain"], cwd=_ROOT, stderr=said)
        while process.poll() is None:
            with contextlib.suppress(OSError, StopIteration):
                noted.append(_resident_mb(process.pid))
            time.sleep(1.0)
    journal = Journal.of(folder / "out")
    pages = sorted(journal.rows(kind="page", state="done"), key=lambda row: row.ended or 0.0)
    journal.close()
    print(f"{len(pages)} of {count} pages done, exit code {process.returncode}")  # noqa: T201
    print(f"main process: {_drift(noted)}")  # noqa: T201
    print(f"worker, peaks of pages: {_drift([row.peak_mb or 0.0 for row in pages])}")  # noqa: T201
    return int(process.returncode != 0 or len(pages) != count)


def _write(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    chance = random.Random(31)
    for number, first in enumerate(range(0, count, _A_PDF)):
        with pymupdf.open() as document:
            for page in range(first, min(count, first + _A_PDF)):
                _draw(document.new_page(width=_SIZE[0], height=_SIZE[1]), chance)
                if page % _A_PDF == _A_PDF - 1:
                    picture = document[-1].get_pixmap(dpi=150)
                    document.delete_page(-1)
                    document.new_page(width=_SIZE[0], height=_SIZE[1]).insert_image(
                        (0, 0, *_SIZE), pixmap=picture
                    )
            document.save(folder / f"issue-{number:04d}.pdf")


def _draw(page: pymupdf.Page, chance: random.Random) -> None:
    """A headline and three lines."""
    page.insert_text((20, 40), " ".join(chance.choices(_WORDS, k=3)).capitalize(), fontsize=20)
    for line in range(3):
        page.insert_text((20, 70 + 14 * line), " ".join(chance.choices(_WORDS, k=7)), fontsize=10)


def _resident_mb(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1000 for line in told if line.startswith("VmRSS:"))


def _drift(values: list[float]) -> str:
    """The last fifth by the second."""
    fifth = len(values) // 5
    before, after = fmean(values[fifth : 2 * fifth]), fmean(values[-fifth:])
    return f"{before:.1f} MB, then {after:.1f} MB: {after / before - 1:+.1%}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000))
