"""One page through all stages in this process: seconds and peak memory of each, as JSON.

`python -m tests.bench.stages FILE INDEX PICTURE` also writes the page's grey picture to PICTURE, so that
another program can be given the same pixels.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import cv2

from layout.batch.leaf import peak_mb, reset_peak
from layout.config import Config, load_config
from layout.document import Issue, Metadata, Segmentation
from layout.export import EXPORTERS
from layout.geometry import Detector, detector
from layout.image import Scan
from layout.image.streaks import without_streaks
from layout.pipeline import keeps_picture, picture_of, read_issue, write_issue
from layout.source import PageRef, load_page
from layout.text import identify, read_text

T = TypeVar("T")


def measure(ref: PageRef, picture: Path) -> dict[str, Any]:
    """Seconds (wall), CPU seconds, peak MB and MB above the start of each stage; the language found."""
    config = load_config()
    stages: dict[str, dict[str, float]] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        reset_peak()
        before = peak_mb()
        wall, cpu = time.perf_counter(), time.process_time()
        made = work()
        stages[name] = {
            "seconds": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "peak_mb": peak_mb(),
            "grown_mb": peak_mb() - before,
        }
        return made

    scan = timed("source", lambda: load_page(ref, config.source))
    finder = detector(config.geometry.detector)(config.geometry)
    clean, segmentation = timed("geometry", lambda: found(scan, finder))
    writing = timed("identify", lambda: identify(clean, segmentation, config.text))
    page = timed("text", lambda: read_text(clean, segmentation, writing, config.text))
    issue = timed("reflow", lambda: read_issue("bench", [page], Metadata(), config))
    with tempfile.TemporaryDirectory() as folder:
        timed("export", lambda: write_issue(issue, Path(folder), config))
    export = _writing(scan, ref, issue, config)
    cv2.imwrite(str(picture), scan.gray)
    return {
        "stages": stages,
        "writing": export,
        "language": page.language,
        "megapixels": scan.width * scan.height / 1e6,
        "dpi": scan.dpi,
    }


def found(scan: Scan, finder: Detector) -> tuple[Scan, Segmentation]:
    """The scan without its scratches, as the chain takes it from here on, and what stands on it."""
    clean = replace(scan, gray=without_streaks(scan.gray))
    return clean, finder.detect(clean)


def _writing(scan: Scan, ref: PageRef, issue: Issue, config: Config) -> float:
    """CPU seconds for all formats with the page's picture, by a worker that has written an issue before."""
    formats = tuple(EXPORTERS)
    every = replace(config, export=replace(config.export, formats=formats, base_url="https://example.org"))
    spent = 0.0
    for _ in range(2):
        issue = replace(issue)  # a new value, of which nothing is known yet
        with tempfile.TemporaryDirectory() as folder:
            cpu = time.process_time()
            if keeps_picture(ref, every):
                (Path(folder) / ref.page_id).write_bytes(picture_of(scan).data)
            write_issue(issue, Path(folder) / "out", every, [ref], Path(folder))
            spent = time.process_time() - cpu
    return spent


if __name__ == "__main__":
    cv2.setNumThreads(1)
    _, file, index, picture = sys.argv
    result = measure(PageRef(Path(file), int(index), "p0001"), Path(picture))
    sys.stdout.write(json.dumps(result))
