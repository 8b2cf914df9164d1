"""Reading by the `tesseract` program where the library is not installed: the same words."""

from __future__ import annotations

import shutil
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.document import Box
from layout.errors import DependencyError, ResourceError
from layout.text import tesseract
from layout.text.engine import LinePicture
from layout.text.settings import TextSettings
from layout.text.tesseract import TesseractEngine

needs_program = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="the tesseract program is not installed"
)


def picture(text: str) -> LinePicture:
    """A line set in Pillow's own font, as cut for the engine."""
    font = ImageFont.load_default(28)
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (round(right - left) + 12, round(bottom - top) + 10), 255)
    ImageDraw.Draw(image).text((6 - left, 5 - top), text, font=font, fill=0)
    pixels = np.asarray(image, np.uint8)
    return LinePicture(pixels, 28.0, Box(0, 0, pixels.shape[1], pixels.shape[0]))


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_library", lambda: None)


@needs_program
@pytest.mark.usefixtures("no_library")
def test_the_program_reads_what_the_library_would() -> None:
    engine = TesseractEngine(TextSettings())
    if not engine.has("eng"):
        pytest.skip("the language data eng are not installed")
    white = LinePicture(np.full((30, 300), 255, np.uint8), 22.0, Box(0, 0, 300, 30))
    readings = engine.recognize([picture("Bread was dearer on Monday"), white, picture("31")], "eng")
    assert [reading.text for reading in readings] == ["Bread was dearer on Monday", "", "31"]
    boxes = [word.box for word in readings[0].words]
    assert all(a.x1 <= b.x0 + 3 for a, b in pairwise(boxes))
    assert engine.version[0].isdigit()
    assert engine.status().version == engine.version


@needs_program
@pytest.mark.usefixtures("no_library")
def test_the_program_reads_with_the_model_that_comes_along() -> None:
    engine = TesseractEngine(TextSettings())
    if not engine.status().languages:
        pytest.skip("no language data are installed")
    assert "fas_best" in engine.status().languages
    (reading,) = engine.recognize([picture("31")], "fas_best")
    assert reading.words
    assert reading.confidence > 0


@needs_program
@pytest.mark.usefixtures("no_library")
def test_a_program_that_takes_too_long_is_stopped_and_told() -> None:
    engine = TesseractEngine(TextSettings(timeout_s=0.001))
    with pytest.raises(ResourceError, match="took more than"):
        engine.recognize([picture("Bread")], "eng")


@pytest.mark.usefixtures("no_library")
def test_a_model_that_is_missing_names_the_command() -> None:
    engine = TesseractEngine(TextSettings())
    with pytest.raises(DependencyError, match="tesseract"):
        engine.recognize([picture("Bread")], "nosuchmodel")
