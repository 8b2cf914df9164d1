"""Interchange with layoutparser: labels, a model's blocks with our lines, round trips, registration."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layout.document import Box, LineShape, Page, Region, RegionKind, Segmentation, Shape, TextLine, Word
from layout.errors import ConfigError, DependencyError
from layout.geometry import detector
from layout.geometry import layoutparser_detector as adapter
from layout.geometry.blend import blend
from layout.geometry.layoutparser_detector import (
    LayoutParserDetector,
    from_layout,
    read_labels,
    register,
    to_layout,
)
from layout.geometry.newspaper import NewspaperDetector
from layout.geometry.settings import GeometrySettings
from tests.geometry.paper import Paper

lp = pytest.importorskip("layoutparser")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Backends and the loaded model as they were."""
    from layoutparser.models.auto_layoutmodel import ALL_AVAILABLE_BACKENDS

    before = dict(ALL_AVAILABLE_BACKENDS)
    adapter._load_model.cache_clear()
    yield
    ALL_AVAILABLE_BACKENDS.clear()
    ALL_AVAILABLE_BACKENDS.update(before)


def fake_backend(blocks: list[Any]) -> list[Any]:
    """Register a model that finds these blocks; returns the list of pictures it was shown."""
    from layoutparser.models.auto_layoutmodel import ALL_AVAILABLE_BACKENDS

    shown: list[Any] = []

    class Fake:
        def __init__(self, config: str, model_path: str, label_map: dict[int, str]) -> None:
            self.label_map = label_map

        def detect(self, image: Any) -> Any:
            shown.append(image)
            for block in blocks:
                block.type = self.label_map.get(block.type, block.type)
            return lp.Layout(blocks)

    ALL_AVAILABLE_BACKENDS["fake"] = Fake
    return shown


def settings(tmp_path: Path, *labels: str, config: str = "fake:any") -> GeometrySettings:
    model = tmp_path / "model.pth"
    model.write_bytes(b"weights")
    return GeometrySettings("layoutparser", model=str(model), model_config=config, labels=labels)


def test_importing_geometry_does_not_import_layoutparser() -> None:
    code = "import sys, layout.geometry.layoutparser_detector; print('layoutparser' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_table_names_the_detector() -> None:
    assert detector("layoutparser") is LayoutParserDetector


def test_labels() -> None:
    assert read_labels(("0=paragraph", " Title = headline")) == {
        "0": RegionKind.PARAGRAPH,
        "Title": RegionKind.HEADLINE,
    }
    for bad in ("0", "=paragraph", "0=Absatz"):
        with pytest.raises(ConfigError, match=r"geometry\.labels"):
            read_labels((bad,))


