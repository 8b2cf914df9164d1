"""The whole chain on one screen.

    file --source--> Scan --geometry--> Segmentation --text--> Page --reflow--> Issue --export--> files

The page half runs in workers, one page at a time. The issue half runs on finished pages, which are
stored, so that it can be repeated without reading the pixels again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from layout.config import Config
from layout.document import Issue, Metadata, Page
from layout.document.leaves import part_leaves, scan_id
from layout.errors import LayoutError
from layout.export import Illustrated, exporter
from layout.geometry import detector
from layout.image import Scan
from layout.reflow import reflow
from layout.source import PageRef, load_page
from layout.text import identify, read_text


def read_page(ref: PageRef, config: Config) -> Page:
    """One page of a file, read: regions, lines and words, not yet in order."""
    return read_scan(load_page(ref, config.source), config)


def read_scan(scan: Scan, config: Config) -> Page:
    """One page, read: regions, lines and words, not yet in order."""
    segmentation = detector(config.geometry.detector)(config.geometry).detect(scan)
    writing = identify(scan, segmentation, config.text)
    return read_text(scan, segmentation, writing, config.text)


def read_issue(issue_id: str, pages: Sequence[Page], metadata: Metadata, config: Config) -> Issue:
    """Finished pages, in physical order, made into one issue: articles and reading order.

    A scan of two pages becomes two.
    """
    leaves = tuple(leaf for page in pages for leaf in part_leaves(page))
    return reflow(issue_id, leaves, metadata, config.reflow)


def write_issue(issue: Issue, folder: Path, config: Config, refs: Sequence[PageRef] = ()) -> list[Path]:
    """The issue in every format of the profile; the paths of the files written.

    ``refs`` say where its pages came from, for the formats that show them (PDF, IIIF).
    """
    written: list[Path] = []
    for name in config.export.formats:
        made = exporter(name)(config.export)
        if isinstance(made, Illustrated):
            made.scans = _scans(refs, config)
        written += made.write(issue, folder)
    return written


def _scans(refs: Sequence[PageRef], config: Config) -> Callable[[str], Scan | None]:
    """Gives a page's scan by its id; None where the file is not there any more or has no such page."""
    by_id = {ref.page_id: ref for ref in refs}

    def scan(page_id: str) -> Scan | None:
        try:
            ref = by_id.get(page_id) or by_id.get(scan_id(page_id))
            return load_page(ref, config.source) if ref else None
        except LayoutError:
            return None

    return scan
