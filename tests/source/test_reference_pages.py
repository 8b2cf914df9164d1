"""The reference pages: what is typeset, rendered, scanned and recognised lies in one frame."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from layout.document import Box
from layout.image import Scan
from layout.source import list_pages, load_page
from tests.truth import SHARED, SYNTHETIC, load_truth, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]

BORN = sorted(SYNTHETIC.glob("pages/*/born.pdf"))[::4]
RECOGNISED = sorted((SHARED / "devset" / "real").glob("ndnp-*/**/0*.pdf"))[::4]


def load(path: Path) -> Scan:
    return load_page(list_pages(path)[0])


def darkness(scan: Scan, boxes: list[Box]) -> float:
    """How much darker the page is in these boxes than on the whole, in grey levels."""
    inside = np.zeros(scan.gray.shape, np.uint8)
    for box in boxes:
        inside[int(box.y0) : round(box.y1), int(box.x0) : round(box.x1)] = 1
    return float(scan.gray.mean() - scan.gray[inside > 0].mean())


@pytest.mark.parametrize("path", BORN, ids=lambda path: path.parent.name)
def test_a_typeset_page_is_rendered_as_its_picture(path: Path) -> None:
    scan, picture = load(path), load(path.with_name("clean.png"))
    assert scan.gray.shape == picture.gray.shape
    small = [cv2.resize(page.gray, (400, 600), interpolation=cv2.INTER_AREA) for page in (scan, picture)]
    assert np.abs(small[0].astype(float) - small[1]).mean() < 3
    assert (scan.color is None) == (picture.color is None)


@pytest.mark.parametrize("path", BORN, ids=lambda path: path.parent.name)
def test_the_text_layer_lies_on_the_true_words(path: Path) -> None:
    scan = load(path)
    truth = load_truth(path.with_name("clean.json"))
    words = [
        Box(*word["bbox"]) for block in truth["blocks"] for line in block["lines"] for word in line["words"]
    ]
    assert scan.text_layer
    letters = [
        glyph.box for glyph in scan.text_layer.glyphs if not glyph.text.isspace() and glyph.box.width > 0
    ]
    covered = np.zeros(scan.gray.shape, np.uint8)
    for box in words:
        grown = box.grown(3)
        covered[max(0, int(grown.y0)) : int(grown.y1), max(0, int(grown.x0)) : int(grown.x1)] = 1
    centers = [tuple(int(value) for value in box.center) for box in letters]
    hits = [covered[y, x] for x, y in centers if y < scan.height and x < scan.width]
    assert np.mean(hits) > 0.97


@pytest.mark.parametrize("path", RECOGNISED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_recognised_text_lies_on_the_scan(path: Path) -> None:
    scan = load(path)
    assert scan.text_layer
    assert all(glyph.invisible for glyph in scan.text_layer.glyphs)
    letters = [glyph.box for glyph in scan.text_layer.glyphs if not glyph.text.isspace()]
    placed = darkness(scan, letters)
    assert placed > 8
    pitch = max(box.height for box in letters[:2000]) / 2
    assert placed > 1.2 * darkness(scan, [box.moved(0, pitch) for box in letters])
