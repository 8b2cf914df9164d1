"""`make bench`: every page of the samples, stage by stage, and Tesseract alone on the same page.

Each page is read in a fresh process with one thread, as a worker of a run does it; then
`tesseract page.png out alto` reads the same pixels, with the model of the page's language and one thread.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from layout.language import language
from layout.source import find_issues

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("source", "geometry", "identify", "text", "reflow", "export")
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def main(inputs: list[str]) -> int:
    """Print the table; the inputs are paths, the samples where none is given."""
    paths = [Path(name) for name in inputs] or [ROOT / "samples"]
    issues = [issue for path in paths for issue in find_issues(path)]
    table = Table(title="seconds (and peak MB) of each stage; one thread", title_justify="left")
    for name in ("page", "Mpx", *STAGES, "all", "tesseract"):
        table.add_column(name, justify="left" if name == "page" else "right", no_wrap=True)
    totals: list[tuple[float, float | None]] = []
    for issue in issues:
        for ref in issue.pages:
            result, alone = _page(str(ref.file), ref.index)
            stages = result["stages"]
            total = sum(stages[name]["seconds"] for name in STAGES)
            peak = max(stages[name]["peak_mb"] for name in STAGES)
            cells = [_cell(stages[name]["seconds"], stages[name]["peak_mb"]) for name in STAGES]
            table.add_row(
                f"{issue.issue_id}/{ref.page_id}",
                f"{result['megapixels']:.1f}",
                *cells,
                _cell(total, peak),
                _cell(*alone) if alone else "-",
            )
            totals.append((total, alone[0] if alone else None))
    ours = sum(total for total, _ in totals) / len(totals)
    theirs = [seconds for _, seconds in totals if seconds is not None]
    console = Console(width=max(140, Console().width))
    console.print(table)
    beside = f", tesseract alone {sum(theirs) / len(theirs):.1f} s" if theirs else ", no tesseract here"
    console.print(f"mean over {len(totals)} pages: {ours:.1f} s a page{beside}")
    return 0


def _page(file: str, index: int) -> tuple[dict[str, Any], tuple[float, float] | None]:
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        command = [sys.executable, "-m", "tests.bench.stages", file, str(index), str(picture)]
        done = subprocess.run(command, cwd=ROOT, env=ONE_THREAD, stdout=subprocess.PIPE, check=True)
        result: dict[str, Any] = json.loads(done.stdout)
        return result, _tesseract(picture, result["language"], result["dpi"])


def _tesseract(picture: Path, code: str | None, dpi: float | None) -> tuple[float, float] | None:
    """Seconds and peak MB of the program on a picture; None where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    model = language(code).models[0] if code else "eng"
    command = [program, str(picture), str(picture.with_suffix("")), "-l", model]
    if dpi:
        command += ["--dpi", str(round(dpi))]
    started = time.perf_counter()
    process = subprocess.Popen([*command, "alto"], env=ONE_THREAD, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - started, usage.ru_maxrss * 1024 / 1e6) if status == 0 else None


def _cell(seconds: float, peak_mb: float) -> str:
    return f"{seconds:.2f} ({peak_mb:.0f})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
