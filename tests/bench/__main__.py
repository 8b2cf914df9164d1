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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from layout.batch.child import ENVIRONMENT
from layout.errors import DependencyError
from layout.language import language
from layout.source import find_issues
from layout.text.tessdata import find_tessdata, model_files
from tests.bench import layers

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Cost:
    """What a stage or program took: wall seconds, processor seconds, peak resident MB, of them its own."""

    seconds: float
    cpu: float
    peak_mb: float
    grown_mb: float = 0.0

    def __str__(self) -> str:
        return f"{self.seconds:.2f} ({self.peak_mb:.0f})"


STAGES = ("source", "geometry", "identify", "text", "reflow", "export")
ONE_THREAD = {**os.environ, **ENVIRONMENT}


def main(inputs: list[str]) -> int:
    """Print the table; the inputs are paths, the samples where none is given."""
    paths = [Path(name) for name in inputs] or [ROOT / "samples"]
    issues = [issue for path in paths for issue in find_issues(path)]
    table = Table(title="seconds (and peak MB) of each stage; one thread", title_justify="left")
    for name in ("page", "Mpx", *STAGES, "all", "tesseract"):
        table.add_column(name, justify="left" if name == "page" else "right", no_wrap=True)
    ours: list[Cost] = []
    theirs: list[Cost] = []
    geometry: list[_Geometry] = []
    writing: list[float] = []
    for issue in issues:
        for ref in issue.pages:
            result, alone = _page(str(ref.file), ref.index)
            stages = result["stages"]
            costs = [Cost(**stages[name]) for name in STAGES]
            total = Cost(
                sum(cost.seconds for cost in costs),
                sum(cost.cpu for cost in costs),
                max(cost.peak_mb for cost in costs),
            )
            table.add_row(
                f"{issue.issue_id}/{ref.page_id}",
                f"{result['megapixels']:.1f}",
                *map(str, costs),
                str(total),
                str(alone or "-"),
            )
            ours.append(total)
            theirs += [alone] if alone else []
            found = costs[STAGES.index("geometry")]
            writing.append(result["writing"] / found.cpu)
            geometry.append(_Geometry(found, result["megapixels"], alone.cpu if alone else None))
    console = Console(width=max(140, Console().width))
    console.print(table)
    console.print(f"newsreflow, mean of {len(ours)} pages: {_mean(ours)}")
    console.print(f"tesseract page.png out alto, mean of {len(theirs)} pages: {_mean(theirs)}")
    console.print(_shares(geometry))
    if writing:
        mean, most = sum(writing) / len(writing), max(writing)
        console.print(f"writing all formats: {mean:.1%} of geometry's time (at most {most:.1%})")
    if not inputs:
        layers.main()
    return 0


@dataclass(frozen=True)
class _Geometry:
    """Geometry's cost on one page, beside the processor seconds that Tesseract took for it."""

    cost: Cost
    megapixels: float
    tesseract: float | None


def _shares(pages: list[_Geometry]) -> str:
    """Geometry for 3500 x 5000 pixels, its share of Tesseract's time, its memory for a pixel."""
    if not pages:
        return "no pages"
    pixels = sum(page.megapixels for page in pages)
    text = f"geometry: {17.5 * sum(page.cost.cpu for page in pages) / pixels:.2f} s of the processor"
    own = [page.cost.grown_mb / page.megapixels for page in pages]
    text += f" for 17.5 Mpx, {sum(own) / len(own):.1f} bytes a pixel (at most {max(own):.1f})"
    shares = [page.cost.cpu / page.tesseract for page in pages if page.tesseract]
    if shares:
        text += f", {sum(shares) / len(shares):.2f} of Tesseract's time (at most {max(shares):.2f})"
    return text


def _mean(costs: list[Cost]) -> str:
    if not costs:
        return "not installed"
    seconds, cpu = (sum(getattr(cost, name) for cost in costs) / len(costs) for name in ("seconds", "cpu"))
    return f"{seconds:.2f} s ({cpu:.2f} s of the processor), at most {max(c.peak_mb for c in costs):.0f} MB"


def _page(file: str, index: int) -> tuple[dict[str, Any], Cost | None]:
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        command = [sys.executable, "-m", "tests.bench.stages", file, str(index), str(picture)]
        done = subprocess.run(command, cwd=ROOT, env=ONE_THREAD, stdout=subprocess.PIPE, check=True)
        result: dict[str, Any] = json.loads(done.stdout)
        return result, _tesseract(picture, result["language"], result["dpi"])


def _tesseract(picture: Path, code: str | None, dpi: float | None) -> Cost | None:
    """What the program takes for a picture; None where it or the language's models are not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        files = model_files(find_tessdata(None))
    except DependencyError:
        return None
    wanted = language(code).models if code else ("eng",)
    file = next((files[model] for model in wanted if model in files), None)
    if file is None:
        return None
    command = [program, str(picture), str(picture.with_suffix("")), "-l", file.stem]
    command += ["--tessdata-dir", str(file.parent), "-c", "tessedit_create_alto=1"]
    if dpi:
        command += ["--dpi", str(round(dpi))]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=ONE_THREAD, stderr=subprocess.DEVNULL)
    peak, ended = 0.0, 0
    while not ended:
        peak = max(peak, _peak_mb(process.pid))
        time.sleep(0.01)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(seconds, cpu, peak) if status == 0 else None


def _peak_mb(pid: int) -> float:
    """Peak resident memory so far; the one that wait4 gives begins with what its parent had."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) * 1024 / 1e6 for row in status.splitlines() if "VmHWM" in row), 0.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
