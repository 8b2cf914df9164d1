"""Boxes that are none: a column between its rules, with a rule above and an advertisement below; a pale
picture that was taken for a tint.

A sidebar has a beginning of its own. A box as high as a column whose text begins without a headline is a
column of the page, and its text goes on from the column before it. And a sidebar can be read: clumps of a
picture's tones stand in rows like letters at times, but give no words.
"""

from __future__ import annotations

from dataclasses import replace

from layout.document import RUNNING_TEXT, Page, Region, RegionKind

_HIGH = 0.4  # share of the page's height
_SURE, _WORDS = 0.6, 12  # letters that the shortest sidebar has, read with such confidence


def without_false_boxes(page: Page) -> Page:
    """The page with such boxes opened: what they held stands on the page, the box stays as a separator; and
    those in which nothing can be read made pictures.

    Boxes that came with the input stay as they are, and all of them on a page that was not read.
    """
    read = any(_letters_read(region) for region in page.regions)
    regions: list[Region] = []
    for region in page.regions:
        if region.kind is not RegionKind.SIDEBAR or region.origin == "import" or not region.children:
            regions.append(region)
            continue
        if read and _letters_read(region) < _WORDS:
            regions.append(_as_picture(region))
            continue
        if not _is_column(region, page):
            regions.append(region)
            continue
        reason = "separator: the rules around a column"
        regions.append(replace(region, kind=RegionKind.SEPARATOR, children=(), lines=(), reason=reason))
        regions.extend(region.children)
    return replace(page, regions=tuple(regions))


def _letters_read(region: Region) -> int:
    """Letters and digits of the words in a region that were surely read, or given."""
    words = (word for part in region.walk() for line in part.lines for word in line.words)
    sure = (word.text for word in words if word.confidence is None or word.confidence >= _SURE)
    return sum(char.isalnum() for text in sure for char in text)


def _as_picture(region: Region) -> Region:
    """The box as a picture; what was read in it, surely nothing, is kept as noise."""
    scraps = tuple(
        replace(child, kind=RegionKind.NOISE)
        for child in region.children
        if any(line.words for part in child.walk() for line in part.lines)
    )
    return replace(region, kind=RegionKind.IMAGE, children=scraps, reason="picture: no words in it")


def _is_column(region: Region, page: Page) -> bool:
    if region.box.height < _HIGH * page.height:
        return False
    text = [child for child in region.children if child.lines and child.kind is not RegionKind.NOISE]
    return bool(text) and min(text, key=lambda child: child.box.y0).kind in RUNNING_TEXT
