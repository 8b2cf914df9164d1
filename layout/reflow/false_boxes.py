"""Boxes that are none: a column between its rules, with a rule above and an advertisement below; a pale
picture that was taken for a tint.

A sidebar has a beginning of its own. A box as high as a column whose text begins without a headline is a
column of the page, and its text goes on from the column before it; so is a lower one whose sides are rules
of the page, which run on past its corners: the sides of a box end there. And a sidebar can be read: clumps
of a picture's tones stand in rows like letters at times, but give no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layout.document import RUNNING_TEXT, Box, Page, Region, RegionKind
from layout.reflow.measure import measure_body

_HIGH = 0.4  # share of the page's height
_SHARED = 2  # sides that are the page's: one may be a rule under the page's head
_PAST = 2.0  # line pitches
_MANY, _WIDE = 6, 0.9  # lines that an article has; of the widest line: a full one
_FEW = 2  # lines; a sidebar has a heading and some more
_HEADINGS = frozenset(
    {RegionKind.HEADLINE, RegionKind.CROSSHEAD, RegionKind.KICKER, RegionKind.SECTION_LABEL}
)
_SURE, _WORDS = 0.6, 12  # letters that the shortest sidebar has, read with such confidence


def without_false_boxes(page: Page) -> Page:
    """The page with such boxes opened: what they held stands on the page, the box stays as a separator; and
    those in which nothing can be read made pictures.

    Boxes that came with the input stay as they are, and all of them on a page that was not read.
    """
    read = any(_letters_read(region) for region in page.regions)
    pitch = measure_body(page).pitch
    rules = [region.box for region in page.walk() if region.kind is RegionKind.SEPARATOR]
    regions: list[Region] = []
    for region in page.regions:
        if _may_open(region) and _is_of_page(region) and _shared(region.box, rules, pitch) >= _SHARED:
            regions.extend(region.children)
            continue
        if _may_open(region) and read and _letters_read(region) < _WORDS:
            regions.append(_as_picture(region))
            continue
        if _may_open(region) and _holds_article(region) and not _is_pictured(region):
            region = replace(region, kind=RegionKind.SIDEBAR, reason="running text in a frame")
        if region.kind is not RegionKind.SIDEBAR or region.origin == "import" or not region.children:
            regions.append(region)
            continue
        if _is_bare(region):
            regions.extend(region.children)
            continue
        if not _is_column(region, page):
            regions.append(region)
            continue
        reason = "separator: the rules around a column"
        regions.append(replace(region, kind=RegionKind.SEPARATOR, children=(), lines=(), reason=reason))
        regions.extend(region.children)
    return replace(page, regions=tuple(regions))


def _may_open(region: Region) -> bool:
    boxes = (RegionKind.SIDEBAR, RegionKind.ADVERTISEMENT)
    if region.kind not in boxes or region.origin == "import" or not region.children:
        return False
    text = [child for child in region.children if child.lines]
    return not text or not all(child.appearance.light_on_dark for child in text)


def _shared(box: Box, rules: Sequence[Box], pitch: float) -> int:
    """How many sides of a box are rules that run on past one of its corners."""
    level = [rule for rule in rules if rule.width > 3 * rule.height and rule.overlap_x(box) > 0.5 * box.width]
    upright = [
        rule for rule in rules if rule.height > 3 * rule.width and rule.overlap_y(box) > 0.5 * box.height
    ]
    far = _PAST * pitch
    sides = (
        *((_nearest(level, 1, y, pitch), 0) for y in (box.y0, box.y1)),
        *((_nearest(upright, 0, x, pitch), 1) for x in (box.x0, box.x1)),
    )
    return sum(rule is not None and _runs_on(rule, box, along, far) for rule, along in sides)


def _nearest(rules: Sequence[Box], axis: int, side: float, reach: float) -> Box | None:
    """The rule that is nearest to a side: a box of its own may stand close below a rule of the page."""
    near = [rule for rule in rules if abs(rule.center[axis] - side) < reach]
    return min(near, key=lambda rule: abs(rule.center[axis] - side), default=None)


def _runs_on(rule: Box, box: Box, along: int, far: float) -> bool:
    if along:
        return rule.y0 < box.y0 - far or rule.y1 > box.y1 + far
    return rule.x0 < box.x0 - far or rule.x1 > box.x1 + far


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


def _is_bare(region: Region) -> bool:
    """Whether a box has a line or two, or is a tint without a heading: a shadow, or darkened paper."""
    look = region.appearance
    text = [child for child in region.children if child.lines and child.kind is not RegionKind.NOISE]
    tint = look.tinted and not look.framed and not look.light_on_dark
    few = sum(len(child.lines) for child in text) <= _FEW
    return few or (tint and not any(child.kind in _HEADINGS for child in text))


def _is_column(region: Region, page: Page) -> bool:
    return region.box.height >= _HIGH * page.height and _begins_in_text(region)


def _is_of_page(region: Region) -> bool:
    """Whether what stands between rules of the page can be a part of an article, or one by itself."""
    return _begins_in_text(region) or _holds_article(region)


def _holds_article(region: Region) -> bool:
    """Whether most lines in a box are of paragraphs that fill their columns; those of an advertisement stand
    in the middle, each by itself.
    """
    if region.kind is not RegionKind.ADVERTISEMENT:
        return False
    text = [child for child in region.children if child.kind in RUNNING_TEXT and _fills(child)]
    lines = sum(len(child.lines) for child in text)
    return lines >= _MANY and 2 * lines > sum(len(child.lines) for child in region.children)


def _is_pictured(region: Region) -> bool:
    return any(child.kind is RegionKind.IMAGE for child in region.children)


def _fills(region: Region) -> bool:
    """Whether all lines of a paragraph but the first and the last are as wide as it."""
    widths = [line.box.width for line in region.lines]
    return len(widths) > 2 and min(widths[1:-1]) > _WIDE * max(widths)


def _begins_in_text(region: Region) -> bool:
    text = [child for child in region.children if child.lines and child.kind is not RegionKind.NOISE]
    return bool(text) and min(text, key=lambda child: child.box.y0).kind in RUNNING_TEXT
