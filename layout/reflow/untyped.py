"""Pages from a system that knows no types of text: all its blocks are paragraphs, headlines too.

Archives hold such pages by the million. Where the input calls large type paragraphs and nothing else by any
other name, its names say nothing: blocks are taken as a segmentation without types, may be parted where a
headline stands inside them, and get their kinds from their looks. Words, lines, their ids and confidences
stay. Where anything was named, by a person or a better system, names are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.document import Page, Region, RegionKind
from layout.reflow.measure import Body, line_size, measure_body

K = RegionKind
#: The origin of imported blocks while their types are open.
OPEN = "import/untyped"

_PLAIN = frozenset({K.PARAGRAPH, K.UNKNOWN})
_LARGE = 1.5  # times the body's size: no paragraph is set so
_DISPLAY, _FEW = 1.3, 3  # size and lines of what may be a headline
_LETTERS = 6  # of fewer letters the size is uncertain
_SHARE = 0.002  # of the lines that must be large: single ones are misread rules and dirt


def open_types(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, their imported blocks without types where the input has none; else unchanged."""
    blocks = [region for page in pages for region in page.walk() if region.lines]
    if not blocks or any(region.origin != "import" or region.kind not in _PLAIN for region in blocks):
        return tuple(pages)
    bodies = [measure_body(page) for page in pages]
    large = sum(_large_lines(page, body) for page, body in zip(pages, bodies, strict=True))
    if large <= _SHARE * sum(len(region.lines) for region in blocks):
        return tuple(pages)
    return tuple(
        replace(page, regions=tuple(_opened(region, body) for region in page.regions))
        for page, body in zip(pages, bodies, strict=True)
    )


def close_types(page: Page) -> Page:
    """The page with its regions marked as imported again; no word that came in is called dirt."""

    def marked(regions: Sequence[Region]) -> Iterator[Region]:
        for region in regions:
            kind = K.UNKNOWN if region.kind is K.NOISE and region.lines else region.kind
            yield replace(region, kind=kind, origin="import", children=tuple(marked(region.children)))

    return replace(page, regions=tuple(marked(page.regions)))


def _large_lines(page: Page, body: Body) -> int:
    return sum(
        line_size((line,), body) > _LARGE
        for region in page.walk()
        for line in region.lines
        if len(line.text) > _LETTERS
    )


def _opened(region: Region, body: Body) -> Region:
    """A block as geometry would hand it on: a guess from its size and number of lines."""
    children = tuple(_opened(child, body) for child in region.children)
    kind = region.kind
    if region.lines:
        few = len(region.lines) <= _FEW
        large = line_size(region.lines, body) > _DISPLAY
        kind = K.HEADLINE if few and large else K.UNKNOWN if len(region.lines) == 1 else K.PARAGRAPH
    return replace(region, kind=kind, origin=OPEN, children=children)
