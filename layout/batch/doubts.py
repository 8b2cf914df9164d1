"""What a finished issue shows of each page that may be wrong in its order or its types, without any truth.

Regions of doubtful kind, headlines that read like something else (a quotation, the middle of a sentence), how
little text there is, unsure words, and what the page's articles show (`articles.py`): on pages with truth
these tell wrong pages from right ones where the confidence of the words does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from layout.batch.articles import article_doubts
from layout.document import Issue, Page, Region, RegionKind
from layout.document.leaves import scan_id
from layout.language import script_code
from layout.reflow.wording import begins_lower

Doubts = dict[str, float]

#: What recognised letters lack in confidence on well printed pages: Tesseract's models of Arabic script
#: give less of it for text as right as that of others.
_USUAL_LACK, _USUAL_LACKS = 0.1, {"Arab": 0.28}

_HEADS = (RegionKind.HEADLINE, RegionKind.SUBHEADLINE, RegionKind.KICKER)
_MOST_BEGUN = 0.2  # for each headline: more says nothing more
_SURE = 0.6  # confidence of a region's kind
_MANY_LINES = 1024  # as on a large page in small type
_QUOTES = tuple('«»‹›“”„‟"״')


def page_doubts(issue: Issue) -> dict[str, Doubts]:
    """By the ids of the scans; of two pages on one scan the larger doubts."""
    shown = article_doubts(issue)
    found: dict[str, Doubts] = {}
    for page in issue.pages:
        if page.failed is None:
            mine, before = _of_page(page) | shown[page.id], found.get(scan_id(page.id), {})
            found[scan_id(page.id)] = {
                name: max(value, before.get(name, 0.0)) for name, value in mine.items()
            }
    return found


def _of_page(page: Page) -> Doubts:
    regions = [region for region in page.walk() if region.lines]
    heads = [text for region in regions if region.kind in _HEADS and (text := region.text.strip())]
    titles = sum(region.kind is RegionKind.HEADLINE for region in regions)
    begun = sum(begins_lower(text) for text in heads)
    return {
        "kinds": _share(sum(map(_is_doubtful, regions)), len(regions)),
        "quoted": float(any(text.startswith(_QUOTES) or text.endswith(_QUOTES) for text in heads)),
        "begun": min(_MOST_BEGUN, _share(begun, titles)),
        "scarce": _scarce(sum(len(region.lines) for region in regions)),
        "unsure": _unsure(page, regions),
    }


def _is_doubtful(region: Region) -> bool:
    return region.kind_confidence is not None and region.kind_confidence < _SURE


def _scarce(lines: int) -> float:
    """How often the lines would have to be doubled to be many: of few, those in the wrong place are a larger
    share, and on a page of next to none they were not found."""
    return round(max(0.0, math.log2(_MANY_LINES / max(1, lines))), 4)


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


def _share(count: int, whole: int) -> float:
    return round(min(1.0, count / whole), 4) if whole else 0.0