@pytest.mark.parametrize(
    ("model", "config", "words"),
    [
        (None, None, "needs a model"),
        ("https://example.org/model.pth", "x.yaml", "never downloaded"),
        ("lp://PubLayNet/faster_rcnn", None, "never downloaded"),
        ("absent.pth", "x.yaml", "does not exist"),
    ],
)
def test_unusable_models_are_refused(model: str | None, config: str | None, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        LayoutParserDetector(GeometrySettings(model=model, model_config=config))


def test_a_backend_nobody_offers_is_refused(tmp_path: Path) -> None:
    found = LayoutParserDetector(settings(tmp_path, config="nowhere:x"))
    with pytest.raises(ConfigError, match="no backend 'nowhere'"):
        found.detect(Paper(300, 300).scan())


def test_a_missing_backend_names_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from layoutparser import file_utils

    refuse = (lambda: False, "{0} is missing")
    monkeypatch.setattr(file_utils, "BACKENDS_MAPPING", dict.fromkeys(file_utils.BACKENDS_MAPPING, refuse))
    found = LayoutParserDetector(settings(tmp_path, config="tf_efficientdet_d0"))
    with pytest.raises(DependencyError, match="pip install effdet"):
        found.detect(Paper(300, 300).scan())


def test_lines_go_to_the_models_blocks_and_none_is_lost(tmp_path: Path) -> None:
    """The model sees the left column as a question and knows nothing of the right one."""
    paper = Paper(1100, 900)
    left = paper.column(80, 100, 440, 14)
    right = paper.column(600, 100, 440, 14)
    scan = paper.scan()
    shown = fake_backend([lp.TextBlock(lp.Rectangle(70, 85, 535, 100 + 14 * 40), type=3, score=0.8)])
    found = LayoutParserDetector(settings(tmp_path, "3=question")).detect(scan)
    questions = [shape for shape in found.walk() if shape.kind is RegionKind.QUESTION]
    own = NewspaperDetector(GeometrySettings()).detect(scan)
    assert len(questions) == 1
    assert questions[0].confidence == 0.8
    assert len(questions[0].lines) == len(left)
    assert {line.box for shape in found.walk() for line in shape.lines} == {
        line.box for shape in own.walk() for line in shape.lines
    }
    assert sum(len(shape.lines) for shape in found.walk()) == len(left) + len(right)
    assert shown[0].mode == "RGB"
    assert found.detector == "layoutparser/fake"


def test_blocks_in_a_container_become_its_children() -> None:
    lines = tuple(LineShape(Box(20, y, 180, y + 20)) for y in (30, 60, 90))
    own = Segmentation(
        400,
        400,
        (
            Shape(RegionKind.PARAGRAPH, Box(20, 30, 180, 110), lines),
            Shape(RegionKind.SEPARATOR, Box(0, 5, 400, 7)),
            Shape(RegionKind.IMAGE, Box(20, 120, 180, 190)),
            Shape(RegionKind.SECTION_LABEL, Box(22, 30, 28, 110), (lines[0],), rotation=90),
        ),
    )
    blocks = [
        Shape(RegionKind.SIDEBAR, Box(10, 20, 200, 200)),
        Shape(RegionKind.HEADLINE, Box(15, 28, 185, 52)),
        Shape(RegionKind.IMAGE, Box(18, 118, 182, 192)),
    ]
    found = blend(blocks, own, "model")
    sidebar = next(shape for shape in found.shapes if shape.kind is RegionKind.SIDEBAR)
    inside = {shape.kind: len(shape.lines) for shape in sidebar.children}
    assert inside == {
        RegionKind.HEADLINE: 1,
        RegionKind.PARAGRAPH: 2,
        RegionKind.IMAGE: 0,
        RegionKind.SECTION_LABEL: 1,
    }
    assert [shape.kind for shape in found.shapes] == [RegionKind.SEPARATOR, RegionKind.SIDEBAR]


def example() -> Segmentation:
    line = LineShape(Box(12, 22, 90, 30))
    turned = ((10.0, 61.0), (90.0, 60.0), (91.0, 80.0), (11.0, 81.0))
    return Segmentation(
        200,
        300,
        (
            Shape(
                RegionKind.SIDEBAR,
                Box(10, 20, 100, 50),
                children=(
                    Shape(RegionKind.PARAGRAPH, Box(12, 22, 90, 40), (line,), confidence=0.5),
                    Shape(RegionKind.IMAGE, Box(12, 41, 90, 49)),
                ),
                confidence=0.7,
            ),
            Shape(RegionKind.HEADLINE, Box(10, 60, 91, 81), polygon=turned, confidence=0.0),
        ),
    )


def bare(shape: Shape) -> Shape:
    return replace(shape, reason="", children=tuple(bare(child) for child in shape.children))


def test_a_segmentation_comes_back_from_a_layout_and_its_json(tmp_path: Path) -> None:
    layout = to_layout(example())
    assert [block.id for block in layout] == [1, 2, 3, 4, 5]
    assert [block.parent for block in layout] == [None, 1, 2, 1, None]
    path = tmp_path / "layout.json"
    path.write_text(json.dumps(layout.to_dict()), encoding="utf-8")
    for read in (layout, lp.load_json(str(path))):
        back = from_layout(read, 200, 300)
        assert tuple(bare(shape) for shape in back.shapes) == example().shapes
        assert (back.width, back.height) == (200, 300)


def test_a_page_takes_its_text_and_ids_along() -> None:
    line = TextLine("p1_r1_l1", Box(1, 2, 50, 12), (Word("w", "سلام", Box(1, 2, 50, 12)),), confidence=0.25)
    page = Page("p1", 100, 100, regions=(Region("p1_r1", RegionKind.LEAD, Box(1, 2, 50, 12), (line,)),))
    layout = to_layout(page)
    assert [(block.type, block.text, block.score) for block in layout] == [
        ("lead", "سلام", None),
        ("line", "سلام", 0.25),
    ]
    assert layout.page_data == {"width": 100.0, "height": 100.0, "id": "p1", "names": ["p1_r1", "p1_r1_l1"]}
    assert len(to_layout(page, lines=False)) == 1


def test_foreign_layouts_are_read_as_they_are() -> None:
    """Other programs' layouts: bare rectangles, intervals, circular parents, boxes off the page."""
    layout = lp.Layout(
        [
            lp.Rectangle(-5, -5, 50, 50),
            lp.Interval(10, 20, axis="y"),
            lp.TextBlock(lp.Rectangle(0, 60, 10, 70), id=1, parent=2, type="Text", score=1.5),
            lp.TextBlock(lp.Rectangle(0, 80, 10, 90), id=2, parent=1, type=7),
            lp.TextBlock(lp.Rectangle(50, 90, 90, 95), type="line", parent=99),
        ]
    )
    found = from_layout(layout, 100, 100, {"Text": RegionKind.PARAGRAPH})
    shapes = sorted(found.walk(), key=lambda shape: shape.box.y0)
    assert [shape.box for shape in shapes] == [
        Box(0, 0, 50, 50),
        Box(0, 10, 100, 20),
        Box(0, 60, 10, 70),
        Box(0, 80, 10, 90),
        Box(50, 90, 90, 95),
    ]
    assert [shape.kind for shape in shapes] == [
        RegionKind.UNKNOWN,
        RegionKind.UNKNOWN,
        RegionKind.PARAGRAPH,
        RegionKind.UNKNOWN,
        RegionKind.UNKNOWN,
    ]
    assert shapes[2].confidence == 1.0
    assert len(shapes[4].lines) == 1


def test_our_detector_is_a_model_of_layoutparser() -> None:
    paper = Paper(700, 700)
    drawn = paper.column(80, 100, 500, 10)
    register()
    model = lp.AutoLayoutModel(
        "lp://newsreflow/Newspaper/rules/config",
        label_map={"line": "Line"},
        extra_config={"max_skew_degrees": 0.0},
    )
    assert type(model) is register()
    gray = paper.scan().gray
    for picture in (gray, np.dstack([gray] * 3), paper.picture):
        found = model.detect(picture)
        assert sum(block.type == "Line" for block in found) == len(drawn)
    drawing = lp.draw_box(paper.picture.convert("RGB"), found, show_element_id=True, show_element_type=True)
    assert drawing.size == paper.picture.size
