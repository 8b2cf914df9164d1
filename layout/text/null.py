"""An engine that reads nothing: for layout alone, and proof that the chain holds without text."""

from __future__ import annotations

from collections.abc import Sequence

from layout.text.engine import EngineStatus, LinePicture, Reading
from layout.text.settings import TextSettings


class NullEngine:
    """Every line is empty; every model is there."""

    name = "null"
    version = "1"

    def __init__(self, settings: TextSettings) -> None:
        self.settings = settings

    def has(self, model: str) -> bool:
        return True

    def recognize(self, pictures: Sequence[LinePicture], model: str) -> tuple[Reading, ...]:
        return tuple(Reading(model=model) for _ in pictures)

    def status(self) -> EngineStatus:
        return EngineStatus(self.name, self.version)
