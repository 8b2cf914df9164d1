"""Where things are on a page: `Scan` -> `Segmentation`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from layout.document import Segmentation
from layout.geometry.settings import GeometrySettings
from layout.image import Scan
from layout.plugins import load, names

#: name -> where its class is; a class takes `GeometrySettings` and is a `Detector`.
DETECTORS = {
    "newspaper": "layout.geometry.newspaper:NewspaperDetector",
    "layoutparser": "layout.geometry.layoutparser_detector:LayoutParserDetector",
}

#: Those of them that look at a page's grey picture alone: its colour (3 bytes a pixel) need not be kept.
IN_GREY = frozenset({"newspaper"})


class Detector(Protocol):
    """Finds the parts of a page from its pixels (and a PDF's drawings), never from its text.

    Called in the worker process, one page at a time; must be deterministic and not keep state.
    Coordinates are page pixels. A page without text gives a segmentation without text shapes.
    """

    def __init__(self, settings: GeometrySettings) -> None: ...

    def detect(self, scan: Scan) -> Segmentation: ...


def detector(name: str) -> Callable[[GeometrySettings], Detector]:
    """The detector class of this name."""
    found: Callable[[GeometrySettings], Detector] = load("detector", name, DETECTORS)
    return found


def detector_names() -> tuple[str, ...]:
    return names("detector", DETECTORS)
