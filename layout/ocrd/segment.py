"""``ocrd-newsreflow-segment``: images to PAGE with regions, lines, reading order and text."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import click
from ocrd import OcrdPageResult
from ocrd.decorators import ocrd_cli_options, ocrd_cli_wrap_processor
from ocrd_models import OcrdPage

from layout.document import Metadata, Page, Region
from layout.document.ids import page_id as numbered
from layout.ocrd.common import NewsProcessor, as_ocrd, written
from layout.pipeline import read_issue, read_page
from layout.source import PageRef

#: What other processors made of the page: coordinates of PAGE are those of the original.
_DERIVED = (
    "binarized,grayscale_normalized,despeckled,cropped,deskewed,dewarped,rotated-90,rotated-180,rotated-270"
)


class Segment(NewsProcessor):
    """One page at a time."""

    tool = "ocrd-newsreflow-segment"

    def process_page_pcgts(self, *input_pcgts: OcrdPage | None, page_id: str | None = None) -> OcrdPageResult:
        """The page of an image, or of a PAGE file that names one; what stood in it is replaced."""
        given = input_pcgts[0]
        assert given is not None
        # a sheet of two pages stays one: OCR-D has a PAGE file for an image
        page = replace(self._read(given, page_id), leaves=())
        if not self.parameter["text"]:
            page = replace(page, regions=tuple(_unread(region) for region in page.regions))
        config = self.config("page")
        issue = read_issue("page", [page], Metadata(), config)
        ((_, data), *_) = sorted(written(issue, config, "page").items())
        return OcrdPageResult(as_ocrd(data, given.get_Page().get_imageFilename()))

    def _read(self, given: OcrdPage, page_id: str | None) -> Page:
        config = self.config("page")
        if self.parameter["language"]:
            config = replace(config, text=replace(config.text, language=self.parameter["language"]))
        image, seen, _ = self.workspace.image_from_page(
            given.get_Page(), page_id or "", feature_filter=_DERIVED
        )
        dpi = seen.get("DPI") or 0
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / Path(given.get_Page().get_imageFilename()).with_suffix(".tif").name
            image.save(file, dpi=(dpi, dpi))
            return read_page(PageRef(file, 0, numbered(1)), config)


def _unread(region: Region) -> Region:
    """The region with its lines, without their words."""
    lines = tuple(replace(line, words=()) for line in region.lines)
    return replace(region, lines=lines, children=tuple(_unread(child) for child in region.children))


@click.command()
@ocrd_cli_options
def main(*args: object, **kwargs: object) -> object:
    """The command line that OCR-D asks for."""
    return ocrd_cli_wrap_processor(Segment, *args, **kwargs)


if __name__ == "__main__":
    main()
