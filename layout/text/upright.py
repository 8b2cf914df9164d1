"""Which way up a page stands: by its lines' direction and, where that leaves two, by reading a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layout.document import Segmentation
from layout.image import Scan
from layout.image.orientation import lies_sideways
from layout.text.identify import Writing
from layout.text.settings import TextSettings

_SAMPLE = 5  # lines, at least, that say whether a page can be read
#: Confidences of a page's sample of lines: below the first a page may stand on its head (upside down it is
#: 0.1 to 0.5, upright 0.7 and more), from the second on it is read.
_UNREAD, _READ = 0.55, 0.6
_LEAD = 0.15  # so much surer than the page as it lies


@dataclass(frozen=True)
class View:
    """A scan seen with its text taken to be turned counter-clockwise by ``turned`` degrees, set upright."""

    turned: int
    scan: Scan
    segmentation: Segmentation
    writing: Writing

    @property
    def sureness(self) -> float:
        return self.writing.confidence or 0.0


def upright_view(scan: Scan, look: Callable[[int], View], settings: TextSettings) -> View:
    """The view in which the page stands upright; as it was delivered where nothing else is sure.

    Only a page whose lines run up and down, or whose sample cannot be read as it lies, is turned for a try.
    """
    if scan.text_layer is not None or settings.language or settings.engine == "null":
        return look(0)
    if lies_sideways(scan.gray):
        best = max((look(turned) for turned in (90, 270)), key=lambda view: view.sureness)
        return best if best.sureness >= _READ else look(0)
    seen = look(0)
    lines = sum(len(shape.lines) for shape in seen.segmentation.walk())
    if lines < _SAMPLE or seen.sureness >= _UNREAD:
        return seen
    other = look(180)
    return other if other.sureness >= max(_READ, seen.sureness + _LEAD) else seen
