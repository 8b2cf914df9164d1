"""A page as it was delivered: its picture and, from a PDF, its text layer and drawings."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layout.document import Box, Finding, SourceImage, TextLayer

Gray = NDArray[np.uint8]


@dataclass(frozen=True)
class Scan:
    """One page before anything is known of it.

    ``gray`` is H x W uint8, 0 black; ``color`` H x W x 3 uint8 RGB or None where the page has no
    colour. Both are upright as delivered (EXIF and /Rotate applied); their pixel grid is the frame of
    every coordinate. ``dpi`` is None where the file does not say or says nonsense. ``rules`` and
    ``pictures`` are boxes drawn by a PDF; ``text_layer`` is None where the page has no text.
    """

    page_id: str
    gray: Gray
    color: NDArray[np.uint8] | None = None
    dpi: float | None = None
    source: SourceImage = SourceImage("")
    text_layer: TextLayer | None = None
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def width(self) -> int:
        return int(self.gray.shape[1])

    @property
    def height(self) -> int:
        return int(self.gray.shape[0])
