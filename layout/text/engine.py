"""What an OCR engine is: pictures of single lines in, words with places and confidences out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Box, Point


@dataclass(frozen=True)
class LinePicture:
    """One text line, upright, straight, dark on white, cut tight and at a height an engine likes.

    ``image`` is H x W uint8, 255 ground. ``baseline`` is the row of the baseline in it. ``box`` is the
    line's box in page pixels; ``back`` maps the flat strip (after `bend`) to the page.
    """

    image: NDArray[np.uint8]
    baseline: float
    box: Box
    scale: float = 1.0
    back: Affine = Affine()
    curve: tuple[Point, ...] = ()

    @property
    def width(self) -> int:
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        return int(self.image.shape[0])

    def to_page(self, box: Box) -> Box:
        """A box of the picture as the upright box around it on the page (page pixels)."""
        x0, x1 = box.x0 / self.scale, box.x1 / self.scale
        top, bottom = (box.y0 - self.baseline) / self.scale, (box.y1 - self.baseline) / self.scale
        bends = [self.bend(x) for x in (x0, (x0 + x1) / 2, x1)]
        flat = Box(x0, min(bends) + top, x1, max(bends) + bottom)
        return self.back.apply_box(flat)

    def bend(self, x: float) -> float:
        """Height of the line's curve at this place of the flat strip (unscaled pixels)."""
        xs, ys = zip(*self.curve, strict=True) if self.curve else ((0.0,), (0.0,))
        return float(np.interp(x, xs, ys))


@dataclass(frozen=True, slots=True)
class WordReading:
    """One word an engine saw: NFC text in logical order, box in picture pixels, confidence 0..1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one line in logical order, and the model that read them; empty where nothing was."""

    words: tuple[WordReading, ...] = ()
    model: str = ""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean over the letters; 0 for an empty reading."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """What is installed of an engine; ``missing`` pairs a thing with the command that installs it."""

    name: str
    version: str | None
    languages: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


class Engine(Protocol):
    """Reads line pictures. Made once in a worker process with `TextSettings`, then called page by page.

    `recognize` returns one reading for each picture, in the same order, whatever happens to a single
    line (empty reading); it raises `DependencyError` where the model or the engine is not installed
    and `ResourceError` where the engine died. Same pictures, same readings.
    """

    name: str

    @property
    def version(self) -> str: ...

    def has(self, model: str) -> bool:
        """Whether this model can be used here."""
        ...

    def recognize(self, pictures: Sequence[LinePicture], model: str) -> tuple[Reading, ...]: ...

    def status(self) -> EngineStatus: ...


@runtime_checkable
class Resting(Protocol):
    """An engine that gives back, between pages, memory that it can get again quickly."""

    def rest(self) -> None: ...
