"""What a finished issue shows of each page that may be wrong in its order or its types, without any truth.

How unsure the kinds of its regions are, its headlines' above all (an article begins or not with each),
regions of no kind, text in paragraphs of a line or two, how much regions cover each other, steps of reading
that do not go on below, and what its articles show (`articles.py`): on pages with truth these tell wrong
pages from right ones where the confidence of the words does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile

from layout.batch.articles import article_doubts, goes_on_below
from layout.document import Issue, Page, Region, RegionKind
from layout.document.leaves import scan_id
from layout.language import script_code

Doubts = dict[str, float]

#: What recognised letters lack in confidence on well printed pages: Tesseract's models of Arabic script
#: give less of it for text as right as that of others.
_USUAL_LACK, _USUAL_LACKS = 0.1, {"Arab": 0.28}

_HEADS = (RegionKind.HEADLINE, RegionKind.SUBHEADLINE, RegionKind.KICKER)

#: Lines of a paragraph that may be a piece of one.
_FEW_LINES = 2


def page_doubts(issue: Issue) -> dict[str, Doubts]:
    """By the ids of the scans; of two pages on one scan the larger doubts."""
    steps, shown = _steps(issue), article_doubts(issue)
    found: dict[str, Doubts] = {}
    for page in issue.pages:
        if page.failed is None:
            mine, before = _of_page(page, steps[page.id]), found.get(scan_id(page.id), {})
            mine |= shown.get(page.id, {})
            found[scan_id(page.id)] = {
                name: max(value, before.get(name, 0.0)) for name, value in mine.items()
            }
    return found


def _of_page(page: Page, steps: list[tuple[str, str]]) -> Doubts:
    by_id = {region.id: region for region in page.walk() if region.lines}
    regions = list(by_id.values())
    jumps = [not goes_on_below(by_id[a], by_id[b], 0.5) for a, b in steps if a in by_id and b in by_id]
    known = [region for region in regions if region.kind_confidence is not None]
    return {
        "kinds": _mean([1 - (region.kind_confidence or 0.0) for region in known]),
        "heads": _mean([1 - (region.kind_confidence or 0.0) for region in known if region.kind in _HEADS]),
        "no_kind": _mean([float(region.kind is RegionKind.UNKNOWN) for region in regions]),
        "short": _mean([float(len(region.lines) <= _FEW_LINES) for region in _paragraphs(regions)]),
        "covered": _covered(regions),
        "jumps": round(sum(jumps) / len(jumps), 4) if jumps else 0.0,
        "unsure": _unsure(page, regions),
    }


def _paragraphs(regions: list[Region]) -> list[Region]:
    return [region for region in regions if region.kind is RegionKind.PARAGRAPH]


def _steps(issue: Issue) -> dict[str, list[tuple[str, str]]]:
    """Regions that are read one after the other, by page."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in issue.items:
        for part in item.parts:
            found[part.page] += pairwise(region for block in part.blocks for region in block.regions)
    return found


def _covered(regions: list[Region]) -> float:
    """Share of the regions' area that another one covers."""
    area = sum(region.box.area for region in regions)
    ordered = sorted((region.box for region in regions), key=lambda box: box.y0)
    both = 0.0
    for number, box in enumerate(ordered, 1):
        for other in takewhile(lambda other: other.y0 < box.y1, islice(ordered, number, None)):  # noqa: B023
            both += box.intersection(other)
    return round(min(0.5, both / area), 4) if area else 0.0


def _unsure(page: Page, regions: list[Region]) -> float:
    """What letters lack in confidence beyond what is usual in their script."""
    lacking, total = 0.0, 0
    for confidence, length in _words(regions):
        total += length
        lacking += length * (1 - confidence) if confidence is not None else 0.0
    usual = _USUAL_LACKS.get(script_code(page.language) or "", _USUAL_LACK)
    return round(max(0.0, lacking / total - usual), 4) if total else 0.0


def _words(regions: list[Region]) -> Iterator[tuple[float | None, int]]:
    for region in regions:
        for line in region.lines:
            for word in line.words:
                yield word.confidence, len(word.text)


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
