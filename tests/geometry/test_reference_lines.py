"""Lines on reference pages: found where the truth has them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from layout.document import Box
from layout.image import Scan
from tests.geometry.paper import detect, f1, lines_of
from tests.truth import load_truth, needs_shared, truth_files


def _pages() -> list[Path]:
    """The first clean page of each direction."""
    first: dict[str, Path] = {}
    for path in truth_files():
        if path.stem.startswith("clean"):
            first.setdefault(load_truth(path)["dir"], path)
    return list(first.values())


@needs_shared
@pytest.mark.shared
def test_lines_of_reference_pages_are_found() -> None:
    pages = _pages()
    assert len(pages) == 2
    for path in pages:
        truth = load_truth(path)
        gray = cv2.imread(str(path.parent / truth["image"]["file"]), cv2.IMREAD_GRAYSCALE)
        assert gray is not None
        found = lines_of(detect(Scan("p0001", np.asarray(gray, np.uint8))))
        drawn = [Box(*line["bbox"]) for block in truth["blocks"] for line in block["lines"]]
        assert f1(drawn, found) >= 0.9, path.name
