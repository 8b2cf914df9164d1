"""Characters of a PDF page that MuPDF leaves out of its text: drawn without a size, or at no possible place.

They would be lost without a word. Sound pages are told by the boxes of their pieces of text alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from layout.source.pdf_runs import Runs

#: So many sides of the page outside of it a place is impossible.
_FAR = 4.0
_TEXTS = frozenset(("fill-text", "stroke-text", "ignore-text"))


def unplaced(page: Any, runs: Runs) -> int:
    """How many characters of a page (spaces apart) have no size or place; they are in no text of MuPDF's."""
    far = _FAR * max(page.rect.width, page.rect.height)
    boxes = [bounds for kind, bounds, *_ in page.get_bboxlog() if kind in _TEXTS]
    return 0 if all(_is_placed(bounds, far) for bounds in boxes) else sum(_unplaced(runs.trace, far))


def _unplaced(spans: Any, far: float) -> Iterator[bool]:
    """For each character that is no space whether it has no size or place."""
    for span in spans:
        for code, _, origin, _ in span["chars"]:
            if not (0 < code < 0x110000 and chr(code).isspace()):
                yield not span["size"] > 0 or not _is_near(origin, far)


def _is_placed(bounds: tuple[float, ...], far: float) -> bool:
    x0, y0, x1, y1 = bounds
    return (x1 > x0 or y1 > y0) and _is_near(bounds, far)


def _is_near(numbers: tuple[float, ...], far: float) -> bool:
    return all(math.isfinite(number) and abs(number) < far for number in numbers)
