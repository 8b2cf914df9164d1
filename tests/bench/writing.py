"""What each format takes of a page, beside geometry: `python -m tests.bench.writing [PATH ...]`.

For each page of the samples, or of the paths: CPU milliseconds of geometry, of the page's picture where it is
packed to be shown, and of each format in turn, as a worker writes them that has written an issue before. The
least of several runs of each; what formats share is counted with the first that needs it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import cv2

from layout.config import Config, load_config
from layout.document import Metadata
from layout.export import EXPORTERS
from layout.geometry import detector
from layout.image import Scan
from layout.pipeline import keeps_picture, picture_of, read_issue, write_issue
from layout.source import PageRef, find_issues, load_page
from layout.text import identify, read_text
from tests.bench.stages import found

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")
_GEOMETRY_RUNS, _RUNS = 3, 8


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU milliseconds, and what came of it."""
    start = time.process_time()
    made = work()
    return 1000 * (time.process_time() - start), made


def measure(ref: PageRef, config: Config) -> tuple[float, dict[str, float]]:
    """CPU milliseconds of geometry for a page, and of its picture and each format in the order of writing."""
    scan = load_page(ref, config.source)
    finder = detector(config.geometry.detector)(config.geometry)
    runs = [timed(lambda: found(scan, finder)) for _ in range(_GEOMETRY_RUNS)]
    clean, segmentation = runs[0][1]
    page = read_text(clean, segmentation, identify(clean, segmentation, config.text), config.text)
    issue = read_issue("bench", [page], Metadata(), config)
    each = [_written(scan, ref, replace(issue), config) for _ in range(_RUNS)]
    return min(spent for spent, _ in runs), {name: min(run[name] for run in each) for name in each[0]}


def _written(scan: Scan, ref: PageRef, issue, config: Config) -> dict[str, float]:
    spent = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if keeps_picture(ref, config):
            spent["picture"], data = timed(lambda: picture_of(scan).data)
            (folder / ref.page_id).write_bytes(data)
        for form in config.export.formats:
            one = replace(config, export=replace(config.export, formats=(form,)))
            spent[form], _ = timed(lambda one=one: write_issue(issue, folder / "out", one, [ref], folder))
    return spent


def main(inputs: list[str]) -> None:
    cv2.setNumThreads(1)
    config = load_config()
    export = replace(config.export, formats=tuple(EXPORTERS), base_url="https://example.org")
    config = replace(config, export=export)
    shares = []
    for issue in [one for path in inputs or [ROOT / "samples"] for one in find_issues(Path(path))]:
        for ref in issue.pages:
            geometry, spent = measure(ref, config)
            shares.append(sum(spent.values()) / geometry)
            parts = ", ".join(f"{name} {value:.1f}" for name, value in spent.items())
            page = f"{issue.issue_id}/{ref.page_id}"
            sys.stdout.write(f"{page}: geometry {geometry:.0f} ms, writing {shares[-1]:.1%}: {parts}\n")
            sys.stdout.flush()
    sys.stdout.write(f"writing: {sum(shares) / len(shares):.1%} of geometry, at most {max(shares):.1%}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
