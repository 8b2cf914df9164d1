"""An engine that answers with the truth: what geometry and reflow are worth when every letter is read right.

It is registered as the engine "truth" when this module is imported; `TrueTextEngine.open` names the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from layout.document import Box, Point
from layout.source.page_xml import read_page_xml
from layout.text import engines
from layout.text.engine import EngineStatus, LinePicture, Reading, WordReading
from layout.text.settings import TextSettings
from tests.truth import load_truth

#: Share of a line picture's height above and below in which the line beside it may show, and is not read.
_RIM = 0.1


class TrueTextEngine:
    """Reads in a line picture the true words whose middle lies in it, in the truth's order."""

    name = "truth"
    version = "1"
    #: (text, box in page pixels) of the open page, in the truth's order.
    words: ClassVar[tuple[tuple[str, Box], ...]] = ()

    def __init__(self, settings: TextSettings) -> None:
        self.settings = settings

    @classmethod
    def open(cls, truth: Path) -> None:
        """From now on pictures are cut from the page with this truth (`newsbench-gt/1`, or PAGE)."""
        cls.words = tuple(_words_of_page(truth) if truth.suffix == ".xml" else _words(truth))

    def has(self, model: str) -> bool:
        return True

    def recognize(self, pictures: Sequence[LinePicture], model: str) -> tuple[Reading, ...]:
        return tuple(Reading(tuple(self._seen(picture)), model) for picture in pictures)

    def status(self) -> EngineStatus:
        return EngineStatus(self.name, self.version)

    def _seen(self, picture: LinePicture) -> Iterator[WordReading]:
        for text, box in self.words:
            if not box.intersection(picture.box):
                continue
            x, y = _to_picture(picture, box.center)
            rim = _RIM * picture.height
            if 0 <= x <= picture.width and rim <= y <= picture.height - rim:
                corners = [_to_picture(picture, corner) for corner in box.polygon]
                xs, ys = zip(*corners, strict=True)
                yield WordReading(text, Box(min(xs), min(ys), max(xs), max(ys)), 0.96)


def _words(truth: Path) -> Iterator[tuple[str, Box]]:
    for block in load_truth(truth)["blocks"]:
        for line in block.get("lines", ()):
            yield from _printed(line)


def _words_of_page(truth: Path) -> Iterator[tuple[str, Box]]:
    for region in read_page_xml(truth, "p0001").walk():
        for line in region.lines:
            yield from ((word.text, word.box) for word in line.words)


def _printed(line: dict[str, Any]) -> Iterator[tuple[str, Box]]:
    """The words of a line as they are printed: with the hyphen at its end."""
    words, printed = line["words"], line.get("raw", line["text"]).split()
    texts = printed if len(printed) == len(words) else [word["text"] for word in words]
    for text, word in zip(texts, words, strict=True):
        yield text, Box(*word["bbox"])


def _to_picture(picture: LinePicture, point: Point) -> Point:
    x, y = picture.back.inverse().apply(point)
    return x * picture.scale, (y - picture.bend(x)) * picture.scale + picture.baseline


engines.ENGINES["truth"] = f"{__name__}:TrueTextEngine"
