"""What the lines say: `Scan` + `Segmentation` -> `Page`."""

from __future__ import annotations

from layout.text.engine import Engine, EngineStatus, LinePicture, Reading, WordReading
from layout.text.engines import ENGINES, engine, engine_names, installed
from layout.text.identify import Writing, identify
from layout.text.read import read_text
from layout.text.settings import TextSettings

__all__ = [
    "ENGINES",
    "Engine",
    "EngineStatus",
    "LinePicture",
    "Reading",
    "TextSettings",
    "WordReading",
    "Writing",
    "engine",
    "engine_names",
    "identify",
    "installed",
    "read_text",
]
