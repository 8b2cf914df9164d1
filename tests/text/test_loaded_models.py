"""Models of the OCR engine stay loaded as long as there is room, those used last the longest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layout.text import tesseract
from layout.text.engine import LinePicture, Resting
from layout.text.settings import TextSettings

MEGABYTE = 1_000_000


class Fake:
    """A reader that reads nothing, and says when it is loaded and closed."""

    told: list[str] = []  # noqa: RUF012

    def __init__(self, folder: Path, model: str, timeout_s: float) -> None:
        self.model = model
        Fake.told.append(f"+{model}")

    def tsv(self, image: Any, *, raw: bool) -> str:
        return ""

    def close(self) -> None:
        Fake.told.append(f"-{self.model}")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tesseract.TesseractEngine:
    for name, size in (("eng", 4), ("Fraktur", 11), ("deu", 2), ("frk", 6), ("huge", 50)):
        with (tmp_path / f"{name}.traineddata").open("wb") as file:
            file.truncate(size * MEGABYTE)
    monkeypatch.setattr(tesseract, "_Library", Fake)
    monkeypatch.setattr(tesseract, "_Program", Fake)
    monkeypatch.setattr(Fake, "told", [])
    return tesseract.TesseractEngine(TextSettings(tessdata=str(tmp_path)))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("eng", "Fraktur", "eng", "Fraktur"), ["+eng", "+Fraktur"]),
        (("eng", "Fraktur", "deu", "frk"), ["+eng", "+Fraktur", "+deu", "-eng", "+frk"]),
        (("eng", "Fraktur", "deu", "eng", "frk"), ["+eng", "+Fraktur", "+deu", "-Fraktur", "+frk"]),
        (("eng", "huge", "eng"), ["+eng", "-eng", "+huge", "-huge", "+eng"]),
    ],
)
def test_what_stays_loaded(
    engine: tesseract.TesseractEngine, asked: tuple[str, ...], told: list[str]
) -> None:
    line = np.zeros((30, 400), np.uint8)
    for model in asked:
        engine.recognize([LinePicture(line, 20.0, None)], model)  # type: ignore[arg-type]
    assert told == Fake.told


def test_models_are_unloaded_between_pages(engine: tesseract.TesseractEngine) -> None:
    line = np.zeros((30, 400), np.uint8)
    for model in ("deu", "Fraktur"):
        engine.recognize([LinePicture(line, 20.0, None)], model)  # type: ignore[arg-type]
    assert isinstance(engine, Resting)
    engine.rest()
    assert sorted(Fake.told[2:]) == ["-Fraktur", "-deu"]
