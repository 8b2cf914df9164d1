"""The whole chain on one screen.

    file --source--> Scan --geometry--> Segmentation --text--> Page --reflow--> Issue --export--> files

The page half runs in workers, one page at a time. The issue half runs on finished pages, which are
stored, so that it can be repeated without reading the pixels again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from layout.config import Config
from layout.document import Issue, Metadata, Page
from layout.document.leaves import part_leaves, scan_id
from layout.document.many import give_back, no_collection
from layout.document.turn import turn_back
from layout.errors import LayoutError
from layout.export import ILLUSTRATED, Illustrated, Scans, exporter
from layout.geometry import detector
from layout.image import Scan
from layout.image.orientation import set_upright
from layout.image.picture import Picture, packed, unpacked
from layout.image.streaks import without_streaks
from layout.reflow import reflow
from layout.source import PageRef, load_page, load_pixels, whole_picture
from layout.text import identify, read_text
from layout.text.upright import View, upright_view

#: Pictures kept for the next format that shows them, each about a megabyte.
_PICTURES = 32


def read_page(ref: PageRef, config: Config) -> Page:
    """One page of a file, read: regions, lines and words, not yet in order."""
    return read_scan(load_page(ref, config.source), config)


def read_scan(scan: Scan, config: Config) -> Page:
    """One page, read: regions, lines and words, not yet in order; upright, whichever way it lay."""
    scan = replace(scan, gray=without_streaks(scan.gray))

    def look(turned: int) -> View:
        upright = set_upright(scan, turned)
        give_back()  # here and below: what each step took is no use to the next, and would lie beside it
        segmentation = detector(config.geometry.detector)(config.geometry).detect(upright)
        give_back()
        return View(turned, upright, segmentation, identify(upright, segmentation, config.text))

    view = upright_view(scan, look, config.text)
    give_back()
    page = read_text(view.scan, view.segmentation, view.writing, config.text)
    return replace(page, turned=view.turned)


def read_issue(issue_id: str, pages: Sequence[Page], metadata: Metadata, config: Config) -> Issue:
    """Finished pages, in physical order, made into one issue: articles and reading order.

    A scan of two pages becomes two.
    """
    leaves = tuple(leaf for page in pages for leaf in part_leaves(page))
    issue = reflow(issue_id, leaves, metadata, config.reflow)
    return replace(issue, pages=tuple(turn_back(page) for page in issue.pages))


def write_issue(
    issue: Issue, folder: Path, config: Config, refs: Sequence[PageRef] = (), kept: Path | None = None
) -> list[Path]:
    """The issue in every format of the profile; the paths of the files written.

    ``refs`` say where its pages came from, for the formats that show them (PDF, IIIF); ``kept`` is a folder
    with the pictures that `picture_of` gave when the pages were read, each under the page's id.
    """
    written: list[Path] = []
    for name in config.export.formats:
        made = exporter(name)(config.export)
        if isinstance(made, Illustrated):
            made.scans = _scans(refs, config, kept)
        with no_collection():  # each format makes trees of very many values, and drops them
            written += made.write(issue, folder)
    return written


def keeps_picture(ref: PageRef, config: Config) -> bool:
    """Whether a page's picture is to be kept when it is read, so that it need not be decoded again: where the
    profile has a format that shows the pages, and the page's file has the picture not ready."""
    return not ILLUSTRATED.isdisjoint(config.export.formats) and whole_picture(ref, config.source) is None


def picture_of(scan: Scan) -> Picture:
    """The picture to keep of a page in hand."""
    return packed(scan.gray if scan.color is None else scan.color)


def _scans(refs: Sequence[PageRef], config: Config, kept: Path | None) -> Scans:
    """Gives a page's picture by its id: as it was delivered or as it was kept, else made anew; None where the
    file is not there any more or has no such page."""
    by_id = {ref.page_id: ref for ref in refs}

    @lru_cache(maxsize=_PICTURES)
    def picture(page_id: str) -> Picture | None:
        ref = by_id.get(page_id) or by_id.get(scan_id(page_id))
        if ref is None:
            return None
        try:
            return (
                (kept and _kept(kept, ref.page_id))
                or whole_picture(ref, config.source)
                or packed(load_pixels(ref, config.source))
            )
        except LayoutError:
            return None

    return picture


def _kept(folder: Path, page_id: str) -> Picture | None:
    try:
        return unpacked((folder / page_id).read_bytes())
    except (OSError, ValueError):
        return None
