"""What the lines of a page say of its type: line pitch, ink height, letter width, all relative to body text.

Everything later steps compare is a ratio to the page's own running text, so that no threshold depends
on resolution, font or script.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from layout.document import RUNNING_TEXT, Box, Direction, Page, Region, RegionKind, TextLine
from layout.language import Axes


@dataclass(frozen=True, slots=True)
class Body:
    """The page's running text, in page pixels.

    ``pitch`` is the usual distance of baselines, ``ink`` the usual height of a line's ink box,
    ``advance`` the usual width of a character, ``ascent`` and ``descent`` how far the ink box usually
    reaches above and below the baseline; ``letter`` the letters' core height where it was measured.
    ``slope`` is how much a line falls for each pixel to the right (skew); ink heights are without it.
    ``bolder`` is the share of the plain lines' weight by which a line of the text's size is heavier where
    it is bold.
    """

    pitch: float
    ink: float
    advance: float
    ascent: float
    descent: float
    letter: float | None = None
    slope: float = 0.0
    bolder: float = 0.2


_BOLD = 6.0  # times the usual difference of plain lines in weight, from which a line is of another one
_LEAST_BOLD, _MOST_BOLD = 0.05, 0.2  # between which that lies: bold types are a third heavier, some a tenth
_HEAVY = 1.2  # weight of bold type in any size
_SMALLER, _LARGER = 0.9, 1.1  # between which type is of the text's size
_MANY = 400  # lines whose median is that of a page
_DOZEN = 12  # lines that show a region's type


def some(lines: Sequence[TextLine], most: int) -> Sequence[TextLine]:
    """About so many of the lines, evenly spread; all where there are not many more."""
    return lines if len(lines) < 2 * most else lines[:: len(lines) // most]


def axes_of(page: Page, region: Region) -> Axes:
    """The reading frame of a region: its own direction, else its lines' or the page's."""
    direction = region.direction or next((x.direction for x in region.lines if x.direction), None)
    if direction in (None, Direction.TTB):
        direction = page.direction
    return Axes.of(direction, page.width)


def base(line: TextLine) -> float:
    """Height of a line's baseline at its middle (page y), estimated from the box where there is none."""
    if line.baseline:
        return sum(point[1] for point in line.baseline) / len(line.baseline)
    return line.box.y0 + 0.75 * line.box.height


def slope_of(page: Page) -> float:
    """How much the page's lines fall for each pixel to the right: the median of long baselines."""
    lines = [line for region in page.walk() if not region.rotation for line in region.lines]
    slopes = [
        (line.baseline[-1][1] - line.baseline[0][1]) / run
        for line in some(lines, _MANY)
        if len(line.baseline) > 1
        and (run := line.baseline[-1][0] - line.baseline[0][0]) > 5 * line.box.height
    ]
    return statistics.median(slopes) if slopes else 0.0


def ink_height(line: TextLine, slope: float) -> float:
    """Height of a line's ink, less what the skew adds to an upright box around it."""
    return max(0.3 * line.box.height, line.box.height - abs(slope) * line.box.width)


def pitches(lines: Sequence[TextLine]) -> list[float]:
    """Distances of consecutive baselines that can be line steps: downwards, not a leap."""
    steps = [base(b) - base(a) for a, b in pairwise(lines)]
    heights = [line.box.height for line in lines]
    usual = statistics.median(heights) if heights else 0.0
    return [step for step in steps if 0.6 * usual < step < 4 * usual]


def advance(lines: Iterable[TextLine]) -> float | None:
    """Mean width of a character over the words (spaces apart, so justification plays no part)."""
    width, count = 0.0, 0
    for line in lines:
        for word in line.words:
            if word.text:
                width += word.box.width
                count += len(word.text)
    return width / count if count >= 2 else None


def measure_body(page: Page) -> Body:
    """Measures of the running text, weighed by lines; of all text where no running text is known."""
    regions = [r for r in page.walk() if r.lines and not r.rotation]
    running = [r for r in regions if r.kind in RUNNING_TEXT and len(r.lines) > 1] or regions
    lines = some([line for region in running for line in region.lines], _MANY)
    if not lines:
        usual = max(1.0, page.height / 150)
        return Body(usual, 0.7 * usual, 0.4 * usual, 0.5 * usual, 0.2 * usual)
    slope = slope_of(page)
    ink = max(1.0, statistics.median(ink_height(line, slope) for line in lines))
    steps = [step for region in running for step in pitches(region.lines[:_DOZEN])]
    pitch = statistics.median(steps) if steps else 1.4 * ink
    letters = [
        region.appearance.letter_height
        for region in running
        if region.appearance.letter_height
        for _ in region.lines
    ]
    return Body(
        pitch=pitch,
        ink=ink,
        advance=_median_advance(lines) or 0.5 * ink,
        ascent=statistics.median(base(line) - line.box.y0 for line in lines),
        descent=statistics.median(line.box.y1 - base(line) for line in lines),
        letter=statistics.median(letters) if letters else None,
        slope=slope,
        bolder=_bold_from(running),
    )


