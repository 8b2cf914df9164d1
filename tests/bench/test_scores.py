"""The engine that answers with the truth gives each word once, where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from layout.document import Affine, Box
from layout.text.engine import LinePicture
from layout.text.settings import TextSettings
from tests.bench.true_text import TrueTextEngine


def _picture(box: Box, scale: float) -> LinePicture:
    back = Affine(c=box.x0, f=box.y1)
    image = np.full((round(box.height * scale), round(box.width * scale)), 255, np.uint8)
    return LinePicture(image, box.height * scale, box, scale, back)


def test_a_line_is_answered_with_its_words_as_printed(tmp_path: Path) -> None:
    words = [
        {"text": "harbour", "bbox": [100, 50, 180, 70]},
        {"text": "master", "bbox": [190, 50, 260, 70]},
    ]
    other = [{"text": "below", "bbox": [100, 90, 160, 110]}]
    lines = [
        {"text": "harbour master", "raw": "harbour mas-", "words": words},
        {"text": "below", "words": other},
    ]
    truth = tmp_path / "clean.json"
    truth.write_text(json.dumps({"blocks": [{"lines": lines}, {}]}), encoding="utf-8")
    TrueTextEngine.open(truth)
    picture = _picture(Box(95, 45, 300, 75), 2.0)

    (reading,) = TrueTextEngine(TextSettings()).recognize([picture], "any")

    assert reading.text == "harbour mas-"
    assert picture.to_page(reading.words[0].box) == Box(100, 50, 180, 70)
