"""Whole pages with known text: sound layers from a browser, and the same pages with broken layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from layout.document import Box, Direction, LineShape, RegionKind, Segmentation, Shape
from layout.language import normalized
from layout.source import SourceSettings, list_pages, load_page
from layout.text.embedded import LayerText, read_layer
from layout.text.trust import judge_page, judge_region
from tests.truth import SYNTHETIC, load_truth, needs_shared

PAGES = SYNTHETIC / "pages"


def true_lines(truth: dict[str, Any]) -> tuple[Segmentation, list[list[str]]]:
    """A segmentation with the true line boxes, and for each shape the lines as drawn."""
    blocks = [block for block in truth["blocks"] if block["lines"]]
    shapes = tuple(
        Shape(
            RegionKind.PARAGRAPH,
            Box(*block["bbox"]),
            tuple(LineShape(Box(*line["bbox"])) for line in block["lines"]),
            rotation=(360 - block["rotated"]) % 360,
        )
        for block in blocks
    )
    texts = [[line.get("raw", line["text"]) for line in block["lines"]] for block in blocks]
    return Segmentation(truth["image"]["width"], truth["image"]["height"], shapes), texts


def read(folder: Path, kind: str) -> tuple[LayerText, Segmentation, list[list[str]], str]:
    truth = load_truth(folder / "clean.json")
    segmentation, texts = true_lines(truth)
    (ref,) = list_pages(folder / f"{kind}.pdf", SourceSettings())
    layer = load_page(ref, SourceSettings()).text_layer
    assert layer is not None
    found = read_layer(layer, segmentation, truth["lang"], Direction(truth["dir"]))
    return found, segmentation, texts, truth["lang"]


def error_rate(found: LayerText, texts: list[list[str]], language: str, skip: set[int]) -> float:
    """Character errors of the normalised lines per true character, shapes in ``skip`` left out."""
    errors = total = 0
    for index, (lines, true) in enumerate(zip(found.shapes, texts, strict=True)):
        for line, text in zip(lines, true, strict=True):
            wanted = normalized(text, language)
            if index not in skip:
                errors += Levenshtein.distance(wanted, line.normalized if line else "")
                total += len(wanted)
    return errors / total


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["born", "defect"])
@pytest.mark.parametrize("name", ["dev-fa-005", "dev-fa-009", "dev-en-004", "dev-de-001"])
def test_pages(name: str, kind: str) -> None:
    """At most 0.1 % of the characters wrong where the layer is trusted; what is not trusted has no codes."""
    found, segmentation, texts, language = read(PAGES / name, kind)
    page = judge_page(found, language)
    assert page.ok
    refused = {
        index
        for index, (lines, shape) in enumerate(zip(found.shapes, segmentation.shapes, strict=True))
        if not judge_region(lines, shape.lines, language, page).ok
    }
    for index in refused:
        assert any("\ufffd" in line.text for line in found.shapes[index] if line)
    assert bool(refused) == (kind == "defect" and name != "dev-fa-005")
    assert error_rate(found, texts, language, refused) <= 0.001
    assert not found.loose