def _bold_from(runs: Sequence[Region]) -> float:
    """By what share of the plain lines' weight a line of these runs is heavier if it is bold.

    Lines of one type differ by a hundredth on a clean page and by more on a worn one; a bold type may be
    drawn a twentieth heavier only.
    """
    off = [
        abs(line.weight / plain - 1)
        for region in runs
        if (plain := plain_weight(region.lines))
        for line in region.lines
        if line.weight
    ]
    return min(_MOST_BOLD, max(_LEAST_BOLD, _BOLD * statistics.median(off))) if off else _MOST_BOLD


def plain_weight(lines: Sequence[TextLine]) -> float | None:
    """The weight of the plain lines of a run: the lower ones, for headings may stand in it."""
    known = sorted(line.weight for line in lines if line.weight)
    return known[len(known) // 3] if known else None


def _median_advance(lines: Sequence[TextLine]) -> float | None:
    found = [value for line in lines if (value := advance((line,))) is not None]
    return statistics.median(found) if found else None


def usual_width(runs: Sequence[Region]) -> float:
    """The width of the page's columns: that of the usual run of some lines; 0 where there is none."""
    widths = [region.box.width for region in runs for _ in region.lines if len(region.lines) > 3]
    return statistics.median(widths) if widths else 0.0


def pitch_of(region: Region, body: Body) -> float:
    """The region's own line pitch: measured, from its baselines, or the page's usual one."""
    if region.appearance.line_pitch:
        return region.appearance.line_pitch
    steps = pitches(region.lines)
    return statistics.median(steps) if steps else body.pitch


def size_of(region: Region, body: Body) -> float:
    """How large the region's type is, 1.0 being body text.

    The mean of the ratio of the letters' cores, where geometry measured them, and of `line_size`: either
    is misled at times, a core by few letters, ink and width by words without ascenders or by weight.
    """
    letters = region.appearance.letter_height
    ratio = letters / body.letter if letters and body.letter else None
    if not region.lines:
        return ratio or 1.0
    measured = line_size(region.lines, body)
    if region.appearance.light_on_dark:
        return measured  # the core is measured on dark letters
    return math.sqrt(ratio * measured) if ratio else measured


def is_bold(region: Region, size: float, body: Body) -> bool:
    """Whether a region of this size, 1.0 being body text, is set in bold type.

    Of type of another size or face only a clearly heavier one is known to be bold; a crosshead that stood in
    a run of text is compared with the text around it.
    """
    weight = region.appearance.weight or 1.0
    beside = region.kind is RegionKind.CROSSHEAD and _SMALLER < size < _LARGER
    return weight >= (1 + body.bolder if beside else _HEAVY)


def line_size(lines: Sequence[TextLine], body: Body) -> float:
    """How large the type of these lines is by ink height and character width, 1.0 being body text."""
    lines = some(lines, _DOZEN)
    height = statistics.median(ink_height(line, body.slope) for line in lines) / body.ink
    width = advance(lines)
    if width is None:
        return height
    letters = sum(len(word.text) for line in lines for word in line.words)
    share = min(0.5, letters / 40)  # a few characters say little of the usual width
    return float(height ** (1 - share) * (width / body.advance) ** share)


def text_box(lines: Sequence[TextLine], pitch: float, body: Body) -> Box:
    """The lines' typographic box: as wide as their ink, line pitch high around the first and last.

    The ink stands in the middle of its line; ascent and descent are those usual on the page, scaled
    to the pitch, so that a word without ascenders gets the same box as its neighbours.
    """
    x0, x1 = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    scale = pitch / body.pitch
    spare = (body.pitch - body.ascent - body.descent) / 2
    top = min(base(line) for line in lines) - scale * (body.ascent + spare)
    bottom = max(base(line) for line in lines) + scale * (body.descent + spare)
    return Box(x0, top, x1, bottom)
